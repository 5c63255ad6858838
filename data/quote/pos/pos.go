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

// Word is a word of a sentence: as written, with straight apostrophes, and in
// lower case. Tag is of the Penn Treebank.
type Word struct{ Text, Low, Tag string }

// Tagger is safe for concurrent use.
type Tagger struct {
	model   *model
	library *tag.Tagger
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
	return &Tagger{model: m, library: library}, nil
}

// Tag fills in the tags of a sentence's words.
func (t *Tagger) Tag(words []Word) {
	for i := range words {
		if special(words[i].Text) {
			t.byLibrary(words)
			return
		}
	}
	var near [5]shape // those of the words from two before to two after
	near[0], near[1] = shapeOf("-START-"), shapeOf("-START2-")
	near[2], near[3] = shapeAt(words, 0), shapeAt(words, 1)
	last, before := t.model.start1, t.model.start2
	for i := range words {
		near[4] = shapeAt(words, i+2)
		class, ok := t.model.words[words[i].Text]
		if !ok {
			class = t.model.predict(words[i].Text, &near, last, before)
		}
		words[i].Tag = t.model.classes[class]
		last, before = class, last
		copy(near[:], near[1:])
	}
}

func (t *Tagger) byLibrary(words []Word) {
	all := make([]tag.Token, len(words))
	for i, w := range words {
		all[i].Text = w.Text
	}
	t.library.TagTokens(all)
	for i := range words {
		words[i].Tag = all[i].Tag
	}
}

// special tells whether the library may take a word for an emoticon, or a trace
// or bracket of a treebank. Some that it doesn't are special here too, which
// costs time alone.
func special(w string) bool {
	switch {
	case len(w) == 1:
		return w == "*" || w == "0"
	case w == "" || !begins(w[0]):
		return true
	case len(w) < 4:
		return w[1] == '.' || strings.IndexByte(w[1:], 'D') >= 0
	}
	return false
}

// begins tells whether an ordinary word of several bytes may begin so.
func begins(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '\'' || c >= 0x80
}

// shape is what a word is to its neighbours: hashes of the word as the model
// knows it, and of its end.
type shape struct{ word, suffix uint64 }

func shapeOf(norm string) shape { return shape{hash(norm), hash(end(norm))} }

func shapeAt(words []Word, i int) shape {
	switch n := len(words); {
	case i < n:
		return shapeOf(normal(words[i]))
	case i == n:
		return shapeOf("-END-")
	}
	return shapeOf("-END2-")
}

// normal is a word as the model was taught it.
func normal(w Word) string {
	switch s := w.Text; {
	case s[0] != '-' && strings.IndexByte(s, '-') >= 0:
		return "!HYPHEN"
	case len(s) == 4 && number(s):
		return "!YEAR"
	case '0' <= s[0] && s[0] <= '9':
		return "!DIGITS"
	}
	return w.Low
}

func number(s string) bool { return strings.Trim(s, "0123456789") == "" }

// end is a word's last three bytes.
func end(w string) string { return w[max(0, len(w)-3):] }

// predict chooses the class of a word by itself and its neighbours; last and
// before are the classes of the two words before it. The order of the features is
// the library's: a sum of floats depends on it.
func (m *model) predict(word string, near *[5]shape, last, before uint8) uint8 {
	var scores [maxClasses]float32
	m.add(&scores, m.bias)
	m.look(&scores, iSuffix, hash(end(word)))
	m.look(&scores, iPrefix, hash(word[:1]))
	m.add(&scores, m.lastTag[last])
	m.add(&scores, m.tagBefore[before])
	m.add(&scores, m.twoTags[int(last)*maxClasses+int(before)])
	m.look(&scores, iWord, near[2].word)
	m.look(&scores, tagAndWord, pair(m.names[last], near[2].word))
	m.look(&scores, lastWord, near[1].word)
	m.look(&scores, lastSuffix, near[1].suffix)
	m.look(&scores, wordBefore, near[0].word)
	m.look(&scores, nextWord, near[3].word)
	m.look(&scores, nextSuffix, near[3].suffix)
	m.look(&scores, wordAfter, near[4].word)
	best := uint8(0)
	for c := range int(m.start1) {
		if scores[c%maxClasses] > scores[best] {
			best = uint8(c)
		}
	}
	return best
}
