package quote

import (
	"slices"

	"onrecord/data/quote/chain"
)

// Labels of the judge, which sees one proposed statement at a time.
const (
	wrongContent uint8 = iota
	nearContent        // at least half of it is right
	rightContent
	judgeLabels // how many
)

// Where a proposed content comes from.
const (
	fromRoles      uint64 = iota // the model of roles
	fromRules                    // the rules, about the same cue
	fromSegments                 // the model of roles, widened to the statement model's contents
	fromEnds                     // the model of roles, ended where the model of ends has it
	fromRulesAlone               // the rules, where the models saw no cue
)

// candidate is one reading of a cue.
type candidate struct {
	f      *finding
	parts  []Span
	cue    cueSpan
	origin uint64
	sure   float32 // the mean chance of the content's labels; 0 where unknown
	rule   *finding
	end    *ending // nil where the content's end is not in question
}

// readings are the candidates of one cue.
type readings []*candidate

// doubtful is the chance of a cue below which it is not looked at: the judge
// drops nearly all of such, and they take time.
const doubtful = 0.15

// readings proposes statements: every cue of the models, then the rules' own.
func (t *tagger) readings(v *view, l *labelled, paras []phrase, rules []*finding) []readings {
	var out []readings
	heard := map[*finding]bool{}
	k := 0
	for _, p := range paras {
		for ; k < len(l.cues) && l.cues[k].lo < p.hi; k++ {
			rule := v.ruleOf(l.cues[k].phrase)
			if rule != nil {
				heard[rule] = true
			}
			if l.cues[k].chance < doubtful && rule == nil || v.relays(l.cues[k].phrase) || v.bareMark(l.cues[k].phrase) {
				continue
			}
			c := t.reading(v, l, p, v.window(l, p, k), l.cues[k])
			switch {
			case c == nil && rule != nil:
				heard[rule] = false
			case c != nil:
				c.rule = rule
				out = append(out, v.alternatives(l, c))
			}
		}
	}
	for _, o := range rules {
		if o.turn == 0 && !heard[o] && o.cue.Len() > 0 {
			c := &candidate{f: o, parts: o.parts, cue: cueSpan{phrase: v.tokensIn(o.cue)}, origin: fromRulesAlone, rule: o}
			out = append(out, readings{c})
		}
	}
	return out
}

// relays tells whether a cue only passes on what the rules found another one to
// have said: "the agency quoted Dornwick as saying".
func (v *view) relays(cue phrase) bool {
	if cue.hi >= len(v.toks) || !relays.has(v.toks[cue.hi-1].low) {
		return false
	}
	f := v.byRule[cue.hi]
	if f == nil || v.rule[cue.hi] != uint64(sourceFirst) {
		return false
	}
	at := v.tokensIn(f.cue)
	return !at.empty() && at.lo > 0 && v.toks[at.lo-1].low == "as"
}

// bareMark tells whether a cue is only a mark before a quotation for which the
// rules have a cue of words.
func (v *view) bareMark(cue phrase) bool {
	if cue.hi-cue.lo != 1 || v.shape[cue.lo] != shapeMark || cue.hi >= len(v.toks) {
		return false
	}
	f := v.byRule[cue.hi]
	return f != nil && v.rule[cue.hi] == uint64(contentFirst) && f.cue.Len() > 1 && v.kind(f) == Direct
}

// ruleOf is the rules' finding of a cue, or nil.
func (v *view) ruleOf(cue phrase) *finding {
	for i := cue.lo; i < cue.hi; i++ {
		if v.rule[i] >= uint64(cueFirst) && v.rule[i] <= uint64(cueMore) && v.byRule[i].turn == 0 {
			return v.byRule[i]
		}
	}
	return nil
}

// alternatives adds to a reading by the model of roles those of the rules and
// of the statement model.
func (v *view) alternatives(l *labelled, c *candidate) readings {
	all := readings{c}
	if c.rule != nil {
		all = all.with(c, fromRules, c.rule.parts)
	}
	if parts := v.ended(c); parts != nil {
		all = all.with(c, fromEnds, parts)
	}
	return all.with(c, fromSegments, v.widened(l, c))
}

// with adds another reading of c unless there is one of the same parts.
func (all readings) with(c *candidate, origin uint64, parts []Span) readings {
	for _, o := range all {
		if slices.Equal(o.parts, parts) {
			return all
		}
	}
	other := *c
	other.parts, other.origin = parts, origin
	return append(all, &other)
}

// widened is the parts with the whole of the statement model's contents that
// they touch.
func (v *view) widened(l *labelled, c *candidate) []Span {
	var out []Span
	for _, s := range c.parts {
		p := v.tokensIn(s)
		if p.empty() {
			return c.parts
		}
		for p.lo > 0 && l.labels[p.lo] == contentMore && l.labels[p.lo-1] >= contentFirst {
			p.lo--
		}
		for p.hi < len(v.toks) && l.labels[p.hi] == contentMore && l.labels[p.hi-1] >= contentFirst {
			p.hi++
		}
		if wide := v.part(p, c.cue.phrase); wide.Len() > 0 {
			s = Span{min(s.Start, wide.Start), max(s.End, wide.End)}
		}
		out = append(out, s)
	}
	return joinParts(out)
}

// tenths puts a chance into one of ten classes.
func tenths(x float32) uint64 { return uint64(min(max(x, 0), 0.999) * 10) }

// judgeFeatures describes a candidate.
func (v *view) judgeFeatures(l *labelled, c *candidate, s *chain.Sequence) {
	f := newFeeder(s, nil)
	cue := c.cue.phrase
	main := v.mainOf(cue)
	stem, sense, from := v.stem[main], v.sense[main], c.origin
	source := uint64(0)
	if !c.f.source.empty() {
		source = 1 + v.nounSense(v.here(c.f.source.head.lo), c.f.source.head)
	}
	ruled := uint64(0)
	if c.rule != nil {
		ruled = 1 + b2u(c.rule.parts[0].Start == c.parts[0].Start) + 2*b2u(c.rule.end() == c.parts[len(c.parts)-1].End)
	}
	kind := hashString(string(v.kind(&finding{parts: c.parts})))
	chance, sure := tenths(c.cue.chance), tenths(c.sure)
	f.one(from)
	f.two(from, chance)
	f.two(from, sure)
	f.three(from, chance, sure)
	f.three(from, ruled, chance)
	f.three(from, ruled, sure)
	f.three(from, ruled, stem)
	f.two(stem, from)
	f.two(stem, v.word[cue.lo])
	f.two(v.stemPrior[main], from)
	f.three(v.stemPrior[main], chance, ruled)
	f.two(stem, source)
	f.two(source, sense)
	f.two(sense, from)
	f.three(sense, v.stemPrior[main], chance)
	f.two(kind, from)
	f.two(kind, stem)
	f.three(kind, source, chance)
	f.two(min(3, uint64(len(c.parts))), kind)
	f.two(distance(cue.hi-cue.lo), v.tag[cue.hi-1])
	f.two(v.marked[cue.lo], v.marked[main])
	v.judgeEnd(f, c, ruled)
	v.judgeContent(f, l, c, cue, from)
	f.end(s, 0)
}

// judgeContent describes the borders of a candidate's parts and how far the
// statement model agrees.
func (v *view) judgeContent(f *feeder, l *labelled, c *candidate, cue phrase, from uint64) {
	first, last := v.tokensIn(c.parts[0]), v.tokensIn(c.parts[len(c.parts)-1])
	if first.empty() || last.empty() {
		return
	}
	agree, all, cues := 0, 0, 0
	for _, s := range c.parts {
		p := v.tokensIn(s)
		for i := p.lo; i < p.hi; i++ {
			all++
			if l.labels[i] >= contentFirst {
				agree++
			}
			if l.labels[i] == cueFirst {
				cues++
			}
		}
	}
	p := phrase{0, len(v.toks)}
	w, t, y, b := window{v.word, p}, window{v.tag, p}, window{l.values, p}, window{v.border, p}
	share := tenths(float32(agree) / float32(max(all, 1)))
	size := distance(all / 2)
	sent := v.sents[v.toks[last.hi-1].sent]
	toEnd := distance(sent.hi - last.hi)
	side := uint64(1)
	gap := first.lo - cue.hi
	if first.lo < cue.lo {
		side, gap = 2, cue.lo-first.hi
	}
	f.template = 60
	f.two(from, share)
	f.three(from, share, min(2, uint64(cues)))
	f.two(from, size)
	f.three(side, distance(max(gap, 0)), from)
	f.three(side, distance(max(gap, 0)), v.stem[cue.hi-1])
	f.three(from, toEnd, w.at(last.hi))
	f.two(w.at(last.hi), t.at(last.hi+1))
	f.two(t.at(last.hi-1), t.at(last.hi))
	f.three(y.at(last.hi-1), y.at(last.hi), from)
	f.three(y.at(first.lo-1), y.at(first.lo), from)
	f.three(b.at(last.hi), toEnd, from)
	f.two(t.at(first.lo-1), t.at(first.lo))
	f.two(w.at(first.lo), side)
	f.three(w.at(first.lo-1), w.at(first.lo), side)
	f.two(v.inside[last.hi-1], v.inside[first.lo])
	f.two(v.marked[last.hi-1], v.marked[first.lo])
	f.two(b2u(v.toks[first.lo].sent == v.toks[cue.lo].sent), b2u(v.toks[last.hi-1].sent == v.toks[cue.lo].sent))
	f.three(v.group[first.lo], side, size)
}

// keepAbove is how likely a reading must be right, at least in half, to be a
// statement, and keepRules the same of what only the rules found; rightWorth is
// how much more an exact one is worth than a near one. Measured on articles kept
// from training.
const (
	keepAbove  = 0.34
	keepRules  = 0.6
	rightWorth = 1.0
)

// keep is how likely a candidate must be right.
func keep(c *candidate) float32 {
	if c.origin == fromRulesAlone {
		return keepRules
	}
	return keepAbove
}

// choose takes the best reading of a cue, nil where none is good enough.
func (t *tagger) choose(v *view, l *labelled, all readings) (*candidate, float32) {
	var best *candidate
	top, chance := float32(0), float32(0)
	for _, c := range all {
		t.seq.For(t.judge, nil)
		v.judgeFeatures(l, c, &t.seq)
		p := t.judge.Chances(&t.seq, t.judge.Scores(&t.seq, nil, &t.scratch), &t.scratch)
		if p[nearContent]+p[rightContent] < keep(c) {
			continue
		}
		if worth := p[nearContent] + (1+rightWorth)*p[rightContent]; best == nil || worth > top {
			best, top, chance = c, worth, p[nearContent]+p[rightContent]
		}
	}
	return best, chance
}
