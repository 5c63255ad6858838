package quote

// described is the one person whom a description means; "the President" of an
// official page is never that of another country.
func (d *discourse) described(c *clauses, n phrase) *entity {
	e, outlet := d.descriptionOf(c, n), d.a.outlet()
	if !c.housePresident(n) && !c.ownPresident(n, outlet) {
		return e
	}
	h := d.presidents(outlet)
	switch {
	case e == nil:
	case !e.isForeignPresident(outlet) && (!h.official || e.heads["president"] || e == h.first && len(e.roles) == 0):
		return e
	case h.all == 1 && !h.official:
		return e // there is no other one
	}
	return h.president()
}

// descriptionOf is the one person whom a description means: the one whose roles
// hold every word of it, or the one spoken of just now whom it may describe.
// What fits two is nobody, and so is an indefinite one.
func (d *discourse) descriptionOf(c *clauses, n phrase) *entity {
	if e := d.a.people.appositive(c, n); e != nil {
		if e.gender == 0 {
			e.gender = c.genderOfNoun(n)
		}
		return e
	}
	if t, ok := d.a.titles[n.lo]; ok {
		return t.who
	}
	if m, ok := c.officeHolder(n); ok {
		return d.a.people.at[m.lo]
	}
	head := canon(c.low(n.hi - 1))
	if indefinite.has(c.low(n.lo)) || vagueNouns.has(head) {
		d.nameless[head] = true
		return nil
	}
	if n.lo+1 < n.hi && notYet.has(c.low(n.lo+1)) {
		return nil
	}
	words := c.roleWords(phrase{n.lo, c.reach(n.hi)})
	if c.ofState(n) {
		return nil // for author.go
	}
	if e, several := d.byRoles(n, words, head); e != nil || several {
		return e
	}
	if relational.has(head) || d.nameless[head] || owned(c, n) || c.low(n.lo) != "the" {
		return nil
	}
	if e := d.byOffice(c, n, words, head); e != nil {
		return e
	}
	if d.unheard(c, n) {
		return nil
	}
	return d.inFocus(c, n, words, head)
}

var indefinite = set("a an one another some any each every no")

// notYet: "the next president" may be anybody.
var notYet = set("next future potential")

// relational nouns describe somebody by somebody else, who may have several.
var relational = set(`spokesman spokeswoman spokesperson aide adviser advisor assistant strategist attorney lawyer manager
	consultant pollster ally critic opponent rival supporter colleague successor predecessor friend counsel boss deputy
	wife husband widow father mother son daughter brother sister aunt uncle cousin grandfather grandmother niece nephew
	girlfriend boyfriend fiance fiancee ex-wife ex-husband son-in-law daughter-in-law mother-in-law member fundraiser
	volunteer chair diplomat lawmaker analyst expert student journalist reporter executive`)

// owned tells whether a description says whose it is: "Putin’s aide", "her
// campaign manager".
func owned(c *clauses, n phrase) bool {
	for i := n.lo; i < n.hi; i++ {
		if c.is(i, "POS", "PRP$") {
			return true
		}
	}
	return false
}

// byRoles is the one person whose roles hold every word of a description;
// several tells that there is more than one, and none of them spoken of.
func (d *discourse) byRoles(n phrase, words []string, head string) (one *entity, several bool) {
	var fit []*entity
	for _, e := range d.a.people.byOffice(head) {
		if e.person && (e.first <= n.lo || len(words) > 1 || offices.has(head)) && e.fits(words, head) && e.ranks(words, head) {
			fit = append(fit, e)
		}
	}
	switch {
	case len(fit) == 0:
		return nil, false
	case len(fit) == 1 && (len(words) > 1 || kin.has(head)):
		return fit[0], false
	case len(fit) == 1 && d.a.people.plainBefore(n.lo) && d.thoughtOf(fit[0]) == 0:
		return nil, true // "the president" may be somebody whose office the article takes as known
	case len(fit) == 1 && head == "candidate" && d.overshadowed(n, fit[0], words, head):
		return nil, true
	case len(fit) == 1:
		return fit[0], false
	}
	return d.foremost(fit), true
}

// clearly is by how much one must be more thought of than another.
const clearly = 1.5

// byOffice is the one holder of an office who is thought of, if nothing else in
// the description speaks against it: "the former Florida governor" after "Gov.
// Ada Lund".
func (d *discourse) byOffice(c *clauses, n phrase, words []string, head string) *entity {
	var one *entity
	for _, e := range d.a.people.byOffice(head) {
		if !e.person || !e.heads[head] || !e.mayBe(words, head) || !d.isOf(c, n, e) || d.thoughtOf(e) == 0 {
			continue
		}
		if one != nil {
			return nil
		}
		one = e
	}
	if one != nil && !one.holds(words) && d.overshadowed(n, one, words, head) {
		return nil
	}
	return one
}

// holds tells whether the roles of somebody name every place of a description.
func (e *entity) holds(words []string) bool {
	for _, w := range words {
		if places.has(w) && !e.about[w] {
			return false
		}
	}
	return true
}

// overshadowed tells whether another whom a description may mean is clearly more
// thought of.
func (d *discourse) overshadowed(n phrase, one *entity, words []string, head string) bool {
	w, other := d.thoughtOf(one), false
	_, subject := d.weight[n.lo]
	d.each(func(e *entity, now float64) {
		other = other || e != one && e.person && e.words != nil && e.surely() == 1 && now > clearly*w && e.mayBe(words, head) && (subject || !d.isHere(e))
	})
	return other
}

// isHere tells whether the sentence has spoken of somebody already.
func (d *discourse) isHere(e *entity) bool {
	for _, m := range d.here {
		if m.who == e {
			return true
		}
	}
	return false
}

// unheard tells whether a description says something that must have been said
// before to be understood: a name that is no place and no party, or whose
// office it is.
func (d *discourse) unheard(c *clauses, n phrase) bool {
	for i := n.lo; i < n.hi-1; i++ {
		low := canon(c.low(i))
		if c.toks[i].proper() && !places.has(low) && !parties.has(low) && !emptyWords.has(low) && demonyms[low] == "" && !abroadWords.has(low) {
			return true
		}
	}
	return c.reach(n.hi) > n.hi && c.low(n.hi+1) != "state"
}

// abroadWords are what else may stand capitalised before an office.
var abroadWords = set("the presidential vice u.s. us house senate white deputy prime")

// unnamed is somebody new whom the article only describes.
func (c *clauses) unnamed(n phrase) *entity {
	return &entity{person: true, gender: c.genderOfNoun(n), heads: map[string]bool{canon(c.low(n.hi - 1)): true}}
}

// foremost is the one of several who is clearly more thought of than the rest.
func (d *discourse) foremost(of []*entity) *entity {
	var best *entity
	first, second := 0.0, 0.0
	for _, e := range of {
		if w := d.thoughtOf(e); w > first {
			best, first, second = e, w, first
		} else {
			second = max(second, w)
		}
	}
	if first < clearly*second {
		return nil
	}
	return best
}

// thoughtOf is how much somebody is in mind now.
func (d *discourse) thoughtOf(e *entity) float64 {
	w := d.focus[e] * fade
	for _, m := range d.here {
		if m.who == e {
			return w + m.weight
		}
	}
	return w
}

// leastFocus is how much somebody must be thought of to be described by a word
// that the article has not used of them: subject of the sentence before, less a
// little.
const leastFocus = 10

// inFocus is the one spoken of just now whom a description may be about, though
// the article never said so: "Ada Lund spoke. The senator said".
func (d *discourse) inFocus(c *clauses, n phrase, words []string, head string) *entity {
	gender := c.genderOfNoun(n)
	var fit []*entity
	own := map[*entity]bool{}
	if f := d.source[n.lo]; f != nil {
		d.a.namedIn(c, f, own)
	}
	d.each(func(e *entity, w float64) {
		if e.words == nil && !e.heads[head] {
			return // "a reporter" is not "the businessman"
		}
		if e.surely() < 1 && len(e.roles) == 0 {
			return
		}
		if w >= leastFocus && e.person && !own[e] && !d.governs(c, n, e) && (gender == 0 || e.gender == 0 || e.gender == gender) && e.mayBe(words, head) {
			fit = append(fit, e)
		}
	})
	best := d.foremost(fit)
	if best == nil || best.words == nil {
		return nil
	}
	return best
}

// governs tells whether somebody is the subject of the main clause to which a
// description's clause belongs: "Lund spoke after the senator had spoken".
func (d *discourse) governs(c *clauses, n phrase, e *entity) bool {
	if d.weight[n.lo] != asSubordinate {
		return false
	}
	for _, m := range d.here {
		if m.who == e && m.weight == asSubject {
			return true
		}
	}
	return false
}

// mayBe tells whether nothing known of somebody speaks against a description.
func (e *entity) mayBe(words []string, head string) bool {
	if !e.heads[head] && (offices.has(head) && e.holdsOffice() || e.heldElsewhere(head) || head == "candidate" && len(e.heads) > 0 && !e.hasHead(ambitious)) {
		return false
	}
	if !e.ranks(words, head) {
		return false
	}
	for _, w := range words {
		if places.has(w) && !e.about[w] && parties.has(head) && (!e.holdsOffice() && !e.hasHead(seated) || e.hasHead(national)) {
			return false
		}
		if countries.has(w) && !e.about[w] && e.holdsOffice() || places.has(w) && !e.about[w] && e.has(places) || parties.has(w) && !e.about[w] && e.has(parties) {
			return false
		}
	}
	return true
}

func (e *entity) has(any *wordSet) bool {
	for w := range e.about {
		if any.has(w) {
			return true
		}
	}
	return false
}

func (e *entity) holdsOffice() bool {
	for w := range e.heads {
		if offices.has(w) {
			return true
		}
	}
	return false
}

// seated are who else sits for a place: "the Marl Republican" may be the majority
// leader. national are who never does.
var (
	seated   = set("leader whip speaker lawmaker congressman chair")
	national = set("president premier chancellor king queen prince secretary ambassador commissioner")
)

// ambitious are what candidates are besides.
var ambitious = set("senator governor representative secretary president speaker businessman neurosurgeon leader executive")

// offices are held one at a time.
var offices = set(`president premier chancellor king queen prince minister senator governor representative mayor secretary
	judge justice general ambassador commissioner lady`)

// countries but the one that American news leaves out.
var countries = foreign()

func foreign() *wordSet {
	var lands []string
	for _, land := range demonyms {
		if land != "united states" {
			lands = append(lands, land)
		}
	}
	return setOf(lands)
}

var parties = set("republican democrat independent libertarian")

// plainBefore tells whether somebody is named before token i without an office.
func (p *people) plainBefore(i int) bool {
	for _, e := range p.all {
		if e.person && len(e.words) > 1 && len(e.roles) == 0 && e.surely() == 1 {
			return e.first < i // the first is enough: they stand in order
		}
	}
	return false
}

// emptyWords say nothing of who is described.
var emptyWords = set(`top senior chief veteran longtime former current own likely presumptive presumed prospective eventual
	outspoken self-described star famous popular prominent noted`)

// leaders are the offices that "leader" may mean.
var leaders = set("president premier chancellor king queen prince minister leader")

func (e *entity) fits(words []string, head string) bool {
	if !e.heads[head] && !(head == "leader" && e.leads()) && !(parties.has(head) && e.about[head]) {
		return false
	}
	for _, w := range words {
		if !e.about[w] && w != head && !emptyWords.has(w) && !(head == "candidate" && w == "presidential") {
			return false
		}
	}
	return true
}

func (e *entity) leads() bool { return e.hasHead(leaders) }

func (e *entity) hasHead(any *wordSet) bool {
	for w := range e.heads {
		if any.has(w) {
			return true
		}
	}
	return false
}

// canon is the word by which a role is known: "Sen." and "senator" are one, and
// so are the words for who runs for an office.
func canon(low string) string {
	if w := sameRole[low]; w != "" {
		return w
	}
	return low
}

var sameRole = map[string]string{
	"sen.": "senator", "sens.": "senator", "gov.": "governor", "govs.": "governor", "pres.": "president",
	"rep.": "representative", "reps.": "representative", "congressman": "representative", "congresswoman": "representative",
	"gen.": "general", "amb.": "ambassador", "dr.": "doctor", "prof.": "professor",
	"gop": "republican", "republicans": "republican", "democratic": "democrat", "democrats": "democrat",
	"nominee": "candidate", "front-runner": "candidate", "frontrunner": "candidate", "contender": "candidate", "hopeful": "candidate",
	"chairman": "chair", "chairwoman": "chair", "chairperson": "chair", "head": "chair", "advisor": "adviser",
	"mogul": "businessman", "magnate": "businessman", "tycoon": "businessman", "billionaire": "businessman",
	"developer": "businessman", "businesswoman": "businessman", "entrepreneur": "businessman", "co-host": "host",
	"surgeon": "neurosurgeon", "reporter": "journalist", "correspondent": "journalist",
}

// genderOfNoun is the gender that a description tells: "the spokeswoman".
func (c *clauses) genderOfNoun(n phrase) int {
	switch c.low(n.hi - 1) {
	case "man", "boy", "father", "son", "brother", "husband", "spokesman", "chairman", "congressman", "businessman", "king",
		"prince", "actor", "uncle", "nephew", "grandfather", "boyfriend", "pope", "priest", "councilman", "assemblyman":
		return masculine
	case "woman", "girl", "mother", "daughter", "sister", "wife", "widow", "spokeswoman", "chairwoman", "congresswoman",
		"businesswoman", "queen", "princess", "lady", "actress", "aunt", "niece", "grandmother", "girlfriend", "councilwoman", "heiress":
		return feminine
	}
	return 0
}
