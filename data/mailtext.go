package data

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// The plain text of a message: hard line ends taken out, what others wrote told
// from what the sender did.

// mailLine is a paragraph of a message. What is silent is not the sender's words:
// a quoted reply, the line that leads it, a signature.
type mailLine struct {
	text   string
	silent bool
}

// leadsReply is the line above a quoted reply: "On Monday, Corin Wexmoor wrote:".
var leadsReply = regexp.MustCompile(`(?i)^(?:on\b.{5,200}\bwrote|am .{5,100}\bschrieb .{1,100}|le .{5,100} a écrit|.{5,150}\b(?:пишет|писал\(?а?\)?|пише)\s?.{0,60}):$`)

// restIsAnothers is a line below which all is another message's.
var restIsAnothers = regexp.MustCompile(`(?i)^(?:-{2,}\s*(?:original message|forwarded message|исходное сообщение)\s*-{2,}|_{20,})$`)

// mailText cuts a plain text into paragraphs.
func mailText(text string, flowed, delSp bool) []mailLine {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(text, "\n")
	j := &joiner{width: wrapWidth(lines), flowed: flowed, delSp: delSp}
	for i, line := range lines {
		if signature(line) {
			j.end()
			j.silence(lines[i:])
			break
		}
		j.add(line)
	}
	j.end()
	return markReplies(j.out)
}

// signature tells the line that begins a signature, by RFC 3676.
func signature(line string) bool { return line == "-- " || line == "--" }

// Widths at which mail is wrapped: at 72 to 78 by most programs.
const (
	narrowWrap = 50
	wideWrap   = 100
)

// wrapWidth is the length of the longest line, in characters, where lines look
// as if they were all cut at one length; else 0, and each line is a paragraph.
func wrapWidth(lines []string) int {
	widest := 0
	for _, l := range lines {
		if n := utf8.RuneCountInString(strings.TrimRight(l, htmlSpace)); n > widest && !strings.Contains(l, "://") {
			widest = n
		}
	}
	if widest < narrowWrap || widest > wideWrap {
		return 0
	}
	return widest
}

// joiner puts paragraphs together from lines.
type joiner struct {
	width         int
	flowed, delSp bool
	out           []mailLine
	line          string // the paragraph so far
	last          string // its last line, as it stood
	quoted        bool
}

func (j *joiner) add(line string) {
	quoted := strings.HasPrefix(line, ">")
	if quoted {
		line = strings.TrimLeft(line, "> ")
	} else if j.flowed {
		line = strings.TrimPrefix(line, " ") // stuffed, by RFC 3676
	}
	if strings.TrimFunc(line, blank) == "" {
		j.end()
		return
	}
	if j.line == "" || quoted != j.quoted || !j.goesOn(line) {
		j.end()
		j.line, j.quoted = strings.Trim(line, htmlSpace), quoted
	} else if j.flowed && j.delSp {
		j.line += strings.Trim(line, htmlSpace)
	} else {
		j.line += " " + strings.Trim(line, htmlSpace)
	}
	j.last = line
}

// goesOn tells whether a line goes on with the paragraph above it: the one above
// ends in a space where the message is flowed, or has no room for its first word.
func (j *joiner) goesOn(line string) bool {
	if j.flowed {
		return strings.HasSuffix(j.last, " ")
	}
	word, _, _ := strings.Cut(strings.TrimLeft(line, htmlSpace), " ")
	if j.width == 0 || listMark.MatchString(line) {
		return false
	}
	return utf8.RuneCountInString(strings.TrimRight(j.last, htmlSpace))+1+utf8.RuneCountInString(word) > j.width
}

// listMark begins an item of a list.
var listMark = regexp.MustCompile(`^\s*(?:[-*•·]|\d{1,3}[.)])\s`)

func (j *joiner) end() {
	if s := strings.Map(noControl, j.line); strings.TrimFunc(s, blank) != "" {
		j.out = append(j.out, mailLine{s, j.quoted})
	}
	j.line, j.last, j.quoted = "", "", false
}

// noControl drops control characters, which mail has from old printers.
func noControl(r rune) rune {
	if r < ' ' && r != '\t' {
		return -1
	}
	return r
}

// silence adds lines as they stand that are not the sender's words.
func (j *joiner) silence(lines []string) {
	for _, l := range lines {
		if l = strings.Map(noControl, strings.Trim(l, htmlSpace)); strings.TrimFunc(l, blank) != "" {
			j.out = append(j.out, mailLine{l, true})
		}
	}
}

// markReplies silences what leads a quoted reply, and all below another message's
// head.
func markReplies(lines []mailLine) []mailLine {
	another := false
	for i := range lines {
		s := lines[i].text
		if restIsAnothers.MatchString(s) {
			another = true
		}
		if another || leadsReply.MatchString(s) && i+1 < len(lines) && lines[i+1].silent {
			lines[i].silent = true
		}
	}
	return lines
}

// closeSignature silences all from a signature's mark on.
func closeSignature(lines []mailLine) []mailLine {
	silent := false
	for i := range lines {
		silent = silent || signature(lines[i].text)
		lines[i].silent = lines[i].silent || silent
	}
	return lines
}
