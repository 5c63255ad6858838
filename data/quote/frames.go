package quote

// frame tries what may follow the cue, the most telling first.
func (c *clauses) frame(g *verbGroup, s subject) (content, bool) {
	f, i := g.cue.frames, g.hi
	if c.low(s.lo-1) == "what" {
		return c.cleft(g)
	}
	if c.low(i) == "out" && (g.cue.lemma == "point") {
		f, i = f|frameClause, i+1
	}
	out := content{cueHi: i}
	if g.cue.lemma == "express" {
		return c.expressed(i)
	}
	if f&(frameTold|framePersuade) != 0 {
		if l := c.listener(i); !l.empty() {
			if k := c.skipAdverbials(l.hi); f&frameTold != 0 && c.clauseAt(k) {
				out.lo = k
				return out, true
			}
			if f&framePersuade != 0 && c.infinitiveAt(l.hi) {
				out.lo = l.hi
				return out, true
			}
		}
	}
	if f&(frameClause|frameTold) != 0 {
		if k := c.skipAdverbials(i); c.clauseAt(k) && (k == i || c.marksClause(k) || c.onlyTimes(i, k)) {
			out.lo = k
			return out, true
		}
		if c.clauseAt(i) {
			out.lo = i
			return out, true
		}
	}
	if f&frameWhether != 0 {
		k := i
		if l := c.listener(i); !l.empty() {
			k = l.hi
		}
		if k = c.skipAdverbials(k); c.whether(k) {
			out.lo = k
			return out, true
		}
	}
	if f&frameInfinitive != 0 {
		if k := c.skipAdverbials(i); c.infinitiveAt(k) {
			out.lo = k
			return out, true
		}
	}
	return c.nounFrame(f, i)
}

func (c *clauses) nounFrame(f frames, i int) (content, bool) {
	out := content{cueHi: i, weak: true}
	if f&framePhrase != 0 && c.in(i) {
		switch c.low(i) {
		case "for", "of", "on", "about", "against", "to":
			if _, ok := c.nounStarting(i + 1); (ok || c.is(i+1, "VBG")) && c.in(i+1) {
				out.lo, out.cueHi = i+1, i+1
				return out, true
			}
		}
	}
	if n, ok := c.nounStarting(i); ok && f&(frameNoun|frameCalled) != 0 && !c.temporal(n) {
		out.lo = i
		return out, true
	}
	if c.in(i) && f&(frameNoun|frameCalled) != 0 && (c.toks[i].quoted() || c.is(i, "DT", "PRP$") && c.in(i+1) && c.toks[i+1].quoted()) {
		out.lo = i
		return out, true
	}
	return out, false
}

// cleft: "what he said was its slow response", "what Trump called the war".
func (c *clauses) cleft(g *verbGroup) (content, bool) {
	i := g.hi
	if v := c.verbStarting(i); v != nil && beForms.has(c.low(v.main)) && c.in(v.hi) {
		return content{lo: v.hi, cueHi: g.hi}, true
	}
	if g.cue.frames&frameCalled != 0 {
		return c.nounFrame(g.cue.frames, i)
	}
	return content{}, false
}

// expressed: "expressed its own concerns that", "expressed support for".
func (c *clauses) expressed(i int) (content, bool) {
	n, ok := c.nounStarting(i)
	if !ok {
		return content{}, false
	}
	out := content{lo: n.hi, cueHi: n.hi}
	switch {
	case c.marksClause(n.hi):
		return out, true
	case c.is(n.hi, "IN") || c.low(n.hi) == "to":
		out.lo, out.cueHi = n.hi+1, n.hi+1
		out.weak = true
		return out, c.in(out.lo)
	}
	return content{lo: i, cueHi: i, weak: true}, true
}

func (c *clauses) infinitiveAt(i int) bool {
	for c.in(i) && (c.toks[i].adverb()) {
		i++
	}
	return c.low(i) == "to" && (c.is(i+1, "VB", "VBP") || c.is(i+1, "RB") && c.is(i+2, "VB"))
}

// marksClause: words that open a content clause and nothing else here.
func (c *clauses) marksClause(i int) bool { return c.low(i) == "that" && !c.bareThat(i) }

// bareThat: "said that." or "said that,": a pronoun.
func (c *clauses) bareThat(i int) bool {
	return !c.in(i+1) || c.low(i+1) == "." || c.low(i+1) == "," || c.toks[i+1].verb() && c.tag(i) != "IN"
}

func (c *clauses) whether(i int) bool {
	switch c.low(i) {
	case "whether", "if", "how", "why", "what", "where", "when", "who", "which":
		return c.in(i + 1)
	}
	return false
}

// clauseAt tells whether a clause of content begins at i: "that …", "whether
// …", or a subject with its verb.
func (c *clauses) clauseAt(i int) bool {
	if !c.in(i) {
		return false
	}
	if c.marksClause(i) || c.whether(i) {
		return true
	}
	if t := c.toks[i]; t.low == "," || t.low == "." || t.low == ":" || t.tag == "CC" || t.quoted() && c.opensQuote(i) {
		return false
	}
	verbs := c.verbsFrom(i + 1)
	for k := range verbs {
		g := &verbs[k]
		if g.lo > i+25 {
			return false
		}
		if !g.finite {
			continue
		}
		if c.barred(i, g.lo) {
			return false
		}
		s, ok := c.subjectBefore(g.lo)
		return ok && !c.toks[s.lo].quoted() && (s.lo == i || s.lo > i && c.leadsClause(i, s.lo))
	}
	return false
}

// leadsClause tells whether what stands between i and a subject belongs to the
// subject's clause: an adverbial or a subordinate clause.
func (c *clauses) leadsClause(i, subject int) bool {
	if k := c.skipAdverbials(i); k == subject || k == subject-1 && c.low(k) == "," {
		return true
	}
	return c.is(i, "IN", "WRB") && c.low(subject-1) == ","
}

// opensQuote: token i is the first of a quotation that is a sentence of its own.
func (c *clauses) opensQuote(i int) bool {
	return i == c.s.lo || c.toks[i-1].q != c.toks[i].q
}

// barred tells whether a mark between two tokens forbids one clause of them.
func (c *clauses) barred(i, k int) bool {
	for ; i < k; i++ {
		if c.low(i) == ":" || c.low(i) == ";" {
			return true
		}
	}
	return false
}

// onlyTimes tells whether nothing but times stand between i and k.
func (c *clauses) onlyTimes(i, k int) bool {
	for i < k {
		if n, ok := c.nounStarting(i); ok {
			if !c.temporal(n) {
				return false
			}
			i = n.hi
			continue
		}
		if !c.is(i, "IN", "RB", "RBR", "JJ") {
			return false
		}
		i++
	}
	return true
}
