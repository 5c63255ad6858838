package bot

import "testing"

// TestMarksAreWholeWords: what is marked in a passage ends where its word or
// number does.
func TestMarksAreWholeWords(t *testing.T) {
	t.Parallel()
	b := sampleBot(t)
	e, err := b.editions.now(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a := &asking{Bot: b, edition: e, ix: e.record}
	for _, test := range []struct{ question, text, want string }{
		{"where did she land?", "She landed in Zwolke, they say.", "in Zwolke"},
		{"how many came?", "Some 1,250 came.", "1,250"},
		{"how many came?", "Some 40.", "40"},
	} {
		got := a.marks(Passage{Text: test.text}, nil, test.question)
		if len(got) != 1 || got[0].Text != test.want {
			t.Errorf("%s: %q has marks %v, not %q", test.question, test.text, got, test.want)
		}
	}
}
