package message

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Text from articles and questions is hostile: it may hold mentions, links,
// invites, Markdown, or characters that can't be seen. Escaping makes of it
// Markdown that shows the text and nothing else. It can be undone: Unescape
// gives the bytes back.
//
// Discord takes a backslash before any character that is no ASCII letter, digit
// or space for that character. So Markdown needs only backslashes. What can't be
// seen is shown as ⟨U+202E⟩, a byte that is not UTF-8 as ⟨0xFF⟩, and in a text of
// one line its line ends as ↵. A text that holds such marks itself has them
// marked, so that no mark can be forged.

// Escape makes Markdown of a text that may have several lines.
func Escape(text string) string { return strings.Join(atoms(text, false), "") }

// EscapeLine makes Markdown of one line of a text: for names, titles, questions.
func EscapeLine(text string) string { return strings.Join(atoms(text, true), "") }

// Visible is a text of one line for places without Markdown, the labels of
// buttons: what can't be seen is marked, nothing is escaped.
func Visible(text string) string {
	return strings.Join(escapeWith(text, escaper{oneLine: true, plain: true}), "")
}

const (
	lineEnd = '↵' // stands for a line end in a text of one line
	// maxMarks is how many combining marks a letter may bear before the next are
	// shown by number: living scripts need five at most.
	maxMarks = 6
	// maxJoined is how many joiners or tags an emoji may have: the longest in use
	// has six.
	maxJoined = 8
)

// escaped are the characters that may mean something to Discord wherever they
// stand: mentions, links, invites, names of emojis, Markdown. What may open a
// list only counts where a line begins.
const escaped = "\\*_~`|>[]<#@/:"

// atoms are the pieces of an escaped text that must not be cut: what a reader
// takes for one character, an escape, or a mark.
func atoms(text string, oneLine bool) []string {
	return escapeWith(text, escaper{oneLine: oneLine})
}

func escapeWith(text string, e escaper) []string {
	e.text = text
	e.first = len(text) - len(strings.TrimLeftFunc(text, unicode.IsSpace))
	e.last = len(strings.TrimRightFunc(text, unicode.IsSpace))
	state := -1
	for at := 0; at < len(text) && (e.room == 0 || e.used <= e.room); {
		if e.isPlain(at) {
			e.enter(text[at : at+1])
			e.moved(rune(text[at]))
			at, state = at+1, -1
			continue
		}
		grapheme, _, _, next := uniseg.FirstGraphemeClusterInString(text[at:], state)
		state = next
		e.grapheme(at, grapheme)
		at += len(grapheme)
	}
	return e.out
}

// escaper is one text on its way.
type escaper struct {
	text    string
	first   int // where the text begins and ends without spaces around it, which
	last    int // Discord trims; in one line they are marked
	oneLine bool
	plain   bool // marks only, no Markdown
	room    int  // where it ends soon after, 0 for nowhere
	used    int
	line    linePlace
	out     []string
}

// isPlain tells of an ASCII letter or a space between words that stands for itself
// with nothing to bear: most of most texts.
func (e *escaper) isPlain(at int) bool {
	c := e.text[at]
	letter := c|0x20 >= 'a' && c|0x20 <= 'z' || c == ' ' && at >= e.first && at < e.last
	return letter && (at+1 == len(e.text) || e.text[at+1] < utf8.RuneSelf)
}

// linePlace is where in a line the next character stands.
type linePlace int

const (
	lineStart  linePlace = iota // only spaces before
	lineNumber                  // only a number before: "1" of "1."
	lineInside
)

// grapheme enters what a reader takes for one character, from a place of the
// text. A mark in it is an atom by itself.
func (e *escaper) grapheme(at int, g string) {
	var piece strings.Builder
	marks, joined := 0, 0
	var before rune
	for i, r := range g {
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(g[i:])
		}
		if unicode.Is(unicode.M, r) && !isSelector(r) {
			marks++
		} else if isSelector(r) || r == joiner || isTag(r) {
			joined++
		}
		joins := joined <= maxJoined && joinsEmoji(g, before, r, g[i+size:])
		mark := e.mark(at+i, r, size, joins)
		if unicode.Is(unicode.M, r) && mark == "" && (i == 0 || marks > maxMarks) {
			mark = number(r) // it would sit on what is not the text's, or cover other lines
		}
		if mark != "" {
			e.flush(&piece)
			e.enter(mark)
			e.moved(r)
		} else {
			piece.WriteString(e.character(r))
		}
		before = r
	}
	e.flush(&piece)
}

func (e *escaper) flush(piece *strings.Builder) {
	if piece.Len() > 0 {
		e.enter(piece.String())
		piece.Reset()
	}
}

func (e *escaper) enter(atom string) {
	e.out = append(e.out, atom)
	e.used += length(atom)
}

// mark is what is shown for a character that can't be seen or that would pass
// for a mark; "" for one that shows itself.
func (e *escaper) mark(at int, r rune, size int, joins bool) string {
	rest := e.text[at+size:]
	switch {
	case r == utf8.RuneError && size == 1:
		return fmt.Sprintf("⟨0x%02X⟩", e.text[at])
	case r == '\n' && e.oneLine:
		return string(lineEnd)
	case r == '\n' || joins:
		return ""
	case r == lineEnd, r == '⟨' && (strings.HasPrefix(rest, "U+") || strings.HasPrefix(rest, "0x")):
		return number(r)
	case e.oneLine && unicode.IsSpace(r) && (at < e.first || at >= e.last), invisible(r):
		return number(r)
	}
	return ""
}

func number(r rune) string { return fmt.Sprintf("⟨U+%04X⟩", r) }

// character escapes a character that shows itself.
func (e *escaper) character(r rune) string {
	where := e.line
	e.moved(r)
	if e.plain || r == '\n' {
		return string(r)
	}
	if strings.ContainsRune(escaped, r) || where == lineStart && (r == '-' || r == '+') || where == lineNumber && r == '.' {
		return `\` + string(r)
	}
	return string(r)
}

// moved notes where in its line the text is behind a character.
func (e *escaper) moved(r rune) {
	switch {
	case r == '\n':
		e.line = lineStart
	case unicode.IsSpace(r) && e.line == lineStart:
	case r >= '0' && r <= '9' && e.line != lineInside:
		e.line = lineNumber
	default:
		e.line = lineInside
	}
}

// Unescape gives back the text that Escape or EscapeLine was given.
func Unescape(markdown string) string {
	var b strings.Builder
	for len(markdown) > 0 {
		if raw, rest, ok := unmark(markdown); ok {
			b.WriteString(raw)
			markdown = rest
			continue
		}
		r, size := utf8.DecodeRuneInString(markdown)
		if r == '\\' && len(markdown) > size {
			markdown = markdown[size:]
			_, size = utf8.DecodeRuneInString(markdown)
		}
		b.WriteString(markdown[:size])
		markdown = markdown[size:]
	}
	return b.String()
}

// unmark reads a mark at the start of a text.
func unmark(s string) (raw, rest string, ok bool) {
	if rest, ok := strings.CutPrefix(s, string(lineEnd)); ok {
		return "\n", rest, true
	}
	inside, rest, ok := strings.Cut(strings.TrimPrefix(s, "⟨"), "⟩")
	if !ok || !strings.HasPrefix(s, "⟨") {
		return "", "", false
	}
	if hex, is := strings.CutPrefix(inside, "U+"); is {
		if n, err := strconv.ParseUint(hex, 16, 21); err == nil && number(rune(n)) == "⟨"+inside+"⟩" {
			return string(rune(n)), rest, true
		}
	}
	if hex, is := strings.CutPrefix(inside, "0x"); is {
		if n, err := strconv.ParseUint(hex, 16, 8); err == nil && len(hex) == 2 {
			return string([]byte{byte(n)}), rest, true
		}
	}
	return "", "", false
}
