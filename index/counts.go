package index

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/scorch_segment_api/v2"
)

// counted is a term with how many documents have it.
type counted struct {
	term  string
	count int
}

// terms goes through the terms of a keyword field, in order, with their documents' count:
// those of removed articles too, for a while.
func (x *Index) terms(field string, each func(term string, count int)) (err error) {
	snapshot, err := snapshotOf(x.ix)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, snapshot.Close()) }()
	var all []counted
	for _, s := range snapshot.Segments() {
		err := eachTerm(s, field, nil, nil, func(term string, count int) { all = append(all, counted{term, count}) })
		if err != nil {
			return err
		}
	}
	slices.SortFunc(all, func(a, b counted) int { return cmp.Compare(a.term, b.term) })
	for i := 0; i < len(all); {
		c := all[i]
		for i++; i < len(all) && all[i].term == c.term; i++ {
			c.count += all[i].count
		}
		each(c.term, c.count)
	}
	return nil
}

// eachTerm goes through the terms of a field in one segment from one on to before another,
// nil for all. The count that Bleve's list of terms has is not to be used: behind the first
// term that a single document has, it is one.
func eachTerm(s *scorch.SegmentSnapshot, field string, from, to []byte, each func(term string, count int)) error {
	d, err := s.Segment().Dictionary(field)
	if err != nil {
		return fmt.Errorf("%w: listing %s: %v", ErrDamaged, field, err)
	}
	var documents bleve.PostingsList
	terms := d.AutomatonIterator(nil, from, to)
	for {
		e, err := terms.Next()
		if err != nil {
			return fmt.Errorf("%w: listing %s: %v", ErrDamaged, field, err)
		}
		if e == nil {
			return nil
		}
		if documents, err = d.PostingsList([]byte(e.Term), nil, documents); err != nil {
			return fmt.Errorf("%w: counting in %s: %v", ErrDamaged, field, err)
		}
		each(e.Term, int(documents.Count()))
	}
}
