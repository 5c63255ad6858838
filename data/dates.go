package data

import (
	"fmt"
	"regexp"
	"strings"
	"time"
)

const monthNames = `jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?`

// Dates with a year, as articles print them. A date without one is no date of
// an article: the year would be a guess.
var (
	isoDate      = regexp.MustCompile(`\b(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ]\d{2}:\d{2}\S*)?\b`)
	monthFirst   = regexp.MustCompile(`(?i)\b(` + monthNames + `)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+((?:19|20)\d{2})(?:\b|\d)`)
	dayFirst     = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?\s+(` + monthNames + `),?\s+((?:19|20)\d{2})(?:\b|\d)`)
	monthAndYear = regexp.MustCompile(`(?i)\b(` + monthNames + `),?\s+(\d{4})\b`)
	yearAlone    = regexp.MustCompile(`^\s*(\d{4})\s*$`)
)

// FindDate finds the first date with a year in a text, as ISO 8601 cut to what
// is known, or "".
func FindDate(s string) string {
	if m := isoDate.FindStringSubmatch(s); m != nil {
		return isoIfReal(m[1], m[2], m[3])
	}
	if m := monthFirst.FindStringSubmatch(s); m != nil {
		return isoIfReal(m[3], monthNumber(m[1]), m[2])
	}
	if m := dayFirst.FindStringSubmatch(s); m != nil {
		return isoIfReal(m[3], monthNumber(m[2]), m[1])
	}
	if m := monthAndYear.FindStringSubmatch(s); m != nil {
		return isoIfReal(m[2], monthNumber(m[1]), "")
	}
	if m := yearAlone.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// monthNumber is a month's number in two digits, from its first three letters.
func monthNumber(name string) string {
	at := strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", strings.ToLower(name)[:3])
	return fmt.Sprintf("%02d", at/3+1)
}

// isoIfReal joins year, month and day, and gives "" for a day that no calendar
// has.
func isoIfReal(year, month, day string) string {
	if day == "" {
		if _, err := time.Parse("2006-01", year+"-"+month); err != nil {
			return ""
		}
		return year + "-" + month
	}
	if len(day) == 1 {
		day = "0" + day
	}
	iso := year + "-" + month + "-" + day
	if _, err := time.Parse(time.DateOnly, iso); err != nil {
		return ""
	}
	return iso
}
