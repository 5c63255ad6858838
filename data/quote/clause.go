package quote

import (
	"sort"
	"strings"
)

// phrase is a range of tokens, lo inclusive and hi exclusive. The zero phrase
// is "none".
type phrase struct{ lo, hi int }

func (p phrase) empty() bool { return p.hi <= p.lo }

// verbGroup is a verb with its auxiliaries: "has said", "did not deny".
type verbGroup struct {
	phrase
	main    int      // token of the main verb
	cue     *cueVerb // nil where the verb is none
	finite  bool     // has a subject of its own
	ing     bool     // a participle: "saying"
	inf     bool     // "to say"
	negated bool
	future  bool // will, would, is expected to
	passive bool
}

// clauses is a sentence cut into noun phrases and verb groups.
type clauses struct {
	source string
	toks   []token     // of the whole article
	quotes []quotation // of the whole article
	s      sentence
	turn   bool // stands in a turn of a transcript
	nouns  []phrase
	verbs  []verbGroup
	nounAt []int // by token less s.lo: index into nouns, or -1
	verbAt []int // the same for verbs

	surnames map[string]bool // words of titles that are somebody's surname: "King"

	named     []namedSubject // who its verbs are about; see namedSubjects
	namedRead bool
}

func cut(source string, toks []token, quotes []quotation, s sentence) *clauses {
	c := &clauses{source: source, toks: toks, quotes: quotes, s: s, nounAt: filled(s.hi - s.lo), verbAt: filled(s.hi - s.lo)}
	c.findNouns()
	c.findVerbs()
	return c
}

func filled(n int) []int {
	a := make([]int, n)
	for i := range a {
		a[i] = -1
	}
	return a
}

func (c *clauses) in(i int) bool { return i >= c.s.lo && i < c.s.hi }

// low is token i in lower case, "" outside of the sentence.
func (c *clauses) low(i int) string {
	if !c.in(i) {
		return ""
	}
	return c.toks[i].low
}

func (c *clauses) tag(i int) string {
	if !c.in(i) {
		return ""
	}
	return c.toks[i].tag
}

func (c *clauses) is(i int, tags ...string) bool {
	for _, t := range tags {
		if c.tag(i) == t {
			return true
		}
	}
	return false
}

// nounStarting and nounEnding find the noun phrase that begins at, or ends
// before, a token.
func (c *clauses) nounStarting(i int) (phrase, bool) {
	if !c.in(i) || c.nounAt[i-c.s.lo] < 0 {
		return phrase{}, false
	}
	n := c.nouns[c.nounAt[i-c.s.lo]]
	return n, n.lo == i
}

func (c *clauses) nounEnding(hi int) (phrase, bool) {
	if !c.in(hi-1) || c.nounAt[hi-1-c.s.lo] < 0 {
		return phrase{}, false
	}
	n := c.nouns[c.nounAt[hi-1-c.s.lo]]
	return n, n.hi == hi
}

func (c *clauses) verbStarting(i int) *verbGroup {
	if !c.in(i) || c.verbAt[i-c.s.lo] < 0 {
		return nil
	}
	if v := &c.verbs[c.verbAt[i-c.s.lo]]; v.lo == i {
		return v
	}
	return nil
}

// verbsFrom and verbsBefore are the verb groups that begin at token i or after
// it, and those that end at i or before it.
func (c *clauses) verbsFrom(i int) []verbGroup {
	return c.verbs[sort.Search(len(c.verbs), func(k int) bool { return c.verbs[k].lo >= i }):]
}

func (c *clauses) verbsBefore(i int) []verbGroup {
	return c.verbs[:sort.Search(len(c.verbs), func(k int) bool { return c.verbs[k].hi > i })]
}

func (c *clauses) findNouns() {
	for i := c.s.lo; i < c.s.hi; {
		hi := c.nounFrom(i)
		if hi == i {
			i++
			continue
		}
		for k := i; k < hi; k++ {
			c.nounAt[k-c.s.lo] = len(c.nouns)
		}
		c.nouns = append(c.nouns, phrase{i, hi})
		i = hi
	}
}

// nounFrom is the end of the base noun phrase at i, or i if none begins there.
func (c *clauses) nounFrom(i int) int {
	t := &c.toks[i]
	if t.pronoun() && t.tag != "PRP$" || t.tag == "WP" || t.tag == "EX" {
		return i + 1
	}
	end, j := i, i
	for ; j < c.s.hi && c.nounPart(i, j); j++ {
		if u := c.toks[j]; u.noun() || u.tag == "CD" {
			end = j + 1
		}
	}
	if end == i && (t.tag == "DT" && standsAlone.has(t.low)) {
		return i + 1
	}
	if end > i && c.is(end-1, "CD") && end-i == 1 && !c.is(end, "NN", "NNS") {
		return end
	}
	return end
}

// standsAlone are determiners that may be a source by themselves.
var standsAlone = set("some many most those others both all few several one another neither this that these")

// nounPart tells whether token j may go on with the noun phrase begun at i.
func (c *clauses) nounPart(i, j int) bool {
	t := &c.toks[j]
	if t.q != c.toks[i].q {
		return false
	}
	if j > i && c.splitsAfter(j-1) {
		return false
	}
	switch {
	case t.tag == "DT" || t.tag == "PRP$":
		return j == i || c.low(j-1) == "all" || c.low(j-1) == "both" || c.low(j-1) == "half"
	case t.noun() || t.tag == "CD" || strings.HasPrefix(t.tag, "JJ") || t.tag == "$" || t.tag == "PDT":
		return true
	case t.tag == "POS" || t.low == "'s" && j > i && c.toks[j-1].noun():
		return j > i
	case t.tag == "VBN" || t.tag == "VBG":
		return j > i && (!c.toks[j-1].noun() || t.low == "ranking") && c.nounAhead(j) || j == i && c.is(j+1, "NN", "NNS", "NNP") && t.tag == "VBN"
	case t.adverb():
		return c.is(j+1, "JJ", "JJR", "VBN") && c.nounAhead(j+1)
	case nameParticles.has(t.low):
		return j > i && c.toks[j-1].proper() && c.in(j+1) && (c.toks[j+1].proper() || nameParticles.has(c.low(j+1)))
	}
	return false
}

// nounAhead tells whether adjectives and then a noun follow token j.
func (c *clauses) nounAhead(j int) bool {
	for k := j + 1; k < c.s.hi && k < j+4; k++ {
		if c.toks[k].noun() {
			return c.toks[k].q == c.toks[j].q
		}
		if !strings.HasPrefix(c.toks[k].tag, "JJ") && c.toks[k].tag != "CD" {
			return false
		}
	}
	return false
}

// splitsAfter keeps a date apart from the name after it, and from the noun
// before: "March 13 Trump", "Dornwick last week", "reporters Tuesday".
func (c *clauses) splitsAfter(j int) bool {
	t := &c.toks[j]
	if t.noun() && beside.has(c.low(j+1)) && (timeNouns.has(c.low(j+2)) || weekdays.has(c.low(j+2))) {
		return true
	}
	if t.noun() && !t.proper() && weekdays.has(c.low(j+1)) {
		return true
	}
	if weekdays.has(t.low) || t.low == "yesterday" || t.low == "today" {
		return true
	}
	return t.tag == "CD" && c.in(j-1) && months.has(c.low(j-1))
}

// beside are words before "week" or "Tuesday" that tell which.
var beside = set("last next early late earlier later")

func (c *clauses) findVerbs() {
	for i := c.s.lo; i < c.s.hi; {
		g, ok := c.verbFrom(i)
		if !ok {
			i++
			continue
		}
		for k := g.lo; k < g.hi; k++ {
			c.verbAt[k-c.s.lo] = len(c.verbs)
		}
		c.verbs = append(c.verbs, g)
		i = g.hi
	}
}

func (c *clauses) aux(i int) bool {
	t := &c.toks[i]
	return t.tag == "MD" || auxiliaries.has(t.low) && (t.verb() || t.tag == "MD") && c.nounAt[i-c.s.lo] < 0
}

// verbFrom reads the verb group that begins at i.
func (c *clauses) verbFrom(i int) (verbGroup, bool) {
	if !c.aux(i) && !c.verbish(i) {
		return verbGroup{}, false
	}
	g := verbGroup{phrase: phrase{i, i}, main: -1}
	j := i
	for ; j < c.s.hi && c.toks[j].q == c.toks[i].q; j++ {
		t := &c.toks[j]
		switch {
		case negations.has(t.low):
			g.negated = true
			continue
		case t.adverb() && c.in(j+1) && (c.verbish(j+1) || c.aux(j+1) || c.toks[j+1].adverb()) && j > i:
			continue
		case c.aux(j) && g.main < 0 || c.auxMain(&g, j):
			c.noteAux(&g, j)
			g.main, g.hi = j, j+1
			continue
		case c.verbish(j) && (g.main < 0 || c.aux(g.main)):
			c.noteMain(&g, j)
		}
		break
	}
	if g.main < 0 {
		return g, false
	}
	c.classify(&g)
	c.relayed(&g)
	return g, true
}

func (c *clauses) auxMain(g *verbGroup, j int) bool {
	return g.main >= 0 && c.aux(g.main) && c.aux(j) && c.toks[j].tag != "VBZ"
}

func (c *clauses) noteAux(g *verbGroup, j int) {
	switch c.low(j) {
	case "will", "'ll", "would", "shall":
		g.future = true
	}
}

func (c *clauses) noteMain(g *verbGroup, j int) {
	be := g.main >= 0 && beForms.has(c.low(g.main))
	g.passive = be && (c.tag(j) == "VBN" || c.tag(j) == "VBD")
	g.main, g.hi = j, j+1
}

// relayed takes "was quoted as saying" for one cue.
func (c *clauses) relayed(g *verbGroup) {
	if g.passive && relays.has(c.low(g.main)) && c.low(g.hi) == "as" && c.is(g.hi+1, "VBG") {
		g.main, g.hi = g.hi+1, g.hi+2
		g.cue, g.passive = lexicon.form(c.low(g.main)), false
	}
}

var beForms = set("is are was were be been being am 's 're 'm")

// verbish tells whether token i may be a main verb here. The tagger takes some
// cues for nouns after a name ("Zelensky claims").
func (c *clauses) verbish(i int) bool {
	if !c.in(i) || c.nounAt[i-c.s.lo] >= 0 && !c.toks[i].verb() {
		return false
	}
	return c.toks[i].verb() && c.nounAt[i-c.s.lo] < 0
}

func (c *clauses) classify(g *verbGroup) {
	first, t := c.toks[g.lo], c.toks[g.main]
	g.cue = lexicon.form(t.low)
	g.ing = t.tag == "VBG" && g.lo == g.main
	g.inf = c.low(g.lo-1) == "to" && !g.ing
	g.finite = !g.ing && !g.inf && (first.tag == "MD" || first.tag == "VBD" || first.tag == "VBZ" || first.tag == "VBP" ||
		first.tag == "VBN" || first.tag == "VB")
	if g.passive {
		g.cue = nil
	}
}

// temporal tells whether a noun phrase says when.
func (c *clauses) temporal(p phrase) bool {
	head := c.toks[p.hi-1].low
	if p.hi-p.lo > 1 && c.capital(p.hi-1) && (head == "times" || head == "today" && c.acronym(p.hi-1)) {
		return false // "The Washington Times", "USA TODAY"
	}
	if timeNouns.has(head) || weekdays.has(head) || months.has(head) {
		return true
	}
	return c.toks[p.hi-1].tag == "CD" && (p.hi-p.lo == 1 || months.has(c.low(p.hi-2)))
}
