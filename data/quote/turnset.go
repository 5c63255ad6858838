package quote

import (
	"sort"
	"strings"
)

// Which of the labels that turnlabel.go read open turns: they vouch for each
// other.

// labels are what stands before the colons that open turns.
func (a *article) labels() []label {
	var all []label
	for _, p := range a.text.Paragraphs {
		if p.Voice == Speaks {
			all = append(all, labelsIn(a.text.Source, p.Span)...)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return newLabelSet(a, all).kept()
}

// labelSet is what all labels of an article tell about each one.
type labelSet struct {
	*article
	all      []label
	times    map[string]int    // by name
	surnames map[string]string // the names that are surely somebody's, by surname; "" where two have one
}

func newLabelSet(a *article, all []label) *labelSet {
	s := &labelSet{article: a, all: all, times: map[string]int{}, surnames: map[string]string{}}
	s.shorten()
	for _, l := range all {
		s.times[s.key(l)]++
	}
	for _, l := range all {
		words := strings.Fields(lower(l.name))
		if len(words) < 2 || !l.vouch && s.times[lower(l.name)] < 2 {
			continue
		}
		last := words[len(words)-1]
		if other, met := s.surnames[last]; met && lower(other) != lower(l.name) {
			s.surnames[last] = ""
		} else {
			s.surnames[last] = l.name
		}
	}
	s.lengthen()
	return s
}

// lengthen gives a label that is a surname alone the full name of the one speaker
// who has it.
func (s *labelSet) lengthen() {
	for i := range s.all {
		if full := s.surnames[lower(s.all[i].name)]; full != "" {
			s.all[i].name = full
		}
	}
}

// shorten takes from a label what does not belong to its name, where the name
// alone opens another turn: a heading in "Opening Remarks Ada Lund", a title
// that hides where a foreign name begins.
func (s *labelSet) shorten() {
	bare := map[string]int{}
	for _, l := range s.all {
		if text := lower(l.Of(s.text.Source)); l.begins && text == lower(l.name) {
			bare[text]++
		}
	}
	for i := range s.all {
		l := &s.all[i]
		if l.card || l.name == "" {
			continue
		}
		text := l.Of(s.text.Source)
		words, most, at := strings.Fields(text), 0, 0
		for from := max(0, len(words)-maxNameWords); from+1 < len(words); from++ {
			if n := bare[lower(strings.Join(words[from:], " "))]; n > most {
				most, at = n, from
			}
		}
		if most > 0 {
			l.named(words[at:], words[:at])
			l.trim(text)
			l.begins = beginsAt(s.text.Source, 0, l.Start)
		}
	}
}

// kept leaves out the labels that nothing vouches for.
func (s *labelSet) kept() []label {
	var out []label
	for _, l := range s.all {
		if s.opens(l) {
			s.takeIn(&l)
			out = append(out, l)
		}
	}
	return out
}

// maxOfficeTokens is how many words before a name takeIn looks at.
const maxOfficeTokens = 12

// takeIn makes what somebody is part of their label where it is all that a
// sentence has before it: "Marnock Lantern correspondent Ada Lund:".
func (s *labelSet) takeIn(l *label) {
	if l.begins || !s.afterPerson(*l) {
		return
	}
	from := s.tokenBefore(l.Start)
	least := max(0, from-maxOfficeTokens)
	for from > least && !s.toks[from].verb() && !beginsAt(s.text.Source, 0, s.toks[from].Start) {
		from--
	}
	if beginsAt(s.text.Source, 0, s.toks[from].Start) && !s.toks[from].verb() {
		l.Start = s.toks[from].Start
	}
}

// key is a label's name, or its text where it has none.
func (s *labelSet) key(l label) string {
	if l.name == "" {
		return lower(l.Of(s.text.Source))
	}
	return lower(l.name)
}

// opens tells whether a label opens a turn: "Question" does, an office does at
// the start of a sentence, and a name that recurs as a label or that a given
// name, an office, a note or the article vouches for; a surname alone where it
// is known.
func (s *labelSet) opens(l label) bool {
	words := strings.Fields(lower(l.name))
	recurs := s.times[s.key(l)] > 1
	if !strings.Contains(l.Of(s.text.Source), l.name) { // lengthened
		return l.begins || l.capital(s.text.Source) && s.runsIn(l)
	}
	if l.number && !recurs {
		return false
	}
	switch len(words) {
	case 0:
		return l.begins || recurs && l.capital(s.text.Source) && unnamedLabels.has(lower(l.Of(s.text.Source)))
	case 1:
		_, surname := s.surnames[words[0]]
		known := surname || (recurs || l.atLine(s.text.Source)) && len(s.people.byLast[words[0]]) == 1
		return l.begins && (known || l.office)
	}
	if l.begins {
		return recurs || l.vouch || l.noted || s.labelledBefore(words) != nil
	}
	return l.vouch && s.runsIn(l) && (recurs || l.office || l.capital(s.text.Source) && s.afterPerson(l))
}

// afterPerson tells whether what somebody is stands before a label: "newspaper
// correspondent Ada Lund:".
func (s *labelSet) afterPerson(l label) bool {
	i := s.tokenBefore(l.Start)
	return i >= 0 && personNouns.has(s.toks[i].low) && s.toks[i].noun()
}

// tokenBefore is the last token that ends before a byte, or -1.
func (a *article) tokenBefore(at int) int {
	return sort.Search(len(a.toks), func(i int) bool { return a.toks[i].End > at }) - 1
}

// runsIn tells whether a label may follow a heading or a sentence without a full
// stop: "Beginning of talks President of Ferrland Anton Grebelow:". After "said",
// "by" or a comma a name is part of the sentence.
func (s *labelSet) runsIn(l label) bool {
	i := s.tokenBefore(l.Start)
	if i < 0 || courtesy.has(s.toks[i].low) {
		return false
	}
	if upperFirst(s.toks[i].Of(s.text.Source)) {
		return true // of a heading: "Council of the Union State"
	}
	if s.toks[i].verb() && lexicon.form(s.toks[i].low) != nil {
		return false
	}
	switch s.toks[i].tag {
	case "IN", "TO", "CC", "DT", "POS", ",", "WDT", "WP", "VBD", "VBN":
		return false
	}
	return true
}
