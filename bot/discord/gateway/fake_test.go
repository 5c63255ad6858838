package gateway

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// This file holds a Discord that misbehaves on demand: each connection to its
// gateway is played by a script of the test's.

// fake is a REST API and a gateway on loopback.
type fake struct {
	t      *testing.T
	server *httptest.Server
	log    *logBuffer

	shards, concurrency int
	remaining           func() (left int, resetAfter time.Duration)

	mu       sync.Mutex
	scripts  []func(*peer) // by connection; the last one plays all further ones
	peers    int
	handlers map[string]http.HandlerFunc // by "METHOD /path", before the defaults
	seen     []string                    // requests
}

func newFake(t *testing.T, scripts ...func(*peer)) *fake {
	f := &fake{t: t, scripts: scripts, log: &logBuffer{}, shards: 1, concurrency: 1, handlers: map[string]http.HandlerFunc{}}
	f.remaining = func() (int, time.Duration) { return 1000, 0 }
	f.server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(f.server.Close)
	return f
}

// options are for a gateway that is quick about everything.
func (f *fake) options(h Handlers) Options {
	return Options{
		Settings: Settings{Token: canaryToken, APIURL: f.server.URL + "/api/v10", AppID: "77"},
		Handlers: h, Log: slog.New(slog.NewTextHandler(f.log, &slog.HandlerOptions{Level: slog.LevelDebug})), Seed: 1,
		HandshakeTimeout: 3 * time.Second, IdentifySpacing: time.Millisecond,
		BackoffBase: time.Millisecond, BackoffCap: 50 * time.Millisecond, StableAfter: time.Hour,
		DrainTimeout: 5 * time.Second, RetryBase: time.Millisecond, RequestsASecond: 10_000,
	}
}

func (f *fake) gateway(h Handlers) *Gateway {
	f.t.Helper()
	return f.newGateway(f.options(h))
}

func (f *fake) newGateway(o Options) *Gateway {
	f.t.Helper()
	g, err := New(o)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(g.client.http.CloseIdleConnections)
	return g
}

// on answers a request in the test's way.
func (f *fake) on(request string, h http.HandlerFunc) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.handlers[request] = h
}

func (f *fake) requests() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.seen...)
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	name := r.Method + " " + strings.TrimPrefix(r.URL.Path, "/api/v10")
	f.mu.Lock()
	f.seen = append(f.seen, name)
	own := f.handlers[name]
	if all := f.handlers["*"]; all != nil {
		own = all
	}
	f.mu.Unlock()
	switch {
	case own != nil:
		own(w, r)
	case r.URL.Path == "/gateway/" || r.URL.Path == "/elsewhere/":
		f.play(w, r)
	case strings.HasPrefix(name, "GET /users/@me"):
		_, _ = io.WriteString(w, `{"id":"77","username":"On Record","bot":true}`)
	case name == "GET /gateway/bot":
		left, reset := f.remaining()
		_, _ = fmt.Fprintf(w, `{"url":%q,"shards":%d,"session_start_limit":{"total":1000,"remaining":%d,"reset_after":%d,"max_concurrency":%d}}`,
			f.wsURL("/gateway/"), f.shards, left, reset.Milliseconds(), f.concurrency)
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (f *fake) wsURL(path string) string {
	return "ws" + strings.TrimPrefix(f.server.URL, "http") + path
}

func (f *fake) play(w http.ResponseWriter, r *http.Request) {
	conn, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
	if err != nil {
		f.t.Errorf("upgrading: %v", err)
		return
	}
	defer conn.Close()
	f.mu.Lock()
	script := f.scripts[min(f.peers, len(f.scripts)-1)]
	f.peers++
	n := f.peers
	f.mu.Unlock()
	script(&peer{f: f, conn: conn, request: r, n: n, acks: true})
}

func (f *fake) connections() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.peers
}

// peer is Discord's side of one connection. Its script runs in one goroutine.
type peer struct {
	f       *fake
	conn    *websocket.Conn
	request *http.Request
	n       int  // which connection this is, from 1
	acks    bool // whether serve acknowledges heartbeats
	write   sync.Mutex
}

func (p *peer) send(format string, args ...any) {
	p.write.Lock()
	defer p.write.Unlock()
	_ = p.conn.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, format, args...))
}

func (p *peer) hello(interval time.Duration) {
	p.send(`{"op":10,"d":{"heartbeat_interval":%d}}`, interval.Milliseconds())
}

// received is a message of the bot's.
type received struct {
	Op   int `json:"op"`
	Data struct {
		Token     string `json:"token"`
		Intents   int    `json:"intents"`
		Shard     []int  `json:"shard"`
		SessionID string `json:"session_id"`
		Seq       int    `json:"seq"`
	}
	Raw json.RawMessage `json:"d"`
}

// read returns the bot's next message; Op is -1 when the connection ended.
func (p *peer) read() received {
	var m received
	_, raw, err := p.conn.ReadMessage()
	if err != nil {
		return received{Op: -1}
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		p.f.t.Errorf("the bot sent %q: %v", raw, err)
	}
	_ = json.Unmarshal(m.Raw, &m.Data)
	return m
}

// ready plays the handshake up to READY or RESUMED and returns what the bot
// began with.
func (p *peer) ready(interval time.Duration) received {
	p.hello(interval)
	m := p.read()
	switch m.Op {
	case 2:
		p.send(`{"op":0,"s":1,"t":"READY","d":{"v":10,"session_id":"session-%d","resume_gateway_url":%q,"user":{"id":"77","username":"On Record"},"guilds":[{"id":"5","unavailable":true}]}}`,
			p.n, p.f.wsURL("/elsewhere/"))
	case 6:
		p.send(`{"op":0,"s":%d,"t":"RESUMED","d":{}}`, m.Data.Seq+1)
	case -1: // the bot went away
	default:
		p.f.t.Errorf("connection %d began with opcode %d", p.n, m.Op)
	}
	return m
}

// stay acknowledges heartbeats until the connection ends.
func (p *peer) stay() {
	for {
		switch m := p.read(); {
		case m.Op == -1:
			return
		case m.Op == 1 && p.acks:
			p.send(`{"op":11}`)
		}
	}
}

// close ends the connection with a close code.
func (p *peer) close(code int) {
	p.write.Lock()
	defer p.write.Unlock()
	_ = p.conn.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, "fake"), time.Now().Add(time.Second))
}

// good is a connection without a fault.
func good(p *peer) {
	p.ready(beat)
	p.stay()
}

// beat is the interval between heartbeats in tests: short, and long enough for a
// busy machine.
const beat = time.Second
