package naming

import "testing"

// TestDistance counts typing errors.
func TestDistance(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "abc", 0}, {"abc", "abd", 1}, {"abc", "acb", 1}, {"abc", "ab", 1}, {"abc", "xabc", 1}, {"жук", "жак", 1}, {"short", "muchlonger", 4}, {"kitten", "sitting", 3}} {
		if got := Distance(test.a, test.b); got != test.want {
			t.Errorf("from %q to %q are %d, not %d", test.a, test.b, got, test.want)
		}
	}
}
