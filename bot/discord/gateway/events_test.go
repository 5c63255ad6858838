package gateway

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file tells how events find their handlers.

func interaction(id string) *discordgo.InteractionCreate {
	return &discordgo.InteractionCreate{Interaction: &discordgo.Interaction{
		ID: id, Token: canaryRandom, Type: discordgo.InteractionApplicationCommand,
		User: &discordgo.User{ID: "3"}, Data: discordgo.ApplicationCommandInteractionData{Name: "ask"},
	}}
}

func mention(id, text string) *discordgo.MessageCreate {
	return &discordgo.MessageCreate{Message: &discordgo.Message{ID: id, ChannelID: "9", Author: &discordgo.User{ID: "3"}, Content: text}}
}

func eventsOf(t *testing.T, h Handlers, change func(*Options)) (*Gateway, *logBuffer) {
	t.Helper()
	f := newFake(t)
	o := f.options(h)
	if change != nil {
		change(&o)
	}
	return f.newGateway(o), f.log
}

func TestEventsComeOnce(t *testing.T) {
	t.Parallel()
	var n atomic.Int64
	g, _ := eventsOf(t, Handlers{
		Interaction: func(context.Context, *discordgo.Interaction) { n.Add(1) },
		Message:     func(context.Context, *discordgo.Message) { n.Add(1) },
	}, nil)
	for range 3 {
		g.events.interaction(interaction("1"))
		g.events.message(mention("1", "the ids of both kinds may meet"))
		g.events.interaction(interaction("2"))
	}
	g.events.drain(patience)
	if s := g.State(); n.Load() != 3 || s.Events != 3 || s.Duplicates != 6 {
		t.Errorf("%d handled, %+v", n.Load(), s)
	}
}

// What is more than MaxInFlight is told so, what is more than MaxBusy beyond that
// is dropped and counted; nothing waits.
func TestTooManyAtOnce(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	var told atomic.Int64
	g, log := eventsOf(t, Handlers{
		Interaction: func(context.Context, *discordgo.Interaction) { <-release },
		Busy: func(ctx context.Context, i *discordgo.Interaction, m *discordgo.Message) {
			if _, limited := ctx.Deadline(); !limited || (i == nil) == (m == nil) {
				t.Errorf("busy with %v and %v", i, m)
			}
			told.Add(1)
			<-release
		},
		Message: func(context.Context, *discordgo.Message) { <-release },
	}, func(o *Options) { o.MaxInFlight, o.MaxBusy = 3, 2 })
	for n := range 9 {
		g.events.interaction(interaction(fmt.Sprint(n)))
		g.events.message(mention(fmt.Sprint(n), ""))
	}
	if s := g.State(); s.InFlight != 5 || s.Events != 3 || s.Busy != 2 || s.Dropped != 13 {
		t.Errorf("%+v", s)
	}
	if !strings.Contains(log.String(), "too many at once") {
		t.Error(log)
	}
	close(release)
	eventually(t, "places are free again", func() bool { return g.State().InFlight == 0 })
	g.events.interaction(interaction("10"))
	g.events.drain(patience)
	if s := g.State(); s.Events != 4 || told.Load() != 2 {
		t.Errorf("%+v", s)
	}
}

func TestPanicsStayInside(t *testing.T) {
	t.Parallel()
	g, log := eventsOf(t, Handlers{
		Interaction: func(_ context.Context, i *discordgo.Interaction) { panic(fmt.Sprintf("lost: %+v", *i)) },
		Message:     func(_ context.Context, m *discordgo.Message) { _ = m.Member.Nick },
		Wants:       func(m *discordgo.Message) bool { return m.Content != "" || m.Thread.ID != "" },
	}, nil)
	g.events.interaction(interaction("4711"))
	g.events.message(mention("4712", "a panic in the handler"))
	g.events.message(mention("4713", "")) // and one in Wants
	g.events.drain(patience)
	if s := g.State(); s.Panics != 3 || s.InFlight != 0 {
		t.Errorf("%+v", s)
	}
	for _, id := range []string{"4711", "4712", "4713"} {
		if !strings.Contains(log.String(), "id="+id) {
			t.Errorf("no panic of %s in the log:\n%s", id, log)
		}
	}
	if strings.Contains(log.String(), "CANARY") {
		t.Error(log)
	}
}

func TestMessagesOfBotsAreNotForHandlers(t *testing.T) {
	t.Parallel()
	got := make(chan string, 10)
	g, _ := eventsOf(t, Handlers{
		Message: func(_ context.Context, m *discordgo.Message) { got <- m.ID },
		Wants:   func(m *discordgo.Message) bool { return strings.Contains(m.Content, "<@77>") },
	}, nil)
	bot, hook := mention("1", "<@77> hello"), mention("2", "<@77> hello")
	bot.Author.Bot, hook.WebhookID = true, "6"
	for _, m := range []*discordgo.MessageCreate{bot, hook, mention("3", "to somebody else"), mention("4", "<@77> who said it?")} {
		g.events.message(m)
	}
	g.events.drain(patience)
	close(got)
	for id := range got {
		if id != "4" {
			t.Errorf("handled %s", id)
		}
	}
	if n := g.State().Events; n != 1 {
		t.Errorf("%d events", n)
	}
}

// A handler that does not end is told to, and does not keep the bot from ending.
func TestDrainIsBounded(t *testing.T) {
	t.Parallel()
	told := make(chan error, 1)
	g, _ := eventsOf(t, Handlers{Interaction: func(ctx context.Context, _ *discordgo.Interaction) {
		<-ctx.Done()
		told <- ctx.Err()
	}}, nil)
	g.events.interaction(interaction("1"))
	if g.events.drain(10 * time.Millisecond) {
		t.Error("drained")
	}
	if err := receive(t, "the handler is told", told); err == nil {
		t.Error("no error")
	}
	g.events.interaction(interaction("2"))
	if s := g.State(); s.Events != 1 || s.Dropped != 1 {
		t.Errorf("%+v", s)
	}
}

func TestHalfFilledEvents(t *testing.T) {
	t.Parallel()
	g, _ := eventsOf(t, Handlers{
		Interaction: func(_ context.Context, i *discordgo.Interaction) { t.Errorf("handled %+v", i) },
		Message:     func(_ context.Context, m *discordgo.Message) { t.Errorf("handled %+v", m) },
	}, nil)
	spoilt := func(spoil func(*discordgo.InteractionCreate)) *discordgo.InteractionCreate {
		e := interaction("1")
		spoil(e)
		return e
	}
	interactions := []*discordgo.InteractionCreate{
		nil, {},
		spoilt(func(e *discordgo.InteractionCreate) { e.ID = "" }),
		spoilt(func(e *discordgo.InteractionCreate) { e.Token = "" }),
		spoilt(func(e *discordgo.InteractionCreate) { e.User = nil }),
		spoilt(func(e *discordgo.InteractionCreate) { e.User, e.Member = nil, &discordgo.Member{} }),
		spoilt(func(e *discordgo.InteractionCreate) { e.Data = nil }),
		spoilt(func(e *discordgo.InteractionCreate) { e.Type = discordgo.InteractionModalSubmit }),
		spoilt(func(e *discordgo.InteractionCreate) { e.Data = discordgo.ModalSubmitInteractionData{} }),
		spoilt(func(e *discordgo.InteractionCreate) {
			e.Data = discordgo.ApplicationCommandInteractionData{Options: []*discordgo.ApplicationCommandInteractionDataOption{{Options: []*discordgo.ApplicationCommandInteractionDataOption{nil}}}}
		}),
	}
	for _, e := range interactions {
		g.events.interaction(e)
	}
	messages := []*discordgo.MessageCreate{nil, {}, {Message: &discordgo.Message{ID: "1", ChannelID: "9"}}, {Message: &discordgo.Message{Author: &discordgo.User{ID: "3"}}}}
	for _, e := range messages {
		g.events.message(e)
	}
	if n := g.State().Broken; int(n) != len(interactions)+len(messages) {
		t.Errorf("%d half-filled events", n)
	}
}
