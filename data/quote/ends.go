package quote

import (
	"slices"

	"onrecord/data/quote/chain"
)

// This file looks at where a content ends as a whole: the model of roles goes
// token by token, and can't see that what follows a comma is told in another
// tense than the content, or is somebody else's. The rest of the sentence is cut
// into chunks at the words before which a content may end, and a model tells of
// each chunk whether the content goes on through it.

// Labels of the model of ends, which sees the chunks after a content's first.
const (
	chunkAfter  uint8 = iota // the content has ended before it
	chunkInside              // the content goes on through it
	endLabels                // how many
)

// maxChunks bounds how far a content is followed, so that a sentence without an end
// takes no longer for it.
const maxChunks = 24

// ending is where the last part of a reading's content may end.
type ending struct {
	part   phrase    // the part as the model of roles has it
	cuts   []int     // the tokens before which it may end, ascending; the last one is the sentence's end
	chance []float32 // by cut: how likely it ends there
}

// chanceOf is how likely the content ends at token hi, 0 where that is no cut.
func (e *ending) chanceOf(hi int) float32 {
	if e == nil || len(e.chance) == 0 {
		return 0
	}
	for k, c := range e.cuts {
		if c == hi {
			return e.chance[k]
		}
	}
	return 0
}

// likeliest is the cut of the highest chance.
func (e *ending) likeliest() (int, float32) {
	best := 0
	for k, p := range e.chance {
		if p > e.chance[best] {
			best = k
		}
	}
	return e.cuts[best], e.chance[best]
}

// endingOf finds the cuts of a content's last part, nil where its end is not in
// question: it stands before its cue, ends in a quotation, or runs over several
// sentences.
func (v *view) endingOf(part, cue phrase) *ending {
	if part.lo < cue.hi || part.empty() || v.toks[part.lo].sent != v.toks[part.hi-1].sent {
		return nil
	}
	c := v.here(part.lo)
	if v.toks[part.hi-1].q >= 0 && v.toks[part.hi-1].q != v.toks[cue.lo].q {
		return nil
	}
	e := &ending{part: part}
	end := c.s.hi
	for i := part.lo + 1; i < end && len(e.cuts) < maxChunks; i++ {
		if v.mayEndBefore(c, i, cue) {
			e.cuts = append(e.cuts, i)
		}
		if v.endsThing(c, part.lo, i) {
			end = i
		}
	}
	for end > part.lo+1 && v.outerMark(end-1) {
		end--
	}
	if n := len(e.cuts); len(e.cuts) < maxChunks && (n == 0 || e.cuts[n-1] < end) {
		e.cuts = append(e.cuts, end)
	}
	return e
}

// endsThing tells whether a clause with a subject of its own is joined at token i
// to a content that is none: "praised the weir, and Lund did not".
func (v *view) endsThing(c *clauses, lo, i int) bool {
	n, ok := c.nounStarting(i + 1)
	if !ok || !c.is(i, "CC") {
		return false
	}
	if g := c.verbStarting(c.reach(n.hi)); g == nil || !g.finite {
		return false
	}
	opening := v.follows(c, lo)
	return opening == followInfinitive || opening >= followThing && opening <= followThing+5
}

// mayEndBefore tells whether a content may end before token i, the first token
// of a chunk: a mark, a conjunction, a preposition, a time.
func (v *view) mayEndBefore(c *clauses, i int, cue phrase) bool {
	t := &c.toks[i]
	if q := t.q; q >= 0 && q != c.toks[cue.lo].q {
		return c.toks[i-1].q != q
	}
	if v.outerMark(i - 1) {
		return false // the mark itself was the cut
	}
	switch {
	case v.outerMark(i), t.low == "(", t.low == "[":
		return true
	case t.low == "of":
		return false
	case c.is(i, "CC", "IN", "WDT", "WP", "WP$", "WRB", "TO", "VBG", "RB"):
		return true
	}
	if n, ok := c.nounStarting(i); ok && c.temporal(n) {
		return true
	}
	return v.group[i] >= verbBefore && v.group[i-1] != verbBefore
}

// endContext is what is the same for all chunks of a content.
type endContext struct {
	v        *view
	l        *labelled
	e        *ending
	c        *clauses
	cue      phrase
	main     int    // the cue's verb, or last word
	opening  uint64 // how the content begins
	source   uint64 // what the source is
	contents []float32
	from     int // the token of the first of contents
}

// endFeatures describes the chunks after a content's first. contents are the
// model of roles' chances that a token is content, from token from on.
func (v *view) endFeatures(l *labelled, e *ending, cue phrase, f *finding, contents []float32, from int, s *chain.Sequence) {
	x := &endContext{v: v, l: l, e: e, c: v.here(e.part.lo), cue: cue, main: v.mainOf(cue), contents: contents, from: from}
	x.opening = v.follows(x.c, e.part.lo)
	if !f.source.empty() {
		x.source = 1 + v.nounSense(v.here(f.source.head.lo), f.source.head)
	}
	feed := newFeeder(s, nil)
	for k := 1; k < len(e.cuts); k++ {
		edge := x.features(feed, e.cuts[k-1], e.cuts[k], k)
		feed.end(s, edge)
	}
}

// mainOf is a cue's verb, or its last word.
func (v *view) mainOf(cue phrase) int {
	for i := cue.lo; i < cue.hi; i++ {
		if v.group[i] >= verbMain {
			return i
		}
	}
	return cue.hi - 1
}

// Classes of the border before a chunk.
const (
	chunkPlain uint8 = iota
	chunkComma
	chunkMark
	chunkAnd
	chunkQuote
	chunkEdges // how many
)

func (x *endContext) edge(lo int) uint8 {
	v := x.v
	switch t := v.toks[lo]; {
	case t.q != v.toks[lo-1].q:
		return chunkQuote
	case t.low == ",":
		return chunkComma
	case v.shape[lo] == shapeMark:
		return chunkMark
	case t.tag == "CC":
		return chunkAnd
	}
	return chunkPlain
}

// chance is the mean, and the least, of the model of roles' chances of tokens.
func (x *endContext) chance(lo, hi int) (mean, least uint64) {
	sum, low, n := float32(0), float32(1), 0
	for i := lo; i < hi; i++ {
		if k := i - x.from; k >= 0 && k < len(x.contents) && x.v.shape[i] != shapeMark {
			sum, low, n = sum+x.contents[k], min(low, x.contents[k]), n+1
		}
	}
	if n == 0 {
		return 11, 11
	}
	return tenths(sum / float32(n)), tenths(low)
}

// verbAfter is the main token of the first verb group from lo to before hi, or -1.
func (x *endContext) verbAfter(lo, hi int) int {
	for i := lo; i < hi; i++ {
		if x.v.group[i] >= verbMain {
			return i
		}
	}
	return -1
}

// nounBefore is the last word of the nearest noun phrase before lo.
func (x *endContext) nounBefore(lo int) uint64 {
	for i := lo - 1; i >= x.e.part.lo; i-- {
		if x.v.group[i] == nounLast || x.v.group[i] == nounFirst {
			return x.v.stem[i]
		}
	}
	return 0
}

// nounAfter is the last word of the first noun phrase from lo on, and what it
// stands for.
func (x *endContext) nounAfter(lo, hi int) (word, sense uint64) {
	for i := lo; i < hi; i++ {
		if k := x.c.nounAt[i-x.c.s.lo]; k >= 0 {
			n := x.c.nouns[k]
			sense = x.v.sense[i]
			if x.c.temporal(n) {
				sense = 99
			}
			return x.v.stem[n.hi-1], sense
		}
	}
	return 0, 0
}

// chunk is what the features of a chunk are made of.
type chunk struct {
	lo, hi, k    int // tokens, and its number
	h            int // its first word
	edge         uint64
	hw, ht, t1   uint64 // the first word, its tag, and the next word's tag
	inRoles      uint64 // how much of it the model of roles has in the content
	verb, had    int    // its first verb, and the content's before it; -1
	verbTag      uint64
	verbKind     uint64
	verbStem     uint64
	hadTag       uint64
	hadKind      uint64
	noun         uint64 // the last word of the noun phrase before it
	objectSense  uint64 // what its own first noun phrase stands for
	object, last uint64 // that phrase's last word; whether it is the sentence's last chunk
}

func (x *endContext) chunk(lo, hi, k int) *chunk {
	v, part := x.v, x.e.part
	all := phrase{0, len(v.toks)}
	w, t := window{v.word, all}, window{v.tag, all}
	c := &chunk{lo: lo, hi: hi, k: k, h: lo, edge: uint64(x.edge(lo))}
	for c.h+1 < hi && v.shape[c.h] == shapeMark {
		c.h++
	}
	c.hw, c.ht, c.t1 = w.at(c.h), t.at(c.h), t.at(c.h+1)
	c.inRoles = b2u(lo < part.hi) + b2u(hi <= part.hi)
	c.verb, c.had = x.verbAfter(lo, hi), x.verbAfter(part.lo, lo)
	if c.verb >= 0 {
		c.verbTag, c.verbKind, c.verbStem = v.tag[c.verb], v.group[c.verb], v.stem[c.verb]
	}
	if c.had >= 0 {
		c.hadTag, c.hadKind = v.tag[c.had], v.group[c.had]
	}
	c.noun = x.nounBefore(lo)
	c.object, c.objectSense = x.nounAfter(c.h, hi)
	c.last = b2u(hi == x.e.cuts[len(x.e.cuts)-1])
	return c
}

// features describes a chunk, and gives the class of the border before it. The
// parts stand in the order in which templates are numbered.
func (x *endContext) features(f *feeder, lo, hi, k int) uint8 {
	c := x.chunk(lo, hi, k)
	x.modelFeatures(f, c)
	x.borderFeatures(f, c)
	x.cueFeatures(f, c)
	x.verbFeatures(f, c)
	x.attachmentFeatures(f, c)
	x.placeFeatures(f, c)
	return uint8(c.edge)
}

// modelFeatures: what the other models and the rules made of the chunk.
func (x *endContext) modelFeatures(f *feeder, c *chunk) {
	v, lo, h, edge := x.v, c.lo, c.h, c.edge
	all := phrase{0, len(v.toks)}
	said, rule := window{x.l.values, all}, window{v.rule, all}
	mean, least := x.chance(lo, c.hi)
	first, _ := x.chance(h, h+1)
	before, _ := x.chance(lo-1, lo)
	cues, ruleCues := uint64(0), uint64(0)
	for i := lo; i < c.hi; i++ {
		cues |= b2u(x.l.labels[i] == cueFirst)
		ruleCues |= b2u(v.rule[i] == uint64(cueFirst))
	}
	f.one(mean)
	f.one(least)
	f.two(first, before)
	f.three(mean, c.inRoles, edge)
	f.three(first, c.inRoles, c.ht)
	f.three(mean, c.hw, c.inRoles)
	f.three(mean, distance(lo-x.e.part.lo), c.last)
	f.two(c.inRoles, edge)
	f.three(said.at(lo-1), said.at(h), c.inRoles)
	f.three(said.at(h), mean, edge)
	f.three(rule.at(lo-1), rule.at(h), c.inRoles)
	f.three(rule.at(lo-1), rule.at(h), edge)
	f.three(cues, ruleCues, edge)
	f.three(cues, ruleCues, c.ht)
}

// borderFeatures: the words around the border.
func (x *endContext) borderFeatures(f *feeder, c *chunk) {
	v, lo, h, edge := x.v, c.lo, c.h, c.edge
	all := phrase{0, len(v.toks)}
	w, t, b, st := window{v.word, all}, window{v.tag, all}, window{v.border, all}, window{v.stem, all}
	f.two(edge, c.hw)
	f.two(edge, c.ht)
	f.three(edge, c.ht, c.t1)
	f.three(c.ht, c.t1, t.at(h+2))
	f.three(edge, c.hw, w.at(h+1))
	f.three(edge, c.hw, c.t1)
	f.two(b.at(lo), edge)
	f.two(b.at(h), c.ht)
	f.three(b.at(lo), b.at(h), x.opening)
	f.three(b.at(lo), v.tag[x.main], c.verbTag)
	f.two(w.at(lo-1), c.hw)
	f.three(t.at(lo-2), t.at(lo-1), c.ht)
	f.two(st.at(h), c.t1)
}

// cueFeatures: the border beside the cue, and how the content begins.
func (x *endContext) cueFeatures(f *feeder, c *chunk) {
	v, edge := x.v, c.edge
	cue, had := v.stem[x.main], b2u(c.had >= 0)
	f.three(edge, c.hw, cue)
	f.three(c.hw, cue, x.opening)
	f.three(c.hw, x.opening, had)
	f.three(edge, c.ht, x.opening)
	f.three(x.opening, distance(c.lo-x.e.part.lo), edge)
	f.three(x.opening, had, chain.Hash(0, edge, c.ht))
	f.three(v.frames[x.main], c.hw, x.opening)
	f.three(v.group[x.main], edge, c.ht)
	f.three(v.stemPrior[x.main], edge, c.ht)
	f.three(v.stemPrior[x.main], c.hw, x.opening)
	f.two(cue, edge)
	f.three(cue, x.opening, edge)
}

// verbFeatures: the chunk's verb beside the cue's and the content's.
func (x *endContext) verbFeatures(f *feeder, c *chunk) {
	edge, cueTag, sense := c.edge, x.v.tag[x.main], x.v.sense[c.h]
	f.three(c.verbTag, cueTag, edge)
	f.three(c.verbTag, c.hadTag, edge)
	f.three(c.verbTag, c.hadTag, cueTag)
	f.three(chain.Hash(0, c.verbTag, c.hadTag, cueTag), c.ht, edge)
	f.three(c.verbKind, c.hadKind, edge)
	f.three(c.verbKind, x.v.group[x.main], edge)
	f.two(c.verbStem, edge)
	f.three(c.verbStem, c.hw, edge)
	f.three(sense, c.verbTag, edge)
	f.three(sense, x.source, edge)
	f.three(c.hw, c.verbTag, c.hadTag)
}

// attachmentFeatures: what a preposition belongs to.
func (x *endContext) attachmentFeatures(f *feeder, c *chunk) {
	f.three(c.hw, c.noun, c.edge)
	f.two(c.hw, c.object)
	f.three(c.hw, c.objectSense, c.edge)
	f.three(c.hw, c.objectSense, b2u(c.had >= 0))
	f.three(c.hw, c.objectSense, x.opening)
	if c.had >= 0 {
		f.three(c.hw, x.v.stem[c.had], c.edge)
		f.three(c.hw, c.objectSense, c.hadKind)
	} else {
		f.template += 2
	}
	f.three(c.noun, x.v.stem[x.main], c.edge)
}

// placeFeatures: where the chunk stands in its sentence.
func (x *endContext) placeFeatures(f *feeder, c *chunk) {
	v, lo, hi, h, edge := x.v, c.lo, c.hi, c.h, c.edge
	all := phrase{0, len(v.toks)}
	w, t := window{v.word, all}, window{v.tag, all}
	far, rest := distance(lo-x.e.part.lo), distance(x.c.s.hi-lo)
	f.three(edge, far, rest)
	f.three(edge, distance(hi-lo), c.last)
	f.three(c.ht, far, rest)
	f.three(edge, c.hw, c.last)
	f.three(edge, c.ht, w.at(hi))
	f.two(t.at(hi), edge)
	f.two(v.inside[h], v.inside[lo-1])
	f.three(v.inside[h], v.inside[lo-1], edge)
	f.three(v.marked[h], v.marked[lo-1], edge)
	f.two(min(uint64(c.k), 8), edge)
}

// weighEnds asks the model of ends how likely a reading's content ends at each of
// its cuts.
func (t *tagger) weighEnds(v *view, l *labelled, r *candidate, contents []float32, from int) {
	e := r.end
	if t.keep != nil {
		s := &chain.Sequence{}
		v.endFeatures(l, e, r.cue.phrase, r.f, contents, from, s)
		t.keep(r, s)
	}
	if t.ends == nil {
		return
	}
	t.seq.For(t.ends, nil)
	v.endFeatures(l, e, r.cue.phrase, r.f, contents, from, &t.seq)
	p := t.ends.Chances(&t.seq, t.ends.Scores(&t.seq, nil, &t.scratch), &t.scratch)
	e.chance = make([]float32, len(e.cuts))
	reached := float32(1)
	for k := range e.cuts {
		next := float32(0)
		if k+1 < len(e.cuts) {
			next = min(reached, p[k*int(endLabels)+int(chunkInside)])
		}
		e.chance[k], reached = reached-next, next
	}
}

// ended is a reading's parts with the last one's end where it is likeliest, nil
// where that is not known.
func (v *view) ended(c *candidate) []Span {
	if c.end == nil || len(c.end.chance) == 0 {
		return nil
	}
	hi, _ := c.end.likeliest()
	s := v.part(phrase{c.end.part.lo, hi}, c.cue.phrase)
	if s.Len() == 0 {
		return nil
	}
	parts := slices.Clone(c.parts)
	k := slices.IndexFunc(parts, func(p Span) bool { return p.Start <= s.Start && s.Start < p.End })
	if k < 0 {
		return nil
	}
	parts[k].End = s.End
	return joinParts(parts)
}

// judgeEnd tells the judge how likely the end of a candidate is.
func (v *view) judgeEnd(f *feeder, c *candidate, ruled uint64) {
	f.template = 40
	if c.end == nil || len(c.end.chance) == 0 {
		f.one(c.origin)
		return
	}
	hi, top := c.end.likeliest()
	at := v.tokensIn(c.parts[len(c.parts)-1]).hi
	mine := c.end.chanceOf(at)
	f.template++
	f.two(tenths(mine), c.origin)
	f.three(tenths(mine), tenths(c.sure), c.origin)
	f.three(tenths(mine), tenths(top), b2u(hi == at))
	f.three(tenths(mine), ruled, tenths(c.cue.chance))
	f.three(tenths(mine), tenths(c.cue.chance), v.follows(v.here(c.end.part.lo), c.end.part.lo))
}
