package gateway

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file is the one way into every handler: an event is whole, comes once,
// finds a place or is answered "busy", and a panic stays inside.

type events struct {
	opts    *Options
	secrets *Secrets
	log     *slog.Logger
	counts  *counts
	base    context.Context // of all handlers
	cancel  context.CancelFunc
	places  chan struct{} // taken by handlers at work
	busy    chan struct{} // taken by answers "busy" at work

	mu      sync.Mutex
	seen    *seen[string]
	stopped bool
	working sync.WaitGroup
}

func newEvents(o *Options, secrets *Secrets, log *slog.Logger, c *counts) *events {
	base, cancel := context.WithCancel(context.Background())
	return &events{
		opts: o, secrets: secrets, log: log, counts: c, base: base, cancel: cancel,
		places: make(chan struct{}, o.MaxInFlight), busy: make(chan struct{}, o.MaxBusy), seen: newSeen[string](o.SeenIDs),
	}
}

// job is one event on its way to a handler.
type job struct {
	kind, id string
	handle   func(context.Context)
	busy     func(context.Context) // nil: nobody answers
}

// interaction is called by discordgo, in order; it doesn't block.
func (ev *events) interaction(e *discordgo.InteractionCreate) {
	if e != nil && e.Interaction != nil {
		ev.secrets.remember(e.Token)
	}
	if err := interactionFault(e); err != nil {
		ev.counts.broken.Add(1)
		ev.log.Warn("dropped a half-filled interaction", "error", err)
		return
	}
	h := ev.opts.Handlers
	if h.Interaction == nil {
		return
	}
	i := e.Interaction
	tidy(i.Message)
	j := job{kind: "interaction", id: i.ID, handle: func(ctx context.Context) { h.Interaction(ctx, i) }}
	if h.Busy != nil {
		j.busy = func(ctx context.Context) { h.Busy(ctx, i, nil) }
	}
	ev.take(j)
}

// message is called by discordgo, in order; it doesn't block.
func (ev *events) message(e *discordgo.MessageCreate) {
	if err := messageFault(e); err != nil {
		ev.counts.broken.Add(1)
		ev.log.Warn("dropped a half-filled message", "error", err)
		return
	}
	h, m := ev.opts.Handlers, e.Message
	tidy(m)
	if h.Message == nil || m.Author.Bot || m.WebhookID != "" || !ev.wanted(m) {
		return
	}
	j := job{kind: "message", id: m.ID, handle: func(ctx context.Context) { h.Message(ctx, m) }}
	if h.Busy != nil {
		j.busy = func(ctx context.Context) { h.Busy(ctx, nil, m) }
	}
	ev.take(j)
}

// wanted asks the bot whether the message is for it; no, if that panics.
func (ev *events) wanted(m *discordgo.Message) bool {
	defer ev.recovered("message", m.ID)
	return ev.opts.Handlers.Wants == nil || ev.opts.Handlers.Wants(m)
}

// take starts the event's handler, or the answer that says that all are busy.
func (ev *events) take(j job) {
	ev.mu.Lock()
	defer ev.mu.Unlock()
	switch {
	case ev.stopped:
		ev.counts.dropped.Add(1)
	case !ev.seen.add(j.kind + j.id):
		ev.counts.duplicates.Add(1)
	case ev.start(ev.places, ev.opts.EventTimeout, j, j.handle):
		ev.counts.events.Add(1)
	case j.busy != nil && ev.start(ev.busy, ev.opts.BusyTimeout, j, j.busy):
		ev.counts.busy.Add(1)
	default:
		ev.counts.dropped.Add(1)
		ev.log.Warn("dropped an event: too many at once", "kind", j.kind, "id", j.id)
	}
}

// start runs work in a goroutine of its own if there is a place.
func (ev *events) start(places chan struct{}, limit time.Duration, j job, work func(context.Context)) bool {
	select {
	case places <- struct{}{}:
	default:
		return false
	}
	ev.counts.inFlight.Add(1)
	ev.working.Go(func() {
		defer func() {
			ev.counts.inFlight.Add(-1)
			<-places
		}()
		defer ev.recovered(j.kind, j.id)
		ctx, cancel := context.WithTimeout(ev.base, limit)
		defer cancel()
		work(ctx)
	})
	return true
}

func (ev *events) recovered(kind, id string) {
	if p := recover(); p != nil {
		ev.counts.panics.Add(1)
		ev.log.Error("a handler panicked", "kind", kind, "id", id, "panic", p, "stack", string(debug.Stack()))
	}
}

// stop takes no more events.
func (ev *events) stop() {
	ev.mu.Lock()
	defer ev.mu.Unlock()
	ev.stopped = true
}

// drain stops, waits for handlers at work, and reports whether all were done in
// time. Those that were not get a second more, with their context ended.
func (ev *events) drain(limit time.Duration) bool {
	ev.stop()
	defer ev.cancel()
	done := make(chan struct{})
	go func() {
		ev.working.Wait()
		close(done)
	}()
	select {
	case <-done:
		return true
	case <-time.After(limit):
	}
	ev.cancel()
	select {
	case <-done:
	case <-time.After(time.Second):
	}
	return false
}
