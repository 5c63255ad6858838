package quote

import (
	"strings"

	"onrecord/data/quote/chain"
	"onrecord/data/quote/pos"
)

// word is what is the same wherever these letters stand. It never changes.
type word struct {
	low     string // lower case, apostrophes straight
	tagged  *pos.Word
	pronoun bool

	// for the models: see view.go
	hash, stem, suffix, shape, frames, prior, stemPrior uint64
}

// written is a run of letters as it stands in a text: a word, or one with a
// clitic that is a token of its own.
type written struct {
	word   *word
	clitic *word // or nil
	cut    int   // where the clitic begins, in bytes
}

// maxWritten bounds each half of a vocabulary: an article has some hundred
// different words, news of a year some ten thousand.
const maxWritten = 1 << 13

// vocabulary remembers the words that it has seen, the ones seen lately at
// least. It belongs to one goroutine.
type vocabulary struct {
	tagger   *pos.Tagger
	priors   priors
	now, old map[string]written // when now is full it becomes old
}

func newVocabulary(t *pos.Tagger, p priors) *vocabulary {
	return &vocabulary{tagger: t, priors: p, now: map[string]written{}}
}

// of finds a run of letters, which is not empty.
func (v *vocabulary) of(s string) written {
	w, ok := v.now[s]
	if ok {
		return w
	}
	if len(v.now) >= maxWritten {
		v.now, v.old = make(map[string]written, maxWritten), v.now
	}
	s = strings.Clone(s) // the article's text is not to be kept
	if w, ok = v.old[s]; !ok {
		w = v.read(s)
	}
	v.now[s] = w
	return w
}

// read cuts a clitic ("’s", "n’t", "’ll") off, as the tagger was taught.
func (v *vocabulary) read(s string) written {
	low := lowered(s)
	if cut := clitic(low); cut > 0 {
		at := len(s) - (len(low) - cut) - strings.Count(s, "’")*(len("’")-1)
		if at > 0 && strings.ToLower(s[:at]) == low[:cut] {
			return written{word: v.word(s[:at], low[:cut]), clitic: v.word(s[at:], low[cut:]), cut: at}
		}
	}
	return written{word: v.word(s, low)}
}

func lowered(s string) string { return strings.ReplaceAll(strings.ToLower(s), "’", "'") }

func (v *vocabulary) word(s, low string) *word {
	w := &word{low: low, tagged: v.tagger.Word(strings.ReplaceAll(s, "’", "'"), low), pronoun: pronouns[low] != 0}
	w.hash, w.stem = hashString(low), hashString(stem(low))
	w.suffix = hashString(low[max(0, len(low)-3):])
	w.shape = shapeOf(s)
	w.prior, w.stemPrior = v.priors.of(w.hash), max(1, v.priors.ofStem(w.stem))
	if verb := lexicon.form(low); verb != nil {
		w.frames = chain.Hash(int(verb.frames), hashString(string(verb.act)))
	}
	return w
}

func clitic(low string) int {
	if strings.HasSuffix(low, "n't") {
		return len(low) - 3
	}
	for _, c := range []string{"'s", "'d", "'m", "'ll", "'re", "'ve"} {
		if strings.HasSuffix(low, c) {
			return len(low) - len(c)
		}
	}
	return 0
}
