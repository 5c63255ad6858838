package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"golang.org/x/sync/errgroup"
)

// This file is the whole run: who am I, how many shards, all of them connected
// until the end, and an orderly end.

// Gateway is a bot's connection to Discord.
type Gateway struct {
	opts    Options
	log     *slog.Logger
	secrets *Secrets
	counts  counts
	client  *Client
	events  *events
	jitter  *jitter
	shards  atomic.Pointer[[]*shardState]
	ran     atomic.Bool
}

// New checks the settings; it speaks to nobody yet.
func New(opts Options) (*Gateway, error) {
	settings, err := opts.cleaned()
	if err != nil {
		return nil, err
	}
	opts.Settings = settings
	opts.fill()
	if opts.Secrets == nil {
		opts.Secrets = NewSecrets(opts.Token)
	}
	g := &Gateway{opts: opts, secrets: opts.Secrets, jitter: newJitter(opts.Seed)}
	g.log = slog.New(g.secrets.Handler(opts.Log.Handler()))
	g.client = newClient(&g.opts, g.secrets, g.log, &g.counts, g.jitter)
	g.events = newEvents(&g.opts, g.secrets, g.log, &g.counts)
	return g, nil
}

// Client returns the way to answer. It works before and during Run.
func (g *Gateway) Client() *Client { return g.client }

// State returns the figures of this moment.
func (g *Gateway) State() State {
	var s State
	g.counts.fill(&s)
	s.Invalid = g.client.invalid.count(time.Now())
	if shards := g.shards.Load(); shards != nil {
		for id, shard := range *shards {
			s.add(shard.read(id))
		}
	}
	return s
}

// Run connects and stays connected until the context ends; then it takes no more
// events, waits for handlers in flight (DrainTimeout at most), closes, and
// returns nil. It returns a FinalError where Discord refuses the bot for good,
// and waits in all other cases: a Discord that can't be reached may come back.
// A Gateway runs once.
func (g *Gateway) Run(ctx context.Context) error {
	if g.ran.Swap(true) {
		return errors.New("running the connection to Discord: it runs once; make a new one")
	}
	defer g.client.http.CloseIdleConnections()
	err := g.connected(ctx)
	if !g.events.drain(g.opts.DrainTimeout) {
		g.log.Warn("handlers were still at work at the end", "waited", g.opts.DrainTimeout)
	}
	if final := asFinal(err); final != nil {
		return final
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// connected prepares, and then runs every shard.
func (g *Gateway) connected(ctx context.Context) error {
	var count int
	err := g.untilUp(ctx, func(ctx context.Context) (err error) {
		count, err = g.prepare(ctx)
		return err
	})
	if err != nil {
		return err
	}
	states := make([]*shardState, count)
	for i := range states {
		states[i] = &shardState{}
	}
	g.shards.Store(&states)
	leave := newStarts(g.client, g.opts.IdentifySpacing, g.log)
	group, ctx := errgroup.WithContext(ctx)
	for id, state := range states {
		s := &shard{
			id: id, count: count, opts: &g.opts, log: g.log.With("shard", id), events: g.events,
			starts: leave, jitter: g.jitter, state: state,
		}
		group.Go(func() error { return s.run(ctx) })
	}
	err = group.Wait()
	g.events.stop()
	return err
}

// prepare does what comes before connecting and returns the number of shards.
func (g *Gateway) prepare(ctx context.Context) (shards int, err error) {
	me, err := g.client.Me(ctx)
	if err != nil {
		return 0, err
	}
	if g.opts.Handlers.Prepare != nil {
		if err := g.opts.Handlers.Prepare(ctx, me); err != nil {
			return 0, fmt.Errorf("preparing the bot %s: %w", me.Username, err)
		}
	}
	bot, err := g.client.gatewayBot(ctx)
	if err != nil {
		return 0, err
	}
	return max(bot.Shards, 1), nil
}

// untilUp repeats work until it succeeds, the context ends, or Discord refuses
// in a way that waiting won't change.
func (g *Gateway) untilUp(ctx context.Context, work func(context.Context) error) error {
	for failures := 0; ; failures++ {
		err := work(ctx)
		if err == nil || ctx.Err() != nil || asFinal(err) != nil || !temporary(err) {
			return err
		}
		wait := g.jitter.backoff(failures, g.opts.BackoffBase, g.opts.BackoffCap)
		g.log.Warn("Discord can't be reached yet; trying again", "error", err, "wait", wait)
		if pause(ctx, wait) != nil {
			return err
		}
	}
}

// temporary reports whether the same call may succeed later: Discord was not
// reached, or failed, or asked to wait.
func temporary(err error) bool {
	var api *APIError
	if errors.As(err, &api) {
		guarded := api.Status == 403 && api.Code == 0 // by what stands before Discord
		return api.Status >= 500 || api.Status == 429 || guarded
	}
	var unsent *TransportError
	return errors.As(err, &unsent) || errors.Is(err, ErrBackedOff)
}

// Handlers are what the bot does with events. All may be nil, and all run at the
// same time, each in a goroutine of its own; a panic in one is logged with the
// event's id and ends only that one. Their context ends with EventTimeout, and
// DrainTimeout after the bot is told to stop.
type Handlers struct {
	// Prepare runs once the token is known to be good, before events come: the
	// place to register commands. What it returns ends Run, unless it is an error
	// of a call that may succeed later; then everything is tried again.
	Prepare func(ctx context.Context, me *discordgo.User) error

	// Interaction gets every interaction once. Its Data is of the type that its
	// Type demands, and one of Member.User and User is there.
	Interaction func(ctx context.Context, i *discordgo.Interaction)

	// Wants says quickly and without blocking which messages are for Message;
	// nil: all. Those of bots and webhooks never are.
	Wants func(m *discordgo.Message) bool

	// Message gets every message once. Author is there.
	Message func(ctx context.Context, m *discordgo.Message)

	// Busy answers where MaxInFlight handlers are at work: quickly, within
	// BusyTimeout. Where MaxBusy of these are at work too, the event is dropped
	// and counted. One of the two arguments is nil.
	Busy func(ctx context.Context, i *discordgo.Interaction, m *discordgo.Message)
}
