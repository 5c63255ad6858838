package quote

// indirect finds what stands after a cue without quotation marks around it, or
// with marks around a part of it.
func (a *article) indirect() {
	for _, c := range a.clauses {
		for k := range c.verbs {
			if c.turn {
				break
			}
			g := &c.verbs[k]
			if g.cue == nil || a.used[g.lo] || c.toks[g.lo].quoted() {
				continue
			}
			if f := a.reported(c, g); f != nil {
				a.used[g.lo] = true
				a.add(f)
			}
		}
	}
}

// reported makes a finding of a cue with content after or before it.
func (a *article) reported(c *clauses, g *verbGroup) *finding {
	s, ok := c.subjectOf(g)
	if ok && c.writing(s) {
		if author, found := c.mainSubject(g.lo); found {
			s = author
		}
	}
	if ok {
		if f := a.contentAfter(c, g, s); f != nil {
			return f
		}
	}
	return a.contentBefore(c, g, s, ok)
}

// writing tells whether a source is a text, which somebody wrote: "a statement
// saying".
func (c *clauses) writing(s subject) bool {
	switch c.low(s.head.hi - 1) {
	case "statement", "letter", "post", "tweet", "message", "speech", "remarks", "comments", "email", "memo", "video":
		return true
	}
	return false
}

// content is what a frame of the cue found.
type content struct {
	lo    int  // first token
	cueHi int  // end of the cue, further than the verb where words belong to it
	weak  bool // a noun phrase: only a source that can speak makes it a statement
}

func (a *article) contentAfter(c *clauses, g *verbGroup, s subject) *finding {
	found, ok := c.frame(g, s)
	if !ok || found.weak && !c.canSpeak(s) || (c.supposed(g) || c.notYet(s)) && !c.marksClause(found.lo) {
		return nil
	}
	hi := c.contentEnd(found.lo)
	if found.weak {
		whole := hi
		hi = c.nounEnd(found.lo, hi)
		if so, ok := c.calledSo(g, hi); ok {
			hi = c.nounEnd(so.lo, whole)
		}
	}
	if hi <= found.lo {
		return nil
	}
	f := a.cued(c, g, s)
	f.cue = c.span(phrase{g.lo, found.cueHi})
	f.form, f.parts = formClause, []Span{c.cover(found.lo, hi)}
	if found.weak {
		f.form = formPhrase
	}
	return f
}

// calledSo is what somebody is called at token i: "called the landing a disgrace".
func (c *clauses) calledSo(g *verbGroup, i int) (phrase, bool) {
	if g.passive || g.cue.frames&frameCalled == 0 || c.low(i) != "a" && c.low(i) != "an" {
		return phrase{}, false
	}
	so, ok := c.nounStarting(i)
	return so, ok && !c.temporal(so)
}

// supposed: "would agree", "could accuse": nobody did. "Would not say" is a
// refusal.
func (c *clauses) supposed(g *verbGroup) bool {
	return c.is(g.lo, "MD") && !c.willSay(g) && !(g.negated && tells.has(g.cue.lemma))
}

var tells = set("say tell confirm reveal disclose")

// willSay: "will announce", "is expected to say".
func (c *clauses) willSay(g *verbGroup) bool {
	for i := g.lo; i < g.main; i++ {
		switch c.low(i) {
		case "will", "'ll", "shall":
			return true
		}
	}
	return c.foretold(g)
}

// notYet: "before Moscow agreed to", "unless Kyiv promises to": nobody did.
func (c *clauses) notYet(s subject) bool {
	switch c.low(s.lo - 1) {
	case "before", "until", "unless", "if", "should", "whether":
		return true
	}
	return false
}

// canSpeak tells whether a source is a person, a body or a group.
func (c *clauses) canSpeak(s subject) bool {
	n := c.takeApart(s.head)
	return n.kind != thing && !(n.kind == somePronoun && c.low(s.head.lo) == "it")
}
