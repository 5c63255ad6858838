package message

import (
	"fmt"
	"strings"

	"onrecord/bot"
)

// "Check quotes": each quotation of somebody's message with its verdict.

// How much of a check is shown.
const (
	maxChecked   = 10  // quotations in one message
	maxQuotation = 250 // of one of them, in UTF-16 units
)

// Checks shows what bot.CheckQuotes found. more is how many quotations the message
// has that were not checked.
func Checks(all []bot.Checked, more int, o Options) Message {
	r := newRenderer(&bot.Answer{}, o)
	if len(all) == 0 {
		return Tell(NoQuotations, o.Lang)
	}
	if len(all) > maxChecked {
		more += len(all) - maxChecked
		all = all[:maxChecked]
	}
	var b strings.Builder
	var shown []item
	worst := yes
	for _, c := range all {
		if c.Answer == nil {
			more++
			continue
		}
		a := *c.Answer
		a.Verdict, a.Exact = c.Verdict, true
		r.answer = &a
		it, text := r.checked(c)
		if length(b.String())+length(text) > maxChecks {
			more++
			continue
		}
		b.WriteString(text + "\n")
		worst = worse(worst, r.colour())
		if it != nil {
			shown = append(shown, *it)
		}
	}
	body := strings.TrimRight(b.String(), "\n") + "\n" + r.list(r.sources(shown), maxDescription-length(b.String())-maxNote)
	if more > 0 {
		body = strings.TrimRight(body, "\n") + "\n\n-# " + fmt.Sprintf(r.t.notChecked, more)
	}
	return single(worst, r.t.checks, strings.TrimRight(body, "\n"))
}

// maxChecks leaves room for the sources.
const maxChecks = 2600

// checked is one quotation, its verdict, and what is on record.
func (r *renderer) checked(c bot.Checked) (*item, string) {
	text := quoted(r.cut(c.Words, maxQuotation)) + "\n"
	a := r.answer
	if !a.Found || len(a.Statements) == 0 {
		return nil, text + "⚪ **" + r.t.nothing + "**\n"
	}
	s := a.Statements[0]
	bl := r.block(s, maxQuotation)
	it := &item{blocks: []block{bl}}
	who := "**" + shortLine(r.name(s), maxName) + "** "
	if a.Verdict == bot.Other {
		who = "" // the verdict names them
	}
	for _, c := range bl.cites {
		who += ref(r.number(c))
	}
	if a.Verdict == bot.Verbatim && r.ownWords() {
		return it, text + r.verdict() + " " + who + "\n"
	}
	text += r.verdict() + " " + who + "\n" + bl.quote + "\n"
	for _, l := range r.differs(s) {
		text += "-# " + l + "\n"
	}
	return it, text
}

// worse is the colour that a reader must rather see.
func worse(a, b colour) colour {
	for _, c := range []colour{no, nearly, quiet, neutral} {
		if a == c || b == c {
			return c
		}
	}
	return yes
}
