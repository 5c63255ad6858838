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
	"time"
	"unicode"
	"unicode/utf8"

	"onrecord/bot"
	"onrecord/data/quote"
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
		p.paragraph("  ", p.marked(passage)+p.ref(n))
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

func (p *printer) verdict(a *bot.Answer) {
	switch a.Verdict {
	case bot.Verbatim:
		p.line("Yes, word for word:")
	case bot.Near:
		if a.Exact {
			p.line("Not in these words. The nearest on record:")
		} else {
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
	speaker := "\x00"
	for n, s := range all {
		if s.Repeat || s.Variant > 0 {
			continue // told at the statement that it repeats or words anew
		}
		if s.Who() != speaker {
			speaker = s.Who()
			p.speaker(all, s)
		}
		ref := p.ref(p.cite(s.Article, s.Paragraph, s.Citation))
		for _, also := range s.Also {
			ref += p.dim(fmt.Sprintf("[%d]", p.cite(also.Article, also.Paragraph, also.Citation)))
		}
		p.paragraph("  ", lead(s)+words(s)+p.setting(s)+ref)
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
			p.paragraph("    ", "also worded: "+lead(v)+words(v)+p.ref(p.cite(v.Article, v.Paragraph, v.Citation)))
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
	name, role := s.Who(), ""
	if name == "" {
		name = "Source not named"
		role = s.Speaker.Role
	}
	for _, o := range all {
		if o.Who() == s.Who() && s.Who() != "" && len(o.Speaker.Role) > len(role) {
			role = o.Speaker.Role
		}
	}
	p.line(p.bold(Visible(name)))
	if role != "" {
		if rest, ok := strings.CutPrefix(role, "The "); ok {
			role = "the " + rest // from the start of a sentence
		}
		p.paragraph("", p.dim(Visible(role)))
	}
	p.line("")
}

// lead tells what words are where they are not simply the speaker's own.
func lead(s bot.Statement) string {
	to := ""
	if s.Addressee != nil {
		to = ", to " + Visible(s.Addressee.Text)
	}
	switch {
	case s.Act != "said" && s.Cue != nil && quote.TellsAct(s.Cue.Text, quote.Act(s.Act)):
		return Visible(s.Cue.Text) + to + ": "
	case s.Act != "said":
		return unsaid[s.Act] + to + ": "
	case s.Kind == "indirect":
		return telling(s) + "paraphrased" + to + ": "
	case s.Kind == "mixed":
		return telling(s) + "partly in their own words" + to + ": "
	}
	return ""
}

// unsaid leads what was not simply said where the cue's words don't tell it:
// "nobody said".
var unsaid = map[string]string{"asked": "asked", "denied": "denied", "declined": "not said", "planned": "not said yet",
	"thought": "thought"}

// setting is where and when a statement was made: "(on Telegram, on Tuesday,
// 2031-04-01)".
func (p *printer) setting(s bot.Statement) string {
	var parts []string
	if s.Where != nil {
		parts = append(parts, inSentence(s.Where.Text))
	}
	if s.When != nil {
		if s.Where == nil || s.Where.Start != s.When.Start {
			parts = append(parts, inSentence(s.When.Text))
		}
		if s.When.Date != "" {
			parts = append(parts, s.When.Date)
		}
	}
	if s.Dated != nil && s.When == nil {
		parts = append(parts, string(s.Dated.By)+" "+s.Dated.Date)
	}
	if len(parts) == 0 {
		return ""
	}
	return "  " + p.dim("("+Visible(strings.Join(parts, ", "))+")")
}

// inSentence writes a phrase small that opened its sentence; days and months
// stay large.
func inSentence(phrase string) string {
	for i := range 12 {
		if strings.HasPrefix(phrase, time.Weekday(i%7).String()) || strings.HasPrefix(phrase, time.Month(i + 1).String()[:3]) {
			return phrase
		}
	}
	r, n := utf8.DecodeRuneInString(phrase)
	return string(unicode.ToLower(r)) + phrase[n:]
}

// plainCues say no more than that somebody spoke.
var plainCues = map[string]bool{"said": true, "says": true, "say": true, "saying": true, "told": true, "tells": true,
	"telling": true, "added": true, "adds": true, "adding": true, "according to": true}

// telling is the cue where it says how something was said: "accusing, ".
func telling(s bot.Statement) string {
	if s.Cue == nil {
		return ""
	}
	words := strings.Fields(strings.ToLower(s.Cue.Text))
	if plainCues[words[len(words)-1]] || plainCues[strings.Join(words, " ")] {
		return ""
	}
	return Visible(s.Cue.Text) + ", "
}

// words are a statement's parts, their gaps shown. The "that" that opens an
// indirect part is left out.
func words(s bot.Statement) string {
	var parts []string
	for _, part := range s.Parts {
		text := part.Text
		if s.Kind != "direct" {
			text = strings.TrimPrefix(text, "that ")
		}
		parts = append(parts, Visible(strings.TrimSpace(text)))
	}
	return strings.Join(parts, " … ")
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
	return strings.Join(append(parts, paragraphs(s.paragraphs), s.article), " · ")
}

// paragraphs: "paragraph 3", "paragraphs 27–28, 34".
func paragraphs(all []int) string {
	sorted := append([]int(nil), all...)
	for i := range sorted {
		for k := i; k > 0 && sorted[k] < sorted[k-1]; k-- {
			sorted[k], sorted[k-1] = sorted[k-1], sorted[k]
		}
	}
	if len(sorted) == 1 {
		return fmt.Sprintf("paragraph %d", sorted[0])
	}
	var out []string
	for i := 0; i < len(sorted); {
		k := i
		for k+1 < len(sorted) && sorted[k+1] == sorted[k]+1 {
			k++
		}
		if k > i {
			out = append(out, fmt.Sprintf("%d–%d", sorted[i], sorted[k]))
		} else {
			out = append(out, fmt.Sprint(sorted[i]))
		}
		i = k + 1
	}
	return "paragraphs " + strings.Join(out, ", ")
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
