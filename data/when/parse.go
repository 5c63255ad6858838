package when

import (
	"strconv"
	"strings"
	"time"
)

// Tense is where a phrase looks from the day it is read from: "Thursday" is the
// last one in "said Thursday", the next one in "will say Thursday".
type Tense uint8

const (
	Past Tense = iota
	Future
)

// maxWords bounds what is read as a phrase: "on the evening of Wednesday, March
// 12, 2025" has nine words.
const maxWords = 12

// Parse reads a phrase, and tells whether all of it says when. from is the day
// it was written, or the period in which that lies, or the zero Period. Where
// the phrase can't be placed without it, the period found is the zero one, and
// so it is for those that no calendar tells: "that day".
func Parse(phrase string, from Period, tense Tense) (Period, bool) {
	words := fields(phrase)
	if len(words) == 0 || len(words) > maxWords {
		return Period{}, false
	}
	first := reading{words: words, from: from.First, tense: tense}
	p, ok := first.phrase()
	if !ok || !from.Known() || from.First.Equal(from.Last) {
		return p.sound(), ok
	}
	last := reading{words: words, from: from.Last, tense: tense}
	q, _ := last.phrase()
	if !p.Known() || !q.Known() {
		return Period{}, true
	}
	return p.and(q).sound(), true
}

// sound is the period, or the zero one where it leaves the years of four digits.
func (p Period) sound() Period {
	if p.First.Year() < earliest || p.Last.Year() > 9999 || p.Last.Before(p.First) {
		return Period{}
	}
	return p
}

// fields are the words in lower case, less commas and what a genitive adds.
func fields(phrase string) []string {
	low := strings.ToLower(strings.NewReplacer("’", "'", "–", "-", ",", " ").Replace(phrase))
	words := strings.Fields(low)
	for i, w := range words {
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "'")
		if dayParts[strings.TrimSuffix(w, "s")] {
			w = strings.TrimSuffix(w, "s")
		}
		words[i] = w
	}
	return words
}

// reading is a phrase being read.
type reading struct {
	words []string
	at    int
	from  time.Time // zero where unknown
	tense Tense
}

func (r *reading) word() string {
	if r.at < len(r.words) {
		return r.words[r.at]
	}
	return ""
}

func (r *reading) next() string {
	w := r.word()
	r.at++
	return w
}

// take steps over a word if it is the one given.
func (r *reading) take(word string) bool {
	if r.word() != word {
		return false
	}
	r.at++
	return true
}

// phrase reads all words, or fails.
func (r *reading) phrase() (Period, bool) {
	r.lead()
	part := r.part()
	p, ok := r.core()
	if !ok {
		return Period{}, false
	}
	for dayParts[r.word()] {
		r.at++
	}
	if r.take("on") || r.at < len(r.words) { // "the evening of", "Thursday, March 13"
		return r.together(p, part)
	}
	return r.cut(p, part), true
}

// together reads a second phrase that names the same day, and takes the exacter:
// "on Thursday, March 13", "earlier this month, on Tuesday" is not one.
func (r *reading) together(p Period, part string) (Period, bool) {
	rest := *r
	q, ok := rest.core()
	for dayParts[rest.word()] {
		rest.at++
	}
	if !ok || rest.at < len(rest.words) {
		return Period{}, false
	}
	if q.Known() && (!p.Known() || q.length() <= p.length()) {
		p = q
	}
	return rest.cut(p, part), true
}

// lead steps over words before the date.
func (r *reading) lead() {
	for leading[r.word()] && !r.counts() && !r.toldBefore() {
		r.at++
	}
}

// counts tells whether "a" or "the" belongs to what follows: "a week ago".
func (r *reading) counts() bool {
	return numbers[r.word()] > 0 && r.at+2 < len(r.words) && r.words[r.at+2] == "ago"
}

// toldBefore tells whether "the" makes a period one beside another that was told
// before: "the next month", "the previous week".
func (r *reading) toldBefore() bool {
	if r.word() != "the" || r.at+1 >= len(r.words) {
		return false
	}
	w := r.words[r.at+1]
	return w == "next" || w == "previous"
}

// part reads which part of a period is meant: "early", "late", "the end of".
func (r *reading) part() string {
	w := r.word()
	switch w {
	case "early", "late", "mid", "earlier", "later":
		r.at++
	case "beginning", "start", "end", "middle", "evening", "morning", "night", "afternoon":
		if r.at+1 >= len(r.words) || r.words[r.at+1] != "of" {
			return ""
		}
		r.at += 2
		r.take("the")
	default:
		if rest, ok := strings.CutPrefix(w, "mid-"); ok && rest != "" {
			r.words[r.at] = rest
			return "mid"
		}
		return ""
	}
	r.take("on")
	r.take("in")
	if r.word() == "the" {
		r.at++
	}
	return w
}

// cut takes the part of a period that its words ask for.
func (r *reading) cut(p Period, part string) Period {
	if !p.Known() || p.length() == 1 {
		return p
	}
	switch part {
	case "early", "beginning", "start":
		return p.third(0)
	case "mid", "middle":
		return p.third(1)
	case "late", "end":
		return p.third(2)
	case "earlier":
		if !r.from.IsZero() && !r.from.Before(p.First) && r.from.Before(p.Last) {
			p.Last = r.from
		}
	case "later":
		if !r.from.IsZero() && r.from.After(p.First) && !r.from.After(p.Last) {
			p.First = r.from
		}
	}
	return p
}

// core reads a date or a day beside the one it is read from.
func (r *reading) core() (Period, bool) {
	for _, form := range []func() (Period, bool){r.iso, r.named, r.ago, r.relative, r.weekday, r.monthFirst, r.dayFirst, r.yearly} {
		at := r.at
		if p, ok := form(); ok {
			return p, true
		}
		r.at = at
	}
	return Period{}, false
}

func (r *reading) iso() (Period, bool) {
	p := ISO(r.word())
	if !p.Known() || !strings.Contains(r.word(), "-") {
		return Period{}, false
	}
	r.at++
	return p, true
}

// beside is a day so many days from the one the phrase is read from.
func (r *reading) beside(n int) Period {
	if r.from.IsZero() {
		return Period{}
	}
	return day(r.from.AddDate(0, 0, n))
}

// named: "today", "yesterday", "last night", "this morning".
func (r *reading) named() (Period, bool) {
	switch w := r.next(); w {
	case "today", "tonight":
		return r.beside(0), true
	case "yesterday":
		return r.beside(-1), true
	case "tomorrow":
		return r.beside(1), true
	case "this", "last":
		if !dayParts[r.word()] {
			return Period{}, false
		}
		r.at++
		if w == "last" {
			return r.beside(-1), true
		}
		return r.beside(0), true
	}
	return Period{}, false
}

// ago: "two days ago", "a month ago". The larger the unit, the less exact.
func (r *reading) ago() (Period, bool) {
	w := r.next()
	n := numbers[w]
	if n == 0 {
		if n, _ = strconv.Atoi(w); n < 1 || n > 999 {
			return Period{}, false
		}
	}
	unit := strings.TrimSuffix(r.next(), "s")
	if !r.take("ago") || !isOneOf(unit, units) || unit == "weekend" {
		return Period{}, false
	}
	if r.from.IsZero() {
		return Period{}, true
	}
	switch unit {
	case "day":
		return r.beside(-n), true
	case "week":
		return days(r.from.AddDate(0, 0, -7*n-3), 7), true
	case "month":
		first := date(r.from.Year(), r.from.Month()-time.Month(n), 1)
		return month(first.Year(), first.Month()), true
	case "year":
		return year(r.from.Year() - n), true
	}
	return months(r.from.Year()-10*n-5, time.January, 120), true
}

// relative: "last week", "this month", "next year", "last March", "last summer".
func (r *reading) relative() (Period, bool) {
	w := r.word()
	step, ok := map[string]int{"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[w]
	if ok {
		r.at++
	} else if w != "weekend" && !isOneOf(w, seasons) {
		return Period{}, false
	}
	name := r.next()
	if isOneOf(name, seasons) {
		return r.seasonal(name, step, ok), true
	}
	if d, is := weekdayOf(name); is {
		return r.weekdayStep(d, step), true
	}
	if m, is := monthOf(name); is {
		return r.monthStep(m, step), true
	}
	if !isOneOf(name, units) || name == "day" {
		return Period{}, false
	}
	if name == "weekend" {
		return r.weekend(step, w), true
	}
	return r.unit(name, step, w), true
}

// unit is the week, month, year or decade so many steps away; "the past week"
// is the one that ends today.
func (r *reading) unit(name string, step int, how string) Period {
	if r.from.IsZero() {
		return Period{}
	}
	f := r.from
	switch {
	case how == "past" && name == "week":
		return Period{f.AddDate(0, 0, -7), f}
	case how == "past" && name == "month":
		return Period{f.AddDate(0, -1, 0), f}
	case how == "past" && name == "year":
		return Period{f.AddDate(-1, 0, 0), f}
	case name == "week":
		return week(f.AddDate(0, 0, 7*step))
	case name == "month":
		first := date(f.Year(), f.Month()+time.Month(step), 1)
		return month(first.Year(), first.Month())
	case name == "year":
		return year(f.Year() + step)
	}
	return months(f.Year()-f.Year()%10+10*step, time.January, 120)
}

// weekend is the Saturday and Sunday that have begun, or those to come. "Last
// weekend" on a Sunday is a week back.
func (r *reading) weekend(step int, how string) Period {
	if r.from.IsZero() {
		return Period{}
	}
	saturday := r.from.AddDate(0, 0, -(int(r.from.Weekday())+1)%7)
	begun := r.from.Sub(saturday) < 48*time.Hour
	switch {
	case step > 0 || how == "weekend" && r.tense == Future && !begun:
		saturday = saturday.AddDate(0, 0, 7)
	case step < 0 && begun:
		saturday = saturday.AddDate(0, 0, -7)
	}
	return days(saturday, 2)
}

// weekdayStep: "last Thursday", "next Thursday", "this Thursday". Where "last
// Thursday" may be yesterday or eight days ago, both are in the period.
func (r *reading) weekdayStep(d time.Weekday, step int) Period {
	if r.from.IsZero() {
		return Period{}
	}
	switch {
	case step == 0:
		return day(week(r.from).First.AddDate(0, 0, (int(d)+6)%7))
	case step > 0:
		return day(onOrAfter(r.from.AddDate(0, 0, 1), d))
	}
	near := onOrBefore(r.from.AddDate(0, 0, -1), d)
	if week(r.from).Contains(day(near)) {
		return Period{near.AddDate(0, 0, -7), near}
	}
	return day(near)
}

func onOrBefore(t time.Time, d time.Weekday) time.Time {
	return t.AddDate(0, 0, -(int(t.Weekday())-int(d)+7)%7)
}

func onOrAfter(t time.Time, d time.Weekday) time.Time {
	return t.AddDate(0, 0, (int(d)-int(t.Weekday())+7)%7)
}

// monthStep: "last March" is the nearest March that has ended, "next March" the
// first to begin, "this March" this year's.
func (r *reading) monthStep(m time.Month, step int) Period {
	if r.from.IsZero() {
		return Period{}
	}
	p := month(r.from.Year(), m)
	switch {
	case step < 0 && !p.Last.Before(r.from):
		p = month(r.from.Year()-1, m)
	case step > 0 && !p.First.After(r.from):
		p = month(r.from.Year()+1, m)
	}
	return p
}

// seasonal: "summer 2014", "the summer of 2014", "last summer", "in the spring".
func (r *reading) seasonal(name string, step int, stepped bool) Period {
	r.take("of")
	if y, ok := yearOf(r.word()); ok {
		r.at++
		return season(name, y)
	}
	if r.from.IsZero() {
		return Period{}
	}
	p := season(name, r.from.Year()+1)
	ahead := step > 0 || !stepped && r.tense == Future
	for y := r.from.Year(); ahead && p.First.After(r.from) && season(name, y).First.After(r.from); y-- {
		p = season(name, y)
	}
	for y := r.from.Year() + 1; !ahead && (p.First.After(r.from) || step < 0 && !p.Last.Before(r.from)); y-- {
		p = season(name, y)
	}
	return p
}

// weekday: "Thursday", "Thursday night".
func (r *reading) weekday() (Period, bool) {
	d, ok := weekdayOf(r.next())
	switch {
	case !ok:
		return Period{}, false
	case r.from.IsZero():
		return Period{}, true
	case r.tense == Future:
		return day(onOrAfter(r.from, d)), true
	}
	return day(onOrBefore(r.from, d)), true
}

// monthFirst: "March", "March 12", "March 12-14", "March 2025", "March 12, 2025".
func (r *reading) monthFirst() (Period, bool) {
	m, ok := monthOf(r.next())
	if !ok {
		return Period{}, false
	}
	r.take("of") // "March of 2025"
	if y, ok := yearOf(r.word()); ok {
		r.at++
		return month(y, m), true
	}
	first, last, ok := r.daysOf()
	if !ok {
		return r.placed(func(y int) Period { return month(y, m) }), true
	}
	r.at++
	return r.dated(m, first, last)
}

// daysOf reads "12" or "12-14" and leaves the word to be stepped over.
func (r *reading) daysOf() (first, last int, ok bool) {
	from, to, ranged := strings.Cut(r.word(), "-")
	first, ok = dayOf(from)
	if !ok || !ranged {
		return first, first, ok
	}
	last, ok = dayOf(to)
	return first, last, ok && first < last
}

// dayFirst: "12 March", "12 March 2025", "the 12th of March".
func (r *reading) dayFirst() (Period, bool) {
	first, last, ok := r.daysOf()
	r.at++
	r.take("of")
	m, named := monthOf(r.next())
	if !ok || !named {
		return Period{}, false
	}
	return r.dated(m, first, last)
}

// dated reads the year after a day and a month, or finds it.
func (r *reading) dated(m time.Month, first, last int) (Period, bool) {
	if !real(2024, m, last) { // a leap year
		return Period{}, false
	}
	if y, ok := yearOf(r.word()); ok {
		r.at++
		return Period{date(y, m, first), date(y, m, last)}, real(y, m, last)
	}
	return r.placed(func(y int) Period {
		if !real(y, m, last) {
			return Period{}
		}
		return Period{date(y, m, first), date(y, m, last)}
	}), true
}

func real(y int, m time.Month, d int) bool { return date(y, m, d).Month() == m }

// slack is how many days after its own date an article may tell of in the past
// tense: it is dated where it was written, and updated later.
const slack = 2

// placed finds the year: the nearest period that has begun or, looking ahead,
// that has not ended.
func (r *reading) placed(in func(year int) Period) Period {
	if r.from.IsZero() {
		return Period{}
	}
	y := r.from.Year()
	if r.tense == Future {
		if p := in(y); p.Known() && !p.Last.Before(r.from) {
			return p
		}
		return in(y + 1)
	}
	for _, p := range []Period{in(y + 1), in(y)} {
		if p.Known() && !p.First.After(r.from.AddDate(0, 0, slack)) {
			return p
		}
	}
	return in(y - 1)
}

// yearly: "2014", "the 1980s".
func (r *reading) yearly() (Period, bool) {
	w := r.next()
	if y, ok := yearOf(w); ok {
		return year(y), true
	}
	if y, ok := decadeOf(w); ok {
		return months(y, time.January, 120), true
	}
	return Period{}, false
}
