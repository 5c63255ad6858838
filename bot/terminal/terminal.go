// Package terminal shows answers to people who read them in a terminal.
//
// The rules of its output: the words come first, as quotations; then, numbered,
// where they stand. What is not a person's own words is never shown as if it
// were: it is led by "paraphrased" or by the article's cue. Colour and wrapping
// are for terminals only. No control character of an article reaches the
// terminal.
package terminal

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/bot"
)

// Style is how a terminal wants its text. The zero Style is plain and unwrapped.
type Style struct {
	Colour bool
	Width  int // columns; 0 for no wrapping
}

// Limits of wrapping, in columns: narrower can't be read, wider is tiring.
const (
	minWidth = 40
	maxWidth = 100
)

// Write shows one answer.
func Write(w io.Writer, a *bot.Answer, s Style) error {
	p := &printer{style: s, numbers: map[string]int{}}
	p.answer(a)
	_, err := io.WriteString(w, p.b.String())
	return err
}

type printer struct {
	b       strings.Builder
	style   Style
	sources []*source
	numbers map[string]int // of sources, by article
}

// source is an article that was quoted, and where in it.
type source struct {
	citation   bot.Citation
	article    string
	paragraphs []int
}

func (p *printer) answer(a *bot.Answer) {
	for _, u := range a.Understood {
		p.paragraph("", p.dim("("+Visible(u)+")"))
	}
	p.verdict(a)
	p.statements(a.Statements)
	for _, passage := range a.Passages {
		n := p.cite(passage.Article, passage.Paragraph, passage.Citation)
		ref := p.ref(n)
		for _, also := range passage.Also {
			ref += p.dim(fmt.Sprintf("[%d]", p.cite(also.Article, also.Paragraph, also.Citation)))
		}
		p.paragraph("  ", p.marked(passage)+ref)
		p.matched(passage.Matched)
		p.line("")
	}
	if !a.Found {
		p.notFound(a)
	}
	for _, note := range a.Notes {
		if !a.Found {
			p.line("")
		}
		p.paragraph("", p.dim(Visible(note)))
		if a.Found {
			p.line("")
		}
	}
	if a.More > 0 {
		p.paragraph("  ", p.dim(fmt.Sprintf("… and %d more on record: --limit %d shows them", a.More, a.More+len(a.Statements))))
		p.line("")
	}
	p.list()
}

// onRecord says how words stand on record: only what stands in quotation marks is
// somebody's own, word for word.
func onRecord(a *bot.Answer) string {
	switch lead := a.Statements[0].Lead(); {
	case lead.How == bot.Partly:
		return "On record in these words; the quotation marks show which are the speaker’s own:"
	case lead != bot.Lead{}:
		return "On record in these words, but not as a direct quotation:"
	}
	return "Yes, word for word:"
}

func (p *printer) verdict(a *bot.Answer) {
	switch a.Verdict {
	case bot.Verbatim:
		p.line(onRecord(a))
	case bot.Near:
		switch {
		case a.NotSaid:
			p.line("On record, but as something not said:")
		case a.Exact:
			p.line("Not in these words. The nearest on record:")
		default:
			p.line("The nearest on record:")
		}
	case bot.Other:
		about := a.About
		if about == "" {
			about = "them"
		}
		p.line("Not on record from " + Visible(about) + ". Said by " + Visible(strings.Join(a.Speakers, ", ")) + ":")
	default:
		return
	}
	p.line("")
}

func (p *printer) notFound(a *bot.Answer) {
	p.paragraph("", Visible(a.Message))
	if len(a.Suggestions) > 0 {
		p.line("")
		p.line("You could ask:")
		for _, s := range a.Suggestions {
			p.line("  " + Visible(s))
		}
	}
}

// statements shows a heading for each speaker and below it their statements.
func (p *printer) statements(all []bot.Statement) {
	speaker := ""
	for n, s := range all {
		if s.Repeat || s.Variant > 0 {
			continue // told at the statement that it repeats or words anew
		}
		if s.Under() != speaker {
			speaker = s.Under()
			p.speaker(all, s)
		}
		ref := p.ref(p.cite(s.Article, s.Paragraph, s.Citation))
		for _, also := range s.Also {
			ref += p.dim(fmt.Sprintf("[%d]", p.cite(also.Article, also.Paragraph, also.Citation)))
		}
		p.paragraph("  ", lead(s)+Visible(s.Words())+p.setting(s)+ref)
		p.differs(s)
		p.matched(s.Matched)
		if s.Corrected != "" {
			p.paragraph("    ", p.dim("speaker corrected by the archive’s operator: "+Visible(s.Corrected)))
		}
		p.line("")
		p.variants(all, n+1)
	}
}

// matched tells by which words something was found that are not the asked ones.
func (p *printer) matched(words []string) {
	if len(words) > 0 {
		p.paragraph("    ", p.dim("matched by: "+Visible(strings.Join(words, ", "))))
	}
}

// differs tells where the words depart from those that were asked for.
func (p *printer) differs(s bot.Statement) {
	for _, c := range s.Differs {
		switch {
		case c.Said == "":
			p.paragraph("    ", p.dim("not on record: “"+Visible(c.Asked)+"”"))
		case c.Asked == "":
			p.paragraph("    ", p.dim("left out by the question: “"+Visible(c.Said)+"”"))
		default:
			p.paragraph("    ", p.dim("asked: “"+Visible(c.Asked)+"”, on record: “"+Visible(c.Said)+"”"))
		}
	}
}

// variants shows the other wordings of the statement at a place of the answer.
func (p *printer) variants(all []bot.Statement, place int) {
	for _, v := range all {
		if v.Variant == place {
			p.paragraph("    ", "also worded: "+lead(v)+Visible(v.Words())+p.ref(p.cite(v.Article, v.Paragraph, v.Citation)))
			p.line("")
		}
	}
}

// marked is a passage with the words that answer in bold.
func (p *printer) marked(s bot.Passage) string {
	var b strings.Builder
	at := s.Start
	for _, m := range s.Marks {
		b.WriteString(Visible(s.Text[at-s.Start:m.Start-s.Start]) + p.bold(Visible(m.Text)))
		at = m.End
	}
	b.WriteString(Visible(s.Text[at-s.Start:]))
	return strings.TrimSpace(b.String())
}

// speaker writes a name and the longest role that the answer gives for it.
func (p *printer) speaker(all []bot.Statement, s bot.Statement) {
	name := s.Who()
	if name == "" {
		name = "Source not named"
	}
	p.line(p.bold(Visible(name)))
	if role := bot.RoleOf(all, s); role != "" {
		p.paragraph("", p.dim(Visible(role)))
	}
	p.line("")
}

// lead tells what words are where they are not simply the speaker's own.
func lead(s bot.Statement) string {
	l := s.Lead()
	words := Visible(l.Cue)
	if label := labels[l.How]; label != "" && words != "" {
		words += ", " + label
	} else {
		words += label
	}
	if words != "" && s.Addressee != nil {
		words += ", to " + Visible(s.Addressee.Text)
	}
	if words == "" {
		return ""
	}
	return words + ": "
}

// labels word what the cue's own words don't tell: "nobody said".
var labels = map[bot.How]string{bot.Paraphrased: "paraphrased", bot.Partly: "partly in their own words",
	"asked": "asked", "denied": "denied", "declined": "not said", "planned": "not said yet", "thought": "a view, not words"}

// setting is where and when a statement was made: "(on Telegram, on Tuesday,
// 2031-04-01)".
func (p *printer) setting(s bot.Statement) string {
	parts := s.Setting()
	if s.Dated != nil && s.When == nil {
		parts = append(parts, string(s.Dated.By)+" "+s.Dated.Date)
	}
	if len(parts) == 0 {
		return ""
	}
	return "  " + p.dim("("+Visible(strings.Join(parts, ", "))+")")
}

// cite numbers an article and notes the paragraph.
func (p *printer) cite(article string, paragraph int, c bot.Citation) int {
	n, ok := p.numbers[article]
	if !ok {
		p.sources = append(p.sources, &source{citation: c, article: article})
		n = len(p.sources)
		p.numbers[article] = n
	}
	s := p.sources[n-1]
	for _, have := range s.paragraphs {
		if have == paragraph {
			return n
		}
	}
	s.paragraphs = append(s.paragraphs, paragraph)
	return n
}

func (p *printer) ref(n int) string { return "  " + p.dim(fmt.Sprintf("[%d]", n)) }

func (p *printer) list() {
	for n, s := range p.sources {
		mark := fmt.Sprintf("[%d] ", n+1)
		indent := strings.Repeat(" ", len(mark))
		title := s.citation.Title
		if title == "" {
			title = "untitled"
		}
		p.hanging(mark, indent, Visible(title))
		p.paragraph(indent, p.dim(Visible(describe(s))))
		if s.citation.URL != "" {
			p.line(indent + p.dim(Visible(s.citation.URL)))
		}
	}
}

// describe: "Ann Onymous · The Daily Sample · no date given · paragraph 3 · file".
func describe(s *source) string {
	c := s.citation
	var parts []string
	for _, v := range []string{c.Author, c.Source} {
		if v != "" {
			parts = append(parts, v)
		}
	}
	if c.Date == "" {
		parts = append(parts, "no date given")
	} else {
		parts = append(parts, c.Date)
	}
	if day := c.CorrectedOn(); day != "" {
		parts = append(parts, "corrected on "+day)
	}
	if c.SupersededBy != "" {
		parts = append(parts, "an older version of "+c.SupersededBy)
	}
	return strings.Join(append(parts, paragraphs(s.paragraphs), s.article), " · ")
}

// paragraphs: "paragraph 3", "paragraphs 27–28, 34".
func paragraphs(all []int) string {
	if len(all) == 1 {
		return fmt.Sprintf("paragraph %d", all[0])
	}
	return "paragraphs " + bot.Runs(all)
}

func (p *printer) line(s string) { p.b.WriteString(s + "\n") }

// paragraph writes a text wrapped, each line indented.
func (p *printer) paragraph(indent, s string) { p.hanging(indent, indent, s) }

// hanging writes a text wrapped, its first line indented otherwise.
func (p *printer) hanging(first, indent, s string) {
	if p.style.Width == 0 {
		p.line(first + s)
		return
	}
	width := min(max(p.style.Width, minWidth), maxWidth)
	line, used := first, columns(first)
	begun := false
	for _, word := range strings.Fields(s) {
		n := columns(word)
		if begun && used+1+n > width {
			p.line(line)
			line, used, begun = indent, columns(indent), false
		}
		if begun {
			line, used = line+" ", used+1
		}
		line, used, begun = line+word, used+n, true
	}
	p.line(line)
}

// columns is the width of a text without its colours.
func columns(s string) int {
	n, escape := 0, false
	for _, r := range s {
		switch {
		case r == '\x1b':
			escape = true
		case escape:
			escape = r != 'm'
		case !unicode.Is(unicode.Mn, r):
			n++
		}
	}
	return n
}

func (p *printer) bold(s string) string { return p.coloured("1", s) }
func (p *printer) dim(s string) string  { return p.coloured("2", s) }

func (p *printer) coloured(code, s string) string {
	if !p.style.Colour {
		return s
	}
	// Each word by itself, so that a line break between them can't leak it.
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = "\x1b[" + code + "m" + w + "\x1b[0m"
	}
	return strings.Join(words, " ")
}

// Visible makes control and direction characters of foreign text visible marks,
// so that it can neither drive a terminal nor disguise itself.
func Visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < 0x20:
			return 0x2400 + r
		case r == 0x7f:
			return 0x2421
		case r == utf8.RuneError, unicode.Is(unicode.Cc, r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
			return '\ufffd'
		}
		return r
	}, s)
}
