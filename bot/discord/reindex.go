package discord

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/message"
	"onrecord/bot/live"
	"onrecord/index"
)

// reindex brings the index up to date for an admin, with its progress in the
// answer. Questions go on being answered from the old state.
func (b *Bot) reindex(ctx context.Context, i *discordgo.Interaction, full bool) {
	if !b.allowed(ctx, i, "reindex", "full", full) {
		return
	}
	b.begin(ctx, i, func(ctx context.Context, r *running) {
		var at atomic.Pointer[index.Progress]
		done := make(chan struct{})
		shown := r.show(done, func() message.Message {
			p := at.Load()
			if p == nil {
				p = &index.Progress{}
			}
			return message.Reindexing(*p, full, time.Since(r.began), r.lang)
		})
		report, err := r.archive.Update(ctx, full, func(p index.Progress) { at.Store(&p) })
		close(done)
		<-shown
		r.end(r.reindexed(report, err))
	})
}

// reindexed is the last that is shown of a run.
func (r *running) reindexed(report index.Report, err error) message.Message {
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

// allowed tells whether an admin made an interaction, and notes in the log that
// they did, or that somebody else tried. Who is none is told so.
func (b *Bot) allowed(ctx context.Context, i *discordgo.Interaction, what string, more ...any) bool {
	user := userOf(i)
	who := append([]any{"user", user.ID, "name", user.Username, "guild", i.GuildID}, more...)
	if !b.settings.isAdmin(i) {
		b.log.Warn("audit: "+what+" refused", who...)
		b.tell(ctx, i, message.Tell(message.NotAdmin, message.LangOf(i.Locale)))
		return false
	}
	b.log.Info("audit: "+what, who...)
	return true
}
