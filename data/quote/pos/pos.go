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
// place in which it may stand to the word that is tagged, what its features add
// to the score of each class. To make one takes a microsecond, so callers keep
// them. A Word never changes.
type Word struct {
	text    string
	only    int    // the one class that it may have, or -1
	special bool   // see special
	norm    uint64 // hash of the word as the model was taught it
	weights []weight
	ends    [places]uint16 // where in weights each place's end
}

// Places of a word beside the one that is tagged.
const (
	here = iota
	oneBefore
	twoBefore
	oneAfter
	twoAfter
	places // how many
)

// at is the weights of a place.
func (w *Word) at(place int) []weight {
	from := uint16(0)
	if place > 0 {
		from = w.ends[place-1]
	}
	return w.weights[from:w.ends[place]]
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
	near := [places]*Word{oneBefore: t.start2, twoBefore: t.start}
	for i, w := range words {
		class := uint8(w.only)
		if w.only < 0 {
			near[here], near[oneAfter], near[twoAfter] = w, t.around(words, i+1), t.around(words, i+2)
			class = m.predict(&near, last, before)
		}
		set(i, m.classes[class])
		last, before = class, last
		near[twoBefore], near[oneBefore] = near[oneBefore], w
	}
}

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

// word collects the features of a word for each place; norm is the word as the
// model was taught it.
func (m *model) word(text, norm string) *Word {
	w := &Word{text: text, only: -1, special: special(text), norm: hash(norm)}
	if class, ok := m.words[text]; ok {
		w.only = int(class)
	}
	suffix := hash(end(norm))
	var sums [maxClasses]int32
	for place, features := range [places][]uint64{
		here:      {key(iSuffix, hash(end(text))), key(iPrefix, hash(text[:1])), key(iWord, w.norm)},
		oneBefore: {key(lastWord, w.norm), key(lastSuffix, suffix)},
		twoBefore: {key(wordBefore, w.norm)},
		oneAfter:  {key(nextWord, w.norm), key(nextSuffix, suffix)},
		twoAfter:  {key(wordAfter, w.norm)},
	} {
		clear(sums[:])
		for _, f := range features {
			m.add(&sums, m.weightsOf(f))
		}
		w.weights = appendWeights(w.weights, &sums)
		w.ends[place] = uint16(len(w.weights))
	}
	return w
}

// predict chooses the class of the word that is here by itself and its
// neighbours; last and before are the classes of the two words before it.
func (m *model) predict(near *[places]*Word, last, before uint8) uint8 {
	scores := m.tags[int(last)*len(m.classes)+int(before)]
	for place, w := range near {
		m.add(&scores, w.at(place))
	}
	m.add(&scores, m.weightsOf(key(tagAndWord, pair(m.names[last], near[here].norm))))
	best := uint8(0)
	for c := range int(m.start1) {
		if scores[c%maxClasses] > scores[best%maxClasses] {
			best = uint8(c)
		}
	}
	return best
}
