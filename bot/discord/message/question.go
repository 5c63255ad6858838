package message

import (
	"strings"

	"github.com/bwmarrin/discordgo"
)

// An answer's message holds its question as the first line of its first embed's
// description, as a heading. There it tells other readers what was asked, and
// there a button that is pressed months later, or a reply to the message, finds
// it again. No other message of this package begins so.

const (
	headingMark = "### "
	// cutQuestion ends a question that is not all there. No escaped text holds
	// these asterisks.
	cutQuestion = " **…**"
	// maxQuestion leaves room for the answer, in UTF-16 units of Markdown.
	maxQuestion = 600
)

// heading is the line that holds a question, "" for an empty one, and whether it
// holds all of it.
func heading(question string) (string, bool) {
	if question == "" {
		return "", false
	}
	s, cut := cutText(question, true, maxQuestion)
	if cut {
		return headingMark + s + cutQuestion + "\n", false
	}
	return headingMark + s + "\n", true
}

// Question is what a message of the bot answers, byte for byte as it was asked;
// false for a message that answers no question, and for one whose question was
// too long to be kept. Ask it only of messages that the bot itself sent: anybody
// can write a message that looks like one.
func Question(m *discordgo.Message) (string, bool) {
	if m == nil || len(m.Embeds) == 0 || m.Embeds[0] == nil || m.Embeds[0].Title != "" {
		return "", false
	}
	line, _, _ := strings.Cut(m.Embeds[0].Description, "\n")
	markdown, ok := strings.CutPrefix(line, headingMark)
	if !ok || strings.HasSuffix(markdown, cutQuestion) {
		return "", false
	}
	return Unescape(markdown), true
}
