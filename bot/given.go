package bot

import (
	_ "embed"
	"strings"
	"unicode/utf8"
)

//go:embed nicknames.txt
var nicknameLines string

// nicknames are the short forms of given names, each with the others of its
// groups, folded.
var nicknames = readGroups(nicknameLines, fold)

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
