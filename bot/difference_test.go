package bot

import (
	"fmt"
	"testing"
)

// TestDifference shows where a misquotation departs from what was said.
func TestDifference(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ asked, said, want string }{
		{"the toll is fair", "“We think the toll is fair,”", "[]"},
		{"the toll is unfair", "the toll is fair", "[{unfair fair}]"},
		{"the toll is never fair", "the toll is fair.", "[{never }]"},
		{"the toll is fair", "the toll, in my view, is fair", "[{ in my view}]"},
		{"the tax is fair", "the toll is fair", "[{tax toll}]"},
		{"eels", "the toll is fair", "[{eels }]"},
		{"", "the toll", "[]"},
	} {
		if got := fmt.Sprint(difference(test.asked, test.said)); got != test.want {
			t.Errorf("%q from %q: %s, not %s", test.asked, test.said, got, test.want)
		}
	}
}

// TestVariants: two wordings of one sentence are told as such, two sentences on
// one subject are not, and neither are two of one article.
func TestVariants(t *testing.T) {
	t.Parallel()
	of := func(article, words string) Statement {
		return Statement{Article: article, Speaker: Speaker{Name: "Tamsin Plimpette"}, Parts: []Span{{Text: words}}}
	}
	all := []Statement{
		of("a.txt", "the ferries will not sail again before the council has paid the ferrymen what it owes them"),
		of("b.txt", "the ferries will not sail before the council has paid the ferrymen what it owes to them"),
		of("c.txt", "the ferries of this harbour are the oldest that still sail between two towns of the council"),
		of("a.txt", "the ferries will not sail before the council has paid the ferrymen what it owes to them"),
	}
	markVariants(all)
	for i, want := range []int{0, 1, 0, 0} {
		if all[i].Variant != want {
			t.Errorf("statement %d is a variant of %d, not of %d", i, all[i].Variant, want)
		}
	}
}
