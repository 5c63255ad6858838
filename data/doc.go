// Package data reads the articles of an archive: what formats they have, which
// line of one is a title, a caption or a biography, and who is quoted in it.
//
// The way of a file, file by file:
//
//	archive.go    a folder, or the articles inside the binary, listed
//	read.go       a file's bytes, refused where they are no text
//	masthead.go   what stands above a headline
//	paste.go      .txt as pasted from a web page: what each line is
//	forms.go      what such lines look like
//	markdown.go   .md with YAML front matter
//	html.go       pages saved from news sites, with htmlmeta.go, jsonld.go,
//	              htmlprune.go and htmltext.go
//	pdf.go        PDF, with pdfpen.go, pdflayout.go and pdftitle.go
//	mail.go       e-mail, with mailtext.go
//	newsxml.go    NITF and NewsML-G2
//	ninjs.go      ninjs
//	container.go  files that hold articles, with jsonl.go, zip.go and tar.go
//	fold.go       ligatures and the like, read as plain letters
//	dates.go      dates as articles print them
//	language.go   in which language an article is
//	operator      what the archive's operator writes beside the articles
//
// An article is a text and spans of it. For .txt the text is the file, byte for
// byte; for other formats it is the title, then a paragraph a line, as
// `onrecord text` prints it.
package data

import (
	"strings"

	"onrecord/data/quote"
)

// Role tells what a paragraph is.
type Role uint8

const (
	Body       Role = iota
	Title           // the headline
	Standfirst      // the line under it that sums up
	Byline          // the author's name
	Caption         // a picture's description and credit
	Furniture       // "Updated:", "0:00", a repeated headline, share buttons
	Credit          // "Reuters contributed to this report."
	Biography       // who the author is
)

var roleNames = [...]string{"body", "title", "standfirst", "byline", "caption", "furniture", "credit", "biography"}

func (r Role) String() string { return roleNames[r] }

// Paragraph is a line of an article that is not blank.
type Paragraph struct {
	Start, End int // bytes of Article.Text, without the line end
	Number     int // counted from 1, blank lines not counted
	Role       Role
}

// Article is an archived article. What it does not say of itself is "".
type Article struct {
	Path       string // below the archive, with slashes
	Text       string // valid UTF-8; all offsets are bytes of it
	Title      string
	Author     string
	Source     string // the outlet
	Date       string // ISO 8601, cut to what is known: 2025-03-13, 2025-03, 2025
	URL        string
	Language   string // ISO 639-1; as the article says, else told from its text
	Paragraphs []Paragraph
	Notes      []string // what the reader noticed and an operator may want to mend

	laidOut bool // its text is no file of the operator's: see fold.go
}

// note adds a remark for the operator.
func (a *Article) note(s string) { a.Notes = append(a.Notes, s) }

// speaks tells whether statements and passages may come from a paragraph.
func (p Paragraph) speaks() bool { return p.Role == Body || p.Role == Standfirst }

// Passages are the paragraphs that answer questions of fact.
func (a *Article) Passages() []Paragraph {
	var out []Paragraph
	for _, p := range a.Paragraphs {
		if p.speaks() {
			out = append(out, p)
		}
	}
	return out
}

// ParagraphAt is the number of the paragraph that holds byte at, or of the last
// one before it; 0 for an article without any.
func (a *Article) ParagraphAt(at int) int {
	number := 0
	for _, p := range a.Paragraphs {
		if p.Start > at {
			break
		}
		number = p.Number
	}
	return number
}

// Lines cuts a text into paragraphs: lines that hold more than ASCII white
// space. They are body until something says otherwise.
func Lines(text string) []Paragraph {
	var out []Paragraph
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[start:], '\n'); i >= 0 {
			end = start + i
		}
		if strings.Trim(text[start:end], asciiSpace) != "" {
			trimmed := start + len(strings.TrimRight(text[start:end], asciiSpace))
			out = append(out, Paragraph{Start: start, End: trimmed, Number: len(out) + 1})
		}
		start = end + 1
	}
	return out
}

// asciiSpace is what makes a line blank: the white space of ASCII alone.
const asciiSpace = " \t\r\n\v\f"

func (a *Article) text(p Paragraph) string { return a.Text[p.Start:p.End] }

// Statements finds who said what in the article. One in another language than
// English has none: it can't be told there.
func (a *Article) Statements(e *quote.Extractor) []quote.Statement {
	if a.Language != English {
		return nil
	}
	if a.laidOut {
		if f := foldText(a.Text); f != nil {
			return a.foldedStatements(f, e)
		}
	}
	return e.Statements(a.Spoken())
}

// Spoken is the article as the search for statements reads it.
func (a *Article) Spoken() quote.Text {
	t := quote.Text{Source: a.Text, Date: a.Date, Outlet: a.Source}
	for _, p := range a.Paragraphs {
		t.Paragraphs = append(t.Paragraphs, quote.Paragraph{Span: quote.Span{Start: p.Start, End: p.End}, Voice: p.voice()})
	}
	return t
}

func (p Paragraph) voice() quote.Voice {
	switch {
	case p.speaks():
		return quote.Speaks
	case p.Role == Title:
		return quote.Names
	}
	return quote.Silent
}
