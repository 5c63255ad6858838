package bot

import "testing"

// TestMarksAreWholeWords: what is marked in a passage ends where its word or
// number does.
func TestMarksAreWholeWords(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ question, text, want string }{
		{"where did she land?", "She landed in Zwolke, they say.", "in Zwolke"},
		{"how many came?", "Some 1,250 came.", "1,250"},
		{"how many came?", "Some 40.", "40"},
	} {
		got := Passage{Text: test.text}.expected(test.question)
		if len(got) != 1 || got[0].Text != test.want {
			t.Errorf("%s: %q has marks %v, not %q", test.question, test.text, got, test.want)
		}
	}
}
