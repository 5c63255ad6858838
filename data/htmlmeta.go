package data

import (
	"cmp"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// meta is what a page says of itself, from all places where pages say it.
type meta struct {
	tags      map[string][]string // content of <meta>, by name or property
	ld        story               // of JSON-LD
	canonical string
	saved     string   // the address that a browser noted as it saved the page
	lang      string   // of <html>
	heading   string   // the first <h1> with text
	title     string   // of <title>
	authors   []string // marked up as such in the page
	stamps    []string // <time> marked up as the time of publication
}

func readMeta(doc *html.Node) *meta {
	m := &meta{tags: map[string][]string{}}
	var scripts []string
	for n := range doc.Descendants() {
		switch n.Type {
		case html.CommentNode:
			m.comment(n.Data)
		case html.ElementNode:
			m.element(n)
			if n.Data == "script" && strings.HasPrefix(strings.ToLower(attr(n, "type")), "application/ld+json") && n.FirstChild != nil {
				scripts = append(scripts, n.FirstChild.Data)
			}
		}
	}
	m.ld = readLD(scripts, m.address())
	return m
}

// savedFrom is what browsers and SingleFile write into pages that they save.
var savedFrom = regexp.MustCompile(`(?:saved from url=(?:\(\d+\))?|\burl:\s*)(https?://\S+)`)

func (m *meta) comment(s string) {
	if found := savedFrom.FindStringSubmatch(s); found != nil && m.saved == "" {
		m.saved = found[1]
	}
}

func (m *meta) element(n *html.Node) {
	switch n.Data {
	case "html":
		m.lang = cmp.Or(m.lang, attr(n, "lang"))
	case "title":
		if m.title == "" && n.Parent != nil && n.Parent.Data == "head" {
			m.title = oneLine(directText(n))
		}
	case "h1":
		m.heading = cmp.Or(m.heading, flat(n))
	case "meta":
		m.tag(n)
	case "link":
		if m.canonical == "" && slices.Contains(strings.Fields(strings.ToLower(attr(n, "rel"))), "canonical") {
			m.canonical = attr(n, "href")
		}
	case "time":
		if attr(n, "itemprop") == "datePublished" || n.Parent != nil && attr(n, "pubdate") != "" {
			m.stamps = append(m.stamps, cmp.Or(attr(n, "datetime"), directText(n)))
		}
	}
	m.byline(n)
}

// maxTagContent is the most of a <meta> tag that is kept, in bytes.
const maxTagContent = 2000

func (m *meta) tag(n *html.Node) {
	content := strings.TrimSpace(attr(n, "content"))
	if content == "" || len(content) > maxTagContent {
		return
	}
	for _, key := range []string{attr(n, "property"), attr(n, "name"), attr(n, "itemprop")} {
		if key = strings.ToLower(strings.TrimSpace(key)); key != "" {
			m.tags[key] = append(m.tags[key], content)
		}
	}
}

// byClass are classes of an element that holds the author's name.
var byClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:byline|author)(?:[\s_-]+(?:name|link))?(?:$|\s)`)

// byline notes an author's name that the page marks as one.
func (m *meta) byline(n *html.Node) {
	if n.Data == "meta" || n.Data == "link" {
		return
	}
	sure := attr(n, "rel") == "author" || attr(n, "itemprop") == "author"
	if class := strings.ToLower(attr(n, "class")); !sure && (!strings.Contains(class, "author") && !strings.Contains(class, "byline") || !byClass.MatchString(class)) {
		return
	}
	name := flat(n)
	if by, _ := splitByline(name); isByline(name) {
		name, sure = by, true
	}
	if sure && nameLine.MatchString(name) && !slices.Contains(m.authors, name) {
		m.authors = append(m.authors, name)
	}
}

// directText is the text right below an element.
func directText(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

// flat is an element's text on one line.
func flat(n *html.Node) string {
	var all []string
	for _, b := range plainTree(n) {
		all = append(all, b.text)
	}
	return oneLine(strings.Join(all, " "))
}

// first is the first content of the first tag that the page has.
func (m *meta) first(names ...string) string {
	for _, name := range names {
		if all := m.tags[name]; len(all) > 0 {
			return oneLine(html.UnescapeString(all[0]))
		}
	}
	return ""
}

// address is the page's own address: as its canonical link says, else its tags,
// else where a browser saved it from.
func (m *meta) address() string {
	base, _ := url.Parse(cmp.Or(m.first("og:url"), m.saved)) // nil where it is none
	for _, s := range []string{m.canonical, m.first("og:url", "twitter:url", "parsely-link"), m.ld.URL, m.saved} {
		if u := absolute(base, s); u != "" {
			return u
		}
	}
	return ""
}

// absolute is an address of the web, "" if it is none.
func absolute(base *url.URL, s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || s == "" {
		return ""
	}
	if !u.IsAbs() && base != nil {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

// apply gives the article what its page says of itself.
func (m *meta) apply(a *Article) {
	a.Source = cmp.Or(m.ld.Publisher, m.first("og:site_name", "citation_journal_title", "citation_publisher", "dc.publisher", "application-name"))
	if a.Source == "" {
		a.Source = outletOf(m.title)
	}
	a.Title = m.headline(a.Source)
	a.Author = strings.Join(m.writers(), ", ")
	a.Date = m.date()
	a.URL = m.address()
	for _, lang := range []string{m.lang, m.ld.Language, m.first("og:locale", "content-language", "language")} {
		if a.Language == "" {
			a.Language = languageCode(lang)
		}
	}
}

// cutHeadline is how a headline ends that was shortened for search engines.
var cutHeadline = regexp.MustCompile(`(?:…|\.\.\.)$`)

// headline is the page's title: as its data give it, unless they cut it short.
func (m *meta) headline(source string) string {
	title := ""
	for _, s := range []string{m.ld.Headline, m.first("og:title", "citation_title", "twitter:title", "parsely-title", "dc.title", "headline"), m.heading, m.title} {
		if s = withoutOutlet(oneLine(s), source); s == "" {
			continue
		}
		if !cutHeadline.MatchString(s) {
			return s
		}
		title = cmp.Or(title, s)
	}
	return title
}

// withoutOutlet takes the outlet's name from the end of a title: "Bridge opens |
// The Harbour Ledger".
func withoutOutlet(title, source string) string {
	at := strings.LastIndexAny(title, "|–—-")
	if at <= 0 || source == "" {
		return title
	}
	end := strings.TrimLeft(title[at:], "|–—- ")
	same := func(s string) string { return strings.TrimPrefix(strings.ToLower(s), "the ") }
	if same(end) != same(source) {
		return title
	}
	return strings.TrimRight(title[:at], "|–—- ")
}

// outletOf is the outlet's name at the end of a page's <title>, where it looks
// like one.
func outletOf(title string) string {
	for _, mark := range []string{" | ", " – ", " — ", " - ", " :: "} {
		if at := strings.LastIndex(title, mark); at > 0 {
			if name := title[at+len(mark):]; strings.Contains(name, " ") && outletLine.MatchString(name) {
				return name
			}
		}
	}
	return ""
}

// writers are the page's authors: each once, in its order, as the first place
// that names any has them.
func (m *meta) writers() []string {
	var tags []string
	for _, name := range []string{"citation_author", "author", "article:author", "byl", "parsely-author", "dc.creator", "sailthru.author"} {
		if len(tags) == 0 {
			tags = cleanNames(m.tags[name])
		}
	}
	for _, names := range [][]string{cleanNames(m.ld.Authors), tags, m.authors} {
		if len(names) > 0 {
			return names
		}
	}
	return nil
}

// cleanNames leaves out what is an address, and the word "By".
func cleanNames(names []string) []string {
	var out []string
	for _, n := range names {
		n = oneLine(html.UnescapeString(n))
		if isByline(n) {
			n, _ = splitByline(n)
		}
		if n != "" && !strings.Contains(n, "://") && !strings.HasPrefix(n, "@") && len(n) < maxTitle && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// date is when the page was published; where it does not say, when it was
// changed.
func (m *meta) date() string {
	for _, s := range append([]string{m.ld.Published,
		m.first("article:published_time", "og:article:published_time"), m.first("citation_publication_date", "citation_date", "citation_online_date"),
		m.first("datepublished", "parsely-pub-date", "dc.date.issued", "dc.date", "dcterms.created", "pubdate", "publish-date", "sailthru.date", "date")},
		append(slices.Clone(m.stamps), m.ld.Modified, m.first("article:modified_time", "og:updated_time", "datemodified"))...) {
		if date := FindDate(strings.ReplaceAll(s, "/", "-")); date != "" {
			return date
		}
	}
	return ""
}
