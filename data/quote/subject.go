package quote

// subject is the mention of a source, found beside its cue.
type subject struct {
	phrase        // the whole phrase, apposition and relative clause included
	head   phrase // its base noun phrase
	loose  bool   // it belongs to a phrase that was not understood: nobody is named by it
}

// maxReach bounds how far, in tokens, a subject may stand from its verb.
const maxReach = 45

// subjectOf finds the subject of a verb group inside its sentence.
func (c *clauses) subjectOf(g *verbGroup) (subject, bool) {
	switch {
	case g.inf:
		return c.subjectOfInfinitive(g)
	case g.ing:
		return c.subjectOfParticiple(g)
	}
	if s, ok := c.subjectBefore(g.lo); ok {
		return s, true
	}
	return c.sharedSubject(g)
}

// subjectBefore walks left from token i over adverbs, times and parentheses to
// the noun phrase that governs what begins there.
func (c *clauses) subjectBefore(i int) (subject, bool) {
	j := i
	for j > c.s.lo && i-j < maxReach {
		t := &c.toks[j-1]
		if t.quoted() {
			return subject{}, false
		}
		if t.adverb() || t.low == "also" || t.low == "both" {
			j--
			continue
		}
		if t.low == "," || t.low == "–" || t.low == "—" || t.low == "--" || t.low == ")" {
			return c.subjectBeforeAside(j - 1)
		}
		n, ok := c.nounEnding(j)
		if !ok {
			return subject{}, false
		}
		if at, adverbial := c.adverbialStart(n); adverbial {
			j = at
			continue
		}
		return c.grow(n), true
	}
	return subject{}, false
}

// adverbialStart tells whether a noun phrase only says when or where its clause
// happens, and where that adverbial begins.
func (c *clauses) adverbialStart(n phrase) (int, bool) {
	prep := c.is(n.lo-1, "IN") && c.low(n.lo-1) != "that"
	if c.temporal(n) {
		if prep {
			return n.lo - 1, true
		}
		_, before := c.nounEnding(n.lo)
		return n.lo, before || c.low(n.lo-1) == ","
	}
	if prep && c.adverbialPrep(n.lo-1) && !(subordinators.has(c.low(n.lo-1)) && c.toks[n.hi-1].proper()) {
		return n.lo - 1, true
	}
	return 0, false
}

// adverbialPrep: a phrase with "in" or "at" after a name or a pronoun belongs
// to the verb ("Putin in a speech said"); after a common noun to the noun ("a
// man in the crowd said").
func (c *clauses) adverbialPrep(prep int) bool {
	switch c.low(prep) {
	case "in", "at", "during", "after", "before", "on", "since", "through", "via", "until":
	default:
		return false
	}
	n, ok := c.nounEnding(prep)
	return ok && (c.toks[n.hi-1].proper() || c.toks[n.hi-1].tag == "PRP") && !c.bodyHead(n)
}

func (c *clauses) bodyHead(n phrase) bool { return bodyWords.has(c.toks[n.hi-1].low) }

// subjectBeforeAside steps over what stands between commas or dashes before a
// verb: "Ushakov, a former ambassador, said"; at is the closing mark.
func (c *clauses) subjectBeforeAside(at int) (subject, bool) {
	open := map[string]string{")": "("}[c.low(at)]
	if open == "" {
		open = c.low(at)
	}
	for k, seen := at-1, 0; k > c.s.lo && at-k < maxReach && seen < 3; k-- {
		if c.toks[k].quoted() {
			return subject{}, false
		}
		if c.low(k) != open {
			continue
		}
		seen++
		n, ok := c.nounEnding(k)
		if !ok || c.startsClause(k+1) {
			continue
		}
		s := c.grow(n)
		if c.describes(k + 1) {
			s.hi = at
			if open == "(" {
				s.hi = at + 1
			}
		}
		return s, true
	}
	return subject{}, false
}

// startsClause: after a comma, a conjunction begins something new.
func (c *clauses) startsClause(i int) bool { return c.is(i, "CC") }

// describes tells whether an apposition or a relative clause begins at i, part
// of the mention; "on Monday" or "speaking in Geneva" is not.
func (c *clauses) describes(i int) bool {
	switch c.low(i) {
	case "who", "whom", "whose", "which", "himself", "herself":
		return true
	}
	n, ok := c.nounStarting(i)
	if !ok || c.temporal(n) || speakings.has(c.low(i)) || c.verbStarting(c.reach(n.hi)) != nil {
		return false
	}
	return !c.is(i, "PRP", "EX")
}

// grow takes in what belongs to a noun phrase on its left: "the president of
// Ukraine", "Trump and Putin", "the man who led the talks".
func (c *clauses) grow(n phrase) subject {
	s := subject{phrase: n, head: n}
	for steps := 0; steps < 6; steps++ {
		before := s.lo - 1
		switch {
		case c.is(before, "IN") && !subordinators.has(c.low(before)) && !c.adverbialPrep(before) || c.low(before) == "to" && !c.is(before+1, "VB"):
			if c.is(before-1, "JJ", "VBN", "RB") {
				before-- // "a person familiar with the talks"
			}
			left, ok := c.nounEnding(before)
			if !ok {
				s.loose = true // "officials loyal to the governor"
				return s
			}
			if c.temporal(left) {
				return s
			}
			s.lo, s.head = left.lo, left
		case c.low(before) == "and":
			left, ok := c.nounEnding(before)
			if !ok || c.temporal(left) || !c.opensClause(left.lo) {
				return s
			}
			s.lo, s.head = left.lo, phrase{left.lo, s.hi}
		default:
			return c.antecedent(s)
		}
	}
	return s
}

// subordinators may stand before a subject; as prepositions they seldom join
// two noun phrases.
var subordinators = set("that before after since until while because if as although though unless whether than when once")

// opensClause tells whether a clause may begin at i, so that a noun phrase
// there is its subject and no object of an earlier verb.
func (c *clauses) opensClause(i int) bool {
	if i <= c.s.lo {
		return true
	}
	t := &c.toks[i-1]
	return t.low == "," || t.low == "that" || t.low == ":" || t.tag == "CC" || t.tag == "WRB" || t.quoted() != c.toks[i].quoted()
}

// antecedent widens the object of a relative clause to the phrase that the
// clause describes: "the man who led the talks".
func (c *clauses) antecedent(s subject) subject {
	if !c.in(s.lo-1) || c.verbAt[s.lo-1-c.s.lo] < 0 {
		return s
	}
	g := c.verbs[c.verbAt[s.lo-1-c.s.lo]]
	if w := c.low(g.lo - 1); w != "who" && w != "that" && w != "which" {
		return s
	}
	n, ok := c.nounEnding(g.lo - 1)
	if !ok {
		return s
	}
	return subject{phrase: phrase{n.lo, s.hi}, head: n}
}

// sharedSubject: "Putin came and said": the subject of the verb before.
func (c *clauses) sharedSubject(g *verbGroup) (subject, bool) {
	k := g.lo - 1
	for c.in(k) && c.toks[k].adverb() {
		k--
	}
	if !c.is(k, "CC") {
		return subject{}, false
	}
	if s, ok := c.subjectOfVerbLeft(k, c.tag(g.lo)); ok {
		return s, true
	}
	return c.subjectOfVerbLeft(k, "")
}

// subjectOfVerbLeft is the subject of the nearest verb before i, of one tense
// if a tag is given: "said Ukraine is ready and accused Moscow".
func (c *clauses) subjectOfVerbLeft(i int, tense string) (subject, bool) {
	verbs := c.verbsBefore(i)
	for k := len(verbs) - 1; k >= 0; k-- {
		v := &verbs[k]
		if !v.finite || c.toks[v.lo].quoted() || tense != "" && c.tag(v.lo) != tense {
			continue
		}
		if s, ok := c.subjectBefore(v.lo); ok {
			return s, true
		}
	}
	return subject{}, false
}

// subjectOfParticiple: "a letter saying"; else ", saying", which takes the
// subject of the sentence's main verb.
func (c *clauses) subjectOfParticiple(g *verbGroup) (subject, bool) {
	if n, ok := c.quotedSaying(g); ok {
		return c.grow(n), true
	}
	switch c.low(g.lo - 1) {
	case "of", "from", "for", "about", "against", "to", "with", "on":
		return subject{}, false // "accused Moscow of seeking"
	}
	if n, ok := c.nounEnding(g.lo); ok && !c.temporal(n) {
		if _, adverbial := c.adverbialStart(n); !adverbial {
			return c.grow(n), true
		}
	}
	if s, ok := c.mainSubject(g.lo); ok {
		return s, true
	}
	return c.subjectAfterComma(g)
}

// quotedSaying is who is relayed in "the agency quoted Dornwick as saying".
func (c *clauses) quotedSaying(g *verbGroup) (phrase, bool) {
	if c.low(g.lo-1) != "as" {
		return phrase{}, false
	}
	n, ok := c.nounEnding(g.lo - 1)
	return n, ok && relays.has(c.low(n.lo-1))
}

// relays are verbs of those who pass on what others said.
var relays = set("quoted cited quotes cites quoting citing")

// mainSubject is the subject of the sentence's first finite verb before i.
func (c *clauses) mainSubject(i int) (subject, bool) {
	for k := range c.verbs {
		v := &c.verbs[k]
		if v.lo >= i {
			break
		}
		if !v.finite || c.toks[v.lo].quoted() {
			continue
		}
		if s, ok := c.subjectBefore(v.lo); ok && !c.subordinate(s) {
			return s, true
		}
	}
	return subject{}, false
}

// subordinate tells whether a conjunction stands before the subject: "after
// Kyiv said".
func (c *clauses) subordinate(s subject) bool {
	b := s.lo - 1
	return c.is(b, "IN", "WRB", "WP", "WDT") || c.is(s.lo, "WP", "WDT")
}

// subjectAfterComma: "Asked about Kyiv, Trump said" for participles that lead.
func (c *clauses) subjectAfterComma(g *verbGroup) (subject, bool) {
	if g.lo != c.s.lo {
		return subject{}, false
	}
	for k := range c.verbs {
		v := &c.verbs[k]
		if v.lo > g.hi && v.finite && !c.toks[v.lo].quoted() {
			return c.subjectBefore(v.lo)
		}
	}
	return subject{}, false
}

// subjectOfInfinitive: "went on to say", "declined to comment".
func (c *clauses) subjectOfInfinitive(g *verbGroup) (subject, bool) {
	if c.low(g.lo-1) != "to" {
		return subject{}, false
	}
	for k := range c.verbs {
		v := &c.verbs[k]
		if v.hi == g.lo-1 || v.hi == g.lo-2 && c.toks[v.hi].adverb() {
			if controls.has(c.toks[v.main].low) && v.finite && !v.passive {
				return c.subjectOf(v)
			}
		}
		if c.foretold(g) && v.hi <= g.lo-1 && v.hi >= g.lo-3 && v.finite {
			return c.subjectOf(v)
		}
	}
	return subject{}, false
}

// foretold: "is expected to say", "is due to announce".
func (c *clauses) foretold(g *verbGroup) bool { return g.inf && foretelling.has(c.low(g.lo-2)) }

var foretelling = set("expected due set scheduled slated poised")

// controls are verbs whose infinitive has their own subject and is done.
var controls = set("go went goes continue continues continued begin began begins start started proceed proceeded rush rushed")
