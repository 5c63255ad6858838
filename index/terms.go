package index

import (
	"fmt"
	"runtime"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"golang.org/x/sync/errgroup"
)

// counted is a term with how many documents have it.
type counted struct {
	term  string
	count int
}

// terms are the terms of a field that begin with a prefix and that keep wants, by the
// alphabet, with how many documents have each. What was removed doesn't count: that
// is why the terms are looked up one by one, and because the listing that Bleve has
// counts one document for every term that follows a term of one document.
func (x *Index) terms(field, prefix string, keep func(term string) bool) ([]counted, error) {
	segments := x.snapshot.Segments()
	found := make([][]counted, len(segments))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range segments {
		g.Go(func() (err error) {
			defer mendPanic(&err)
			found[i], err = termsOf(s, field, prefix, keep)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return merged(found), nil
}

// termsWhere are the same of the segments alone that hold another term, all of them:
// to ask for that takes a fiftieth of listing terms.
func (x *Index) termsWhere(holder, held, field, prefix string) (_ []counted, err error) {
	defer mendPanic(&err)
	var found [][]counted
	for _, s := range x.snapshot.Segments() {
		d, err := s.Segment().Dictionary(holder)
		if err != nil {
			return nil, fmt.Errorf("%w: looking into %s: %v", ErrDamaged, holder, err)
		}
		there, err := d.Contains([]byte(held))
		if err != nil {
			return nil, fmt.Errorf("%w: looking into %s: %v", ErrDamaged, holder, err)
		}
		if !there {
			continue
		}
		all, err := termsOf(s, field, prefix, every)
		if err != nil {
			return nil, err
		}
		found = append(found, all)
	}
	return merged(found), nil
}

// merged adds up the terms of several segments.
func merged(found [][]counted) []counted {
	all := slices.Concat(found...)
	slices.SortFunc(all, func(a, b counted) int { return strings.Compare(a.term, b.term) })
	n := 0
	for _, t := range all {
		if n > 0 && all[n-1].term == t.term {
			all[n-1].count += t.count
			continue
		}
		all[n] = t
		n++
	}
	return all[:n]
}

// termsOf are a segment's.
func termsOf(s *scorch.SegmentSnapshot, field, prefix string, keep func(term string) bool) (all []counted, err error) {
	d, err := s.Segment().Dictionary(field)
	if err != nil {
		return nil, fmt.Errorf("%w: listing %s: %v", ErrDamaged, field, err)
	}
	var documents segment.PostingsList
	listed := d.AutomatonIterator(nil, []byte(prefix), behind(prefix))
	for {
		e, err := listed.Next()
		if err != nil {
			return nil, fmt.Errorf("%w: listing %s: %v", ErrDamaged, field, err)
		}
		if e == nil {
			return all, nil
		}
		if e.Term == "" || !keep(e.Term) {
			continue
		}
		if documents, err = d.PostingsList([]byte(e.Term), s.Deleted(), documents); err != nil {
			return nil, fmt.Errorf("%w: listing %s: %v", ErrDamaged, field, err)
		}
		if n := documents.Count(); n > 0 {
			all = append(all, counted{e.Term, int(n)})
		}
	}
}

// behind is the first term after all that begin with a prefix; nil where there is
// none.
func behind(prefix string) []byte {
	b := []byte(prefix)
	for n := len(b) - 1; n >= 0; n-- {
		if b[n]++; b[n] > 0 {
			return b[:n+1]
		}
	}
	return nil
}

func every(string) bool { return true }
