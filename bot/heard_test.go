package bot

import (
	"cmp"
	"slices"

	"onrecord/data/naming"
	"onrecord/index"
)

// heard are speakers as an index would have them.
type heard []heardSpeaker

type heardSpeaker struct {
	Name       string
	Person     bool
	Statements int
	Roles      []string
}

func (l heard) speakersIf(of func(heardSpeaker) bool) (all []index.Speaker, err error) {
	for _, s := range l {
		if of(s) {
			all = append(all, index.Speaker{Family: naming.Family(s.Name), Name: s.Name, Person: s.Person, Statements: s.Statements})
		}
	}
	slices.SortStableFunc(all, func(a, b index.Speaker) int {
		return cmp.Or(cmp.Compare(a.Family, b.Family), cmp.Compare(a.Name, b.Name))
	})
	return all, nil
}

func (l heard) Speakers() ([]index.Speaker, error) {
	return l.speakersIf(func(heardSpeaker) bool { return true })
}

func (l heard) Family(word string) ([]index.Speaker, error) {
	return l.speakersIf(func(s heardSpeaker) bool { return naming.Family(s.Name) == word })
}

func (l heard) Holders(head string) (all []index.Holder, err error) {
	for _, s := range l {
		for _, role := range s.Roles {
			if s.Person && slices.Contains(naming.Heads(role), head) {
				all = append(all, index.Holder{Name: s.Name, Role: role, Statements: s.Statements})
			}
		}
	}
	return all, nil
}

func (l heard) Families() (all []string, err error) {
	for _, s := range l {
		all = append(all, naming.Family(s.Name))
	}
	return all, nil
}

func (l heard) Roles(name string, person bool) (all []index.Role, err error) {
	for _, s := range l {
		if s.Name == name && s.Person == person {
			for _, role := range s.Roles {
				all = append(all, index.Role{Words: role, Statements: 1})
			}
		}
	}
	return all, nil
}
