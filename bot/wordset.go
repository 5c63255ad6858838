package bot

import (
	"slices"
)

// wordSet is some words, each once, by the alphabet.
type wordSet []string

func newWordSet(words []string) wordSet {
	slices.Sort(words)
	return slices.Clone(slices.Compact(words))
}

func (s wordSet) has(word string) bool {
	_, ok := slices.BinarySearch(s, word)
	return ok
}
