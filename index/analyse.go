package index

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
)

// analyser makes terms of texts: those that Bleve's English analyser makes of
// what searchable makes of the text, which is how questions are read too. It
// remembers what every run of letters between two spaces becomes, for a text is
// mostly made of words that were seen before. It belongs to one goroutine.
type analyser struct {
	english  analysis.Analyzer
	now, old map[string]*piece // when now is full it becomes old
	found    []string          // memory for one text
	later    []string          // the same
}

// piece is what a run of letters becomes.
type piece struct {
	terms  []string
	joined []string // its hyphenated words in one piece, which stand after the text
}

// Bounds of what an analyser remembers: pieces in each half, bytes of a piece.
const (
	maxPieces     = 1 << 14
	maxPieceBytes = 64
)

// newAnalyser makes one of an index's English analyser.
func newAnalyser(english analysis.Analyzer) *analyser {
	return &analyser{english: english, now: map[string]*piece{}}
}

// terms are the terms of a text, in their order. They are valid until the analyser is
// used again.
func (a *analyser) terms(text string) []string {
	a.found, a.later = a.found[:0], a.later[:0]
	for text != "" {
		run, rest, _ := strings.Cut(text, " ")
		text = rest
		if run != "" {
			a.add(run)
		}
	}
	for _, word := range a.later {
		a.add(word)
	}
	return a.found
}

func (a *analyser) add(run string) {
	p := a.piece(run)
	a.found = append(a.found, p.terms...)
	a.later = append(a.later, p.joined...)
}

func (a *analyser) piece(run string) *piece {
	if p, ok := a.now[run]; ok {
		return p
	}
	if len(run) > maxPieceBytes {
		return a.read(run)
	}
	if len(a.now) >= maxPieces {
		a.now, a.old = make(map[string]*piece, maxPieces), a.now
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
func (a *analyser) read(run string) *piece {
	plain := lettersOf(run)
	p := &piece{joined: joinedWords(plain)}
	for _, t := range a.english.Analyze([]byte(plain)) {
		p.terms = append(p.terms, string(t.Term))
	}
	return p
}
