package when_test

import (
	"testing"
	"time"

	"onrecord/data/when"
)

// Phrases are read from Thursday, 13 March 2025, unless another date is given.
func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		phrase, from string
		first, last  string // "" where the phrase can't be placed
	}{
		{"on March 12", "", "2025-03-12", "2025-03-12"},
		{"on March 12, 2014", "none", "2014-03-12", "2014-03-12"},
		{"12 March 2014", "none", "2014-03-12", "2014-03-12"},
		{"the 3rd of May", "", "2024-05-03", "2024-05-03"},
		{"on Dec. 31", "", "2024-12-31", "2024-12-31"},
		{"on March 14", "", "2025-03-14", "2025-03-14"}, // dated a day early
		{"on March 20", "", "2024-03-20", "2024-03-20"},
		{"on March 20", "future", "2025-03-20", "2025-03-20"},
		{"Feb. 29", "", "2024-02-29", "2024-02-29"},
		{"March 12-14, 2022", "", "2022-03-12", "2022-03-14"},
		{"2025-03-12", "", "2025-03-12", "2025-03-12"},
		{"Thursday", "", "2025-03-13", "2025-03-13"},
		{"on Friday", "", "2025-03-07", "2025-03-07"},
		{"Friday", "future", "2025-03-14", "2025-03-14"},
		{"on Tuesday night", "", "2025-03-11", "2025-03-11"},
		{"early Tuesday", "", "2025-03-11", "2025-03-11"},
		{"late on Tuesday", "", "2025-03-11", "2025-03-11"},
		{"on Wednesday, March 12", "", "2025-03-12", "2025-03-12"},
		{"the evening of March 12", "", "2025-03-12", "2025-03-12"},
		{"last Sunday", "", "2025-03-09", "2025-03-09"},
		{"last Tuesday", "", "2025-03-04", "2025-03-11"}, // this week's, or the week's before
		{"next Tuesday", "", "2025-03-18", "2025-03-18"},
		{"this Friday", "", "2025-03-14", "2025-03-14"},
		{"Thursday’s", "", "2025-03-13", "2025-03-13"},
		{"yesterday", "", "2025-03-12", "2025-03-12"},
		{"yesterday evening", "", "2025-03-12", "2025-03-12"},
		{"tomorrow", "", "2025-03-14", "2025-03-14"},
		{"last night", "", "2025-03-12", "2025-03-12"},
		{"this morning", "", "2025-03-13", "2025-03-13"},
		{"today", "", "2025-03-13", "2025-03-13"},
		{"two days ago", "", "2025-03-11", "2025-03-11"},
		{"a week ago", "", "2025-03-03", "2025-03-09"},
		{"three months ago", "", "2024-12-01", "2024-12-31"},
		{"10 years ago", "", "2015-01-01", "2015-12-31"},
		{"last week", "", "2025-03-03", "2025-03-09"},
		{"this week", "", "2025-03-10", "2025-03-16"},
		{"earlier this week", "", "2025-03-10", "2025-03-13"},
		{"later this month", "", "2025-03-13", "2025-03-31"},
		{"over the past week", "", "2025-03-06", "2025-03-13"},
		{"last month", "", "2025-02-01", "2025-02-28"},
		{"late last month", "", "2025-02-19", "2025-02-28"},
		{"earlier this month", "", "2025-03-01", "2025-03-13"},
		{"last year", "", "2024-01-01", "2024-12-31"},
		{"next year", "", "2026-01-01", "2026-12-31"},
		{"over the weekend", "", "2025-03-08", "2025-03-09"},
		{"last weekend", "2025-03-09", "2025-03-01", "2025-03-02"},
		{"this weekend", "2025-03-09", "2025-03-08", "2025-03-09"},
		{"next weekend", "", "2025-03-15", "2025-03-16"},
		{"in March", "", "2025-03-01", "2025-03-31"},
		{"in December", "", "2024-12-01", "2024-12-31"},
		{"last March", "", "2024-03-01", "2024-03-31"},
		{"next March", "", "2026-03-01", "2026-03-31"},
		{"in mid-January", "", "2025-01-11", "2025-01-20"},
		{"in March of 2014", "none", "2014-03-01", "2014-03-31"},
		{"in Sept. 2014", "none", "2014-09-01", "2014-09-30"},
		{"in 2014", "none", "2014-01-01", "2014-12-31"},
		{"in early 2022", "none", "2022-01-01", "2022-04-30"},
		{"mid-2022", "none", "2022-05-01", "2022-08-31"},
		{"at the end of 2022", "none", "2022-09-01", "2022-12-31"},
		{"in the 1980s", "none", "1980-01-01", "1989-12-31"},
		{"last decade", "", "2010-01-01", "2019-12-31"},
		{"in the summer of 2014", "none", "2014-06-01", "2014-08-31"},
		{"spring 2022", "none", "2022-03-01", "2022-05-31"},
		{"last summer", "", "2024-06-01", "2024-08-31"},
		{"in the fall", "", "2024-09-01", "2024-11-30"},
		{"in the fall", "future", "2025-09-01", "2025-11-30"},
		{"this spring", "", "2025-03-01", "2025-05-31"},
		{"last winter", "", "2024-12-01", "2025-02-28"},
		{"winter 2022", "none", "2021-12-01", "2022-02-28"},

		{"Thursday", "none", "", ""}, // nothing says which
		{"last week", "none", "", ""},
		{"on March 12", "none", "", ""},
		{"two years ago", "none", "", ""},

		// The article's own date is known to the month or the year alone.
		{"yesterday", "2025-03", "2025-02-28", "2025-03-30"},
		{"last month", "2025-03", "2025-02-01", "2025-02-28"},
		{"last year", "2025", "2024-01-01", "2024-12-31"},
		{"on March 12", "2025", "2024-03-12", "2025-03-12"},
	} {
		from, tense := when.ISO("2025-03-13"), when.Past
		switch c.from {
		case "future":
			tense = when.Future
		case "":
		default:
			from = when.ISO(c.from)
		}
		got, ok := when.Parse(c.phrase, from, tense)
		if !ok || day(got.First) != c.first || day(got.Last) != c.last {
			t.Errorf("%q from %q: %s to %s, %t; want %s to %s", c.phrase, c.from, day(got.First), day(got.Last), ok, c.first, c.last)
		}
	}
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// What says no more than half of a date, or something else, is none.
func TestNoDate(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "on", "on the table", "March on", "May I", "in 58", "February 30", "12", "march 12 bananas",
		"a year", "for two weeks", "this", "last", "the day", "sun", "sat", "Thursday Friday Saturday Sunday", "the next month"} {
		if p, ok := when.Parse(s, when.ISO("2025-03-13"), when.Past); ok {
			t.Errorf("%q was read as %s", s, p)
		}
	}
}

// A period is written as far as all its days agree.
func TestString(t *testing.T) {
	t.Parallel()
	for phrase, want := range map[string]string{
		"March 12, 2025": "2025-03-12", "last week": "2025-03", "in early 2022": "2022", "the 1980s": "",
		"last winter": "", "the week": "", "last Tuesday": "2025-03",
	} {
		if p, _ := when.Parse(phrase, when.ISO("2025-03-13"), when.Past); p.String() != want {
			t.Errorf("%q: %q, want %q", phrase, p, want)
		}
	}
	for _, iso := range []string{"2025-03-12", "2025-03", "2025", ""} {
		if got := when.ISO(iso).String(); got != iso {
			t.Errorf("ISO(%q) is written %q", iso, got)
		}
	}
}

func TestOverlaps(t *testing.T) {
	t.Parallel()
	march, day, unknown := when.ISO("2025-03"), when.ISO("2025-03-31"), when.Period{}
	if !march.Contains(day) || day.Contains(march) || !march.Overlaps(day) || march.Overlaps(when.ISO("2025-04")) {
		t.Error("March holds its last day, and no day of April")
	}
	if march.Overlaps(unknown) || unknown.Contains(march) {
		t.Error("nothing is known of the zero period")
	}
}

// FuzzParse hands over any phrase and date: nothing may panic, and a period has
// its ends in order.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"on March 12, 2025", "early last week", "a month ago", "mid-", "the end of", "0 days ago", "31 Feb", "999 decades ago",
		"the night of the summer of 2014", "last Feb.", "İ’s ſept."} {
		f.Add(s, "2025-03", true)
		f.Add(s, "0001-01-01", false)
		f.Add(s, "9999", true)
	}
	f.Fuzz(func(t *testing.T, phrase, from string, ahead bool) {
		tense := when.Past
		if ahead {
			tense = when.Future
		}
		p, ok := when.Parse(phrase, when.ISO(from), tense)
		if p.Last.Before(p.First) || p.First.IsZero() != p.Last.IsZero() || p.Known() && !ok {
			t.Errorf("%q from %q: %v, %t", phrase, from, p, ok)
		}
		if s := p.String(); s != "" && !when.ISO(s).Contains(p) {
			t.Errorf("%q from %q: %v is written %q", phrase, from, p, s)
		}
	})
}
