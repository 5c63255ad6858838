package quote

import "strings"

// Offices that are not one another: whose words "the Foreign Minister" and "the
// President of the Ferry Board" are not, though they were spoken of just now and
// are a minister and a president too.

// posts are what nobody is beside an office, nor beside another of them.
var posts = set(`treasurer auditor clerk superintendent spokesman spokeswoman spokesperson adviser director manager editor
	inspector detective sheriff coach dean principal`)

// chaired are the offices of those who may chair something besides: the head of a
// committee is a senator, the head of a president's office no president.
var chaired = set("senator representative secretary speaker")

// heldElsewhere tells whether what somebody is known as speaks against an office
// or a post that the article has not given them.
func (e *entity) heldElsewhere(head string) bool {
	switch {
	case posts.has(head):
		return e.holdsOffice() || e.hasHead(posts)
	case offices.has(head):
		return e.hasHead(posts) || e.heads["chair"] && !chaired.has(head)
	}
	return false
}

// rankWords make another office of one: a deputy minister is no minister.
var rankWords = set("prime vice deputy lieutenant lt. first press")

// portfolios are the offices of which a government has several.
var portfolios = set("minister secretary")

// ranks tells whether somebody's roles allow the words of a description that say
// which minister or which president is meant.
func (e *entity) ranks(words []string, head string) bool {
	if !offices.has(head) || !e.heads[head] {
		return true
	}
	for _, role := range e.roles {
		for _, part := range officesIn(role) {
			if headOf(part) == head && sameOffice(words, strings.Fields(lower(part)), head) {
				return true
			}
		}
	}
	return len(e.roles) == 0
}

// officesIn cuts the description of somebody with two offices, "Deputy Mayor –
// Minister of Weirs".
func officesIn(role string) []string {
	return strings.FieldsFunc(strings.NewReplacer(" - ", "\n", " – ", "\n", " and ", "\n", ", ", "\n").Replace(role), func(r rune) bool { return r == '\n' })
}

// sameOffice compares the ranks of a description and of a role, and the
// portfolio that the description names.
func sameOffice(words, role []string, head string) bool {
	has := map[string]bool{}
	for _, w := range role {
		w = strings.Trim(w, ",.")
		has[w], has[canon(w)] = true, true
	}
	has["interior"] = has["interior"] || has["internal"] // "Minister of Internal Affairs"
	said, bare := map[string]bool{}, true
	for _, w := range words {
		said[w] = true
	}
	for w := range rankWords.all {
		if said[w] != has[w] && !(w == "first" && head != "lady") {
			return false
		}
	}
	for w := range has {
		bare = bare && (!has[w] || !portfolioWord(w, head))
	}
	for _, w := range words {
		if portfolios.has(head) && portfolioWord(w, head) && !has[w] && !bare {
			return false
		}
	}
	return true
}

// portfolioWord tells whether a word before an office says which it is.
func portfolioWord(w, head string) bool {
	return canon(w) != head && !rankWords.has(w) && !emptyWords.has(w) && !places.has(w) && !parties.has(w) && demonyms[w] == "" && !countries.has(w) && w != "the" && w != "of" && w != "for"
}

// isOf tells whether one of somebody's roles is of what a description is of: "the
// President of the Ferry Board" is no president of a country. A place may be left
// out of a role that names none, but not on the page of a presidency, which names
// many presidents.
func (d *discourse) isOf(c *clauses, n phrase, e *entity) bool {
	end := c.reach(n.hi)
	if end <= n.hi || c.low(n.hi) != "of" && !c.capital(n.hi+1) {
		return true // "the Marl senator for his vote"
	}
	for _, w := range c.roleWords(phrase{n.hi, end}) {
		if e.about[w] || stateWords.has(w) {
			continue
		}
		if !places.has(w) || e.has(places) || ofPresidency(d.a.outlet()) {
			return false
		}
	}
	return true
}

// describing is the text of a description, less what its bearer does there: "the
// mayor, addressing Ada Lund".
func (c *clauses) describing(s subject) string {
	p := s.phrase
	for i := s.head.hi; i < s.hi; i++ {
		if speakings.has(c.low(i)) && (c.low(i-1) == "," || c.low(i) == "addressing") {
			p.hi = i
			break
		}
	}
	if c.low(p.hi-1) == "," {
		p.hi--
	}
	return c.text(p)
}

// ofState tells whether a description is "the Head of State".
func (c *clauses) ofState(n phrase) bool {
	return c.low(n.hi-1) == "head" && c.low(n.hi) == "of" && c.low(n.hi+1) == "state"
}
