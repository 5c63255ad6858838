package data

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // every character set that mail is written in
	"github.com/emersion/go-message/mail"
	"golang.org/x/net/html"
)

// E-mail, .eml: a press release or a newsletter as it was sent. The subject is the
// title, the sender the author. Of its parts the plain text is read, and the HTML
// where there is none; attachments are not.

// ErrNoMail refuses what has none of the headers that every message has.
const ErrNoMail = Refusal("it is no e-mail: it has neither From, Date nor Subject")

// Limits of a message.
const (
	maxParts   = 100 // parts looked at; a message has two or three
	mailNested = 10  // parts within parts
)

// readMail reads a message. Its text is the subject, then a paragraph a line.
func readMail(a *Article, raw []byte) error {
	raw = bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), "\r\n")
	m, err := message.Read(bytes.NewReader(raw))
	if m == nil || err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
		return fmt.Errorf("%w: %v", ErrNoMail, err)
	}
	h := mail.Header{Header: m.Header}
	if !h.Has("From") && !h.Has("Date") && !h.Has("Subject") {
		return ErrNoMail
	}
	a.readMailHeader(&h)
	p := &mailParts{}
	p.add(m, 0)
	lines := p.lines()
	if len(lines) == 0 {
		return ErrNoText
	}
	for _, note := range p.notes {
		a.note(note)
	}
	a.setMail(lines)
	return nil
}

func (a *Article) readMailHeader(h *mail.Header) {
	subject, _ := h.Subject() // the field as it stands where it can't be decoded
	a.Title = oneLine(clean(subject))
	if a.Title == "" {
		a.note("no title: it has no subject")
	}
	if from, err := h.AddressList("From"); err == nil && len(from) > 0 {
		a.Author = oneLine(clean(cmp.Or(from[0].Name, from[0].Address)))
	} else if from, _ := h.Text("From"); from != "" {
		a.Author = oneLine(clean(from))
	}
	if organisation, err := h.Text("Organization"); err == nil {
		a.Source = oneLine(clean(organisation))
	}
	if date, err := h.Date(); err == nil && !date.IsZero() {
		a.Date = date.Format("2006-01-02")
	} else if h.Get("Date") != "" {
		a.Date = FindDate(h.Get("Date"))
	}
	if lang := h.Get("Content-Language"); lang != "" {
		a.Language = languageCode(lang)
	}
}

// clean makes a header's text valid.
func clean(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// mailParts are the texts of a message.
type mailParts struct {
	plain, marked []string
	flowed        bool // the first plain part is in format=flowed
	delSp         bool // and its line ends' spaces are no words' borders
	seen          int
	notes         []string
}

func (p *mailParts) add(m *message.Entity, depth int) {
	if p.seen++; p.seen > maxParts || depth > mailNested {
		return
	}
	if parts := m.MultipartReader(); parts != nil {
		for p.seen <= maxParts {
			part, err := parts.NextPart()
			if err != nil && !message.IsUnknownCharset(err) && !message.IsUnknownEncoding(err) {
				if !errors.Is(err, io.EOF) {
					p.notes = append(p.notes, "the message is cut off: "+err.Error())
				}
				return
			}
			p.add(part, depth+1)
		}
		return
	}
	p.addText(m)
}

func (p *mailParts) addText(m *message.Entity) {
	kind, params, _ := m.Header.ContentType() // "" is plain text
	disposition, _, _ := m.Header.ContentDisposition()
	if disposition == "attachment" || kind != "" && kind != "text/plain" && kind != "text/html" {
		return
	}
	raw, err := io.ReadAll(io.LimitReader(m.Body, MaxFile))
	if err != nil {
		p.notes = append(p.notes, "a part of the message can't be decoded: "+err.Error())
	}
	text := decodedMail(raw)
	switch {
	case strings.TrimFunc(text, blank) == "":
	case kind == "text/html":
		p.marked = append(p.marked, text)
	default:
		if len(p.plain) == 0 {
			p.flowed, p.delSp = strings.EqualFold(params["format"], "flowed"), strings.EqualFold(params["delsp"], "yes")
		}
		p.plain = append(p.plain, text)
	}
}

// decodedMail is a part in UTF-8: as its character set made it, else as it looks.
func decodedMail(raw []byte) string {
	text, _ := decodePage(raw)
	return strings.ReplaceAll(text, "\x00", "")
}

// lines are the message's paragraphs, with what they are.
func (p *mailParts) lines() []mailLine {
	if len(p.plain) > 0 {
		return mailText(strings.Join(p.plain, "\n\n"), p.flowed, p.delSp)
	}
	var out []mailLine
	for _, text := range p.marked {
		doc, err := html.Parse(strings.NewReader(text))
		if err != nil {
			p.notes = append(p.notes, "a part of the message can't be read: "+err.Error())
			continue
		}
		dropQuoted(doc)
		for _, b := range plainTree(doc) {
			out = append(out, mailLine{text: b.text, silent: b.heading})
		}
	}
	return closeSignature(out)
}

// dropQuoted takes out what an HTML message answers to, and its signature.
func dropQuoted(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		class := " " + attr(c, "class") + " "
		switch {
		case c.Type != html.ElementNode:
		case c.Data == "blockquote" && (attr(c, "type") == "cite" || strings.Contains(class, "quote")),
			strings.Contains(class, " gmail_quote "), strings.Contains(class, " gmail_signature "), strings.Contains(class, " moz-signature "),
			strings.Contains(class, " yahoo_quoted "), attr(c, "id") == "divRplyFwdMsg", hidden(c):
			n.RemoveChild(c)
		default:
			dropQuoted(c)
		}
		c = next
	}
}

// setMail lays the message out; what is quoted or signed is in its text, and
// nobody says it.
func (a *Article) setMail(lines []mailLine) {
	blocks := make([]block, len(lines))
	for i, l := range lines {
		blocks[i] = block{text: l.text}
	}
	a.laidOut = true
	a.setText(blocks)
	first := len(a.Paragraphs) - len(lines)
	for i, l := range lines {
		if l.silent {
			a.Paragraphs[first+i].Role = Furniture
		}
	}
}
