package bot

import (
	"slices"
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
