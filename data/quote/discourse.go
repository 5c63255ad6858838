package quote

import "strings"

// How much a mention makes of somebody, and how fast that fades: the weights of
// S. Lappin and H. Leass (An Algorithm for Pronominal Anaphora Resolution, 1994),
// in steps that news bears out.
const (
	asSubject     = 80.0 // of a main clause
	asSpeaker     = 95.0 // the source of a statement
	asSubordinate = 55.0 // subject of another clause
	asObject      = 50.0
	asOblique     = 35.0 // after a preposition
	asOwner       = 30.0 // "Trump’s aide", "the Trump campaign"
	fade          = 0.5  // from one sentence to the next
	habit         = 0.4  // of what somebody had been thought of before, kept by a new mention
	forgotten     = 4.0  // below, nobody is thought of
)

// How sure a pronoun must be.
const (
	unknownGender = 0.6 // what is left of somebody who may be a man or a woman
	unnamedPerson = 0.8 // ... of one whom no name stands for
	bareWord      = 0.5 // … of one known by one word, who may be no person
	bareName      = 0.8 // ... or by several, none of them a given name
	tooClose      = 0.9 // a second who comes this close makes it nobody
)

// discourse follows who an article speaks of, sentence by sentence: whoever was
// subject of late is who "he" is.
type discourse struct {
	a        *article
	order    []*entity // whom focus holds, in the order they were met
	focus    map[*entity]float64
	here     []seen             // mentions of this sentence, in order
	weight   map[int]float64    // of this sentence's subjects, by first token
	source   map[int]*finding   // findings by the first token of their sources
	nameless map[string]bool    // nouns that somebody unnamed was described by: "a lawmaker"
	meant    map[phrase]*entity // who pronouns and descriptions are, by first token
}

// seen is a mention in the sentence being read. An unnamed person has an
// entity of their own, so that "he" after "a driver" is nobody else.
type seen struct {
	who    *entity
	weight float64
}

// follow resolves every pronoun and description outside of quotations.
func (a *article) follow() map[phrase]*entity {
	d := &discourse{a: a, focus: map[*entity]float64{}, source: map[int]*finding{}, nameless: map[string]bool{}, meant: map[phrase]*entity{}}
	for _, f := range a.findings {
		if !f.source.empty() {
			d.source[f.source.head.lo] = f
		}
	}
	d.nameHouse()
	for s, c := range a.clauses {
		if c.s.lo < c.s.hi && !a.quotedOnly(s) {
			d.read(c)
		}
	}
	return d.meant
}

func (a *article) quotedOnly(s int) bool {
	for i := a.sents[s].lo; i < a.sents[s].hi; i++ {
		if !a.toks[i].quoted() {
			return false
		}
	}
	return true
}

func (d *discourse) read(c *clauses) {
	d.here = d.here[:0]
	d.weigh(c)
	for _, n := range c.nouns {
		if !c.toks[n.lo].quoted() {
			d.meet(c, n)
		}
	}
	d.close()
}

// weigh notes the subjects of a sentence.
func (d *discourse) weigh(c *clauses) {
	d.weight = map[int]float64{}
	for k := range c.verbs {
		g := &c.verbs[k]
		if !g.finite || c.toks[g.lo].quoted() {
			continue
		}
		if s, ok := c.subjectBefore(g.lo); ok {
			d.weight[s.head.lo] = d.clauseWeight(c, s)
		}
	}
	for _, f := range d.a.bySent[d.a.toks[c.s.lo].sent] {
		if !f.source.empty() {
			d.weight[f.source.head.lo] = asSpeaker
			if d.clauseWeight(c, f.source) < asSubject {
				d.weight[f.source.head.lo] = asSubordinate
			}
		}
	}
}

func (d *discourse) clauseWeight(c *clauses, s subject) float64 {
	if c.subordinate(s) && c.low(s.lo-1) != "to" {
		return asSubordinate
	}
	return asSubject
}

// close lets the sentence fade into the focus.
func (d *discourse) close() {
	kept := d.order[:0]
	for _, e := range d.order {
		if d.focus[e] *= fade; d.focus[e] < forgotten {
			delete(d.focus, e)
			continue
		}
		kept = append(kept, e)
	}
	d.order = kept
	best := map[*entity]float64{}
	for _, m := range d.here {
		best[m.who] = max(best[m.who], m.weight)
	}
	for _, m := range d.here {
		if w := best[m.who]; w > 0 {
			if _, known := d.focus[m.who]; !known {
				d.order = append(d.order, m.who)
			}
			d.focus[m.who] = w + habit*d.focus[m.who]
			delete(best, m.who)
		}
	}
}

// meet reads one noun phrase.
func (d *discourse) meet(c *clauses, n phrase) {
	d.meetOwners(c, n)
	w := d.weightOf(c, n)
	if gender := personal[c.low(n.lo)]; gender != 0 && n.hi == n.lo+1 {
		if e := d.pronoun(c, n.lo, gender); e != nil {
			d.meant[n] = e
			d.see(e, w)
		}
		return
	}
	switch at := c.takeApart(n); at.kind {
	case named:
		if e := d.a.people.at[n.lo]; e != nil {
			d.see(e, w)
		}
	case described:
		e := d.described(c, n)
		if e != nil {
			d.meant[n] = e
		} else {
			e = c.unnamed(n)
		}
		d.see(e, w)
	}
}

// personal pronouns stand for one person.
var personal = map[string]int{"he": masculine, "him": masculine, "himself": masculine,
	"she": feminine, "her": feminine, "herself": feminine}

var possessive = map[string]int{"his": masculine, "her": feminine}

// maxHere bounds the mentions of one sentence; no article comes near.
const maxHere = 100

func (d *discourse) see(e *entity, weight float64) {
	if len(d.here) < maxHere {
		d.here = append(d.here, seen{e, weight})
	}
}

func (d *discourse) weightOf(c *clauses, n phrase) float64 {
	if w, ok := d.weight[n.lo]; ok {
		return w
	}
	if d.source[n.lo] != nil || c.saidBy(n) {
		return asSpeaker
	}
	if c.is(n.lo-1, "IN", "TO") {
		return asOblique
	}
	return asObject
}

// saidBy tells whether a cue after a quotation stands before a noun phrase:
// "“…,” said Ada Lund".
func (c *clauses) saidBy(n phrase) bool {
	i := n.lo - 1
	if !c.in(i) || c.verbAt[i-c.s.lo] < 0 {
		return false
	}
	g := c.verbs[c.verbAt[i-c.s.lo]]
	return g.cue != nil && g.hi == n.lo && c.in(g.lo-1) && c.toks[g.lo-1].quoted()
}

// meetOwners reads the people inside a noun phrase who are not what it is about:
// "his aide", "Putin’s aide", "a Trump interview".
func (d *discourse) meetOwners(c *clauses, n phrase) {
	if gender := possessive[c.low(n.lo)]; gender != 0 && n.hi > n.lo+1 {
		if e := d.pick(gender, nil); e != nil {
			d.see(e, asOwner)
		}
		return
	}
	for i := n.lo; i < n.hi-1; i++ {
		if owner := (phrase{n.lo, i}); c.is(i, "POS") && c.takeApart(owner).kind == described {
			if e := d.described(c, owner); e != nil {
				d.meant[owner], d.meant[phrase{n.lo, i + 1}] = e, e
				d.see(e, asOwner)
			}
			return
		}
		if !c.toks[i].proper() || d.a.people.at[n.lo] != nil && !c.is(i+1, "POS") {
			continue
		}
		if e := d.a.people.bySurname(c.low(i)); e != nil {
			d.see(e, asOwner)
		}
	}
}

// bySurname is the one person of a surname, or nil.
func (p *people) bySurname(low string) *entity {
	if es := p.byLast[low]; len(es) == 1 {
		return es[0]
	}
	if e := p.single[low]; e != nil && e.person {
		return e
	}
	return nil
}

// pronoun is who the pronoun at a token means. A source is nobody whom its own
// statement names, or to whom it was made.
func (d *discourse) pronoun(c *clauses, i, gender int) *entity {
	not := map[*entity]bool{}
	if f := d.source[i]; f != nil {
		d.a.namedIn(c, f, not)
	} else if low := c.low(i); low == "him" || low == "her" {
		if k := len(d.here) - 1; k >= 0 {
			not[d.here[k].who] = d.here[k].weight >= asSubordinate // "Macron thanked him"
		}
	}
	return d.pick(gender, not)
}

// namedIn notes the people named in a finding's own words and its addressee, as
// far as they stand in the sentence of its source.
func (a *article) namedIn(c *clauses, f *finding, not map[*entity]bool) {
	for _, n := range c.nouns {
		e := a.people.at[n.lo]
		if e == nil || c.toks[n.lo].quoted() {
			continue
		}
		s := c.span(n)
		for _, p := range f.parts {
			not[e] = not[e] || p.overlaps(s)
		}
		not[e] = not[e] || f.addressee.overlaps(s)
	}
}

// pick is the one of a gender whom a reader thinks of now, nil if it could as
// well be another.
func (d *discourse) pick(gender int, not map[*entity]bool) *entity {
	var best *entity
	first, second := forgotten, 0.0
	d.each(func(e *entity, w float64) {
		if !e.may(gender) || not[e] {
			return
		}
		switch {
		case e.gender != 0:
		case e.words == nil || e.titled:
			w *= unnamedPerson
		default:
			w *= unknownGender
		}
		w *= e.surely()
		if w > first {
			best, first, second = e, w, max(first, second)
		} else {
			second = max(second, w)
		}
	})
	if best == nil || best.words == nil || second > tooClose*first {
		return nil
	}
	if best.gender == 0 && second < first/2 {
		best.gender = gender // "President Lund …. She"
	}
	return best
}

// surely is less than 1 for a capitalised word that may be no person.
func (e *entity) surely() float64 {
	switch {
	case e.sure || e.gender != 0 || e.words == nil:
		return 1
	case len(e.words) == 1:
		return bareWord
	}
	return bareName
}

// each calls do with everybody thought of, and how much.
func (d *discourse) each(do func(*entity, float64)) {
	now := map[*entity]float64{}
	for _, m := range d.here {
		now[m.who] = max(now[m.who], m.weight)
	}
	for _, e := range d.order {
		do(e, d.focus[e]*fade+now[e])
		delete(now, e)
	}
	for _, m := range d.here {
		if w, ok := now[m.who]; ok {
			do(m.who, w)
			delete(now, m.who)
		}
	}
}

func (e *entity) may(kind int) bool {
	if kind&neuter != 0 {
		last := ""
		if e.words != nil {
			last = e.last()
		}
		return !e.person && !groupNouns.has(last) && demonyms[last] == "" && demonyms[strings.TrimSuffix(last, "s")] == ""
	}
	return e.person && (e.gender == 0 || e.gender&kind != 0)
}
