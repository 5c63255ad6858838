package message

import (
	"strings"
	"unicode/utf16"
)

// Discord's limits, in UTF-16 units: its own count is of characters, of which a
// text never has more.
const (
	maxDescription = 4096
	maxTitle       = 256
	maxFooter      = 2048
	maxEmbeds      = 6000 // over all embeds of a message
	maxLabel       = 80
	maxCustomID    = 100
	maxURL         = 512
	maxOption      = 100 // label, value and description of a select's option
	maxOptions     = 25
	maxRow         = 5 // buttons
)

// length is how long Discord takes a text to be, at most.
func length(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}

// wordLength is how far back a cut looks for the end of a word, in atoms.
const wordLength = 30

// cutText escapes as much of a text as has room, and tells whether some of it is
// left out. It cuts at the end of a word where one is near.
func cutText(text string, oneLine bool, room int) (string, bool) {
	return cutAtoms(escapeWith(text, escaper{oneLine: oneLine, room: max(1, room)}), room)
}

// cutAtoms joins as many atoms as have room, up to the end of a word where one
// is near, and tells whether some are left out.
func cutAtoms(all []string, room int) (string, bool) {
	n, used := 0, 0
	for n < len(all) && used+length(all[n]) <= room {
		used += length(all[n])
		n++
	}
	if n == len(all) {
		return strings.Join(all, ""), false
	}
	for k := n; k > 0 && k > n-wordLength; k-- {
		if all[k] == " " || all[k] == "\n" {
			n = k
			break
		}
	}
	return strings.TrimRight(strings.Join(all[:n], ""), " \n"), true
}

// shortLine is a text of one line, escaped, cut with an ellipsis.
func shortLine(text string, room int) string {
	s, cut := cutText(text, true, room-1)
	if cut {
		return s + "…"
	}
	return s
}

// shortLabel is a text for places without Markdown, cut with an ellipsis.
func shortLabel(text string, room int) string {
	s, cut := cutAtoms(escapeWith(text, escaper{oneLine: true, plain: true, room: room}), room-1)
	if cut {
		return s + "…"
	}
	return s
}
