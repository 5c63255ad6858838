package index

import (
	"fmt"
	"sort"
	"strings"
)

// Speaker is a name under which statements are stored.
type Speaker struct {
	Name       string
	Person     bool
	Statements int
	Roles      []string // how articles describe them
	RoleCounts []int    // in how many statements, as Roles
}

// Speakers are all names that have statements, in order of the names.
func (x *Index) Speakers() ([]Speaker, error) { return x.speakers() }

func (x *Index) findSpeakers() (all []Speaker, err error) {
	defer mendPanic(&err)
	at := map[string]int{}
	for _, field := range []string{fieldPerson, fieldBodyName} {
		err := x.terms(field, func(name string, count int) {
			at[name] = len(all)
			all = append(all, Speaker{Name: name, Person: field == fieldPerson, Statements: count})
		})
		if err != nil {
			return nil, err
		}
	}
	err = x.terms(fieldRole, func(pair string, count int) {
		name, role, _ := strings.Cut(pair, "\t")
		if n, ok := at[name]; ok {
			all[n].Roles = append(all[n].Roles, role)
			all[n].RoleCounts = append(all[n].RoleCounts, count)
		}
	})
	sort.SliceStable(all, func(i, k int) bool { return all[i].Name < all[k].Name })
	return all, err
}

// terms goes through the terms of a keyword field with their documents' count.
func (x *Index) terms(field string, each func(term string, count int)) error {
	d, err := x.ix.FieldDict(field)
	if err != nil {
		return fmt.Errorf("%w: listing %s: %v", ErrDamaged, field, err)
	}
	for e, err := d.Next(); e != nil; e, err = d.Next() {
		if err != nil {
			_ = d.Close()
			return fmt.Errorf("%w: listing %s: %v", ErrDamaged, field, err)
		}
		if e.Term != "" {
			each(e.Term, int(e.Count))
		}
	}
	return d.Close()
}
