package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/gateway"
	"onrecord/bot/discord/message"
)

// running is work that takes its time, with the message that shows how far it is:
// the interaction's answer while Discord lets it be edited, and an ordinary message
// from then on.
type running struct {
	*Bot
	i     *discordgo.Interaction
	lang  message.Lang
	began time.Time
	plain *discordgo.Message // the ordinary message that goes on once the token is spent
	mute  bool               // Discord lets no such message be sent
}

// begin promises an answer to the one who asked alone, and then works in the
// background. The bot's end cancels the context that work gets.
func (b *Bot) begin(ctx context.Context, i *discordgo.Interaction, work func(context.Context, *running)) {
	began := time.Now()
	if err := b.client.Defer(ctx, i, true); err != nil {
		b.sent(i, err)
		return
	}
	b.goOn(i, began, work)
}

// goOn works in the background on what an interaction was promised.
func (b *Bot) goOn(i *discordgo.Interaction, began time.Time, work func(context.Context, *running)) {
	b.metrics.reacted(began)
	r := &running{Bot: b, i: i, lang: message.LangOf(i.Locale), began: began}
	b.background.Go(func() {
		defer func() {
			if p := recover(); p != nil {
				r.end(message.Failed(b.notePanic(p), r.lang))
			}
		}()
		work(b.ctx, r)
	})
}

// show puts what look gives, now and then, until done is closed. What it returns is
// closed when the last of it is put.
func (r *running) show(done <-chan struct{}, look func() message.Message) <-chan struct{} {
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		tick := time.NewTicker(r.timing.Progress)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				r.put(look(), putTimeout)
			}
		}
	}()
	return shown
}

const (
	// putTimeout bounds showing how far the work is, so that a Discord that is down
	// holds up nothing.
	putTimeout = 30 * time.Second
	// endTimeout bounds showing how it ended, which is worth waiting for: longer than
	// the gateway's most patient call.
	endTimeout = 10 * time.Minute
)

// end shows the last message.
func (r *running) end(m message.Message) { r.put(m, endTimeout) }

// put shows a message in place of the one before.
func (r *running) put(m message.Message, timeout time.Duration) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), timeout)
	defer cancel()
	var err error
	switch {
	case r.mute:
		return
	case time.Since(r.began) < r.timing.TokenLife:
		_, err = r.client.Edit(ctx, r.i, &gateway.Edit{WebhookEdit: *m.Edit()})
	case r.plain == nil:
		r.plain, err = r.sendPlain(ctx, m)
		r.mute = isRefused(err)
	default:
		_, err = r.client.EditMessage(ctx, m.ChannelEdit(r.plain.ChannelID, r.plain.ID))
	}
	if err != nil {
		r.log.Warn("the progress of long work did not reach Discord", "interaction", r.i.ID, "fault", err)
	}
}

// sendPlain sends the ordinary message: where the command was used, or to the admin
// alone where the bot may not write there.
func (r *running) sendPlain(ctx context.Context, m message.Message) (*discordgo.Message, error) {
	sent, err := r.client.Send(ctx, r.i.ChannelID, r.i.ID, m.Send(nil))
	if !isRefused(err) {
		return sent, err
	}
	direct, err := r.client.DirectChannel(ctx, userOf(r.i).ID)
	if err != nil {
		return nil, err
	}
	return r.client.Send(ctx, direct.ID, r.i.ID, m.Send(nil))
}
