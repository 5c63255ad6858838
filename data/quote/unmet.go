package quote

// nextParagraphNames joins "Putin’s top foreign policy aide told …" to the name
// with which the next statement, in the next sentence, begins: somebody met
// there for the first time.
func (a *article) nextParagraphNames() {
	for i, f := range a.findings {
		if f.who != nil || f.source.empty() || i+1 >= len(a.findings) || !a.definiteDescription(f) {
			continue
		}
		if n, _ := a.clauses[f.sent].nounStarting(f.source.head.lo); n != f.source.head {
			continue // "the Republican" of "the Republican case"
		}
		if leaders.has(a.clauses[f.sent].low(f.source.head.hi - 1)) {
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
	if n.kind != described || vagueNouns.has(head) || !personNouns.has(head) && !titles.has(head) {
		return false
	}
	for i := f.source.head.lo; i < f.source.head.hi; i++ {
		if c.is(i, "POS") || c.toks[i].proper() {
			return true
		}
	}
	return c.low(f.source.head.lo) == "the"
}
