package bot

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"onrecord/data/when"
)

// Bound is how a phrase bounds the time that a question asks about.
type Bound string

const (
	In      Bound = "in" // "on March 12", "last week"
	Since   Bound = "since"
	After   Bound = "after"
	Before  Bound = "before"
	Until   Bound = "until"
	Between Bound = "between"
)

// Time is when what is asked for was said, as a question words it.
type Time struct {
	Bound  Bound
	Phrase string // "on March 12", "2021"
	End    string // of Between: "May 2022"
	asked  string // all words of it: "since 2021"
}

// bounds are the words before a phrase, with what they make of it.
var bounds = map[string]Bound{"since": Since, "after": After, "before": Before, "until": Until, "till": Until,
	"between": Between, "from": Between}

// maxTimeWords bounds how many words of a question are read as a time, and maxTimed
// is among how many of its last words one is looked for.
const maxTimeWords, maxTimed = 10, 40

// mayStandAlone are phrases of time that need no preposition: "yesterday",
// "March 12", "2022-03-12", "2022", but not "may".
var mayStandAlone = regexp.MustCompile(`(?i)^(?:yesterday|today|tonight|(?:earlier|later|last|this|the past|the last) \S.*|.+ ago|(?:mon|tues|wednes|thurs|fri|satur|sun)day.*|.*\d.*)$`)

// cutTime finds the phrase of a question that says when, and the question
// without it. Phrases at the end come first, longer before shorter ones.
func cutTime(text string) (Time, string) {
	words := strings.Fields(text)
	for end := len(words); end > max(0, len(words)-maxTimed); end-- {
		for start := max(0, end-maxTimeWords); start < end; start++ {
			if start > 0 && aboutWord[strings.ToLower(words[start-1])] {
				continue // "about last week" is a topic
			}
			if t, ok := readTime(words[start:end]); ok {
				return t, strings.Join(append(append([]string{}, words[:start]...), words[end:]...), " ")
			}
		}
	}
	return Time{}, text
}

// aboutWord tells that a phrase behind it is what is spoken of, or belongs to a
// noun before.
var aboutWord = set("about regarding concerning of the a an his her their its how what")

func readTime(words []string) (Time, bool) {
	asked := strings.Trim(strings.Join(words, " "), ".,;:?!")
	first, rest, _ := strings.Cut(asked, " ")
	bound := bounds[strings.ToLower(first)]
	switch bound {
	case "":
		lead := timeLead[strings.ToLower(first)]
		if !lead && !mayStandAlone.MatchString(asked) || !isTime(asked) {
			return Time{}, false
		}
		return Time{Bound: In, Phrase: asked, asked: asked}, true
	case Between:
		from, to, ok := cutAny(rest, " and ", " to ", " until ", " till ")
		if !ok && strings.EqualFold(first, "from") {
			return Time{Bound: In, Phrase: rest, asked: asked}, isTime(rest) // "quotes from March"
		}
		if !ok || !isTime(from) || !isTime(to) {
			return Time{}, false
		}
		return Time{Bound: Between, Phrase: from, End: to, asked: asked}, true
	}
	return Time{Bound: bound, Phrase: rest, asked: asked}, isTime(rest)
}

var timeLead = set("on in during at")

func isTime(phrase string) bool {
	_, ok := when.Parse(phrase, when.Period{}, when.Past)
	return ok && phrase != ""
}

func cutAny(s string, seps ...string) (before, after string, ok bool) {
	for _, sep := range seps {
		if before, after, ok = strings.Cut(s, sep); ok {
			return before, after, true
		}
	}
	return s, "", false
}

// ever bounds what is open to one side, in years.
const (
	firstEver = 1000
	lastEver  = 9999
)

// period is the days that a time of a question means. now is when it is asked,
// newest the last date of the archive: "last week" looks from the one, "on March
// 12" from the other where the archive ends long before.
func (t Time) period(now, newest time.Time) when.Period {
	p := t.read(t.Phrase, now, newest)
	if !p.Known() {
		return p
	}
	switch t.Bound {
	case Since:
		p.Last = time.Date(lastEver, 12, 31, 0, 0, 0, 0, time.UTC)
	case After:
		p = when.Period{First: p.Last.AddDate(0, 0, 1), Last: time.Date(lastEver, 12, 31, 0, 0, 0, 0, time.UTC)}
	case Before:
		p = when.Period{First: time.Date(firstEver, 1, 1, 0, 0, 0, 0, time.UTC), Last: p.First.AddDate(0, 0, -1)}
	case Until:
		p.First = time.Date(firstEver, 1, 1, 0, 0, 0, 0, time.UTC)
	case Between:
		end := t.read(t.End, now, newest)
		if !end.Known() || end.Last.Before(p.First) {
			return when.Period{}
		}
		p.Last = end.Last
	}
	return p
}

var (
	// fromNow are phrases that look from the day of asking whatever the archive
	// holds.
	fromNow = regexp.MustCompile(`(?i)\b(?:yesterday|today|tonight|last|this|past|ago|earlier|later|recently|next)\b`)
	yearIn  = regexp.MustCompile(`\b\d{4}\b`)
)

// read reads one phrase. "between March and May 2022" lends its year.
func (t Time) read(phrase string, now, newest time.Time) when.Period {
	if year := yearIn.FindString(t.End); year != "" && !yearIn.MatchString(phrase) {
		phrase += " " + year
	}
	from := now
	if !fromNow.MatchString(phrase) && !newest.IsZero() && newest.Before(now) {
		from = newest
	}
	day := from.UTC().Truncate(24 * time.Hour)
	p, _ := when.Parse(phrase, when.Period{First: day, Last: day}, when.Past)
	return p
}

// describe says which days were meant by a phrase.
func (t Time) describe(p when.Period) string {
	first, last := p.First.Format(time.DateOnly), p.Last.Format(time.DateOnly)
	switch {
	case p.First.Year() == firstEver:
		return fmt.Sprintf("“%s” was read as %s and before", t.asked, last)
	case p.Last.Year() == lastEver:
		return fmt.Sprintf("“%s” was read as %s and after", t.asked, first)
	case first == last:
		return fmt.Sprintf("“%s” was read as %s", t.asked, first)
	}
	return fmt.Sprintf("“%s” was read as %s to %s", t.asked, first, last)
}
