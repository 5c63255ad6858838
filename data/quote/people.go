package quote

import "strings"

// entity is a person or a body of the article.
type entity struct {
	name   string   // the earliest full form
	words  []string // the name's words in lower case
	person bool
	sure   bool
	gender int
	roles  []string        // as the article words them, in order
	about  map[string]bool // the words of all roles, demonyms made countries
	heads  map[string]bool // of them, those that head a role: "aide" in "aide of the president"
	first  int             // token of its first mention
	titled bool            // called by a title of several nouns; see wholetitle.go
}

func (e *entity) last() string { return e.words[len(e.words)-1] }

// role is the first description of the entity, or "".
func (e *entity) role() string {
	if len(e.roles) == 0 {
		return ""
	}
	return e.roles[0]
}

func (e *entity) describe(role string, words []string) {
	role = strings.TrimSpace(role)
	if role == "" || courtesy.has(strings.ToLower(role)) || len(e.roles) == maxRoles {
		return
	}
	for _, r := range e.roles {
		if r == role {
			return
		}
	}
	e.roles = append(e.roles, role)
	if e.heads == nil {
		e.heads = map[string]bool{}
	}
	e.heads[headOf(role)] = true
	for _, w := range words {
		e.about[w] = true
	}
}

// headOf is the last word of a description before what it is of.
func headOf(role string) string {
	head := ""
	for _, w := range strings.Fields(lower(role)) {
		switch w {
		case "of", "for", "to", "in", "at", "on", "from", "who", "whose", "which", "with":
			if head != "" {
				return canon(head)
			}
		}
		head = strings.TrimRight(w, ",;")
		if head != w {
			return canon(head)
		}
	}
	return canon(head)
}

// courtesy titles describe nobody.
var courtesy = set("mr. mrs. ms. mr mrs ms miss sir lady lord")

// people are the entities of an article, and where each is mentioned.
type people struct {
	all    []*entity
	byLast map[string][]*entity // full names only, at most maxNamesakes of each
	byName map[string][]*entity // the same by first names, at most two of each
	office map[string][]*entity // people by the words of their roles; see byOffice
	single map[string]*entity   // names of one word
	at     map[int]*entity      // by the first token of a noun phrase
}

// Bounds on what a text of nothing but names may cost; no article comes near.
const (
	maxNamesakes = 50 // people of one surname
	maxRoles     = 50 // descriptions of one person
)

// findPeople reads every noun phrase outside of quotations twice: full names
// first, so that a surname before its full form finds it.
func findPeople(cs []*clauses) *people {
	p := &people{byLast: map[string][]*entity{}, byName: map[string][]*entity{}, single: map[string]*entity{}, at: map[int]*entity{}}
	surnames := map[string]bool{}
	for _, full := range []bool{true, false} {
		for _, c := range cs {
			c.surnames = surnames
			for _, n := range c.nouns {
				if !c.toks[n.lo].quoted() {
					if full {
						p.meetNickname(c, n)
					}
					p.meet(c, n, full)
				}
			}
		}
	}
	for _, c := range cs {
		p.learnRoles(c)
		p.learnCampaigns(c)
		p.learnCopulas(c)
	}
	return p
}

// meet enters a noun phrase that names somebody.
func (p *people) meet(c *clauses, n phrase, full bool) {
	at := c.takeApart(n)
	if at.kind != named {
		p.meetOwner(c, n, full)
		p.meetInside(c, n, full)
		return
	}
	words := p.nameWords(c, at.name)
	if at.person && len(words) > 1 != full || !at.person && full {
		return
	}
	var e *entity
	switch {
	case len(words) > 1 && at.person:
		e = p.fullName(c, at, words)
	case len(words) > 1:
		e = p.body(c, at, words)
	default:
		e = p.oneWord(c, at, words[0])
	}
	p.at[n.lo] = e
	if e.gender == 0 {
		e.gender = at.gender
	}
	if e.person && !at.title.empty() {
		e.describe(c.text(at.title), c.roleWords(at.title))
	}
}

// meetOwner enters the name in "Putin’s aide", a mention of Putin though the
// phrase is not about him.
func (p *people) meetOwner(c *clauses, n phrase, full bool) {
	for i := n.hi - 1; i > n.lo; i-- {
		if c.is(i, "POS") && c.toks[i-1].proper() {
			if owner := (phrase{n.lo, i}); c.takeApart(owner).kind == named {
				p.meet(c, owner, full)
				delete(p.at, n.lo)
			}
			return
		}
	}
}

// meetInside enters a full name before a common noun: "Ada Lund voters".
func (p *people) meetInside(c *clauses, n phrase, full bool) {
	for i := n.lo; full && i+2 < n.hi; i++ {
		if givenNames[c.low(i)] == 0 || !c.toks[i].proper() || !c.toks[i+1].proper() {
			continue
		}
		k := i + 2
		for k < n.hi && c.toks[k].proper() {
			k++
		}
		if name := (phrase{i, k}); k < n.hi && k <= i+3 && c.takeApart(name).person {
			p.meet(c, name, full)
			delete(p.at, i)
		}
		return
	}
}

// meetNickname enters "John “Dusty” Weir", which marks cut in three.
func (p *people) meetNickname(c *clauses, n phrase) {
	q := n.hi
	if n.hi-n.lo > 3 || givenNames[c.low(n.hi-1)] == 0 || !c.in(q) || !c.toks[q].quoted() {
		return
	}
	for c.in(q) && c.toks[q].quoted() && q < n.hi+3 {
		q++
	}
	last, ok := c.nounStarting(q)
	if !ok || c.toks[q].quoted() || !c.toks[q].proper() || last.hi != q+1 {
		return
	}
	name := c.text(phrase{n.hi - 1, n.hi}) + " " + c.text(last)
	words := []string{c.low(n.hi - 1), c.low(q)}
	for _, e := range p.byLast[words[1]] {
		if e.words[0] == words[0] {
			return
		}
	}
	e := &entity{name: name, words: words, person: true, sure: true, gender: givenNames[words[0]], about: map[string]bool{}, first: n.hi - 1}
	p.all = append(p.all, e)
	p.enter(e)
}

func (p *people) nameWords(c *clauses, name phrase) []string {
	var out []string
	for i := name.lo; i < name.hi; i++ {
		if !patronymic(c.low(i)) || i == name.lo || i == name.hi-1 {
			out = append(out, c.low(i))
		}
	}
	return out
}

// patronymic: "Vladimir Vladimirovich Putin" is Vladimir Putin.
func patronymic(low string) bool {
	for _, end := range []string{"ovich", "evich", "ovych", "evych", "ovna", "evna", "ivna", "yivna"} {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return false
}

func (p *people) fullName(c *clauses, at naming, words []string) *entity {
	last := words[len(words)-1]
	for _, e := range p.byLast[last] {
		if e.words[0] == words[0] || nameParticles.has(words[0]) {
			return e // "De Blasio"
		}
	}
	if titles.has(last) || neverNames.has(last) {
		c.surnames[last] = true
	}
	e := p.add(c, at, words)
	p.enter(e)
	return e
}

// enter makes a full name known by its first and its last word.
func (p *people) enter(e *entity) {
	first, last := e.words[0], e.last()
	if len(p.byLast[last]) < maxNamesakes {
		p.byLast[last] = append(p.byLast[last], e)
	}
	if len(p.byName[first]) < 2 {
		p.byName[first] = append(p.byName[first], e)
	}
}

func (p *people) add(c *clauses, at naming, words []string) *entity {
	var name []string
	for i := at.name.lo; i < at.name.hi; i++ {
		if !patronymic(c.low(i)) || i == at.name.lo || i == at.name.hi-1 {
			name = append(name, c.text(phrase{i, i + 1}))
		}
	}
	text := strings.Join(name, " ")
	if !at.person {
		text = c.text(at.name)
	}
	e := &entity{name: text, words: words, person: at.person, sure: at.sure, gender: at.gender,
		about: map[string]bool{}, first: at.name.lo}
	p.all = append(p.all, e)
	return e
}

func (p *people) body(c *clauses, at naming, words []string) *entity {
	key := strings.Join(words, " ")
	if e := p.single[key]; e != nil {
		return e
	}
	e := p.add(c, at, words)
	p.single[key] = e
	return e
}

// oneWord is the person of that surname, or of that first name if it is one
// person's, or somebody known by that word alone.
func (p *people) oneWord(c *clauses, at naming, word string) *entity {
	if es := p.byLast[word]; len(es) > 0 && (at.person || !at.sure || !places.has(word)) {
		return bearer(es, at.gender)
	}
	if e := p.single[word]; e != nil {
		return e
	}
	if e := p.byFirst(word); e != nil && at.person {
		return e
	}
	e := p.add(c, at, []string{word})
	p.single[word] = e
	return e
}

// bearer picks among people of one surname the one that it stands for alone:
// of the gender that a title gives, the one named first. News calls the second
// by both names.
func bearer(es []*entity, gender int) *entity {
	var best *entity
	for _, e := range es {
		fits := gender == 0 || e.gender == 0 || e.gender == gender
		if fits && (best == nil || e.first < best.first) {
			best = e
		}
	}
	if best == nil {
		return es[0]
	}
	return best
}

// byFirst is the one person of a first name, or nil.
func (p *people) byFirst(word string) *entity {
	if es := p.byName[word]; len(es) == 1 {
		return es[0]
	}
	return nil
}

// byOffice are the people one of whose roles has a word; for "leader", those
// who lead.
func (p *people) byOffice(word string) []*entity {
	if p.office == nil {
		p.office = map[string][]*entity{}
		for _, e := range p.all {
			for w := range e.about {
				p.office[w] = append(p.office[w], e)
			}
			if !e.about["leader"] && e.leads() {
				p.office["leader"] = append(p.office["leader"], e)
			}
		}
	}
	return p.office[word]
}

// learnRoles reads appositions: "Ushakov, a former ambassador, …" and "the
// minister, Bernard Cazeneuve, …".
func (p *people) learnRoles(c *clauses) {
	for _, n := range c.nouns {
		if c.toks[n.lo].quoted() {
			continue
		}
		e := p.at[n.lo]
		if e != nil && e.person {
			if role := c.appositionAfter(n.hi); !role.empty() && !(c.is(n.lo-1, "IN") && e.surely() < 1) {
				e.describe(c.text(role), c.roleWords(role))
			}
			continue
		}
		if c.takeApart(n).kind != described {
			continue
		}
		if e := p.appositive(c, n); e != nil {
			role := c.trimDeterminer(phrase{n.lo, c.reach(n.hi)})
			e.describe(c.text(role), c.roleWords(role))
		}
	}
}

// learnCampaigns reads "the Lund campaign" and "Lund’s presidential campaign":
// Lund is a candidate.
func (p *people) learnCampaigns(c *clauses) {
	for _, n := range c.nouns {
		if c.low(n.hi-1) != "campaign" || c.toks[n.lo].quoted() {
			continue
		}
		for i := n.lo; i < n.hi-1; i++ {
			if es := p.byLast[c.low(i)]; c.toks[i].proper() && len(es) > 0 {
				bearer(es, 0).also("candidate")
			}
		}
	}
}

// also notes a role that the article doesn't word.
func (e *entity) also(head string) {
	if e.heads == nil {
		e.heads = map[string]bool{}
	}
	e.heads[head], e.about[head] = true, true
}

// copulas say of somebody what he is.
var copulas = set("is was 's became become becomes remains be")

// learnCopulas reads "Lund is the governor of Marl".
func (p *people) learnCopulas(c *clauses) {
	for k := range c.verbs {
		g := &c.verbs[k]
		if c.toks[g.lo].quoted() || g.negated || !g.finite || !copulas.has(c.low(g.main)) || g.hi != g.main+1 {
			continue
		}
		n, ok := c.nounStarting(g.hi)
		if !ok || c.toks[n.lo].quoted() || !c.is(n.lo, "DT") || c.takeApart(n).kind != described {
			continue
		}
		s, ok := c.subjectBefore(g.lo)
		if !ok || s.loose {
			continue
		}
		if e := p.at[s.head.lo]; e != nil && e.person && e.roles == nil {
			role := phrase{n.lo, c.reach(n.hi)}
			e.describe(c.text(role), c.roleWords(role))
		}
	}
}

// appositionAfter is the description between commas after a name, or none.
func (c *clauses) appositionAfter(i int) phrase {
	if c.low(i) != "," {
		return phrase{}
	}
	n, ok := c.nounStarting(i + 1)
	if !ok || c.toks[n.lo].quoted() || c.takeApart(n).kind != described {
		return phrase{}
	}
	if _, other := c.officeHolder(n); other {
		return phrase{} // "at Marl, President of Zwolk Ada Lund"
	}
	if c.verbStarting(c.reach(n.hi)) != nil {
		return phrase{} // "after a call with Macron, the President of Russia said"
	}
	return phrase{n.lo, c.asideEnd(i + 1)}
}

// appositive is the person named between commas after a description.
func (p *people) appositive(c *clauses, described phrase) *entity {
	i := c.reach(described.hi)
	if mark := c.low(i); mark != "," && mark != "--" && mark != "—" && mark != "–" {
		return nil
	}
	n, ok := c.nounStarting(i + 1)
	if !ok || !c.asideEnds(n.hi) {
		return nil
	}
	e := p.at[n.lo]
	if e == nil || !e.person || len(e.words) == 1 && !kin.has(canon(c.low(described.hi-1))) {
		return nil
	}
	return e
}

// kin are named by their first names: "his wife, Ada, said".
var kin = set("wife husband widow father mother son daughter brother sister aunt uncle cousin girlfriend boyfriend")

// roleWords are the words by which a description is recognised again.
func (c *clauses) roleWords(p phrase) []string {
	var out []string
	for i := p.lo; i < p.hi; i++ {
		t := &c.toks[i]
		if i > p.lo && (t.low == "," || t.tag == "WP" || t.tag == "WDT") {
			break
		}
		if land := demonyms[t.low]; land != "" {
			out = append(out, strings.Fields(land)...)
			continue
		}
		if t.noun() || strings.HasPrefix(t.tag, "JJ") {
			out = append(out, canon(t.low))
		}
	}
	return out
}

// asideEnds tells whether an aside may end before token i.
func (c *clauses) asideEnds(i int) bool {
	switch c.low(i) {
	case ",", ".", ";", "--", "—", "–", "":
		return true
	}
	return false
}
