package quote

import (
	"fmt"
	"sort"
	"strings"

	"github.com/jdkato/prose/v3/segment"

	"onrecord/data/quote/pos"
)

// Extractor finds the statements of articles. It holds what is costly to load
// and is safe for concurrent use.
type Extractor struct {
	reader reader
	models *models // nil where the rules stand alone
}

// New loads what is part of the binary; it takes some milliseconds. It fails
// only where the binary itself is damaged.
func New() (*Extractor, error) {
	m, err := readModels(modelBytes)
	if err != nil {
		return nil, fmt.Errorf("loading the statement model: %w", err)
	}
	e, err := newRules()
	if err != nil {
		return nil, err
	}
	e.models, e.reader.priors = m, m.priors
	return e, nil
}

// newRules is New without the models: what they learn from.
func newRules() (*Extractor, error) {
	segmenter, err := segment.New()
	if err != nil {
		return nil, fmt.Errorf("loading the sentence model: %w", err)
	}
	tagger, err := pos.New()
	if err != nil {
		return nil, err
	}
	return &Extractor{reader: reader{segmenter: segmenter, tagger: tagger}}, nil
}

// finding is a statement in the making. A proposer gives it parts, and a cue
// and a source where it has them; resolve.go adds who that is.
type finding struct {
	sent      int // sentence of the cue, or of the first part where there is none
	parts     []Span
	cue       Span
	act       Act
	form      form    // which rule found it
	source    subject // zero where no words stand for it
	mention   Span
	addressee Span
	venue     Span
	when      Span
	date      string // of when, or ""
	turn      int
	follows   *finding // the statement whose source a floating quotation shares

	who  *entity
	role string // as this mention words it, or ""

	inside bool // the cue stands in another's content; known once all are found
}

// form is which rule found a statement.
type form uint8

const (
	formOther     form = iota // none, or one of those that need what others found
	formTurn                  // a turn of a transcript
	formAfter                 // a quotation with its cue after it
	formBefore                // a quotation with its cue before it
	formSigned                // a quotation with a name after a dash
	formClause                // a clause after its cue
	formPhrase                // a noun phrase after its cue
	formInserted              // a cue inside its content, or after it
	formAccording             // according to somebody
)

func (f *finding) end() int { return f.parts[len(f.parts)-1].End }

// article is what the stages share: each fills its part and reads the earlier
// ones'.
type article struct {
	text     Text
	quotes   []quotation
	sents    []sentence
	toks     []token
	clauses  []*clauses // by sentence
	people   *people
	findings []*finding
	bySent   [][]*finding       // the same by their sentences
	used     map[int]bool       // verb groups, by first token, that are cues already
	quoteTok []phrase           // by quotation: its tokens
	covered  []*finding         // by quotation: the finding that shows it
	titles   map[int]wholeTitle // titles of several nouns, by their first tokens and the name's
	oneHead  **entity           // who the head of state is, once asked; see author.go
	meant    map[phrase]*entity // who a pronoun or description is, by its first token; see discourse.go
}

// Statements finds every statement of an article, in the order of their first
// parts.
func (e *Extractor) Statements(t Text) []Statement {
	a := e.analyse(t)
	a.propose()
	if e.models != nil {
		a.learned(e.models)
	}
	a.leaveTurns()
	a.indexFindings()
	a.endCues()
	a.endSubordinates()
	a.colonLabels()
	a.floating()
	a.inOrder()
	a.resolve()
	a.acts()
	a.settings()
	out := make([]Statement, 0, len(a.findings))
	for _, f := range a.findings {
		out = append(out, a.statement(f))
	}
	return out
}

// endCues ends a cue where its content begins: "declined" of "declined to name".
func (a *article) endCues() {
	for _, f := range a.findings {
		if at := f.parts[0].Start; f.cue.Start < at && at < f.cue.End {
			f.cue.End = f.cue.Start + len(strings.TrimRight(a.text.Source[f.cue.Start:at], " \t\n\u00a0"))
		}
	}
}

// inOrder sorts the findings by their first parts and tells which of them stand
// inside others.
func (a *article) inOrder() {
	sort.SliceStable(a.findings, func(i, k int) bool { return a.findings[i].parts[0].Start < a.findings[k].parts[0].Start })
	a.indexFindings()
	for _, f := range a.findings {
		f.inside = a.insideOther(f)
	}
}

// indexFindings notes which findings stand in which sentence.
func (a *article) indexFindings() {
	clear(a.bySent)
	for _, f := range a.findings {
		a.bySent[f.sent] = append(a.bySent[f.sent], f)
	}
}

// propose asks the rules, less those that need what the others found.
func (a *article) propose() {
	for _, rule := range []func(){a.transcript, a.speech, a.direct, a.indirect, a.accordingTo} {
		rule()
	}
}

func (e *Extractor) analyse(t Text) *article {
	a := &article{text: t, quotes: quotations(t), used: map[int]bool{}}
	a.sents, a.toks = e.reader.read(t, a.quotes)
	a.bySent = make([][]*finding, len(a.sents))
	for _, s := range a.sents {
		a.clauses = append(a.clauses, cut(t.Source, a.toks, a.quotes, s))
	}
	a.quoteTok = make([]phrase, len(a.quotes))
	a.covered = make([]*finding, len(a.quotes))
	for i, t := range a.toks {
		if t.q < 0 {
			continue
		}
		if p := &a.quoteTok[t.q]; p.empty() {
			*p = phrase{i, i + 1}
		} else {
			p.hi = i + 1
		}
	}
	a.people = findPeople(a.clauses)
	return a
}

func (a *article) statement(f *finding) Statement {
	s := Statement{Kind: a.kind(f), Act: f.act, Parts: f.parts, Cue: f.cue, Mention: f.mention,
		Addressee: f.addressee, Venue: f.venue, When: f.when, Date: f.date, Sentence: a.sents[f.sent].Span, Turn: f.turn}
	if f.who != nil {
		s.Speaker = Speaker{Name: f.who.name, Role: f.role, Person: f.who.person}
		if s.Speaker.Role == "" {
			s.Speaker.Role = f.who.role()
		}
	} else {
		s.Speaker.Role = f.role
	}
	return s
}

// kind tells whether the parts stand wholly, partly or not at all in
// quotation marks.
func (a *article) kind(f *finding) Kind {
	if f.turn > 0 {
		return Direct
	}
	all, some := true, false
	for _, p := range f.parts {
		in := false
		for k := sort.Search(len(a.quotes), func(i int) bool { return a.quotes[i].End > p.Start }); k < len(a.quotes) && a.quotes[k].Start < p.End; k++ {
			some = true
			in = in || a.quotes[k].contains(p)
		}
		all = all && in
	}
	switch {
	case all:
		return Direct
	case some:
		return Mixed
	}
	return Indirect
}

func (a *article) add(f *finding) {
	a.findings = append(a.findings, f)
	a.bySent[f.sent] = append(a.bySent[f.sent], f)
	a.cover(f)
}

// cover notes the quotations that a finding shows.
func (a *article) cover(f *finding) {
	for _, p := range f.parts {
		for k := sort.Search(len(a.quotes), func(i int) bool { return a.quotes[i].End > p.Start }); k < len(a.quotes) && a.quotes[k].Start < p.End; k++ {
			if a.covered[k] == nil && p.contains(a.quotes[k].Span) {
				a.covered[k] = f
			}
		}
	}
}
