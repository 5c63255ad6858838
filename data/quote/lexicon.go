package quote

import (
	_ "embed"
	"fmt"
	"strings"
)

// frames is a set of what may follow a cue verb as content.
type frames uint16

const (
	frameClause     frames = 1 << iota // t
	frameTold                          // o
	frameInfinitive                    // v
	framePersuade                      // p
	frameNoun                          // n
	frameCalled                        // c
	framePhrase                        // f
	frameWhether                       // w: a clause with whether, if or a question word
)

var frameLetters = map[rune]frames{
	't': frameClause, 'o': frameTold, 'v': frameInfinitive, 'p': framePersuade,
	'n': frameNoun, 'c': frameCalled, 'f': framePhrase, 'w': frameWhether, 'q': 0,
}

// cueVerb is an entry of cues.txt.
type cueVerb struct {
	lemma  string
	act    Act
	frames frames
}

//go:embed cues.txt
var cueLines string

// cueLexicon finds a verb by any of its forms.
type cueLexicon map[string]*cueVerb

func (l cueLexicon) form(low string) *cueVerb { return l[low] }

var lexicon = mustReadCues(cueLines)

// mustReadCues reads the embedded list, which a test reads too: a bad line
// can't reach a user.
func mustReadCues(lines string) cueLexicon {
	l := cueLexicon{}
	for n, line := range strings.Split(lines, "\n") {
		field := strings.Fields(line)
		if len(field) == 0 || field[0][0] == '#' {
			continue
		}
		if len(field) != 3 && len(field) != 7 {
			panic(fmt.Sprintf("cues.txt:%d: %q has %d fields, not 3 or 7", n+1, line, len(field)))
		}
		verb := &cueVerb{lemma: field[0], act: Act(field[1])}
		for _, letter := range field[2] {
			verb.frames |= frameLetters[letter]
		}
		forms := inflections(field[0])
		if len(field) == 7 {
			forms = field[3:]
		}
		for _, form := range append(forms, field[0]) {
			l[form] = verb
		}
	}
	return l
}

// inflections gives a regular verb's third person, past and participles.
func inflections(lemma string) []string {
	stem, last := lemma[:len(lemma)-1], lemma[len(lemma)-1]
	consonantY := last == 'y' && !strings.ContainsRune("aeiou", rune(stem[len(stem)-1]))
	third := lemma + "s"
	switch {
	case consonantY:
		third = stem + "ies"
	case strings.HasSuffix(lemma, "s") || strings.HasSuffix(lemma, "sh") || strings.HasSuffix(lemma, "ch"):
		third = lemma + "es"
	}
	switch {
	case last == 'e':
		return []string{third, lemma + "d", stem + "ing"}
	case consonantY:
		return []string{third, stem + "ied", lemma + "ing"}
	case doubles.has(lemma):
		return []string{third, lemma + string(last) + "ed", lemma + string(last) + "ing"}
	}
	return []string{third, lemma + "ed", lemma + "ing"}
}

// doubles are the verbs of cues.txt that double their last letter.
var doubles = set("admit plan dub brag slam snap refer quip beg")

// wordSet is a set of words. Most that are asked for are in none, which their ends
// mostly tell.
type wordSet struct {
	all  map[string]bool
	ends [32]uint64 // bits: the first and last letters that a word of it has
}

// set makes a set of the words of a string.
func set(words string) *wordSet { return setOf(strings.Fields(words)) }

func setOf(words []string) *wordSet {
	s := &wordSet{all: map[string]bool{}}
	for _, w := range words {
		s.all[w] = true
		word, bit := endsOf(w)
		s.ends[word] |= bit
	}
	return s
}

func (s *wordSet) has(w string) bool {
	if w == "" {
		return false
	}
	word, bit := endsOf(w)
	return s.ends[word]&bit != 0 && s.all[w]
}

// endsOf is where a set has the bit of a word, which is not empty.
func endsOf(w string) (word int, bit uint64) {
	return int(w[0] & 31), 1 << ((w[len(w)-1] + uint8(len(w))<<5) & 63)
}
