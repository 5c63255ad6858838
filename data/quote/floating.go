package quote

// floating gives quotations without a cue to the statement that they go on
// with: further sentences of a paragraph, paragraphs that are nothing but a
// quotation, and paragraphs whose mark stayed open in the one before.
func (a *article) floating() {
	for q := range a.quotes {
		if a.covered[q] != nil || a.quoteTok[q].empty() || a.inTurn(q) {
			continue
		}
		var f *finding
		switch {
		case a.quotes[q].goesOn && q > 0:
			f = a.covered[q-1]
		case a.wholeSentences(q) && a.firstOfParagraph(q):
			f = a.endOfParagraphBefore(q)
		case a.wholeSentences(q):
			f = a.justBefore(q)
		}
		if f != nil {
			a.goOn(f, q)
		}
	}
}

// goOn adds a quotation to a statement, or makes one of its own of it where the
// earlier words were the article's.
func (a *article) goOn(f *finding, q int) {
	if a.kind(f) != Indirect && f.turn == 0 {
		f.parts = append(f.parts, a.quotes[q].Span)
		a.covered[q] = f
		return
	}
	a.add(&finding{sent: a.toks[a.quoteTok[q].lo].sent, parts: []Span{a.quotes[q].Span},
		source: f.source, mention: f.mention, follows: f})
}

// wholeSentences tells whether the sentences of a quotation hold nothing else.
func (a *article) wholeSentences(q int) bool {
	t := a.quoteTok[q]
	first, last := a.sents[a.toks[t.lo].sent], a.sents[a.toks[t.hi-1].sent]
	for k := first.lo; k < last.hi; k++ {
		if !a.toks[k].quoted() && len(a.toks[k].low) > 1 {
			return false
		}
	}
	return true
}

func (a *article) firstOfParagraph(q int) bool {
	s := a.toks[a.quoteTok[q].lo].sent
	return s == 0 || a.sents[s-1].para != a.sents[s].para
}

// endOfParagraphBefore is the statement that the paragraph before ends with,
// if this paragraph is nothing but quotations.
func (a *article) endOfParagraphBefore(q int) *finding {
	s := a.toks[a.quoteTok[q].lo].sent
	if s == 0 || !a.allQuoted(s) || a.gap(s) {
		return nil
	}
	return a.statementOf(s - 1)
}

// allQuoted tells whether the paragraph that begins with sentence s holds
// nothing outside of quotation marks.
func (a *article) allQuoted(s int) bool {
	for k := s; k < len(a.sents) && a.sents[k].para == a.sents[s].para; k++ {
		for i := a.sents[k].lo; i < a.sents[k].hi; i++ {
			if !a.toks[i].quoted() && len(a.toks[i].low) > 1 {
				return false
			}
		}
	}
	return true
}

// gap tells whether a speaking paragraph without sentences of ours, or a silent
// one, parts sentence s from the one before.
func (a *article) gap(s int) bool {
	for p := a.sents[s-1].para + 1; p < a.sents[s].para; p++ {
		if a.text.Paragraphs[p].Voice == Silent {
			return true
		}
	}
	return false
}

// justBefore is the statement of the sentence before, in the same paragraph.
func (a *article) justBefore(q int) *finding {
	s := a.toks[a.quoteTok[q].lo].sent
	if s == 0 || a.sents[s-1].para != a.sents[s].para {
		return nil
	}
	return a.statementOf(s - 1)
}

// statementOf is the statement of a sentence: the one whose cue stands there
// outside of the others' contents and mentions, or whose quotation fills it.
func (a *article) statementOf(s int) *finding {
	var best *finding
	for _, f := range append(a.filling(s), a.bySent[s]...) {
		if best == nil || !best.holds(f) && !best.toldBy(f) && (f.holds(best) || f.toldBy(best) || f.end() >= best.end()) {
			best = f
		}
	}
	return best
}

// holds tells whether o's cue stands inside f's content.
func (f *finding) holds(o *finding) bool {
	for _, p := range f.parts {
		if o.cue.Len() > 0 && p.contains(o.cue) {
			return true
		}
	}
	return false
}

// toldBy tells whether o's cue stands in what describes f's source: "said Lund, who
// once promised to open the weir".
func (f *finding) toldBy(o *finding) bool {
	return o.cue.Len() > 0 && f.mention.contains(o.cue)
}

// filling is the statement of another sentence whose quotation holds all of
// sentence s, or nothing.
func (a *article) filling(s int) []*finding {
	if a.sents[s].lo == a.sents[s].hi {
		return nil
	}
	q := a.toks[a.sents[s].lo].q
	if q < 0 || a.covered[q] == nil || a.covered[q].sent == s || !a.fills(a.covered[q], s) {
		return nil
	}
	return []*finding{a.covered[q]}
}

// fills tells whether a part of f holds all of sentence s.
func (a *article) fills(f *finding, s int) bool {
	for _, p := range f.parts {
		if p.contains(a.sents[s].Span) {
			return true
		}
	}
	return false
}
