package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file tells how calls fare when Discord is slow, refuses, or is gone.

const (
	callback = "POST /interactions/1/" + canaryRandom + "/callback"
	original = "PATCH /webhooks/77/" + canaryRandom + "/messages/@original"
	send     = "POST /channels/9/messages"
	thread   = "POST /channels/9/messages/8/threads" // not safe to repeat
)

func asked() *discordgo.Interaction {
	return &discordgo.Interaction{ID: "1", AppID: "77", Token: canaryRandom, Type: discordgo.InteractionApplicationCommand}
}

func content(text string) *Edit {
	return &Edit{WebhookEdit: discordgo.WebhookEdit{Content: &text}}
}

// calls are one of each kind, by the request that they make.
var calls = map[string]func(context.Context, *Client) error{
	callback: func(ctx context.Context, c *Client) error { return c.Defer(ctx, asked(), false) },
	original: func(ctx context.Context, c *Client) error {
		_, err := c.Edit(ctx, asked(), content("It stands in paragraph 3."))
		return err
	},
	send: func(ctx context.Context, c *Client) error {
		_, err := c.Send(ctx, "9", "", &discordgo.MessageSend{Content: "It stands in paragraph 3."})
		return err
	},
	"PATCH /channels/9/messages/8": func(ctx context.Context, c *Client) error {
		m := discordgo.NewMessageEdit("9", "8")
		_, err := c.EditMessage(ctx, m.SetContent("It stands in paragraph 5."))
		return err
	},
	"POST /users/@me/channels": func(ctx context.Context, c *Client) error {
		_, err := c.DirectChannel(ctx, "3")
		return err
	},
	"POST /channels/9/typing": func(ctx context.Context, c *Client) error { return c.Typing(ctx, "9") },
	"GET /users/@me": func(ctx context.Context, c *Client) error {
		_, err := c.Me(ctx)
		return err
	},
	thread: func(ctx context.Context, c *Client) error {
		return c.Call(ctx, http.MethodPost, "/channels/9/messages/8/threads", map[string]string{"name": "Sources"}, nil)
	},
}

// drop ends the connection after the request was received.
func drop(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func status(code int, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

// inTurn answers requests one by one, and further ones like the last.
func inTurn(n *atomic.Int64, handlers ...http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		handlers[min(int(n.Add(1)), len(handlers))-1](w, r)
	}
}

func TestRepeats(t *testing.T) {
	t.Parallel()
	ok := status(200, `{"id":"10"}`)
	acknowledged := status(400, `{"code":40060,"message":"Interaction has already been acknowledged."}`)
	limited := status(429, `{"message":"You are being rate limited.","retry_after":0.01,"global":false}`, "Retry-After", "0.01")
	html := status(429, `<html>slow down</html>`, "Retry-After", "0.01")
	tests := []struct {
		name     string
		call     string
		first    http.HandlerFunc
		then     http.HandlerFunc
		requests int64
		code     int // HTTP status of the error; 0: none; -1: no answer
	}{
		{"429 on a callback", callback, limited, ok, 2, 0},
		{"429 on an edit", original, limited, ok, 2, 0},
		{"429 on a thread", thread, limited, ok, 2, 0},
		{"429 on a message", send, limited, ok, 2, 0},
		{"429 that is not JSON", send, html, ok, 2, 0},
		{"429 for ever", "GET /users/@me", limited, limited, 5, 429},
		{"502 on a callback", callback, status(502, ""), ok, 2, 0},
		{"502 on an edit", original, status(502, ""), ok, 2, 0},
		{"503 on a message", send, status(503, ""), ok, 2, 0},
		{"500 on a message's change", "PATCH /channels/9/messages/8", status(500, ""), ok, 2, 0},
		{"500 for ever", "GET /users/@me", status(500, ""), status(500, ""), 5, 500},
		{"502 on a direct channel", "POST /users/@me/channels", status(502, ""), ok, 2, 0},
		{"502 on a thread, which might come twice", thread, status(502, ""), ok, 1, 502},
		{"no answer to a callback that did arrive", callback, drop, acknowledged, 2, 0},
		{"502 to a callback that did arrive", callback, status(502, ""), acknowledged, 2, 0},
		{"a callback after another's", callback, acknowledged, ok, 1, 400},
		{"no answer to a message", send, drop, ok, 2, 0},
		{"no answer to an edit", original, drop, ok, 2, 0},
		{"no answer to a thread", thread, drop, ok, 1, -1},
		{"502 on typing", "POST /channels/9/typing", status(502, ""), status(204, ""), 2, 0},
		{"400", send, status(400, `{"code":50035,"message":"Invalid Form Body"}`), ok, 1, 400},
		{"403", send, status(403, `{"code":50013,"message":"Missing Permissions"}`), ok, 1, 403},
		{"404", original, status(404, `{"code":10015,"message":"Unknown Webhook"}`), ok, 1, 404},
		{"a redirection", "GET /users/@me", status(302, "", "Location", "http://127.0.0.1:1/"), ok, 1, 302},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			var n atomic.Int64
			f.on(test.call, inTurn(&n, test.first, test.then))
			err := calls[test.call](t.Context(), f.gateway(Handlers{}).Client())
			var api *APIError
			var transport *TransportError
			switch {
			case test.code == 0 && err != nil,
				test.code > 0 && (!errors.As(err, &api) || api.Status != test.code),
				test.code < 0 && !errors.As(err, &transport):
				t.Errorf("error %v, want status %d", err, test.code)
			}
			if n.Load() != test.requests {
				t.Errorf("%d requests, want %d", n.Load(), test.requests)
			}
		})
	}
}

// What never left may be sent again, whatever it is.
func TestRepeatsWhatNeverLeft(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	o := f.options(Handlers{})
	o.APIURL = "http://127.0.0.1:1/api/v10" // nobody listens there
	o.Tries = 3
	g := f.newGateway(o)
	if err := calls[thread](t.Context(), g.Client()); err == nil || g.State().Retries != 2 {
		t.Errorf("%d retries: %v", g.State().Retries, err)
	}
}

// A repetition of a message is the same message, nonce included.
func TestRepeatedMessageHasItsNonce(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	bodies := make(chan string, 10)
	var n atomic.Int64
	record := func(next http.HandlerFunc) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			bodies <- string(body)
			next(w, r)
		}
	}
	f.on(send, record(inTurn(&n, drop, status(500, ""), status(200, `{"id":"10"}`))))
	if _, err := f.gateway(Handlers{}).Client().Send(t.Context(), "9", "", &discordgo.MessageSend{Content: "Yes."}); err != nil {
		t.Fatal(err)
	}
	first := <-bodies
	var sent struct {
		Nonce   string `json:"nonce"`
		Enforce bool   `json:"enforce_nonce"`
	}
	if err := json.Unmarshal([]byte(first), &sent); err != nil || len(sent.Nonce) != nonceLength || !sent.Enforce {
		t.Errorf("sent %s", first)
	}
	if second, third := <-bodies, <-bodies; second != first || third != first {
		t.Errorf("sent\n%s\n%s\n%s", first, second, third)
	}
}

// Whoever has no time to wait is told at once.
func TestWaitingObeysTheContext(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.on(send, status(429, `{"retry_after":3600}`, "Retry-After", "3600"))
	f.on("GET /users/@me", status(200, `{"id":"77"}`, "X-RateLimit-Remaining", "0", "X-RateLimit-Reset-After", "3600"))
	c := f.gateway(Handlers{}).Client()

	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var api *APIError
	err := calls[send](ctx, c)
	if !errors.As(err, &api) || api.RetryAfter != time.Hour {
		t.Errorf("a 429 longer than the deadline: %v", err)
	}
	later := func(call string) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		if err := calls[call](ctx, c); err == nil {
			t.Errorf("%s succeeded", call)
		}
	}
	waiting, stop := context.WithCancel(t.Context())
	f.on("POST /channels/10/messages", func(w http.ResponseWriter, r *http.Request) {
		time.AfterFunc(20*time.Millisecond, stop) // when the bot waits for an hour to pass
		status(429, "", "Retry-After", "3600")(w, r)
	})
	if _, err := c.Send(waiting, "10", "", &discordgo.MessageSend{Content: "Yes."}); err == nil {
		t.Error("sent")
	}
	if err := calls["GET /users/@me"](ctx, c); err != nil {
		t.Fatal(err)
	}
	later("GET /users/@me")
	if n := len(f.requests()); n != 3 {
		t.Errorf("%d requests reached Discord, want 3: a known limit is not tried", n)
	}
}

// A global limit keeps back all but interactions.
func TestGlobalLimit(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.on(send, status(429, `{"retry_after":3600,"global":true}`, "X-RateLimit-Global", "true"))
	f.on(callback, status(204, ""))
	c := f.gateway(Handlers{}).Client()
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if err := calls[send](ctx, c); err == nil {
		t.Error("sent")
	}
	if err := calls[callback](t.Context(), c); err != nil {
		t.Errorf("answering an interaction: %v", err)
	}
	short, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := calls["GET /users/@me"](short, c); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("another route: %v", err)
	}
}

// The answer to one question never waits for the answer to another.
func TestInteractionsDontQueue(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	const questions = 20
	var all sync.WaitGroup
	all.Add(questions)
	for i := range questions {
		f.on(fmt.Sprintf("PATCH /webhooks/77/token-number-%d/messages/@original", i), func(w http.ResponseWriter, _ *http.Request) {
			all.Done()
			all.Wait() // each is answered only when all are there
			_, _ = io.WriteString(w, `{"id":"10"}`)
		})
	}
	c := f.gateway(Handlers{}).Client()
	var done sync.WaitGroup
	for i := range questions {
		done.Go(func() {
			i := &discordgo.Interaction{ID: fmt.Sprint(i), AppID: "77", Token: fmt.Sprintf("token-number-%d", i)}
			if _, err := c.Edit(t.Context(), i, content("Yes.")); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
}

// Long before 10,000 refusals in ten minutes nothing is sent any more.
func TestRefusalsStopRequests(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.on(send, status(403, `{"code":50013,"message":"Missing Permissions"}`))
	f.on("GET /users/@me", status(429, `{"retry_after":0.001}`, "X-RateLimit-Scope", "shared"))
	o := f.options(Handlers{})
	o.InvalidLimit = 3
	g := f.newGateway(o)
	if err := calls["GET /users/@me"](t.Context(), g.Client()); err == nil || g.State().Invalid != 0 {
		t.Errorf("what others used up counts against the bot: %d, %v", g.State().Invalid, err)
	}
	before := len(f.requests())
	for i := range 6 {
		err := calls[send](t.Context(), g.Client())
		if got, want := errors.Is(err, ErrBackedOff), i >= 3; got != want {
			t.Errorf("call %d: %v", i, err)
		}
	}
	if n := len(f.requests()) - before; n != 3 {
		t.Errorf("%d requests", n)
	}
	if s := g.State(); s.Invalid != 3 || s.Errors != 7 || s.RateLimited != 5 {
		t.Errorf("%+v", s)
	}
}

func TestInvalidWindow(t *testing.T) {
	t.Parallel()
	var v invalid
	start := time.Date(2031, 4, 2, 10, 0, 30, 0, time.UTC)
	for minute := range 30 {
		v.add(start.Add(time.Duration(minute) * time.Minute))
	}
	for after, want := range map[time.Duration]int{0: 10, 4 * time.Minute: 6, 9 * time.Minute: 1, 10 * time.Minute: 0, 24 * time.Hour: 0} {
		if got := v.count(start.Add(29*time.Minute + after)); got != want {
			t.Errorf("%v later: %d, want %d", after, got, want)
		}
	}
}

func TestFiles(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	var got string
	f.on(send, func(w http.ResponseWriter, r *http.Request) {
		file, _, err := r.FormFile("files[0]")
		if err != nil {
			t.Error(err)
			return
		}
		text, _ := io.ReadAll(file)
		got = string(text) + r.FormValue("payload_json")
		_, _ = io.WriteString(w, `{"id":"10"}`)
	})
	_, err := f.gateway(Handlers{}).Client().Send(t.Context(), "9", "n", &discordgo.MessageSend{
		Content: "All of them.",
		Files:   []*discordgo.File{{Name: "quotes.txt", ContentType: "text/plain", Reader: bytes.NewReader([]byte("“Quite so”"))}},
	})
	if err != nil || !strings.HasPrefix(got, "“Quite so”{") || !strings.Contains(got, `"allowed_mentions":{"parse":[]}`) {
		t.Errorf("%v: %s", err, got)
	}
}

func TestCallRefusesMessages(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	c := f.gateway(Handlers{}).Client()
	for _, path := range []string{"/channels/9/messages", "/channels/9/messages/8", "/webhooks/77/x?wait=true", "/interactions/1/x/callback", "channels"} {
		if err := c.Call(t.Context(), http.MethodPost, path, map[string]string{"content": "@everyone"}, nil); err == nil {
			t.Errorf("called %s", path)
		}
	}
	if n := len(f.requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
}

func TestApplicationID(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	f.on("GET /applications/@me", status(200, `{"id":"4711"}`))
	o := f.options(Handlers{})
	o.AppID = ""
	c := f.newGateway(o).Client()
	for range 2 {
		if id, err := c.ApplicationID(t.Context()); id != "4711" || err != nil {
			t.Errorf("%q, %v", id, err)
		}
	}
	if n := len(f.requests()); n != 1 {
		t.Errorf("asked %d times", n)
	}
}
