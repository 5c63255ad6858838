package index

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	index "github.com/blevesearch/bleve_index_api"
)

// analyser makes terms of texts: those that Bleve's English analyser makes of
// what searchable makes of the text, which is how questions are read too. It
// remembers what every run of letters between two spaces becomes, for a text is
// mostly made of words that were seen before. It belongs to one goroutine.
type analyser struct {
	english   analysis.Analyzer
	tokenizer analysis.Tokenizer
	now, old  map[string]piece // when now is full it becomes old
	found     []found          // memory for one text
	later     []string         // the same
}

// piece is what a run of letters becomes.
type piece struct {
	terms  []found  // with their positions, from 1
	words  int      // how many positions it takes, stop words too
	joined []string // its hyphenated words in one piece, which stand after the text
}

// found is a term at a position.
type found struct {
	term string
	at   int
}

// Bounds of what an analyser remembers: pieces in each half, bytes of a piece.
const (
	maxPieces     = 1 << 14
	maxPieceBytes = 64
)

// newAnalyser makes one of an index's English analyser.
func newAnalyser(english analysis.Analyzer) *analyser {
	return &analyser{english: english, tokenizer: unicode.NewUnicodeTokenizer(), now: map[string]piece{}}
}

// terms are the terms of a text, in the order of their positions. They are valid
// until the analyser is used again.
func (a *analyser) terms(text string) []found {
	a.found, a.later = a.found[:0], a.later[:0]
	at := 0
	for text != "" {
		run, rest, _ := strings.Cut(text, " ")
		text = rest
		if run != "" {
			at = a.add(run, at)
		}
	}
	for _, word := range a.later {
		at = a.add(word, at)
	}
	return a.found
}

func (a *analyser) add(run string, at int) int {
	p := a.piece(run)
	for _, t := range p.terms {
		a.found = append(a.found, found{t.term, at + t.at})
	}
	a.later = append(a.later, p.joined...)
	return at + p.words
}

func (a *analyser) piece(run string) piece {
	if p, ok := a.now[run]; ok {
		return p
	}
	if len(run) > maxPieceBytes {
		return a.read(run)
	}
	if len(a.now) >= maxPieces {
		a.now, a.old = make(map[string]piece, maxPieces), a.now
	}
	run = strings.Clone(run) // its text is not to be kept
	p, ok := a.old[run]
	if !ok {
		p = a.read(run)
	}
	a.now[run] = p
	return p
}

// read asks Bleve.
func (a *analyser) read(run string) piece {
	plain := lettersOf(run)
	p := piece{joined: joinedWords(plain), words: len(a.tokenizer.Tokenize([]byte(plain)))}
	for _, t := range a.english.Analyze([]byte(plain)) {
		p.terms = append(p.terms, found{string(t.Term), t.Position})
	}
	return p
}

// frequencies counts the terms of a text as Bleve wants them. Offsets of terms
// are left out: nothing asks for them.
func (a *analyser) frequencies(text string, positions bool) (length int, _ index.TokenFrequencies) {
	all := a.terms(text)
	byTerm := make(index.TokenFrequencies, len(all))
	freqs := make([]index.TokenFreq, 0, len(all))
	var places []index.TokenLocation
	var refs []*index.TokenLocation
	if positions {
		places, refs = make([]index.TokenLocation, len(all)), make([]*index.TokenLocation, len(all))
	}
	for i, t := range all {
		f := byTerm[t.term]
		if f == nil {
			freqs = append(freqs, index.TokenFreq{Term: []byte(t.term)})
			f = &freqs[len(freqs)-1]
			byTerm[t.term] = f
		}
		f.SetFrequency(f.Frequency() + 1)
		if !positions {
			continue
		}
		places[i].Position, refs[i] = t.at, &places[i]
		if f.Locations == nil {
			f.Locations = refs[i : i+1 : i+1]
		} else {
			f.Locations = append(f.Locations, refs[i])
		}
	}
	return len(all), byTerm
}
