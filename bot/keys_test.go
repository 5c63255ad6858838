package bot

import (
	"slices"
	"strings"
	"testing"
)

// Whoever may be one person is found by one of the keys of their given names.
func TestGivenNamesHaveAKeyInCommon(t *testing.T) {
	names := []string{"a", "ada", "abel", "b", "bob", "robert", "rob", "w", "will", "william", "bill", "ж", "жан", "wasserman"}
	var all [][]string
	for _, first := range names {
		all = append(all, []string{first})
		for _, second := range names {
			all = append(all, []string{first, second})
		}
	}
	joined := 0
	for _, asked := range all {
		keys := givenAsked(asked)
		for _, known := range all {
			if !sameGiven(asked, known) {
				continue
			}
			joined++
			if !slices.ContainsFunc(givenKeys(known), func(k string) bool { return slices.Contains(keys, k) }) {
				t.Errorf("%q may be %q, and would not be looked for there", asked, known)
			}
		}
	}
	if joined < 200 {
		t.Errorf("only %d pairs may be one person", joined)
	}
}

// Every transliteration is made, however the name is let go early.
func TestFoldLetsNothingGo(t *testing.T) {
	for _, pair := range []string{"iyi", "yi", "yy", "iy", "ij", "yj", "ii", "iak", "iuk", "skyi'", "skyy'", "skiy'", "zelenski", "kh", "dimitri", "dmitri", "sergei", "andrei", "aleksandr", "wexmoor", "ky", "i", "j"} {
		for _, name := range []string{pair, "x" + pair, pair + " x", "Ada " + strings.ToUpper(pair), pair + "s", "é" + pair} {
			want := strings.Join(strings.Fields(transliterations.Replace(accents.Replace(strings.ToLower(straight(name)))+" ")), " ")
			if got := fold(name); got != want {
				t.Errorf("fold(%q) is %q, not %q", name, got, want)
			}
		}
	}
}
