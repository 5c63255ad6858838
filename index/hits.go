package index

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"
	bleveindex "github.com/blevesearch/bleve_index_api"
)

// Hits are the statements that a search found, the best first, equals in the
// order of the archive. A statement is read from the index when it is asked for:
// to find two thousand costs less than to read fifty.
type Hits struct {
	Total int // how many fit, of which Len are at hand
	x     *Index
	refs  []ref
}

type ref struct {
	id      string
	article string
	number  int
	score   float64
}

// Len is how many hits there are to read.
func (h *Hits) Len() int { return len(h.refs) }

// Score is how well a hit fits.
func (h *Hits) Score(i int) float64 { return h.refs[i].score }

// Statement reads a hit.
func (h *Hits) Statement(i int) (Statement, error) {
	var r statementRecord
	if err := h.x.record(h.refs[i].id, &r); err != nil {
		return Statement{}, err
	}
	return r.statement(h.refs[i].score), nil
}

// Find finds statements.
func (x *Index) Find(ctx context.Context, q StatementQuery) (h *Hits, err error) {
	defer mendPanic(&err)
	req := bleve.NewSearchRequestOptions(q.query(), q.Limit, 0, false)
	if len(q.Words) == 0 {
		req.Score = "none"
	}
	res, err := x.ix.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("searching the index: %w", err)
	}
	h = &Hits{Total: int(res.Total), x: x}
	for _, hit := range res.Hits {
		path, number, _ := strings.Cut(strings.TrimPrefix(hit.ID, "s/"), "#")
		if i := strings.LastIndexByte(hit.ID, '#'); i > 0 {
			path, number = strings.TrimPrefix(hit.ID[:i], "s/"), hit.ID[i+1:]
		}
		n, err := strconv.Atoi(number)
		if err != nil {
			return nil, fmt.Errorf("%w: a statement's key is %q", ErrDamaged, hit.ID)
		}
		h.refs = append(h.refs, ref{hit.ID, path, n, hit.Score})
	}
	sort.Slice(h.refs, func(i, k int) bool { return h.refs[i].before(h.refs[k]) })
	return h, nil
}

func (a ref) before(b ref) bool {
	switch {
	case a.score != b.score:
		return a.score > b.score
	case a.article != b.article:
		return a.article < b.article
	}
	return a.number < b.number
}

// Statements finds statements and reads them all.
func (x *Index) Statements(ctx context.Context, q StatementQuery) ([]Statement, error) {
	h, err := x.Find(ctx, q)
	if err != nil {
		return nil, err
	}
	out := make([]Statement, 0, h.Len())
	for i := range h.Len() {
		s, err := h.Statement(i)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// query is what Bleve is asked. The fields of a statement's words, speaker and
// day are no other document's, so their presence tells that it is a statement.
func (q StatementQuery) query() query.Query {
	var parts []query.Query
	if q.Speakers != nil {
		var any []query.Query
		for _, s := range q.Speakers {
			any = append(any, term(fieldPerson, s), term(fieldBodyName, s))
		}
		parts = append(parts, unscored{bleve.NewDisjunctionQuery(any...)})
	}
	if q.When.Known() {
		parts = append(parts, unscored{dayQuery(q.When)})
	}
	for _, f := range q.Filters {
		parts = append(parts, unscored{f.query()})
	}
	switch fields := statementFields(q.Own); {
	case len(q.Words) > 0:
		parts = append(parts, wordsQuery(q.Words, fields, q.AtLeast))
	case parts == nil:
		parts = append(parts, unscored{term(fieldKind, "s")})
	}
	return bleve.NewConjunctionQuery(parts...)
}

func statementFields(own bool) []weighted {
	fields := []weighted{{fieldWords, weightWords}, {fieldSetting, weightSetting}, {fieldContext, weightContext}, {fieldCue, weightCue}}
	if own {
		return fields[:1]
	}
	return fields
}

// Filter is a condition that a statement must meet, and that its score does not
// depend on: one of the words stands in it.
type Filter struct {
	Words []Word
	Own   bool // in its own words, not beside them
}

func (f Filter) query() query.Query {
	var any []query.Query
	for _, w := range f.Words {
		for _, form := range w.Forms {
			for _, field := range statementFields(f.Own) {
				any = append(any, match(field.field, form, 1))
			}
		}
	}
	return bleve.NewDisjunctionQuery(any...)
}

// unscored is a query whose hits only count as hits. Bleve then works on whole
// bitmaps instead of document by document.
type unscored struct{ query.Query }

func (u unscored) Searcher(ctx context.Context, r bleveindex.IndexReader, m mapping.IndexMapping, o search.SearcherOptions) (search.Searcher, error) {
	o.Score, o.Explain, o.IncludeTermVectors = "none", false, false
	return u.Query.Searcher(ctx, r, m, o)
}
