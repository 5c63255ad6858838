package index

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	bleveindex "github.com/blevesearch/bleve_index_api"

	"onrecord/data"
)

// Wire copy: an agency's article printed by many outlets, under other headlines,
// cut at the end, with words and sentences of their own put in. Such articles stay
// articles of their own. When one is indexed, what tells its copies is written with
// its text: a sketch, and terms of it by which articles with a like sketch are
// looked up. Which of them are copies is worked out when somebody asks, so that
// nothing has to be put right when one of them is changed or removed.
//
// A sketch estimates which share of all runs of three words that two articles have
// both have. Of 840 newspaper articles and 1,332 official releases, those with 200
// runs and more, reprints and later versions share 0.53 to 1, any other two
// at most 0.26. Simhashes of 64 bits lie 0 to 16 bits apart for those reprints, and
// 13 to 16 for many articles that have no run of words in common, so that they
// can't tell them. Copies also have the same names and numbers in them: of the one with
// fewer, those reprints have 0.88 and more in common; stories made of the same sentences
// about other people 0.75 at most. Releases of under 200 runs share up to 0.92 although
// each is about another brigade or treaty: of so short ones, one must have all names and
// numbers of the other.

const (
	// wordsTogether is how many words make a run.
	wordsTogether = 3
	// rows is the length of a sketch in bytes, one of each row: a share of a half
	// is estimated to within 0.06.
	rows = 64
	// bandRows is how many rows make a term. Two articles that share a half of their
	// runs have a term in common in 94 of 100 cases, and that share 0.6 in 99;
	// of two that share 0.05, 3 in 1,000 do.
	bandRows = 3
	bands    = rows / bandRows
	// sameStory is the share from which on two articles are copies, and sameShort
	// of those with fewer than longEnough runs.
	sameStory, sameShort = 0.45, 0.6
	longEnough           = 200
	// sameNames is the share of its names and numbers, of the article with fewer, that
	// the other one must have too.
	sameNames = 0.8
	// leastRuns is of how many runs an article must be to have a sketch.
	leastRuns = 20
	// maxCopies is how many articles of like sketch are looked at: a story that more
	// outlets print is known for what it is by then.
	maxCopies = 200
	// maxVersions is how many articles may have one address and be versions of one.
	maxVersions = 50
)

// sketch is what tells an article's copies.
type sketch struct {
	runs  int    // of three words
	rows  string // a byte of each row
	names string // two bytes for each name or number in it, in order
}

// sketchOf sums up an article's body and standfirst; false where it is too short.
func sketchOf(a *data.Article) (sketch, bool) {
	r := runs{}
	for _, p := range a.Passages() {
		r.read(a.Text[p.Start:p.End])
	}
	if len(r.all) < leastRuns {
		return sketch{}, false
	}
	slices.Sort(r.names)
	var names []byte
	for _, n := range slices.Compact(r.names) {
		names = binary.BigEndian.AppendUint16(names, n)
	}
	return sketch{len(r.all), lowest(r.all), string(names)}, true
}

// runs collects the checksums of a text's runs of words and of its names.
type runs struct {
	all   []uint64
	names []uint16
	last  [wordsTogether]uint64 // words
	n     int                   // of words
}

// FNV-1a of 64 bits, as its authors define it.
const (
	fnvBasis = 14695981039346656037
	fnvPrime = 1099511628211
)

// read takes up a paragraph. A word is letters and digits in any case; apostrophes
// and soft hyphens are no part of it and don't end it.
func (r *runs) read(text string) {
	h, telling := uint64(fnvBasis), false
	first := true // of a sentence
	for _, c := range text {
		switch {
		case c >= 'a' && c <= 'z':
			h = (h ^ uint64(c)) * fnvPrime
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			telling = telling || unicode.IsDigit(c) || unicode.IsUpper(c) && !first
			h = (h ^ uint64(unicode.ToLower(c))) * fnvPrime
		case c == '’' || c == '\'' || c == '\u00ad':
		default:
			if h != fnvBasis {
				r.word(h, telling)
				h, telling, first = fnvBasis, false, false
			}
			first = first && c == ' ' || strings.ContainsRune(".!?:“\"", c)
		}
	}
	if h != fnvBasis {
		r.word(h, telling)
	}
}

func (r *runs) word(h uint64, telling bool) {
	if telling {
		r.names = append(r.names, uint16(mix(h)))
	}
	r.last[r.n%wordsTogether] = h
	if r.n++; r.n < wordsTogether {
		return
	}
	sum := uint64(0)
	for i := range wordsTogether {
		sum = mix(sum ^ r.last[(r.n+i)%wordsTogether])
	}
	r.all = append(r.all, sum)
}

// mix makes each bit of a number depend on all bits of another: the end of
// SplitMix64.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// lowest has, for each row, a byte of the lowest of all checksums as that row
// shuffles them. Two articles have the same one with the probability of the share
// of runs that both have.
func lowest(all []uint64) string {
	out := make([]byte, rows)
	for row := range out {
		key := mix(uint64(row)) | 1
		least := ^uint64(0)
		for _, x := range all {
			least = min(least, (x^key)*key)
		}
		out[row] = byte(mix(least))
	}
	return string(out)
}

// share estimates which share of the runs that two articles have both have.
func (s sketch) share(o sketch) float64 {
	same := 0
	for i := range min(len(s.rows), len(o.rows)) {
		if s.rows[i] == o.rows[i] {
			same++
		}
	}
	return float64(same) / rows
}

// copies tells whether two sketches are of copies.
func (s sketch) copies(o sketch) bool {
	fewer, both := min(len(s.names), len(o.names))/2, s.namesWith(o)
	if s.runs >= longEnough && o.runs >= longEnough {
		return s.share(o) >= sameStory && float64(both) >= sameNames*float64(fewer)
	}
	return s.share(o) >= sameShort && both == fewer
}

// namesWith is how many names and numbers two articles both have.
func (s sketch) namesWith(o sketch) (both int) {
	for i, k := 0, 0; i < len(s.names) && k < len(o.names); {
		switch x, y := s.names[i:i+2], o.names[k:k+2]; {
		case x == y:
			both, i, k = both+1, i+2, k+2
		case x < y:
			i += 2
		default:
			k += 2
		}
	}
	return both
}

// terms are the bands of a sketch, each as a term: its number as a letter, and its
// rows.
func (s sketch) terms() []string {
	var out []string
	for b := range bands {
		out = append(out, string(rune('A'+b))+base64.RawStdEncoding.EncodeToString([]byte(s.rows[b*bandRows:(b+1)*bandRows])))
	}
	return out
}

// stored is a sketch as the index keeps it.
func (s sketch) stored() string {
	return string(binary.AppendUvarint(nil, uint64(s.runs))) + s.rows + s.names
}

// readSketch reads what stored made; false where it is none.
func readSketch(raw string) (sketch, bool) {
	n, used := binary.Uvarint([]byte(raw))
	if used <= 0 || len(raw) < used+rows || (len(raw)-used-rows)%2 != 0 {
		return sketch{}, false
	}
	return sketch{int(n), raw[used : used+rows], raw[used+rows:]}, true
}

// textDocument is an article's text, with what tells its copies.
func textDocument(a *data.Article) document {
	d := document{Kind: "t", Text: a.Text}
	if s, ok := sketchOf(a); ok {
		d.Sketch, d.Copies = s.stored(), s.terms()
	}
	return d
}

// AreCopies tells whether two articles are copies of one another. That costs a look at
// each.
func (x *Index) AreCopies(path, other string) (bool, error) {
	a, ok, err := x.sketch(path)
	if err != nil || !ok {
		return false, err
	}
	b, ok, err := x.sketch(other)
	return ok && a.copies(b), err
}

// Copies are the articles that are copies of one, itself among them, the first
// printed first: the earliest date, of one date that which the index had first.
// One that has no copy is alone. That costs a look for each band of its sketch.
func (x *Index) Copies(path string) ([]Article, error) {
	paths, err := x.copiesOf(path)
	if err != nil {
		return nil, err
	}
	return x.inOrder(paths)
}

// Versions are the articles with one address, the first printed first; none where more
// than any article has versions have it, as a site's front page, which some sites take
// for the address of each.
func (x *Index) Versions(url string) (all []Article, err error) {
	defer mendPanic(&err)
	if url == "" {
		return nil, nil
	}
	var paths []string
	err = x.withTerms(fieldURL, []string{url}, func(id string) error {
		paths = append(paths, strings.TrimPrefix(id, "a/"))
		return nil
	})
	if len(paths) > maxVersions {
		paths = nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w: looking up what has the address %s: %v", ErrDamaged, url, err)
	}
	return x.inOrder(paths)
}

func (x *Index) inOrder(paths []string) ([]Article, error) {
	var out []Article
	for _, p := range paths {
		a, err := x.Article(p)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	slices.SortFunc(out, printedEarlier)
	return out, nil
}

// printedEarlier orders articles by when they were printed. What has no date comes last,
// and a date cut to its month or year after the whole ones in it.
func printedEarlier(a, b Article) int {
	return cmp.Or(cmp.Compare(dated(a), dated(b)), a.FirstSeen.Compare(b.FirstSeen), cmp.Compare(a.Path, b.Path))
}

func dated(a Article) string { return a.Date + "~" }

// copiesOf are the paths of an article's copies and its own.
func (x *Index) copiesOf(path string) (paths []string, err error) {
	defer mendPanic(&err)
	own, ok, err := x.sketch(path)
	paths = []string{path}
	if err != nil || !ok {
		return paths, err
	}
	seen := map[string]bool{path: true}
	err = x.withTerms(fieldCopies, own.terms(), func(id string) error {
		other := strings.TrimPrefix(id, "t/")
		if seen[other] || len(seen) > maxCopies {
			return nil
		}
		seen[other] = true
		s, ok, err := x.sketch(other)
		if ok && own.copies(s) {
			paths = append(paths, other)
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%w: looking up copies of %s: %v", ErrDamaged, path, err)
	}
	return paths, nil
}

// withTerms hands over the documents that have one of some terms, where not just one
// document has the term. It goes straight to the lists of documents by term: a search
// of so many terms would take several times as long.
func (x *Index) withTerms(field string, terms []string, use func(id string) error) (err error) {
	advanced, err := x.ix.Advanced()
	if err != nil {
		return err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, reader.Close()) }()
	for _, t := range terms {
		if err := withTerm(reader, field, t, use); err != nil {
			return err
		}
	}
	return nil
}

func withTerm(reader bleveindex.IndexReader, field, term string, use func(id string) error) (err error) {
	list, err := reader.TermFieldReader(context.Background(), []byte(term), field, false, false, false)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, list.Close()) }()
	if list.Count() < 2 {
		return nil
	}
	for {
		doc, err := list.Next(nil)
		if err != nil || doc == nil {
			return err
		}
		id, err := reader.ExternalID(doc.ID)
		if err != nil {
			return err
		}
		if err := use(id); err != nil {
			return err
		}
	}
}

// sketch is an article's own; false where it has none. Those read of late are kept.
func (x *Index) sketch(path string) (s sketch, ok bool, err error) {
	if s, ok := x.sketches.Get(path); ok {
		return s, s.rows != "", nil
	}
	raw, err := x.stored("t/"+path, fieldSketch)
	if err == nil && raw != "" {
		raw, err = unseal("t/"+path, raw)
	}
	if err != nil {
		return s, false, err
	}
	s, ok = readSketch(raw)
	x.sketches.Add(path, s)
	return s, ok, nil
}
