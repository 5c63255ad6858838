package bot

// What is on record in somebody's words is not always that they said so: "refused
// to call it a crime", "I never said it was safe".

import (
	"strings"

	"onrecord/data/quote"
	"onrecord/index"
)

// saidSo parts statements that were made from what the article only says was not,
// or was thought or planned.
func saidSo(all []index.Statement) (said, other []index.Statement) {
	for _, s := range all {
		if s.Act == quote.Said || s.Act == quote.Asked {
			said = append(said, s)
		} else {
			other = append(other, s)
		}
	}
	return said, other
}

// withoutDenied leaves out what was denied or refused: nobody said that.
func withoutDenied(all []index.Statement) (out []index.Statement) {
	for _, s := range all {
		if !notSaid(string(s.Act)) {
			out = append(out, s)
		}
	}
	return out
}

// notSaid tells whether an article says that a statement was denied or refused.
func notSaid(act string) bool {
	return act == string(quote.Denied) || act == string(quote.Declined)
}

// tellsWords tells whether a text holds words, both as comparable makes them, and
// not only to say that they were not said.
func tellsWords(text, words string) bool {
	before, _, ok := strings.Cut(" "+text+" ", " "+words+" ")
	return ok && !takesBack(strings.Fields(before))
}

// takesBack tells whether words end in a denial of what follows: "I never said
// that", "we do not think".
func takesBack(before []string) bool {
	saying := false
	for i := len(before) - 1; i >= 0 && i >= len(before)-deniedWithin; i-- {
		saying = saying || sayings[before[i]]
		if saying && (before[i] == "not" || before[i] == "never") {
			return true
		}
	}
	return false
}

// deniedWithin is how many words before some others a denial of them begins at
// most: "did not ever say that".
const deniedWithin = 5

var sayings = set(`say said saying says think thought believe believed claim claimed mean meant tell told suggest suggested
	promise promised call called write wrote state stated agree agreed`)
