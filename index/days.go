package index

import (
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"onrecord/data/when"
)

// This file finds statements by their days. Each day in an index is a term, and a
// search through a range looks up every term in it: some 3,650 for ten years. So
// the months and the years of the days are terms too, and a period is cut into
// days, months and years, fewer than a hundred terms for a century.

const (
	yearLayout  = "2006"
	monthLayout = "2006-01"
)

// cutDate is a date less what is more exact than the layout; "" where it is less
// exact itself.
func cutDate(date, layout string) string {
	if len(date) < len(layout) {
		return ""
	}
	return date[:len(layout)]
}

// dayQuery finds the days of a period, and dates cut to a month or a year that
// may lie in it.
func dayQuery(p when.Period) *query.DisjunctionQuery {
	var any []query.Query
	for _, layout := range []string{yearLayout, monthLayout} {
		any = append(any, term(fieldDay, p.First.Format(layout)), term(fieldDay, p.Last.Format(layout)))
	}
	for _, s := range stretches(p) {
		yes := true
		q := bleve.NewTermRangeInclusiveQuery(s.from.Format(s.layout), s.before.AddDate(0, 0, -1).Format(s.layout), &yes, &yes)
		q.SetField(s.field)
		any = append(any, q)
	}
	return bleve.NewDisjunctionQuery(any...)
}

// stretch is some whole days, months or years, by its field.
type stretch struct {
	field, layout string
	from, before  time.Time
}

// stretches are a period's whole years, with the months and days before and after
// them; none of them is empty.
func stretches(p when.Period) (out []stretch) {
	add := func(field, layout string, from, before time.Time) {
		if from.Before(before) {
			out = append(out, stretch{field, layout, from, before})
		}
	}
	end := p.Last.AddDate(0, 0, 1)
	firstMonth, lastMonth := monthFrom(p.First), startOf(end, end.Month())
	if !firstMonth.Before(lastMonth) {
		add(fieldDay, time.DateOnly, p.First, end)
		return out
	}
	add(fieldDay, time.DateOnly, p.First, firstMonth)
	add(fieldDay, time.DateOnly, lastMonth, end)
	firstYear, lastYear := yearFrom(firstMonth), startOf(lastMonth, time.January)
	if !firstYear.Before(lastYear) {
		add(fieldMonth, monthLayout, firstMonth, lastMonth)
		return out
	}
	add(fieldMonth, monthLayout, firstMonth, firstYear)
	add(fieldMonth, monthLayout, lastYear, lastMonth)
	add(fieldYear, yearLayout, firstYear, lastYear)
	return out
}

// startOf is the first day of a month in t's year.
func startOf(t time.Time, m time.Month) time.Time {
	return time.Date(t.Year(), m, 1, 0, 0, 0, 0, time.UTC)
}

// monthFrom is the first day of a month from t on, yearFrom that of a year.
func monthFrom(t time.Time) time.Time {
	if start := startOf(t, t.Month()); !start.Before(t) {
		return start
	}
	return startOf(t, t.Month()+1)
}

func yearFrom(t time.Time) time.Time {
	if start := startOf(t, time.January); !start.Before(t) {
		return start
	}
	return startOf(t, time.December+1)
}
