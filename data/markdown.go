package data

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// readMarkdown reads an article with YAML front matter. Its text is the title,
// then a paragraph a line, all markup gone.
func readMarkdown(a *Article, file string) {
	file = strings.TrimPrefix(file, "\ufeff")
	front, body, found := splitFront(file)
	if !found {
		if front, body = openFront(file); front != "" {
			a.note("the front matter has no closing --- line: the lines that look like fields were taken for it")
		}
	}
	if front != "" {
		readFront(a, front)
	}
	blocks := plainBlocks(body)
	if a.Title == "" && len(blocks) > 0 && blocks[0].heading {
		a.Title = blocks[0].text
	}
	a.setText(blocks)
	if a.Title == "" {
		a.note("no title: neither the front matter nor a first heading gives one")
	}
}

// splitFront parts the lines between the first two "---" lines from the rest.
func splitFront(file string) (front, body string, found bool) {
	var at int
	for n, line := range strings.SplitAfter(file, "\n") {
		fence := strings.TrimRight(line, " \t\r\n") == "---"
		if n == 0 && !fence {
			return "", file, false
		}
		at += len(line)
		if n > 0 && fence {
			first := strings.IndexByte(file, '\n') + 1
			return file[first : at-len(line)], file[at:], true
		}
	}
	return "", file, false
}

// fieldLine is a line of front matter, or one that goes on with it.
var fieldLine = regexp.MustCompile(`^(?:[A-Za-z_-]+:(?:\s|$)|[ \t]+\S|- |#)`)

// openFront parts the lines that look like fields, below a "---" that is never
// closed, from the rest.
func openFront(file string) (front, body string) {
	at := 0
	for line := range strings.Lines(file) {
		switch {
		case at == 0 && strings.TrimRight(line, " \t\r\n") == "---":
		case at > 0 && fieldLine.MatchString(line):
			front += line
		default:
			if front == "" {
				return "", file
			}
			return front, file[at:]
		}
		at += len(line)
	}
	return front, file[at:]
}

// readFront reads the fields of the front matter; what can't be read becomes a
// note, and the rest is kept.
func readFront(a *Article, front string) {
	fields := map[string]any{}
	if err := yaml.Unmarshal([]byte(front), &fields); err != nil {
		a.note("the front matter is not YAML that can be read: " + firstLine(yaml.FormatError(err, false, false)))
		fields = readableLines(front)
	}
	for _, key := range slices.Sorted(maps.Keys(fields)) {
		a.setField(strings.ToLower(key), fields[key])
	}
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return s
}

// readableLines saves what it can of broken front matter: lines that are YAML
// by themselves.
func readableLines(front string) map[string]any {
	all := map[string]any{}
	for _, line := range strings.Split(front, "\n") {
		one := map[string]any{}
		if yaml.Unmarshal([]byte(line), &one) == nil {
			for k, v := range one {
				all[k] = v
			}
		}
	}
	return all
}

func (a *Article) setField(key string, value any) {
	s, ok := plainValue(value)
	switch key {
	case "title", "author", "authors", "source", "date", "url", "language":
		if !ok {
			a.note(fmt.Sprintf("the front matter's %s is no text and was left out", key))
			return
		}
	}
	switch key {
	case "title":
		a.Title = oneLine(s)
	case "author", "authors":
		a.Author = oneLine(s)
	case "source":
		a.Source = oneLine(s)
	case "url":
		a.URL = oneLine(s)
	case "language":
		a.Language = oneLine(s)
	case "date":
		if a.Date = FindDate(s); a.Date == "" && s != "" {
			a.note(fmt.Sprintf("the date %q was not understood: write it as 2025-03-13", s))
		}
	}
}

// plainValue makes text of a scalar, or of a list of them.
func plainValue(v any) (string, bool) {
	switch v := v.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case []any:
		var all []string
		for _, item := range v {
			s, ok := plainValue(item)
			if !ok {
				return "", false
			}
			all = append(all, s)
		}
		return strings.Join(all, ", "), true
	case map[string]any:
		return "", false
	}
	return fmt.Sprint(v), true
}

// oneLine joins all white space to single spaces.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// block is a paragraph without its markup.
type block struct {
	text    string
	heading bool
	link    bool // it is a link to something else, and nobody says it
}

func plainBlocks(body string) []block {
	source := []byte(flatten(body))
	root := goldmark.DefaultParser().Parse(text.NewReader(source))
	var out []block
	add := func(s string, heading bool) {
		if s = oneLine(s); s != "" {
			out = append(out, block{text: s, heading: heading})
		}
	}
	// Walk fails only where the callback does.
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || n.Type() != ast.TypeBlock {
			return ast.WalkContinue, nil
		}
		switch n.Kind() {
		case ast.KindParagraph, ast.KindTextBlock, ast.KindHeading:
			var b strings.Builder
			inlineText(&b, n, source)
			add(b.String(), n.Kind() == ast.KindHeading)
			return ast.WalkSkipChildren, nil
		case ast.KindCodeBlock, ast.KindFencedCodeBlock:
			for i := 0; i < n.Lines().Len(); i++ {
				line := n.Lines().At(i)
				add(string(line.Value(source)), false)
			}
		}
		return ast.WalkContinue, nil
	})
	return out
}

// maxNesting is how many quotes and lists may stand in each other on one line.
// Articles have two or three; the parser takes time with the square of it.
const maxNesting = 30

// nested matches a line's first marks of quotes and lists, were they too many.
var nested = regexp.MustCompile(fmt.Sprintf(`(?m)^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){%d,}`, maxNesting))

// maxLines is how many lines a paragraph may have; with links in it, the parser
// takes time with the square of them.
const maxLines = 1000

// flatten takes away what would cost the parser more than its length: marks of
// quotes and lists that nest without end, and paragraphs that don't end.
func flatten(body string) string {
	if mayNest(body) {
		body = nested.ReplaceAllLiteralString(body, "")
	}
	if strings.Count(body, "\n") <= maxLines {
		return body
	}
	var b strings.Builder
	run := 0
	for line := range strings.Lines(body) {
		if run++; strings.TrimSpace(line) == "" {
			run = 0
		}
		b.WriteString(line)
		if run == maxLines {
			b.WriteByte('\n')
			run = 0
		}
	}
	return b.String()
}

// mayNest tells whether a line begins as a quote or a list does; the pattern alone, on
// every text, takes a tenth of the reading of an article.
func mayNest(body string) bool {
	for line := range strings.Lines(body) {
		if s := strings.TrimLeft(line, " \t"); s != "" && strings.IndexByte(">-+*0123456789", s[0]) >= 0 {
			return true
		}
	}
	return false
}

// inlineText writes the words of a block; a line break is a space, a picture
// and HTML are nothing.
func inlineText(b *strings.Builder, n ast.Node, source []byte) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(unescape(c.Value(source)))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(c.Value)
		case *ast.AutoLink:
			b.Write(c.Label(source))
		case *ast.Image, *ast.RawHTML:
		default:
			inlineText(b, c, source)
		}
	}
}

// setText lays the article out: the title first, then a paragraph a line.
func (a *Article) setText(blocks []block) {
	var b strings.Builder
	add := func(s string, role Role) {
		start := b.Len()
		b.WriteString(s)
		a.Paragraphs = append(a.Paragraphs, Paragraph{Start: start, End: b.Len(), Number: len(a.Paragraphs) + 1, Role: role})
		b.WriteByte('\n')
	}
	if a.Title != "" {
		add(a.Title, Title)
	}
	for i, bl := range blocks {
		switch {
		case i == 0 && bl.heading && bl.text == a.Title:
		case bl.heading, bl.link:
			add(bl.text, Furniture)
		case bl.text == a.Title:
			add(bl.text, Furniture)
		case isCredit(bl.text):
			add(bl.text, Credit)
		case isCaption(bl.text):
			add(bl.text, Caption)
		default:
			add(bl.text, Body)
		}
	}
	a.Text = b.String()
}

// unescape resolves backslash escapes and character references.
func unescape(b []byte) []byte {
	return util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b)))
}
