package message

import (
	"fmt"
	"strings"

	"onrecord/bot"
)

// Options of an answer's message.
type Options struct {
	Lang Lang
	Page int // from 0; one behind the last page shows the last
	// Private answers are seen by the asker alone, and can be shared.
	Private bool
	// Link is the address of an article's paragraph on the archive's own web
	// pages, for articles that give none; nil without such pages.
	Link func(article string, paragraph int) string
}

// renderer is one answer on its way to a message.
type renderer struct {
	t       *words
	lang    Lang
	answer  *bot.Answer
	link    func(article string, paragraph int) string
	numbers map[string]int // of sources, by article
}

func newRenderer(a *bot.Answer, o Options) *renderer {
	return &renderer{t: o.Lang.words(), lang: o.Lang.known(), answer: a, link: o.Link, numbers: map[string]int{}}
}

// Answer is a page of an answer: the question, what was found with its sources,
// and the buttons that go on from there.
func Answer(a *bot.Answer, o Options) Message {
	r := newRenderer(a, o)
	pages := r.pages()
	at := min(max(o.Page, 0), len(pages)-1)
	head, kept := heading(a.Question)
	var page []item
	if a.Found {
		page = pages[at]
		head += r.intro(at == 0)
	} else {
		head += r.nothing()
	}
	body := r.body(page)
	tail := r.tail(len(pages), at, kept)
	if page != nil && a.Found {
		body += r.list(r.sources(page), maxDescription-length(head)-length(body)-length(tail))
	}
	m := single(r.colour(), "", head+strings.TrimRight(body, "\n")+tail)
	b := buttons{lang: r.lang, t: r.t, page: at, pages: len(pages), kept: kept, private: o.Private}
	m.Components = b.rows(page, a)
	return m
}

// body is what stands on a page, headings where the speaker changes.
func (r *renderer) body(page []item) string {
	var b strings.Builder
	last := ""
	for n, it := range page {
		if n > 0 {
			b.WriteString("\n")
		}
		if it.under != last {
			b.WriteString(it.heading)
			last = it.under
		}
		b.WriteString(it.text(r.number))
	}
	return b.String()
}

// intro is what comes before the quotations: the verdict, how the question was
// understood, and on the first page who else spoke about it.
func (r *renderer) intro(first bool) string {
	var b strings.Builder
	if v := r.verdict(); v != "" {
		b.WriteString(v + "\n")
	}
	for n, u := range r.answer.Understood {
		if n < maxUnderstood {
			b.WriteString("-# " + shortLine(u, maxNote) + "\n")
		}
	}
	if first {
		b.WriteString(r.counts())
	}
	if b.Len() > 0 {
		b.WriteString("\n")
	}
	return b.String()
}

// How much the intro may hold.
const (
	maxUnderstood = 2
	maxNote       = 120
	maxAbout      = 40
	maxCounts     = 6
)

// verdict answers "did X say", in the first words of the answer.
func (r *renderer) verdict() string {
	a := r.answer
	switch a.Verdict {
	case bot.Verbatim:
		switch {
		case len(a.Statements) > 0 && a.Statements[0].Lead().How == bot.Partly:
			return "🟡 **" + r.t.partlyQuoted + "**"
		case !r.ownWords():
			return "🟡 **" + r.t.notAsQuotation + "**"
		}
		return "✅ **" + r.t.verbatim + "**"
	case bot.Near:
		if a.NotSaid {
			return "🟡 **" + r.t.notSaid + "**"
		}
		if a.Exact {
			return "🟡 **" + r.t.notInTheseWords + "** " + r.t.nearest
		}
		return "🟡 **" + r.t.nearest + "**"
	case bot.Other:
		about := r.t.them
		if a.About != "" {
			about = shortLine(a.About, maxAbout)
		}
		by := r.t.recordedOf
		if r.ownWords() {
			by = r.t.saidBy
		}
		return "🔴 **" + fmt.Sprintf(r.t.notFrom, about) + "** " + fmt.Sprintf(by, r.names(a.Speakers))
	}
	return ""
}

// ownWords tells whether the first statement is simply what its speaker said: a
// verdict must not make words of a paraphrase, or of what was hoped.
func (r *renderer) ownWords() bool {
	return len(r.answer.Statements) > 0 && r.answer.Statements[0].Lead() == bot.Lead{}
}

func (r *renderer) names(all []string) string {
	var out []string
	for n, name := range all {
		if n == maxCounts {
			out = append(out, "…")
			break
		}
		out = append(out, shortLine(name, maxAbout))
	}
	return strings.Join(out, ", ")
}

// counts is who spoke about what was asked, and how often.
func (r *renderer) counts() string {
	all := r.answer.Counts
	if len(all) < 2 {
		return "" // the heading says it
	}
	var out []string
	for n, c := range all {
		if n == maxCounts {
			out = append(out, fmt.Sprintf("+%d", len(all)-n))
			break
		}
		out = append(out, fmt.Sprintf("%s %d", shortLine(c.Speaker, maxAbout), c.Statements))
	}
	return "**" + r.t.spoke + "** " + strings.Join(out, " · ") + "\n"
}

// nothing is the honest no, or the question back.
func (r *renderer) nothing() string {
	a := r.answer
	sign, word := "⚪", r.t.nothing
	if a.Intent == bot.Clarify {
		sign, word = "❔", r.t.unclear
	}
	text := sign + " **" + word + "**\n" + shortLine(a.Message, maxMessage) + "\n"
	for n, u := range a.Understood {
		if n < maxUnderstood {
			text += "-# " + shortLine(u, maxNote) + "\n"
		}
	}
	if len(a.Suggestions) == 0 {
		return text
	}
	text += "\n" + r.t.youCouldAsk + "\n"
	for n, s := range a.Suggestions {
		if asButton := (ID{Action: Ask, Lang: r.lang, Question: s}); n < maxRow && !asButton.Fits() {
			text += "- " + shortLine(s, maxNote) + "\n"
		}
	}
	return text
}

// maxMessage bounds the sentence that says why nothing was found.
const maxMessage = 700

// tail is what comes last: what the archive can't answer, how much more there is.
func (r *renderer) tail(pages, at int, kept bool) string {
	var parts []string
	if pages > 1 && !kept {
		parts = append(parts, fmt.Sprintf(r.t.noTurning, at+1, pages))
	}
	for n, note := range r.answer.Notes {
		if n < maxUnderstood {
			parts = append(parts, shortLine(note, maxNote))
		}
	}
	if r.answer.More > 0 && at == pages-1 {
		parts = append(parts, fmt.Sprintf(r.t.more, r.answer.More))
	}
	if len(parts) == 0 {
		return ""
	}
	return "\n\n-# " + strings.Join(parts, "\n-# ")
}

func (r *renderer) colour() colour {
	switch {
	case !r.answer.Found:
		return quiet
	case r.answer.Verdict == bot.Verbatim && r.ownWords():
		return yes
	case r.answer.Verdict == bot.Near, r.answer.Verdict == bot.Verbatim:
		return nearly
	case r.answer.Verdict == bot.Other:
		return no
	}
	return neutral
}
