package message

import (
	"fmt"
	"net/url"
	"sort"
	"strings"
	"unicode"

	"onrecord/bot"
)

// The sources under a page's quotations: numbered over the whole answer, each
// with title, author, outlet, date, paragraphs and link.

// How long a source's parts may be, in UTF-16 units of Markdown.
const (
	maxSourceTitle = 160
	maxOutlet      = 60
)

// source is an article that a page cites, and where in it.
type source struct {
	number     int
	cite       cite
	paragraphs []int
}

// sources lists what a page cites, by number.
func (r *renderer) sources(page []item) []*source {
	var out []*source
	at := map[int]*source{}
	for _, it := range page {
		for _, b := range it.blocks {
			for _, c := range b.cites {
				n := r.number(c)
				if at[n] == nil {
					at[n] = &source{number: n, cite: c}
					out = append(out, at[n])
				}
				at[n].paragraphs = append(at[n].paragraphs, c.paragraph)
			}
		}
	}
	sort.Slice(out, func(i, k int) bool { return out[i].number < out[k].number })
	return out
}

// number is an article's place among all that the answer cites.
func (r *renderer) number(c cite) int {
	n, ok := r.numbers[c.article]
	if !ok {
		n = len(r.numbers) + 1
		r.numbers[c.article] = n
	}
	return n
}

// list is the sources as Markdown in the room there is: where it gets narrow,
// links and then whole lines stay away, and the list says so.
func (r *renderer) list(all []*source, room int) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n**" + r.t.sources + "**\n")
	room -= length(b.String())
	for _, s := range all {
		line := ref(s.number) + " " + r.describe(s, true) + "\n"
		if length(line) > room {
			line = ref(s.number) + " " + r.describe(s, false) + "\n"
		}
		if length(line) > room-1 {
			b.WriteString("…")
			break
		}
		room -= length(line)
		b.WriteString(line)
	}
	return b.String()
}

// describe: "[Title](<link>) · Ann Onymous · The Daily Sample · no date given · ¶ 27–28".
func (r *renderer) describe(s *source, linked bool) string {
	c := s.cite.citation
	title := c.Title
	if title == "" {
		title = s.cite.article
	}
	var parts []string
	for _, v := range []string{c.Author, c.Source} {
		if v != "" {
			parts = append(parts, shortLine(v, maxOutlet))
		}
	}
	if c.Date == "" {
		parts = append(parts, r.t.noDate)
	} else {
		parts = append(parts, shortLine(c.Date, maxOutlet))
	}
	if day := c.CorrectedOn(); day != "" {
		parts = append(parts, r.t.revised+" "+day)
	}
	parts = append(parts, "¶ "+bot.Runs(s.paragraphs))
	link := ""
	if linked {
		link = r.linkOf(s)
	}
	return linkTo(title, link, r.t.link) + "\n-# " + strings.Join(parts, " · ")
}

// linkOf is where a source can be read: at its outlet, else on our own pages.
func (r *renderer) linkOf(s *source) string {
	if link := safeURL(s.cite.citation.URL); link != "" || r.link == nil {
		return link
	}
	return safeURL(r.link(s.cite.article, s.paragraphs[0]))
}

// linkTo is a title that is a link, where its letters are safe in one; else the
// title and a link behind it; without a link the title.
func linkTo(title, link, word string) string {
	text := shortLine(title, maxSourceTitle)
	switch {
	case link == "":
		return text
	case safeLabel(title) && text != "":
		return "[" + text + "](<" + link + ">)"
	}
	return text + " [" + word + "](<" + link + ">)"
}

// safeLabel tells whether a title can be a link's label: Discord shows no link
// whose label looks like an address, and brackets end labels.
func safeLabel(s string) bool {
	runes := []rune(s)
	for i, r := range runes {
		last := i+1 == len(runes)
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r) && i > 0 && !invisible(r):
		case strings.ContainsRune(" ,;!?'\"“”‘’„«»–—-&%$€£()…", r):
		case r == '.' || r == ':':
			if !last && runes[i+1] != ' ' && !unicode.IsDigit(runes[i+1]) && !initials(runes, i) {
				return false
			}
		default:
			return false
		}
	}
	return strings.TrimSpace(s) != ""
}

// initials tells whether a full stop stands between single capitals, "U.S.".
func initials(r []rune, i int) bool {
	return r[i] == '.' && i > 0 && unicode.IsUpper(r[i-1]) && unicode.IsUpper(r[i+1]) &&
		(i < 2 || !unicode.IsLetter(r[i-2])) && (i+2 == len(r) || !unicode.IsLetter(r[i+2]))
}

// safeURL is a web address as it may stand in a link, "" for one that can't.
func safeURL(raw string) string {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil || u.Host == "" || u.User != nil || u.Opaque != "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	s := u.String()
	if length(s) > maxURL || strings.IndexFunc(s, unsafeInURL) >= 0 {
		return ""
	}
	return inLink.Replace(s)
}

func unsafeInURL(r rune) bool {
	return r <= ' ' || r > '~' || r == '<' || r == '>' || r == '\\' || r == '`'
}

// inLink writes what might end a link or mean Markdown as an address may have it.
var inLink = strings.NewReplacer("(", "%28", ")", "%29", "*", "%2A", "|", "%7C", "[", "%5B", "]", "%5D")

// counted puts a number into a text, or leaves it away where it is 0.
func counted(format string, n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(format, n)
}
