package bot

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/data/naming"
	"onrecord/index"
)

// offer suggests questions that somebody's statements on record answer: what
// they spoke about most, and all that they said.
func (a *asking) offer(who []*person) {
	for _, p := range who[:min(len(who), maxNear)] {
		for _, topic := range a.topicsOf(p) {
			a.answer.Suggestions = append(a.answer.Suggestions, fmt.Sprintf("What did %s say about %s?", p.name, topic))
		}
		a.answer.Suggestions = append(a.answer.Suggestions, fmt.Sprintf("What did %s say?", p.name))
	}
}

// topicsOf are the words that most of somebody's latest statements have, those
// that fewer of the archive's passages hold before others.
func (a *asking) topicsOf(p *person) []string {
	if len(p.stored) == 0 {
		return nil
	}
	found, err := a.newest(index.StatementQuery{Speakers: p.stored})
	a.unread = 0
	if err != nil {
		return nil
	}
	in := map[string]int{} // statements by topic
	for _, s := range a.withoutCopies(found) {
		for _, t := range a.topicsIn(s, p) {
			in[t]++
		}
	}
	var topics []string
	for t, n := range in {
		if n >= spokenTwice {
			topics = append(topics, t)
		}
	}
	score := func(t string) float64 {
		return float64(in[t]) * a.weight(index.Word{Forms: []string{strings.ToLower(t)}})
	}
	sort.Slice(topics, func(i, k int) bool {
		if x, y := score(topics[i]), score(topics[k]); x != y {
			return x > y
		}
		return topics[i] < topics[k]
	})
	return topics[:min(len(topics), maxTopics)]
}

// topicsIn are the words of a statement that can be topics, each once: whole names
// in it, and nouns as their endings tell them.
func (a *asking) topicsIn(s index.Statement, p *person) []string {
	var out []string
	for _, part := range s.Words {
		raw := strings.Fields(naming.Straight(part))
		for i := 0; i < len(raw); i++ {
			n := nameLength(raw[i:])
			topic := topicWord(strings.Join(raw[i:i+max(n, 1)], " "))
			opens := i == 0 || strings.ContainsAny(raw[i-1][len(raw[i-1])-1:], ".!?:\"")
			own := slices.ContainsFunc(strings.Fields(naming.Fold(topic)), p.isCalled)
			if i += max(n, 1) - 1; isTopic(topic, !opens) && !own && !contains(out, topic) {
				out = append(out, topic)
			}
		}
	}
	return out
}

func topicWord(raw string) string {
	return strings.TrimSuffix(strings.Trim(raw, ".,;:!?\"'()[]–—-…"), "'s")
}

// nameLength is how many words at a text's beginning are one name: "Armed Forces",
// "Ministry of Defence". A mark behind a word ends it.
func nameLength(raw []string) int {
	n := 0
	for i, w := range raw {
		switch r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, "\"'([")); {
		case unicode.IsUpper(r):
			n = i + 1
		case n == 0 || w != "of" && w != "the":
			return n
		}
		if strings.TrimRight(w, ".,;:!?\"')]–—…") != w || strings.HasSuffix(w, "'s") {
			return n
		}
	}
	return n
}

// nounEndings end nouns, and hardly other words.
var nounEndings = []string{"tions", "tion", "ments", "ment", "ities", "ity", "ships", "ship", "ance", "ence", "isms", "ism", "sions", "sion", "ness"}

// peopleEndings end what is of a people: "Turkish", "Romanian".
var peopleEndings = []string{"ish", "ian", "ians", "ese"}

func isOfPeople(low string) bool {
	c := demonyms[low]
	return c != "" && c != low && c != "united states" && c != "britain" || low == "american" || low == "british" ||
		slices.ContainsFunc(peopleEndings, func(end string) bool { return strings.HasSuffix(low, end) })
}

func isTopic(w string, inside bool) bool {
	low := strings.ToLower(w)
	if strings.Contains(w, " ") { // a whole name
		return inside && len(strings.Fields(w)) <= maxNameWords
	}
	if utf8.RuneCountInString(w) < leastMended-1 || askingWords[low] || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) {
		return inside && !isOfPeople(low)
	}
	for _, end := range nounEndings {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return likened[low] != nil
}
