package index

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
)

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

// eachTerm goes through those terms of a segment that begin with a prefix, which
// ends in a tab, and hands over what follows it.
func eachTerm(s *scorch.SegmentSnapshot, field, prefix string, each func(rest string, count int)) error {
	d, err := s.Segment().Dictionary(field)
	if err != nil {
		return fmt.Errorf("%w: listing %s: %v", ErrDamaged, field, err)
	}
	behind := []byte(prefix)
	behind[len(behind)-1]++
	terms := d.AutomatonIterator(nil, []byte(prefix), behind)
	for {
		e, err := terms.Next()
		if err != nil {
			return fmt.Errorf("%w: listing %s: %v", ErrDamaged, field, err)
		}
		if e == nil {
			return nil
		}
		each(e.Term[len(prefix):], int(e.Count))
	}
}
