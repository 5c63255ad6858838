package bot

import "testing"

// TestSameInCopies: in copies, what differs in a word or two is one; what differs in a
// name, a number or altogether is not.
func TestSameInCopies(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		x, y string
		want bool
	}{
		{"“Nobody rows to Pellworth at night,”", "“Nobody rows to Pellworth at night,”", true},
		{"that nobody rows to Pellworth at night any more", "nobody rows to Pellworth at night", true},
		{"the company lost 30 of its boats in the storm", "the company lost 35 of its boats in the storm", false},
		{"Wexmoor would row to Pellworth at night", "Ambledown would row to Pellworth at night", false},
		{"the boats are in, and the nets are dry", "the lamp was never lit in all these years", false},
		{"no boats", "no boats", true},
		{"no boats", "no nets", false},
		{"", "", true},
	} {
		if got := newSaid(test.x).same(newSaid(test.y)); got != test.want {
			t.Errorf("%q and %q: %v", test.x, test.y, got)
		}
	}
}
