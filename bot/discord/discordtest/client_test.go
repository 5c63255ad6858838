// Plain clients, which do what no library would, and a test that can fail without
// failing.

package discordtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"onrecord/bot/discord/discordtest"
)

// answer is what REST said.
type answer struct {
	status int
	code   int
	header http.Header
	body   string
	id     string
}

// rest makes one request without any library's care.
func rest(t *testing.T, d *discordtest.Discord, method, path, body string) answer {
	t.Helper()
	return restAs(t, d, method, path, body, http.Header{
		"Authorization": {"Bot " + d.Token()}, "User-Agent": {"DiscordBot (https://example.org, 1)"},
		"Content-Type": {"application/json"},
	})
}

func restAs(t *testing.T, d *discordtest.Discord, method, path, body string, header http.Header) answer {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, d.URL()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = header
	transport := &http.Transport{DisableKeepAlives: true}
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		return answer{body: err.Error()}
	}
	defer func() { _ = response.Body.Close() }()
	data, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var said struct {
		Code int    `json:"code"`
		ID   string `json:"id"`
	}
	_ = json.Unmarshal(data, &said) // lists have neither
	return answer{response.StatusCode, said.Code, response.Header, string(data), said.ID}
}

// respond sends a callback.
func respond(t *testing.T, d *discordtest.Discord, i *discordtest.Interaction, body string) answer {
	t.Helper()
	return rest(t, d, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback", body)
}

// hook is the path of an interaction's messages.
func hook(d *discordtest.Discord, i *discordtest.Interaction) string {
	return "/webhooks/" + d.AppID() + "/" + i.Token
}

// socket is a gateway connection that is read in the background.
type socket struct {
	t  *testing.T
	ws *websocket.Conn
}

// packet is a message of the gateway's.
type packet struct {
	Op   int             `json:"op"`
	Seq  int             `json:"s"`
	Type string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

func dial(t *testing.T, d *discordtest.Discord, query string) *socket {
	t.Helper()
	address := strings.Replace(d.URL(), "http://", "ws://", 1)
	address = strings.TrimSuffix(address, "/api/v10") + "/gateway/?" + query
	ws, response, err := websocket.DefaultDialer.DialContext(t.Context(), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	t.Cleanup(func() { _ = ws.Close() })
	return &socket{t, ws}
}

func (s *socket) send(message string, args ...any) {
	s.t.Helper()
	if err := s.ws.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, message, args...)); err != nil {
		s.t.Error(err)
	}
}

// identify sends IDENTIFY with these intents.
func (s *socket) identify(token string, intents int) {
	s.send(`{"op":2,"d":{"token":%q,"properties":{},"intents":%d}}`, token, intents)
}

// next waits for a message with the opcode and, for events, the type.
func (s *socket) next(op int, event string) packet {
	s.t.Helper()
	_ = s.ws.SetReadDeadline(time.Now().Add(patience))
	for {
		var p packet
		if err := s.ws.ReadJSON(&p); err != nil {
			s.t.Errorf("waiting for opcode %d %s: %v", op, event, err)
			return packet{}
		}
		if p.Op == op && p.Type == event {
			return p
		}
	}
}

// closed waits for the end of the connection and says with which code it ended, 0
// if there was none.
func (s *socket) closed() int {
	s.t.Helper()
	_ = s.ws.SetReadDeadline(time.Now().Add(patience))
	for {
		_, _, err := s.ws.ReadMessage()
		var code *websocket.CloseError
		switch {
		case errors.As(err, &code) && code.Code != websocket.CloseAbnormalClosure:
			return code.Code
		case err != nil:
			return 0
		}
	}
}

// silent reports whether nothing comes for a while.
func (s *socket) silent(a time.Duration) bool {
	_ = s.ws.SetReadDeadline(time.Now().Add(a))
	_, _, err := s.ws.ReadMessage()
	return err != nil
}

// ready is a connection that has a session.
func ready(t *testing.T, d *discordtest.Discord, intents int) (*socket, string) {
	t.Helper()
	s := dial(t, d, "v=10&encoding=json")
	s.next(10, "")
	s.identify(d.Token(), intents)
	var who struct {
		SessionID string `json:"session_id"`
	}
	if err := json.Unmarshal(s.next(0, "READY").Data, &who); err != nil {
		t.Error(err)
	}
	return s, who.SessionID
}

// recorder is a test whose failures are kept, not failed.
type recorder struct {
	testing.TB
	mu       sync.Mutex
	failures []string
	cleanups []func()
}

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

// end runs the cleanups and returns the failures.
func (r *recorder) end() []string {
	for _, f := range slices.Backward(r.cleanups) {
		f()
	}
	return r.failures
}

// long is a text of n characters.
func long(n int) string { return string(bytes.Repeat([]byte("ß"), n)) }
