package data_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"onrecord/data"
	"onrecord/data/quote"
)

// page is a page whose story is the given paragraphs between two long ones.
func page(head, body string) string {
	const before = "<p>The weir at Pellworth held through the night of the flood, the warden of the canal said on Monday.</p>"
	const after = "<p>The canal company will mend the lower gates before the barges come back to Pellworth in the spring.</p>"
	return "<!DOCTYPE html><html lang=en><head><title>The Weir Holds</title>" + head + "</head><body><article><h1>The Weir Holds</h1>" +
		before + body + after + "</article></body></html>"
}

// storyLines are the paragraphs of a page made by page, less the first and last.
func storyLines(t *testing.T, raw []byte) string {
	t.Helper()
	a, err := data.Parse("a.html", raw)
	if err != nil {
		t.Fatal(err)
	}
	checkParagraphs(t, a)
	lines := strings.Split(strings.TrimSuffix(a.Text, "\n"), "\n")
	if len(lines) < 3 || lines[0] != "The Weir Holds" {
		t.Fatalf("read %q", a.Text)
	}
	return strings.Join(lines[2:len(lines)-1], "\n")
}

// TestPageTextIsByteExact: nothing is put in where tags join, nothing is lost, and
// a paragraph is a line.
func TestPageTextIsByteExact(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ html, want string }{
		"joined tags":              {`<p>“<em>No</em>,” he said, “<b>n</b><i>ever</i>.”</p>`, "“No,” he said, “never.”"},
		"a drop cap":               {`<p><span aria-hidden="true" class="cap">T</span>he gates</p>`, "The gates"},
		"white space":              {"<p>  “It\n\t held,”  <b> he </b> said. </p>", "“It held,” he said."},
		"a space inside of a tag":  {`<p>“Yes,”<span> she said</span>.</p>`, "“Yes,” she said."},
		"references":               {`<p>&ldquo;A &amp; B&rdquo; &lt;c&gt; &hellip; it&#8217;s</p>`, "“A & B” <c> … it’s"},
		"no-break spaces stay":     {`<p>“Two&nbsp;florins,” he said</p>`, "“Two\u00a0florins,” he said"},
		"soft hyphens stay":        {`<p>A cease&shy;fire<wbr>s</p>`, "A cease\u00adfires"},
		"ligatures stay":           {`<p>He conﬁrmed it</p>`, "He conﬁrmed it"},
		"one line break":           {`<p>One<br>two</p>`, "One two"},
		"two line breaks":          {`<p>One<br/> <br>two</p>`, "One\ntwo"},
		"a block quote":            {`<blockquote><p>We wait.</p><p>We go on.</p><footer>Nina Ambledown</footer></blockquote>`, "We wait.\nWe go on.\nNina Ambledown"},
		"a list":                   {`<ul><li>one <b>lamp</b><li>two rails</ul>`, "one lamp\ntwo rails"},
		"blocks side by side":      {`<div>One</div><div>two</div>`, "One\ntwo"},
		"a quotation element":      {`<p>He said: <q>It held.</q></p>`, "He said: “It held.”"},
		"white space in it":        {`<p>He said<q> It held. </q>and left</p>`, "He said “It held.” and left"},
		"one within another":       {`<p><q>He said <q>no</q></q>, she said</p>`, "“He said ‘no’”, she said"},
		"one with marks around it": {`<p>“<q>It held</q>,” he said</p>`, "“It held,” he said"},
		"one with marks in it":     {`<p><q>“It held,”</q> he said</p>`, "“It held,” he said"},
		"both around":              {`<p>“<q>It held</q>” he said</p>`, "“It held” he said"},
		"a script between":         {`<p>“It<script>x()</script> held,” he said</p>`, "“It held,” he said"},
		"a comment between":        {`<p>“It<!-- ad --> held,” he said</p>`, "“It held,” he said"},
		"a table":                  {`<table><tr><td>Lock</td><td>open</td></tr></table>`, "Lock\nopen"},
		"an advertisement":         {`<div class="ad-wrap ads"><p>Buy a boat.</p></div><p>Advertisement</p><p>It held</p>`, "It held"},
		"a box to read also":       {`<p><strong>Read also:</strong> <a href=x>Ferries late</a></p><p>It held</p>`, "It held"},
		"a hidden paragraph":       {`<p style="display: none">No</p><p hidden>No</p><p>It held</p>`, "It held"},
		"words that look like one": {`<p>“Read also the small print,” he said.</p><p>Subscribe or not, he said, the story goes on.</p>`, "“Read also the small print,” he said.\nSubscribe or not, he said, the story goes on."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := storyLines(t, []byte(page("", c.html))); got != c.want {
				t.Errorf("%s\nread %q\nwant %q", c.html, got, c.want)
			}
		})
	}
}

// TestPageCharacterSets reads one page in the character sets that pages are in.
func TestPageCharacterSets(t *testing.T) {
	t.Parallel()
	const russian, french = "<p>Плотина держится, сказал сторож.</p>", "<p>« Ça tient », a dit Zoë.</p>"
	encode := func(s string, e *charmap.Charmap) []byte {
		b, err := e.NewEncoder().Bytes([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(page("", russian)))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		raw  []byte
		want string
	}{
		"UTF-8, not declared":          {[]byte(page("", russian)), russian},
		"UTF-8 with an order mark":     {[]byte("\ufeff" + page("", russian)), russian},
		"UTF-8 that says otherwise":    {[]byte(page(`<meta charset="windows-1251">`, russian)), russian},
		"windows-1251":                 {encode(page(`<meta charset="windows-1251">`, russian), charmap.Windows1251), russian},
		"windows-1251 the old way":     {encode(page(`<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">`, russian), charmap.Windows1251), russian},
		"koi8-r":                       {encode(page(`<meta charset=koi8-r>`, russian), charmap.KOI8R), russian},
		"iso-8859-1":                   {encode(page(`<meta charset="ISO-8859-1">`, french), charmap.ISO8859_1), french},
		"Western European, undeclared": {encode(page("", french), charmap.Windows1252), french},
		"UTF-16":                       {wide, russian},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := "<p>" + storyLines(t, c.raw) + "</p>"; got != c.want {
				t.Errorf("read %q, want %q", got, c.want)
			}
		})
	}
}

// TestPagesThatAreNoArticles are refused with a reason.
func TestPagesThatAreNoArticles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		raw  string
		want error
	}{
		"empty":                {"", data.ErrEmpty},
		"a picture":            {"\x89PNG\r\n\x1a\n\x00\x00\x00\x01\x02\x03\x04\x05", data.ErrBinary},
		"a script's page":      {`<html><head><title>App</title></head><body><div id="root"></div><script>run()</script></body></html>`, data.ErrNoStory},
		"nested without end":   {strings.Repeat("<div>", 5000) + "text", data.ErrMarkup},
		"nothing but an offer": {`<html><body><p>Subscribe to continue reading this story.</p></body></html>`, data.ErrNoStory},
	} {
		if _, err := data.Parse("a.html", []byte(c.raw)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, not %v", name, err, c.want)
		}
	}
}

// TestPageMeta: where a page says who wrote it, when and for whom.
func TestPageMeta(t *testing.T) {
	t.Parallel()
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	for name, c := range map[string]struct{ head, want string }{
		"JSON-LD": {ld(`{"@type":"NewsArticle","headline":"Weir &amp; Lock","author":{"name":"Gerta Pellam"},"publisher":{"name":"The Lantern"},"datePublished":"2031-03-04","url":"https://l.example/a"}`),
			"Weir & Lock|Gerta Pellam|The Lantern|2031-03-04|https://l.example/a"},
		"in a list, with a type that is one": {ld(`[{"@type":"BreadcrumbList"},{"@type":["ReportageNewsArticle","Thing"],"headline":"W","author":["Gerta Pellam",{"name":"Bo Gus"}]}]`),
			"W|Gerta Pellam, Bo Gus|||"},
		"with line ends in its strings": {ld("{\"@type\":\"NewsArticle\",\"headline\":\"The\nWeir\",\"datePublished\":\"2031-03\"}"), "The Weir|||2031-03|"},
		"in a comment":                  {ld(`<!--//--><![CDATA[ {"@type":"NewsArticle","headline":"W"} //]]>-->`), "W||||"},
		"that is none":                  {ld(`{"@type":"NewsArticle","headline":`) + `<meta property="og:title" content="O">`, "O||||"},
		"the page's own of several": {`<link rel="canonical" href="https://l.example/b?x=1">` + ld(`[{"@type":"NewsArticle","headline":"Other","url":"https://l.example/a"},{"@type":"NewsArticle","headline":"Own","mainEntityOfPage":"https://www.l.example/b/"}]`),
			"Own||||https://l.example/b?x=1"},
		"a headline that was cut": {ld(`{"@type":"NewsArticle","headline":"The Weir Ho..."}`), "The Weir Holds||||"},
		"tags of Open Graph": {`<meta property="og:title" content="The Weir | The Lantern"><meta property="og:site_name" content="Lantern"><meta property="article:published_time" content="2031-03-04T05:06:07Z"><meta property="og:url" content="https://l.example/a"><meta property="article:author" content="https://social.example/g">`,
			"The Weir||Lantern|2031-03-04|https://l.example/a"},
		"tags for libraries": {`<meta name="citation_title" content="T"><meta name="citation_author" content="Gerta Pellam"><meta name="citation_author" content="Bo Gus"><meta name="citation_date" content="2031/03/04"><meta name="citation_journal_title" content="Lantern Review">`,
			"T|Gerta Pellam, Bo Gus|Lantern Review|2031-03-04|"},
		"a relative link":           {`<link rel="canonical" href="/a"><meta property="og:url" content="https://l.example/b">`, "The Weir Holds||||https://l.example/a"},
		"no address of the web":     {`<link rel="canonical" href="javascript:alert(1)">`, "The Weir Holds||||"},
		"changed but not published": {`<meta property="article:modified_time" content="2031-03-05">`, "The Weir Holds|||2031-03-05|"},
		"a day without its year":    {`<meta name="date" content="4 March">`, "The Weir Holds||||"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, err := data.Parse("a.html", []byte(page(c.head, "")))
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join([]string{a.Title, a.Author, a.Source, a.Date, a.URL}, "|"); got != c.want {
				t.Errorf("read %q, want %q", got, c.want)
			}
		})
	}
}

// TestStatementsOfPages: who said what is found where ligatures, soft hyphens and
// no-break spaces stand in the words, and points at the page's own bytes.
func TestStatementsOfPages(t *testing.T) {
	t.Parallel()
	e, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	a, err := data.Parse("a.html", []byte(page("", `<p>“The cease&shy;fire&nbsp;holds in the oﬃce,”&nbsp;Corin&nbsp;Wexmoor&nbsp;conﬁrmed to reporters.</p>`)))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range a.Statements(e) {
		if s.Speaker.Name != "Corin Wexmoor" {
			continue
		}
		part, cue, mention := s.Parts[0].Of(a.Text), s.Cue.Of(a.Text), s.Mention.Of(a.Text)
		if part != "“The cease\u00adfire\u00a0holds in the oﬃce,”" || cue != "conﬁrmed" || mention != "Corin\u00a0Wexmoor" {
			t.Errorf("%q %q %q", part, cue, mention)
		}
		return
	}
	t.Errorf("no statement of Corin Wexmoor's in %q", a.Text)
}
