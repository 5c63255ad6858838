package discord

import (
	"slices"

	"github.com/bwmarrin/discordgo"
)

// userOf is who made an interaction; the gateway lets none through without.
func userOf(i *discordgo.Interaction) *discordgo.User {
	if i.Member != nil && i.Member.User != nil {
		return i.Member.User
	}
	if i.User != nil {
		return i.User
	}
	return &discordgo.User{}
}

// nameOf is how a server's members see who made an interaction.
func nameOf(i *discordgo.Interaction) string {
	if i.Member != nil && i.Member.Nick != "" {
		return i.Member.Nick
	}
	return userOf(i).DisplayName()
}

// isDirect tells whether an interaction comes from direct messages with the bot.
func isDirect(i *discordgo.Interaction) bool { return i.GuildID == "" && i.Member == nil }

// answersIn tells whether the bot may answer in a server's channel.
func (b *Bot) answersIn(channel string) bool {
	return b.settings.Channels == nil || slices.Contains(b.settings.Channels, channel)
}

// isPrivate tells whether a message is seen by one person alone.
func isPrivate(m *discordgo.Message) bool {
	return m != nil && m.Flags&discordgo.MessageFlagsEphemeral != 0
}
