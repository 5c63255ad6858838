package message

import (
	"strings"
	"unicode/utf8"

	"onrecord/bot"
)

// Words in bold inside of a text that is escaped, and cut where it is too long.

// marked is a passage with the words that answer in bold. One that is too long
// is cut so that the first of them stays.
func (r *renderer) marked(p bot.Passage) string {
	text, from, cutFront := p.Text, 0, false
	if len(p.Marks) > 0 && len(text) > maxPassage {
		from = startNear(text, p.Marks[0].Start-p.Start)
		cutFront = from > 0
	}
	out, cut := boldIn(text, from, p.Start, p.Marks, maxPassage)
	if cutFront {
		out = "_" + r.t.cutFront + "_ … " + out
	}
	if cut {
		out += " … _" + r.t.cut + "_"
	}
	return out
}

// startNear is a word's start well before a place, where the place is far in.
func startNear(text string, place int) int {
	from := place - maxPassage/3
	if from <= 0 || from >= len(text) {
		return 0
	}
	for from > 0 && !utf8.RuneStart(text[from]) {
		from--
	}
	if n := strings.IndexAny(text[from:], " \n"); n >= 0 && from+n+1 <= place {
		return from + n + 1
	}
	return from
}

// boldIn escapes a text from a place on, some spans of it in bold, as much as
// has room. start is the text's own offset, which the spans are counted with.
func boldIn(text string, from, start int, spans []bot.Span, room int) (string, bool) {
	var b strings.Builder
	at := from
	put := func(to int, bold string) bool {
		if to <= at {
			return false
		}
		s, cut := cutText(text[at:to], false, room)
		room -= length(s)
		at = to
		if strings.TrimSpace(s) != "" && bold != "" {
			s = embolden(s)
		}
		b.WriteString(s)
		return cut
	}
	for _, m := range spans {
		first, last := m.Start-start, m.End-start
		if first < from || last > len(text) || first > last {
			continue // not of this text
		}
		if put(first, "") || put(last, "**") {
			return b.String(), true
		}
	}
	cut := put(len(text), "")
	return strings.Trim(b.String(), " \n"), cut
}

// embolden makes every line of a Markdown bold, without the spaces around it.
func embolden(markdown string) string {
	lines := strings.Split(markdown, "\n")
	for i, l := range lines {
		if word := strings.Trim(l, " "); word != "" {
			lead := l[:len(l)-len(strings.TrimLeft(l, " "))]
			lines[i] = lead + "**" + word + "**" + l[len(lead)+len(word):]
		}
	}
	return strings.Join(lines, "\n")
}
