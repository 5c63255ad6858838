package bot

import (
	"math/bits"
	"unicode/utf8"

	"onrecord/data/naming"
)

// Surnames that come close to one that nobody has.

// surname is a surname on the roster.
type surname struct {
	name    string
	letters letters
	length  int // in runes
}

// letters is a set of the letters of a word, each rune a bit by its last five
// bits. Every typing error changes at most two of them, or one and the length.
type letters uint64

func lettersOf(s string) letters {
	var l letters
	for _, r := range s {
		l |= 1 << (r & 63)
	}
	return l
}

// close calls each with every surname at most so many typing errors away, in
// the order of the alphabet, and with those who have it.
func (r *roster) close(asked string, most int, each func(last string, people []*person, errors int)) {
	have, length := lettersOf(asked), utf8.RuneCountInString(asked)
	for _, s := range r.surnames() {
		if d := s.length - length; d > most || -d > most || bits.OnesCount64(uint64(s.letters^have)) > 2*most {
			continue
		}
		d := naming.Distance(asked, s.name)
		if d > most {
			continue
		}
		if people := r.persons(s.name); len(people) > 0 {
			each(s.name, people, d)
		}
	}
}
