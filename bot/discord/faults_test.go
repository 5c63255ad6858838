package discord

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
	"onrecord/bot/discord/gateway"
)

// answers asks a question, which must be answered.
func (s *stage) answers(t *testing.T) {
	t.Helper()
	i := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?"))
	wants(t, i.Final(patient).Text(), "the ropes were rotten")
}

// heartbeat is how often the Discord of TestComesBack wants to hear.
const heartbeat = time.Second

// TestComesBack goes through what happens to connections; after each the bot
// answers again.
func TestComesBack(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{Heartbeat: heartbeat, IdentifyWindow: time.Millisecond}, func(o *Options, _ *discordtest.Discord) {
		o.Gateway.HandshakeTimeout = 3 * heartbeat / 2 // given up before Discord misses two heartbeats
	})
	for _, trouble := range []struct {
		name string
		do   func()
		last time.Duration // how long it goes on
	}{
		{"opcode 7", s.Reconnect, 0},
		{"opcode 9, resumable", func() { s.InvalidateSession(true) }, 0},
		{"opcode 9", func() { s.InvalidateSession(false) }, 0},
		{"a dropped connection", s.Drop, 0},
		{"a session that is forgotten", func() { s.ForgetSessions(); s.Drop() }, 0},
		{"close 4009", func() { s.CloseGateway(discordtest.CloseSessionTimedOut) }, 0},
		{"a silent server", func() { s.Fault(func(f *discordtest.Faults) { f.Silent = true }) }, 3 * heartbeat},
		{"never a HELLO", func() { s.Fault(func(f *discordtest.Faults) { f.NoHello = true }); s.Drop() }, 0},
		{"opcode 7 in place of READY", func() { s.Fault(func(f *discordtest.Faults) { f.ReconnectNotReady = true }); s.Drop() }, 0},
	} {
		before := s.Identifies() + s.Resumes()
		trouble.do()
		time.Sleep(trouble.last)
		s.Heal()
		for n := 0; s.Identifies()+s.Resumes() == before; n++ {
			if n == 2000 {
				t.Fatalf("%s: it never came back", trouble.name)
			}
			time.Sleep(10 * time.Millisecond)
		}
		s.WaitReady(patient)
		s.answers(t)
		s.waitIdle(t) // a connection that is cut before Discord has said so makes the bot answer again
	}
	if sent := s.Sent(s.Channel); len(sent) != 0 {
		t.Errorf("%d messages that nobody asked for", len(sent))
	}
}

// scale is how much faster than the world TestDownForAMinute goes: Discord is down
// for a tenth of a minute, and each time by which the bot waits, gives up or
// calls a connection good is a tenth of its default, so that it goes through as
// many attempts as in a real minute. Not scaled are the three seconds in which
// Discord wants to hear, and the second that discordgo takes to close a connection.
const scale = 10

// TestDownForAMinute comes back by itself from a Discord that refuses connections
// for a minute, without hammering at it. What was under way is answered then, and
// nothing twice.
func TestDownForAMinute(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		o.Settings.AdminUsers = []string{d.User.ID}
		o.Timing.Patience = time.Nanosecond // every answer is promised first, and edited in later
		o.Gateway.BackoffBase, o.Gateway.BackoffCap = time.Second/scale, 2*time.Minute/scale
		o.Gateway.StableAfter, o.Gateway.HandshakeTimeout = time.Minute/scale, 30*time.Second/scale
		o.Gateway.RetryBase, o.Gateway.TryTimeout = 250*time.Millisecond/scale, 10*time.Second/scale
	})
	s.answers(t)
	s.waitIdle(t)
	const edit, send = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original", "POST /channels/{channel_id}/messages"
	ends := time.Now().Add(time.Minute / scale)
	s.Fault(func(f *discordtest.Faults) { f.Status, f.Route = http.StatusServiceUnavailable, edit })
	asked := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?"))
	run := s.Ask(s.User, s.Channel, "reindex")
	s.waitCalls(t, edit+" 503", 2)
	s.Fault(func(f *discordtest.Faults) { f.Route = "" })
	mention := s.Say(s.User, s.Channel, "what did Wexmoor say about ropes?", discordtest.MentionBot())
	s.waitCalls(t, send+" 503", 1)

	before := s.bot.gateway.State().Reconnects
	s.Down()
	time.Sleep(time.Until(ends))
	attempts := s.bot.gateway.State().Reconnects - before
	s.Heal()
	s.Up()
	if attempts < 1 || attempts > 10 {
		t.Errorf("%d attempts to connect in a minute", attempts)
	}
	wants(t, asked.Final(patient).Text(), "the ropes were rotten")
	wants(t, run.Final(patient).Text(), "Nothing had changed")
	wants(t, s.WaitReply(mention, patient).Text(), "the ropes were rotten")
	s.WaitReady(patient)
	s.answers(t)
	s.waitIdle(t)
	if sent := s.Sent(s.Channel); len(sent) != 1 {
		t.Errorf("%d messages for one mention", len(sent))
	}
}

// waitCalls waits until there were n calls of a kind, written as Calls writes them.
func (s *stage) waitCalls(t *testing.T, call string, n int) {
	t.Helper()
	for range 2000 {
		found := 0
		for _, c := range s.Calls() {
			if c == call {
				found++
			}
		}
		if found >= n {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatalf("there were never %d calls %s", n, call)
}

// TestRefusedForGood ends with what to do when Discord refuses the bot.
func TestRefusedForGood(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]func(*discordtest.Faults){
		"401":  func(f *discordtest.Faults) { f.Unauthorized = true },
		"4014": func(f *discordtest.Faults) { f.RefuseIdentify = discordtest.CloseDisallowedIntents },
		"4004": func(f *discordtest.Faults) { f.RefuseIdentify = discordtest.CloseAuthenticationFailed },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := prepare(t, discordtest.Options{}, nil)
			s.Fault(fault)
			ctx, cancel := context.WithTimeout(t.Context(), patient)
			defer cancel()
			err := s.bot.Run(ctx)
			var final *gateway.FinalError
			if !errors.As(err, &final) || final.Advice == "" {
				t.Fatalf("ended with %v", err)
			}
			if strings.Contains(err.Error(), s.Token()) {
				t.Error("the error holds the token")
			}
		})
	}
}

// TestTroubledREST answers though Discord refuses or fails calls for a while, and
// answers nothing twice.
func TestTroubledREST(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	for name, fault := range map[string]func(*discordtest.Faults){
		"429 everywhere":    func(f *discordtest.Faults) { f.TooManyFor, f.TooManyGlobal = 300*time.Millisecond, true },
		"429 on each route": func(f *discordtest.Faults) { f.TooManyFor = 300 * time.Millisecond },
		"500":               func(f *discordtest.Faults) { f.Status = 500 },
		"503":               func(f *discordtest.Faults) { f.Status = 503 },
	} {
		s.Fault(fault)
		m := s.Say(s.User, s.Channel, "what did Wexmoor say about ropes?", discordtest.MentionBot())
		time.Sleep(400 * time.Millisecond)
		s.Heal()
		if text := s.WaitReply(m, patient).Text(); !strings.Contains(text, "the ropes were rotten") {
			t.Errorf("%s: answered with\n%s", name, text)
		}
		s.answers(t)
	}
	if sent := s.Sent(s.Channel); len(sent) != 4 {
		t.Errorf("%d replies to 4 mentions", len(sent))
	}
}

// TestFailure tells the user a reference that the log has, and nothing of the
// cause.
func TestFailure(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	ref := s.bot.note(errors.New("disk on fire"))
	wants(t, s.log.String(), "ref="+ref, "disk on fire")
	s.archive.Close()
	i := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say?"))
	wants(t, i.Final(patient).Text(), "first time")
}

// TestShutdown finishes what is in flight when it is told to stop.
func TestShutdown(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	s.Fault(func(f *discordtest.Faults) { f.Latency = 200 * time.Millisecond })
	i := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?"))
	for s.bot.gateway.State().Events == 0 && t.Context().Err() == nil {
		time.Sleep(time.Millisecond) // what has not arrived is not in flight
	}
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	wants(t, i.Final(patient).Text(), "the ropes were rotten")
}

// TestHTTP reads health and figures.
func TestHTTP(t *testing.T) {
	t.Parallel()
	s := prepare(t, discordtest.Options{}, nil)
	web := httptest.NewServer(s.bot.Handler())
	defer web.Close()
	get := func(path string) (int, string) {
		r, err := http.Get(web.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		body, _ := io.ReadAll(r.Body)
		return r.StatusCode, string(body)
	}
	if code, text := get("/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(text, "not connected") {
		t.Errorf("before it is connected: %d %s", code, text)
	}
	s.run(t)
	s.WaitReady(patient)
	s.answers(t)
	if code, _ := get("/healthz"); code != http.StatusOK {
		t.Errorf("not alive: %d", code)
	}
	if code, text := get("/readyz"); code != http.StatusOK {
		t.Errorf("not ready: %d %s", code, text)
	}
	_, figures := get("/metrics")
	for until := time.Now().Add(patient); !strings.Contains(figures, "first_reaction_seconds_count 1") && time.Now().Before(until); {
		time.Sleep(10 * time.Millisecond) // it is counted once Discord has said that it came
		_, figures = get("/metrics")
	}
	wants(t, figures, `onrecord_questions_total{kind="statements",outcome="found"} 1`, "onrecord_first_reaction_seconds_count 1",
		"onrecord_gateway_connected 1", "onrecord_index_articles 3", "go_goroutines")
	http.DefaultClient.CloseIdleConnections()
}
