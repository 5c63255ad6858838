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

// Hits are the statements or passages that a search found, the best first, equals
// in the order of the archive. One is read from the index when it is asked for:
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

// Article is the path of a hit's article; that reads nothing.
func (h *Hits) Article(i int) string { return h.refs[i].article }

// Statement reads a hit.
func (h *Hits) Statement(i int) (Statement, error) {
	r, err := kept(h.x, h.x.records, h.refs[i].id)
	if err != nil {
		return Statement{}, err
	}
	return r.statement(h.refs[i].score), nil
}

// Passage reads a hit of FindPassages.
func (h *Hits) Passage(i int) (Passage, error) {
	var r passageRecord
	if err := h.x.record(h.refs[i].id, &r); err != nil {
		return Passage{}, err
	}
	return Passage{r.Article, r.Paragraph, r.Start, r.End, h.refs[i].score}, nil
}

// Find finds statements.
func (x *Index) Find(ctx context.Context, q StatementQuery) (*Hits, error) {
	return x.find(ctx, q.query(), q.Limit)
}

// FindPassages finds the paragraphs that hold at least some of the words, and
// meet all conditions.
func (x *Index) FindPassages(ctx context.Context, words []Word, must []Filter, atLeast, limit int) (*Hits, error) {
	body := []weighted{{fieldBody, 1}}
	var parts []query.Query
	for _, f := range must {
		parts = append(parts, anyForm(f.Words, body))
	}
	return x.find(ctx, wordsQuery(words, body, atLeast, parts), limit)
}

// find runs a query. One that is unscored says so itself: of a request without scores
// Bleve stops counting at the limit.
func (x *Index) find(ctx context.Context, q query.Query, limit int) (h *Hits, err error) {
	defer mendPanic(&err)
	req := bleve.NewSearchRequestOptions(q, limit, 0, false)
	res, err := x.ix.SearchInContext(ctx, req)
	if err != nil {
		return nil, searchFault(ctx, err)
	}
	h = &Hits{Total: int(res.Total), x: x}
	for _, hit := range res.Hits {
		cut := strings.LastIndexByte(hit.ID, '#')
		n, err := strconv.Atoi(hit.ID[cut+1:])
		if cut < len("s/") || err != nil {
			return nil, fmt.Errorf("%w: a key in it is %q", ErrDamaged, hit.ID)
		}
		h.refs = append(h.refs, ref{hit.ID, hit.ID[len("s/"):cut], n, hit.Score})
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

// query is what Bleve is asked. The fields of a statement's words and speaker are
// no other document's, so their presence tells that it is a statement.
func (q StatementQuery) query() query.Query {
	var parts []query.Query
	if q.Speakers != nil {
		var any []query.Query
		for _, s := range q.Speakers {
			any = append(any, term(fieldPerson, speakerTerm(s)), term(fieldBodyName, speakerTerm(s)))
		}
		if len(q.Also) > 0 {
			any = append(any, oneOf(q.Also))
		}
		parts = append(parts, bleve.NewDisjunctionQuery(any...))
	}
	if q.Sources != nil {
		var any []query.Query
		for _, s := range q.Sources {
			any = append(any, term(fieldSource, s))
		}
		parts = append(parts, bleve.NewDisjunctionQuery(any...))
	}
	if q.When.Known() {
		parts = append(parts, dayQuery(q.When))
	}
	for _, f := range q.Filters {
		parts = append(parts, f.query())
	}
	if len(q.Words) > 0 {
		return wordsQuery(q.Words, statementFields(q.Own), q.AtLeast, parts)
	}
	if q.Speakers == nil {
		parts = append(parts, term(fieldKind, "s"))
	}
	return unscored{bleve.NewConjunctionQuery(parts...)}
}

func statementFields(own bool) []weighted {
	fields := []weighted{{fieldWords, weightWords}, {fieldSetting, weightSetting}, {fieldContext, weightContext}, {fieldCue, weightCue}}
	if own {
		return fields[:1]
	}
	return fields
}

// Filter is a condition that a statement or passage must meet, and that its score
// does not depend on: one of the words stands in it.
type Filter struct {
	Words []Word
	Own   bool // in its own words, not beside them
}

func (f Filter) query() query.Query { return anyForm(f.Words, statementFields(f.Own)) }

// anyForm finds what has any form of any of the words in any of the fields.
func anyForm(words []Word, fields []weighted) query.Query {
	var any []query.Query
	for _, w := range words {
		for _, form := range w.Forms {
			for _, f := range fields {
				any = append(any, match(f.field, form, f.weight))
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
