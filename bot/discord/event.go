package discord

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/gateway"
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

// isDirect tells whether an interaction comes from direct messages with the bot:
// not from those between people who installed it for themselves.
func isDirect(i *discordgo.Interaction) bool {
	return i.GuildID == "" && i.Context != discordgo.InteractionContextPrivateChannel
}

// isPrivate tells whether a message is seen by one person alone.
func isPrivate(m *discordgo.Message) bool {
	return m != nil && m.Flags&discordgo.MessageFlagsEphemeral != 0
}

// answersIn tells whether the bot may answer in a channel: one of the settings',
// or a thread of one.
func (b *Bot) answersIn(ctx context.Context, channel string) bool {
	if b.settings.Channels == nil || slices.Contains(b.settings.Channels, channel) {
		return true
	}
	parent, known := b.parents.Get(channel)
	if !known {
		var err error
		if parent, err = b.parentOf(ctx, channel); err != nil && !isRefused(err) {
			b.log.Warn("not answered: can't tell whether this is a thread", "channel", channel, "fault", err)
			return false
		}
		b.parents.Add(channel, parent)
	}
	return parent != "" && slices.Contains(b.settings.Channels, parent)
}

// maxParents is how many channels are remembered with what they are threads of;
// a thread never moves.
const maxParents = 20_000

// parentTimeout leaves of Discord's three seconds enough for the answer.
const parentTimeout = time.Second

// parentOf asks Discord which channel a thread belongs to; "" for no thread.
func (b *Bot) parentOf(ctx context.Context, channel string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, parentTimeout)
	defer cancel()
	var c discordgo.Channel
	if err := b.client.Call(ctx, http.MethodGet, "/channels/"+url.PathEscape(channel), nil, &c); err != nil {
		return "", err
	}
	if !c.IsThread() {
		return "", nil
	}
	return c.ParentID, nil
}

// isRefused tells whether Discord understood a call and will not do it, now or
// later.
func isRefused(err error) bool {
	var api *gateway.APIError
	return errors.As(err, &api) && api.Status >= 400 && api.Status < 500 && api.Status != http.StatusTooManyRequests
}

// isForbidden tells whether Discord lets the bot not do it, in this place at least.
func isForbidden(err error) bool {
	var api *gateway.APIError
	return errors.As(err, &api) && api.Status == http.StatusForbidden
}
