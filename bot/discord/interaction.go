package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/message"
)

// interaction is the way of every interaction.
func (b *Bot) interaction(ctx context.Context, i *discordgo.Interaction) {
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		b.complete(ctx, i)
	case discordgo.InteractionApplicationCommand:
		b.command(ctx, i)
	case discordgo.InteractionMessageComponent:
		b.pressed(ctx, i)
	case discordgo.InteractionModalSubmit:
		b.submitted(ctx, i)
	default:
		b.log.Debug("an interaction of an unknown type", "type", int(i.Type))
	}
}

// admitted tells whether an interaction is answered: not in a channel that the
// operator left out, not in direct messages where those are off, and not oftener
// than the limits. Who is turned away is told why.
func (b *Bot) admitted(ctx context.Context, i *discordgo.Interaction) bool {
	lang := message.LangOf(i.Locale)
	switch {
	case i.GuildID == "" && b.settings.RefuseDMs:
		b.tell(ctx, i, message.Tell(message.DMsOff, lang))
		return false
	case !isDirect(i) && !b.answersIn(ctx, i.ChannelID):
		b.tell(ctx, i, message.Tell(message.NotHere, lang))
		return false
	}
	if wait, ok := b.limits.take(userOf(i).ID, i.ChannelID, time.Now()); !ok {
		b.metrics.limited()
		b.tell(ctx, i, message.RateLimited(wait, lang))
		return false
	}
	return true
}

// busy says that too many ask at once.
func (b *Bot) busy(ctx context.Context, i *discordgo.Interaction, m *discordgo.Message) {
	b.metrics.limited()
	switch {
	case i == nil:
		if b.answersMessage(ctx, m) && b.limits.tellOnce(m.Author.ID, time.Now()) {
			b.reply(ctx, m, message.RateLimited(busyWait, message.LangOfText(b.questionIn(m))))
		}
	case i.Type == discordgo.InteractionApplicationCommandAutocomplete:
		_ = b.client.Autocomplete(ctx, i, nil)
	default:
		b.tell(ctx, i, message.RateLimited(busyWait, message.LangOf(i.Locale)))
	}
}

// busyWait is how long those should wait who came when too many asked.
const busyWait = 5 * time.Second
