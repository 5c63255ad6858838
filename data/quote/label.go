package quote

// colonLabels gives quotations after a bare colon to the name before it: "Here’s
// Lund in June: “…”", "Brandt: “…”". It comes after all that knows a cue verb.
func (a *article) colonLabels() {
	for q := range a.quotes {
		if a.covered[q] != nil || a.quoteTok[q].empty() || a.inTurn(q) {
			continue
		}
		if colon := a.quoteTok[q].lo - 1; colon > 0 && a.toks[colon].low == ":" && !a.toks[colon].quoted() {
			a.labelledBy(q, colon)
		}
	}
}

// labelledBy makes a statement of quotation q where the words before the colon
// name one person or body.
func (a *article) labelledBy(q, colon int) {
	c := a.here(colon)
	var who phrase
	for _, n := range c.nouns {
		if n.hi > colon || c.toks[n.lo].quoted() {
			break
		}
		if c.takeApart(n).kind == named {
			if !who.empty() {
				return // which of two is not said
			}
			who = n
		}
	}
	if who.empty() {
		return
	}
	s := subject{phrase: who, head: who}
	a.add(&finding{sent: a.toks[colon].sent, parts: []Span{a.quotes[q].Span}, cue: c.span(phrase{colon, colon + 1}),
		source: s, mention: c.mention(s)})
}
