package discord

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"onrecord/bot/discord/gateway"
	"onrecord/bot/discord/message"
	"onrecord/bot/live"
	"onrecord/data/feed"
	"onrecord/data/intake"
)

// Options are what a bot is made of.
type Options struct {
	Settings Settings
	Archive  *live.Archive
	Intake   *intake.Intake      // by which admins change the archive
	Feeds    func() []feed.State // how the feeds are; nil without any
	Log      *slog.Logger
	Secrets  *gateway.Secrets // what Log redacts
	Timing   Timing
	Gateway  gateway.Options // limits of the connection; its settings, handlers and log are filled in
}

// Bot answers on Discord. It runs once.
type Bot struct {
	settings Settings
	timing   Timing
	archive  *live.Archive
	intake   *intake.Intake
	feeds    func() []feed.State
	log      *slog.Logger
	gateway  *gateway.Gateway
	client   *gateway.Client
	limits   *limits
	parents  *lru.Cache[string, string] // the channels that threads belong to; "" of no thread
	metrics  *metrics
	me       atomic.Pointer[discordgo.User]

	background sync.WaitGroup // work that goes on after its event: reindexing, adding, removing
	mending    rate.Sometimes // of a damaged index
	ctx        context.Context
	stop       context.CancelFunc
	notes      sync.Mutex // held while the file of reports is written
}

// New makes a bot and checks its settings; it speaks to nobody yet.
func New(o Options) (*Bot, error) {
	o.Timing.fill()
	b := &Bot{settings: o.Settings, timing: o.Timing, archive: o.Archive, intake: o.Intake, feeds: o.Feeds, log: o.Log,
		limits: newLimits(o.Settings.PerUser, o.Settings.PerChannel), mending: rate.Sometimes{Interval: mendEvery}}
	b.ctx, b.stop = context.WithCancel(context.Background())
	if b.feeds == nil {
		b.feeds = func() []feed.State { return nil }
	}
	var err error
	if b.parents, err = lru.New[string, string](maxParents); err != nil {
		return nil, err
	}
	g := o.Gateway
	g.Settings, g.Log, g.Secrets = o.Settings.Settings, o.Log, o.Secrets
	g.Handlers = gateway.Handlers{Prepare: b.prepare, Interaction: b.interaction, Wants: b.wants, Message: b.mention, Busy: b.busy}
	if b.gateway, err = gateway.New(g); err != nil {
		return nil, err
	}
	b.client = b.gateway.Client()
	b.metrics = newMetrics(b)
	return b, nil
}

// Run connects and answers until ctx ends; then it finishes what is in flight
// and returns nil. It returns an error where Discord refuses the bot for good.
func (b *Bot) Run(ctx context.Context) error {
	err := b.gateway.Run(ctx)
	b.stop()
	done := make(chan struct{})
	go func() {
		b.background.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(b.timing.Shutdown):
		b.log.Warn("an update of the index did not stop in time; it stays as it was")
	}
	return err
}

// prepare registers the commands once the token is known to be good.
func (b *Bot) prepare(ctx context.Context, me *discordgo.User) error {
	b.me.Store(me)
	commands := message.Commands()
	if b.settings.GuildID != "" {
		commands = message.GuildCommands()
	}
	changed, err := b.client.RegisterCommands(ctx, commands)
	if err != nil {
		return fmt.Errorf("registering the commands: %w", err)
	}
	b.log.Info("connected to Discord", "user", me.Username, "commands_changed", changed)
	return nil
}
