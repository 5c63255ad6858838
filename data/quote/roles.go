package quote

import "onrecord/data/quote/chain"

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
	serial uint64 // the article's, for a memo's keys
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
	commas, cues, sources, contents, sentences, quotes, verbs uint64
}

func (w *way) pass(v *view, l *labelled, i int, outward int) {
	t := v.toks[i]
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
	case y == contentFirst:
		w.contents = min(w.contents+1, 2)
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

// ways measures from the cue outward, by token of the window.
func (v *view) ways(l *labelled, p, cue phrase) []way {
	out := make([]way, p.hi-p.lo)
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

// roleContext is what is the same for all tokens of a window.
type roleContext struct {
	serial     uint64 // the window's, for a memo's keys
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

// roleFeatures describes a window to the model of roles; memo may be nil.
func (v *view) roleFeatures(l *labelled, p, cue phrase, s *chain.Sequence, memo *chain.Memo) {
	c := v.roleContext(l, p, cue)
	if memo != nil {
		c.serial = memo.Serial()
	}
	ways := v.ways(l, p, cue)
	f := newFeeder(s, memo)
	for i := p.lo; i < p.hi; i++ {
		if i >= cue.lo && i < cue.hi {
			f.one(99)
		} else {
			c.features(f, i, ways[i-p.lo])
		}
		f.end(s, c.edge(i))
	}
}

func (c *roleContext) edge(i int) uint8 {
	if i > c.p.lo && (i == c.cue.lo || i == c.cue.hi) {
		return edgeCue
	}
	return c.v.edge(i, c.p.lo)
}

// Blocks of features that depend on the same things; a memo remembers each.
const (
	blockToken    = iota // the token, its neighbours and the cue's side
	blockDistance        // how far the cue is
	blockTag             // the token's tag and the cue
	blockWay             // what lies between, and what the statement model says
	blockRule            // what the rules say, and the statement model
)

// features describes token i. Templates are numbered by hand: the order here is
// by what features depend on.
func (c *roleContext) features(f *feeder, i int, w way) {
	v := c.v
	side, d := uint64(1), distance(c.cue.lo-i)
	if i >= c.cue.hi {
		side, d = 2, distance(i-c.cue.hi+1)
	}
	word, tag, said := window{v.word, c.p}, window{v.tag, c.p}, window{c.l.values, c.p}
	w0, t0, y0 := word.at(i), tag.at(i), said.at(i)
	y1, ym := said.at(i+1), said.at(i-1)
	side0 := chain.Hash(0, side, y0)
	c.tokenFeatures(f, i, side, side0)
	if !f.knows(chain.Hash(blockDistance, c.serial, side, d)) {
		f.at(2).two(side, d)
		f.at(14).three(side, d, c.main)
		f.at(44).three(side, c.form, d)
		f.at(46).three(side, chain.Hash(0, c.frames, c.next), d)
		f.keep()
	}
	if !f.knows(chain.Hash(blockTag, c.serial, side, t0)) {
		f.at(12).three(side, t0, c.main)
		f.at(45).three(side, c.form, t0)
		f.at(47).three(side, chain.Hash(0, c.frames, c.nextTag), t0)
		f.at(56).three(side, c.last, t0)
		f.keep()
	}
	f.at(11).three(side, w0, c.main)
	f.at(13).three(side, d, t0)
	f.at(15).three(side, chain.Hash(0, d, t0), c.nextTag)
	f.at(26).two(side0, d)
	f.at(41).three(side, chain.Hash(0, w.commas, w.cues), chain.Hash(0, w.sentences, w.verbs, v.group[i]))
	f.at(42).three(side, v.group[i], d)
	f.at(43).three(side, v.group[i], c.kind)
	c.wayFeatures(f, i, side, side0, w)
	r0, rm, r1 := c.rule(i), c.rule(i-1), c.rule(i+1)
	siderule := chain.Hash(0, side, r0)
	if !f.knows(chain.Hash(blockRule, c.serial, side|r0<<2|rm<<9|r1<<16|ym<<23|y0<<28|y1<<33|w.cues<<38)) {
		f.at(23).two(side0, c.main)
		f.at(24).three(side0, c.frames, c.nextTag)
		f.at(25).three(side0, c.main, c.next)
		f.at(57).three(side, c.last, y0)
		f.at(28).one(siderule)
		f.at(29).three(siderule, rm, r1)
		f.at(30).two(siderule, y0)
		f.at(31).three(siderule, y0, w.cues)
		f.at(32).two(siderule, c.main)
		f.at(35).three(siderule, ym, y1)
		f.keep()
	}
	f.at(33).two(siderule, w0)
	f.at(34).two(siderule, t0)
}

// tokenFeatures depend on the token and its neighbours, and on the cue by its side
// alone.
func (c *roleContext) tokenFeatures(f *feeder, i int, side, side0 uint64) {
	if f.knows(chain.Hash(blockToken, c.l.serial, uint64(i), side|b2u(i == c.p.lo)<<2|b2u(i == c.p.hi-1)<<3)) {
		return
	}
	v := c.v
	word, tag, said := window{v.word, c.p}, window{v.tag, c.p}, window{c.l.values, c.p}
	w0, t0, y0 := word.at(i), tag.at(i), said.at(i)
	b := window{v.border, c.p}
	f.at(1).one(side)
	f.at(3).two(side, w0)
	f.at(4).two(side, t0)
	f.at(5).three(side, tag.at(i-1), t0)
	f.at(6).three(side, t0, tag.at(i+1))
	f.at(7).two(side, word.at(i-1))
	f.at(8).two(side, word.at(i+1))
	f.at(9).three(side, w0, word.at(i+1))
	f.at(10).three(side, word.at(i-1), w0)
	f.at(16).one(side0)
	f.at(17).three(side0, said.at(i-1), said.at(i+1))
	f.at(48).three(side, v.border[i], y0)
	f.at(49).three(side, b.at(i+1), y0)
	f.at(50).three(side, b.at(i-1), y0)
	f.at(51).three(side, v.sense[i], v.group[i])
	f.at(52).three(side, v.sense[i], y0)
	f.at(53).three(side, v.stem[i], y0)
	f.at(54).three(side, v.inside[i], y0)
	f.keep()
}

// wayFeatures: what lies between the token and the cue.
func (c *roleContext) wayFeatures(f *feeder, i int, side, side0 uint64, w way) {
	v := c.v
	q0, same := v.marked[i], b2u(v.toks[i].q == v.toks[c.cue.lo].q)
	packed := w.commas | w.cues<<2 | w.sources<<4 | w.contents<<6 | w.sentences<<8 | w.quotes<<10 | w.verbs<<12 | q0<<14 | same<<17
	if f.knows(chain.Hash(blockWay, c.serial, side0, packed)) {
		return
	}
	f.at(18).two(side0, w.cues)
	f.at(19).three(side0, w.cues, w.sources)
	f.at(20).three(side0, w.cues, w.contents)
	f.at(21).three(side0, w.sentences, w.quotes)
	f.at(22).three(side0, w.commas, w.cues)
	f.at(27).three(side0, c.kind, w.verbs)
	f.at(36).three(side, q0, same)
	f.at(37).three(side0, q0, same)
	f.at(38).three(side, q0, w.sentences)
	f.at(39).three(side, q0, c.last)
	f.at(40).three(side, q0, chain.Hash(0, w.quotes, w.sentences, w.cues))
	f.at(55).two(chain.Hash(0, side, w.cues, w.sources), c.main)
	f.keep()
}
