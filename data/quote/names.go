package quote

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed places.txt
var placeLines string

//go:embed given.txt
var givenLines string

var places = set(placeLines)

var givenNames = readGiven(givenLines)

// readGiven maps given names to masculine, feminine or both.
func readGiven(lines string) map[string]int {
	m := map[string]int{}
	for _, line := range strings.Split(lines, "\n") {
		field := strings.Fields(line)
		if len(field) == 0 || field[0] == "#" {
			continue
		}
		for _, name := range field[1:] {
			m[name] |= map[string]int{"m": masculine, "f": feminine}[field[0]]
		}
	}
	return m
}

// nounKind tells what a noun phrase stands for.
type nounKind uint8

const (
	thing       nounKind = iota // "the report"
	somePronoun                 // "he"
	named                       // "Russian President Vladimir Putin"
	described                   // "the Russian president": one person, unnamed
	group                       // "officials"
)

// naming is a noun phrase taken apart.
type naming struct {
	kind   nounKind
	name   phrase // the name's tokens
	title  phrase // what stands before the name, "the" left out
	person bool   // of a name: a person's, as far as form tells
	sure   bool   // person rests on evidence, not on form alone
	gender int    // masculine, feminine, neuter; 0 unknown
}

// takeApart reads a base noun phrase.
func (c *clauses) takeApart(n phrase) naming {
	if n.empty() {
		return naming{kind: thing}
	}
	last := &c.toks[n.hi-1]
	if n.hi-n.lo == 1 && last.pronoun() {
		return naming{kind: somePronoun}
	}
	if n.hi-n.lo > 1 && last.tag == "POS" {
		n.hi--
		last = &c.toks[n.hi-1]
	}
	if c.temporal(n) {
		return naming{kind: thing}
	}
	if n.hi-n.lo == 1 && (neverNames.has(last.low) && !c.surnames[last.low] || n.lo == c.s.lo && groupNouns.has(last.low) && !c.properRepublican(last)) {
		return c.takeDescription(n)
	}
	if last.proper() && (!titles.has(last.low) || c.givenBefore(n) || c.courtesyBefore(n) || n.hi-n.lo == 1 && c.surnames[last.low]) || c.properRepublican(last) {
		return c.takeName(n)
	}
	return c.takeDescription(n)
}

// givenBefore tells whether a given name or an initial stands before a phrase's
// last word, so that it is a surname: "Peter T. King".
func (c *clauses) givenBefore(n phrase) bool {
	if n.hi-n.lo < 2 {
		return false
	}
	low := c.low(n.hi - 2)
	return givenNames[low] != 0 || len(low) == 2 && low[1] == '.'
}

// courtesyBefore tells whether the word before a phrase's last is a form of
// address, so that the last is a surname: "Mr. King".
func (c *clauses) courtesyBefore(n phrase) bool {
	return n.hi-n.lo > 1 && (courtesy.has(c.low(n.hi-2)) || strings.HasSuffix(c.low(n.hi-2), ".") && titles.has(c.low(n.hi-2)))
}

// properRepublican: party members keep a proper name though some taggers give
// them a common noun's tag.
func (c *clauses) properRepublican(t *token) bool {
	return t.tag == "NNPS" || t.low == "republicans" || t.low == "democrats" || demonyms[strings.TrimSuffix(t.low, "s")] != "" && t.tag == "NNS"
}

func (c *clauses) takeName(n phrase) naming {
	lo := n.hi - 1
	for lo > n.lo && c.namePart(lo-1) {
		lo--
	}
	lo = c.pastBody(lo, n.hi)
	title := c.trimDeterminer(phrase{n.lo, lo})
	if at := c.officeOf(n.lo, n.hi); at > lo {
		left, _ := c.nounEnding(n.lo - 1)
		lo, title = at, c.trimDeterminer(phrase{left.lo, at})
	}
	titled := lo > n.lo && (titles.has(c.low(lo-1)) || title.lo < n.lo)
	out := naming{kind: named, name: phrase{lo, n.hi}, title: title}
	out.person, out.sure = c.personName(n, lo, titled)
	out.gender = c.genderOf(out)
	for !out.title.empty() && courtesy.has(c.low(out.title.hi-1)) {
		out.title.hi--
	}
	if !c.office(out.title) {
		out.title = phrase{}
	}
	if !out.person {
		out.name = c.wholeBodyName(n, lo)
		out.title = phrase{}
	}
	return out
}

// officeOf is where the name begins in "State Ada Lund" after "Secretary of",
// or in "Government Affairs Paul Weir" after "Director of": 0 elsewhere.
func (c *clauses) officeOf(lo, hi int) int {
	if c.low(lo-1) != "of" || !titles.has(c.low(lo-2)) || relational.has(canon(c.low(lo-2))) || c.is(lo, "DT") || hi-lo < 2 {
		return 0 // "aide of President Ada Lund" is not Lund
	}
	if c.low(lo) == "state" {
		return lo + 1
	}
	for i := lo + 1; i < hi-1; i++ {
		if before := c.low(i - 1); titles.has(before) || personNouns.has(before) || c.is(i-1, "POS") {
			return 0 // "a critic of Governor Ada Lund"
		}
		if givenNames[c.low(i)] != 0 {
			return i
		}
	}
	return 0
}

// officeHolder is the noun phrase that ends with the name of who holds an office,
// in "Secretary of State Ada Lund", cut as "Secretary" and "State Ada Lund".
func (c *clauses) officeHolder(n phrase) (phrase, bool) {
	m, ok := c.nounStarting(n.hi + 1)
	return m, ok && c.low(n.hi) == "of" && c.officeOf(m.lo, m.hi) > 0 && c.takeApart(m).kind == named
}

// office tells whether what stands before a name is an office, and not a word
// that belongs to another part of the sentence.
func (c *clauses) office(p phrase) bool {
	for i := p.lo; i < p.hi; i++ {
		if titles.has(c.low(i)) || personNouns.has(c.low(i)) {
			return true
		}
	}
	return false
}

func (c *clauses) namePart(i int) bool {
	t := &c.toks[i]
	return (t.proper() && !titles.has(t.low) && !c.calling(i) || nameParticles.has(t.low) || c.mistakenName(i)) && !demonymBefore(t) && !neverNames.has(t.low)
}

// calling: what somebody does, before the name: "Actor Dan Weir", "Marl-born Dan
// Weir". "Dean Weir" may be called so.
func (c *clauses) calling(i int) bool {
	low := c.low(i)
	return personNouns.has(low) && givenNames[low] == 0 && c.capital(i+1) || beforeNames.has(low) || strings.HasSuffix(low, "-born") || strings.HasSuffix(low, "-based")
}

// beforeNames stand before names and are no head of a description, or seldom.
var beforeNames = set("actors actresses celebrities dj whip recorder advocate co-moderator co-anchor rapper senators reps. sens. sen rep gov")

// pastBody is where a person's name begins from lo to hi: after the name of a
// body to which he belongs, in "Marl News Dan Weir".
func (c *clauses) pastBody(lo, hi int) int {
	if hi-lo < 3 || givenNames[c.low(lo)] != 0 {
		return lo
	}
	for i := lo + 1; i < hi-1; i++ {
		if bodyWords.has(c.low(i-1)) && givenNames[c.low(i)] != 0 && !bodyWords.has(c.low(hi-1)) && !places.has(c.low(hi-1)) {
			return i
		}
	}
	return lo
}

// mistakenName: a given name that the tagger took for another word.
func (c *clauses) mistakenName(i int) bool {
	low := c.low(i)
	return c.capital(i) && (c.is(i, "JJ", "NN", "NNS", "FW") || c.toks[i].verb() && i > c.s.lo) && !titles.has(low) && !personNouns.has(low) && !emptyWords.has(low)
}

// demonymBefore: "U.S. Donald" is never a name; "American" may be tagged as one.
func demonymBefore(t *token) bool { return demonyms[t.low] != "" }

func (c *clauses) trimDeterminer(p phrase) phrase {
	if !p.empty() && c.is(p.lo, "DT") {
		p.lo++
	}
	return p
}

// personName tells whether the tokens from lo to the end of n name a person,
// and whether more than their form says so.
func (c *clauses) personName(n phrase, lo int, titled bool) (person, sure bool) {
	words := n.hi - lo
	first, last := c.low(lo), c.low(n.hi-1)
	switch {
	case titled:
		return !bodyWords.has(last) || givenNames[first] != 0, true
	case words > 1 && givenNames[first] != 0:
		return !bodyWords.has(last) || last == "house", true
	case c.is(n.lo, "DT") && lo <= n.lo+1:
		return false, true
	case c.toks[n.hi-1].tag == "NNPS":
		return false, true
	}
	for i := lo; i < n.hi; i++ {
		if bodyWords.has(c.low(i)) || places.has(c.low(i)) {
			return false, true
		}
	}
	if words == 1 && (c.acronym(lo) || lo > n.lo && c.is(lo-1, "POS")) { // "Macron’s Address"
		return false, false
	}
	return words <= 4, personNouns.has(c.low(lo-1)) && lo > n.lo
}

// acronym reads the case of a token from the text kept in its span.
func (c *clauses) acronym(i int) bool {
	s := c.text(phrase{i, i + 1})
	return utf8.RuneCountInString(s) > 1 && noLower(s)
}

// wholeBodyName takes in the adjectives and owners of a body's name: "Russian
// Foreign Ministry", "Russia’s Foreign Ministry".
func (c *clauses) wholeBodyName(n phrase, lo int) phrase {
	for lo > n.lo && (c.capital(lo-1) && !c.is(lo-1, "DT") || c.is(lo-1, "POS") && c.capital(lo-2)) {
		lo--
	}
	return phrase{lo, c.bodyOf(n.hi)}
}

// bodyOf is where a body's name ends that goes on after its noun: "University of
// Marl", "Department of Weirs and Locks".
func (c *clauses) bodyOf(hi int) int {
	if !ofBodies.has(c.low(hi-1)) || c.low(hi) != "of" && c.low(hi) != "on" && c.low(hi) != "for" {
		return hi
	}
	n, ok := c.nounStarting(hi + 1)
	if !ok || !c.toks[n.hi-1].proper() || c.temporal(n) || !c.capital(n.lo) && !c.is(n.lo, "DT") {
		return hi
	}
	return n.hi
}

// ofBodies are the nouns of bodies whose names go on with "of".
var ofBodies = set(`university department ministry bank house board bureau institute college school church committee council
	chamber office league association federation congress conference court commission society academy`)

func (c *clauses) capital(i int) bool { return c.in(i) && c.toks[i].capital() }

func (c *clauses) genderOf(n naming) int {
	for i := n.title.lo; i < n.title.hi; i++ {
		switch c.low(i) {
		case "mr", "mr.", "sir", "lord", "king", "prince", "spokesman", "chairman", "congressman", "businessman":
			return masculine
		case "mrs", "mrs.", "ms", "ms.", "miss", "lady", "queen", "princess", "spokeswoman", "chairwoman", "congresswoman":
			return feminine
		}
	}
	if !n.person {
		return neuter
	}
	if n.name.hi-n.name.lo > 1 {
		if g := givenNames[c.low(n.name.lo)]; g == masculine || g == feminine {
			return g
		}
	}
	return 0
}

func (c *clauses) takeDescription(n phrase) naming {
	last := &c.toks[n.hi-1]
	switch {
	case last.tag == "NNS" || groupNouns.has(last.low) || last.tag == "DT" || last.tag == "CD":
		return naming{kind: group}
	case personNouns.has(last.low) || titles.has(last.low):
		return naming{kind: described}
	}
	return naming{kind: thing}
}

// text is the article's bytes from the first to the last token of a phrase.
func (c *clauses) text(p phrase) string {
	if p.empty() {
		return ""
	}
	return c.source[c.toks[p.lo].Start:c.toks[p.hi-1].End]
}

func (c *clauses) span(p phrase) Span {
	if p.empty() {
		return Span{}
	}
	return Span{c.toks[p.lo].Start, c.toks[p.hi-1].End}
}
