package bot

import (
	"regexp"
	"sort"
	"strings"

	"onrecord/index"
)

// maxMarks bounds how many places of a passage are marked: more would point at
// nothing.
const maxMarks = 2

// restOfWord is what of a word or number stands behind a place in it.
var restOfWord = regexp.MustCompile(`^(?:[\p{L}\p{N}]|[.,]\p{N})+`)

// marks are the places of a passage that look like the answer to its question
// word and don't stand in the question, those nearest to the question's words
// first chosen.
func (a *asking) marks(p Passage, words []index.Word, question string) []Span {
	found := p.expected(question)
	near := a.placesOf(words, p)
	sort.SliceStable(found, func(i, k int) bool { return gap(found[i], near) < gap(found[k], near) })
	found = found[:min(len(found), maxMarks)]
	sort.Slice(found, func(i, k int) bool { return found[i].Start < found[k].Start })
	return found
}

// expected are the places of a passage that look like the answer to a question's
// first word, whole words all, in reading order.
func (p Passage) expected(question string) []Span {
	var found []Span
	asked := strings.ToLower(question)
	e := expectedOf(question)
	if e == nil {
		return nil
	}
	end := 0
	for _, at := range e.has.FindAllStringIndex(p.Text, -1) {
		if at[0] < end {
			continue // of the same word
		}
		end = at[1] + len(restOfWord.FindString(p.Text[at[1]:]))
		text := p.Text[at[0]:end]
		if !strings.Contains(asked, strings.ToLower(text)) {
			found = append(found, Span{p.Start + at[0], p.Start + end, text})
		}
	}
	return found
}

// placesOf is where the question's words stand in a passage, in bytes of the
// article's text.
func (a *asking) placesOf(words []index.Word, p Passage) []int {
	var out []int
	at := 0
	for _, w := range strings.Fields(p.Text) {
		at += strings.Index(p.Text[at:], w)
		found := a.termsOf([]string{w})
		for _, asked := range words {
			if a.holds(found, asked) {
				out = append(out, p.Start+at)
				break
			}
		}
		at += len(w)
	}
	return out
}

// gap is the mean distance of a span from places, in bytes.
func gap(s Span, places []int) int {
	sum := 0
	for _, at := range places {
		sum += max(at-s.End, s.Start-at, 0)
	}
	return sum / max(1, len(places))
}
