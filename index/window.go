package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/data/quote"
)

// maxWindow is the most, in bytes, that one passage holds. News paragraphs
// seldom pass 600; a transcript's may run to 180,000, which would answer
// anything and nothing.
const maxWindow = 800

// windows cuts a paragraph into passages: itself where it is short, else
// stretches of whole sentences, or of words where a sentence is too long.
func windows(text string, start, end int) []quote.Span {
	var out []quote.Span
	for end-start > maxWindow {
		cut := start + breakAt(text[start:start+maxWindow])
		out = appendWindow(out, text, start, cut)
		start = cut
	}
	return appendWindow(out, text, start, end)
}

// breakAt is where a window that must end inside s ends: after its last
// sentence, or else its last word, in its second half.
func breakAt(s string) int {
	for i := len(s) - 1; i > len(s)/4; i-- {
		if s[i] == ' ' && strings.IndexByte(".!?", lastMark(s[:i])) >= 0 {
			return i + 1
		}
	}
	if i := strings.LastIndexByte(s, ' '); i > len(s)/4 {
		return i + 1
	}
	i := len(s)
	for i > 0 && !utf8.ValidString(s[:i]) && len(s)-i < utf8.UTFMax {
		i--
	}
	return i
}

// lastMark is the last byte of s that is no closing mark or bracket.
func lastMark(s string) byte {
	s = strings.TrimRight(s, "”’\"')»")
	if s == "" {
		return 0
	}
	return s[len(s)-1]
}

func appendWindow(out []quote.Span, text string, start, end int) []quote.Span {
	lead := len(text[start:end]) - len(strings.TrimLeftFunc(text[start:end], unicode.IsSpace))
	trimmed := strings.TrimSpace(text[start:end])
	if trimmed == "" {
		return out
	}
	return append(out, quote.Span{Start: start + lead, End: start + lead + len(trimmed)})
}
