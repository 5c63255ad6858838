package quote

import (
	"slices"
	"sort"
	"strings"

	"onrecord/data/quote/chain"
)

// learned replaces what the rules found by what the models make of it; turns of
// transcripts stay.
func (a *article) learned(m *models) {
	t := m.taggers.Get().(*tagger)
	defer m.taggers.Put(t)
	v := a.newView(t.room)
	defer func() { t.room = v.room }()
	var paras []phrase
	a.paragraphs(func(p phrase) {
		if !a.here(p.lo).turn {
			paras = append(paras, p)
		}
	})
	l := t.labelAll(v, paras)
	byRules := a.findings
	a.findings = nil
	clear(a.covered)
	for _, f := range byRules {
		if f.turn > 0 || f.form == formSigned {
			a.add(f)
		}
	}
	have := make(taken, len(a.toks))
	var all []decided
	for _, r := range t.readings(v, l, paras, byRules) {
		f, chance := a.decide(t, v, l, r)
		if f == nil || r[0].origin == fromRulesAlone && have.holds(a, f) {
			continue
		}
		have.add(a, f)
		all = append(all, decided{f, r[0].rule, chance})
	}
	for _, d := range a.once(all) {
		a.add(d.f)
	}
}

// decide makes a statement of the best reading of a cue. Where the rules found
// a quotation beside it, marks leave no doubt.
func (a *article) decide(t *tagger, v *view, l *labelled, r readings) (*finding, float32) {
	f, rule := r[0].f, r[0].rule
	if rule != nil && a.kind(rule) == Direct {
		a.heed(f, rule)
		return f, 2
	}
	if r[0].origin == fromRulesAlone && (a.marksClause(rule) || rule.form == formAccording || rule.form == formPhrase && a.kind(rule) == Mixed) {
		return f, 1
	}
	if rule != nil && a.isCleft(rule) {
		f.parts = rule.parts
		a.heed(f, rule)
		return f, 1
	}
	if rule != nil && a.callsSo(rule) {
		f.parts = rule.parts
		a.heed(f, rule)
		return f, 1
	}
	c, chance := t.choose(v, l, r)
	if c == nil || rule == nil && v.reads(r[0].cue.phrase, f.source) {
		return nil, 0
	}
	f.parts = c.parts
	if rule == nil && a.isDeed(f) {
		return nil, 0
	}
	if rule != nil {
		if rule.form == formInserted && len(rule.parts) > 1 {
			f.parts = rule.parts
		}
		a.heed(f, rule)
	}
	return f, chance
}

// marksClause tells whether a content found by the rules begins with "that",
// after its cue: which verb it belongs to is sure then.
func (a *article) marksClause(rule *finding) bool {
	p := a.tokensIn(rule.parts[0])
	return rule.form == formClause && !p.empty() && a.here(p.lo).marksClause(p.lo)
}

// callsSo tells whether the rules found what somebody is called: "called the
// landing a disgrace".
func (a *article) callsSo(rule *finding) bool {
	cue, p := a.tokensIn(rule.cue), a.tokensIn(rule.parts[0])
	if cue.empty() || p.empty() {
		return false
	}
	c := a.here(cue.lo)
	g := c.verbIn(cue)
	n, ok := c.nounStarting(p.lo)
	if g == nil || g.cue == nil || !ok || n.hi >= p.hi {
		return false
	}
	_, ok = c.calledSo(g, n.hi)
	return ok
}

// isCleft tells whether the rules found a content that "was" parts from its cue:
// "what Lund said was a promise".
func (a *article) isCleft(rule *finding) bool {
	if rule.source.empty() || rule.form != formClause {
		return false
	}
	c := a.here(rule.source.lo)
	return c.low(rule.source.lo-1) == "what"
}

// heed takes from the rules' finding of the same cue what they know better: the
// quotation beside a cue is all that was said there, and a source where the
// model found none.
func (a *article) heed(f, rule *finding) {
	if a.kind(rule) == Direct {
		parts := append([]Span(nil), rule.parts...)
		for _, p := range f.parts {
			if a.quotedSpan(p) {
				parts = append(parts, p)
			}
		}
		f.parts = joinParts(parts)
	}
	if !rule.source.empty() && (f.source.empty() || a.describedFurther(f.mention, rule.mention)) {
		f.source, f.mention = rule.source, rule.mention
	}
	if len(f.parts) > 1 {
		f.parts = slices.DeleteFunc(f.parts, func(p Span) bool { return rule.mention.contains(p) || a.saysNothing(p) })
	}
	if len(f.parts) == 0 {
		f.parts = rule.parts
	}
}

// saysNothing: the "what" of "what Lund called the weir", beside another part.
func (a *article) saysNothing(s Span) bool {
	switch strings.ToLower(s.Of(a.text.Source)) {
	case "what", "which", "who", "that":
		return true
	}
	return false
}

// describedFurther tells whether the rules go on from a mention to a relative
// clause that belongs to it: "Lund, who counts them".
func (a *article) describedFurther(mine, rules Span) bool {
	if mine.Start != rules.Start || mine.End >= rules.End {
		return false
	}
	switch more := a.tokensIn(Span{mine.End, rules.End}); {
	case more.empty() || a.toks[more.lo].low != ",":
		return false
	default:
		w := a.toks[more.lo+1].low
		return more.hi > more.lo+1 && (w == "who" || w == "whose" || w == "which")
	}
}

// quotedSpan tells whether a span lies in quotation marks.
func (a *article) quotedSpan(s Span) bool {
	k := sort.Search(len(a.quotes), func(i int) bool { return a.quotes[i].End > s.Start })
	return k < len(a.quotes) && a.quotes[k].contains(s)
}

// taken are the tokens of the cues and contents of statements, by token.
type taken []bool

func (t taken) add(a *article, f *finding) {
	p := a.tokensIn(f.cue)
	for i := p.lo; i < p.hi; i++ {
		t[i] = true
	}
}

// holds tells whether a token of f's belongs to a statement already.
func (t taken) holds(a *article, f *finding) bool {
	p := a.tokensIn(f.cue)
	for i := p.lo; i < p.hi; i++ {
		if t[i] {
			return true
		}
	}
	return false
}

// joinParts puts parts in order and joins those that touch or overlap.
func joinParts(all []Span) []Span {
	sort.Slice(all, func(i, k int) bool { return all[i].Start < all[k].Start })
	out := all[:0]
	for _, s := range all {
		if n := len(out); n > 0 && s.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// tagger labels articles; it belongs to one goroutine.
type tagger struct {
	statements, roles, judge *chain.Model
	ends                     *chain.Model
	seq                      chain.Sequence
	scratch                  chain.Scratch
	statementMemo, roleMemo  *chain.Memo
	labels                   []uint8
	bias, roleBias           []float32 // of statements and roles
	room                     viewRoom

	keep func(*candidate, *chain.Sequence) // while learning: told of every ending
}

// cueBias is added to the score of a cue's first label, so that doubtful cues
// are looked at; with the second one added to as well, cues grew too long.
// Measured on articles kept from training.
const cueBias = 1.3

var statementBias = []float32{cueFirst: cueBias}

// learningBias is the same while the models that come after learn: more makes them
// no better.
var learningBias = []float32{cueFirst: 1}

// contentBias is added to the score of a content's first label, so that a
// quotation further on, after other cues, is not lightly taken for this one's.
// Measured as cueBias is.
const contentBias = -0.2

var roleBias = []float32{roleContentFirst: contentBias}

// labelAll asks the statement model of every paragraph.
func (t *tagger) labelAll(v *view, paras []phrase) *labelled {
	l := newLabelled(len(v.toks))
	for _, p := range paras {
		t.seq.For(t.statements, t.bias)
		v.statementFeatures(p, &t.seq, t.statementMemo)
		scores := t.statements.Scores(&t.seq, t.bias, &t.scratch)
		t.labels = t.statements.Best(&t.seq, scores, &t.scratch, t.labels)
		chances := t.statements.Chances(&t.seq, scores, &t.scratch)
		for i := p.lo; i < p.hi; i++ {
			y := t.labels[i-p.lo]
			l.set(i, y, chances[(i-p.lo)*int(statementLabels)+int(y)])
		}
		l.findCues(p, chances)
	}
	return l
}

// findCues notes the cues of a paragraph.
func (l *labelled) findCues(p phrase, chances []float32) {
	for i := p.lo; i < p.hi; i++ {
		if y := l.labels[i]; y != cueFirst && y != cueMore {
			continue
		}
		c := cueSpan{phrase: phrase{i, i + 1}, chance: 1}
		for c.hi < p.hi && l.labels[c.hi] == cueMore {
			c.hi++
		}
		for k := c.lo; k < c.hi; k++ {
			at := (k - p.lo) * int(statementLabels)
			c.chance = min(c.chance, chances[at+int(cueFirst)]+chances[at+int(cueMore)])
		}
		l.cues = append(l.cues, c)
		i = c.hi - 1
	}
}

// reading makes a statement of a cue of paragraph p and the window w around it,
// nil where the model of roles finds no content.
func (t *tagger) reading(v *view, l *labelled, p, w phrase, cue cueSpan) *candidate {
	t.seq.For(t.roles, t.roleBias)
	v.roleFeatures(l, p, w, cue.phrase, &t.seq, t.roleMemo)
	scores := t.roles.Scores(&t.seq, t.roleBias, &t.scratch)
	t.labels = t.roles.Best(&t.seq, scores, &t.scratch, t.labels)
	c := v.here(cue.lo)
	f := &finding{sent: v.toks[cue.lo].sent, cue: c.span(cue.phrase)}
	last := phrase{}
	for _, part := range segments(t.labels, w.lo, roleContentFirst) {
		if s := v.part(part, cue.phrase); s.Len() > 0 {
			f.parts = append(f.parts, s)
			last = part
		}
	}
	if len(f.parts) == 0 {
		return nil
	}
	f.parts = joinParts(f.parts)
	if source, ok := nearest(segments(t.labels, w.lo, roleSourceFirst), cue.phrase); ok {
		if s, c := v.subjectIn(source), v.here(source.lo); !c.temporal(s.head) {
			f.source, f.mention = s, c.mention(s)
		}
	}
	v.describeCue(f, cue.phrase)
	if f.source.empty() && !v.undergone(cue.phrase) {
		v.nearSource(f, l, cue.phrase)
	}
	v.pastObject(f, cue.phrase)
	chances := t.roles.Chances(&t.seq, scores, &t.scratch)
	r := &candidate{f: f, parts: f.parts, cue: cue, sure: sureness(t.labels, chances)}
	if r.end = v.endingOf(last, cue.phrase); r.end != nil {
		t.weighEnds(v, l, r, contentChances(chances), w.lo)
	}
	return r
}

// contentChances are the chances of a token to be content, out of those of all
// roles.
func contentChances(chances []float32) []float32 {
	out := make([]float32, len(chances)/int(roleLabels))
	for i := range out {
		out[i] = chances[i*int(roleLabels)+int(roleContentFirst)] + chances[i*int(roleLabels)+int(roleContentMore)]
	}
	return out
}

// sureness is the mean chance of the labels of contents.
func sureness(labels []uint8, chances []float32) float32 {
	sum, n := float32(0), float32(0)
	for i, y := range labels {
		if y >= roleContentFirst {
			sum += chances[i*int(roleLabels)+int(y)]
			n++
		}
	}
	return sum / max(n, 1)
}

// segments are the runs of a label and its successor; at is the first token.
func segments(labels []uint8, at int, first uint8) []phrase {
	var out []phrase
	for i := 0; i < len(labels); i++ {
		if labels[i] != first && labels[i] != first+1 {
			continue
		}
		k := i + 1
		for k < len(labels) && labels[k] == first+1 {
			k++
		}
		out = append(out, phrase{at + i, at + k})
		i = k - 1
	}
	return out
}

// nearest is the phrase that stands nearest to a cue.
func nearest(all []phrase, cue phrase) (phrase, bool) {
	best, gap := phrase{}, -1
	for _, p := range all {
		d := cue.lo - p.hi
		if p.lo >= cue.hi {
			d = p.lo - cue.hi
		}
		if gap < 0 || d < gap {
			best, gap = p, d
		}
	}
	return best, gap >= 0
}

// part is the span of content tokens: marks at its ends left out, quotations
// whole unless the cue stands in them too.
func (v *view) part(p, cue phrase) Span {
	for p.hi > p.lo && v.outerMark(p.hi-1) {
		p.hi--
	}
	for p.hi > p.lo && v.outerMark(p.lo) {
		p.lo++
	}
	if p.empty() {
		return Span{}
	}
	s := Span{v.toks[p.lo].Start, v.toks[p.hi-1].End}
	if q := v.toks[p.lo].q; q >= 0 && q != v.toks[cue.lo].q {
		s.Start = min(s.Start, v.quotes[q].Start)
	}
	if q := v.toks[p.hi-1].q; q >= 0 && q != v.toks[cue.lo].q {
		s.End = max(s.End, v.quotes[q].End)
	}
	return s
}

// outerMark tells whether a token is a mark that ends or parts clauses, outside
// of quotations.
func (v *view) outerMark(i int) bool {
	if v.toks[i].quoted() {
		return false
	}
	switch v.toks[i].low {
	case ",", ".", ";", ":", "-", "--", "—", "–":
		return true
	}
	return false
}

// subjectIn is a source's phrase with its head, the first noun phrase in it.
func (v *view) subjectIn(p phrase) subject {
	c := v.here(p.lo)
	p = c.beforeWhen(p)
	for i := p.lo; i < p.hi && c.in(i); i++ {
		if k := c.nounAt[i-c.s.lo]; k >= 0 {
			n := c.nouns[k]
			return subject{phrase: p, head: phrase{max(n.lo, p.lo), min(n.hi, p.hi)}}
		}
	}
	return subject{phrase: p, head: phrase{p.lo, p.lo + 1}}
}

func (v *view) inParts(f *finding, s subject) bool {
	for _, p := range f.parts {
		if p.overlaps(Span{v.toks[s.lo].Start, v.toks[s.hi-1].End}) {
			return true
		}
	}
	return false
}

// describeCue fills in who spoke, where the model doesn't tell.
func (v *view) describeCue(f *finding, cue phrase) {
	c := v.here(cue.lo)
	for k := range c.verbs {
		g := &c.verbs[k]
		if g.hi <= cue.lo || g.lo >= cue.hi {
			continue
		}
		if f.source.empty() && !v.undergone(cue) {
			v.findSource(f, c, g)
		}
		if g.cue != nil {
			return
		}
	}
}

// findSource gives a statement without a source the subject of its cue's verb
// or, where that has none of its own, of the sentence's main verb: "Lund opened
// the bridge, promising to …".
func (v *view) findSource(f *finding, c *clauses, g *verbGroup) {
	s, ok := c.subjectOf(g)
	if !ok && (g.ing || g.inf) {
		s, ok = c.mainSubject(g.lo)
	}
	if ok && !v.inParts(f, s) && c.canSpeak(s) {
		f.source, f.mention = s, c.mention(s)
	}
}

// nearSource gives a statement without a source the nearest one that the
// statement model sees in the sentence.
func (v *view) nearSource(f *finding, l *labelled, cue phrase) {
	in := v.sents[f.sent]
	var near []phrase
	for _, p := range segments(l.labels[in.lo:in.hi], in.lo, sourceFirst) {
		if s := v.subjectIn(p); !v.inParts(f, s) && !v.here(p.lo).temporal(s.head) {
			near = append(near, p)
		}
	}
	if p, ok := nearest(near, cue); ok {
		f.source = v.subjectIn(p)
		f.mention = v.here(p.lo).mention(f.source)
	}
}

// pastObject gives a participle or an infinitive that follows somebody to whom, or
// with whom, something is done the subject of the sentence: "Ambledown wrote to Lund
// asking that …", "thanked Lund, and urged …".
func (v *view) pastObject(f *finding, cue phrase) {
	c, s := v.here(cue.lo), f.source
	g := c.verbIn(cue)
	if g == nil || !g.ing && !g.inf || s.empty() || s.lo <= c.s.lo || s.hi > g.lo {
		return
	}
	apart := c.low(g.lo - 1)
	set := s.hi == g.lo && (objectOf.has(c.low(s.lo-1)) && g.ing) || s.hi == g.lo-1 && (apart == "," || apart == "and") && v.isObject(c, s)
	if !set && !(g.inf && v.apposedObject(c, s, g.lo-1)) {
		return
	}
	if m, ok := c.mainSubject(g.lo); ok && m.hi < s.lo && c.canSpeak(m) && !v.inParts(f, m) {
		f.source, f.mention = m, c.mention(m)
	}
}

// apposedObject tells whether a name between commas, before the "to" of an
// infinitive, tells who an object is: "breaking with the keeper, Lund, to argue".
func (v *view) apposedObject(c *clauses, s subject, to int) bool {
	hi := s.hi
	if c.low(hi-1) == "," {
		hi--
	}
	n, ok := c.nounEnding(s.lo - 1)
	return ok && n.lo > c.s.lo && hi == to-1 && c.low(hi) == "," && c.low(s.lo-1) == "," && v.isObject(c, subject{phrase: n})
}

// objectOf are prepositions after which somebody is no speaker: not "of", for a
// video of Lund saying something shows Lund.
var objectOf = set("to on at against")

// isObject tells whether a verb or a preposition stands right before somebody.
func (v *view) isObject(c *clauses, s subject) bool {
	return c.is(s.lo-1, "IN", "TO") || v.group[s.lo-1] >= verbBefore
}

// reads tells whether somebody only reads: "Lund read a chapter in the hall".
// What reads by itself, a letter or a sign, says something.
func (v *view) reads(cue phrase, s subject) bool {
	switch v.toks[cue.hi-1].low {
	case "read", "reads", "reading":
		return !s.empty() && v.here(s.head.lo).takeApart(s.head).person
	}
	return false
}

// undergone tells whether a cue's verb happens to its subject: "was asked", and
// "Asked whether …, Lund said", where Lund did not ask.
func (v *view) undergone(cue phrase) bool {
	c := v.here(cue.lo)
	for k := range c.verbs {
		g := &c.verbs[k]
		if g.hi <= cue.lo || g.lo >= cue.hi {
			continue
		}
		bare := g.lo == g.main && c.is(g.main, "VBN", "VBD")
		return g.passive || bare && (g.lo == c.s.lo || c.is(g.lo-1, "WRB", "IN"))
	}
	return false
}
