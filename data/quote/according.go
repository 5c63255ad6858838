package quote

// accordingTo: "According to X, …" and "…, according to X".
func (a *article) accordingTo() {
	for _, c := range a.clauses {
		for i := c.s.lo; i+2 < c.s.hi; i++ {
			if !c.turn && c.low(i) == "according" && c.low(i+1) == "to" && !c.toks[i].quoted() {
				if f := a.according(c, i); f != nil {
					a.add(f)
				}
			}
		}
	}
}

func (a *article) according(c *clauses, i int) *finding {
	s, ok := c.invertedSubject(i + 2)
	if !ok {
		return nil
	}
	if w := c.low(s.head.hi + 1); w != "who" && w != "a" && w != "an" {
		s.hi = c.attached(s.head.hi) // what follows the comma is content
	}
	parts := a.besideAccording(c, i, s.hi)
	if parts == nil {
		return nil
	}
	return &finding{sent: a.toks[i].sent, form: formAccording, parts: parts, cue: c.span(phrase{i, i + 2}), source: s, mention: c.mention(s)}
}

// besideAccording is the content around "according to X", which stands from
// token i to hi.
func (a *article) besideAccording(c *clauses, i, hi int) []Span {
	var parts []Span
	before := i
	if c.low(i-1) == "," {
		before--
	}
	if before > c.s.lo && !a.coversAny(c, c.s.lo, before) {
		parts = append(parts, c.cover(c.s.lo, before))
	}
	if c.low(hi) != "," || !c.in(hi+1) || i > c.s.lo && !c.clauseAt(hi+1) {
		return parts
	}
	if end := c.contentEnd(hi + 1); end > hi+1 && !a.coversAny(c, hi+1, end) {
		parts = append(parts, c.cover(hi+1, end))
	}
	return parts
}
