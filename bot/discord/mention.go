package discord

import (
	"context"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/gateway"
	"onrecord/bot/discord/message"
)

// wants tells which messages are for the bot: direct ones, those that mention it,
// and replies to its own; not what Discord writes in people's names, that somebody
// pinned a message for one.
func (b *Bot) wants(m *discordgo.Message) bool {
	me := b.me.Load()
	switch {
	case me == nil || m.Author.ID == me.ID:
		return false
	case m.Type != discordgo.MessageTypeDefault && m.Type != discordgo.MessageTypeReply:
		return false
	}
	return m.GuildID == "" || mentions(m, me.ID) || repliesTo(m, me.ID)
}

// answersMessage tells whether the bot may answer where a message was written.
func (b *Bot) answersMessage(ctx context.Context, m *discordgo.Message) bool {
	return !b.limits.isClosed(m.ChannelID, time.Now()) && (m.GuildID == "" || b.answersIn(ctx, m.ChannelID))
}

func mentions(m *discordgo.Message, id string) bool {
	for _, u := range m.Mentions {
		if u != nil && u.ID == id {
			return true
		}
	}
	return false
}

func repliesTo(m *discordgo.Message, id string) bool {
	r := m.ReferencedMessage
	return r != nil && r.Author != nil && r.Author.ID == id
}

// mention answers a message with a reply that all in the channel see.
func (b *Bot) mention(ctx context.Context, m *discordgo.Message) {
	began := time.Now()
	if !b.answersMessage(ctx, m) {
		return
	}
	work := b.messageWork(m)
	if work == nil {
		return
	}
	result := make(chan *message.Message, 1)
	go func() { result <- b.madeForMessage(ctx, work, message.LangOfText(b.questionIn(m))) }()
	var answer *message.Message
	typed := false
	select {
	case answer = <-result:
	case <-time.After(b.timing.Patience):
		if typed = b.typing(ctx, m.ChannelID); typed {
			b.metrics.reacted(began)
		}
		answer = <-result
	}
	if !b.reply(ctx, m, *answer) {
		return
	}
	if !typed {
		b.metrics.reacted(began)
	}
	b.metrics.answered(began)
}

// typingTimeout bounds showing that the bot types: the answer may be there first.
const typingTimeout = 2 * time.Second

func (b *Bot) typing(ctx context.Context, channel string) bool {
	ctx, cancel := context.WithTimeout(ctx, typingTimeout)
	defer cancel()
	return b.client.Typing(ctx, channel) == nil
}

// reply sends an answer to a message and tells whether Discord took it. The
// message's id is the nonce: Discord drops a second reply to it.
func (b *Bot) reply(ctx context.Context, m *discordgo.Message, what message.Message) bool {
	_, err := b.client.Send(ctx, m.ChannelID, m.ID, what.Send(m.Reference()))
	if gateway.Code(err) == discordgo.ErrCodeCannotReplyWithoutPermissionToReadMessageHistory {
		_, err = b.client.Send(ctx, m.ChannelID, m.ID, what.Send(nil))
	}
	if err == nil {
		return true
	}
	b.metrics.failed()
	b.log.Warn("an answer did not reach Discord", "message", m.ID, "fault", err)
	if isForbidden(err) {
		b.limits.close(m.ChannelID, time.Now())
		b.log.Warn("the bot may not write in a channel: it needs View Channel, Send Messages (in threads too), Embed Links and Read Message History there",
			"guild", m.GuildID, "channel", m.ChannelID, "tried_again_in", closedFor)
	}
	return false
}

// messageWork is what a message asks for; nil where it is not answered.
func (b *Bot) messageWork(m *discordgo.Message) job {
	tell := func(what message.Message) job {
		return func(context.Context) (message.Message, error) { return what, nil }
	}
	now := time.Now()
	text := b.questionIn(m)
	lang := message.LangOfText(text)
	if m.GuildID == "" && b.settings.RefuseDMs {
		if !b.limits.tellOnce(m.Author.ID, now) {
			return nil
		}
		return tell(message.Tell(message.DMsOff, lang))
	}
	if wait, ok := b.limits.take(m.Author.ID, m.ChannelID, now); !ok {
		b.metrics.limited()
		if !b.limits.tellOnce(m.Author.ID, now) {
			return nil
		}
		return tell(message.RateLimited(wait, lang))
	}
	if text == "" && !mentions(m, b.me.Load().ID) && m.GuildID != "" {
		// Discord hides the text of a reply whose ping was turned off.
		if !b.limits.tellOnce(m.Author.ID, now) {
			return nil
		}
		return tell(message.Tell(message.Unreadable, lang))
	}
	if text == "" {
		return tell(message.Help(lang, false))
	}
	return func(ctx context.Context) (message.Message, error) { return b.answerMessage(ctx, m, text, lang) }
}

// answerMessage answers a message's question; one that replies to an answer goes
// on with it.
func (b *Bot) answerMessage(ctx context.Context, m *discordgo.Message, question string, lang message.Lang) (message.Message, error) {
	if repliesTo(m, b.me.Load().ID) {
		if before, ok := message.Question(m.ReferencedMessage); ok {
			var err error
			if question, err = b.archive.FollowUp(before, question); err != nil {
				return message.Message{}, err
			}
		}
	}
	a, err := b.ask(ctx, question)
	if err != nil {
		return message.Message{}, err
	}
	return message.Answer(a, b.shown(lang, 0, false)), nil
}

// madeForMessage is what the work makes, or the explanation of its error.
func (b *Bot) madeForMessage(ctx context.Context, work job, lang message.Lang) (m *message.Message) {
	defer func() {
		if p := recover(); p != nil {
			failed := message.Failed(b.notePanic(p), lang)
			m = &failed
		}
	}()
	made, err := work(ctx)
	if err != nil {
		b.metrics.failed()
		made = b.explain(err, lang)
	}
	return &made
}

// questionIn is what a message says, without the mention of the bot, and others'
// mentions as names.
func (b *Bot) questionIn(m *discordgo.Message) string {
	text := m.Content
	me := b.me.Load().ID
	for _, u := range m.Mentions {
		if u == nil {
			continue
		}
		name := u.DisplayName()
		if u.ID == me {
			name = " "
		}
		text = strings.NewReplacer("<@"+u.ID+">", name, "<@!"+u.ID+">", name).Replace(text)
	}
	return strings.TrimSpace(text)
}
