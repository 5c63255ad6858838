package quote

// ownName widens a source that is only the tail of a mention, "a junior from
// Marl" of "Ada Lund, 21, a junior from Marl, said", to the name with which the
// mention begins: after the cue, or at the start of the clause.
func (a *article) ownName(f *finding) {
	c := a.here(f.source.head.lo)
	s := f.source
	if s.head.lo == c.s.lo || c.takeApart(s.head).kind == somePronoun {
		return
	}
	before := f.cue.Len() > 0 && f.cue.End <= c.toks[s.lo].Start
	if !before && c.low(s.hi) != "," && c.low(s.hi-1) != "," {
		return
	}
	b := c.clauseStart(s.lo, f.cue)
	n, ok := c.nounStarting(b)
	if !ok || n.hi >= s.lo || c.low(n.hi) != "," || !c.onlyTells(n.hi+1, s.lo) {
		return
	}
	at := c.takeApart(n)
	if e := a.people.at[n.lo]; e == nil || at.kind != named || !at.person || !e.person {
		return
	}
	switch kind := c.takeApart(s.head).kind; {
	case c.is(s.head.lo-1, "IN"):
	case kind == named, c.low(s.lo-1) != "," && kind != described:
		return
	}
	f.source = subject{phrase: phrase{n.lo, s.hi}, head: n}
	f.mention = c.mention(f.source)
}

// clauseStart is where the clause of token i may begin: the sentence's first
// token, or that after a quotation or the cue.
func (c *clauses) clauseStart(i int, cue Span) int {
	for i > c.s.lo && !c.toks[i-1].quoted() && !(cue.Len() > 0 && c.toks[i-1].Start >= cue.Start && c.toks[i-1].End <= cue.End) {
		i--
	}
	for c.low(i) == "," || c.low(i) == "and" || c.low(i) == "but" {
		i++
	}
	return i
}

// onlyTells tells whether what stands between a name and token hi only describes
// the name: no verbs but those of a relative clause.
func (c *clauses) onlyTells(lo, hi int) bool {
	who := false
	for i := lo; i < hi; i++ {
		switch low := c.low(i); {
		case low == "who" || low == "whose":
			who = true
		case c.toks[i].quoted() || c.toks[i].low == ";" || low == "and" && c.low(i-1) == ",":
			return false
		}
		if g := c.verbStarting(i); g != nil && g.finite && !who && !c.is(g.lo, "VBN") {
			return false
		}
	}
	return true
}

// laterName narrows a source that begins with somebody else, who belongs to what
// stands before, to the one named next to the cue: "A friend of Mr. Lund, Ada Quill
// of Marl, said" is Quill's. Two people are never one another's description.
func (a *article) laterName(f *finding) {
	c, s := a.here(f.source.head.lo), f.source
	if f.cue.Len() == 0 || f.cue.Start < c.toks[s.hi-1].End || s.head.hi >= s.hi {
		return
	}
	first := a.people.at[s.head.lo]
	n, ok := a.nameAfterComma(c, s)
	if ok && a.people.at[n.lo] != first && (first != nil && first.person || c.is(s.lo-1, "IN", "TO")) {
		f.source = subject{phrase: phrase{n.lo, s.hi}, head: n}
		f.mention = c.mention(f.source)
	}
}

// nameAfterComma is the full name of a person that stands after the first comma of
// a mention.
func (a *article) nameAfterComma(c *clauses, s subject) (phrase, bool) {
	i := s.head.hi
	for i < s.hi && c.low(i) != "," {
		i++
	}
	n, ok := c.nounStarting(i + 1)
	if !ok || n.hi > s.hi || c.is(n.hi-1, "POS") || c.is(n.hi, "POS") || c.low(n.hi) == "and" {
		return phrase{}, false
	}
	e := a.people.at[n.lo]
	return n, e != nil && e.person && len(e.words) > 1 && c.takeApart(n).kind == named
}

// headOutside makes the head of a source that begins with a title in marks,
// "“Weirs” star Ada Lund", the first noun phrase outside of them.
func (a *article) headOutside(f *finding) {
	c := a.here(f.source.head.lo)
	if !c.toks[f.source.head.lo].quoted() || c.toks[f.source.hi-1].quoted() {
		return
	}
	for i := f.source.lo; i < f.source.hi; i++ {
		if n, ok := c.nounStarting(i); ok && !c.toks[i].quoted() && n.hi <= f.source.hi {
			f.source.head = n
			return
		}
	}
}

// sourceOfCue finds a source for a statement that was proposed without one: the
// subject of its cue.
func (a *article) sourceOfCue(f *finding) {
	c := a.clauses[f.sent]
	for k := range c.verbs {
		g := &c.verbs[k]
		if s := c.span(g.phrase); g.passive || s.Start < f.cue.Start || s.End > f.cue.End {
			continue
		}
		s, ok := c.subjectOf(g)
		if !ok || s.loose {
			return
		}
		at := c.span(s.phrase)
		for _, p := range f.parts {
			if p.overlaps(at) {
				return
			}
		}
		f.source, f.mention = s, c.mention(s)
		return
	}
}

// namedAfter is the person named right after a mention's head, as in "an
// academic named Ada Lund", or in "the same show, Sen. Ada Lund", where what
// stands before the comma belongs to the verb.
func (a *article) namedAfter(c *clauses, s subject) *entity {
	i := c.reach(s.head.hi)
	switch low := c.low(i); {
	case callings.has(low):
		i++
	case low == "known" && c.low(i+1) == "as" || low == "identified" && c.low(i+1) == "as":
		i += 2
	case low == "the" && i == s.head.hi: // "spokesman the Rev. Ada Lund"
	case low == "," && c.takeApart(s.head).kind == thing:
		i++
	default:
		return nil
	}
	n, ok := c.nounStarting(i)
	if !ok || n.hi > s.hi || c.toks[i].quoted() {
		return nil
	}
	e := a.people.at[n.lo]
	if e == nil || !e.person && c.low(i) != "the" || len(e.words) < 2 && c.low(i-1) == "," {
		return nil
	}
	return e
}

var callings = set("named called")

// lastOfJoint is the one named last of several who speak together, next to whom
// the cue stands mostly: a statement has one speaker, and it is his as well.
func (a *article) lastOfJoint(c *clauses, s subject) *entity {
	and := -1
	for i := s.head.lo; i < s.hi; i++ {
		if c.low(i) == "and" {
			and = i
		} else if c.low(i) == "," && and >= 0 {
			break
		}
	}
	if and < 0 {
		return nil
	}
	left, ok := c.nounEnding(and)
	if n, within := c.nounEnclosing(and); within {
		left, ok = phrase{n.lo, and}, true
	}
	if !ok || c.temporal(left) {
		return nil
	}
	n, ok := c.nounStarting(and + 1)
	if m, within := c.nounEnclosing(and + 1); !ok && within {
		n, ok = phrase{and + 1, m.hi}, true
	}
	if !ok || c.takeApart(n).kind != named {
		return nil
	}
	return a.people.mentioned(c, n)
}

// nounEnclosing is the noun phrase around token i.
func (c *clauses) nounEnclosing(i int) (phrase, bool) {
	if !c.in(i) || c.nounAt[i-c.s.lo] < 0 {
		return phrase{}, false
	}
	return c.nouns[c.nounAt[i-c.s.lo]], true
}

// mentioned is who a noun phrase names, whether it was met whole or is part of
// one.
func (p *people) mentioned(c *clauses, n phrase) *entity {
	if whole, ok := c.nounStarting(n.lo); ok && whole.hi == n.hi {
		if e := p.at[n.lo]; e != nil {
			return e
		}
	}
	at := c.takeApart(n)
	if e := p.known(c, at); e != nil || at.kind != named {
		return e
	}
	p.meet(c, n, at.person && len(p.nameWords(c, at.name)) > 1)
	return p.at[n.lo]
}
