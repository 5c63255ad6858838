// Package gateway is the connection to Discord on which the bot runs for
// months: clean events in, a REST client that behaves out. It knows Discord and
// the library discordgo, and nothing of questions or answers.
//
//	secrets := gateway.NewSecrets(settings.Token)
//	log := slog.New(secrets.Handler(handler)) // for the whole program
//	gateway.LogLibrary(log, secrets)
//
//	var client *gateway.Client
//	g, err := gateway.New(gateway.Options{Settings: settings, Log: log, Secrets: secrets, Handlers: gateway.Handlers{
//		Prepare: func(ctx context.Context, me *discordgo.User) error {
//			_, err := client.RegisterCommands(ctx, commands)
//			return err
//		},
//		Interaction: func(ctx context.Context, i *discordgo.Interaction) {
//			if err := client.Defer(ctx, i, false); err != nil {
//				return // the asker has gone, or Discord has
//			}
//			_, err := client.Edit(ctx, i, &gateway.Edit{WebhookEdit: discordgo.WebhookEdit{Content: &text}})
//			...
//		},
//		Busy: func(ctx context.Context, i *discordgo.Interaction, m *discordgo.Message) { ... },
//	}})
//	client = g.Client()
//	err = g.Run(ctx) // until ctx ends, or Discord refuses the bot for good
//
// # The way in
//
// discordgo v0.29.0 holds its lock while it connects, waits without a deadline,
// crashes on some half-filled events and tells nobody why a connection ended. So
// it never talks to Discord itself:
//
//	Discord <── websocket ──> link <── in-memory websocket ──> discordgo ──> events ──> handlers
//
// A link reads everything first. It keeps the deadlines, counts heartbeats,
// answers what discordgo answers wrongly (reconnect, invalid session), lets
// through only the events that have a handler, and knows why it ended.
//
//	options.go    settings, and every limit with its default
//	gateway.go    Run: who am I, how many shards, and an orderly end
//	identify.go   Discord's limits on starting sessions
//	shard.go      one shard: connect, watch, and connect again
//	session.go    a discordgo session that only ever speaks to a link
//	link.go       the two connections and what goes between them
//	inspect.go    what of it discordgo gets to see
//	pipe.go       the in-memory connection
//	ending.go     why a connection ended, and what follows from it
//	backoff.go    waiting longer and longer, with jitter
//	events.go     one way into every handler: once, whole, bounded, recovered
//	whole.go      which events are whole
//	seen.go       ids that were seen already
//
// # The way out
//
//	client.go       one REST call: wait, try, learn, try again where that is safe
//	request.go      what a call is, and how it becomes HTTP
//	limits.go       Discord's rate limits, route by route
//	invalid.go      refused requests are counted: 10,000 in 10 minutes mean a ban
//	interactions.go answers to an interaction
//	messages.go     messages in channels
//	commands.go     registering commands, when they differ
//	body.go         every body made safe: no mentions, no secrets, no nulls
//	apierror.go     what Discord said when it refused
//
// # Beside it
//
//	secrets.go  what must never be read in a log
//	redact.go   the slog handler that sees to it
//	state.go    figures for health checks and metrics
package gateway
