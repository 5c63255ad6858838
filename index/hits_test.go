package index

import (
	"fmt"
	"testing"
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
	if err := ix.Like("ferri", 1, func(term string, passages int) { found[term] = passages }); err != nil {
		t.Fatal(err)
	}
	if len(found) != 1 || found["ferri"] != 1 {
		t.Errorf("like ferri are %v", found)
	}
}
