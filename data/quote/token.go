package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenize appends the tokens of a sentence. first is the first quotation that
// may touch it.
func (v *vocabulary) tokenize(toks []token, text string, s Span, qs []quotation, first, sent int) []token {
	for i := s.Start; i < s.End; {
		for first < len(qs) && qs[first].End <= i {
			first++
		}
		q := -1
		if first < len(qs) && qs[first].Start <= i {
			q = first
			if i < qs[first].inner.Start {
				i = qs[first].inner.Start
				continue
			}
			if i >= qs[first].inner.End && i < qs[first].End {
				i = qs[first].End
				continue
			}
		}
		end := wordEnd(text, i, s.End)
		if q < 0 && first < len(qs) && end > qs[first].Start {
			end = max(qs[first].Start, i+1)
		}
		if q >= 0 && end > qs[q].inner.End {
			end = qs[q].inner.End
		}
		if !blank(text[i:end]) {
			toks = v.appendWord(toks, text, Span{i, end}, q, sent)
		}
		i = end
	}
	return toks
}

func blank(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// wordEnd is where the token at i ends: a word with its inner hyphens, points
// and apostrophes, a number, or one other character.
func wordEnd(text string, i, limit int) int {
	r, n := utf8.DecodeRuneInString(text[i:limit])
	if !wordRune(r) {
		if strings.HasPrefix(text[i:limit], "--") {
			n = 2
		}
		return i + n
	}
	end := i + n
	for end < limit {
		r, n = utf8.DecodeRuneInString(text[end:limit])
		if wordRune(r) || misread(text[:end], r) {
			end += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[end+n : limit])
		if !strings.ContainsRune("-.,'’:/&", r) || !wordRune(next) || !joins(text[i:end], r, next) {
			break
		}
		end += n
	}
	return withPoint(text, i, end, limit)
}

// misread tells whether a rune is the second half of a letter that was decoded
// wrongly once, as in "FranÃ§ois".
func misread(before string, r rune) bool {
	return r >= 0x80 && r < 0xc0 && (strings.HasSuffix(before, "Ã") || strings.HasSuffix(before, "Å") || strings.HasSuffix(before, "Ä"))
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// joins tells whether mark r between a word and a following rune is inside a
// word: "cease-fire", "U.S.", "3.5", "10:30", "don’t", but not "end.And".
func joins(word string, r, next rune) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	switch r {
	case '-', '\'', '’', '/', '&':
		return true
	case ',', ':':
		return unicode.IsDigit(last) && unicode.IsDigit(next)
	}
	return unicode.IsDigit(last) && unicode.IsDigit(next) || oneLetterParts(word)
}

// oneLetterParts is true of "U", "U.S", "a.m": letters parted by points.
func oneLetterParts(word string) bool {
	if len(word) > 12 {
		return false // longer than any such abbreviation, and no reason to look on
	}
	for _, part := range strings.Split(word[strings.LastIndexByte(word, '-')+1:], ".") {
		if utf8.RuneCountInString(part) != 1 {
			return false
		}
	}
	return true
}

// withPoint takes in the full stop of an abbreviation.
func withPoint(text string, i, end, limit int) int {
	if end >= limit || text[end] != '.' {
		return end
	}
	word := text[i:end]
	if abbreviations.has(strings.ToLower(word)+".") || strings.Contains(word, ".") && oneLetterParts(word) ||
		utf8.RuneCountInString(word) == 1 && unicode.IsUpper(rune(word[0])) && end+1 < limit {
		return end + 1
	}
	return end
}

// appendWord appends a word, and its clitic as a token of its own.
func (v *vocabulary) appendWord(toks []token, text string, s Span, q, sent int) []token {
	w := v.of(s.Of(text))
	t := token{Span: s, low: w.word.low, word: w.word, q: q, sent: sent}
	if w.clitic == nil {
		return append(toks, t)
	}
	rest := token{Span: Span{s.Start + w.cut, s.End}, low: w.clitic.low, word: w.clitic, q: q, sent: sent}
	t.End = rest.Start
	return append(toks, t, rest)
}
