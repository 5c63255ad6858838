package discord

import (
	"context"
	"errors"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/message"
	"onrecord/data/intake"
)

// changesArchive tells whether a button is one of /archive remove.
func changesArchive(id message.ID) bool {
	return id.Action == message.Remove || id.Action == message.Leave || id.Action == message.PutBack
}

// changeArchive does what a button of /archive remove is for.
func (b *Bot) changeArchive(ctx context.Context, i *discordgo.Interaction, id message.ID) {
	if !b.allowed(ctx, i, "archive "+removalNames[id.Action], "file", id.File) {
		return
	}
	if id.Action == message.Leave {
		b.replace(ctx, i, func(context.Context) (message.Message, error) {
			return message.Tell(message.LeftThere, message.LangOf(i.Locale)), nil
		})
		return
	}
	began := time.Now()
	if err := b.client.DeferUpdate(ctx, i); err != nil {
		b.sent(i, err)
		return
	}
	b.goOn(i, began, func(ctx context.Context, r *running) {
		if id.Action == message.Remove {
			r.takeOut(ctx, id.File)
		} else {
			r.putBack(ctx, id.File)
		}
	})
}

// removalNames are what the buttons are called in the log.
var removalNames = map[message.Action]string{message.Remove: "removal", message.Leave: "removal given up", message.PutBack: "put back"}

// takeOut removes the file of a key.
func (r *running) takeOut(ctx context.Context, key string) {
	path := keyed(r.intake.Paths(), key)
	if path == "" {
		r.end(message.Tell(message.NoFile, r.lang))
		return
	}
	kept, err := r.intake.Remove(path)
	if err != nil {
		r.end(r.unchanged(err))
		return
	}
	r.log.Info("audit: removed", "user", userOf(r.i).ID, "article", path, "kept", kept)
	r.settle(ctx, path, func(at message.Indexing) message.Message { return message.Removed(path, kept, at, r.lang) })
}

// putBack undoes the removal of what has a key.
func (r *running) putBack(ctx context.Context, key string) {
	all, err := r.intake.Kept()
	if err != nil {
		r.end(r.unchanged(err))
		return
	}
	path, err := r.intake.PutBack(keyed(all, key))
	switch {
	case errors.Is(err, intake.ErrNoFile):
		r.end(message.Tell(message.NotKept, r.lang))
	case err != nil:
		r.end(r.unchanged(err))
	default:
		r.log.Info("audit: put back", "user", userOf(r.i).ID, "article", path)
		r.settle(ctx, path, func(at message.Indexing) message.Message { return message.Restored(path, at, r.lang) })
	}
}

// keyed is the path that a key stands for, "" where it is not among these.
func keyed(paths []string, key string) string {
	for _, p := range paths {
		if message.FileKey(p) == key {
			return p
		}
	}
	return ""
}
