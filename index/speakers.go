package index

import (
	"context"
	"errors"
	"sort"
	"strings"
	"sync"
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
	fields := [...]string{fieldPerson, fieldBodyName, fieldRole}
	var listed [len(fields)][]counted
	var faults [len(fields)]error
	var readers sync.WaitGroup
	for i, field := range fields {
		readers.Go(func() { listed[i], faults[i] = x.counted(field) })
	}
	readers.Wait()
	if err := errors.Join(faults[:]...); err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, names := range listed[:2] {
		for _, n := range names {
			at[n.term] = len(all)
			all = append(all, Speaker{Name: n.term, Person: fields[i] == fieldPerson, Statements: n.count})
		}
	}
	for _, pair := range listed[2] {
		name, role, _ := strings.Cut(pair.term, "\t")
		if n, ok := at[name]; ok {
			all[n].Roles = append(all[n].Roles, role)
			all[n].RoleCounts = append(all[n].RoleCounts, pair.count)
		}
	}
	sort.SliceStable(all, func(i, k int) bool { return all[i].Name < all[k].Name })
	return all, nil
}

func (x *Index) counted(field string) (all []counted, err error) {
	defer mendPanic(&err)
	return all, x.terms(field, func(term string, count int) { all = append(all, counted{term, count}) })
}

// StatementCount is how many statements a person or a body has now; Speakers
// counts those of removed articles for a while.
func (x *Index) StatementCount(ctx context.Context, name string, person bool) (n int, err error) {
	defer mendPanic(&err)
	if person {
		return x.total(ctx, term(fieldPerson, name))
	}
	return x.total(ctx, term(fieldBodyName, name))
}
