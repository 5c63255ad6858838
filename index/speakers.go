package index

import (
	"cmp"
	"slices"
	"strings"

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
	Statements int
}

// Role is how articles describe a speaker.
type Role struct {
	Words      string
	Statements int // in how many
}

// speakerTerm is the term that a name is indexed as.
func speakerTerm(name string) string { return naming.Family(name) + "\t" + name }

// Family are the speakers whose names have one last word, as naming.Family gives it,
// in the order of their names, people before bodies.
func (x *Index) Family(word string) (all []Speaker, err error) {
	for _, person := range []bool{true, false} {
		names, err := x.termsWhere(fieldFamily, word, nameField(person), word+"\t")
		if err != nil {
			return nil, err
		}
		for _, t := range names {
			all = append(all, Speaker{word, t.term[len(word)+1:], person, t.count})
		}
	}
	slices.SortFunc(all, compareSpeakers)
	return all, nil
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
	roles, err := x.termsWhere(nameField(person), speakerTerm(name), fieldRole, name+"\t")
	for _, t := range roles {
		all = append(all, Role{t.term[len(name)+1:], t.count})
	}
	return all, err
}

// Holder is a person by a role.
type Holder struct {
	Name, Role string
	Statements int // in how many the name has the role
}

// Holders are the people with a role that has a head, as naming.Heads gives it, and
// each of these roles, in the order of the names.
func (x *Index) Holders(head string) (all []Holder, err error) {
	found, err := x.terms(fieldOffice, head+"\t", every)
	for _, t := range found {
		name, role, _ := strings.Cut(t.term[len(head)+1:], "\t")
		all = append(all, Holder{name, role, t.count})
	}
	return all, err
}

// Families are the last words of all speakers' names, by the alphabet.
func (x *Index) Families() (all []string, err error) {
	found, err := x.terms(fieldFamily, "", every)
	for _, t := range found {
		all = append(all, t.term)
	}
	return all, err
}

// Speakers are all names that have statements, by their families and then by the
// names. It reads them all: some 300 ms where there are 200,000.
func (x *Index) Speakers() (all []Speaker, err error) {
	for _, person := range []bool{true, false} {
		found, err := x.terms(nameField(person), "", every)
		if err != nil {
			return nil, err
		}
		for _, t := range found {
			family, name, _ := strings.Cut(t.term, "\t")
			all = append(all, Speaker{family, name, person, t.count})
		}
	}
	slices.SortFunc(all, compareSpeakers)
	return all, nil
}
