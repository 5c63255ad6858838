package index

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onrecord/data/when"
)

// TestStretches cuts periods into days, months and years.
func TestStretches(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ first, last, want string }{
		{"2031-04-02", "2031-04-02", "day 2031-04-02..2031-04-02"},
		{"2031-04-02", "2031-05-20", "day 2031-04-02..2031-05-20"},
		{"2031-04-01", "2031-04-30", "month 2031-04..2031-04"},
		{"2031-03-31", "2031-05-01", "day 2031-03-31..2031-03-31, day 2031-05-01..2031-05-01, month 2031-04..2031-04"},
		{"2031-01-01", "2031-12-31", "year 2031..2031"},
		{"2030-11-15", "2033-02-03", "day 2030-11-15..2030-11-30, day 2033-02-01..2033-02-03, month 2030-12..2030-12, month 2033-01..2033-01, year 2031..2032"},
		{"2030-12-31", "2031-01-01", "day 2030-12-31..2031-01-01"},
	} {
		var got []string
		for _, s := range stretches(when.Period{First: when.ISO(c.first).First, Last: when.ISO(c.last).First}) {
			got = append(got, fmt.Sprintf("%s %s..%s", s.field, s.from.Format(s.layout), s.before.AddDate(0, 0, -1).Format(s.layout)))
		}
		if text := strings.Join(got, ", "); text != c.want {
			t.Errorf("%s to %s is cut into\n%s, want\n%s", c.first, c.last, text, c.want)
		}
	}
}

// TestEveryPeriod holds every period within two years, and what dates it finds,
// against looking at each.
func TestEveryPeriod(t *testing.T) {
	t.Parallel()
	dates := []string{"2030", "2030-12", "2030-12-31", "2031", "2031-01", "2031-01-01", "2031-02-28", "2031-03", "2031-03-15", "2031-12-31", "2032-01-01"}
	files := map[string]string{}
	for _, d := range dates {
		files[d+".md"] = "---\ndate: " + d + "\n---\n\n“The toll is three coins,” said Corin Wexmoor.\n"
	}
	ix := built(t, memory(files))
	start := when.ISO("2030-11-20").First
	for from := 0; from < 420; from += 7 {
		for length := 1; length < 420; length += 13 {
			p := when.Period{First: start.AddDate(0, 0, from), Last: start.AddDate(0, 0, from+length-1)}
			found, err := ix.Statements(t.Context(), StatementQuery{Speakers: []string{"Corin Wexmoor"}, When: p, Limit: len(dates)})
			if err != nil {
				t.Fatal(err)
			}
			has := map[string]bool{}
			for _, s := range found {
				has[strings.TrimSuffix(s.Article, ".md")] = true
			}
			for _, d := range dates {
				if has[d] != p.Overlaps(when.ISO(d)) {
					t.Fatalf("%s to %s: found %s: %v", p.First.Format(time.DateOnly), p.Last.Format(time.DateOnly), d, has[d])
				}
			}
		}
	}
}
