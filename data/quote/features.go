package quote

import "onrecord/data/quote/chain"

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
	t := v.toks[i]
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

// lookouts finds them for the tokens of a paragraph.
func (v *view) lookouts(p phrase) []lookout {
	out := make([]lookout, p.hi-p.lo)
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

// statementFeatures describes a paragraph's tokens to the statement model.
func (v *view) statementFeatures(p phrase, s *chain.Sequence) {
	looks := v.lookouts(p)
	f := newFeeder(s, nil)
	for i := p.lo; i < p.hi; i++ {
		v.wordFeatures(f, p, i)
		v.groupFeatures(f, p, i)
		v.ruleFeatures(f, p, i)
		v.cueFeatures(f, i, looks[i-p.lo])
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
	w0, t0 := w.at(i), t.at(i)
	w1, w2, m1, m2 := w.at(i+1), w.at(i+2), w.at(i-1), w.at(i-2)
	t1, t2, s1, s2 := t.at(i+1), t.at(i+2), t.at(i-1), t.at(i-2)
	for _, x := range [...]uint64{w0, w1, w2, m1, m2, t0, t1, t2, s1, s2} {
		f.one(x)
	}
	f.two(m1, w0)
	f.two(w0, w1)
	f.two(w1, w2)
	f.two(m2, m1)
	f.three(m1, w0, w1)
	f.two(s1, t0)
	f.two(t0, t1)
	f.three(s2, s1, t0)
	f.three(s1, t0, t1)
	f.three(t0, t1, t2)
	f.two(w0, t1)
	f.two(w0, s1)
	f.two(t0, w1)
	f.two(t0, m1)
	sh, sx := window{v.shape, p}, window{v.suffix, p}
	f.two(sh.at(i), b2u(i == v.sents[v.toks[i].sent].lo))
	f.three(sh.at(i-1), sh.at(i), sh.at(i+1))
	f.one(sx.at(i))
	st := window{v.stem, p}
	f.two(st.at(i), t0)
	f.one(st.at(i - 1))
	f.one(st.at(i + 1))
	f.two(st.at(i-1), st.at(i))
	f.two(st.at(i), st.at(i+1))
}

func b2u(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// groupFeatures: noun phrases, verb groups and quotations.
func (v *view) groupFeatures(f *feeder, p phrase, i int) {
	g, w, t := window{v.group, p}, window{v.word, p}, window{v.tag, p}
	g0 := g.at(i)
	f.three(g.at(i-1), g0, g.at(i+1))
	f.two(g0, w.at(i))
	verb := uint64(0)
	if v.verb[i] >= 0 {
		verb = v.word[v.verb[i]]
		f.three(g0, distance(v.verb[i]-i), v.group[v.verb[i]])
		f.three(g0, distance(v.verb[i]-i), v.prior[v.verb[i]])
	} else {
		f.template += 2
	}
	f.two(g0, verb)
	n := window{v.sense, p}
	n0 := n.at(i)
	f.two(n0, g0)
	f.three(n0, g0, v.prior[i])
	f.three(n.at(i-1), n0, n.at(i+1))
	f.three(n0, n.at(i+1), t.at(i))
	if v.verb[i] >= 0 {
		f.three(n0, v.stem[v.verb[i]], g0)
		f.three(v.sense[v.verb[i]], g0, n0)
		f.three(v.sense[v.verb[i]], g0, v.prior[v.verb[i]])
	} else {
		f.template += 3
	}
	q := window{v.marked, p}
	q0 := q.at(i)
	f.three(q.at(i-1), q0, q.at(i+1))
	f.two(q0, w.at(i))
	f.two(q0, t.at(i))
	sent := v.toks[i].sent
	in := v.sents[sent]
	b := window{v.border, p}
	f.two(b.at(i), t.at(i))
	f.two(b.at(i+1), t.at(i))
	f.two(b.at(i+1), v.rule[i])
	f.two(b.at(i), v.rule[i])
	f.two(v.inside[i], g0)
	f.three(v.inside[i], window{v.inside, p}.at(i-1), v.rule[i])
	left, right := v.bounds(i, in)
	f.three(left, right, v.rule[i])
	f.two(left, g0)
	f.two(right, g0)
	f.three(q0, min(2, uint64(sent-v.toks[p.lo].sent)), distance(i-in.lo))
	f.two(g0, distance(in.hi-1-i))
	f.two(v.word[in.lo], g0)
	f.three(v.word[in.lo], v.word[min(in.lo+1, in.hi-1)], q0)
}

// bounds are the borders of a clause, or the likely ones, around a token.
func (v *view) bounds(i int, in sentence) (left, right uint64) {
	for k := i - 1; k >= in.lo && k > i-boundReach; k-- {
		if v.border[k] != 0 {
			left = chain.Hash(0, v.word[k], v.border[k])
			break
		}
	}
	for k := i + 1; k < in.hi && k < i+boundReach; k++ {
		if v.border[k] != 0 {
			right = chain.Hash(0, v.word[k], v.border[k])
			break
		}
	}
	return left, right
}

// boundReach is how far, in tokens, bounds looks.
const boundReach = 12

// ruleFeatures: what the rules made of the token and its neighbours.
func (v *view) ruleFeatures(f *feeder, p phrase, i int) {
	r, w, t := window{v.rule, p}, window{v.word, p}, window{v.tag, p}
	r0, r1, m1 := r.at(i), r.at(i+1), r.at(i-1)
	f.one(r0)
	f.three(m1, r0, r1)
	f.two(m1, r1)
	f.three(r.at(i-2), m1, r0)
	f.three(r0, r1, r.at(i+2))
	f.two(r0, w.at(i))
	f.two(r0, t.at(i))
	f.two(r0, v.group[i])
	f.two(r0, v.marked[i])
	cue := uint64(0)
	if by := v.byRule[i]; by != nil {
		if c := v.tokensIn(by.cue); !c.empty() {
			cue = v.word[c.hi-1]
		}
	}
	f.two(r0, cue)
	f.three(r0, cue, t.at(i))
	in := v.sents[v.toks[i].sent]
	f.two(r0, r.at(in.lo-1))
	f.three(r0, r.at(in.hi), v.marked[i])
}

// cueFeatures: the nearest likely cues of the sentence.
func (v *view) cueFeatures(f *feeder, i int, l lookout) {
	f.two(v.prior[i], v.tag[i])
	f.three(v.prior[i], v.marked[i], v.rule[i])
	sp := v.stemPrior[i]
	f.two(sp, v.group[i])
	f.two(sp, v.sense[i])
	f.three(sp, v.rule[i], v.marked[i])
	if v.verb[i] >= 0 {
		f.three(v.stemPrior[v.verb[i]], v.group[i], v.sense[i])
		f.three(v.stemPrior[v.verb[i]], v.group[i], v.tag[i])
	} else {
		f.template += 2
	}
	lex := v.frames[i]
	f.two(lex, v.group[i])
	f.two(lex, v.sense[i])
	f.two(lex, v.tag[i])
	if v.verb[i] >= 0 {
		lex := v.frames[v.verb[i]]
		f.three(lex, v.group[i], v.sense[i])
		f.three(lex, v.group[i], v.tag[i])
		f.three(lex, v.sense[v.verb[i]], v.group[i])
	} else {
		f.template += 3
	}
	v.towards(f, i, l.left, 1)
	v.towards(f, i, l.right, 2)
	left, right := uint64(0), uint64(0)
	if l.left >= 0 {
		left = v.word[l.left]
	}
	if l.right >= 0 {
		right = v.word[l.right]
	}
	f.three(left, right, v.marked[i])
	f.three(left, right, v.tag[i])
}

// towards describes the way from token i to a cue c.
func (v *view) towards(f *feeder, i, c int, side uint64) {
	if c < 0 {
		f.two(side, v.tag[i])
		f.template += 9
		return
	}
	lo, hi := min(i, c), max(i, c)
	commas := uint64(0)
	for k := lo + 1; k < hi && commas < 2; k++ {
		if v.toks[k].low == "," {
			commas++
		}
	}
	f.template++
	d, next := distance(hi-lo), uint64(0)
	if c+1 < len(v.word) {
		next = v.word[c+1]
	}
	f.two(v.word[c], d)
	f.three(v.word[c], commas, v.marked[i])
	f.three(v.word[c], next, v.tag[i])
	f.two(v.word[c], v.tag[i])
	f.three(v.prior[c], d, v.tag[i])
	f.three(v.prior[c], commas, v.group[i])
	f.three(v.word[c], v.rule[c], v.rule[i])
	f.three(v.group[c], v.group[i], commas)
	f.three(next, v.rule[i], v.group[i])
}
