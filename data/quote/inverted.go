package quote

import "strings"

// invertedSubject finds the subject after its verb: "said Yuri Ushakov, a
// former ambassador".
func (c *clauses) invertedSubject(i int) (subject, bool) {
	n, ok := c.nounStarting(i)
	if !ok || c.temporal(n) || c.toks[i].quoted() {
		return subject{}, false
	}
	s := subject{phrase: n, head: n}
	s.hi = c.attached(s.hi)
	s.hi = c.asides(s.hi)
	return s, true
}

// attached takes in the phrases that belong to a noun on its right: "of
// Ukraine", "for the ministry", "and Putin".
func (c *clauses) attached(i int) int {
	for c.in(i) && !c.toks[i].quoted() {
		if !c.is(i, "IN") && !(c.low(i) == "and") || c.adverbialPrep(i) || c.low(i) == "as" {
			return i
		}
		n, ok := c.nounStarting(i + 1)
		if !ok || c.temporal(n) || c.toks[n.lo].quoted() || c.verbStarting(n.hi) != nil {
			return i
		}
		i = n.hi
	}
	return i
}

// reach is where the phrases with "of", "for" or "to" that follow a noun end,
// whatever comes after them.
func (c *clauses) reach(i int) int {
	for c.low(i) == "of" || c.low(i) == "for" || c.low(i) == "to" && !c.is(i+1, "VB") {
		n, ok := c.nounStarting(i + 1)
		if !ok || c.temporal(n) || c.toks[n.lo].quoted() {
			return i
		}
		i = n.hi
	}
	return i
}

// asides takes in an apposition or relative clause after a comma or a bracket.
func (c *clauses) asides(i int) int {
	if c.low(i) == "(" {
		for k := i; k < c.s.hi && k < i+8; k++ {
			if c.low(k) == ")" {
				return c.asides(k + 1)
			}
		}
	}
	if c.low(i) == "who" {
		return c.asideEnd(i)
	}
	if c.low(i) == "," && c.is(i+1, "CD") && c.low(i+2) == "," && c.describes(i+3) {
		i += 2 // "said Ada Lund, 21, a junior"
	}
	if c.low(i) == "," && c.describes(i+1) {
		return c.asideEnd(i + 1)
	}
	return i
}

// asideEnd is where an aside begun at i ends: before a comma that leads back to
// the clause, a quotation, or the end of the sentence.
func (c *clauses) asideEnd(i int) int {
	for k := i; k < c.s.hi; k++ {
		t := &c.toks[k]
		if t.quoted() || t.low == "." || t.low == ";" || t.low == ":" || k-i > maxReach {
			return k
		}
		if t.low == "," && c.low(k+1) == "and" && (c.low(k+2) == "who" || c.low(k+2) == "whom" || c.low(k+2) == "whose") {
			continue // "whom the mayor chose, and who now keeps the mill"
		}
		if t.low == "," && (c.is(k+1, "VBG", "CC", "IN", "RB", "WRB") || !c.in(k+1) || c.toks[k+1].quoted()) {
			return k
		}
		if v := c.verbStarting(k + 1); t.low == "," && v != nil && v.finite {
			return k // "Dornwick, the spokesman, was"
		}
		if t.tag == "IN" && k > i && strings.HasPrefix(c.low(k), "on") {
			if n, ok := c.nounStarting(k + 1); ok && c.temporal(n) {
				return k
			}
		}
	}
	return c.s.hi
}
