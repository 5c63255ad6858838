package pos

import (
	"math/rand"
	"sort"
	"strings"
	"testing"

	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/tag/aptagmodel"
)

// The tags are the library's, of prose, of what is special to it, and of words
// in any order.
func TestTagsAreTheLibrarys(t *testing.T) {
	ours, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sentences(ours) {
		want := ours.library.Tag(s)
		ours.Tag(wordsOf(ours, s), func(i int, tag string) {
			if tag != want[i].Tag {
				t.Errorf("%q of %q: %s, and the library says %s", s[i], s, tag, want[i].Tag)
			}
		})
	}
}

func wordsOf(t *Tagger, s []string) []*Word {
	var words []*Word
	for _, w := range s {
		words = append(words, t.Word(w, strings.ToLower(w)))
	}
	return words
}

// sentences are some that tell of the eel count, and a thousand of words that
// the model knows.
func sentences(t *Tagger) [][]string {
	var all [][]string
	for _, line := range []string{
		"Nina Ambledown , the miller 's sister , said on 3 May 1987 that twenty-two eels were n't enough .",
		"-LRB- A trace *T*-2 -RRB- and 0 and * , @marnock , 8-D 8D XDD xD O.o : - -- — é Äpfel",
		"U.S. GOP FBI -- a.b. a.b O.o o.o AD BD D8 8DD x.D a.m. a.m D. 1,000 10:30 3.5 -5 +123 1-23 12-3 0.5 'll ' \"",
		"0", "-", "x", ",", "- x @ y", "x - - @ @ -",
	} {
		all = append(all, strings.Fields(line))
	}
	var known []string
	for w := range t.model.words {
		known = append(known, w)
	}
	sort.Strings(known)
	known = append(known, strings.Fields("that set back close like read run up down his her saw found left right well 1990 A")...)
	rng := rand.New(rand.NewSource(1))
	for range 1000 {
		var s []string
		for range rng.Intn(12) {
			w := known[len(known)-1-rng.Intn(24)]
			if rng.Intn(2) == 0 {
				w = known[rng.Intn(len(known))]
			}
			s = append(s, w)
		}
		all = append(all, s)
	}
	return all
}

func TestDamagedModel(t *testing.T) {
	b := aptagmodel.English
	for _, n := range []int{0, 5, 12, 100, 2000, len(b) / 2, len(b) - 3} {
		if _, err := readModel(b[:n]); err == nil {
			t.Errorf("%d of %d bytes were taken for a model", n, len(b))
		}
	}
}

func BenchmarkTag(b *testing.B) {
	ours, err := New()
	if err != nil {
		b.Fatal(err)
	}
	s := sentences(ours)[0]
	words := wordsOf(ours, s)
	b.Run("ours", func(b *testing.B) {
		for b.Loop() {
			ours.Tag(words, func(int, string) {})
		}
	})
	b.Run("library", func(b *testing.B) {
		all := make([]tag.Token, len(s))
		for i, w := range s {
			all[i].Text = w
		}
		for b.Loop() {
			ours.library.TagTokens(all)
		}
	})
}
