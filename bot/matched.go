package bot

import (
	"strings"

	"onrecord/data/naming"
	"onrecord/index"
)

// seek notes the words by which statements are looked for.
func (a *asking) seek(words []index.Word, verb *index.Word) {
	a.sought = words
	if verb != nil {
		a.sought = append(words[:len(words):len(words)], *verb)
	}
}

// matched are the words that stand in texts in place of words that were looked
// for and don't: of each the first, in the form that the synonyms give.
func (a *asking) matched(words []index.Word, texts ...string) []string {
	if len(words) == 0 {
		return nil
	}
	found := a.termsOf(texts)
	var out []string
	for _, w := range words {
		if form := a.standIn(found, w); form != "" && !contains(out, form) {
			out = append(out, form)
		}
	}
	return out
}

// standIn is the form of a word that stands in a text where the word itself
// doesn't; "" where none stands, or the word.
func (a *asking) standIn(found []terms, w index.Word) string {
	for _, form := range w.Forms {
		if a.holds(found, index.Word{Forms: []string{form}}) {
			if same(form, w.Forms[0]) {
				return ""
			}
			return form
		}
	}
	return ""
}

// same tells whether two forms are one word in other letters: "cease-fire" and
// "ceasefire", "НАТО" and "nato".
func same(form, asked string) bool {
	plain := strings.NewReplacer("-", "", ".", "").Replace
	return plain(form) == plain(asked) || naming.Fold(form) == naming.Fold(asked) || naming.IsCyrillic(asked) && form == naming.Latin(asked)
}

// terms are the stems of a text's words.
type terms map[string]bool

// termsOf are the stems of texts' words, each text's made once for a question.
func (a *asking) termsOf(texts []string) []terms {
	out := make([]terms, 0, len(texts))
	for _, text := range texts {
		if text == "" {
			continue
		}
		made, known := a.made[text]
		if !known {
			made = terms{}
			for _, t := range a.ix.Terms(text) {
				made[t] = true
			}
			a.made[text] = made
		}
		out = append(out, made)
	}
	return out
}

// cueOf is the words that say that a statement was made, or "".
func (a *asking) cueOf(s index.Statement) string {
	art, ok := a.proof.article(s.Article)
	if !ok || s.Cue.Len() == 0 || !within(art.text, s.Cue) {
		return ""
	}
	return s.Cue.Of(art.text)
}
