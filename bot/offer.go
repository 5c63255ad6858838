package bot

import (
	"fmt"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

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

// topicsIn are the words of a statement that can be topics, each once: the names
// in it, and nouns as their endings tell them.
func (a *asking) topicsIn(s index.Statement, p *person) []string {
	var out []string
	for _, part := range s.Words {
		for i, raw := range strings.Fields(part) {
			w := strings.TrimSuffix(strings.Trim(straight(raw), ".,;:!?\"'()[]–—-…"), "'s")
			if isTopic(w, i > 0) && !p.isCalled(fold(w)) && !contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// nounEndings end nouns, and hardly other words.
var nounEndings = []string{"tions", "tion", "ments", "ment", "ities", "ity", "ships", "ship", "ance", "ence", "isms", "ism", "sions", "sion", "ness"}

func isTopic(w string, inside bool) bool {
	low := strings.ToLower(w)
	if utf8.RuneCountInString(w) < leastMended-1 || askingWords[low] || strings.ContainsFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) {
		return inside
	}
	for _, end := range nounEndings {
		if strings.HasSuffix(low, end) {
			return true
		}
	}
	return likened[low] != nil
}
