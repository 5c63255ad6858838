package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"

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
// count most. What half and double of each does is in
// bot/testdata/ranking/knobs.txt.
const (
	weightWords   = 4.0
	weightSetting = 1.5
	weightContext = 0.7
	weightCue     = 1.0
	weightSynonym = 0.35 // of a form that was not the asked one
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
	AtLeast int  // of Words that must match somewhere; at least 1 where there are any
	Own     bool // Words are looked for in the statements' own words alone
	Filters []Filter
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

// ID is the statement's own.
func (s Statement) ID() ID { return ID{s.Article, s.Number} }

// oneOf finds statements by what they are.
func oneOf(ids []ID) query.Query {
	var documents []string
	for _, id := range ids {
		documents = append(documents, numbered("s/", id.Article, id.Number))
	}
	return bleve.NewDocIDQuery(documents)
}

func (r statementRecord) statement(score float64) Statement {
	return Statement{Article: r.Article, Paragraph: r.Paragraph, Number: r.Number, Score: score, Words: r.Words, Beside: r.Beside,
		Statement: quote.Statement{Kind: r.Kind, Act: r.Act, Parts: r.Parts, Cue: r.Cue, Mention: r.Mention,
			Addressee: r.Addressee, Venue: r.Venue, When: r.When, Date: r.Date, Sentence: r.Sentence, Turn: r.Turn,
			Speaker: quote.Speaker{Name: r.Name, Role: r.Role, Person: r.Person}}}
}

// searchFault says why a search failed: its time was up, or the index is damaged,
// for no query that is made here fails on a whole one.
func searchFault(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("searching the index: %w", err)
	}
	return fmt.Errorf("%w: searching it: %v", ErrDamaged, err)
}

// Languages are the languages of articles, but for English, in order.
func (x *Index) Languages() (all []string, err error) {
	found, err := x.terms(fieldLanguage, "", func(language string) bool { return language != data.English })
	for _, t := range found {
		all = append(all, t.term)
	}
	return all, err
}

// Covered is the first and the last date of an article, ISO 8601 cut to what is
// known, and "" where no article has a date.
func (x *Index) Covered() (first, last string, err error) {
	days, err := x.covered()
	return days[0], days[1], err
}

func (x *Index) findCovered() (days [2]string, err error) {
	found, err := x.terms(fieldPublished, "", every)
	if len(found) > 0 {
		days = [2]string{found[0].term, found[len(found)-1].term}
	}
	return days, err
}

func term(field, value string) query.Query {
	q := bleve.NewTermQuery(value)
	q.SetField(field)
	q.SetBoost(0)
	return q
}

type weighted struct {
	field  string
	weight float64
}

// wordsQuery wants at least some of the words, each in any of the fields and
// forms, and all conditions to be met.
func wordsQuery(words []Word, fields []weighted, atLeast int, must []query.Query) query.Query {
	var all []query.Query
	for _, w := range words {
		var any []query.Query
		for n, text := range w.Forms {
			for _, f := range fields {
				weight := f.weight
				if n > 0 {
					weight *= weightSynonym
				}
				any = append(any, match(f.field, text, weight))
			}
		}
		all = append(all, bleve.NewDisjunctionQuery(any...))
	}
	atLeast = max(1, min(atLeast, len(all)))
	if len(must) > 0 {
		return narrowed{must, all, atLeast}
	}
	q := bleve.NewDisjunctionQuery(all...)
	q.SetMin(float64(atLeast))
	return q
}

func match(field, text string, weight float64) query.Query {
	return form{field, stemCyrillic(text), weight}
}

// keptAnalysers is how many analysers are kept for questions that are asked at the
// same time; each remembers some megabytes of words.
const keptAnalysers = 4

// newAnalysis gives the function that cuts a text into terms as the index does. It
// is safe for concurrent use.
func newAnalysis(ix bleve.Index) func(string) []string {
	english := ix.Mapping().AnalyzerNamed(en.AnalyzerName)
	free := make(chan *analyser, keptAnalysers)
	return func(s string) []string {
		var by *analyser
		select {
		case by = <-free:
		default:
			by = newAnalyser(english)
		}
		var out []string
		for _, f := range by.terms(s) {
			out = append(out, f.term)
		}
		select {
		case free <- by:
		default:
		}
		return out
	}
}

// Count is about how many passages hold a word in any of its forms: those of its
// forms added up, and of a form of several words those of the rarest. That takes
// a look into the dictionary, no search.
func (x *Index) Count(_ context.Context, w Word) (n int, err error) {
	defer mendPanic(&err)
	seen := map[string]bool{}
	for _, form := range w.Forms {
		terms := x.Terms(form)
		if key := strings.Join(terms, " "); len(terms) == 0 || seen[key] {
			continue
		} else {
			seen[key] = true
		}
		least := math.MaxInt
		for _, t := range terms {
			has, err := x.holding(t)
			if err != nil {
				return 0, err
			}
			least = min(least, has)
		}
		n += least
	}
	return n, nil
}

// holding is how many passages hold a term.
func (x *Index) holding(term string) (int, error) {
	advanced, err := x.ix.Advanced()
	if err != nil {
		return 0, fmt.Errorf("%w: counting a word: %v", ErrDamaged, err)
	}
	reader, err := advanced.Reader()
	if err != nil {
		return 0, fmt.Errorf("%w: counting a word: %v", ErrDamaged, err)
	}
	found, err := reader.TermFieldReader(context.Background(), []byte(term), fieldBody, false, false, false)
	if err != nil {
		return 0, errors.Join(fmt.Errorf("%w: counting a word: %v", ErrDamaged, err), reader.Close())
	}
	n := int(found.Count())
	return n, errors.Join(found.Close(), reader.Close())
}

// PassageCount is the number of passages, for weighing words by how rare they are.
func (x *Index) PassageCount(context.Context) (int, error) { return x.passages() }

func (x *Index) countPassages() (n int, err error) {
	defer mendPanic(&err)
	return x.total(context.Background(), term(fieldKind, "p"))
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
func (x *Index) Terms(s string) []string { return x.analyse(s) }
