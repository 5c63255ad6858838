package bot

import (
	"slices"
	"strings"
)

// wordSet is some words, each once, by the alphabet: a roster has so many that
// maps of them would take several times the memory.
type wordSet []string

func newWordSet(words []string) wordSet {
	slices.Sort(words)
	return slices.Clone(slices.Compact(words))
}

func (s wordSet) has(word string) bool {
	_, ok := slices.BinarySearch(s, word)
	return ok
}

// interned are words that many have in common, each kept once and without the text
// that it was cut from.
type interned map[string]string

func (in interned) word(w string) string {
	if same, ok := in[w]; ok {
		return same
	}
	w = strings.Clone(w)
	in[w] = w
	return w
}
