package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/gateway"
	"onrecord/bot/discord/message"
)

// job is the work for an interaction's message. Its error is explained to the
// user.
type job func(ctx context.Context) (message.Message, error)

// respond answers an interaction with what job makes: at once where that is
// quick, else after a promise that Discord shows as "thinking".
func (b *Bot) respond(ctx context.Context, i *discordgo.Interaction, private bool, work job) {
	b.react(ctx, i, reaction{
		now: func(m message.Message) *discordgo.InteractionResponse {
			return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: m.Response(private)}
		},
		promise: func() error { return b.client.Defer(ctx, i, private) },
	}, work)
}

// replace changes the message that a button hangs on to what job makes.
func (b *Bot) replace(ctx context.Context, i *discordgo.Interaction, work job) {
	b.react(ctx, i, reaction{
		now: func(m message.Message) *discordgo.InteractionResponse {
			return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseUpdateMessage, Data: m.Response(false)}
		},
		promise: func() error { return b.client.DeferUpdate(ctx, i) },
	}, work)
}

// reaction is how an interaction is answered at once, and how that is put off.
type reaction struct {
	now     func(message.Message) *discordgo.InteractionResponse
	promise func() error
}

// react runs the work; whatever it takes, Discord hears within the three seconds
// that it gives.
func (b *Bot) react(ctx context.Context, i *discordgo.Interaction, r reaction, work job) {
	began := time.Now()
	result := make(chan message.Message, 1)
	go func() { result <- b.made(ctx, i, work) }()
	select {
	case m := <-result:
		if b.sent(i, b.client.Respond(ctx, i, r.now(m))) {
			b.metrics.reacted(began)
			b.metrics.answered(began)
		}
	case <-time.After(b.timing.Patience):
		b.fulfil(ctx, i, began, r.promise(), result)
	}
}

// fulfil keeps the promise of an answer. One that may not have arrived is kept all
// the same: Discord may show "thinking" and not have said so in time.
func (b *Bot) fulfil(ctx context.Context, i *discordgo.Interaction, began time.Time, promised error, result <-chan message.Message) {
	if b.sent(i, promised) {
		b.metrics.reacted(began)
	}
	m := <-result
	if isRefused(promised) {
		return
	}
	if _, err := b.client.Edit(ctx, i, &gateway.Edit{WebhookEdit: *m.Edit()}); b.sent(i, err) {
		b.metrics.answered(began)
	}
}

// made is what the work makes, or the explanation of its error; a panic is one.
func (b *Bot) made(ctx context.Context, i *discordgo.Interaction, work job) (m message.Message) {
	lang := message.LangOf(i.Locale)
	defer func() {
		if p := recover(); p != nil {
			m = message.Failed(b.notePanic(p), lang)
		}
	}()
	m, err := work(ctx)
	if err != nil {
		b.metrics.failed()
		return b.explain(err, lang)
	}
	return m
}

// tell answers an interaction privately with what is known already.
func (b *Bot) tell(ctx context.Context, i *discordgo.Interaction, m message.Message) {
	began := time.Now()
	if b.sent(i, b.client.Respond(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource, Data: m.Response(true)})) {
		b.metrics.reacted(began)
	}
}

// sent tells whether Discord took something, and logs what it did not take.
func (b *Bot) sent(i *discordgo.Interaction, err error) bool {
	if err != nil {
		b.metrics.failed()
		b.log.Warn("an answer did not reach Discord", "interaction", i.ID, "fault", err)
	}
	return err == nil
}
