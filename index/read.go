package index

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleveindex "github.com/blevesearch/bleve_index_api"
	lru "github.com/hashicorp/golang-lru/v2"
)

// Index is a complete state, open for reading. It is safe for concurrent use,
// and what it shows never changes while it is open.
type Index struct {
	ix       bleve.Index
	archive  string
	analyse  func(string) []string
	snapshot *scorch.IndexSnapshot     // of ix, which never changes
	passages func() (int, error)       // how many there are
	covered  func() ([2]string, error) // the first and the last day of an article
	sources  func() ([]Source, error)
	folder   folder
	records  *lru.Cache[string, statementRecord] // read of late; nobody changes what is in one
	heads    *lru.Cache[string, articleRecord]   // likewise
	sketches *lru.Cache[string, sketch]          // likewise
	state    state
	dir      string // of the generation
}

// keptRecords and keptHeads are how many records of statements and articles are
// kept decoded: what people ask about, they ask about again. A statement's takes
// about 2 KB, an article's half of one.
const keptRecords, keptHeads = 8192, 4096

// openTries is how often a generation is looked up again that was swept between
// reading its name and opening it.
const openTries = 3

// Open opens the live state of an index folder. It fails with ErrNone,
// ErrOtherVersion or ErrDamaged where there is none that can be read.
func Open(dir string) (*Index, error) {
	f := folder(dir)
	var last error
	for range openTries {
		s, err := f.state()
		if err != nil {
			return nil, err
		}
		ix, err := f.openLive(s)
		if err == nil {
			return newIndex(ix, s, f)
		}
		if again, stateErr := f.state(); stateErr == nil && again.same(s) {
			return nil, err
		}
		last = err
	}
	return nil, last
}

func newIndex(ix bleve.Index, s state, f folder) (*Index, error) {
	snapshot, err := snapshotOf(ix)
	if err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	x := &Index{ix: ix, snapshot: snapshot, archive: s.Archive, analyse: newAnalysis(ix), folder: f, state: s, dir: f.path(s.Generation)}
	x.records, _ = lru.New[string, statementRecord](keptRecords) // it fails on sizes below one alone
	x.heads, _ = lru.New[string, articleRecord](keptHeads)
	x.sketches, _ = lru.New[string, sketch](keptHeads)
	x.passages = sync.OnceValues(x.countPassages)
	x.covered = sync.OnceValues(x.findCovered)
	x.sources = sync.OnceValues(x.findSources)
	return x, nil
}

// Live tells whether this is still the folder's live state: false once an update,
// another process's too, has put the next one in its place.
func (x *Index) Live() bool {
	s, err := x.folder.state()
	return err == nil && s.same(x.state)
}

// Close frees what the index holds.
func (x *Index) Close() error { return errors.Join(x.snapshot.Close(), x.ix.Close()) }

// Article is what an article says of itself.
type Article struct {
	Path, Title, Author, Source, Date, URL string
	Language                               string // as data.Article.Language
	// FirstSeen is when the index first had it, Changed when its bytes were last
	// found to be others and Corrected when its text was; to the millisecond, in UTC, and
	// zero where that never was or is not known.
	FirstSeen, Changed, Corrected time.Time
}

// Article is what an article says of itself, without its text.
func (x *Index) Article(path string) (Article, error) {
	r, err := x.article(path)
	return r.shown(), err
}

func (x *Index) article(path string) (articleRecord, error) {
	return kept(x, x.heads, "a/"+path)
}

// kept is a record, decoded once for as long as it is kept.
func kept[R any](x *Index, cache *lru.Cache[string, R], id string) (R, error) {
	if r, ok := cache.Get(id); ok {
		return r, nil
	}
	var r R
	if err := x.record(id, &r); err != nil {
		return r, err
	}
	cache.Add(id, r)
	return r, nil
}

func (r articleRecord) shown() Article {
	return Article{r.Path, r.Title, r.Author, r.Source, r.Date, r.URL, r.Language, r.FirstSeen, r.Changed, r.Corrected}
}

// Text is an article and its stored text, held against its checksum.
func (x *Index) Text(path string) (Article, string, error) {
	r, err := x.article(path)
	if err != nil {
		return Article{}, "", err
	}
	text, err := x.stored("t/"+path, fieldText)
	if err != nil {
		return Article{}, "", err
	}
	if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != r.TextHash {
		return Article{}, "", fmt.Errorf("%w: the text of %s does not match its checksum", ErrDamaged, path)
	}
	return r.shown(), text, nil
}

// StatementsOf are all statements of an article, as they stand in it. It fails
// with ErrNoArticle where there is none.
func (x *Index) StatementsOf(path string) ([]Statement, error) {
	if there, err := x.has("a/" + path); err != nil {
		return nil, err
	} else if !there {
		return nil, fmt.Errorf("%w: %s", ErrNoArticle, path)
	}
	var a articleRecord
	if err := x.record("a/"+path, &a); err != nil {
		return nil, err
	}
	var out []Statement
	for n := range a.Statements {
		var r statementRecord
		if err := x.record(numbered("s/", path, n), &r); err != nil {
			return nil, err
		}
		out = append(out, r.statement(0))
	}
	return out, nil
}

// PassagesOf are the passages of an article, as they stand in it, at most so many.
func (x *Index) PassagesOf(path string, most int) ([]Passage, error) {
	a, err := x.article(path)
	if err != nil {
		return nil, err
	}
	var out []Passage
	for n := range min(a.Passages, most) {
		var r passageRecord
		if err := x.record(numbered("p/", path, n), &r); err != nil {
			return nil, err
		}
		out = append(out, Passage{Article: r.Article, Paragraph: r.Paragraph, Start: r.Start, End: r.End})
	}
	return out, nil
}

func (x *Index) has(id string) (there bool, err error) {
	defer mendPanic(&err)
	doc, err := x.ix.Document(id)
	if err != nil {
		return false, fmt.Errorf("%w: %s: %v", ErrDamaged, id, err)
	}
	return doc != nil, nil
}

func (x *Index) record(id string, into any) error {
	raw, err := x.stored(id, fieldRecord)
	if err == nil {
		raw, err = unseal(id, raw)
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(raw), into); err != nil {
		return fmt.Errorf("%w: %s: %v", ErrDamaged, id, err)
	}
	return nil
}

// stored is a stored field of a document.
func (x *Index) stored(id, field string) (value string, err error) {
	value, there, err := storedIn(x.ix, id, field)
	switch {
	case err != nil || there:
		return value, err
	case strings.HasPrefix(id, "a/"):
		return "", fmt.Errorf("%w: it lacks %s: %w", ErrDamaged, id, ErrNoArticle)
	}
	return "", fmt.Errorf("%w: it lacks %s", ErrDamaged, id)
}

// storedIn is a stored field of a document in a Bleve index, false where there is no
// such document.
func storedIn(ix bleve.Index, id, field string) (value string, there bool, err error) {
	defer mendPanic(&err)
	doc, err := ix.Document(id)
	if err != nil {
		return "", false, fmt.Errorf("%w: %s: %v", ErrDamaged, id, err)
	}
	if doc == nil {
		return "", false, nil
	}
	doc.VisitFields(func(f bleveindex.Field) {
		if f.Name() == field {
			value = string(f.Value())
		}
	})
	return value, true, nil
}

// mendPanic makes an error of a panic: Bleve panics on some damaged segments.
func mendPanic(err *error) {
	if r := recover(); r != nil {
		*err = fmt.Errorf("%w: %v", ErrDamaged, r)
	}
}
