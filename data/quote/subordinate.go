package quote

// clauseOpeners open a clause before the main one: "Though Lund said that the
// weir was deep, nobody swam".
var clauseOpeners = set("though although while whereas when after before because since if as once until")

// endSubordinates ends what somebody said in a clause before the main one where
// that clause ends.
func (a *article) endSubordinates() {
	for _, f := range a.findings {
		if f.turn > 0 || f.source.empty() || f.cue.Len() == 0 {
			continue
		}
		c := a.here(f.source.head.lo)
		if c.opensSubordinate(f.source.lo) {
			a.endSubordinate(c, f)
		}
	}
}

// opensSubordinate tells whether the subject at token i is that of a clause with
// which its sentence begins and which is not the main one.
func (c *clauses) opensSubordinate(i int) bool {
	at := c.s.lo
	if low := c.low(at); low == "and" || low == "but" || low == "even" {
		at++
	}
	return at == i-1 && clauseOpeners.has(c.low(at))
}

// endSubordinate cuts the last part before the comma after which the main clause
// begins.
func (a *article) endSubordinate(c *clauses, f *finding) {
	last := &f.parts[len(f.parts)-1]
	p := a.tokensIn(*last)
	open := 0     // clauses in the content that end with a comma of their own
	told := false // what was said has had its verb: "that even today, it is deep"
	for i := p.lo; i < p.hi && c.in(i); i++ {
		switch {
		case c.toks[i].quoted():
		case clauseOpeners.has(c.low(i)) && (i == p.lo || c.low(i-1) == "that" || c.low(i-1) == "even"):
			open++
		case c.verbStarting(i) != nil:
			told = true
		case c.low(i) == "," && told && c.clauseBegins(i+1):
			if open > 0 {
				open--
				continue
			}
			if i > p.lo {
				last.End = a.toks[i-1].End
			}
			return
		}
	}
}

// clauseBegins tells whether a subject and its verb stand at token i.
func (c *clauses) clauseBegins(i int) bool {
	n, ok := c.nounStarting(i)
	if !ok {
		return false
	}
	at := n.hi
	for c.in(at) && c.toks[at].adverb() {
		at++
	}
	g := c.verbStarting(at)
	return g != nil && g.finite
}
