package quote

// contentBefore: "The plan is dead, said X" and "The plan, he said, is dead".
func (a *article) contentBefore(c *clauses, g *verbGroup, s subject, found bool) *finding {
	if g.cue.frames&(frameClause|frameTold) == 0 || !g.finite {
		return nil
	}
	after := g.hi
	if l := c.listener(after); g.cue.frames&frameTold != 0 && !l.empty() {
		after = l.hi
	}
	open := 0
	after = c.skipAdverbials(after)
	switch {
	case found && c.low(s.lo-1) == ",":
		open = s.lo - 1
	case c.low(g.lo-1) == ",":
		inverted, ok := c.invertedSubject(g.hi)
		if !ok {
			return nil
		}
		s, open, after = inverted, g.lo-1, c.skipAdverbials(inverted.hi)
	default:
		return nil
	}
	if c.in(after) && c.low(after) != "." && c.low(after) != "," {
		return nil
	}
	return a.around(c, g, s, open, after)
}

// around makes a finding of the clause before an inserted cue and what follows
// it.
func (a *article) around(c *clauses, g *verbGroup, s subject, open, after int) *finding {
	lo := c.s.lo
	if c.is(lo, "CC") {
		lo++
	}
	rest := c.low(after) == "," && c.in(after+1) && !c.is(after+1, "VBG", "CC", "WP", "WDT", "IN")
	if open <= lo || c.toks[open].quoted() || !c.hasVerb(lo, open) && !rest || c.anyQuoted(lo, open) && a.coversAny(c, lo, open) {
		return nil
	}
	f := a.cued(c, g, s)
	f.form, f.parts = formInserted, []Span{c.cover(lo, open)}
	if rest {
		if end := c.contentEnd(after + 1); end > after+1 {
			f.parts = append(f.parts, c.cover(after+1, end))
		}
	}
	return f
}

func (c *clauses) hasVerb(lo, hi int) bool {
	verbs := c.verbsFrom(lo)
	for k := range verbs {
		if g := &verbs[k]; g.hi <= hi && g.finite {
			return !c.subordinateAt(lo)
		}
	}
	return false
}

// subordinateAt: "When he left, Trump said" is no content.
func (c *clauses) subordinateAt(i int) bool {
	return c.is(i, "WRB") || c.is(i, "IN") && c.low(i) != "in" && c.low(i) != "on" && c.low(i) != "at" || c.is(i, "VBG", "VBN", "TO")
}

func (c *clauses) anyQuoted(lo, hi int) bool {
	for k := lo; k < hi; k++ {
		if c.toks[k].quoted() {
			return true
		}
	}
	return false
}

func (a *article) coversAny(c *clauses, lo, hi int) bool {
	for k := lo; k < hi; k++ {
		if q := c.toks[k].q; q >= 0 && a.covered[q] != nil {
			return true
		}
	}
	return false
}
