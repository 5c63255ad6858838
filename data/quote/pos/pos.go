// Package pos gives words their parts of speech. It is the tagger of
// github.com/jdkato/prose/v3 with that library's English model and, tag for tag,
// its results, several times as fast: most of the library's time is a binary
// search for the name of each feature, where this one looks up a hash.
//
//	pos.go     words and their features
//	model.go   the library's model, read anew
//
// Sentences with a word that the library treats in a way of its own, an
// emoticon say, are left to it.
package pos

import (
	"fmt"
	"strings"

	"github.com/jdkato/prose/v3/tag"
	"github.com/jdkato/prose/v3/tag/aptagmodel"
)

// Word is what the tagger knows of a word, whatever stands beside it: for each
// place in which it may stand to the word that is tagged, the weights of its
// features. Callers keep words: they are costlier to make than to tag. A Word
// never changes.
type Word struct {
	text    string
	only    int    // the one class that it may have, or -1
	special bool   // see special
	norm    uint64 // hash of the word as the model was taught it
	here    [3]run
	before  [2]run // one word before
	before2 run    // two words before
	after   [2]run
	after2  run
}

// Tagger is safe for concurrent use.
type Tagger struct {
	model   *model
	library *tag.Tagger

	start, start2, end, end2 *Word // what stands around a sentence
}

// New loads the model; it takes some milliseconds.
func New() (*Tagger, error) {
	library, err := tag.New()
	if err != nil {
		return nil, fmt.Errorf("loading the part-of-speech model: %w", err)
	}
	m, err := readModel(aptagmodel.English)
	if err != nil {
		return nil, fmt.Errorf("reading the part-of-speech model: %w", err)
	}
	t := &Tagger{model: m, library: library}
	t.start, t.start2 = m.word("-START-", "-START-"), m.word("-START2-", "-START2-")
	t.end, t.end2 = m.word("-END-", "-END-"), m.word("-END2-", "-END2-")
	return t, nil
}

// Word makes a word, which is not empty: as written, with straight apostrophes,
// and the same in lower case.
func (t *Tagger) Word(text, low string) *Word { return t.model.word(text, normal(text, low)) }

// Tag gives the words of a sentence their tags, of the Penn Treebank, by calling
// set for each.
func (t *Tagger) Tag(words []*Word, set func(i int, tag string)) {
	for _, w := range words {
		if w.special {
			t.byLibrary(words, set)
			return
		}
	}
	m := t.model
	last, before := m.start1, m.start2
	near := neighbours{before: t.start2, before2: t.start}
	for i, w := range words {
		class := uint8(w.only)
		if w.only < 0 {
			near.after, near.after2 = t.around(words, i+1), t.around(words, i+2)
			class = m.predict(w, &near, last, before)
		}
		set(i, m.classes[class])
		last, before = class, last
		near.before2, near.before = near.before, w
	}
}

// neighbours are the words before and after the one that is tagged.
type neighbours struct{ before2, before, after, after2 *Word }

// around is the i-th word, or what stands after the last one.
func (t *Tagger) around(words []*Word, i int) *Word {
	switch n := len(words); {
	case i < n:
		return words[i]
	case i == n:
		return t.end
	}
	return t.end2
}

func (t *Tagger) byLibrary(words []*Word, set func(i int, tag string)) {
	all := make([]tag.Token, len(words))
	for i, w := range words {
		all[i].Text = w.text
	}
	t.library.TagTokens(all)
	for i := range words {
		set(i, all[i].Tag)
	}
}

// special tells whether the library may take a word for an emoticon, or a trace
// or bracket of a treebank. Some that it doesn't are special here too, which
// costs time alone.
func special(w string) bool {
	last := len(w) - 1
	switch {
	case w == "--":
		return false
	case last == 0:
		return w == "*" || w == "0"
	case !begins(w[0]):
		return true
	case w[last] == 'D':
		return last < 3 && strings.IndexByte("8xX", w[0]) >= 0
	}
	return last == 2 && (w[0] == 'O' || w[0] == 'o') && w[1] == '.'
}

// begins tells whether an ordinary word of several bytes may begin so.
func begins(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '\'' || c >= 0x80
}

// normal is a word as the model was taught it.
func normal(s, low string) string {
	switch {
	case s[0] != '-' && strings.IndexByte(s, '-') >= 0:
		return "!HYPHEN"
	case len(s) == 4 && number(s):
		return "!YEAR"
	case '0' <= s[0] && s[0] <= '9':
		return "!DIGITS"
	}
	return low
}

func number(s string) bool { return strings.Trim(s, "0123456789") == "" }

// end is a word's last three bytes.
func end(w string) string { return w[max(0, len(w)-3):] }

// word looks up the features of a word for each place; norm is the word as the
// model was taught it.
func (m *model) word(text, norm string) *Word {
	w := &Word{text: text, only: -1, special: special(text), norm: hash(norm)}
	if class, ok := m.words[text]; ok {
		w.only = int(class)
	}
	suffix := hash(end(norm))
	w.here = [...]run{m.find(iSuffix, hash(end(text))), m.find(iPrefix, hash(text[:1])), m.find(iWord, w.norm)}
	w.before = [...]run{m.find(lastWord, w.norm), m.find(lastSuffix, suffix)}
	w.before2 = m.find(wordBefore, w.norm)
	w.after = [...]run{m.find(nextWord, w.norm), m.find(nextSuffix, suffix)}
	w.after2 = m.find(wordAfter, w.norm)
	return w
}

// predict chooses the class of a word by itself and its neighbours; last and
// before are the classes of the two words before it.
func (m *model) predict(w *Word, near *neighbours, last, before uint8) uint8 {
	scores := m.tags[int(last)*len(m.classes)+int(before)]
	for _, r := range w.here {
		m.add(&scores, r)
	}
	for _, r := range near.before.before {
		m.add(&scores, r)
	}
	for _, r := range near.after.after {
		m.add(&scores, r)
	}
	m.add(&scores, near.before2.before2)
	m.add(&scores, near.after2.after2)
	m.add(&scores, m.find(tagAndWord, pair(m.names[last], w.norm)))
	best := uint8(0)
	for c := range int(m.start1) {
		if scores[c%maxClasses] > scores[best%maxClasses] {
			best = uint8(c)
		}
	}
	return best
}
