package index

import (
	"context"
	"math"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	"github.com/blevesearch/bleve/v2/search/searcher"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// narrowed finds what meets all conditions and holds at least some of several
// words, and scores it by them. Bleve's own conjunction first looks for a document
// that holds so many words, conditions or not, which for common words goes through
// most of the index. Here the conditions lead, as bitmaps, and the words are only
// looked up in what meets them.
type narrowed struct {
	must    []query.Query
	words   []query.Query
	atLeast int
}

// Searcher is Bleve's way of running a query.
func (n narrowed) Searcher(ctx context.Context, r bleveindex.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	leads, err := unscored{bleve.NewConjunctionQuery(n.must...)}.Searcher(ctx, r, m, o)
	if err != nil {
		return nil, err
	}
	s := &narrowedSearcher{Searcher: leads, atLeast: n.atLeast, at: make([]*search.DocumentMatch, len(n.words)), over: make([]bool, len(n.words))}
	weights := 0.0
	for _, w := range n.words {
		one, err := w.Searcher(ctx, r, m, o)
		if err != nil {
			_ = s.Close()
			return nil, err
		}
		s.words = append(s.words, one)
		weights += one.Weight()
	}
	for _, w := range s.words {
		w.SetQueryNorm(1 / math.Sqrt(weights))
	}
	return s, nil
}

// narrowedSearcher goes through what meets the conditions.
type narrowedSearcher struct {
	search.Searcher // of the conditions
	words           []search.Searcher
	at              []*search.DocumentMatch // where each word stands, at or behind the last document
	over            []bool                  // words that stand in no further document
	atLeast         int
}

// Next is the next document that fits, nil behind the last one.
func (s *narrowedSearcher) Next(ctx *search.SearchContext) (*search.DocumentMatch, error) {
	d, err := s.Searcher.Next(ctx)
	return s.fitting(ctx, d, err)
}

// Advance is the first document that fits, from one on.
func (s *narrowedSearcher) Advance(ctx *search.SearchContext, id bleveindex.IndexInternalID) (*search.DocumentMatch, error) {
	d, err := s.Searcher.Advance(ctx, id)
	return s.fitting(ctx, d, err)
}

func (s *narrowedSearcher) fitting(ctx *search.SearchContext, d *search.DocumentMatch, err error) (*search.DocumentMatch, error) {
	for ; d != nil && err == nil; d, err = s.Searcher.Next(ctx) {
		sum, has := 0.0, 0
		for i := range s.words {
			if err := s.advance(ctx, i, d.IndexInternalID); err != nil {
				return nil, err
			}
			if s.at[i] != nil && s.at[i].IndexInternalID.Equals(d.IndexInternalID) {
				sum += s.at[i].Score
				has++
			}
		}
		if has >= s.atLeast {
			d.Score = sum * float64(has) / float64(len(s.words)) // as Bleve's disjunction has it
			return d, nil
		}
		ctx.DocumentMatchPool.Put(d)
	}
	return nil, err
}

// advance moves a word to where it stands at or behind a document.
func (s *narrowedSearcher) advance(ctx *search.SearchContext, i int, id bleveindex.IndexInternalID) (err error) {
	if s.over[i] || s.at[i] != nil && s.at[i].IndexInternalID.Compare(id) >= 0 {
		return nil
	}
	if s.at[i] != nil {
		ctx.DocumentMatchPool.Put(s.at[i])
	}
	s.at[i], err = s.words[i].Advance(ctx, id)
	s.over[i] = s.at[i] == nil
	return err
}

// Close closes all that it searches by.
func (s *narrowedSearcher) Close() error {
	err := s.Searcher.Close()
	for _, w := range s.words {
		if closed := w.Close(); err == nil {
			err = closed
		}
	}
	return err
}

// DocumentMatchPoolSize is how many matches are held at a time.
func (s *narrowedSearcher) DocumentMatchPoolSize() int {
	n := s.Searcher.DocumentMatchPoolSize() + len(s.words)
	for _, w := range s.words {
		n += w.DocumentMatchPoolSize()
	}
	return n
}

// form is a word as one of its forms in one field; a form of several words where
// all of them stand.
type form struct {
	field, text string
	weight      float64
}

// Searcher is Bleve's way of running a query.
func (f form) Searcher(ctx context.Context, r bleveindex.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	var all []search.Searcher
	for _, t := range m.AnalyzerNamed(en.AnalyzerName).Analyze([]byte(f.text)) {
		one, err := searcher.NewTermSearcher(ctx, r, string(t.Term), f.field, f.weight, o)
		if err != nil {
			for _, s := range all {
				_ = s.Close()
			}
			return nil, err
		}
		all = append(all, one)
	}
	switch len(all) {
	case 0:
		return searcher.NewMatchNoneSearcher(r)
	case 1:
		return all[0], nil
	}
	return searcher.NewConjunctionSearcher(ctx, r, all, o)
}
