package bot

import (
	_ "embed"
	"strings"
	"unicode/utf8"

	"onrecord/data/naming"
)

//go:embed nicknames.txt
var nicknameLines string

// nicknames are the short forms of given names, each with the others of its
// groups, folded.
var nicknames = readGroups(nicknameLines, naming.Fold)

// sameGiven tells whether two lists of given names, folded and both with at
// least one, can be one person's: the first names are alike, or the first of
// one is the second of the other ("Wasserman Schultz", "Debbie Wasserman
// Schultz"), and no further name speaks against it ("George W.", "George H. W.").
func sameGiven(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	if alike(a[0], b[0]) {
		return len(a) == 1 || len(b) == 1 || alike(a[1], b[1])
	}
	return len(a) == 1 && len(b) > 1 && utf8.RuneCountInString(a[0]) > 1 && a[0] == b[1] ||
		len(b) == 1 && len(a) > 1 && utf8.RuneCountInString(b[0]) > 1 && b[0] == a[1]
}

// alike tells whether two given names, folded, can be one: the same, one the
// other's initial, or one short for the other.
func alike(a, b string) bool {
	return a == b || isInitial(a, b) || isInitial(b, a) || contains(nicknames[a], b)
}

func isInitial(letter, name string) bool {
	return utf8.RuneCountInString(letter) == 1 && strings.HasPrefix(name, letter)
}

// givenKeys are what given names are entered by, and givenAsked what they are
// looked for by, so that whoever sameGiven joins has a key in common with those
// who ask: the first name, its initial, and the second one.
func givenKeys(given []string) []string {
	if len(given) == 0 {
		return nil
	}
	keys := []string{given[0], initialKey(given[0])}
	if len(given) > 1 && given[1] != given[0] {
		keys = append(keys, given[1])
	}
	return keys
}

func givenAsked(given []string) []string {
	first := given[0]
	keys := append([]string{first}, nicknames[first]...)
	if r, n := utf8.DecodeRuneInString(first); n == len(first) {
		keys = append(keys, initialKey(first)) // all names that begin so
	} else {
		keys = append(keys, string(r)) // the initial alone
	}
	if len(given) > 1 {
		keys = append(keys, given[1])
	}
	return keys
}

// initialKey is by what those are entered whose name begins with a letter. No
// name has the full stop in it.
func initialKey(name string) string {
	_, n := utf8.DecodeRuneInString(name)
	return "." + name[:n]
}
