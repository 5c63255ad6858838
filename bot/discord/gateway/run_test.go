package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// This file tells what becomes of a connection that goes wrong, over real sockets
// and with the real discordgo.

// patience bounds every wait of a test.
const patience = 30 * time.Second

// running runs a gateway until the test ends, and checks that it ends well.
func running(t *testing.T, g *Gateway) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- g.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(patience):
			t.Error("Run did not end")
		}
	})
}

// eventually waits until the condition holds.
func eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if holds() {
			return
		}
	}
	t.Fatalf("never: %s", what)
}

func receive[T any](t *testing.T, what string, c <-chan T) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("never: %s", what)
		panic("unreachable")
	}
}

// How the first connection of a bot fails, and how the next one must begin.
func TestComesBack(t *testing.T) {
	const identify, resume = 2, 6
	tests := []struct {
		name  string
		fault func(*peer)
		next  int
		log   string // why, in the log
	}{
		{"never a HELLO", func(p *peer) { p.stay() }, identify, "did not get to READY"},
		{"HELLO without an interval", func(p *peer) { p.send(`{"op":10,"d":{}}`); p.stay() }, identify, "no heartbeat interval"},
		{"HELLO with null", func(p *peer) { p.send(`{"op":10,"d":null}`); p.stay() }, identify, "no heartbeat interval"},
		{"something else instead of HELLO", func(p *peer) { p.send(`{"op":11}`); p.stay() }, identify, "instead of HELLO"},
		{"a dispatch instead of HELLO", func(p *peer) { p.send(`{"op":0,"s":1,"t":"READY","d":{"session_id":"x"}}`); p.stay() }, identify, "instead of HELLO"},
		{"an acknowledgement while it connects", func(p *peer) { p.hello(beat); p.send(`{"op":1}`); p.send(`{"op":11}`); p.read(); p.close(4000) }, identify, "4000"},
		{"not JSON instead of HELLO", func(p *peer) { p.send(`{`); p.stay() }, identify, "did not get to READY"},
		{"HELLO, then nothing", func(p *peer) { p.hello(beat); p.stay() }, identify, "did not get to READY"},
		{"opcode 7 instead of READY", func(p *peer) { p.hello(beat); p.read(); p.send(`{"op":7}`); p.stay() }, identify, "opcode 7"},
		{"opcode 9 instead of READY", func(p *peer) { p.hello(beat); p.read(); p.send(`{"op":9,"d":false}`); p.stay() }, identify, "opcode 9"},
		{"READY without a session", func(p *peer) { p.hello(beat); p.read(); p.send(`{"op":0,"s":1,"t":"READY","d":{}}`); p.stay() }, identify, "names no session"},
		{"READY with null", func(p *peer) { p.hello(beat); p.read(); p.send(`{"op":0,"s":1,"t":"READY","d":null}`); p.stay() }, identify, "names no session"},
		{"dropped before READY", func(p *peer) { p.hello(beat); p.read() }, identify, "broke"},
		{"opcode 7", func(p *peer) { p.ready(beat); p.send(`{"op":7,"d":null}`); p.stay() }, resume, "opcode 7"},
		{"opcode 9, not resumable", func(p *peer) { p.ready(beat); p.send(`{"op":9,"d":false}`); p.stay() }, identify, "opcode 9"},
		{"opcode 9, resumable", func(p *peer) { p.ready(beat); p.send(`{"op":9,"d":true}`); p.stay() }, resume, "resumable"},
		{"dropped", func(p *peer) { p.ready(beat) }, resume, "broke"},
		{"closed with 4000", func(p *peer) { p.ready(beat); p.close(4000) }, resume, "4000"},
		{"closed with 4007, invalid seq", func(p *peer) { p.ready(beat); p.close(4007) }, identify, "4007"},
		{"closed with 4009, session timed out", func(p *peer) { p.ready(beat); p.close(4009) }, identify, "4009"},
		{"silent after READY", func(p *peer) { p.ready(beat); p.acks = false; p.stay() }, resume, "not acknowledged"},
		{"heartbeats not acknowledged", func(p *peer) { p.ready(beat); p.acks = false; go p.chatter(); p.stay() }, resume, "not acknowledged"},
		{"a binary message", func(p *peer) { p.ready(beat); _ = p.conn.WriteMessage(2, []byte("x")); p.stay() }, resume, "kind 2"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			began := make(chan received, 100)
			f := newFake(t, test.fault, func(p *peer) {
				began <- p.ready(beat)
				p.stay()
			})
			o := f.options(Handlers{})
			if strings.Contains(test.log, "did not get") {
				o.HandshakeTimeout = beat
			}
			g := f.newGateway(o)
			running(t, g)
			next := receive(t, "a second connection", began)
			if next.Op != test.next {
				t.Errorf("the second connection began with opcode %d, want %d\n%s", next.Op, test.next, f.log)
			}
			if next.Op == resume && (next.Data.SessionID != "session-1" || next.Data.Seq < 1 || next.Data.Token != "Bot "+canaryToken) {
				t.Errorf("it resumed with %s", next.Raw)
			}
			eventually(t, "connected", func() bool { return g.State().Connected })
			if !strings.Contains(f.log.String(), test.log) {
				t.Errorf("the log does not say %q:\n%s", test.log, f.log)
			}
			if s := g.State(); s.Reconnects < 1 {
				t.Errorf("reconnects: %d", s.Reconnects)
			}
		})
	}
}

// chatter sends events, but no acknowledgements.
func (p *peer) chatter() {
	for i := 2; p.request.Context().Err() == nil && i < 100; i++ {
		p.send(`{"op":0,"s":%d,"t":"TYPING_START","d":{}}`, i)
		time.Sleep(beat / 5)
	}
}

// A refusal for good ends Run with what to do about it.
func TestFinalRefusals(t *testing.T) {
	for code, advice := range map[int]string{
		4004: "DISCORD_TOKEN", 4010: "Start the bot again", 4011: "asks how many", 4012: "Update", 4013: "Update", 4014: "developer portal",
	} {
		for _, when := range []string{"before READY", "after READY"} {
			t.Run(fmt.Sprint(code, " ", when), func(t *testing.T) {
				t.Parallel()
				f := newFake(t, func(p *peer) {
					if when == "after READY" {
						p.ready(beat)
					} else {
						p.hello(beat)
						p.read()
					}
					p.close(code)
					p.stay()
				})
				err := f.gateway(Handlers{}).Run(t.Context())
				var final *FinalError
				if !errors.As(err, &final) || !strings.Contains(err.Error(), advice) || !strings.Contains(err.Error(), fmt.Sprint(code)) {
					t.Errorf("Run: %v", err)
				}
				if n := f.connections(); n != 1 {
					t.Errorf("%d connections", n)
				}
			})
		}
	}
}

func TestWrongTokenEndsBeforeConnecting(t *testing.T) {
	t.Parallel()
	f := newFake(t, good)
	f.on("GET /users/@me", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = w.Write([]byte(`{"message": "401: Unauthorized", "code": 0}`))
	})
	g := f.gateway(Handlers{})
	err := g.Run(t.Context())
	var final *FinalError
	if !errors.As(err, &final) || !strings.Contains(err.Error(), "set DISCORD_TOKEN") {
		t.Errorf("Run: %v", err)
	}
	if err := g.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "runs once") {
		t.Errorf("Run again: %v", err)
	}
	if n := f.connections(); n != 0 {
		t.Errorf("%d connections", n)
	}
}

// A Discord that is down, REST and gateway alike, is waited for: at the start,
// and later.
func TestDiscordIsDownForAWhile(t *testing.T) {
	t.Parallel()
	var up atomic.Bool
	cut := make(chan struct{}, 1)
	f := newFake(t, func(p *peer) {
		p.ready(beat)
		<-cut
	}, good)
	down := func(next http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if !up.Load() {
				w.WriteHeader(http.StatusBadGateway)
				return
			}
			next(w, r)
		}
	}
	for _, path := range []string{"GET /users/@me", "GET /gateway/bot", "GET /gateway/"} {
		f.on(path, down(func(w http.ResponseWriter, r *http.Request) { f.standard(w, r) }))
	}
	f.on("GET /elsewhere/", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	g := f.gateway(Handlers{})
	running(t, g)
	eventually(t, "it tries at the start", func() bool { return strings.Contains(f.log.String(), "reached yet") })
	up.Store(true)
	eventually(t, "connected", func() bool { return g.State().Connected })
	up.Store(false)
	cut <- struct{}{}
	eventually(t, "it tries again", func() bool { return g.State().Reconnects > 3 })
	up.Store(true)
	eventually(t, "connected again", func() bool { return g.State().Connected })
}

// standard answers as if no handler of the test's were there.
func (f *fake) standard(w http.ResponseWriter, r *http.Request) {
	name := r.Method + " " + strings.TrimPrefix(r.URL.Path, "/api/v10")
	f.mu.Lock()
	own := f.handlers[name]
	delete(f.handlers, name)
	f.mu.Unlock()
	defer f.on(name, own)
	f.serve(w, r)
}

// A session that Discord won't resume, without a word, is given up.
func TestResumesNotForEver(t *testing.T) {
	t.Parallel()
	began := make(chan int, 10)
	mute := func(p *peer) {
		p.hello(beat)
		began <- p.read().Op
	}
	f := newFake(t, func(p *peer) { p.ready(beat) }, mute, mute, mute, func(p *peer) {
		began <- p.ready(beat).Op
		p.stay()
	})
	running(t, f.gateway(Handlers{}))
	for n, want := range []int{6, 6, 6, 2} {
		if op := receive(t, "another connection", began); op != want {
			t.Errorf("connection %d began with opcode %d, want %d\n%s", n+2, op, want, f.log)
		}
	}
}

// A session is resumed where READY said, if that is the host that the API named.
func TestResumesWhereToldTo(t *testing.T) {
	t.Parallel()
	asked := make(chan string, 10)
	f := newFake(t, func(p *peer) { p.ready(beat) }, func(p *peer) {
		asked <- p.request.URL.String()
		good(p)
	})
	running(t, f.gateway(Handlers{}))
	if url := receive(t, "a second connection", asked); url != "/elsewhere/?encoding=json&v=10" {
		t.Errorf("resumed at %s", url)
	}
}

func TestMayResumeAt(t *testing.T) {
	t.Parallel()
	const proxy = "http://127.0.0.1:9/api/v10"
	for _, test := range []struct {
		resume, gateway, api string
		want                 bool
	}{
		{"wss://gateway-us-east1-b.discord.gg", "wss://gateway.discord.gg/", DefaultAPIURL, true},
		{"wss://gateway-us-east1-b.discord.gg", "ws://127.0.0.1:9/", proxy, false},
		{"ws://127.0.0.1:9/resume", "ws://127.0.0.1:9/", proxy, true},
		{"https://discord.com", "wss://gateway.discord.gg/", DefaultAPIURL, false},
		{"", "wss://gateway.discord.gg/", DefaultAPIURL, false},
	} {
		if got := mayResumeAt(test.resume, test.gateway, test.api); got != test.want {
			t.Errorf("mayResumeAt(%q, %q, %q) = %v", test.resume, test.gateway, test.api, got)
		}
	}
}
