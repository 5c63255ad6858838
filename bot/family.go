package bot

import (
	"iter"
	"slices"
	"strings"

	"onrecord/data/naming"
	"onrecord/index"
)

// family is everybody whose name ends in one word, folded: who bears a surname, and
// bodies. Names that mean one person are joined within it.
type family struct {
	people []*person            // not the bodies; once all are entered, those first who say most
	byName map[string]*person   // by folded whole name
	stored map[nameOf]*person   // by the name in the index
	kinds  map[nameOf]bool      // folded names, of people and of bodies; while it is filled
	crowd  map[string][]*person // people of a large family by what may be a given name; while it is filled
}

func newFamily() *family {
	return &family{byName: map[string]*person{}, stored: map[nameOf]*person{}}
}

// found tells whether anybody is in it.
func (f *family) found() bool { return len(f.byName) > 0 || len(f.stored) > 0 }

// order puts those first who say most.
func (f *family) order() {
	slices.SortStableFunc(f.people, func(p, o *person) int { return o.statements - p.statements })
}

// join enters the speakers of a family. Names are of one person where the given
// names don't speak against each other (see sameGiven); a surname alone goes to the
// commonest full name that has it. What the operator says of people goes before all
// that, but a town of the name of somebody in the file stays a town.
func (r *roster) join(f *family, all []index.Speaker) {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b index.Speaker) int { return b.Statements - a.Statements })
	words := make([][]string, len(all))
	f.kinds = map[nameOf]bool{}
	for i, s := range all {
		words[i] = naming.Words(s.Name)
		f.kinds[nameOf{strings.Join(words[i], " "), s.Person}] = true
	}
	for _, alone := range []bool{false, true} {
		for i, s := range all {
			if len(words[i]) > 0 && (s.Person && len(words[i]) == 1) == alone {
				r.enter(f, s, words[i])
			}
		}
	}
	f.crowd, f.kinds = nil, nil
}

func (r *roster) enter(f *family, s index.Speaker, words []string) {
	p := r.joined(f, s, words)
	if p == nil {
		p = &person{name: s.Name, person: s.Person, words: words, roster: r.known}
		if s.Person {
			f.add(p)
		}
	}
	if name := strings.Join(words, " "); f.byName[name] == nil {
		f.byName[name] = p
	}
	f.stored[nameOf{s.Name, s.Person}] = p
	p.stored = append(p.stored, s.Name)
	p.statements += s.Statements
}

// joined is the person already entered whom a stored name means, or nil. Where
// given names fit several, as "A. Wexmoor" does Ada and Abel, it means neither.
func (r *roster) joined(f *family, s index.Speaker, words []string) *person {
	name := strings.Join(words, " ")
	if p := r.edited(words); p != nil && (p.person == s.Person || !f.kinds[nameOf{name, p.person}]) {
		return p
	}
	if p := f.byName[name]; p != nil && p.person == s.Person {
		return p
	}
	if !s.Person {
		return nil
	}
	if len(words) == 1 {
		for _, p := range f.people {
			if !p.not[name] {
				return p
			}
		}
		return nil
	}
	var same *person
	given := words[:len(words)-1]
	for namesakes := range f.namesakes(given) {
		for _, p := range namesakes {
			if p == same || p.not[name] || !sameGiven(given, p.given()) {
				continue
			}
			if same != nil {
				return nil
			}
			same = p
		}
	}
	return same
}

// crowded is how many bearers of a surname are gone through one by one.
const crowded = 16

// namesakes are those among whom whoever has these given names is; some come twice.
func (f *family) namesakes(given []string) iter.Seq[[]*person] {
	return func(yield func([]*person) bool) {
		if len(f.people) <= crowded {
			yield(f.people)
			return
		}
		for _, key := range givenAsked(given) {
			if !yield(f.crowd[key]) {
				return
			}
		}
	}
}

// add enters a person, in a large family by what may be a given name too.
func (f *family) add(p *person) {
	f.people = append(f.people, p)
	if len(f.people) <= crowded {
		return
	}
	entered := []*person{p}
	if f.crowd == nil {
		f.crowd, entered = map[string][]*person{}, f.people
	}
	for _, p := range entered {
		for _, key := range givenKeys(p.given()) {
			f.crowd[key] = append(f.crowd[key], p)
		}
	}
}

// families parts speakers, in the order of their families, into those.
func families(all []index.Speaker) iter.Seq[[]index.Speaker] {
	return func(yield func([]index.Speaker) bool) {
		for len(all) > 0 {
			n := slices.IndexFunc(all, func(s index.Speaker) bool { return s.Family != all[0].Family })
			if n < 0 {
				n = len(all)
			}
			if !yield(all[:n]) {
				return
			}
			all = all[n:]
		}
	}
}
