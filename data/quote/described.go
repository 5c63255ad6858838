package quote

// described is the one person whose roles hold every word of a definite
// description: "the Russian president". An indefinite one is nobody.
func (p *people) described(c *clauses, s subject) *entity {
	if low := c.low(s.head.lo); low == "a" || low == "an" || low == "one" || low == "another" || low == "some" {
		return nil
	}
	head := c.low(s.head.hi - 1)
	if vagueNouns[head] {
		return nil
	}
	words := c.roleWords(phrase{s.head.lo, c.reach(s.head.hi)})
	var best *entity
	for _, e := range p.byOffice(head) {
		if !e.person || e.first > s.head.lo && len(words) < 2 || !e.fits(words, head) {
			continue
		}
		if best != nil && best != e {
			return nil
		}
		best = e
	}
	if len(words) == 1 && p.plainBefore(s.head.lo) {
		return nil // "the president" may be somebody whose office the article takes as known
	}
	return best
}

// plainBefore tells whether somebody is named before token i without an office.
func (p *people) plainBefore(i int) bool {
	for _, e := range p.all {
		if e.person && len(e.words) > 1 && len(e.roles) == 0 {
			return e.first < i // the first is enough: they stand in order
		}
	}
	return false
}

// emptyWords say nothing of who is described.
var emptyWords = set("top senior chief veteran longtime former current own")

// leaders are the offices that "leader" may mean.
var leaders = set("president premier chancellor king queen prince minister leader")

func (e *entity) fits(words []string, head string) bool {
	if !e.heads[head] && !(head == "leader" && e.leads()) {
		return false
	}
	for _, w := range words {
		if !e.about[w] && w != head && !emptyWords[w] {
			return false
		}
	}
	return true
}

func (e *entity) leads() bool {
	for w := range leaders {
		if e.heads[w] {
			return true
		}
	}
	return false
}

// nextParagraphNames joins "Putin’s top foreign policy aide told …" to the name
// with which the next statement, in the next sentence, begins: somebody met
// there for the first time.
func (a *article) nextParagraphNames() {
	for i, f := range a.findings {
		if f.who != nil || f.source.empty() || i+1 >= len(a.findings) || !a.definiteDescription(f) {
			continue
		}
		if leaders[a.clauses[f.sent].low(f.source.head.hi-1)] {
			continue // a head of state is named before he is described
		}
		next := a.findings[i+1]
		for k := i + 1; k < len(a.findings) && (next.sent == f.sent); k++ {
			next = a.findings[k]
		}
		if next.who == nil || !next.who.person || next.sent <= f.sent || a.sents[next.sent].para > a.sents[f.sent].para+a.step(f.sent) {
			continue
		}
		if next.float() || !a.startsQuoted(next) {
			continue
		}
		if a.toks[next.who.first].sent == next.sent && len(next.who.words) > 1 && next.source.head.lo <= next.who.first && next.who.first < next.source.hi {
			f.who = next.who
			c := a.clauses[f.sent]
			f.who.describe(c.text(f.source.phrase), c.roleWords(f.source.head))
		}
	}
}

// float tells whether a finding has no cue.
func (f *finding) float() bool { return f.cue.Len() == 0 }

// startsQuoted tells whether a finding's sentence begins with its quotation: the
// name comes after the words, as that of somebody already introduced.
func (a *article) startsQuoted(f *finding) bool {
	s := a.sents[f.sent]
	return s.lo < s.hi && a.toks[s.lo].quoted() && f.parts[0].contains(a.toks[s.lo].Span)
}

// step is how far the next speaking paragraph is.
func (a *article) step(sent int) int {
	for s := sent + 1; s < len(a.sents); s++ {
		if d := a.sents[s].para - a.sents[sent].para; d > 0 {
			return d
		}
	}
	return 1
}

// definiteDescription: one person, told by an office and whose: "Putin’s aide",
// "the Kremlin spokesman", never "a senior official".
func (a *article) definiteDescription(f *finding) bool {
	c := a.clauses[f.sent]
	n := c.takeApart(f.source.head)
	head := c.low(f.source.head.hi - 1)
	if n.kind != described || vagueNouns[head] || !personNouns[head] && !titles[head] {
		return false
	}
	for i := f.source.head.lo; i < f.source.head.hi; i++ {
		if c.is(i, "POS") || c.toks[i].proper() {
			return true
		}
	}
	return c.low(f.source.head.lo) == "the"
}
