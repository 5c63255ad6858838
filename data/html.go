package data

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// Pages saved from news sites, .html and .htm:
//
//	html.go       bytes to a tree, and the story found in it
//	htmlmeta.go   what the page says of itself: title, authors, date, outlet
//	jsonld.go     the same as JSON-LD has it
//	htmlprune.go  what is no part of the story, taken out first
//	htmltext.go   the story's text, paragraph by paragraph
//
// Limits. Nothing is loaded: what a script would have put into the page is
// missing. A page that lists many stories gives the one that its own data name,
// or the longest.

// Why a marked-up file is refused.
const (
	ErrNoStory = Refusal("no article's text was found in it: it may be a list of links, a paywall, or a page that a script fills")
	ErrMarkup  = Refusal("its markup can't be read")
)

// readHTML reads a saved page. Its text is the title, then a paragraph a line.
func readHTML(a *Article, raw []byte) (err error) {
	defer func() {
		if r := recover(); r != nil { // a fault of the library's, met by no page so far
			err = fmt.Errorf("%w: %v", ErrMarkup, r)
		}
	}()
	if mostlyControl(raw) && !wide(raw) {
		return ErrBinary
	}
	text, guessed := decodePage(raw)
	if guessed {
		a.note("the page does not name its character set: it was read as Western European")
	}
	doc, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return fmt.Errorf("%w: %v", ErrMarkup, err)
	}
	m := readMeta(doc)
	m.apply(a)
	blocks := storyOf(doc)
	if spoken(blocks) == 0 {
		return ErrNoStory
	}
	a.setStory(dropHeader(blocks, a))
	if a.Title == "" {
		a.note("no title: the page names none")
	}
	return nil
}

// wide tells whether a file is in UTF-16, by its byte order mark.
func wide(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte("\xff\xfe")) || bytes.HasPrefix(raw, []byte("\xfe\xff"))
}

// declares is how far into a page its character set is looked for, as browsers
// do it.
const declares = 1024

// decodePage makes UTF-8 of a page: by its byte order mark, by what its bytes
// are, by its <meta charset>. Bytes that are valid UTF-8 are taken for it,
// whatever the page says: it was saved anew and its declaration left as it was.
func decodePage(raw []byte) (text string, guessed bool) {
	if utf8.Valid(raw) && !wide(raw) && !bytes.Contains(raw, []byte("\x1b$")) {
		return strings.TrimPrefix(string(raw), "\ufeff"), false
	}
	enc, name, certain := charset.DetermineEncoding(raw[:min(len(raw), declares)], "")
	decoded, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		decoded = bytes.ToValidUTF8(raw, []byte("\uFFFD"))
	}
	text = strings.TrimPrefix(strings.ToValidUTF8(string(decoded), "\uFFFD"), "\ufeff")
	return text, !certain && name != "utf-8"
}

// enough is which share of a container's text the library must have kept to be
// believed; where it kept less, it took one post of a live blog for the story,
// or dropped its lists.
const enough = 0.75

// storyOf finds the story in a page: what go-readability takes for it, held
// against the element that the page marks as the article.
func storyOf(doc *html.Node) []block {
	prune(doc)
	marked := articleElement(doc)
	var whole []block
	if marked != nil {
		whole = plainTree(marked)
	}
	found := readable(doc)
	if float64(spoken(found)) < enough*float64(spoken(whole)) {
		return trimBlocks(whole)
	}
	return trimBlocks(found)
}

// readable is what go-readability takes for the story. It changes the tree.
func readable(doc *html.Node) []block {
	parser := readability.NewParser()
	parser.DisableJSONLD = true
	article, err := parser.ParseAndMutate(doc, nil)
	if err != nil || article.Node == nil {
		return nil
	}
	return plainTree(article.Node)
}

// spoken is how much text paragraphs hold, headings and links left out, in bytes.
func spoken(blocks []block) int {
	n := 0
	for _, b := range blocks {
		if !b.heading && !b.link {
			n += len(b.text)
		}
	}
	return n
}

// articleElement is the element that a page marks as its story: the body by
// schema.org, else the <article> or <main> with most text.
func articleElement(doc *html.Node) *html.Node {
	var best *html.Node
	most := 0
	for _, is := range []func(*html.Node) bool{
		func(n *html.Node) bool { return attr(n, "itemprop") == "articleBody" },
		func(n *html.Node) bool { return n.Data == "article" },
		func(n *html.Node) bool { return n.Data == "main" || attr(n, "role") == "main" },
	} {
		for n := range doc.Descendants() {
			if n.Type == html.ElementNode && is(n) {
				if size := paragraphBytes(n); size > most {
					best, most = n, size
				}
			}
		}
		if most >= leastStory {
			return best
		}
	}
	return best
}

// leastStory is how much text in paragraphs an element must have to be the
// story, in bytes: two short ones.
const leastStory = 160

// paragraphBytes is how much text the <p> below a node hold.
func paragraphBytes(n *html.Node) int {
	size := 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode && within(c, n, "p") {
			size += len(strings.TrimSpace(c.Data))
		}
	}
	return size
}

// within tells whether a node lies in an element of a name, below top.
func within(n, top *html.Node, name string) bool {
	for up := n.Parent; up != nil && up != top; up = up.Parent {
		if up.Data == name {
			return true
		}
	}
	return top.Data == name
}

// attr is an element's attribute, "" if it has none.
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// setStory lays an article out: the title, then its paragraphs, with the lines
// at its end told apart as those of a paste are.
func (a *Article) setStory(blocks []block) {
	a.laidOut = true
	a.setText(blocks)
	a.tellLines()
}

// tellLines tells the lines of a text that was laid out apart, as those of a paste
// are. What its markup says already stays.
func (a *Article) tellLines() {
	marked := slices.Clone(a.Paragraphs)
	p := &paste{Article: a}
	if a.Title != "" {
		p.body = 1
	}
	p.findHeader()
	for i := range marked {
		if marked[i].Role != Body {
			a.Paragraphs[i].Role = marked[i].Role
		}
	}
	p.findFooter()
	p.findCaptions()
	p.findOutlet()
}
