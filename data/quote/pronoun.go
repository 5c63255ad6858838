package quote

// maxBack is how many sentences "it" may look back.
const maxBack = 2

// pronoun resolves the pronoun at token i: "who" by what it follows, "he" and
// "she" by the discourse, "it" by the subjects before.
func (a *article) pronoun(c *clauses, i, depth int) (*entity, string) {
	kind := pronouns[c.low(i)]
	switch {
	case kind&relative != 0:
		return a.relative(c, i, depth)
	case kind&neuter != 0:
		return a.body(c, i), ""
	}
	return a.meant[phrase{i, i + 1}], ""
}

// impersonal verbs have "it" stand for nobody.
var impersonal = set("seems seemed seem appears appeared appear shows showed shown turns turned takes took")

// body is what "it" at token i stands for: the subject of its own sentence
// before it, then of the sentences before, the nearest first.
func (a *article) body(c *clauses, i int) *entity {
	if g := c.verbStarting(i + 1); g != nil && (beForms.has(c.low(g.main)) || impersonal.has(c.low(g.main))) {
		return nil // "it is clear that"
	}
	if e := a.subjectWithin(c, i, neuter); e != nil {
		return e
	}
	sent, looked := a.toks[i].sent, 0
	for s := sent - 1; s >= 0 && looked < maxBack; s-- {
		if a.sents[s].lo == a.sents[s].hi || a.quotedOnly(s) {
			continue
		}
		looked++
		if e := a.subjectOfSentence(s, neuter); e != nil {
			return e
		}
		if a.unnamedSubject(s) {
			return nil
		}
	}
	return nil
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
		if e := a.people.appositive(c, s.head); e != nil {
			return e
		}
		return a.meant[s.head]
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
