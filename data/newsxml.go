package data

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// News items of agencies in XML: NITF, and NewsML-G2 with NITF or XHTML in it. The
// root element tells which. Of a NewsML-G2 message with several items the first
// one with a text is read.
//
// A quotation marked up as <q> is shown with marks: see htmltext.go.

// Why an XML file is refused.
const (
	ErrNoNews    = Refusal("it is XML, but neither NITF nor NewsML-G2")
	ErrNoText    = Refusal("it has no text")
	ErrWithdrawn = Refusal("its publisher has cancelled or withheld it")
)

// readNewsXML reads a news item. Its text is the title, then a paragraph a line.
func readNewsXML(a *Article, raw []byte) error {
	root, err := parseXML(raw)
	if err != nil {
		return fmt.Errorf("%w: %v", ErrMarkup, err)
	}
	switch root.Data {
	case "nitf":
		return readNITF(a, root)
	case "newsItem", "newsMessage":
		return readNewsML(a, root)
	}
	return ErrNoNews
}

// parseXML makes a tree of XML, its elements by their local names. What is not
// well formed is read as far as it goes.
func parseXML(raw []byte) (*html.Node, error) {
	d := xml.NewDecoder(bytes.NewReader(raw))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	d.CharsetReader = charset.NewReaderLabel
	top := &html.Node{Type: html.DocumentNode}
	at, depth := top, 0
	for {
		token, err := d.RawToken()
		if err != nil && top.FirstChild == nil {
			return nil, cmp.Or(notEOF(err), errors.New("there is no element in it"))
		} else if err != nil {
			return top.FirstChild, nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxTree {
				return nil, fmt.Errorf("elements lie more than %d deep in each other", maxTree)
			}
			n := &html.Node{Type: html.ElementNode, Data: t.Name.Local}
			for _, attr := range t.Attr {
				n.Attr = append(n.Attr, html.Attribute{Key: attr.Name.Local, Val: attr.Value})
			}
			at.AppendChild(n)
			at = n
		case xml.EndElement:
			for up := at; up != top; up = up.Parent {
				if depth--; up.Data == t.Name.Local {
					at = up.Parent
					break
				}
			}
			depth = depthOf(at)
		case xml.CharData:
			if at != top {
				at.AppendChild(&html.Node{Type: html.TextNode, Data: strings.ToValidUTF8(string(t), "\uFFFD")})
			}
		}
	}
}

func notEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func depthOf(n *html.Node) int {
	depth := 0
	for up := n.Parent; up != nil; up = up.Parent {
		depth++
	}
	return depth
}

// find is the first element of a name below a node, in reading order; nil for
// none.
func find(n *html.Node, name string) *html.Node {
	if n == nil {
		return nil
	}
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.Data == name {
			return c
		}
	}
	return nil
}

// textOf is the text of the first element of a name below a node, on one line.
func textOf(n *html.Node, name string) string {
	if found := find(n, name); found != nil {
		return flat(found)
	}
	return ""
}

// attrOf is an attribute of the first element of a name below a node.
func attrOf(n *html.Node, name, key string) string {
	if found := find(n, name); found != nil {
		return oneLine(attr(found, key))
	}
	return ""
}

// readNITF reads the head and the body of NITF 3.
func readNITF(a *Article, root *html.Node) error {
	status := strings.ToLower(attrOf(root, "docdata", "management-status"))
	if status == "killed" || status == "canceled" || status == "cancelled" || status == "withheld" {
		return ErrWithdrawn
	}
	content := find(root, "body.content")
	if content == nil {
		return ErrNoText
	}
	blocks := plainTree(content)
	if len(blocks) == 0 {
		return ErrNoText
	}
	hedline, head := find(root, "hedline"), find(root, "head")
	a.Title = cmp.Or(textOf(hedline, "hl1"), flatOr(hedline), textOf(head, "title"))
	a.Author = nitfByline(find(root, "byline"))
	a.Source = cmp.Or(attrOf(root, "pubdata", "name"), textOf(root, "distributor"), attrOf(root, "doc.copyright", "holder"))
	a.Date = cmp.Or(compactDate(attrOf(root, "date.issue", "norm")), compactDate(attrOf(root, "pubdata", "date.publication")),
		compactDate(attrOf(root, "date.release", "norm")), compactDate(attrOf(find(root, "dateline"), "story.date", "norm")))
	a.URL = absolute(nil, attrOf(root, "pubdata", "ex-ref"))
	a.Language = languageCode(cmp.Or(attr(root, "lang"), attrOf(root, "body", "lang")))
	a.setStory(blocks)
	if a.Title == "" {
		a.note("no title: it has neither a headline nor a title")
	}
	return nil
}

// flatOr is an element's text, "" where there is none.
func flatOr(n *html.Node) string {
	if n == nil {
		return ""
	}
	return flat(n)
}

// nitfByline is the author's name: the <person>s of the byline, else its text
// less its office.
func nitfByline(n *html.Node) string {
	if n == nil {
		return ""
	}
	var names []string
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.Data == "person" {
			names = append(names, flat(c))
		}
	}
	if len(names) == 0 {
		name := flat(n)
		if office := textOf(n, "byttl"); office != "" {
			name = strings.TrimRight(strings.Replace(name, office, "", 1), " ,")
		}
		names = []string{name}
	}
	return strings.Join(cleanNames(names), ", ")
}

// compactDate reads "20310304T101500Z", as NITF and NewsML have it, and ISO 8601.
func compactDate(s string) string {
	digits := strings.TrimSpace(s)
	if len(digits) >= 8 && strings.Trim(digits[:8], "0123456789") == "" {
		return isoIfReal(digits[:4], digits[4:6], digits[6:8])
	}
	return FindDate(s)
}

// readNewsML reads the first item with a text.
func readNewsML(a *Article, root *html.Node) error {
	items := []*html.Node{root}
	if root.Data == "newsMessage" {
		items = nil
		for c := range root.Descendants() {
			if c.Type == html.ElementNode && c.Data == "newsItem" {
				items = append(items, c)
			}
		}
	}
	err := error(ErrNoText)
	for n, item := range items {
		if err = readNewsItem(a, item); err == nil {
			if n+1 < len(items) {
				a.note(fmt.Sprintf("the message holds %d items: the first one with a text was read", len(items)))
			}
			return nil
		}
	}
	return err
}

func readNewsItem(a *Article, item *html.Node) error {
	if status := attrOf(item, "pubStatus", "qcode"); strings.HasSuffix(status, ":canceled") || strings.HasSuffix(status, ":withheld") {
		return ErrWithdrawn
	}
	inline := find(item, "inlineXML")
	if nitf := find(inline, "nitf"); nitf != nil {
		if err := readNITF(a, nitf); err != nil {
			return err
		}
	} else {
		blocks := newsBlocks(item, inline)
		if len(blocks) == 0 {
			return ErrNoText
		}
		a.Title = textOf(find(item, "contentMeta"), "headline")
		a.setNewsStory(blocks)
	}
	a.readItemMeta(item)
	return nil
}

// newsBlocks are the paragraphs of an item's XHTML, or of its plain text.
func newsBlocks(item, inline *html.Node) []block {
	if inline != nil {
		if body := find(inline, "body"); body != nil {
			return plainTree(body)
		}
		return plainTree(inline)
	}
	if data := find(item, "inlineData"); data != nil {
		return textBlocks(innerText(data))
	}
	return nil
}

// setNewsStory takes the title from a first heading where there is no other.
func (a *Article) setNewsStory(blocks []block) {
	if a.Title == "" && blocks[0].heading {
		a.Title = blocks[0].text
	}
	if a.Title == "" {
		a.note("no title: it has no headline")
	}
	a.setStory(dropHeader(blocks, a))
}

// readItemMeta reads what an item says of itself outside of its text.
func (a *Article) readItemMeta(item *html.Node) {
	content, about := find(item, "contentMeta"), find(item, "itemMeta")
	a.Author = cmp.Or(a.Author, strings.Join(cleanNames([]string{textOf(content, "by")}), ", "), creatorName(content))
	a.Source = cmp.Or(a.Source, nameOf(find(about, "provider")), nameOf(find(find(item, "rightsInfo"), "copyrightHolder")))
	a.Date = cmp.Or(a.Date, FindDate(textOf(about, "firstCreated")), FindDate(textOf(content, "contentCreated")), FindDate(textOf(about, "versionCreated")))
	a.URL = cmp.Or(a.URL, absolute(nil, attrOf(about, "link", "href")))
	a.Language = cmp.Or(a.Language, languageCode(attrOf(content, "language", "tag")), languageCode(attr(item, "lang")))
}

func creatorName(content *html.Node) string { return nameOf(find(content, "creator")) }

// nameOf is the name of a party: its element <name>, else its literal.
func nameOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	return cmp.Or(textOf(n, "name"), oneLine(attr(n, "literal")))
}
