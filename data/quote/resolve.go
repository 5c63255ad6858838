package quote

import "strings"

// resolve gives each finding the person or body that its source means, the
// surest first: a name, then a description, then a pronoun. What stays open
// stays nameless.
func (a *article) resolve() {
	for _, f := range a.findings {
		switch {
		case f.follows != nil:
			f.who, f.role = f.follows.who, f.follows.role
		case !f.source.empty():
			f.who, f.role = a.identify(a.here(f.source.head.lo), f.source)
		}
	}
	a.nextParagraphNames()
}

// maxDepth bounds chains of relative pronouns.
const maxDepth = 3

func (a *article) identify(c *clauses, s subject) (*entity, string) {
	return a.identifyAt(c, s, maxDepth)
}

func (a *article) identifyAt(c *clauses, s subject, depth int) (*entity, string) {
	if s.empty() || s.loose || depth == 0 {
		return nil, ""
	}
	if c.joined(s) {
		return a.twoRoles(c, s)
	}
	n := c.takeApart(s.head)
	switch n.kind {
	case somePronoun:
		return a.pronoun(c, s.head.lo, depth)
	case named:
		e := a.people.at[s.head.lo]
		if e == nil {
			e = a.people.known(c, n)
		}
		return e, c.roleOf(s, n)
	case described:
		if e := a.people.appositive(c, s.head.hi); e != nil {
			return e, c.text(c.trimDeterminer(phrase{s.head.lo, c.reach(s.head.hi)}))
		}
		if e := a.secretary(c, s); e != nil {
			return e, c.text(c.trimDeterminer(s.head))
		}
		return a.people.described(c, s), c.text(s.phrase)
	case thing, group:
		return a.maker(c, s), ""
	}
	return nil, ""
}

// known is the person or body of a name as it stands elsewhere in the article:
// the owner in "Obama’s endorsement" has no mention of his own.
func (p *people) known(c *clauses, n naming) *entity {
	words := p.nameWords(c, n.name)
	if len(words) == 0 {
		return nil
	}
	last := words[len(words)-1]
	for _, e := range p.byLast[last] {
		if len(words) == 1 || e.words[0] == words[0] {
			return e
		}
	}
	if e := p.single[strings.Join(words, " ")]; e != nil || len(words) > 1 {
		return e
	}
	return p.byFirst(words[0])
}

// twoRoles is the person in "former secretary and presidential candidate Ada
// Lund": a description without an article joined to a title with its name.
func (a *article) twoRoles(c *clauses, s subject) (*entity, string) {
	and := s.head.lo
	for and < s.hi && c.low(and) != "and" {
		if givenNames[c.low(and)] != 0 || c.low(and) == "," {
			return nil, ""
		}
		and++
	}
	first, ok := c.nounEnding(and)
	if !ok || c.is(first.lo, "DT", "CD") || c.takeApart(first).kind != described {
		return nil, ""
	}
	n, ok := c.nounStarting(and + 1)
	if !ok || c.low(n.hi) == "and" {
		return nil, ""
	}
	if is := c.takeApart(n); is.kind == named && is.person && !is.title.empty() {
		return a.people.at[n.lo], c.text(phrase{s.lo, is.name.lo})
	}
	return nil, ""
}

// secretary is the person in "Secretary of State Ken Detzner", which the tagger
// reads as the secretary of somebody.
func (a *article) secretary(c *clauses, s subject) *entity {
	if c.low(s.head.hi-1) != "secretary" || c.low(s.head.hi) != "of" {
		return nil
	}
	n, ok := c.nounStarting(s.head.hi + 1)
	if !ok || n.hi-n.lo < 3 || n.hi > s.hi {
		return nil
	}
	e := a.people.known(c, naming{name: phrase{n.hi - 2, n.hi}})
	if e == nil && c.toks[n.hi-1].proper() && c.toks[n.hi-2].proper() {
		e = a.people.fullName(c, naming{name: phrase{n.hi - 2, n.hi}, person: true}, a.people.nameWords(c, phrase{n.hi - 2, n.hi}))
	}
	return e
}

// makers are what stands between a study and its maker.
var makers = set("by from conducted published released commissioned done written issued prepared")

// maker is who made the study, poll or report that a mention speaks of: "an
// analysis by the Pew Research Center", "a survey conducted by Gallup".
func (a *article) maker(c *clauses, s subject) *entity {
	by := s.head.hi
	if !makers[c.low(by)] || groupNouns[c.low(by-1)] {
		return nil
	}
	if c.low(by) != "by" && c.low(by) != "from" {
		by++
	}
	if n, ok := c.nounStarting(by + 1); ok && by < s.hi && (c.low(by) == "by" || c.low(by) == "from") {
		return a.people.at[n.lo]
	}
	return nil
}

// joined tells whether a source is several: "Trump and Putin".
func (c *clauses) joined(s subject) bool {
	for i := s.head.lo; i < s.head.hi; i++ {
		if c.low(i) == "and" {
			return true
		}
	}
	return c.low(s.head.hi) == "and" && s.hi > s.head.hi
}

// roleOf is how this mention describes the one it names.
func (c *clauses) roleOf(s subject, n naming) string {
	if s.hi > s.head.hi && c.low(s.head.hi) == "," {
		if role := c.appositionAfter(s.head.hi); !role.empty() {
			if role.hi = min(role.hi, s.hi); !role.empty() {
				return c.text(role)
			}
		}
	}
	if !n.title.empty() && n.person {
		if text := c.text(n.title); !courtesy[lower(text)] {
			return text
		}
	}
	return ""
}

// described is the one person whose roles hold every word of a definite
// description: "the Russian president". An indefinite one is nobody.
func (p *people) described(c *clauses, s subject) *entity {
	if low := c.low(s.head.lo); low == "a" || low == "an" || low == "one" || low == "another" || low == "some" {
		return nil
	}
	head := c.low(s.head.hi - 1)
	if vagueNouns[head] {
		return nil
	}
	words := c.roleWords(phrase{s.head.lo, c.reach(s.head.hi)})
	var best *entity
	for _, e := range p.byOffice(head) {
		if !e.person || e.first > s.head.lo && len(words) < 2 || !e.fits(words, head) {
			continue
		}
		if best != nil && best != e {
			return nil
		}
		best = e
	}
	if len(words) == 1 && p.plainBefore(s.head.lo) {
		return nil // "the president" may be somebody whose office the article takes as known
	}
	return best
}

// plainBefore tells whether somebody is named before token i without an office.
func (p *people) plainBefore(i int) bool {
	for _, e := range p.all {
		if e.person && len(e.words) > 1 && len(e.roles) == 0 {
			return e.first < i // the first is enough: they stand in order
		}
	}
	return false
}

// emptyWords say nothing of who is described.
var emptyWords = set("top senior chief veteran longtime former current own")

// leaders are the offices that "leader" may mean.
var leaders = set("president premier chancellor king queen prince minister leader")

func (e *entity) fits(words []string, head string) bool {
	if !e.heads[head] && !(head == "leader" && e.leads()) {
		return false
	}
	for _, w := range words {
		if !e.about[w] && w != head && !emptyWords[w] {
			return false
		}
	}
	return true
}

func (e *entity) leads() bool {
	for w := range leaders {
		if e.heads[w] {
			return true
		}
	}
	return false
}

// maxBack is how many sentences a pronoun may look back.
const maxBack = 4

// pronoun resolves the pronoun at token i: the subject of its own sentence
// before it, then of the sentences before, the nearest first.
func (a *article) pronoun(c *clauses, i, depth int) (*entity, string) {
	kind := pronouns[c.low(i)]
	if kind&relative != 0 {
		return a.relative(c, i, depth)
	}
	if kind&(masculine|feminine|neuter) == 0 {
		return nil, ""
	}
	if e := a.subjectWithin(c, i, kind); e != nil {
		return e, ""
	}
	sent, looked := a.toks[i].sent, 0
	for s := sent - 1; s >= 0 && looked < maxBack; s-- {
		if a.sents[s].lo == a.sents[s].hi || a.quotedOnly(s) {
			continue
		}
		looked++
		if e := a.subjectOfSentence(s, kind); e != nil {
			return e, ""
		}
		if a.unnamedSubject(s) {
			return nil, ""
		}
		if e, several := a.onlyOne(s, kind); e != nil || several {
			return e, ""
		}
	}
	return nil, ""
}

func (a *article) relative(c *clauses, i, depth int) (*entity, string) {
	k := i
	if c.low(k-1) == "," {
		k--
	}
	n, ok := c.nounEnding(k)
	if !ok {
		return nil, ""
	}
	return a.identifyAt(c, c.grow(n), depth-1)
}

func (a *article) quotedOnly(s int) bool {
	for i := a.sents[s].lo; i < a.sents[s].hi; i++ {
		if !a.toks[i].quoted() {
			return false
		}
	}
	return true
}

func (e *entity) may(kind int) bool {
	if kind&neuter != 0 {
		return !e.person
	}
	return e.person && (e.gender == 0 || e.gender&kind != 0)
}

// subjectWithin is the first fitting subject of a verb before token i in its
// sentence.
func (a *article) subjectWithin(c *clauses, i, kind int) *entity {
	for _, n := range a.namedSubjects(c) {
		if n.verb >= i {
			return nil
		}
		if n.hi <= i && n.who.may(kind) {
			return n.who
		}
	}
	return nil
}

// namedSubject is a verb's subject that names or describes somebody.
type namedSubject struct {
	verb, hi int // tokens: the verb's first, the subject's end
	who      *entity
}

// namedSubjects are those of a sentence, read once.
func (a *article) namedSubjects(c *clauses) []namedSubject {
	if c.namedRead {
		return c.named
	}
	c.namedRead = true
	for k := range c.verbs {
		g := &c.verbs[k]
		if !g.finite || c.toks[g.lo].quoted() {
			continue
		}
		if s, ok := c.subjectBefore(g.lo); ok {
			if e := a.named(c, s); e != nil {
				c.named = append(c.named, namedSubject{g.lo, s.hi, e})
			}
		}
	}
	return c.named
}

// named is the entity that a subject names or describes outright.
func (a *article) named(c *clauses, s subject) *entity {
	if s.loose || c.joined(s) {
		return nil
	}
	if e := a.people.at[s.head.lo]; e != nil {
		return e
	}
	if c.takeApart(s.head).kind == described {
		if e := a.people.appositive(c, s.head.hi); e != nil {
			return e
		}
		return a.people.described(c, s)
	}
	return nil
}

// subjectOfSentence is who a sentence is about: the source of its statement if
// that is resolved already, else its first fitting subject.
func (a *article) subjectOfSentence(s, kind int) *entity {
	for _, f := range a.bySent[s] {
		if f.who != nil && f.who.may(kind) && !f.inside {
			return f.who
		}
	}
	c := a.clauses[s]
	return a.subjectWithin(c, c.s.hi, kind)
}

// unnamedSubject tells whether a sentence is about somebody whom no name stands
// for: "the President of Russia said …. He added" is not about the Macron whom
// he spoke of.
func (a *article) unnamedSubject(s int) bool {
	c := a.clauses[s]
	for k := range c.verbs {
		if g := &c.verbs[k]; g.finite && !c.toks[g.lo].quoted() {
			subj, ok := c.subjectBefore(g.lo)
			return ok && c.takeApart(subj.head).kind == described && a.named(c, subj) == nil
		}
	}
	return false
}

// insideOther tells whether a finding's cue stands in another's content.
func (a *article) insideOther(f *finding) bool {
	if f.cue.Len() == 0 {
		return false
	}
	for _, o := range a.bySent[f.sent] {
		if o != f && o.holds(f) {
			return true
		}
	}
	return false
}

// onlyOne is the one fitting person whom a sentence mentions outside of
// quotations; several tells of more than one.
func (a *article) onlyOne(s, kind int) (one *entity, several bool) {
	if kind&neuter != 0 {
		return nil, false
	}
	for _, n := range a.clauses[s].nouns {
		e := a.people.at[n.lo]
		if e == nil || !e.may(kind) || e == one {
			continue
		}
		if one != nil {
			return nil, true
		}
		one = e
	}
	return one, false
}

// nextParagraphNames joins "Putin’s top foreign policy aide told …" to the name
// with which the next statement, in the next sentence, begins: somebody met
// there for the first time.
func (a *article) nextParagraphNames() {
	for i, f := range a.findings {
		if f.who != nil || f.source.empty() || i+1 >= len(a.findings) || !a.definiteDescription(f) {
			continue
		}
		if leaders[a.clauses[f.sent].low(f.source.head.hi-1)] {
			continue // a head of state is named before he is described
		}
		next := a.findings[i+1]
		for k := i + 1; k < len(a.findings) && (next.sent == f.sent); k++ {
			next = a.findings[k]
		}
		if next.who == nil || !next.who.person || next.sent <= f.sent || a.sents[next.sent].para > a.sents[f.sent].para+a.step(f.sent) {
			continue
		}
		if next.float() || !a.startsQuoted(next) {
			continue
		}
		if a.toks[next.who.first].sent == next.sent && len(next.who.words) > 1 && next.source.head.lo <= next.who.first && next.who.first < next.source.hi {
			f.who = next.who
			c := a.clauses[f.sent]
			f.who.describe(c.text(f.source.phrase), c.roleWords(f.source.head))
		}
	}
}

// float tells whether a finding has no cue.
func (f *finding) float() bool { return f.cue.Len() == 0 }

// startsQuoted tells whether a finding's sentence begins with its quotation: the
// name comes after the words, as that of somebody already introduced.
func (a *article) startsQuoted(f *finding) bool {
	s := a.sents[f.sent]
	return s.lo < s.hi && a.toks[s.lo].quoted() && f.parts[0].contains(a.toks[s.lo].Span)
}

// step is how far the next speaking paragraph is.
func (a *article) step(sent int) int {
	for s := sent + 1; s < len(a.sents); s++ {
		if d := a.sents[s].para - a.sents[sent].para; d > 0 {
			return d
		}
	}
	return 1
}

// definiteDescription: one person, told by an office and whose: "Putin’s aide",
// "the Kremlin spokesman", never "a senior official".
func (a *article) definiteDescription(f *finding) bool {
	c := a.clauses[f.sent]
	n := c.takeApart(f.source.head)
	head := c.low(f.source.head.hi - 1)
	if n.kind != described || vagueNouns[head] || !personNouns[head] && !titles[head] {
		return false
	}
	for i := f.source.head.lo; i < f.source.head.hi; i++ {
		if c.is(i, "POS") || c.toks[i].proper() {
			return true
		}
	}
	return c.low(f.source.head.lo) == "the"
}
