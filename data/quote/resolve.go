package quote

import "strings"

// resolve gives each finding the person or body that its source means, the
// surest first: a name, then a description, then a pronoun. What stays open
// stays nameless.
func (a *article) resolve() {
	for _, f := range a.findings {
		if f.follows != nil || f.turn > 0 {
			continue
		}
		if f.source.empty() && f.cue.Len() > 0 && f.mention.Len() == 0 {
			a.sourceOfCue(f)
		}
		if !f.source.empty() {
			a.headOutside(f)
			a.laterName(f)
			a.ownName(f)
		}
	}
	a.wholeTitles()
	a.meant = a.follow()
	for _, f := range a.findings {
		switch {
		case f.follows != nil:
			f.who, f.role = f.follows.who, f.follows.role
		case !f.source.empty():
			f.who, f.role = a.identify(a.here(f.source.head.lo), f.source)
		}
	}
	a.nextParagraphNames()
	a.dropNoSpeakers()
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
	if m, out := c.insteadOf(s.head); out {
		if m.empty() {
			return nil, ""
		}
		return a.identifyAt(c, c.grow(m), depth-1)
	}
	if c.joined(s) {
		if e, role := a.twoRoles(c, s); e != nil {
			return e, role
		}
		return a.lastOfJoint(c, s), ""
	}
	n := c.takeApart(s.head)
	if indefinite.has(c.low(s.head.lo)) && (n.kind == described || n.kind == thing) {
		if who, ok := a.nameAfterComma(c, s); ok { // "one baker who knows Lund, Ada Quill"
			return a.people.at[who.lo], c.text(c.trimDeterminer(s.head))
		}
	}
	switch n.kind {
	case somePronoun:
		return a.pronoun(c, s.head.lo, depth)
	case named:
		if t, ok := a.titles[s.head.lo]; ok {
			return t.who, t.text
		}
		return a.people.mentioned(c, s.head), c.roleOf(s, n)
	case described:
		if t, ok := a.titles[s.head.lo]; ok && (c.low(t.hi) != "and" || t.hi >= s.hi) {
			return t.who, t.text
		}
		if e := a.people.appositive(c, s.head); e != nil {
			return e, c.text(c.trimDeterminer(phrase{s.head.lo, c.reach(s.head.hi)}))
		}
		if e := a.namedAfter(c, s); e != nil {
			return e, c.text(c.trimDeterminer(s.head))
		}
		if n, ok := c.officeHolder(s.head); ok {
			return a.people.at[n.lo], c.text(c.trimDeterminer(phrase{s.head.lo, c.takeApart(n).name.lo}))
		}
		if e := a.meant[s.head]; e != nil {
			return e, c.describing(s)
		}
		return a.headOfState(c, s), c.describing(s)
	case thing, group:
		if e := a.namedAfter(c, s); e != nil {
			return e, ""
		}
		if e := a.maker(c, s); e != nil {
			return e, ""
		}
		return a.sender(c, s), ""
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

// makers are what stands between a study and its maker.
var makers = set("by from conducted published released commissioned done written issued prepared")

// maker is who made the study, poll or report that a mention speaks of: "an
// analysis by the Pew Research Center", "a survey conducted by Gallup".
func (a *article) maker(c *clauses, s subject) *entity {
	by := s.head.hi
	if !makers.has(c.low(by)) || groupNouns.has(c.low(by-1)) {
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
		if text := c.text(n.title); !courtesy.has(lower(text)) {
			return text
		}
	}
	return ""
}
