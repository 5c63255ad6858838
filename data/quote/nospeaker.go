package quote

// What stands for a source and is none: names of no person and no body, places
// with a person's pronoun, and whoever is said not to be the one.

// noSpeakers are words that a capital makes a name of nobody: "Order No. 5".
var noSpeakers = set(`somewhere anywhere elsewhere nowhere order no no. law treaty book operation sphere gdp memorandum
	decree executive`)

// partName tells whether a word is what was left as a name of "Member of the Marl
// Chamber Ada Lund".
func (e *entity) partName(w string) bool {
	return e.person && (w == "member" || w == "chamber" && len(e.roles) > 0)
}

// dropNoSpeakers takes back the speakers who cannot speak.
func (a *article) dropNoSpeakers() {
	for _, f := range a.findings {
		if f.who != nil && f.turn == 0 && (f.who.speechless() || a.anothersFeeling(f)) {
			f.who, f.role = nil, ""
		}
	}
}

// speechless tells whether a name is that of no person and no body.
func (e *entity) speechless() bool {
	for _, w := range e.words {
		if !noSpeakers.has(w) && !e.partName(w) {
			return false
		}
	}
	return len(e.words) > 0
}

// anothersFeeling: "Marl expressed his support" is a place mistaken for him who
// was spoken of.
func (a *article) anothersFeeling(f *finding) bool {
	if f.who.person && !(len(f.who.words) == 1 && places.has(f.who.words[0])) {
		return false
	}
	cue := a.tokensIn(f.cue)
	if cue.empty() {
		return false
	}
	c := a.here(cue.lo)
	for i := cue.lo; i < cue.hi; i++ {
		if possessive[c.low(i)] != 0 && acts.through[c.low(i-1)] {
			return true
		}
	}
	return acts.through[c.low(cue.hi-1)] && possessive[c.low(cue.hi)] != 0
}

// insteadOf is the noun phrase before one that is ruled out: "Ada Lund" of "Ada
// Lund, not Bram Lund, said"; out tells that it is.
func (c *clauses) insteadOf(n phrase) (m phrase, out bool) {
	not := n.lo
	if c.low(not) != "not" {
		not--
	}
	if c.low(not) != "not" {
		return m, false
	}
	at := not
	for c.low(at-1) == "and" || c.low(at-1) == "," {
		at--
	}
	if at == not {
		return m, false // "Lund is not the only senator"
	}
	m, _ = c.nounEnding(at)
	return m, true
}

var (
	wrongly = set("falsely wrongly incorrectly erroneously mistakenly inaccurately")
	// forgeries are what somebody is shown to say who never did, and media what they
	// come in.
	forgeries = set("fabricated doctored fake faked forged deepfake bogus manipulated")
	media     = set("video clip audio recording letter quote image screenshot post footage tape interview tweet message")
)

// falselyQuoted tells whether a cue puts words into somebody's mouth: "was wrongly
// quoted as saying", "a doctored video in which Lund says".
func (c *clauses) falselyQuoted(cue phrase, source subject) bool {
	for i := cue.lo - 1; i < cue.hi; i++ {
		if low := c.low(i); low == "misquoted" || wrongly.has(low) && (relays.has(c.low(i+1)) || c.low(i+1) == "attributed") {
			return true
		}
	}
	from := cue.lo
	if !source.empty() {
		from = min(from, source.lo)
	}
	medium := false
	for i := from - 1; c.in(i) && i >= from-9; i-- {
		switch low := c.low(i); {
		case c.toks[i].quoted() || low == ";":
			return false
		case media.has(low) && c.shows(i+1):
			medium = true
		case forgeries.has(low) && medium:
			return true
		}
	}
	return false
}

// shows tells whether what somebody says in a video or a letter begins at token i.
func (c *clauses) shows(i int) bool {
	switch c.low(i) {
	case "in", "where", "showing", "shows", "of", "that", "purporting":
		return true
	}
	return false
}
