package bot

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"onrecord/data/naming"
)

// Ways into a roster of a hundred thousand people that a question takes dozens
// of times: surnames that come close, and people by what heads their roles.

// surname is a surname on the roster.
type surname struct {
	name    string
	letters letters
	length  int // in runes
	people  []*person
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

// prepare notes whom the operator's file gives titles, once all are entered.
func (r *roster) prepare() {
	r.titled = nil
	for _, p := range r.all {
		if len(p.titles) > 0 {
			r.titled = append(r.titled, p)
		}
	}
}

// ways are ways into a roster that few questions go: they are made when one does,
// for a large archive has some hundred thousand people.
type ways struct {
	spelling, heading sync.Once
	surnames          []surname            // by the alphabet
	byHead            map[string][]*person // by what heads their roles, in the order of the roster
}

// spelled are the surnames, for names that are spelled wrongly.
func (r *roster) spelled() []surname {
	w := r.ways
	w.spelling.Do(func() {
		for last, people := range r.byLast {
			w.surnames = append(w.surnames, surname{last, lettersOf(last), utf8.RuneCountInString(last), people})
		}
		slices.SortFunc(w.surnames, func(x, y surname) int { return strings.Compare(x.name, y.name) })
	})
	return w.surnames
}

// headed are those of whom a role has a head.
func (r *roster) headed(head string) []*person {
	w := r.ways
	w.heading.Do(func() {
		readAllRoles(r.all)
		w.byHead = map[string][]*person{}
		for _, p := range r.all {
			for _, h := range p.heads {
				w.byHead[h] = append(w.byHead[h], p)
			}
		}
	})
	return w.byHead[head]
}

// close calls each with every surname at most so many typing errors away, in
// the order of the alphabet.
func (r *roster) close(asked string, most int, each func(s surname, errors int)) {
	have, length := lettersOf(asked), utf8.RuneCountInString(asked)
	for _, s := range r.spelled() {
		if d := s.length - length; d > most || -d > most || bits.OnesCount64(uint64(s.letters^have)) > 2*most {
			continue
		}
		if d := naming.Distance(asked, s.name); d <= most {
			each(s, d)
		}
	}
}

// described are those of whom a description's words may be, in the order of the
// roster: one of their roles has its head.
func (r *roster) described(words []string) []*person {
	head := naming.HeadOf(words)
	heads := append([]string{head}, sameOffice[head]...)
	if len(heads) == 1 {
		return r.headed(head)
	}
	seen := map[*person]bool{}
	var out []*person
	for _, h := range heads {
		for _, p := range r.headed(h) {
			if !seen[p] {
				seen[p] = true
				out = append(out, p)
			}
		}
	}
	return out
}
