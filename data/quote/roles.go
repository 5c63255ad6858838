package quote

import (
	"slices"

	"onrecord/data/quote/chain"
)

// Labels of the model of roles, which is asked of one cue at a time.
const (
	noRole uint8 = iota
	roleSourceFirst
	roleSourceMore
	roleContentFirst
	roleContentMore
	roleLabels // how many
)

// How far from its cue, in tokens, a role is looked for at most. What goes on
// further is mostly a quotation, which its marks complete.
const (
	roleBefore = 60
	roleAfter  = 80
)

// cueSpan is a cue that the statement model found.
type cueSpan struct {
	phrase
	chance float32 // the least of its tokens'
}

// labelled is what the statement model said of an article, by token.
type labelled struct {
	labels []uint8
	values []uint64 // label and how sure it is, for features
	cues   []cueSpan
}

func newLabelled(n int) *labelled {
	return &labelled{labels: make([]uint8, n), values: make([]uint64, n)}
}

// set notes the label of a token and its chance.
func (l *labelled) set(i int, label uint8, chance float32) {
	l.labels[i] = label
	sure := uint64(0)
	switch {
	case chance > 0.9:
		sure = 2
	case chance > 0.6:
		sure = 1
	}
	l.values[i] = uint64(label)*3 + sure
}

// nearby is the window of tokens that a cue's roles are looked for in: its
// sentence, and what is around it as far as there are quotations. Other sentences
// hold one content in two hundred.
func (v *view) nearby(p, cue phrase) phrase {
	s := v.sents[v.toks[cue.lo].sent]
	lo, hi := max(p.lo, cue.lo-roleBefore), min(p.hi, cue.hi+roleAfter)
	for lo < s.lo && !v.toks[lo].quoted() {
		lo++
	}
	for hi > max(s.hi, cue.hi) && !v.toks[hi-1].quoted() {
		hi--
	}
	return phrase{lo, hi}
}

// roleCues is how many cues to each side a window holds at most, so that a text
// with a cue in every second word takes no longer for it. Four change nothing in
// 840 annotated articles.
const roleCues = 5

// window is where the roles of the k-th cue are looked for, in paragraph p.
func (v *view) window(l *labelled, p phrase, k int) phrase {
	w := v.nearby(p, l.cues[k].phrase)
	if k >= roleCues {
		w.lo = max(w.lo, l.cues[k-roleCues].lo)
	}
	if k+roleCues < len(l.cues) {
		w.hi = min(w.hi, l.cues[k+roleCues].hi)
	}
	return w
}

// way is what lies between a token and the cue.
type way struct {
	commas, cues, sources, sentences, quotes, verbs uint64
}

func (w *way) pass(v *view, l *labelled, i int, outward int) {
	t := &v.toks[i]
	if t.low == "," {
		w.commas = min(w.commas+1, 3)
	}
	if v.group[i] >= verbMain {
		w.verbs = min(w.verbs+1, 3)
	}
	switch y := l.labels[i]; {
	case y == cueFirst:
		w.cues = min(w.cues+1, 2)
	case y == sourceFirst:
		w.sources = min(w.sources+1, 2)
	}
	if k := i + outward; k >= 0 && k < len(v.toks) {
		if v.toks[k].sent != t.sent {
			w.sentences = min(w.sentences+1, 2)
		}
		if v.toks[k].q != t.q {
			w.quotes = min(w.quotes+1, 3)
		}
	}
}

// ways measures from the cue outward, by token of the window; those of the cue
// mean nothing. They are valid until the next call.
func (v *view) ways(l *labelled, p, cue phrase) []way {
	v.room.ways = slices.Grow(v.room.ways[:0], p.hi-p.lo)
	out := v.room.ways[:p.hi-p.lo]
	w := way{}
	for i := cue.hi; i < p.hi; i++ {
		out[i-p.lo] = w
		w.pass(v, l, i, 1)
	}
	w = way{}
	for i := cue.lo - 1; i >= p.lo; i-- {
		out[i-p.lo] = w
		w.pass(v, l, i, -1)
	}
	return out
}

// roleContext is what is the same for all tokens of a window in paragraph p.
type roleContext struct {
	v          *view
	l          *labelled
	p, cue     phrase
	main       uint64 // the cue's verb, or last word
	frames     uint64
	next, last uint64 // the words after and before the cue
	nextTag    uint64
	kind       uint64 // of its verb group
	found      *finding
	form       uint64 // the tags of the cue
}

func (v *view) roleContext(l *labelled, p, cue phrase) *roleContext {
	c := &roleContext{v: v, l: l, p: p, cue: cue}
	main := v.mainOf(cue)
	c.main, c.kind = v.word[main], v.group[main]
	if verb := lexicon.form(v.toks[main].low); verb != nil {
		c.frames = uint64(verb.frames) + 1
	}
	w, t := window{v.word, p}, window{v.tag, p}
	c.next, c.last, c.nextTag = w.at(cue.hi), w.at(cue.lo-1), t.at(cue.hi)
	for i := cue.lo; i < cue.hi; i++ {
		c.form = chain.Hash(0, c.form, v.tag[i])
		if f := v.byRule[i]; f != nil && v.rule[i] >= uint64(cueFirst) && v.rule[i] <= uint64(cueMore) {
			c.found = f
		}
	}
	return c
}

// rule is what the rules made of token i in respect of this cue.
func (c *roleContext) rule(i int) uint64 {
	if i < c.p.lo || i >= c.p.hi {
		return 99
	}
	r := c.v.rule[i]
	if r != 0 && c.v.byRule[i] != c.found {
		r += 10
	}
	return r
}

// roleFeatures describes a window of paragraph p to the model of roles; memo may
// be nil. Neighbours are the paragraph's: a window that ends with a quotation must
// not say so.
func (v *view) roleFeatures(l *labelled, p, w, cue phrase, s *chain.Sequence, memo *chain.Memo) {
	c := v.roleContext(l, p, cue)
	ways := v.ways(l, w, cue)
	f := newFeeder(s, memo)
	for i := w.lo; i < w.hi; i++ {
		if i >= cue.lo && i < cue.hi {
			f.one(99)
		} else {
			c.features(f, i, ways[i-w.lo])
		}
		f.end(s, c.edge(i, w.lo))
	}
}

func (c *roleContext) edge(i, lo int) uint8 {
	if i > lo && (i == c.cue.lo || i == c.cue.hi) {
		return edgeCue
	}
	return c.v.edge(i, lo)
}

// features describes token i.
func (c *roleContext) features(f *feeder, i int, w way) {
	v := c.v
	side, d := uint64(1), distance(c.cue.lo-i)
	if i >= c.cue.hi {
		side, d = 2, distance(i-c.cue.hi+1)
	}
	said := window{c.l.values, c.p}
	y := [...]uint64{said.at(i - 1), said.at(i), said.at(i + 1)}
	t0, side0 := v.tag[i], chain.Hash(0, side, y[1])
	c.tokenFeatures(f, i, side, y)
	f.two(side, d)
	f.three(side, d, c.main)
	f.three(side, chain.Hash(0, c.frames, c.next), d)
	f.three(side, d, t0)
	f.three(side, chain.Hash(0, d, t0), c.nextTag)
	f.three(side, t0, c.main)
	f.three(side, c.form, t0)
	f.three(side, chain.Hash(0, c.frames, c.nextTag), t0)
	f.three(side, c.last, t0)
	f.three(side, chain.Hash(0, w.commas, w.cues), chain.Hash(0, w.sentences, w.verbs, v.group[i]))
	f.three(side, v.group[i], c.kind)
	f.one(side0)
	f.two(side0, c.main)
	f.three(side, v.word[i], c.main)
	f.three(side, v.marked[i], c.last)
	f.three(side, chain.Hash(0, v.marked[i], w.sentences, w.cues), c.main)
	c.wayFeatures(f, i, side, y[1], w)
	c.ruleFeatures(f, i, side, y, w)
}

// tokenFeatures: the token and its neighbours. said is what the statement model
// says of it and of those beside it.
func (c *roleContext) tokenFeatures(f *feeder, i int, side uint64, said [3]uint64) {
	v, y0 := c.v, said[1]
	word, tag, border := window{v.word, c.p}, window{v.tag, c.p}, window{v.border, c.p}
	t0 := v.tag[i]
	f.one(side)
	f.two(side, v.word[i])
	f.two(side, word.at(i-1))
	f.two(side, word.at(i+1))
	f.three(side, v.stem[i], y0)
	f.three(side, tag.at(i-1), t0)
	f.three(side, t0, tag.at(i+1))
	f.three(chain.Hash(0, side, y0), said[0], said[2])
	f.three(side, v.border[i], y0)
	f.three(side, border.at(i+1), y0)
	f.three(side, border.at(i-1), y0)
	f.three(side, v.sense[i], v.group[i])
}

// Blocks of features, by their first template. They depend on a few small numbers
// alone, and their sums are remembered.
const (
	blockWay  = 40
	blockRule = 50
)

// wayFeatures: what lies between the token and the cue.
func (c *roleContext) wayFeatures(f *feeder, i int, side, said uint64, w way) {
	q0, same := c.v.marked[i], b2u(c.v.toks[i].q == c.v.toks[c.cue.lo].q)
	if f.knows(chain.Hash(blockWay, side|said<<2|w.cues<<8|w.sources<<10|w.sentences<<12|w.quotes<<14|q0<<16|same<<19)) {
		return
	}
	side0 := chain.Hash(0, side, said)
	f.at(blockWay).two(side0, w.cues)
	f.three(side0, w.cues, w.sources)
	f.three(side0, w.sentences, w.quotes)
	f.three(side, q0, same)
	f.three(side0, q0, same)
	f.three(side, q0, w.sentences)
	f.three(side, q0, chain.Hash(0, w.quotes, w.sentences, w.cues))
	f.keep()
}

// ruleFeatures: what the rules made of the token and its neighbours in respect of
// this cue.
func (c *roleContext) ruleFeatures(f *feeder, i int, side uint64, said [3]uint64, w way) {
	r0, rm, r1 := c.rule(i), c.rule(i-1), c.rule(i+1)
	if f.knows(chain.Hash(blockRule, side|r0<<2|rm<<9|r1<<16|said[0]<<23|said[1]<<28|said[2]<<33|w.cues<<38)) {
		return
	}
	siderule := chain.Hash(0, side, r0)
	f.at(blockRule).one(siderule)
	f.two(siderule, said[1])
	f.three(siderule, rm, r1)
	f.three(siderule, said[1], w.cues)
	f.three(siderule, said[0], said[2])
	f.keep()
}
