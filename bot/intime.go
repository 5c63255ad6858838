package bot

import (
	"fmt"
	"sort"
	"time"

	"onrecord/data/naming"
	"onrecord/data/when"
	"onrecord/index"
)

// By tells what a statement's date is of.
type By string

const (
	BySaid      By = "said"      // when it was said, as the article tells
	ByPublished By = "published" // when the article appeared
)

// Dated is the date that placed a statement in time.
type Dated struct {
	Date string `json:"date"` // ISO 8601, cut to what is known
	By   By     `json:"by"`
}

// dateOf is when a statement was made, where the article tells that, else when
// the article appeared; no date where neither is known.
func (a *asking) dateOf(s index.Statement) Dated {
	if s.Date != "" {
		return Dated{s.Date, BySaid}
	}
	return Dated{a.proof.about(s.Article).Date, ByPublished}
}

// readTime finds which days the question asks about. A time that can't be placed
// is taken for words of the topic.
func (a *asking) readTime() error {
	if a.q.When.Phrase == "" || a.isOfName() {
		return nil
	}
	_, last, err := a.ix.Covered()
	if err != nil {
		return err
	}
	a.dated = a.q.When
	a.period = a.q.When.period(a.now(), when.ISO(last).Last)
	if !a.period.Known() {
		a.relax()
		return nil
	}
	a.answer.Understood = append(a.answer.Understood, a.q.When.describe(a.period)+": by when it was said, or published where that isn't told")
	return nil
}

// isOfName tells whether what was read as a time is of the speaker's name, as in
// "USA Today", and puts it back.
func (a *asking) isOfName() bool {
	whole := a.q.Speaker + " " + a.q.When.asked
	if a.q.Speaker == "" || a.edition.roster.named(naming.Words(whole)) == nil {
		return false
	}
	a.q.Speaker, a.q.When = whole, Time{}
	return true
}

// atTime keeps the statements of the days asked about: those that surely are,
// else those whose date, cut to a month or a year, may be.
func (a *asking) atTime(all []index.Statement) []index.Statement {
	if !a.period.Known() {
		return all
	}
	var sure, maybe []index.Statement
	for _, s := range all {
		switch date := when.ISO(a.dateOf(s).Date); {
		case a.period.Contains(date):
			sure = append(sure, s)
		case a.period.Overlaps(date):
			maybe = append(maybe, s)
		}
	}
	if sure == nil {
		return maybe
	}
	return sure
}

// inTime sorts by date where the question asks for the latest or the first; what
// has no date comes last.
func (a *asking) inTime(all []index.Statement) []index.Statement {
	if a.q.Order == NoOrder {
		return all
	}
	date := func(s index.Statement) time.Time {
		p := when.ISO(a.dateOf(s).Date)
		if a.q.Order == OldestFirst {
			return p.First
		}
		return p.Last
	}
	sort.SliceStable(all, func(i, k int) bool {
		x, y := date(all[i]), date(all[k])
		if x.IsZero() || y.IsZero() {
			return !x.IsZero() && y.IsZero()
		}
		if a.q.Order == OldestFirst {
			return x.Before(y)
		}
		return x.After(y)
	})
	return all
}

// covers says which dates the archive covers.
func (a *asking) covers() string {
	first, last, err := a.ix.Covered()
	switch {
	case err != nil || first == "":
		return ": no article here has a date"
	case first == last:
		return fmt.Sprintf(": the articles here are of %s", first)
	}
	return fmt.Sprintf(": the articles here are of %s to %s", first, last)
}

// coversDates says which dates the archive covers, and nothing where no article
// has one.
func (a *asking) coversDates() string {
	if first, _, err := a.ix.Covered(); err != nil || first == "" {
		return ""
	}
	return a.covers()
}
