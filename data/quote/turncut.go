package quote

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What is said in a turn or a speech, cut into statements: the notes of who wrote
// it down are left out.

// maxTurnPart is the most, in bytes, that one statement of a turn holds: the
// contract's limit.
const maxTurnPart = 1000

// turnPart is what sentences are joined to, in bytes: three or four of them, so
// that what is shown is about one thing and read at a glance.
const turnPart = 500

// cutTurn makes statements like base of what is said in a stretch, from byte
// words on.
func (a *article) cutTurn(base finding, s Span, words int) {
	t := turnCutter{article: a, base: base}
	first := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].End > s.Start })
	t.base.sent = min(first, len(a.sents)-1)
	notes := notesIn(a.text.Source, Span{words, s.End})
	for i := first; i < len(a.sents) && a.sents[i].Start < s.End; i++ {
		a.clauses[i].turn = true
		t.takeBetween(Span{max(a.sents[i].Start, words), min(a.sents[i].End, s.End)}, notes, a.sents[i].para)
	}
	t.flush()
}

// notesIn are the notes of a transcript: what stands in brackets where a
// sentence may begin, "(Applause.)", "[in Ferrish]", "<…>". What stands in
// brackets inside a sentence is said, and so is what speaks of "I" or "we".
func notesIn(text string, s Span) []Span {
	var out []Span
	for i := s.Start; i < s.End; i++ {
		closing := closingBracket(text[i])
		if closing == 0 || !beginsAt(text, s.Start, i) {
			continue
		}
		end := bracketEnd(text, Span{i, s.End}, closing)
		if end < 0 || spokenNote(text[i+1:end-1]) {
			continue
		}
		for end < s.End && strings.IndexByte(".,", text[end]) >= 0 {
			end++
		}
		out = append(out, Span{i, end})
		i = end - 1
	}
	return out
}

func closingBracket(c byte) byte {
	switch c {
	case '(':
		return ')'
	case '[':
		return ']'
	case '<':
		return '>'
	}
	return 0
}

// maxNote is how long a note may be, in bytes: a report of what others said,
// at the most.
const maxNote = 3000

// bracketEnd is where the bracket that opens a span closes, past those inside of
// it, or -1.
func bracketEnd(text string, s Span, closing byte) int {
	depth := 0
	for i := s.Start; i < min(s.End, s.Start+maxNote) && text[i] != '\n'; i++ {
		switch text[i] {
		case text[s.Start]:
			depth++
		case closing:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// spokenNote tells whether somebody speaks of themselves in brackets.
func spokenNote(s string) bool {
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if ownWords.has(lower(w)) && w != "US" {
			return true
		}
	}
	return false
}

// turnCutter makes statements of about turnPart bytes and at most maxTurnPart,
// each in one paragraph.
type turnCutter struct {
	*article
	base finding
	part Span
	para int
}

// takeBetween takes what of a sentence stands outside of notes.
func (t *turnCutter) takeBetween(s Span, notes []Span, para int) {
	for i := sort.Search(len(notes), func(i int) bool { return notes[i].End > s.Start }); i < len(notes) && notes[i].Start < s.End; i++ {
		t.take(t.trim(Span{s.Start, max(s.Start, notes[i].Start)}), para)
		t.flush()
		s.Start = min(s.End, notes[i].End)
	}
	t.take(t.trim(s), para)
}

// trim takes the space from both ends, and marks that no word stands beside.
func (t *turnCutter) trim(s Span) Span {
	text := t.text.Source
	if s.Len() <= 0 || strings.IndexFunc(s.Of(text), wordRune) < 0 {
		return Span{}
	}
	return Span{skipSpace(text, s), s.Start + len(strings.TrimRightFunc(s.Of(text), unicode.IsSpace))}
}

func (t *turnCutter) take(s Span, para int) {
	if s.Len() <= 0 {
		return
	}
	if t.part.Len() > 0 && (para != t.para || s.End-t.part.Start > turnPart) {
		t.flush()
	}
	if t.part.Len() == 0 {
		t.part.Start = s.Start
	}
	t.part.End, t.para = s.End, para
	for t.part.Len() > maxTurnPart {
		rest := t.part
		t.part.End = breakBefore(t.text.Source, t.part)
		rest.Start = skipSpace(t.text.Source, Span{t.part.End, rest.End})
		t.flush()
		t.part = rest
	}
}

func (t *turnCutter) flush() {
	if t.part.Len() > 0 {
		f := t.base
		f.parts = []Span{t.part}
		t.findings = append(t.findings, &f)
	}
	t.part = Span{}
}

// breakBefore is the last space inside the limit of a sentence too long for it.
func breakBefore(text string, s Span) int {
	at := s.Start + maxTurnPart
	if k := strings.LastIndexByte(text[s.Start:at], ' '); k > 0 {
		return s.Start + k
	}
	for at > s.Start && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}
