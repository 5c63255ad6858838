package quote

import "strings"

// nounEnd is where content that is a noun phrase ends, at hi at the latest: a
// comma, or a conjunction with the next verb.
func (c *clauses) nounEnd(lo, hi int) int {
	for k := lo + 1; k < hi; k++ {
		if c.toks[k].quoted() {
			continue
		}
		next := k + 1
		for c.in(next) && c.toks[next].adverb() {
			next++
		}
		if g := c.verbStarting(next); c.low(k) == "," || c.is(k, "CC") && g != nil && g.finite {
			return k
		}
	}
	return hi
}

// endsContent are words that, after a comma, lead back from what was said to
// the writer's own.
var endsContent = set("following despite according amid although whereas citing even")

// contentEnd is the end of the content that begins at lo: the sentence's, or
// where another attribution begins.
func (c *clauses) contentEnd(lo int) int {
	hi := c.s.hi
	for k := lo + 1; k < c.s.hi; k++ {
		t := &c.toks[k]
		if t.quoted() {
			continue
		}
		if (t.tag == "IN" || t.tag == "WRB") && subordinators.has(t.low) && t.low != "that" && t.low != "if" && c.speaksNext(k+1) {
			hi = k
			break
		}
		if t.low == ";" || (t.low == "," || t.tag == "CC" && t.low != "or") && c.leavesContent(lo, k) {
			hi = k
			break
		}
	}
	for hi > lo && strings.ContainsAny(c.low(hi-1), ".,;:") && len(c.low(hi-1)) == 1 && !c.toks[hi-1].quoted() {
		hi--
	}
	return hi
}

// leavesContent tells whether a comma or conjunction at k ends the content.
func (c *clauses) leavesContent(lo, k int) bool {
	comma := c.low(k) == ","
	i := k
	if comma {
		i++
	}
	conj := c.is(i, "CC")
	if conj {
		i++
	}
	for c.in(i) && c.toks[i].adverb() {
		i++
	}
	if !c.in(i) || c.toks[i].quoted() {
		return false
	}
	if comma && !conj && (endsContent.has(c.low(i)) || c.low(i) == "while" && c.speaksNext(i+1)) {
		return true
	}
	if g := c.verbStarting(i); g != nil && g.cue != nil {
		if g.ing && comma && !conj {
			return true
		}
		if conj && g.finite && c.otherTense(lo, g) {
			return true
		}
		if conj && g.finite && g.cue.frames&(frameClause|frameTold) != 0 && c.clauseCue(g) {
			return true
		}
	}
	return (conj || comma) && c.speaksNext(i) || comma && !conj && c.attributes(i)
}

// attributes tells whether nothing but "X said" stands from i to the end of the
// sentence.
func (c *clauses) attributes(i int) bool {
	n, ok := c.nounStarting(i)
	if !ok {
		return false
	}
	verbs := c.verbsFrom(n.hi)
	if len(verbs) == 0 || verbs[0].cue == nil || !verbs[0].finite || verbs[0].cue.act != Said || verbs[0].lo > i+maxReach {
		return false
	}
	s, ok := c.subjectBefore(verbs[0].lo)
	end := c.skipAdverbials(verbs[0].hi)
	return ok && s.lo == i && (!c.in(end) || c.low(end) == ".")
}

// clauseCue: after a bare "and" a cue in the past with a "that" is an
// attribution of its own; others go on with the content's own verb.
func (c *clauses) clauseCue(g *verbGroup) bool {
	return c.marksClause(c.skipAdverbials(g.hi)) && c.toks[g.lo].tag == "VBD"
}

// otherTense: a cue in the past cannot go on with content in the present: "said
// Ukraine is ready and accused Moscow".
func (c *clauses) otherTense(lo int, g *verbGroup) bool {
	if c.tag(g.lo) != "VBD" {
		return false
	}
	verbs := c.verbsBefore(g.lo)
	for k := len(verbs) - 1; k >= 0 && verbs[k].lo >= lo; k-- {
		if v := &verbs[k]; v.finite && !c.toks[v.lo].quoted() {
			return c.is(v.lo, "VBZ", "VBP")
		}
	}
	return false
}

// saysClause tells whether a clause of content follows a cue in the past or
// the third person.
func (c *clauses) saysClause(g *verbGroup) bool {
	if c.tag(g.main) == "VBP" || c.tag(g.main) == "VB" {
		return false
	}
	i := g.hi
	if g.cue.frames&frameTold != 0 {
		if l := c.listener(i); !l.empty() {
			i = l.hi
		}
	}
	return c.clauseAt(i) || c.clauseAt(c.skipAdverbials(i))
}

// speaksNext tells whether a subject with a cue and its content stands at i.
func (c *clauses) speaksNext(i int) bool {
	n, ok := c.nounStarting(i)
	if !ok {
		return false
	}
	verbs := c.verbsFrom(n.hi)
	for k := range verbs {
		g := &verbs[k]
		if !g.finite {
			continue
		}
		s, ok := c.subjectBefore(g.lo)
		if !ok || s.lo != i || g.cue == nil || g.cue.frames&(frameClause|frameTold) == 0 {
			return false
		}
		return c.saysClause(g) && g.cue.act != Thought
	}
	return false
}

// cover is the span of the tokens lo to hi, with the marks of quotations that
// it wholly holds, and never a part of one.
func (c *clauses) cover(lo, hi int) Span {
	s := Span{c.toks[lo].Start, c.toks[hi-1].End}
	if q := c.toks[lo].q; q >= 0 {
		s.Start = min(s.Start, c.quotes[q].Start)
	}
	if q := c.toks[hi-1].q; q >= 0 {
		s.End = max(s.End, c.quotes[q].End)
	}
	return s
}
