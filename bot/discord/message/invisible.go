package message

import (
	"strings"
	"unicode"
)

// What can't be seen: controls, direction marks, zero-width characters, private
// and unassigned ones, and letters that are blank.

const (
	joiner    = '\u200d'
	flagStart = '\U0001f3f4' // the flags of England, Scotland and Wales spell themselves in tags
)

// blank are characters that count as graphic and show nothing.
var blank = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x034f, Hi: 0x034f, Stride: 1}, // combining grapheme joiner
		{Lo: 0x115f, Hi: 0x1160, Stride: 1}, // Hangul fillers
		{Lo: 0x17b4, Hi: 0x17b5, Stride: 1}, // inherent Khmer vowels
		{Lo: 0x180b, Hi: 0x180f, Stride: 1}, // Mongolian selectors
		{Lo: 0x2800, Hi: 0x2800, Stride: 1}, // Braille without a dot
		{Lo: 0x3164, Hi: 0x3164, Stride: 1}, // Hangul filler
		{Lo: 0xfe00, Hi: 0xfe0f, Stride: 1}, // variation selectors
		{Lo: 0xffa0, Hi: 0xffa0, Stride: 1}, // Hangul filler
	},
	R32: []unicode.Range32{{Lo: 0xe0100, Hi: 0xe01ef, Stride: 1}}, // variation selectors
}

func invisible(r rune) bool { return !unicode.IsGraphic(r) || unicode.Is(blank, r) }

func isSelector(r rune) bool { return r == 0xfe0e || r == 0xfe0f }

func isTag(r rune) bool { return r >= 0xe0020 && r <= 0xe007f }

// joinsEmoji tells whether an invisible character has its place in an emoji: a
// joiner between two pictures, a selector behind one, the tags of a flag.
func joinsEmoji(grapheme string, before, r rune, rest string) bool {
	switch {
	case r == joiner:
		var after rune
		for _, after = range rest {
			break
		}
		return (isPicture(before) || isSelector(before)) && isPicture(after)
	case isSelector(r):
		return isPicture(before) || strings.ContainsRune("0123456789#*‼⁉〰", before) && before != 0
	case isTag(r):
		return strings.HasPrefix(grapheme, string(flagStart))
	}
	return false
}

// isPicture tells of symbols, among which all pictures are, and skin tones.
func isPicture(r rune) bool { return unicode.In(r, unicode.So, unicode.Sm, unicode.Sk) }
