package index

import (
	"fmt"
	"math"
	"testing"

	"onrecord/data"
)

// TestFilters narrows a search by conditions that don't score, and reads hits one
// by one in the order of their scores.
func TestFilters(t *testing.T) {
	t.Parallel()
	ix := built(t, memory(harbour))
	find := func(q StatementQuery) string {
		q.Limit = 100
		h, err := ix.Find(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < h.Len(); i++ {
			if h.Score(i) > h.Score(i-1) {
				t.Errorf("hit %d scores more than the one before", i)
			}
		}
		return fmt.Sprint(h.Total == h.Len(), h.Len() > 0)
	}
	ferry := Word{Forms: []string{"ferry"}}
	nowhere := Word{Forms: []string{"kangaroo"}}
	for _, test := range []struct {
		name string
		q    StatementQuery
		want string
	}{
		{"all", StatementQuery{}, "true true"},
		{"a word", StatementQuery{Words: []Word{ferry}}, "true true"},
		{"a word that must be there", StatementQuery{Words: []Word{ferry}, Filters: []Filter{{Words: []Word{ferry}}}}, "true true"},
		{"a word that is nowhere", StatementQuery{Words: []Word{ferry}, Filters: []Filter{{Words: []Word{nowhere}}}}, "true false"},
		{"one of two", StatementQuery{Words: []Word{ferry}, Filters: []Filter{{Words: []Word{nowhere, ferry}}}}, "true true"},
	} {
		if got := find(test.q); got != test.want {
			t.Errorf("%s: %s, not %s", test.name, got, test.want)
		}
	}
}

// TestLike lists the words of passages that a misspelt one may mean.
func TestLike(t *testing.T) {
	t.Parallel()
	ix := built(t, memory(map[string]string{"a.txt": "Zwolke\n\nThe ferry crosses the harbour; ferries wait, and fishermen too.\n"}))
	found := map[string]int{}
	if err := ix.Like("ferri", 1, every, func(term string, passages int) { found[term] = passages }); err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found["ferri"] != 1 {
		t.Errorf("like ferri are %v", found)
	}
}

// TestConditionsLead holds a search that conditions lead against the same search
// without them, where the conditions exclude nothing: the same hits in the same
// order, and scores in the same proportion.
func TestConditionsLead(t *testing.T) {
	t.Parallel()
	archive, err := data.OpenArchive("") // the sample
	if err != nil {
		t.Fatal(err)
	}
	ix := built(t, archive)
	var words []Word
	for _, forms := range [][]string{{"peace"}, {"ukraine", "ukrainian", "kyiv"}, {"cease-fire", "truce"}, {"gas supplies"}, {"russia"}, {"kangaroo"}} {
		words = append(words, Word{Forms: forms})
	}
	for n := 1; n <= len(words); n++ {
		for least := 1; least <= n; least++ {
			asked := StatementQuery{Words: words[:n], AtLeast: least, Limit: 1000}
			plain := hitsOf(t, ix, asked)
			asked.Filters = []Filter{{Words: words[:n]}}
			led := hitsOf(t, ix, asked)
			if plain.Len() != led.Len() || least == 1 && led.Len() == 0 {
				t.Fatalf("%d of %d words: %d hits, led by conditions %d", least, n, plain.Len(), led.Len())
			}
			for i := range led.refs {
				if led.refs[i].id != plain.refs[i].id {
					t.Fatalf("%d of %d words: hit %d is %s, led by conditions %s", least, n, i, plain.refs[i].id, led.refs[i].id)
				}
				if ratio := led.Score(i) / led.Score(0) * plain.Score(0) / plain.Score(i); math.Abs(ratio-1) > 1e-6 {
					t.Errorf("%d of %d words: the score of hit %d is off by %v", least, n, i, ratio)
				}
			}
		}
	}
}

func hitsOf(t *testing.T, ix *Index, q StatementQuery) *Hits {
	t.Helper()
	h, err := ix.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return h
}
