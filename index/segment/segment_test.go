package segment

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	doc "github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

var testLayout = NewLayout([]string{"record", "text"}, []string{"words", "day", "never"})

// TestSegmentsAreBleves holds segments against those that Bleve makes of the same
// documents: as they are made, read back from the disk, and merged with others, some
// documents removed.
func TestSegmentsAreBleves(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 2, 100, 2000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			var own, bleves []segment.Segment
			for part := range 3 {
				docs := invented(random, fmt.Sprintf("%d-%d", n, part), n)
				own = append(own, onDisk(t, made(t, &plugin{}, asOwn(docs))))
				bleves = append(bleves, onDisk(t, made(t, &zap.ZapPlugin{}, asBleves(docs))))
				same(t, own[part], bleves[part])
			}
			drop := roaring.BitmapOf(0, uint32(n/2), uint32(n-1))
			drops := []*roaring.Bitmap{nil, drop, nil}
			same(t, merged(t, own, drops), merged(t, bleves, drops))
			same(t, merged(t, own, make([]*roaring.Bitmap, 3)), merged(t, bleves, make([]*roaring.Bitmap, 3)))
			same(t, merged(t, []segment.Segment{own[0], bleves[1]}, drops[:2]), merged(t, bleves[:2], drops[:2]))
		})
	}
}

// TestAnotherBatchIsBleves leaves documents that are not of this package to Bleve.
func TestAnotherBatchIsBleves(t *testing.T) {
	t.Parallel()
	docs := invented(rand.New(rand.NewPCG(3, 4)), "other", 50)
	same(t, made(t, &plugin{}, asBleves(docs)), made(t, &zap.ZapPlugin{}, asBleves(docs)))
	if empty := made(t, &plugin{}, nil); empty.Count() != 0 {
		t.Errorf("there are %d documents in nothing", empty.Count())
	}
}

// source is a document by its fields.
type source struct {
	id     string
	stored map[string]string
	terms  map[string][]string
}

// invented makes documents of words of which few are frequent and most are rare.
func invented(random *rand.Rand, prefix string, n int) (all []source) {
	for i := range n {
		d := source{fmt.Sprintf("%s/ferry %05d.txt#%d", prefix, i, i%7), map[string]string{}, map[string][]string{}}
		d.stored["record"] = strings.Repeat("the ferry is late. ", 1+random.IntN(20))
		if random.IntN(3) == 0 {
			d.stored["text"] = fmt.Sprint("паром ", random.IntN(1<<30))
		}
		for range random.IntN(40) {
			d.terms["words"] = append(d.terms["words"], fmt.Sprint("w", int(random.ExpFloat64()*random.ExpFloat64()*50)))
		}
		if random.IntN(4) > 0 {
			d.terms["day"] = []string{fmt.Sprint("2021-03-", 10+random.IntN(20))}
		}
		all = append(all, d)
	}
	return all
}

func asOwn(all []source) (out []index.Document) {
	for _, s := range all {
		d := testLayout.Document(s.id)
		for name, value := range s.stored {
			d.Store(name, value)
		}
		for name, terms := range s.terms {
			d.Index(name, terms...)
		}
		out = append(out, d)
	}
	rand.Shuffle(len(out), func(i, k int) { out[i], out[k] = out[k], out[i] }) // as a batch is
	return out
}

func asBleves(all []source) (out []index.Document) {
	for _, s := range all {
		d := doc.NewDocument(s.id)
		for _, name := range slices.Sorted(maps.Keys(s.stored)) {
			d.AddField(&counted{name: name, value: s.stored[name], options: index.StoreField})
		}
		for _, name := range slices.Sorted(maps.Keys(s.terms)) {
			f := &counted{name: name, options: index.IndexField, length: len(s.terms[name]), terms: index.TokenFrequencies{}}
			for _, term := range s.terms[name] {
				if f.terms[term] == nil {
					f.terms[term] = &index.TokenFreq{Term: []byte(term)}
				}
				f.terms[term].SetFrequency(f.terms[term].Frequency() + 1)
			}
			d.AddField(f)
		}
		d.AddIDField()
		d.VisitFields(func(f index.Field) { f.Analyze() })
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b index.Document) int { return cmp.Compare(a.ID(), b.ID()) })
	return out
}

// counted is a field of Bleve's that is analysed.
type counted struct {
	name, value string
	options     index.FieldIndexingOptions
	length      int
	terms       index.TokenFrequencies
}

func (f *counted) Name() string                                     { return f.name }
func (f *counted) Value() []byte                                    { return []byte(f.value) }
func (f *counted) Options() index.FieldIndexingOptions              { return f.options }
func (f *counted) Analyze()                                         {}
func (f *counted) AnalyzedLength() int                              { return f.length }
func (f *counted) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *counted) ArrayPositions() []uint64                         { return nil }
func (f *counted) EncodedFieldType() byte                           { return 't' }
func (f *counted) NumPlainTextBytes() uint64                        { return 0 }
func (f *counted) Size() int                                        { return 0 }

func made(t *testing.T, by interface {
	New([]index.Document) (segment.Segment, uint64, error)
}, docs []index.Document) segment.Segment {
	t.Helper()
	s, _, err := by.New(docs)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func onDisk(t *testing.T, s segment.Segment) segment.Segment {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.zap")
	if err := s.(segment.UnpersistedSegment).Persist(name); err != nil {
		t.Fatal(err)
	}
	return opened(t, name)
}

func opened(t *testing.T, name string) segment.Segment {
	t.Helper()
	s, err := (&zap.ZapPlugin{}).Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func merged(t *testing.T, all []segment.Segment, drops []*roaring.Bitmap) segment.Segment {
	t.Helper()
	name := filepath.Join(t.TempDir(), "merged.zap")
	if _, _, err := (&zap.ZapPlugin{}).Merge(all, drops, name, nil, nil); err != nil {
		t.Fatal(err)
	}
	return opened(t, name)
}

// same tells whether two segments hold the same documents.
func same(t *testing.T, own, bleves segment.Segment) {
	t.Helper()
	if own.Count() != bleves.Count() {
		t.Fatalf("there are %d documents, not %d", own.Count(), bleves.Count())
	}
	for n := range own.Count() {
		if got, want := stored(t, own, n), stored(t, bleves, n); !slices.Equal(got, want) {
			t.Fatalf("of document %d this is stored:\n%q, not\n%q", n, got, want)
		}
	}
	for _, name := range testLayout.names {
		got, want := listed(t, own, name), listed(t, bleves, name)
		for i := range max(len(got), len(want)) {
			if i >= len(got) || i >= len(want) || got[i] != want[i] {
				t.Fatalf("term %d of %s is %v, not %v", i, name, got[min(i, len(got)):min(i+1, len(got))], want[min(i, len(want)):min(i+1, len(want))])
			}
		}
	}
}

func stored(t *testing.T, s segment.Segment, n uint64) (all []string) {
	t.Helper()
	err := s.VisitStoredFields(n, func(field string, kind byte, value []byte, at []uint64) bool {
		all = append(all, fmt.Sprint(field, kind, string(value), at))
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// listed is each term of a field with its documents.
func listed(t *testing.T, s segment.Segment, field string) (all []string) {
	t.Helper()
	d, err := s.Dictionary(field)
	if err != nil {
		t.Fatal(err)
	}
	terms := d.AutomatonIterator(nil, nil, nil)
	for e, err := terms.Next(); e != nil || err != nil; e, err = terms.Next() {
		if err != nil {
			t.Fatal(err)
		}
		list, err := d.PostingsList([]byte(e.Term), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s, %d:", e.Term, list.Count())
		in := list.Iterator(true, true, true, nil)
		for p, err := in.Next(); p != nil || err != nil; p, err = in.Next() {
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprint(&b, " ", p.Number(), p.Frequency(), p.Norm(), p.Locations())
		}
		all = append(all, b.String())
	}
	return all
}
