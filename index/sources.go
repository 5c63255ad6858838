package index

import (
	"context"
	"sort"
	"time"
)

// Source is an outlet of the archive.
type Source struct {
	Name     string
	Articles int
}

// Sources are the outlets that articles name, those with most articles first.
func (x *Index) Sources() ([]Source, error) { return x.sources() }

func (x *Index) findSources() (all []Source, err error) {
	found, err := x.terms(fieldOutlet, "", every)
	for _, t := range found {
		all = append(all, Source{t.term, t.count})
	}
	sort.SliceStable(all, func(i, k int) bool { return all[i].Articles > all[k].Articles })
	return all, err
}

// Size is how much an index holds.
type Size struct {
	Articles, Passages, Statements int
	Bytes                          int64     // on disk
	Written                        time.Time // when this state was completed
}

// Size counts what the index holds. Articles that were refused don't count.
func (x *Index) Size(ctx context.Context) (s Size, err error) {
	defer mendPanic(&err)
	for kind, n := range map[string]*int{"t": &s.Articles, "p": &s.Passages, "s": &s.Statements} {
		if *n, err = x.total(ctx, term(fieldKind, kind)); err != nil {
			return Size{}, err
		}
	}
	s.Written = x.state.Written
	s.Bytes = x.state.Bytes
	return s, nil
}
