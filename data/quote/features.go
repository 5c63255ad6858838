package quote

import (
	"slices"

	"onrecord/data/quote/chain"
)

// Classes of the border before a token, for both models.
const (
	edgeStart uint8 = iota
	edgeSentence
	edgeOpens  // a quotation begins
	edgeCloses // a quotation has ended
	edgeComma  // a comma stands before
	edgeMark   // another mark stands before
	edgeAtMark // the token is a mark
	edgeThat
	edgeVerb
	edgeNoun // a noun phrase begins
	edgeInNoun
	edgeOther
	edgeCue // the cue begins or has ended; the model of roles alone
	edgeBorders
	edges = edgeBorders + 3*borderKinds // how many: commas, conjunctions and other borders by what follows them
)

func (v *view) edge(i, lo int) uint8 {
	t := &v.toks[i]
	switch {
	case i == lo:
		return edgeStart
	case v.toks[i-1].q != t.q && t.q >= 0:
		return edgeOpens
	case v.toks[i-1].q != t.q:
		return edgeCloses
	case v.toks[i-1].sent != t.sent:
		return edgeSentence
	case v.border[i] != 0:
		return edgeBorders + v.borderType(i)*borderKinds + uint8(v.border[i])
	case v.toks[i-1].low == ",":
		return edgeComma
	case v.shape[i-1] == shapeMark:
		return edgeMark
	case v.shape[i] == shapeMark:
		return edgeAtMark
	case t.low == "that":
		return edgeThat
	case v.group[i] >= verbBefore:
		return edgeVerb
	case v.group[i] == nounFirst:
		return edgeNoun
	case v.group[i] == nounMore || v.group[i] == nounLast:
		return edgeInNoun
	}
	return edgeOther
}

func (v *view) borderType(i int) uint8 {
	switch {
	case v.shape[i] == shapeMark:
		return 0
	case v.toks[i].tag == "CC":
		return 1
	}
	return 2
}

// lookout is the nearest cue words around a token in its sentence.
type lookout struct{ left, right int } // tokens, -1 where there is none

// lookouts finds them for the tokens of a paragraph. They are valid until the next
// call.
func (v *view) lookouts(p phrase) []lookout {
	v.room.looks = slices.Grow(v.room.looks[:0], p.hi-p.lo)
	out := v.room.looks[:p.hi-p.lo]
	last := -1
	for i := p.lo; i < p.hi; i++ {
		if i > p.lo && v.toks[i-1].sent != v.toks[i].sent {
			last = -1
		}
		out[i-p.lo].left = last
		if v.prior[i] >= likelyCue {
			last = i
		}
	}
	last = -1
	for i := p.hi - 1; i >= p.lo; i-- {
		if i+1 < p.hi && v.toks[i+1].sent != v.toks[i].sent {
			last = -1
		}
		out[i-p.lo].right = last
		if v.prior[i] >= likelyCue {
			last = i
		}
	}
	return out
}

// window reads a token's values with those around it, 0 outside of bounds.
type window struct {
	values []uint64
	p      phrase
}

func (w window) at(i int) uint64 {
	if i < w.p.lo || i >= w.p.hi {
		return 0
	}
	return w.values[i]
}

// distance puts a number of tokens into a class.
func distance(n int) uint64 {
	switch {
	case n <= 4:
		return uint64(max(n, 0))
	case n <= 6:
		return 5
	case n <= 9:
		return 6
	case n <= 14:
		return 7
	case n <= 24:
		return 8
	}
	return 9
}

// statementFeatures describes a paragraph's tokens to the statement model. There
// were twice as many templates here and in roles.go: those whose absence cost
// nothing on articles kept from training are gone. memo may be nil.
func (v *view) statementFeatures(p phrase, s *chain.Sequence, memo *chain.Memo) {
	looks := v.lookouts(p)
	f := newFeeder(s, memo)
	for i := p.lo; i < p.hi; i++ {
		v.wordFeatures(f, p, i)
		v.groupFeatures(f, p, i)
		v.cueFeatures(f, i, looks[i-p.lo])
		v.ruleFeatures(f, p, i)
		f.end(s, v.edge(i, p.lo))
	}
}

// maxFeatures is more than the templates of any model.
const maxFeatures = 128

// feeder collects a token's features, and numbers the templates in the order of
// their use, unless told by at.
type feeder struct {
	template int
	n        int
	all      [maxFeatures]uint64

	model *chain.Model // where features are summed at once, for this model, …
	memo  *chain.Memo  // … and blocks of them remembered
	sum   chain.Sum    // of the blocks of the token
	key   uint64       // of the block that is open
	from  int          // where in all the block begins
}

// newFeeder makes a feeder for a sequence; memo may be nil.
func newFeeder(s *chain.Sequence, memo *chain.Memo) *feeder {
	f := &feeder{model: s.Model()}
	if f.model != nil {
		f.memo = memo
	}
	return f
}

// knows tells whether a block of features, all of which depend on what key is a
// hash of alone, is remembered, and if so adds its sum. If not, the features
// follow, and then a call of keep.
func (f *feeder) knows(key uint64) bool {
	if f.memo == nil {
		return false
	}
	sum, ok := f.memo.Of(key)
	if ok {
		f.sum = f.sum.Plus(sum)
		return true
	}
	f.key, f.from = key, f.n
	return false
}

// keep closes a block.
func (f *feeder) keep() {
	if f.memo == nil {
		return
	}
	sum := f.model.Sum(f.all[f.from:f.n])
	f.memo.Keep(f.key, sum)
	f.sum, f.n = f.sum.Plus(sum), f.from
}

// at says which template is used next.
func (f *feeder) at(template int) *feeder {
	f.template = template - 1
	return f
}

func (f *feeder) add(h uint64) {
	f.template++
	f.all[f.n] = h
	f.n++
}

func (f *feeder) one(a uint64) { f.add(chain.Mix(chain.Template(f.template+1), a)) }

func (f *feeder) two(a, b uint64) {
	f.add(chain.Mix(chain.Mix(chain.Template(f.template+1), a), b))
}

func (f *feeder) three(a, b, c uint64) {
	f.add(chain.Mix(chain.Mix(chain.Mix(chain.Template(f.template+1), a), b), c))
}

// end closes a token, and begins the next one.
func (f *feeder) end(s *chain.Sequence, edge uint8) {
	if f.model != nil {
		s.AddSum(f.model.Sum(f.all[:f.n]).Plus(f.sum), edge)
	} else {
		s.Add(f.all[:f.n], edge)
	}
	f.template, f.n, f.sum = 0, 0, chain.Sum{}
}

func (v *view) wordFeatures(f *feeder, p phrase, i int) {
	w, t := window{v.word, p}, window{v.tag, p}
	w1, m1, m2 := w.at(i+1), w.at(i-1), w.at(i-2)
	t0, t1, t2, s1, s2 := t.at(i), t.at(i+1), t.at(i+2), t.at(i-1), t.at(i-2)
	for _, x := range [...]uint64{w1, m1, m2, t0, t1, t2, s1, v.suffix[i], window{v.stem, p}.at(i - 1)} {
		f.one(x)
	}
	f.two(m2, m1)
	f.two(s1, t0)
	f.two(t0, t1)
	f.three(s2, s1, t0)
	f.three(t0, t1, t2)
	f.two(v.stem[i], t0)
	f.two(v.border[i], t0)
	f.two(v.word[i], s1)
	f.two(t0, w1)
	f.two(t0, m1)
}

func b2u(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// groupFeatures: noun phrases, verb groups and quotations.
func (v *view) groupFeatures(f *feeder, p phrase, i int) {
	g, n, q := window{v.group, p}, window{v.sense, p}, window{v.marked, p}
	g0, n0, q0 := g.at(i), n.at(i), q.at(i)
	in := v.sents[v.toks[i].sent]
	f.three(g.at(i-1), g0, g.at(i+1))
	f.two(n0, g0)
	f.three(n.at(i-1), n0, n.at(i+1))
	f.three(q.at(i-1), q0, q.at(i+1))
	f.two(q0, v.word[i])
	f.two(q0, v.tag[i])
	f.two(v.leftBorder(i, in), g0)
	f.two(g0, distance(in.hi-1-i))
	if v.verb[i] >= 0 {
		f.three(g0, distance(v.verb[i]-i), v.group[v.verb[i]])
		f.two(g0, v.word[v.verb[i]])
	} else {
		f.template += 2
	}
}

// leftBorder is the border of a clause, or the likely one, before a token.
func (v *view) leftBorder(i int, in sentence) uint64 {
	for k := i - 1; k >= in.lo && k > i-borderReach; k-- {
		if v.border[k] != 0 {
			return chain.Hash(0, v.word[k], v.border[k])
		}
	}
	return 0
}

// borderReach is how far, in tokens, leftBorder looks.
const borderReach = 12

// ruleFeatures: what the rules made of the token and its neighbours.
func (v *view) ruleFeatures(f *feeder, p phrase, i int) {
	r := window{v.rule, p}
	m2, m1, r0, r1, r2 := r.at(i-2), r.at(i-1), r.at(i), r.at(i+1), r.at(i+2)
	before := r.at(v.sents[v.toks[i].sent].lo - 1)
	f.two(r0, v.word[i])
	f.three(r0, v.ruleCue[i], v.tag[i])
	if f.knows(chain.Hash(0, m2|m1<<3|r0<<6|r1<<9|r2<<12|before<<15|v.group[i]<<18)) {
		return
	}
	f.three(m1, r0, r1)
	f.two(m1, r1)
	f.three(m2, m1, r0)
	f.three(r0, r1, r2)
	f.two(r0, v.group[i])
	f.two(r0, before)
	f.keep()
}

// cueFeatures: whether the token is a cue, and the nearest likely ones of the
// sentence.
func (v *view) cueFeatures(f *feeder, i int, l lookout) {
	tag, group, sp, lex := v.tag[i], v.group[i], v.stemPrior[i], v.frames[i]
	f.two(v.prior[i], tag)
	f.two(sp, group)
	f.two(sp, v.sense[i])
	f.three(sp, v.rule[i], v.marked[i])
	f.two(lex, group)
	f.two(lex, tag)
	if verb := v.verb[i]; verb >= 0 {
		f.three(v.stemPrior[verb], group, tag)
		f.three(v.frames[verb], group, tag)
	} else {
		f.template += 2
	}
	left, right := uint64(0), uint64(0)
	if c := l.left; c >= 0 {
		left = v.word[c]
		f.three(v.prior[c], distance(i-c), tag)
	} else {
		f.template++
	}
	if c := l.right; c >= 0 {
		right = v.word[c]
		commas := v.commas(i, c)
		f.three(v.prior[c], commas, group)
		f.three(group, v.group[c], commas)
	} else {
		f.three(0, 0, tag)
		f.template++
	}
	f.three(left, right, tag)
}

// commas is how many stand between two tokens, 2 for more.
func (v *view) commas(lo, hi int) uint64 {
	n := uint64(0)
	for k := lo + 1; k < hi && n < 2; k++ {
		if v.toks[k].low == "," {
			n++
		}
	}
	return n
}
