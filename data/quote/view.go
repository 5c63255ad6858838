package quote

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Labels of the statement model. A span's first token has the odd one.
const (
	noLabel uint8 = iota
	sourceFirst
	sourceMore
	cueFirst
	cueMore
	contentFirst
	contentMore
	statementLabels // how many
)

// view is an article's tokens as numbers, for the features of the models. All
// slices are by token.
type view struct {
	*article
	word      []uint64
	stem      []uint64
	border    []uint64 // of a comma or conjunction: whether a clause or another statement follows
	inside    []uint64 // brackets 1, dashes 2
	sense     []uint64 // of a noun phrase: what it stands for; of a verb group: its subject and what follows
	tag       []uint64
	suffix    []uint64 // the last three letters
	shape     []uint64
	group     []uint64 // its place in a noun phrase or verb group
	marked    []uint64 // its place in a quotation: outside 0, first 1, inside 2, last 3; in a fragment 4 to 6
	rule      []uint64 // its label in what the rules found
	ruleCue   []uint64 // the last word of the cue of that
	prior     []uint64 // how often annotators took the word for a cue
	stemPrior []uint64 // the same of its stem, finer
	frames    []uint64 // what may follow it, by the lexicon of cues; 0 for other words
	verb      []int    // the main token of its verb group, or of the next one after its noun phrase; -1
	byRule    []*finding
	room      viewRoom
}

// viewRoom is memory that one view after the other takes.
type viewRoom struct {
	numbers []uint64
	ways    []way
	looks   []lookout
}

// newView numbers the tokens; the rules' findings are the article's.
func (a *article) newView(room viewRoom) *view {
	n := len(a.toks)
	room.numbers = slices.Grow(room.numbers[:0], 15*n)
	all := room.numbers[:15*n]
	clear(all)
	v := &view{article: a, verb: filled(n), byRule: make([]*finding, n), room: room}
	for i, s := range []*[]uint64{&v.word, &v.tag, &v.suffix, &v.shape, &v.group, &v.marked, &v.rule, &v.prior, &v.stem, &v.sense, &v.border, &v.inside, &v.stemPrior, &v.frames, &v.ruleCue} {
		*s = all[i*n : (i+1)*n : (i+1)*n]
	}
	for i := range a.toks {
		t := &a.toks[i]
		w := t.word
		v.word[i], v.stem[i], v.suffix[i], v.shape[i], v.frames[i] = w.hash, w.stem, w.suffix, w.shape, w.frames
		v.tag[i] = hashString(t.tag)
		v.prior[i], v.stemPrior[i] = w.prior, w.stemPrior
	}
	for q := range a.quoteTok {
		v.markQuotation(q)
	}
	for _, c := range a.clauses {
		v.groups(c)
		v.borders(c)
	}
	v.rules()
	return v
}

// markQuotation places the tokens of a quotation. A fragment ends without a mark
// of its own.
func (v *view) markQuotation(q int) {
	p, from := v.quoteTok[q], uint64(0)
	if p.empty() {
		return
	}
	if v.shape[p.hi-1] != shapeMark {
		from = 3
	}
	for i := p.lo; i < p.hi; i++ {
		if v.toks[i].q == q {
			v.marked[i] = 2 + from
		}
	}
	v.marked[p.hi-1] = 3 + from
	v.marked[p.lo] = 1 + from
}

// borderKinds is how many values a border has: what follows, and whether that
// ends a content.
const (
	followKinds = 22
	borderKinds = 1 + 2*followKinds
)

// borders looks at commas and conjunctions as the rules do, and notes brackets
// and dashes.
func (v *view) borders(c *clauses) {
	bracket, dash := uint64(0), uint64(0)
	for i := c.s.lo; i < c.s.hi; i++ {
		switch low := c.low(i); {
		case low == "(" || low == "[":
			bracket = 1
		case low == ")" || low == "]":
			bracket = 0
		case low == "-" || low == "--" || low == "—" || low == "–":
			dash ^= 2
		case low == "," || low == ";" || c.is(i, "CC", "IN", "WDT", "WP", "WRB", "TO"):
			v.border[i] = 1 + v.follows(c, i+1)
			if !c.toks[i].quoted() && (low == "," || low == ";" || c.is(i, "CC")) && c.leavesContent(c.s.lo, i) {
				v.border[i] += followKinds
			}
		}
		v.inside[i] = bracket | dash
	}
}

// hashString is FNV-1a.
func hashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// Shapes of a token, as bits.
const (
	shapeUpper = 1 << iota // begins with a capital
	shapeAll               // is all capitals
	shapeDigit
	shapeMark // no letter and no digit
	shapeJoin // a hyphen or point inside
)

func shapeOf(s string) uint64 {
	r, n := utf8.DecodeRuneInString(s)
	shape := uint64(0)
	switch {
	case unicode.IsUpper(r):
		shape = shapeUpper
		if len(s) > n && noLower(s) {
			shape |= shapeAll
		}
	case unicode.IsDigit(r):
		shape = shapeDigit
	case !unicode.IsLetter(r):
		return shapeMark
	}
	if strings.ContainsAny(s, "-.") {
		shape |= shapeJoin
	}
	return shape
}

// noLower tells whether a word has no small letter.
func noLower(s string) bool {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z':
			return false
		case c >= utf8.RuneSelf:
			return s == strings.ToUpper(s)
		}
	}
	return true
}

// Places in a group.
const (
	groupNone uint64 = iota
	nounFirst
	nounMore
	nounLast
	verbBefore // an auxiliary
	verbMain   // and here the kinds of verb groups follow
)

func (v *view) groups(c *clauses) {
	for k := range c.verbs {
		g := &c.verbs[k]
		for i := g.lo; i < g.hi; i++ {
			v.group[i] = verbBefore
			v.verb[i] = g.main
		}
		v.group[g.main] = verbMain + verbKind(g)
	}
	next := -1
	for i := c.s.hi - 1; i >= c.s.lo; i-- {
		if v.verb[i] >= 0 {
			next = v.verb[i]
		} else {
			v.verb[i] = next
		}
	}
	for _, n := range c.nouns {
		for i := n.lo; i < n.hi; i++ {
			v.group[i] = nounMore
		}
		v.group[n.hi-1] = nounLast
		v.group[n.lo] = nounFirst
		v.fill(n, 1+v.nounSense(c, n))
	}
	for k := range c.verbs {
		g := &c.verbs[k]
		subject := uint64(0)
		if s, ok := c.subjectOf(g); ok {
			subject = 1 + v.nounSense(c, s.head)
		}
		v.fill(g.phrase, verbSense+32*v.follows(c, g.hi)+subject)
	}
}

// verbSense is the least sense of a verb group; those of noun phrases are smaller.
const verbSense = 100

func (v *view) fill(p phrase, sense uint64) {
	for i := p.lo; i < p.hi; i++ {
		v.sense[i] = sense
	}
}

// nounSense is what a noun phrase stands for.
func (v *view) nounSense(c *clauses, n phrase) uint64 {
	if m, ok := c.nounStarting(n.lo); ok && m == n && v.sense[n.lo] != 0 && v.sense[n.lo] < verbSense {
		return v.sense[n.lo] - 1
	}
	is := c.takeApart(n)
	switch {
	case is.kind == somePronoun && c.low(n.lo) == "it":
		return 10
	case is.kind == named:
		return 11 + b2u(is.person) + 2*b2u(is.sure)
	case is.kind == thing && c.temporal(n):
		return 15
	}
	return uint64(is.kind)
}

// Some of what may follow a verb or a border.
const (
	followInfinitive = 3
	followThing      = 11 // any other noun phrase, and here five kinds of those follow
)

// follows is what stands at token i, after a verb.
func (v *view) follows(c *clauses, i int) uint64 {
	if !c.in(i) {
		return 0
	}
	t := &c.toks[i]
	switch {
	case t.quoted() && v.marked[i]%3 == 1:
		return 1
	case t.low == "that":
		return 2
	case t.low == "to" && c.is(i+1, "VB"):
		return followInfinitive
	case c.whether(i):
		return 4
	case t.low == ",":
		return 5
	case t.low == ":":
		return 6
	case t.low == "." || t.low == ";":
		return 7
	}
	if n, ok := c.nounStarting(i); ok {
		if g := c.verbStarting(n.hi); g != nil && g.finite {
			return 8
		}
		if c.low(n.hi) == "that" {
			return 9
		}
		if c.low(n.hi) == "to" && c.is(n.hi+1, "VB") {
			return 10
		}
		return followThing + min(5, v.nounSense(c, n))
	}
	switch {
	case t.tag == "IN" || t.tag == "TO":
		return 17
	case t.adverb():
		return 18
	case t.verb():
		return 19
	case strings.HasPrefix(t.tag, "JJ"):
		return 20
	}
	return 21
}

// stem cuts a word's ending off, so that the forms of a verb are mostly one.
func stem(low string) string {
	for _, end := range []string{"'s", "ies", "ied", "ing", "ed", "es", "s", "e", "y"} {
		if cut := strings.TrimSuffix(low, end); len(cut) < len(low) && len(cut) >= 3 {
			low = cut
			break
		}
	}
	if n := len(low); n > 3 && low[n-1] == low[n-2] {
		low = low[:n-1]
	}
	return low
}

func verbKind(g *verbGroup) uint64 {
	kind := uint64(0)
	for i, is := range []bool{g.finite, g.ing, g.inf, g.passive, g.negated, g.future} {
		if is {
			kind |= 1 << i
		}
	}
	return kind
}

// rules labels the tokens of what the rules found.
func (v *view) rules() {
	for _, f := range v.findings {
		cue := v.lastWord(f.cue)
		for _, p := range f.parts {
			v.label(f, cue, p, contentFirst)
		}
	}
	for _, f := range v.findings {
		cue := v.lastWord(f.cue)
		v.label(f, cue, f.mention, sourceFirst)
		v.label(f, cue, f.cue, cueFirst)
	}
}

// lastWord is the last word of a span, 0 of an empty one.
func (v *view) lastWord(s Span) uint64 {
	p := v.tokensIn(s)
	if p.empty() {
		return 0
	}
	return v.word[p.hi-1]
}

func (v *view) label(f *finding, cue uint64, s Span, first uint8) {
	p := v.tokensIn(s)
	for i := p.lo; i < p.hi; i++ {
		v.rule[i] = uint64(first) + 1
		v.byRule[i], v.ruleCue[i] = f, cue
	}
	if !p.empty() {
		v.rule[p.lo] = uint64(first)
	}
}

// tokensIn are the tokens that begin inside of a span.
func (a *article) tokensIn(s Span) phrase {
	if s.Len() <= 0 {
		return phrase{}
	}
	lo := sort.Search(len(a.toks), func(i int) bool { return a.toks[i].Start >= s.Start })
	hi := lo
	for hi < len(a.toks) && a.toks[hi].Start < s.End {
		hi++
	}
	return phrase{lo, hi}
}

// paragraphs calls f with the tokens of each speaking paragraph that has some.
func (a *article) paragraphs(f func(p phrase)) {
	for s := 0; s < len(a.sents); {
		k := s
		for k < len(a.sents) && a.sents[k].para == a.sents[s].para {
			k++
		}
		if p := (phrase{a.sents[s].lo, a.sents[k-1].hi}); !p.empty() {
			f(p)
		}
		s = k
	}
}
