package message

import (
	"strings"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot"
)

// "Wrong?": a reader says what is wrong with an answer, and the admins learn it.

// Limits of a modal, in characters.
const (
	maxModalTitle = 45
	maxReason     = 1000
	reasonInput   = "reason" // the text input's custom_id
)

// ReportModal asks for the reason of a report. id is the pressed button's; the
// modal carries it on, and its submission carries the message.
func ReportModal(id ID) *discordgo.InteractionResponseData {
	t := id.Lang.words()
	return &discordgo.InteractionResponseData{CustomID: id.String(), Title: shortLabel(t.reportTitle, maxModalTitle),
		Components: []discordgo.MessageComponent{row(discordgo.TextInput{CustomID: reasonInput, Label: shortLabel(t.reportReason, maxModalTitle),
			Style: discordgo.TextInputParagraph, Placeholder: shortLabel(t.reportHint, maxOption), Required: true, MinLength: 3, MaxLength: maxReason})}}
}

// Reason is what a reader wrote into the modal, "" where there is nothing.
func Reason(d discordgo.ModalSubmitInteractionData) string {
	for _, c := range d.Components {
		var inside []discordgo.MessageComponent
		switch r := c.(type) {
		case *discordgo.ActionsRow:
			inside = r.Components
		case discordgo.ActionsRow:
			inside = r.Components
		}
		for _, i := range inside {
			if in, ok := i.(*discordgo.TextInput); ok && in.CustomID == reasonInput {
				return strings.TrimSpace(in.Value)
			}
		}
	}
	return ""
}

// Complaint is a report as the admins see it.
type Complaint struct {
	Ref       string // short, to talk about it: "3f2a"
	Question  string
	Reason    string
	Who       string                    // the reader's name
	Statement *bot.Statement            // the one meant, nil for all that the page shows
	Shown     []*discordgo.MessageEmbed // the page as it was shown, where no one statement is meant
	Where     string                    // a link to the message, "" for a private one
}

// Admins is a complaint as a message for the admins.
func (c Complaint) Admins(lang Lang) Message {
	r := newRenderer(&bot.Answer{}, Options{Lang: lang})
	var b strings.Builder
	b.WriteString("**" + r.t.reportReason + "**\n" + quoted(r.cut(c.Reason, maxPassage)) + "\n-# " + shortLine(c.Who, maxName) + " · ref " + shortLine(c.Ref, maxName) + "\n")
	b.WriteString("\n**" + r.t.question + "**\n" + shortLine(c.Question, maxMessage) + "\n")
	if link := safeURL(c.Where); link != "" {
		b.WriteString("[" + r.t.toMessage + "](<" + link + ">)\n")
	}
	if c.Statement != nil {
		s := *c.Statement
		bl := r.block(s, maxWords)
		bl.cites = bl.cites[:1]
		b.WriteString("\n**" + shortLine(r.name(s), maxName) + "**\n" + bl.text(r.number))
		b.WriteString(r.list(r.sources([]item{{blocks: []block{bl}}}), maxSourceRoom))
	}
	m := single(nearly, r.t.reported, strings.TrimRight(b.String(), "\n"))
	if len(c.Shown) > 0 && c.Shown[0] != nil {
		shown := &discordgo.MessageEmbed{Title: c.Shown[0].Title, Description: c.Shown[0].Description, Color: c.Shown[0].Color}
		if sizeOf(m.Embeds[0])+sizeOf(shown) <= maxEmbeds {
			m.Embeds = append(m.Embeds, shown) // a longer one is in the file of reports alone
		}
	}
	return m
}

// sizeOf is what an embed takes of the characters that a message's embeds share.
func sizeOf(e *discordgo.MessageEmbed) int { return length(e.Title) + length(e.Description) }

// maxSourceRoom is room for one source with its link.
const maxSourceRoom = 1000

// cut is a text of several lines, escaped, its cut shown.
func (r *renderer) cut(text string, room int) string {
	s, cut := cutText(strings.TrimSpace(text), false, room)
	if cut {
		return s + " …"
	}
	return s
}
