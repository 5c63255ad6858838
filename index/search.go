package index

import (
	"context"
	"encoding/json"
	"fmt"
	"sort"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/search/query"

	"onrecord/data"
	"onrecord/data/quote"
	"onrecord/data/when"
)

// Word is a word that is looked for, with what may stand in its place. A form of
// several words matches where all of them stand.
type Word struct {
	Forms []string // the first is the word as asked
}

// Weights of a word found in a statement's own words, in its setting, and in
// what the same speaker says beside it. The order is what matters: own words
// count most; chosen on the sample archive's questions.
const (
	weightWords   = 4.0
	weightSetting = 1.5
	weightContext = 0.7
	weightCue     = 1.0
	weightSynonym = 0.7 // of a form that was not the asked one
)

// StatementQuery asks for statements. Empty fields ask for nothing.
type StatementQuery struct {
	Speakers []string // names exactly as Speakers gives them; any of them
	Also     []ID     // statements of others that are to be taken for theirs
	Sources  []string // outlets exactly as Sources gives them; any of them
	Words    []Word
	// When bounds the days of statements; those whose date is cut to a month or
	// a year that reaches into it are found too.
	When    when.Period
	AtLeast int // of Words that must match somewhere; at least 1 where there are any
	Limit   int
}

// ID tells one stored statement from all others.
type ID struct {
	Article string // its path
	Number  int    // its place among the article's statements
}

// Statement is a stored statement that a search found.
type Statement struct {
	Article   string // its path
	Paragraph int
	Number    int // its place among the article's statements
	Score     float64
	Words     []string // the parts' bytes as they were indexed
	Beside    string   // what the same speaker says just before
	quote.Statement
}

// Passage is a stored passage that a search found.
type Passage struct {
	Article    string
	Paragraph  int
	Start, End int
	Score      float64
}

// Statements finds statements, the best first; equals in the order of the
// archive.
func (x *Index) Statements(ctx context.Context, q StatementQuery) ([]Statement, error) {
	parts := []query.Query{term(fieldKind, "s")}
	if q.Speakers != nil {
		var any []query.Query
		for _, s := range q.Speakers {
			any = append(any, term(fieldPerson, s), term(fieldBodyName, s))
		}
		if len(q.Also) > 0 {
			any = append(any, oneOf(q.Also))
		}
		parts = append(parts, unscored(bleve.NewDisjunctionQuery(any...)))
	}
	if q.Sources != nil {
		var any []query.Query
		for _, s := range q.Sources {
			any = append(any, term(fieldSource, s))
		}
		parts = append(parts, unscored(bleve.NewDisjunctionQuery(any...)))
	}
	if q.When.Known() {
		parts = append(parts, unscored(dayQuery(q.When)))
	}
	if len(q.Words) > 0 {
		fields := []weighted{{fieldWords, weightWords}, {fieldSetting, weightSetting}, {fieldContext, weightContext}, {fieldCue, weightCue}}
		parts = append(parts, wordsQuery(q.Words, fields, q.AtLeast))
	}
	var out []Statement
	err := x.search(ctx, bleve.NewConjunctionQuery(parts...), q.Limit, len(q.Words) > 0, func(raw string, score float64) error {
		var r statementRecord
		if err := json.Unmarshal([]byte(raw), &r); err != nil {
			return err
		}
		out = append(out, r.statement(score))
		return nil
	})
	sort.SliceStable(out, func(i, k int) bool { return before(out[i].Score, out[k].Score, out[i], out[k]) })
	return out, err
}

// ID is the statement's own.
func (s Statement) ID() ID { return ID{s.Article, s.Number} }

// oneOf finds statements by what they are.
func oneOf(ids []ID) query.Query {
	var documents []string
	for _, id := range ids {
		documents = append(documents, numbered("s/", id.Article, id.Number))
	}
	q := bleve.NewDocIDQuery(documents)
	q.SetBoost(0)
	return q
}

func before(x, y float64, a, b Statement) bool {
	switch {
	case x != y:
		return x > y
	case a.Article != b.Article:
		return a.Article < b.Article
	}
	return a.Number < b.Number
}

func (r statementRecord) statement(score float64) Statement {
	return Statement{Article: r.Article, Paragraph: r.Paragraph, Number: r.Number, Score: score, Words: r.Words, Beside: r.Beside,
		Statement: quote.Statement{Kind: r.Kind, Act: r.Act, Parts: r.Parts, Cue: r.Cue, Mention: r.Mention,
			Addressee: r.Addressee, Venue: r.Venue, When: r.When, Date: r.Date, Sentence: r.Sentence, Turn: r.Turn,
			Speaker: quote.Speaker{Name: r.Name, Role: r.Role, Person: r.Person}}}
}

// Passages finds the paragraphs that hold at least some of the words, the best
// first.
func (x *Index) Passages(ctx context.Context, words []Word, atLeast, limit int) ([]Passage, error) {
	q := bleve.NewConjunctionQuery(term(fieldKind, "p"), wordsQuery(words, []weighted{{fieldBody, 1}}, atLeast))
	var out []Passage
	err := x.search(ctx, q, limit, true, func(raw string, score float64) error {
		var r passageRecord
		if err := json.Unmarshal([]byte(raw), &r); err != nil {
			return err
		}
		out = append(out, Passage{r.Article, r.Paragraph, r.Start, r.End, score})
		return nil
	})
	sort.SliceStable(out, func(i, k int) bool {
		a, b := out[i], out[k]
		switch {
		case a.Score != b.Score:
			return a.Score > b.Score
		case a.Article != b.Article:
			return a.Article < b.Article
		}
		return a.Start < b.Start
	})
	return out, err
}

// search runs a query and hands each hit's record to take.
func (x *Index) search(ctx context.Context, q query.Query, limit int, scored bool, take func(raw string, score float64) error) (err error) {
	defer mendPanic(&err)
	req := bleve.NewSearchRequestOptions(q, limit, 0, false)
	req.Fields = []string{fieldRecord}
	if !scored {
		req.Score = "none"
	}
	res, err := x.ix.SearchInContext(ctx, req)
	if err != nil {
		return searchFault(ctx, err)
	}
	for _, hit := range res.Hits {
		raw, _ := hit.Fields[fieldRecord].(string)
		if err := take(raw, hit.Score); err != nil {
			return fmt.Errorf("%w: %s: %v", ErrDamaged, hit.ID, err)
		}
	}
	return nil
}

// searchFault says why a search failed: its time was up, or the index is damaged,
// for no query that is made here fails on a whole one.
func searchFault(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("searching the index: %w", err)
	}
	return fmt.Errorf("%w: searching it: %v", ErrDamaged, err)
}

// dayQuery finds the days of a period, and dates cut to a month or a year that
// may lie in it.
func dayQuery(p when.Period) *query.DisjunctionQuery {
	first, last := p.First.Format(time.DateOnly), p.Last.Format(time.DateOnly)
	yes := true
	days := bleve.NewTermRangeInclusiveQuery(first, last, &yes, &yes)
	days.SetField(fieldDay)
	any := []query.Query{days}
	for _, cut := range []int{len("2006"), len("2006-01")} {
		any = append(any, term(fieldDay, first[:cut]), term(fieldDay, last[:cut]))
	}
	return bleve.NewDisjunctionQuery(any...)
}

// Languages are the languages of articles, but for English, in order.
func (x *Index) Languages(ctx context.Context) (all []string, err error) {
	defer mendPanic(&err)
	var known []string
	if err := x.terms(fieldLanguage, func(language string, _ int) { known = append(known, language) }); err != nil {
		return nil, err
	}
	for _, language := range known {
		if language == data.English {
			continue
		}
		n, err := x.total(ctx, term(fieldLanguage, language)) // the list still has those of removed articles
		if err != nil {
			return nil, err
		}
		if n > 0 {
			all = append(all, language)
		}
	}
	return all, nil
}

// Covered is the first and the last date of an article, ISO 8601 cut to what is
// known, and "" where no article has a date.
func (x *Index) Covered() (first, last string, err error) {
	defer mendPanic(&err)
	err = x.terms(fieldPublished, func(day string, _ int) {
		if first == "" {
			first = day
		}
		last = day
	})
	return first, last, err
}

func term(field, value string) query.Query {
	q := bleve.NewTermQuery(value)
	q.SetField(field)
	q.SetBoost(0)
	return q
}

func unscored(q *query.DisjunctionQuery) query.Query {
	q.SetBoost(0)
	return q
}

type weighted struct {
	field  string
	weight float64
}

// wordsQuery wants at least some of the words, each in any of the fields and
// forms.
func wordsQuery(words []Word, fields []weighted, atLeast int) query.Query {
	var all []query.Query
	for _, w := range words {
		var any []query.Query
		for n, form := range w.Forms {
			for _, f := range fields {
				weight := f.weight
				if n > 0 {
					weight *= weightSynonym
				}
				any = append(any, match(f.field, form, weight))
			}
		}
		all = append(all, bleve.NewDisjunctionQuery(any...))
	}
	q := bleve.NewDisjunctionQuery(all...)
	q.SetMin(float64(max(1, min(atLeast, len(all)))))
	return q
}

func match(field, text string, weight float64) query.Query {
	q := bleve.NewMatchQuery(stemCyrillic(text))
	q.SetField(field)
	q.SetOperator(query.MatchQueryOperatorAnd)
	q.SetBoost(weight)
	return q
}

// newAnalysis gives the function that cuts a text into terms as the index does.
func newAnalysis(ix bleve.Index) func(string) []string {
	analyzer := ix.Mapping().AnalyzerNamed(en.AnalyzerName)
	return func(s string) []string {
		var out []string
		for _, t := range analyzer.Analyze([]byte(s)) {
			out = append(out, string(t.Term))
		}
		return out
	}
}

// Count is how many passages hold a word in any of its forms.
func (x *Index) Count(ctx context.Context, w Word) (n int, err error) {
	defer mendPanic(&err)
	q := bleve.NewConjunctionQuery(term(fieldKind, "p"), wordsQuery([]Word{w}, []weighted{{fieldBody, 1}}, 1))
	return x.total(ctx, q)
}

// PassageCount is the number of passages, for weighing words by how rare they are.
func (x *Index) PassageCount(ctx context.Context) (n int, err error) {
	defer mendPanic(&err)
	return x.total(ctx, term(fieldKind, "p"))
}

func (x *Index) total(ctx context.Context, q query.Query) (int, error) {
	req := bleve.NewSearchRequestOptions(q, 0, 0, false)
	req.Score = "none"
	res, err := x.ix.SearchInContext(ctx, req)
	if err != nil {
		return 0, searchFault(ctx, err)
	}
	return int(res.Total), nil
}

// Terms are the stems of a text's words, stop words left out, as they are
// indexed.
func (x *Index) Terms(s string) []string { return x.analyse(searchable(s)) }
