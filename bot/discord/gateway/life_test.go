package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file tells how a bot begins and ends: shards, limits on starting, an
// orderly end.

// Every shard gets its number and the intents; identifies of one concurrency
// bucket come one after another.
func TestShards(t *testing.T) {
	t.Parallel()
	const spacing = 500 * time.Millisecond
	began := make(chan received, 10)
	f := newFake(t, func(p *peer) {
		if v := p.request.URL.Query().Get("v"); v != "10" {
			t.Errorf("version %s of the gateway", v)
		}
		time.Sleep(spacing / 2) // what delays an identify must not let the next come closer
		began <- p.ready(beat)
		p.stay()
	})
	f.shards, f.concurrency = 3, 2
	o := f.options(Handlers{})
	o.IdentifySpacing = spacing
	g := f.newGateway(o)
	running(t, g)
	shards, last := map[string]bool{}, map[int]time.Time{}
	for range 3 {
		m := receive(t, "an identify", began)
		shards[fmt.Sprint(m.Data.Shard)] = true
		bucket := m.Data.Shard[0] % 2
		if gap := time.Since(last[bucket]); gap < spacing/2 {
			t.Errorf("identifies of one bucket %v apart", gap)
		}
		last[bucket] = time.Now()
		if want := 1<<0 | 1<<9 | 1<<12; m.Data.Intents != want {
			t.Errorf("intents %b, want %b", m.Data.Intents, want)
		}
	}
	if !shards["[0 3]"] || !shards["[1 3]"] || !shards["[2 3]"] {
		t.Errorf("shards %v", shards)
	}
	eventually(t, "all connected", func() bool { return g.State().Connected && len(g.State().Shards) == 3 })
}

// Where no session may be started, none is, until the time that Discord says.
func TestSessionStartLimit(t *testing.T) {
	t.Parallel()
	f := newFake(t, good)
	var asked atomic.Int64
	f.remaining = func() (int, time.Duration) {
		if asked.Add(1) < 3 { // the first is for the number of shards
			return 0, time.Millisecond
		}
		return 1, 0
	}
	g := f.gateway(Handlers{})
	running(t, g)
	eventually(t, "connected", func() bool { return g.State().Connected })
	if n := asked.Load(); n != 3 {
		t.Errorf("asked %d times", n)
	}
	if !strings.Contains(f.log.String(), "no sessions left") {
		t.Error(f.log)
	}
}

// At the end a handler at work may finish and answer; then all is closed, with
// the code that lets Discord show the bot as gone.
func TestOrderlyEnd(t *testing.T) {
	t.Parallel()
	closed := make(chan error, 1)
	f := newFake(t, func(p *peer) {
		p.ready(beat)
		p.send(`{"op":0,"s":2,"t":"MESSAGE_CREATE","d":{"id":"8","channel_id":"9","author":{"id":"3"}}}`)
		for {
			if _, _, err := p.conn.ReadMessage(); err != nil {
				closed <- err
				return
			}
			p.send(`{"op":11}`)
		}
	})
	f.on("POST /channels/9/messages", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"id":"10"}`)) })
	ctx, cancel := context.WithCancel(t.Context())
	answered := make(chan error, 1)
	var g *Gateway
	g = f.gateway(Handlers{Message: func(hctx context.Context, m *discordgo.Message) {
		cancel()
		<-ctx.Done()
		time.Sleep(50 * time.Millisecond)
		_, err := g.Client().Send(hctx, m.ChannelID, "", &discordgo.MessageSend{Content: "It stands in paragraph 3."})
		answered <- err
	}})
	if err := g.Run(ctx); err != nil {
		t.Errorf("Run: %v", err)
	}
	if err := receive(t, "the answer", answered); err != nil {
		t.Errorf("answering at the end: %v", err)
	}
	if err := receive(t, "the close", closed); !strings.Contains(err.Error(), "1000") {
		t.Errorf("closed with %v", err)
	}
}

// Two bots with different Discords in one process don't meet: no endpoint is
// global.
func TestTwoDiscords(t *testing.T) {
	t.Parallel()
	for name, call := range map[string]func(*discordgo.Session) error{
		"GET /users/@me":   func(s *discordgo.Session) error { _, err := s.User("@me"); return err },
		"GET /gateway/bot": func(s *discordgo.Session) error { _, err := s.GatewayBot(); return err },
	} {
		s, err := newSession(canaryToken, 0, 1, &events{})
		if err != nil {
			t.Fatal(err)
		}
		if err := call(s); err == nil || !strings.Contains(err.Error(), "use Client") {
			t.Errorf("%s by a shard's session: %v", name, err)
		}
	}
	endpoint := discordgo.EndpointGateway
	a, b := newFake(t, good), newFake(t, good)
	ga, gb := a.gateway(Handlers{}), b.gateway(Handlers{})
	running(t, ga)
	running(t, gb)
	eventually(t, "both connected", func() bool { return ga.State().Connected && gb.State().Connected })
	if a.connections() != 1 || b.connections() != 1 || discordgo.EndpointGateway != endpoint {
		t.Errorf("connections: %d and %d; endpoint %s", a.connections(), b.connections(), discordgo.EndpointGateway)
	}
}

func TestHeartbeatLatency(t *testing.T) {
	t.Parallel()
	f := newFake(t, good)
	g := f.gateway(Handlers{})
	running(t, g)
	eventually(t, "a heartbeat was acknowledged", func() bool { return g.State().Latency > 0 })
}

// A discordgo that hangs all the same is left alone in time.
func TestLibraryHangs(t *testing.T) {
	t.Parallel()
	f := newFake(t, good)
	l, err := dialLink(t.Context(), f.wsURL("/gateway/"), time.Now().Add(beat), func() {}, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	s, err := newSession(canaryToken, 0, 1, &events{})
	if err != nil {
		t.Fatal(err)
	}
	s.Lock() // as Open holds it when it hangs
	defer s.Unlock()
	defer l.shut(errStopped)
	if err := openSession(t.Context(), s, l, 0); !errors.Is(err, errLibraryOff) {
		t.Errorf("opening: %v", err)
	}
	if closeSession(s, time.Millisecond) {
		t.Error("closed")
	}
	if canResume(errLibraryOff) {
		t.Error("the session would be used again")
	}
}

// What is prepared before connecting is tried again while Discord can't do it,
// and ends the run where it won't.
func TestPrepare(t *testing.T) {
	t.Parallel()
	f := newFake(t, good)
	var tried atomic.Int64
	f.on("PUT /applications/77/commands", inTurn(&tried, status(503, ""), status(200, "[]")))
	f.on("GET /applications/77/commands", status(200, "[]"))
	o := f.options(Handlers{})
	o.Tries = 1
	var g *Gateway
	o.Handlers.Prepare = func(ctx context.Context, me *discordgo.User) error {
		_, err := g.Client().RegisterCommands(ctx, []*discordgo.ApplicationCommand{{Name: "ask", Description: "Ask " + me.Username}})
		return err
	}
	g = f.newGateway(o)
	running(t, g)
	eventually(t, "connected", func() bool { return g.State().Connected })
	if n := tried.Load(); n != 2 {
		t.Errorf("tried %d times", n)
	}

	refusing := newFake(t, good)
	refusing.on("GET /applications/77/commands", status(403, `{"code":50001,"message":"Missing Access"}`))
	o = refusing.options(o.Handlers)
	g = refusing.newGateway(o)
	if err := g.Run(t.Context()); Code(err) != discordgo.ErrCodeMissingAccess || refusing.connections() != 0 {
		t.Errorf("Run: %v, %d connections", err, refusing.connections())
	}
}
