package when

import (
	"strconv"
	"strings"
	"time"
)

// weekdays and monthNames are found by their first three letters; see nameOf.
var (
	weekdays   = []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
	monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september",
		"october", "november", "december"}
	seasons = []string{"winter", "spring", "summer", "autumn", "fall"} // winter begins in December
	units   = []string{"day", "week", "month", "year", "decade", "weekend"}
)

// dayParts follow a day and change nothing in its date.
var dayParts = set("morning afternoon evening night noon midnight midday")

// leading words open a phrase and say nothing of the date.
var leading = set("on in at during by of over back just as around about from the a an recently only")

// numbers that stand before "days ago".
var numbers = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
	"seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// shortest is how many letters of a month or a weekday must be there.
const shortest = 3

// nameOf is the place in names of a word that is one of them or cut short with
// a full stop ("Sept.", "Mon."), and -1 for any other. "may" and "mar" stand
// without the stop too, as all do; "sun" and "sat" don't.
func nameOf(word string, names []string) int {
	stem := strings.TrimSuffix(word, ".")
	if len(stem) < shortest || len(stem) > 4 && stem != word {
		return -1
	}
	for i, n := range names {
		if word == n || len(stem) <= 4 && strings.HasPrefix(n, stem) && (stem != word || len(names) == len(monthNames)) {
			return i
		}
	}
	return -1
}

func weekdayOf(word string) (time.Weekday, bool) {
	i := nameOf(word, weekdays)
	return time.Weekday(i), i >= 0
}

func monthOf(word string) (time.Month, bool) {
	i := nameOf(word, monthNames)
	return time.Month(i + 1), i >= 0
}

// yearOf reads a year of four digits, from 1500 to 2099.
func yearOf(word string) (int, bool) {
	n, err := strconv.Atoi(word)
	return n, err == nil && len(word) == 4 && n >= 1500 && n < 2100
}

// decadeOf reads "1980s".
func decadeOf(word string) (int, bool) {
	n, ok := yearOf(strings.TrimSuffix(strings.TrimSuffix(word, "s"), "'"))
	return n, ok && strings.HasSuffix(word, "s") && n%10 == 0
}

// dayOf reads a day of a month: "12", "3rd".
func dayOf(word string) (int, bool) {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, suffix)
	}
	n, err := strconv.Atoi(word)
	return n, err == nil && len(word) <= 2 && n >= 1 && n <= 31
}

// season is three months, of which winter's first lies in the year before.
func season(name string, y int) Period {
	for i, s := range seasons {
		if s == name {
			return months(y, time.Month(3*min(i, 3)), 3)
		}
	}
	return Period{}
}

func isOneOf(word string, names []string) bool {
	for _, n := range names {
		if word == n {
			return true
		}
	}
	return false
}
