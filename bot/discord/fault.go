package discord

import (
	"crypto/rand"
	"errors"
	"runtime/debug"
	"strings"
	"time"

	"onrecord/bot/discord/message"
	"onrecord/bot/live"
	"onrecord/index"
)

// refLength is how long the id of an error is that the user sees and the log has.
const refLength = 6

func newRef() string { return strings.ToLower(rand.Text()[:refLength]) }

// explain makes a message of an error: what the user can do about it, or an id
// under which the log has the cause.
func (b *Bot) explain(err error, lang message.Lang) message.Message {
	switch {
	case errors.Is(err, live.ErrMending):
		return message.Tell(message.Mending, lang)
	case errors.Is(err, live.ErrNotReady):
		return message.Tell(message.Starting, lang)
	case errors.Is(err, message.ErrID):
		return message.Tell(message.Outdated, lang)
	case errors.Is(err, index.ErrNoArticle):
		return message.Tell(message.Changed, lang)
	}
	return message.Failed(b.note(err), lang)
}

// note writes the cause of an error into the log, under the id that it returns.
// An index found damaged is built anew.
func (b *Bot) note(err error) (ref string) {
	ref = newRef()
	b.log.Error("answering failed", "ref", ref, "fault", err)
	if errors.Is(err, index.ErrDamaged) {
		b.mend()
	}
	return ref
}

// mendEvery is how often a damaged index is built anew: should that not help, the
// next attempts must not take all of the machine.
const mendEvery = 10 * time.Minute

// mend builds a damaged index anew in the background.
func (b *Bot) mend() {
	b.mending.Do(func() { b.background.Go(func() { b.archive.Mend(b.ctx) }) })
}

// notePanic writes a panic into the log, under the id that it returns.
func (b *Bot) notePanic(p any) (ref string) {
	ref = newRef()
	b.log.Error("answering panicked", "ref", ref, "panic", p, "stack", string(debug.Stack()))
	return ref
}
