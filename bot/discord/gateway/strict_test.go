package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/discordtest"
	"onrecord/bot/discord/gateway"
)

// This file lets a small bot live through a Discord that is as strict as the real
// one: whatever breaks a rule of Discord's fails the test.

const (
	patience = 30 * time.Second
	beat     = time.Second
)

// echo is a bot that says again what it is asked.
type echo struct {
	t       *testing.T
	client  *gateway.Client
	gateway *gateway.Gateway
	changed bool // whether its commands had to be registered
}

// newEcho makes the bot; change may change its options.
func newEcho(t *testing.T, d *discordtest.Discord, change func(*gateway.Options)) *echo {
	t.Helper()
	e := &echo{t: t}
	o := gateway.Options{
		Settings: gateway.Settings{Token: gateway.Token(d.Token()), APIURL: d.URL(), GuildID: d.Guild.ID},
		Handlers: gateway.Handlers{Prepare: e.prepare, Interaction: e.interaction, Message: e.message, Busy: e.busy, Wants: wants(d.Bot().ID)},
		Log:      slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelDebug})), Seed: 1,
		BackoffBase: time.Millisecond, BackoffCap: 100 * time.Millisecond, StableAfter: time.Hour, RetryBase: 10 * time.Millisecond,
		CallbackTimeout: patience, TryTimeout: patience,
	}
	if change != nil {
		change(&o)
	}
	var err error
	if e.gateway, err = gateway.New(o); err != nil {
		t.Fatal(err)
	}
	e.client = e.gateway.Client()
	return e
}

// run runs the bot until the test ends; it must end well.
func (e *echo) run() *echo {
	ctx, cancel := context.WithCancel(e.t.Context())
	done := make(chan error, 1)
	go func() { done <- e.gateway.Run(ctx) }()
	e.t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			e.t.Errorf("Run: %v", err)
		}
	})
	return e
}

func wants(bot string) func(*discordgo.Message) bool {
	return func(m *discordgo.Message) bool { return strings.Contains(m.Content, "<@"+bot+">") || m.GuildID == "" }
}

func (e *echo) prepare(ctx context.Context, _ *discordgo.User) (err error) {
	manage := int64(discordgo.PermissionManageGuild)
	e.changed, err = e.client.RegisterCommands(ctx, []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask the archive", Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What to ask", Required: true, Autocomplete: true},
		}},
		{Name: "reindex", Description: "Read the archive again", DefaultMemberPermissions: &manage},
		{Name: "Check quotes", Type: discordgo.MessageApplicationCommand},
	})
	return err
}

func (e *echo) interaction(ctx context.Context, i *discordgo.Interaction) {
	var err error
	switch i.Type {
	case discordgo.InteractionApplicationCommandAutocomplete:
		err = e.client.Autocomplete(ctx, i, nil)
	case discordgo.InteractionMessageComponent:
		err = e.pressed(ctx, i, i.MessageComponentData().CustomID)
	case discordgo.InteractionModalSubmit:
		row := i.ModalSubmitData().Components[0].(*discordgo.ActionsRow)
		err = e.say(ctx, i, "narrowed to "+row.Components[0].(*discordgo.TextInput).Value)
	default:
		err = e.asked(ctx, i, i.ApplicationCommandData())
	}
	if err != nil {
		e.t.Logf("handling an interaction: %v", err)
	}
}

func (e *echo) pressed(ctx context.Context, i *discordgo.Interaction, id string) error {
	if id == "narrow" {
		return e.client.Modal(ctx, i, &discordgo.InteractionResponseData{
			CustomID: "narrowed", Title: "Narrow down",
			Components: []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
				discordgo.TextInput{CustomID: "about", Label: "About", Style: discordgo.TextInputShort, Required: true},
			}}},
		})
	}
	if err := e.client.DeferUpdate(ctx, i); err != nil {
		return err
	}
	text := "pressed " + id
	_, err := e.client.Edit(ctx, i, &gateway.Edit{WebhookEdit: discordgo.WebhookEdit{Content: &text}})
	return err
}

func (e *echo) asked(ctx context.Context, i *discordgo.Interaction, data discordgo.ApplicationCommandInteractionData) error {
	if data.TargetID != "" {
		return e.say(ctx, i, "checked "+data.Resolved.Messages[data.TargetID].Content)
	}
	if err := e.client.Defer(ctx, i, false); err != nil {
		return err
	}
	text := gateway.User(i).Username + " asked: " + data.Options[0].StringValue()
	rows := []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
		discordgo.Button{Label: "More", CustomID: "more", Style: discordgo.SecondaryButton},
		discordgo.Button{Label: "Narrow", CustomID: "narrow", Style: discordgo.SecondaryButton},
	}}}
	_, err := e.client.Edit(ctx, i, &gateway.Edit{WebhookEdit: discordgo.WebhookEdit{Content: &text, Components: &rows}})
	return err
}

func (e *echo) say(ctx context.Context, i *discordgo.Interaction, text string) error {
	return e.client.Respond(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource, Data: &discordgo.InteractionResponseData{Content: text},
	})
}

func (e *echo) busy(ctx context.Context, i *discordgo.Interaction, _ *discordgo.Message) {
	if i != nil {
		_ = e.say(ctx, i, "too many at once")
	}
}

func (e *echo) message(ctx context.Context, m *discordgo.Message) {
	sent, err := e.client.Send(ctx, m.ChannelID, "a-"+m.ID, &discordgo.MessageSend{Content: "You said: " + m.Content, Reference: m.Reference()})
	if err == nil {
		_, err = e.client.EditMessage(ctx, discordgo.NewMessageEdit(sent.ChannelID, sent.ID).SetContent(sent.Content+" @everyone"))
	}
	if err != nil {
		e.t.Logf("handling a message: %v", err)
	}
}

// ask asks, and expects the answer.
func ask(t *testing.T, d *discordtest.Discord, question string) discordtest.Message {
	t.Helper()
	answer := d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", question)).Final(patience)
	if !strings.Contains(answer.Content, question) {
		t.Errorf("the answer to %q is %q", question, answer.Content)
	}
	return answer
}

func TestLife(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{CallbackDeadline: patience, Heartbeat: beat})
	e := newEcho(t, d, nil).run()
	d.WaitReady(patience)
	if !e.changed {
		t.Error("no commands were registered")
	}
	answer := ask(t, d, "who called it a bloodbath?")
	pressed := d.Button(d.User, answer, "more")
	pressed.Until(patience, func(m discordtest.Message) bool { return m.Content == "pressed more" })
	modal := d.Button(d.User, answer, "narrow")
	modal.FirstResponse(patience)
	if got := d.ModalSubmit(modal, map[string]string{"about": "the ferry"}).Final(patience); got.Content != "narrowed to the ferry" {
		t.Errorf("the modal was answered with %q", got.Content)
	}
	if got := d.Autocomplete(d.User, d.Channel, "ask", "question", "zzz").Choices(patience); len(got) != 0 {
		t.Errorf("choices %v", got)
	}
	said := d.Say(d.User, d.Channel, "what did Nina Ambledown say?", discordtest.MentionBot())
	if got := d.WaitReply(said, patience); !strings.HasPrefix(got.Content, "You said:") {
		t.Errorf("the reply is %q", got.Content)
	}
	if got := d.MessageCommand(d.User, "Check quotes", said).Final(patience); !strings.Contains(got.Content, "checked") {
		t.Errorf("the check is %q", got.Content)
	}
	d.Say(d.User, d.Channel, "of no concern to the bot")
	d.Say(d.User, d.DM(d.User), "what did Corin Wexmoor say?")
	d.WaitSent(d.DM(d.User), 1, patience)
	if n := len(d.Sent(d.Channel)); n != 1 {
		t.Errorf("%d messages in the channel, want 1", n)
	}

	if again := newEcho(t, d, nil); again.prepare(t.Context(), nil) != nil || again.changed {
		t.Error("commands that are the same were registered again")
	}
}

// After every fault the next question is answered.
func TestAnswersAfterFaults(t *testing.T) {
	t.Parallel()
	unready := func(fault func(*discordtest.Faults)) func(*discordtest.Discord) {
		return func(d *discordtest.Discord) {
			d.Fault(fault)
			d.Drop()
			time.Sleep(2 * beat)
			d.Heal()
		}
	}
	for name, fault := range map[string]func(*discordtest.Discord){
		"nothing":             func(*discordtest.Discord) {},
		"opcode 7":            (*discordtest.Discord).Reconnect,
		"opcode 9":            func(d *discordtest.Discord) { d.InvalidateSession(false) },
		"opcode 9, resumable": func(d *discordtest.Discord) { d.InvalidateSession(true) },
		"dropped":             (*discordtest.Discord).Drop,
		"a lost session":      func(d *discordtest.Discord) { d.ForgetSessions(); d.Drop() },
		"4009":                func(d *discordtest.Discord) { d.CloseGateway(discordtest.CloseSessionTimedOut) },
		"4000":                func(d *discordtest.Discord) { d.CloseGateway(4000) },
		"down":                func(d *discordtest.Discord) { d.Down(); time.Sleep(2 * beat); d.Up() },
		"silent": func(d *discordtest.Discord) {
			d.Fault(func(f *discordtest.Faults) { f.Silent = true })
			time.Sleep(3 * beat)
			d.Heal()
		},
		"no HELLO":           unready(func(f *discordtest.Faults) { f.NoHello = true }),
		"opcode 7 for READY": unready(func(f *discordtest.Faults) { f.ReconnectNotReady = true }),
		"REST is down":       unready(func(f *discordtest.Faults) { f.Status = http.StatusServiceUnavailable }),
		"crashing events": func(d *discordtest.Discord) {
			for _, event := range []string{"GUILD_CREATE", "INTERACTION_CREATE", "MESSAGE_CREATE", "READY", "VOICE_STATE_UPDATE"} {
				for _, body := range []string{"null", "{}", "[]", `{"id":7}`, "not JSON"} {
					if event != "READY" { // one without a session ends the connection
						d.Raw(event, body)
					}
				}
			}
			d.RawFrame([]byte("{"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{CallbackDeadline: patience, Heartbeat: beat, IdentifyWindow: beat})
			// A handshake is given up before Discord misses two heartbeats of it.
			e := newEcho(t, d, func(o *gateway.Options) { o.HandshakeTimeout, o.IdentifySpacing = 3*beat/2, 2*beat }).run()
			d.WaitReady(patience)
			before := e.gateway.State()
			fault(d)
			if name != "nothing" && name != "crashing events" {
				waitFor(t, "it connects again", func() bool { s := e.gateway.State(); return s.Connected && s.Reconnects > before.Reconnects })
			}
			d.WaitReady(patience)
			ask(t, d, "what did Nina Ambledown say?")
			if s := e.gateway.State(); s.Panics != 0 {
				t.Errorf("%+v", s)
			}
		})
	}
}

func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("never: %s", what)
		}
	}
}

func TestRepeatedEventsAreAnsweredOnce(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{CallbackDeadline: patience, Heartbeat: beat})
	e := newEcho(t, d, nil).run()
	d.WaitReady(patience)
	i := d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", "twice?"))
	d.Repeat(i)
	i.Final(patience)
	waitFor(t, "the second one arrives", func() bool { return e.gateway.State().Duplicates == 1 })
	if n := e.gateway.State().Events; n != 1 {
		t.Errorf("%d events handled", n)
	}
}

// Rate limits, of one route or of all, are obeyed to the letter: nothing is sent
// again too early.
func TestObeysRateLimits(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]discordtest.Faults{
		"edits":    {TooManyFor: beat, Route: "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"},
		"messages": {TooManyFor: beat, Route: "POST /channels/{channel_id}/messages"},
		"all":      {TooManyFor: beat, TooManyGlobal: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{CallbackDeadline: patience})
			e := newEcho(t, d, nil).run()
			d.WaitReady(patience)
			d.Fault(func(f *discordtest.Faults) { *f = fault })
			i := d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", "too often?"))
			said := d.Say(d.User, d.Channel, "and again?", discordtest.MentionBot())
			waitFor(t, "a limit is met", func() bool { return e.gateway.State().RateLimited > 0 })
			d.Heal()
			i.Final(patience)
			d.WaitReply(said, patience)
		})
	}
}

// A burst of questions with a slow REST: every answer comes, and none waits for
// the others.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{CallbackDeadline: patience})
	newEcho(t, d, nil).run()
	d.WaitReady(patience)
	d.Fault(func(f *discordtest.Faults) { f.Latency = 50 * time.Millisecond })
	var asked []*discordtest.Interaction
	for n := range 20 {
		asked = append(asked, d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", fmt.Sprint("question ", n))))
	}
	for n, i := range asked {
		if answer := i.Final(patience); !strings.HasSuffix(answer.Content, fmt.Sprint("question ", n)) {
			t.Fatalf("question %d: %q", n, answer.Content)
		}
	}
}

func TestFinalRefusalsOfAStrictDiscord(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]discordtest.Faults{
		"a wrong token":      {Unauthorized: true},
		"an intent too many": {RefuseIdentify: discordtest.CloseDisallowedIntents},
		"a token just reset": {RefuseIdentify: discordtest.CloseAuthenticationFailed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{CallbackDeadline: patience})
			d.Fault(func(f *discordtest.Faults) { *f = fault })
			err := newEcho(t, d, nil).gateway.Run(t.Context())
			var final *gateway.FinalError
			if !errors.As(err, &final) || final.Advice == "" {
				t.Errorf("Run: %v", err)
			}
		})
	}
}

// A token that is reset while the bot runs ends it.
func TestTokenIsReset(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{CallbackDeadline: patience})
	g := newEcho(t, d, nil).gateway
	done := make(chan error, 1)
	go func() { done <- g.Run(t.Context()) }()
	d.WaitReady(patience)
	d.Fault(func(f *discordtest.Faults) { f.Unauthorized = true })
	d.CloseGateway(discordtest.CloseAuthenticationFailed)
	var final *gateway.FinalError
	if err := <-done; !errors.As(err, &final) || !strings.Contains(err.Error(), "DISCORD_TOKEN") {
		t.Errorf("Run: %v", err)
	}
}
