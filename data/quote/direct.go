package quote

import "strings"

// direct gives every quotation that has a cue beside it to the cue's source.
func (a *article) direct() {
	for q := range a.quotes {
		if a.quoteTok[q].empty() || a.covered[q] != nil || a.inTurn(q) {
			continue
		}
		f := a.cueAfter(q)
		if f == nil {
			f = a.cueBefore(q)
		}
		if f == nil {
			f = a.signed(q)
		}
		if f != nil {
			a.add(f)
		}
	}
}

// here is the sentence cut of a token.
func (a *article) here(tok int) *clauses { return a.clauses[a.toks[tok].sent] }

// sameParagraph tells whether two tokens stand in one paragraph.
func (a *article) sameParagraph(x, y int) bool {
	return a.sents[a.toks[x].sent].para == a.sents[a.toks[y].sent].para
}

// cueAfter reads `“…,” said X` and `“…,” X said`.
func (a *article) cueAfter(q int) *finding {
	last := a.quoteTok[q].hi - 1
	i := last + 1
	if i >= len(a.toks) || !a.sameParagraph(last, i) || a.toks[i].quoted() {
		return nil
	}
	if a.toks[i].sent != a.toks[last].sent && !a.endsAsking(q) {
		return nil
	}
	c := a.here(i)
	for c.low(i) == "," || c.low(i) == "--" || c.low(i) == "—" || c.low(i) == "–" {
		i++
	}
	g, s, ok := c.attribution(i)
	if !ok || a.used[g.lo] {
		return nil
	}
	a.used[g.lo] = true
	f := a.cued(c, g, s)
	f.form, f.parts = formAfter, []Span{a.leadIn(q)}
	if s.lo < g.lo && g.cue.frames&(frameTold|framePersuade) != 0 {
	}
	return f
}

// signed reads `“…” — X`: a name after a dash, and nothing else, in the
// quotation's paragraph or alone in the next.
func (a *article) signed(q int) *finding {
	last := a.quoteTok[q].hi - 1
	i := last + 1
	if i >= len(a.toks) || !dashes.has(a.toks[i].low) || a.toks[i].quoted() || !a.wholeSentences(q) && a.sameParagraph(last, i) && !a.firstOfParagraph(q) {
		return nil
	}
	c := a.here(i)
	if !a.sameParagraph(last, i) && i != c.s.lo {
		return nil
	}
	s, ok := c.invertedSubject(i + 1)
	if !ok || c.takeApart(s.head).kind != named || c.in(s.hi) && c.low(s.hi) != "." {
		return nil
	}
	return &finding{sent: a.toks[i].sent, form: formSigned, parts: []Span{a.quotes[q].Span}, source: s, mention: c.mention(s)}
}

var dashes = set("— – -- -")

// endsAsking tells whether a quotation ends in a question or exclamation mark,
// so that a segmenter ends the sentence before its cue.
func (a *article) endsAsking(q int) bool {
	s := a.quotes[q].inner.Of(a.text.Source)
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "…")
}

// attribution reads "said X" or "X said" at token i.
func (c *clauses) attribution(i int) (*verbGroup, subject, bool) {
	if g := c.verbStarting(i); g != nil && g.cue != nil && g.finite && !c.toks[i].quoted() {
		if s, ok := c.invertedSubject(g.hi); ok {
			return g, s, true
		}
		return nil, subject{}, false
	}
	n, ok := c.nounStarting(i)
	if !ok || c.toks[i].quoted() {
		return nil, subject{}, false
	}
	verbs := c.verbsFrom(n.hi)
	for k := range verbs {
		g := &verbs[k]
		if c.toks[g.lo].quoted() || g.lo > i+maxReach {
			break
		}
		if !g.finite {
			continue
		}
		if s, ok := c.subjectBefore(g.lo); ok && s.lo == i {
			if g.cue == nil && len(verbs) > k+1 {
				if n, ok := c.quotedSaying(&verbs[k+1]); ok && n.lo == g.hi && verbs[k+1].cue != nil {
					return &verbs[k+1], c.grow(n), true
				}
			}
			return g, s, g.cue != nil
		}
	}
	return nil, subject{}, false
}

// leadIn is the quotation with the words of its sentence before it, where those
// go on into it: `The plan “would kill us,” he said`.
func (a *article) leadIn(q int) Span {
	first := a.quoteTok[q].lo
	c := a.here(first)
	span := a.quotes[q].Span
	if c.s.lo >= first || a.toks[c.s.lo].quoted() && a.toks[c.s.lo].q != q {
		return span
	}
	for k := c.s.lo; k < first; k++ {
		t := &a.toks[k]
		if t.low == ":" || t.low == ";" || t.quoted() && a.covered[t.q] != nil || a.used[k] {
			return span
		}
	}
	if b := c.low(first - 1); b == "," || b == "." || c.startsAsideQuote(first) {
		return span
	}
	start := c.s.lo
	if c.is(start, "CC") {
		start++
	}
	return Span{a.toks[start].Start, span.End}
}

// startsAsideQuote: a quotation whose lead-in is itself an attribution.
func (c *clauses) startsAsideQuote(first int) bool {
	for k := range c.verbs {
		if g := &c.verbs[k]; g.lo < first && g.cue != nil && g.cue.frames&(frameClause|frameTold) != 0 && g.finite {
			return true
		}
	}
	return false
}

// cueBefore reads `X said: “…”`, `X told reporters in Geneva, “…”` and a colon
// at the end of the sentence or paragraph before.
func (a *article) cueBefore(q int) *finding {
	first := a.quoteTok[q].lo
	c := a.here(first)
	if first == c.s.lo {
		return a.colonBefore(q)
	}
	verbs := c.verbsBefore(first)
	for k := len(verbs) - 1; k >= 0; k-- {
		g := &verbs[k]
		if g.cue == nil || c.toks[g.lo].quoted() {
			continue
		}
		if a.used[g.lo] || !c.leadsTo(g, first) {
			return a.splitBy(c, g, q, first)
		}
		return a.introduced(c, g, q)
	}
	return nil
}

// splitBy adds the second half of `“A,” he said, “B”` to the first.
func (a *article) splitBy(c *clauses, g *verbGroup, q, first int) *finding {
	if !a.used[g.lo] || !c.lightBetween(g.hi, first) {
		return nil
	}
	for _, f := range a.bySent[c.toks[g.lo].sent] {
		if f.cue.contains(c.span(g.phrase)) {
			f.parts = append(f.parts, a.quotes[q].Span)
			a.covered[q] = f
		}
	}
	return nil
}

func (a *article) introduced(c *clauses, g *verbGroup, q int) *finding {
	s, ok := c.subjectOf(g)
	if !ok {
		s = subject{}
	}
	if c.low(c.quoteEnd(q)) != "" && c.goesOnIndirect(c.quoteEnd(q)) {
		return nil // a fragment inside a longer content
	}
	a.used[g.lo] = true
	f := a.cued(c, g, s)
	f.form, f.parts = formBefore, []Span{a.quotes[q].Span}
	return f
}

// quoteEnd is the first token of the sentence after quotation q.
func (c *clauses) quoteEnd(q int) int {
	for k := c.s.hi - 1; k >= c.s.lo; k-- {
		if c.toks[k].q == q {
			return k + 1
		}
	}
	return c.s.hi
}

// goesOnIndirect tells whether words that belong to the content follow a
// quotation: `that it is “determined” to move`.
func (c *clauses) goesOnIndirect(i int) bool {
	t := &c.toks[i]
	return t.low != "." && t.low != "," && t.low != ";" && t.low != "--" && t.low != "—" && t.low != "–" && t.low != "(" && !t.quoted()
}

// leadsTo tells whether only a listener, adverbials, "that" and marks stand
// between a cue and token first.
func (c *clauses) leadsTo(g *verbGroup, first int) bool {
	i := g.hi
	if c.low(i) == "out" || c.low(i) == "in" && c.low(i+1) == "," {
		i++
	}
	if g.cue.frames&(frameTold|framePersuade) != 0 {
		if l := c.listener(i); !l.empty() {
			i = l.hi
		}
	}
	return c.lightBetween(i, first)
}

func (c *clauses) lightBetween(i, first int) bool {
	i = c.skipAdverbials(i)
	for i < first && (c.low(i) == "," || c.low(i) == ":" || c.low(i) == "that" || c.low(i) == "-" || c.low(i) == "—" || c.adverbOnly(i)) {
		i++
		if i < first {
			i = c.skipAdverbials(i)
		}
	}
	return i == first
}

func (c *clauses) adverbOnly(i int) bool { return c.toks[i].adverb() }

// colonBefore: the sentence before ends with a colon, in this paragraph or at
// the end of the one before.
func (a *article) colonBefore(q int) *finding {
	first := a.quoteTok[q].lo
	sent := a.toks[first].sent - 1
	if sent < 0 || a.sents[sent].hi <= a.sents[sent].lo || a.toks[a.sents[sent].hi-1].low != ":" {
		return nil
	}
	if a.sents[sent].para < a.sents[sent+1].para-1 && a.spokenBetween(sent) {
		return nil
	}
	c := a.clauses[sent]
	for k := len(c.verbs) - 1; k >= 0; k-- {
		g := &c.verbs[k]
		if g.cue == nil || c.toks[g.lo].quoted() || a.used[g.lo] {
			continue
		}
		return a.introduced(c, g, q)
	}
	return nil
}

// spokenBetween: the next sentence's paragraph is not the next speaking one.
func (a *article) spokenBetween(sent int) bool {
	for p := a.sents[sent].para + 1; p < a.sents[sent+1].para; p++ {
		if a.text.Paragraphs[p].Voice == Speaks && a.text.Paragraphs[p].Len() > 0 {
			return true
		}
	}
	return false
}

// cued starts a finding from a cue and its subject.
func (a *article) cued(c *clauses, g *verbGroup, s subject) *finding {
	f := &finding{sent: a.toks[g.lo].sent, cue: c.span(g.phrase)}
	f.source = s
	if !s.empty() {
		f.mention = c.mention(s)
	}
	return f
}

// mention is the source's span, a comma at its end left out.
func (c *clauses) mention(s subject) Span {
	p := s.phrase
	for p.hi-1 > p.lo && (c.low(p.hi-1) == "," || c.low(p.hi-1) == "--" || c.low(p.hi-1) == "—") {
		p.hi--
	}
	return c.span(p)
}
