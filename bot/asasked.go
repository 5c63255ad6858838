package bot

// Who said something, and whether somebody did, is told by the words that were
// asked: a synonym may mean something else, and words of one question that stand
// far apart in an answer are seldom what was asked.

import (
	"slices"
	"strings"

	"onrecord/data/naming"
	"onrecord/index"
)

// isStrict tells whether a question wants its own words in what answers it.
func (a *asking) isStrict() bool { return a.q.Kind == AsksWhoSaid || a.q.Kind == AsksDidSay }

// wanted are the words that a question may be answered by.
func (a *asking) wanted(words []index.Word) []index.Word {
	if a.isStrict() {
		return asAsked(words)
	}
	return words
}

// isSaid tells whether one of some texts says what the question says of those whom
// it names: few words must stand together.
func (a *asking) isSaid(words []index.Word, texts ...string) bool {
	var said []index.Word
	for _, w := range words {
		if low := naming.Fold(w.Forms[0]); demonyms[low] == "" && len(a.roster.persons(low)) == 0 && !a.capital(w.Forms[0]) {
			said = append(said, w)
		}
	}
	return len(said) > togetherWords || slices.ContainsFunc(texts, func(text string) bool { return a.standTogether(text, said) })
}

// standTogether tells whether a text holds all words with few others between them.
func (a *asking) standTogether(text string, words []index.Word) bool {
	if a.coverage(words, text) < allNames {
		return false
	}
	if len(words) < 2 {
		return true
	}
	raw := strings.Fields(text)
	found := make([]terms, len(raw))
	for i, w := range raw {
		if t := a.termsOf([]string{w}); len(t) > 0 {
			found[i] = t[0]
		}
	}
	for i := range found {
		near := found[i:min(len(found), i+len(words)+togetherReach)]
		if !slices.ContainsFunc(words, func(w index.Word) bool { return !a.holds(near, w) }) {
			return true
		}
	}
	return false
}

// takesWhom are verbs whose object is whom the question is about: who called
// somebody something was somebody else.
var takesWhom = set("call calls called calling accuse accuses accused accusing blame blames blamed label labels labeled labelled brand brands branded dub dubbed describe describes described mock mocks mocked condemn condemns condemned criticize criticizes criticized praise praises praised term termed")

// spokenOf are the names in the archive of whom the question says that somebody
// called or accused them.
func (a *asking) spokenOf() []string {
	if a.q.Kind != AsksWhoSaid || !takesWhom[a.q.Verb] {
		return nil
	}
	words := strings.Fields(a.q.Topic)
	for n := min(len(words), maxNameWords); n > 0; n-- {
		if name := strings.Join(words[:n], " "); !strings.HasSuffix(name, "'s") {
			if people := a.roster.exact(naming.Words(name)); people != nil {
				return stored(people)
			}
		}
	}
	return nil
}
