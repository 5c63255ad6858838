package quote

import (
	"fmt"
	"io"

	"onrecord/data/quote/chain"
)

// Annotation is one attribution that a person marked. The spans of a role may
// be several.
type Annotation struct{ Source, Cue, Content []Span }

// Annotated is an article to learn from.
type Annotated struct {
	Text
	Annotations []Annotation
}

// jackknife is in how many parts the articles are cut so that the model of
// roles learns from what the statement model says of articles that it has not
// seen.
const jackknife = 4

// How many features the models keep, at eight bytes each: 3.6 MB. More gained
// little on articles kept from training.
const (
	statementRows = 250_000
	roleRows      = 120_000
	endRows       = 60_000
	judgeRows     = 20_000
)

// lesson is an article made ready.
type lesson struct {
	v     *view
	gold  []goldCue
	y     []uint8 // by token
	paras []phrase
	said  *labelled // what a statement model that has not seen it says of it
}

// goldCue is an annotation in tokens.
type goldCue struct {
	cue              phrase
	para             phrase
	sources, content []phrase
}

// Learn trains the models and gives them as bytes. The same articles in the
// same order give the same bytes. Progress goes to log.
func Learn(all []Annotated, log io.Writer) ([]byte, error) {
	e, err := newRules()
	if err != nil {
		return nil, err
	}
	m := &models{priors: priors{}}
	var lessons []*lesson
	for _, x := range all {
		a := e.analyse(x.Text)
		a.propose()
		lessons = append(lessons, &lesson{v: a.newView(viewRoom{})})
	}
	for i, x := range all {
		lessons[i].align(x.Annotations)
	}
	m.learnPriors(lessons)
	fmt.Fprintf(log, "%d articles, %d words of cues\n", len(lessons), len(m.priors))
	seqs := make([][]*chain.Sequence, len(lessons))
	for part := range jackknife {
		var taught []*lesson
		for i, x := range lessons {
			if i%jackknife != part {
				taught = append(taught, x)
			}
		}
		model := learnStatements(taught, 6)
		fmt.Fprintf(log, "part %d of %d\n", part+1, jackknife)
		for i, x := range lessons {
			if i%jackknife == part {
				seqs[i] = x.roleSequences(model)
			}
		}
	}
	m.roles = learnRoles(seqs, -1, 10)
	h := newHalves(lessons, seqs)
	m.ends = h.learnEnds(-1)
	m.judge = h.learnJudge()
	fmt.Fprintln(log, "roles, ends and judge")
	m.statements = learnStatements(lessons, 12)
	return m.bytes(), nil
}

func learnStatements(lessons []*lesson, rounds int) *chain.Model {
	var seqs []*chain.Sequence
	for _, x := range lessons {
		for _, p := range x.paras {
			s := &chain.Sequence{}
			x.v.statementFeatures(p, s, nil)
			s.Labels = x.y[p.lo:p.hi]
			seqs = append(seqs, s)
		}
	}
	return chain.Train(seqs, chain.Options{Labels: int(statementLabels), Edges: int(edges), Rounds: rounds, Rows: statementRows})
}

// learnRoles trains the model of roles on the windows of all articles but those
// of one half; -1 leaves out none.
func learnRoles(seqs [][]*chain.Sequence, without, rounds int) *chain.Model {
	var all []*chain.Sequence
	for i, s := range seqs {
		if i%2 != without {
			all = append(all, s...)
		}
	}
	return chain.Train(all, chain.Options{Labels: int(roleLabels), Edges: int(edges), Rounds: rounds, Rows: roleRows})
}

// halves are the articles in two halves, each with a model of roles that has not
// seen it: the models that look at its readings learn from those.
type halves struct {
	lessons []*lesson
	roles   [2]*chain.Model
	ends    [2][]*chain.Sequence
}

func newHalves(lessons []*lesson, seqs [][]*chain.Sequence) *halves {
	h := &halves{lessons: lessons}
	for half := range h.roles {
		h.roles[half] = learnRoles(seqs, half, 6)
		t := &tagger{roles: h.roles[half], roleMemo: chain.NewMemo()}
		h.each(half, func(x *lesson) { h.ends[half] = append(h.ends[half], x.endings(t)...) })
	}
	return h
}

func (h *halves) each(half int, f func(*lesson)) {
	for i, x := range h.lessons {
		if i%2 == half {
			f(x)
		}
	}
}

// learnEnds trains the model of ends on both halves, or on the one that is not
// without.
func (h *halves) learnEnds(without int) *chain.Model {
	var all []*chain.Sequence
	for half, s := range h.ends {
		if half != without {
			all = append(all, s...)
		}
	}
	return chain.Train(all, chain.Options{Labels: int(endLabels), Edges: int(chunkEdges), Rounds: 8, Rows: endRows})
}

// learnJudge trains the judge on what models make of articles that they have
// not seen.
func (h *halves) learnJudge() *chain.Model {
	var all []*chain.Sequence
	for half := range h.roles {
		t := &tagger{roles: h.roles[half], ends: h.learnEnds(half), roleMemo: chain.NewMemo()}
		h.each(half, func(x *lesson) { all = append(all, x.judgements(t)...) })
	}
	return chain.Train(all, chain.Options{Labels: int(judgeLabels), Edges: 1, Rounds: 8, Rows: judgeRows})
}

// endings are the contents of an article that begin where annotators have one
// begin, chunk by chunk, with whether it goes on.
func (x *lesson) endings(t *tagger) []*chain.Sequence {
	var out []*chain.Sequence
	t.keep = func(c *candidate, s *chain.Sequence) {
		hi, ok := x.endOf(c)
		if !ok || s.Len() == 0 {
			return
		}
		for k := 1; k < len(c.end.cuts); k++ {
			s.Labels = append(s.Labels, uint8(b2u(x.v.mostlyBefore(c.end.cuts[k-1], c.end.cuts[k], hi))))
		}
		out = append(out, s)
	}
	t.readings(x.v, x.said, x.paras, x.v.findings)
	t.keep = nil
	return out
}

// endOf is where annotators end the content that a candidate's last part begins.
func (x *lesson) endOf(c *candidate) (int, bool) {
	lo := c.end.part.lo
	for _, g := range x.gold {
		if g.cue.hi <= c.cue.lo || g.cue.lo >= c.cue.hi {
			continue
		}
		for _, p := range g.content {
			if p.lo <= lo+startSlack && p.lo >= lo-startSlack && p.hi > lo {
				return p.hi, true
			}
		}
	}
	return 0, false
}

// startSlack is how many tokens apart two contents may begin to be taken for
// one: a "that", an article.
const startSlack = 2

// mostlyBefore tells whether most words from lo to hi stand before end.
func (v *view) mostlyBefore(lo, hi, end int) bool {
	before, all := 0, 0
	for i := lo; i < hi; i++ {
		if v.shape[i] != shapeMark {
			all++
			before += int(b2u(i < end))
		}
	}
	return 2*before > all
}

// judgements are the readings of an article's cues, with how right each is.
func (x *lesson) judgements(t *tagger) []*chain.Sequence {
	var out []*chain.Sequence
	for _, r := range t.readings(x.v, x.said, x.paras, x.v.findings) {
		for _, c := range r {
			s := &chain.Sequence{}
			x.v.judgeFeatures(x.said, c, s)
			s.Labels = []uint8{x.rightness(c.parts)}
			out = append(out, s)
		}
	}
	return out
}

// rightness compares parts with the annotated contents.
func (x *lesson) rightness(parts []Span) uint8 {
	label := wrongContent
	mine := x.tokenSet(parts)
	for _, g := range x.gold {
		same, size := 0, 0
		for _, p := range g.content {
			for i := p.lo; i < p.hi; i++ {
				if x.v.shape[i] == shapeMark {
					continue
				}
				size++
				if mine[i] {
					same++
				}
			}
		}
		switch union := len(mine) + size - same; {
		case same == union:
			return rightContent
		case 2*same >= union:
			label = nearContent
		}
	}
	return label
}

// tokenSet is the words of spans, marks left out.
func (x *lesson) tokenSet(spans []Span) map[int]bool {
	set := map[int]bool{}
	for _, s := range spans {
		p := x.v.tokensIn(s)
		for i := p.lo; i < p.hi; i++ {
			if x.v.shape[i] != shapeMark {
				set[i] = true
			}
		}
	}
	return set
}

// align turns annotations into labels of tokens.
func (x *lesson) align(all []Annotation) {
	x.y = make([]uint8, len(x.v.toks))
	x.v.paragraphs(func(p phrase) { x.paras = append(x.paras, p) })
	for _, a := range all {
		g := goldCue{sources: x.phrases(a.Source), content: x.phrases(a.Content)}
		cues := x.phrases(a.Cue)
		if len(cues) == 0 {
			continue
		}
		g.cue = phrase{cues[0].lo, cues[len(cues)-1].hi}
		for _, p := range x.paras {
			if p.lo <= g.cue.lo && g.cue.hi <= p.hi {
				g.para = p
			}
		}
		if g.para.empty() {
			continue
		}
		x.mark(g.content, contentFirst)
		x.gold = append(x.gold, g)
	}
	for _, g := range x.gold {
		x.mark(g.sources, sourceFirst)
	}
	for _, g := range x.gold {
		x.mark([]phrase{g.cue}, cueFirst)
	}
}

func (x *lesson) phrases(spans []Span) []phrase {
	var out []phrase
	for _, s := range spans {
		if p := x.v.tokensIn(s); !p.empty() {
			out = append(out, p)
		}
	}
	return out
}

func (x *lesson) mark(all []phrase, first uint8) {
	for _, p := range all {
		for i := p.lo; i < p.hi; i++ {
			x.y[i] = first + 1
		}
		x.y[p.lo] = first
	}
}

// roleSequences are the windows of an article's annotated cues, with what a
// statement model says of them.
func (x *lesson) roleSequences(m *chain.Model) []*chain.Sequence {
	t := &tagger{statements: m, statementMemo: chain.NewMemo(), bias: learningBias}
	x.said = t.labelAll(x.v, x.paras)
	return x.windows()
}

// windows are the annotated cues with what is around them, for the model of
// roles.
func (x *lesson) windows() []*chain.Sequence {
	l := x.said
	var out []*chain.Sequence
	for _, g := range x.gold {
		s := &chain.Sequence{}
		w := x.v.nearby(g.para, g.cue)
		x.v.roleFeatures(l, g.para, w, g.cue, s, nil)
		s.Labels = make([]uint8, w.hi-w.lo)
		role := func(all []phrase, first uint8) {
			for _, p := range all {
				for i := max(p.lo, w.lo); i < min(p.hi, w.hi); i++ {
					if i < g.cue.lo || i >= g.cue.hi {
						s.Labels[i-w.lo] = first + 1
						if i == p.lo {
							s.Labels[i-w.lo] = first
						}
					}
				}
			}
		}
		role(g.content, roleContentFirst)
		role(g.sources, roleSourceFirst)
		out = append(out, s)
	}
	return out
}
