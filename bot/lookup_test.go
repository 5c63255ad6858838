package bot

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"onrecord/data/naming"
	"onrecord/index"
)

// TestClose finds by letters the same surnames that comparing with every one of
// them finds.
func TestClose(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	name := func() string {
		b := make([]byte, 3+rng.IntN(6))
		for i := range b {
			b[i] = "aelnrst"[rng.IntN(7)]
		}
		return string(b)
	}
	var speakers heard
	for range 400 {
		speakers = append(speakers, heardSpeaker{Name: "Ada " + name(), Person: true, Statements: 1})
	}
	r := newRoster(speakers, nil)
	for range 200 {
		asked := name()
		for most := 1; most <= 3; most++ {
			var got, want []string
			r.close(asked, most, func(last string, _ []*person, errors int) { got = append(got, fmt.Sprint(last, errors)) })
			for _, s := range speakers {
				last := naming.Family(s.Name)
				if d := naming.Distance(asked, last); d <= most {
					want = append(want, fmt.Sprint(last, d))
				}
			}
			slices.Sort(want)
			want = slices.Compact(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Fatalf("%s within %d: %v, not %v", asked, most, got, want)
			}
		}
	}
}

// TestNecessary tells without which words the rest can't be enough, and how many
// are needed at least.
func TestNecessary(t *testing.T) {
	t.Parallel()
	a := &asking{total: 1000, counts: map[string]int{"ferry": 1, "toll": 10, "city": 400, "year": 500}}
	for _, test := range []struct {
		words  string
		enough float64
		want   string
		fewest int
	}{
		{"ferry", 0.5, "[ferry]", 1},
		{"ferry city", 0.5, "[ferry]", 1},
		{"city year", 0.5, "[city]", 1},
		{"ferry toll city", 0.5, "[ferry]", 1},
		{"ferry toll city", 0.99, "[ferry toll city]", 3},
		{"toll city year", 0.8, "[toll]", 2},
	} {
		var words []index.Word
		for w := range set(test.words) {
			words = append(words, index.Word{Forms: []string{w}})
		}
		slices.SortFunc(words, func(x, y index.Word) int { return a.counts[x.Forms[0]] - a.counts[y.Forms[0]] })
		var got []string
		for _, w := range a.necessary(words, test.enough) {
			got = append(got, w.Forms[0])
		}
		if fmt.Sprint(got) != test.want || a.fewest(words, test.enough) != test.fewest {
			t.Errorf("of %s for %v are needed %v, at least %d; want %s, %d", test.words, test.enough, got, a.fewest(words, test.enough), test.want, test.fewest)
		}
	}
}

// TestMended reads words of a topic that the archive lacks as those that it has,
// tells so, and leaves alone what is too short or too far.
func TestMended(t *testing.T) {
	t.Parallel()
	b := sampleBot(t)
	for question, want := range map[string]string{
		"What did Trump say about sanktions?":        "“sanktions” was read as sanctions",
		"What did Ushakov say about the cesefire?":   "“cesefire” was read as ceasefire",
		"What did Putin say about a chsse champion?": "",
		"What did Putin say about kangaroos?":        "",
	} {
		answer, err := b.Answer(t.Context(), question, 3)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(answer.Understood) > 0 {
			got = answer.Understood[0]
		}
		if got != want {
			t.Errorf("%s: understood %q, not %q", question, got, want)
		}
	}
}

// TestOffered suggests topics that somebody did speak about.
func TestOffered(t *testing.T) {
	t.Parallel()
	answer, err := sampleBot(t).Answer(t.Context(), "What did Putin say about kangaroos?", 3)
	if err != nil {
		t.Fatal(err)
	}
	if answer.Found || len(answer.Suggestions) != maxTopics+1 || !slices.Contains(answer.Suggestions, "What did Vladimir Putin say?") {
		t.Errorf("found %v, suggested %q", answer.Found, answer.Suggestions)
	}
	for _, s := range answer.Suggestions {
		if again, err := sampleBot(t).Answer(t.Context(), s, 3); err != nil || !again.Found {
			t.Errorf("%q, which was suggested, finds nothing (%v)", s, err)
		}
	}
}
