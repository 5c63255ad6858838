package bot

import (
	"regexp"
	"strings"
	"unicode"
)

// expectation is what the answer to a question word looks like.
type expectation struct {
	asks, has *regexp.Regexp
	// is tells of a word in small letters whether has may begin with it; where none
	// does, the text need not be gone through with has, which takes ten times as
	// long. nil where words don't tell.
	is func(word string) bool
}

var expectations = []expectation{
	{regexp.MustCompile(`(?i)^(?:on )?(?:when|what (?:day|date|time|year|month))\b`),
		regexp.MustCompile(`(?i)\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan\.|feb\.|mar\.|apr\.|aug\.|sept\.|oct\.|nov\.|dec\.|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|(?:19|20)\d\d)\b`), ofTime},
	{regexp.MustCompile(`(?i)^(?:from )?where\b`), regexp.MustCompile(`\b(?:in|at|near|to|from|outside|into)\s+(?:the )?\p{Lu}`), nil},
	{regexp.MustCompile(`(?i)^(?:for )?how (?:many|much|long|often|old|far|big)\b`),
		regexp.MustCompile(`(?i)\d|\bone (?:person|man|woman|child|soldier|civilian|hour|day|week|month|year|hundred|thousand|million|billion|in)\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|half)\b`), ofNumber},
	{regexp.MustCompile(`(?i)^who\b`), regexp.MustCompile(`\p{Lu}\p{L}+ \p{Lu}\p{L}+`), nil},
}

// expectedOf is what a question's first word asks for; nil where that is nothing of
// these.
func expectedOf(question string) *expectation {
	for i := range expectations {
		if expectations[i].asks.MatchString(question) {
			return &expectations[i]
		}
	}
	return nil
}

// in tells whether a text has what is asked for.
func (e *expectation) in(text string) bool {
	return (e.is == nil || anyWord(text, e.is)) && e.has.MatchString(text)
}

var timeWords = set(`january february march april may june july august september october november december
	jan feb mar apr aug sept oct nov dec monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow`)

func ofTime(word string) bool { return timeWords[word] || hasDigit(word) }

var numberWords = set(`one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands
	million millions half`)

func ofNumber(word string) bool { return numberWords[word] || hasDigit(word) }

func hasDigit(word string) bool { return strings.ContainsAny(word, "0123456789") }

// anyWord tells whether any word of a text is one.
func anyWord(text string, is func(word string) bool) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if is(strings.ToLower(word)) {
			return true
		}
	}
	return false
}
