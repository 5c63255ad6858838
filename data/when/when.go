// Package when reads the phrases that say when: "on March 12", "last week",
// "in early 2022". A phrase means a period of whole days, and what is not known
// of it is not made up: "Thursday" in an article that bears a month alone may
// be one of several days, and its period holds them all.
//
//	when.go    periods, and how they are written
//	parse.go   phrases, word by word
//	words.go   … what the words mean
//
// A phrase without a year, or one like "yesterday", is read as news writes it,
// from the day of the article: the nearest such day on or before it, or on or
// after it where the phrase, or the caller, looks ahead. It is read from both
// ends of a period that is longer than a day.
package when

import (
	"strings"
	"time"
)

// Period is a stretch of whole days, both ends included, at midnight UTC. The
// zero Period is one of which nothing is known.
type Period struct{ First, Last time.Time }

// Known tells whether anything is known of the period.
func (p Period) Known() bool { return !p.First.IsZero() }

// String is ISO 8601, cut to what all days of the period have in common:
// "2025-03-12", "2025-03", "2025", or "" where they lie in two years.
func (p Period) String() string {
	first, last := p.First.Format(time.DateOnly), p.Last.Format(time.DateOnly)
	switch {
	case !p.Known():
		return ""
	case first == last:
		return first
	case first[:len("2006-01")] == last[:len("2006-01")]:
		return first[:len("2006-01")]
	case first[:len("2006")] == last[:len("2006")]:
		return first[:len("2006")]
	}
	return ""
}

// Contains tells whether all of o lies in p.
func (p Period) Contains(o Period) bool {
	return p.Known() && o.Known() && !o.First.Before(p.First) && !o.Last.After(p.Last)
}

// Overlaps tells whether p and o have a day in common.
func (p Period) Overlaps(o Period) bool {
	return p.Known() && o.Known() && !o.Last.Before(p.First) && !o.First.After(p.Last)
}

// earliest is the first year of four digits; no article tells of one before.
const earliest = 1000

// ISO is the period of a date in ISO 8601, cut to the day, the month or the
// year; the zero Period of anything else.
func ISO(s string) Period {
	for _, layout := range []string{time.DateOnly, "2006-01", "2006"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() >= earliest {
			switch strings.Count(layout, "-") {
			case 0:
				return year(t.Year())
			case 1:
				return month(t.Year(), t.Month())
			}
			return day(t)
		}
	}
	return Period{}
}

func day(t time.Time) Period { return Period{t, t} }

func days(first time.Time, n int) Period { return Period{first, first.AddDate(0, 0, n-1)} }

func date(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func month(y int, m time.Month) Period { return months(y, m, 1) }

// months is n whole months from month m on.
func months(y int, m time.Month, n int) Period {
	return Period{date(y, m, 1), date(y, m+time.Month(n), 0)}
}

func year(y int) Period { return months(y, time.January, 12) }

// week is the seven days, from a Monday on, that hold t.
func week(t time.Time) Period {
	return days(t.AddDate(0, 0, -(int(t.Weekday())+6)%7), 7)
}

// length is how many days a period has.
func (p Period) length() int { return int(p.Last.Sub(p.First).Hours()/24) + 1 }

// third is the first, second or third third of a period, by n = 0, 1 or 2; of a
// year, four months. A day has none.
func (p Period) third(n int) Period {
	if p == year(p.First.Year()) {
		return months(p.First.Year(), time.Month(1+4*n), 4)
	}
	size := p.length()
	return Period{p.First.AddDate(0, 0, n*size/3), p.First.AddDate(0, 0, max((n+1)*size/3, n*size/3+1)-1)}
}

// and is the shortest period that holds both.
func (p Period) and(o Period) Period {
	if o.First.Before(p.First) {
		p.First = o.First
	}
	if o.Last.After(p.Last) {
		p.Last = o.Last
	}
	return p
}
