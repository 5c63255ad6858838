package data

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// How the text of a marked-up tree is put together, for pages, mail, NITF and
// NewsML-G2 alike. Where two tags join nothing is put in: “<em>No</em>,” is
// “No,”. ASCII white space becomes one space, as browsers show it, and all other
// characters stay as they are, no-break spaces and ligatures too.
//
// A paragraph ends at a block, and at two line breaks in a row; one line break
// alone is a space.
//
// A quotation that is marked up as <q> has no marks in its text: the standards
// of HTML and NITF leave them to whoever shows it. They are shown as “ and ”,
// and as ‘ and ’ within another, unless the text has marks there already.

// blockElements end a paragraph before and after them. Those of NITF that HTML
// lacks stand at the end.
var blockElements = wordSet(`address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
	figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noscript ol
	optgroup option p pre search section summary table tbody td template tfoot th thead title tr ul
	bq block hl1 hl2 hedline byline byttl dateline distributor tagline note body.head body.content body.end lead`)

// headings are paragraphs that nobody says.
var headings = wordSet("h1 h2 h3 h4 h5 h6 hl1 hl2")

// unseen elements hold nothing that a reader sees as text.
var unseen = wordSet(`script style template noscript head iframe object embed svg math canvas video audio map select
	textarea button input datalist title media tobject`)

// maxTree is how deep elements may lie in each other; what is deeper is left out.
// The HTML parser refuses more than 512, pages seldom pass 40.
const maxTree = 512

// plainTree lays a tree out in paragraphs.
func plainTree(root *html.Node) []block {
	t := &treeText{}
	t.node(root, 0)
	t.end()
	return t.blocks
}

type treeText struct {
	blocks  []block
	line    strings.Builder
	space   bool   // white space is due before the next character
	breaks  int    // line breaks in a row
	heading string // the heading that is open, or ""
	quotes  int    // how many <q> are open
	glued   bool   // just after an opening mark: no white space
	links   int    // how many <a> are open
	linked  int    // how many bytes of the paragraph are in links
}

func (t *treeText) node(n *html.Node, depth int) {
	switch n.Type {
	case html.TextNode:
		t.text(n.Data)
	case html.DocumentNode:
		t.children(n, depth)
	case html.ElementNode:
		t.element(n, depth)
	}
}

func (t *treeText) children(n *html.Node, depth int) {
	if depth >= maxTree {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.node(c, depth+1)
	}
}

func (t *treeText) element(n *html.Node, depth int) {
	switch {
	case unseen[n.Data]:
	case n.Data == "a":
		t.links++
		t.children(n, depth)
		t.links--
	case n.Data == "br":
		t.lineBreak()
	case n.Data == "q":
		t.quotation(n, depth)
	case headings[n.Data] && t.heading == "":
		t.end()
		t.heading = n.Data
		t.children(n, depth)
		t.end()
		t.heading = ""
	case blockElements[n.Data]:
		t.end()
		t.children(n, depth)
		t.end()
	default:
		t.children(n, depth)
	}
}

// text adds characters, white space made one space.
func (t *treeText) text(s string) {
	for len(s) > 0 {
		at := strings.IndexAny(s, htmlSpace)
		if at < 0 {
			at = len(s)
		}
		if at > 0 {
			t.write(s[:at])
			s = s[at:]
			continue
		}
		t.space = !t.glued
		s = strings.TrimLeft(s, htmlSpace)
	}
}

// htmlSpace is what HTML takes for white space, and what the search for
// statements takes for the end of a line.
const htmlSpace = " \t\r\n\f\v"

func (t *treeText) write(s string) {
	if t.space && t.line.Len() > 0 {
		t.line.WriteByte(' ')
	}
	t.space, t.glued, t.breaks = false, false, 0
	t.line.WriteString(s)
	if t.links > 0 {
		t.linked += len(s)
	}
}

func (t *treeText) lineBreak() {
	t.space = true
	if t.breaks++; t.breaks > 1 {
		t.end()
	}
}

// end ends a paragraph.
func (t *treeText) end() {
	s := strings.ToValidUTF8(t.line.String(), "\uFFFD")
	link := float64(t.linked) >= allLink*float64(len(s)) && !endsSentence(s)
	t.line.Reset()
	t.space, t.glued, t.breaks, t.linked = false, false, 0, 0
	if strings.TrimFunc(s, blank) != "" {
		t.blocks = append(t.blocks, block{text: s, heading: t.heading != "", link: link})
	}
}

// allLink is the share of a paragraph in links from which on it is a pointer to
// another page.
const allLink = 0.8

// maxQuotes is how many <q> may stand in each other; two are common, and more
// than these are shown without marks.
const maxQuotes = 4

// quotation writes a <q> with its marks. White space at its borders stands
// outside of them.
func (t *treeText) quotation(n *html.Node, depth int) {
	if t.quotes == maxQuotes || !wantsMarks(n) {
		t.children(n, depth)
		return
	}
	inside := innerText(n)
	if strings.TrimLeft(inside, htmlSpace) != inside {
		t.space = true
	}
	open, shut := "“", "”"
	if so := t.line.String(); strings.Count(so, "“") > strings.Count(so, "”") {
		open, shut = "‘", "’"
	}
	t.write(open)
	t.glued = true
	t.quotes++
	t.children(n, depth)
	t.quotes--
	after := t.space
	t.space = false
	t.write(shut)
	t.space = after
}

// quoteMarks are the characters that open or close a quotation.
const quoteMarks = "\"“”„‟«»‹›‘’"

// wantsMarks tells whether a <q> has text, all of one paragraph, and no marks
// around that text or right before it.
func wantsMarks(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && blockElements[c.Data] {
			return false
		}
	}
	inside := strings.Trim(innerText(n), htmlSpace)
	if inside == "" || isMark(firstRune(inside)) && isMark(lastRune(inside)) {
		return false
	}
	return !isMark(lastRune(beside(n.PrevSibling)))
}

// beside is the text of a neighbour, "" for an element.
func beside(n *html.Node) string {
	if n == nil || n.Type != html.TextNode {
		return ""
	}
	return n.Data
}

func isMark(r rune) bool { return strings.ContainsRune(quoteMarks, r) && r != utf8.RuneError }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// innerText is all text below a node as it stands, what is unseen left out.
func innerText(n *html.Node) string {
	var b strings.Builder
	addInner(&b, n, 0)
	return b.String()
}

func addInner(b *strings.Builder, n *html.Node, depth int) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
	}
	if depth >= maxTree || n.Type == html.ElementNode && unseen[n.Data] {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		addInner(b, c, depth+1)
	}
}

// blank tells whether a character shows nothing.
func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
}
