package message

import (
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Message is a message ready for Discord. Its lists are never nil: an edit
// replaces what stood there before.
type Message struct {
	Embeds     []*discordgo.MessageEmbed
	Components []discordgo.MessageComponent
}

// NoMentions lets no text ping anybody. It goes with every send and every edit.
func NoMentions() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// Response is the message as the answer to an interaction; private ones are seen
// by the person who asked alone.
func (m Message) Response(private bool) *discordgo.InteractionResponseData {
	return &discordgo.InteractionResponseData{Embeds: m.Embeds, Components: m.Components,
		AllowedMentions: NoMentions(), Flags: flags(private)}
}

// Edit is the message in place of a deferred one or of an earlier state.
func (m Message) Edit() *discordgo.WebhookEdit {
	nothing := ""
	return &discordgo.WebhookEdit{Content: &nothing, Embeds: &m.Embeds, Components: &m.Components, AllowedMentions: NoMentions()}
}

// Send is the message for a channel. With replyTo it is a reply that does not
// ping and that is sent too where the other message is gone.
func (m Message) Send(replyTo *discordgo.MessageReference) *discordgo.MessageSend {
	if replyTo != nil {
		never := false
		copied := *replyTo
		copied.FailIfNotExists = &never
		replyTo = &copied
	}
	return &discordgo.MessageSend{Embeds: m.Embeds, Components: m.Components, AllowedMentions: NoMentions(),
		StickerIDs: []string{}, Reference: replyTo}
}

// ChannelEdit is the message in place of an earlier one in a channel.
func (m Message) ChannelEdit(channel, id string) *discordgo.MessageEdit {
	nothing := ""
	return &discordgo.MessageEdit{Channel: channel, ID: id, Content: &nothing, Embeds: &m.Embeds, Components: &m.Components,
		AllowedMentions: NoMentions()}
}

func flags(private bool) discordgo.MessageFlags {
	if private {
		return discordgo.MessageFlagsEphemeral
	}
	return 0
}

// colour is the stripe at a message's left, as 0xRRGGBB.
type colour int

const (
	neutral colour = 0x5865f2
	yes     colour = 0x3ba55d
	nearly  colour = 0xfaa61a
	no      colour = 0xed4245
	quiet   colour = 0x747f8d
)

// single is a message of one embed.
func single(c colour, title, description string) Message {
	return Message{Embeds: []*discordgo.MessageEmbed{{Title: title, Description: strings.TrimSpace(description), Color: int(c)}},
		Components: []discordgo.MessageComponent{}}
}
