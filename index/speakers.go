package index

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"onrecord/data/naming"
)

// Speakers are filed by the last word of their names, so that whoever asks about
// somebody reads those few who may be meant, and an archive of a hundred thousand
// speakers is opened as fast as one of ten.

// Speaker is a name under which statements are stored.
type Speaker struct {
	Family     string // naming.Family of the name
	Name       string
	Person     bool
	Statements int // those of removed articles too for a while; see StatementCount
}

// Role is how articles describe a speaker.
type Role struct {
	Words      string
	Statements int // in how many, counted as Speaker.Statements
}

// speakerTerm is the term that a name is indexed as.
func speakerTerm(name string) string { return naming.Family(name) + "\t" + name }

// Family are the speakers whose names have one last word, as naming.Family gives it,
// in the order of their names, people before bodies.
func (x *Index) Family(word string) (all []Speaker, err error) {
	defer mendPanic(&err)
	at := map[nameKey]int{}
	for _, s := range x.snapshot.Segments() {
		families, err := s.Segment().Dictionary(fieldFamily)
		if err != nil {
			return nil, fmt.Errorf("%w: looking for speakers: %v", ErrDamaged, err)
		}
		if there, err := families.Contains([]byte(word)); err != nil {
			return nil, fmt.Errorf("%w: looking for speakers: %v", ErrDamaged, err)
		} else if !there {
			continue
		}
		for _, person := range []bool{true, false} {
			err := eachTerm(s, nameField(person), word+"\t", func(name string, count int) {
				key := nameKey{name, person}
				n, ok := at[key]
				if !ok {
					n = len(all)
					at[key] = n
					all = append(all, Speaker{Family: word, Name: name, Person: person})
				}
				all[n].Statements += count
			})
			if err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(all, compareSpeakers)
	return all, nil
}

type nameKey struct {
	name   string
	person bool
}

func nameField(person bool) string {
	if person {
		return fieldPerson
	}
	return fieldBodyName
}

// compareSpeakers orders by family, then by name, people before bodies.
func compareSpeakers(a, b Speaker) int {
	if c := cmp.Or(strings.Compare(a.Family, b.Family), strings.Compare(a.Name, b.Name)); c != 0 || a.Person == b.Person {
		return c
	}
	if a.Person {
		return -1
	}
	return 1
}

// Roles are how articles describe who is stored under a name, in the order of the
// words.
func (x *Index) Roles(name string, person bool) (all []Role, err error) {
	defer mendPanic(&err)
	at := map[string]int{}
	for _, s := range x.snapshot.Segments() {
		names, err := s.Segment().Dictionary(nameField(person))
		if err != nil {
			return nil, fmt.Errorf("%w: looking for roles: %v", ErrDamaged, err)
		}
		if there, err := names.Contains([]byte(speakerTerm(name))); err != nil {
			return nil, fmt.Errorf("%w: looking for roles: %v", ErrDamaged, err)
		} else if !there {
			continue
		}
		err = eachTerm(s, fieldRole, name+"\t", func(role string, count int) {
			n, ok := at[role]
			if !ok {
				n = len(all)
				at[role] = n
				all = append(all, Role{Words: role})
			}
			all[n].Statements += count
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b Role) int { return strings.Compare(a.Words, b.Words) })
	return all, nil
}

// Holders are the people of whom a role has a head, as naming.Heads gives it, those
// first who are called so in most statements, which are what is counted here.
func (x *Index) Holders(head string) (all []Speaker, err error) {
	defer mendPanic(&err)
	at := map[string]int{}
	for _, s := range x.snapshot.Segments() {
		err := eachTerm(s, fieldOffice, head+"\t", func(name string, count int) {
			n, ok := at[name]
			if !ok {
				n = len(all)
				at[name] = n
				all = append(all, Speaker{Family: naming.Family(name), Name: name, Person: true})
			}
			all[n].Statements += count
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(all, func(a, b Speaker) int {
		return cmp.Or(b.Statements-a.Statements, strings.Compare(a.Name, b.Name))
	})
	return all, nil
}

// Families are the last words of all speakers' names, by the alphabet.
func (x *Index) Families() (all []string, err error) {
	defer mendPanic(&err)
	return all, x.terms(fieldFamily, func(word string, _ int) { all = append(all, word) })
}

// Speakers are all names that have statements, by their families and then by the
// names. It reads them all: some 200 ms where there are 200,000.
func (x *Index) Speakers() ([]Speaker, error) {
	var of [2][]Speaker
	var g errgroup.Group
	for i, person := range []bool{true, false} {
		g.Go(func() (err error) {
			defer mendPanic(&err)
			return x.terms(nameField(person), func(term string, count int) {
				family, name, _ := strings.Cut(term, "\t")
				of[i] = append(of[i], Speaker{family, name, person, count})
			})
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	all := slices.Concat(of[0], of[1])
	slices.SortFunc(all, compareSpeakers)
	return all, nil
}

// StatementCount is how many statements a person or a body has now; Speakers
// counts those of removed articles for a while.
func (x *Index) StatementCount(ctx context.Context, name string, person bool) (n int, err error) {
	defer mendPanic(&err)
	return x.total(ctx, term(nameField(person), speakerTerm(name)))
}
