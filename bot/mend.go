package bot

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"onrecord/data/naming"
	"onrecord/index"
)

// mended are the words of a topic, those that stand nowhere in the archive read
// as the one word there that is a typing error away: "sanktions". What was read
// otherwise than it was typed is told.
func (a *asking) mended(words []index.Word) []index.Word {
	tried := 0
	for i, w := range words {
		typed := w.Forms[0]
		if n := utf8.RuneCountInString(typed); n < leastMended || n > maxWord || naming.IsCyrillic(typed) || a.count(w) > 0 {
			continue
		}
		stems := a.stemsOf(typed)
		if len(stems) != 1 || a.isName(typed) {
			continue
		}
		if tried++; tried > maxMended {
			break
		}
		meant := a.likest(stems[0])
		if meant == "" {
			continue
		}
		read := meant + strings.TrimPrefix(typed, stems[0])
		if !strings.HasPrefix(typed, stems[0]) {
			read = meant
		}
		words[i] = a.vocabulary.wordOf(read)
		words[i].Forms = append(words[i].Forms, meant)
		if note := fmt.Sprintf("“%s” was read as %s", typed, read); !contains(a.answer.Understood, note) {
			a.answer.Understood = append(a.answer.Understood, note)
		}
	}
	return words
}

// isName tells whether a word is of somebody's name.
func (a *asking) isName(word string) bool {
	low := naming.Fold(word)
	return a.roster.isName(low)
}

// likest is the term of the archive that comes nearest to one that it lacks, of
// equally near ones that of most passages; "" where none is near.
func (a *asking) likest(stem string) string {
	if known, ok := a.likened[stem]; ok {
		return known
	}
	most := 1
	if utf8.RuneCountInString(stem) >= longMended {
		most = 2
	}
	short := utf8.RuneCountInString(stem) < shortMended
	best, least, held := "", most+1, 0
	close := func(term string) bool {
		if short && lettersOf(term) != lettersOf(stem) {
			return false // of a short word only swapped letters are mended: "Minks", not "chess"
		}
		return naming.Distance(stem, term) <= most
	}
	err := a.ix.Like(stem, most, close, func(term string, passages int) {
		if d := naming.Distance(stem, term); d < least || d == least && passages > held {
			best, least, held = term, d, passages
		}
	})
	if err != nil {
		a.log.Error("mending a word", "fault", err)
	}
	a.likened[stem] = best
	return best
}
