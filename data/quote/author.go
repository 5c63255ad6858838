package quote

import (
	"slices"
	"strings"
)

// Whom a document and an office without a country stand for: "The message
// reads", "the Head of State".

// documents are what one person sends: what stands in one is that person's.
var documents = set("message letter telegram note greeting")

// sends are the verbs after the name of who sent a document.
var sends = set("sent congratulated wished extended expressed offered conveyed wrote addressed greeted")

// maxSenderBack is how many sentences before a document its sender may stand.
const maxSenderBack = 3

// sender is who sent the document that is a source, in "Ada Lund sent greetings
// to the divers. The message reads: …": the nearest before it.
func (a *article) sender(c *clauses, s subject) *entity {
	last := s.head.hi - 1
	if !documents.has(c.low(last)) || c.low(s.head.lo) != "the" || s.head.hi-s.head.lo != 2 || s.hi > s.head.hi {
		return nil
	}
	at := a.toks[s.head.lo].sent
	for k := at - 1; k >= 0 && k >= at-maxSenderBack; k-- {
		b := a.clauses[k]
		for _, n := range b.nouns {
			if b.toks[n.lo].quoted() || !sends.has(b.low(n.hi)) {
				continue
			}
			if e := a.people.at[n.lo]; e != nil && e.person {
				return e
			}
			return nil
		}
		if b.speaksOf(c.low(last)) {
			return nil // "Ada Lund received a letter"
		}
	}
	return nil
}

func (c *clauses) speaksOf(word string) bool {
	return slices.ContainsFunc(c.toks[c.s.lo:c.s.hi], func(t token) bool { return t.low == word })
}

// statesHeads are the offices of heads of state.
var statesHeads = set("president king queen emperor empress emir sultan grand-duke")

// headOfState is the one person of the article who can be "the head of state":
// whom it names first, where it calls nobody else president or king.
func (a *article) headOfState(c *clauses, s subject) *entity {
	if c.low(s.head.hi-1) != "head" || c.low(s.head.hi) != "of" || c.low(s.head.hi+1) != "state" {
		return nil
	}
	if a.oneHead == nil {
		e := a.onlyHead()
		a.oneHead = &e
	}
	return *a.oneHead
}

func (a *article) onlyHead() *entity {
	var found, first *entity
	for _, e := range a.people.all {
		if !e.person {
			continue
		}
		if first == nil || e.first < first.first {
			first = e
		}
		if e.headsState() {
			if found != nil {
				return nil // which of two is not said
			}
			found = e
		}
	}
	if found != first || a.presidentsOfTwo() {
		return nil
	}
	return found
}

// presidentsOfTwo tells whether the article speaks of the heads of two states:
// "President of Ferrland", "the King of Quill".
func (a *article) presidentsOfTwo() bool {
	state := ""
	for i := 0; i+2 < len(a.toks); i++ {
		if !statesHeads.has(a.toks[i].low) || a.toks[i+1].low != "of" || a.toks[i].quoted() {
			continue
		}
		at := i + 2
		if a.toks[at].low == "the" {
			at++
		}
		words := make([]string, 0, 3)
		for k := at; k < min(at+3, len(a.toks)); k++ {
			words = append(words, a.toks[k].low)
		}
		if len(words) == 0 || otherHead(words) {
			continue
		}
		if state != "" && state != words[0] {
			return true
		}
		state = words[0]
	}
	return false
}

func (e *entity) headsState() bool {
	for _, role := range e.roles {
		words := strings.Fields(lower(role))
		if statesHeads.has(headOf(role)) && !otherHead(words) {
			return true
		}
	}
	return false
}

// otherHead tells whether the words of an office are of somebody who heads no
// state, or none any more.
func otherHead(words []string) bool {
	for _, w := range words {
		w = strings.Trim(w, ",.")
		if (bodyWords.has(w) || w == "vice" || w == "former" || w == "deputy" || w == "ex") && !stateWords.has(w) {
			return true
		}
	}
	return false
}

// stateWords are the body words in the names of states.
var stateWords = set("republic state states federation kingdom union nation north south east")
