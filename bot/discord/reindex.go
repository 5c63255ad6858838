package discord

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/gateway"
	"onrecord/bot/discord/message"
	"onrecord/bot/live"
	"onrecord/index"
)

// reindex brings the index up to date for an admin, with its progress in the
// answer. Questions go on being answered from the old state.
func (b *Bot) reindex(ctx context.Context, i *discordgo.Interaction, full bool) {
	lang := message.LangOf(i.Locale)
	user := userOf(i)
	if !b.settings.isAdmin(i) {
		b.log.Warn("audit: reindex refused", "user", user.ID, "name", user.Username, "guild", i.GuildID)
		b.tell(ctx, i, message.Tell(message.NotAdmin, lang))
		return
	}
	b.log.Info("audit: reindex", "user", user.ID, "name", user.Username, "guild", i.GuildID, "full", full)
	began := time.Now()
	if err := b.client.Defer(ctx, i, true); err != nil {
		b.sent(i, err)
		return
	}
	b.metrics.reacted(began)
	r := &reindexing{Bot: b, i: i, lang: lang, full: full, began: began}
	b.background.Go(r.run)
}

// reindexing is one run with the message that shows it.
type reindexing struct {
	*Bot
	i     *discordgo.Interaction
	lang  message.Lang
	full  bool
	began time.Time
	at    atomic.Pointer[index.Progress]
	plain *discordgo.Message // the ordinary message that goes on once the token is spent
	mute  bool               // Discord lets no such message be sent
}

func (r *reindexing) run() {
	done := make(chan struct{})
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		r.show(done)
	}()
	report, err := r.archive.Update(r.ctx, r.full, func(p index.Progress) { r.at.Store(&p) })
	close(done)
	<-shown
	r.put(r.ended(report, err))
}

// ended is the last that is shown of a run.
func (r *reindexing) ended(report index.Report, err error) message.Message {
	var busy *index.BusyError
	switch {
	case err == nil:
		r.log.Info("audit: reindexed", "added", report.Added, "replaced", report.Replaced, "removed", report.Removed,
			"refused", len(report.Refused), "articles", report.Articles, "took", report.Took)
		return message.Reindexed(report, r.lang)
	case errors.Is(err, live.ErrUpdating), errors.As(err, &busy):
		return message.Tell(message.Busy, r.lang)
	case errors.Is(err, context.Canceled):
		return message.Tell(message.Stopped, r.lang)
	}
	return message.Failed(r.note(err), r.lang)
}

// show edits the message now and then while the run goes on.
func (r *reindexing) show(done <-chan struct{}) {
	tick := time.NewTicker(r.timing.Progress)
	defer tick.Stop()
	for {
		select {
		case <-done:
			return
		case <-tick.C:
		}
		p := r.at.Load()
		if p == nil {
			p = &index.Progress{}
		}
		r.put(message.Reindexing(*p, r.full, time.Since(r.began), r.lang))
	}
}

// putTimeout bounds one edit, so that a Discord that is down holds up nothing.
const putTimeout = 30 * time.Second

// put shows a message in place of the one before: in the interaction's answer
// while Discord lets it be edited, and in an ordinary message from then on.
func (r *reindexing) put(m message.Message) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), putTimeout)
	defer cancel()
	var err error
	switch {
	case r.mute:
		return
	case time.Since(r.began) < r.timing.TokenLife:
		_, err = r.client.Edit(ctx, r.i, &gateway.Edit{WebhookEdit: *m.Edit()})
	case r.plain == nil:
		r.plain, err = r.goOn(ctx, m)
		r.mute = isRefused(err)
	default:
		_, err = r.client.EditMessage(ctx, m.ChannelEdit(r.plain.ChannelID, r.plain.ID))
	}
	if err != nil {
		r.log.Warn("the progress of a reindex did not reach Discord", "fault", err)
	}
}

// goOn sends the ordinary message: where the command was used, or to the admin
// alone where the bot may not write there.
func (r *reindexing) goOn(ctx context.Context, m message.Message) (*discordgo.Message, error) {
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
