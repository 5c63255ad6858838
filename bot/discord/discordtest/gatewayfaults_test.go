// The faults of the gateway as a client meets them.

package discordtest_test

import (
	"strings"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
)

// brief is how long a test listens for what must not come.
const brief = 50 * time.Millisecond

// TestGatewayFaults meets every way in which the gateway fails.
func TestGatewayFaults(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]func(*testing.T, *discordtest.Discord){
		"no HELLO":                   noHello,
		"opcode 7 in place of READY": reconnectNotReady,
		"refused":                    refused,
		"token reset":                tokenReset,
		"silent":                     silentGateway,
		"reconnect":                  reconnect,
		"invalid session":            invalidSession,
		"closed":                     closedByCode,
		"down":                       down,
		"malformed":                  malformed,
		"twice":                      twice,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, discordtest.New(t, discordtest.Options{}))
		})
	}
}

func noHello(t *testing.T, d *discordtest.Discord) {
	d.Fault(func(f *discordtest.Faults) { f.NoHello = true })
	if !dial(t, d, "v=10&encoding=json").silent(brief) {
		t.Error("something came")
	}
}

func reconnectNotReady(t *testing.T, d *discordtest.Discord) {
	d.Fault(func(f *discordtest.Faults) { f.ReconnectNotReady = true })
	s := dial(t, d, "v=10&encoding=json")
	s.identify(d.Token(), 0)
	s.next(7, "")
}

func refused(t *testing.T, d *discordtest.Discord) {
	d.Fault(func(f *discordtest.Faults) { f.RefuseIdentify = discordtest.CloseDisallowedIntents })
	s := dial(t, d, "v=10&encoding=json")
	s.identify(d.Token(), 0)
	if code := s.closed(); code != discordtest.CloseDisallowedIntents {
		t.Errorf("closed with %d", code)
	}
}

func tokenReset(t *testing.T, d *discordtest.Discord) {
	d.Fault(func(f *discordtest.Faults) { f.Unauthorized = true })
	s := dial(t, d, "v=10&encoding=json")
	s.identify(d.Token(), 0)
	if code := s.closed(); code != discordtest.CloseAuthenticationFailed {
		t.Errorf("closed with %d", code)
	}
	if got := rest(t, d, "GET", "/users/@me", ""); got.status != 401 {
		t.Errorf("REST answers %d", got.status)
	}
}

func silentGateway(t *testing.T, d *discordtest.Discord) {
	s, _ := ready(t, d, 1)
	s.next(0, "GUILD_CREATE")
	d.Fault(func(f *discordtest.Faults) { f.Silent = true })
	s.send(`{"op":1,"d":null}`)
	d.Ask(d.User, d.Channel, "ask")
	if !s.silent(brief) {
		t.Error("something came")
	}
}

func reconnect(t *testing.T, d *discordtest.Discord) {
	s, _ := ready(t, d, 0)
	d.Reconnect()
	s.next(7, "")
}

func invalidSession(t *testing.T, d *discordtest.Discord) {
	s, id := ready(t, d, 0)
	d.InvalidateSession(true)
	if p := s.next(9, ""); string(p.Data) != "true" {
		t.Errorf("opcode 9 says %s", p.Data)
	}
	s.send(`{"op":6,"d":{"token":%q,"session_id":%q,"seq":1}}`, d.Token(), id)
	s.next(0, "RESUMED")
}

func closedByCode(t *testing.T, d *discordtest.Discord) {
	s, _ := ready(t, d, 0)
	d.CloseGateway(discordtest.CloseUnknownError)
	if code := s.closed(); code != discordtest.CloseUnknownError {
		t.Errorf("closed with %d", code)
	}
}

func down(t *testing.T, d *discordtest.Discord) {
	s, _ := ready(t, d, 0)
	d.Down()
	if code := s.closed(); code != 0 {
		t.Errorf("closed with %d", code)
	}
	if got := rest(t, d, "GET", "/users/@me", ""); !strings.Contains(got.body, "refused") {
		t.Errorf("while it is down: %d %s", got.status, got.body)
	}
	d.Up()
	if got := rest(t, d, "GET", "/users/@me", ""); got.status != 200 {
		t.Errorf("when it is up again: %d %s", got.status, got.body)
	}
}

func malformed(t *testing.T, d *discordtest.Discord) {
	s, _ := ready(t, d, 0)
	d.Raw("MESSAGE_CREATE", "null")
	if p := s.next(0, "MESSAGE_CREATE"); string(p.Data) != "null" {
		t.Errorf("the event's body is %s", p.Data)
	}
	d.Raw("MESSAGE_CREATE", `{"id":`)
	d.RawFrame([]byte("no JSON"))
	for _, want := range []string{`{"op":0,"s":3,"t":"MESSAGE_CREATE","d":{"id":}`, "no JSON"} {
		if _, frame, err := s.ws.ReadMessage(); err != nil || string(frame) != want {
			t.Errorf("got %q and %v, want %q", frame, err, want)
		}
	}
}

func twice(t *testing.T, d *discordtest.Discord) {
	s, _ := ready(t, d, 0)
	d.Repeat(d.Ask(d.User, d.Channel, "ask"))
	first, second := s.next(0, "INTERACTION_CREATE"), s.next(0, "INTERACTION_CREATE")
	if string(first.Data) != string(second.Data) || first.Seq == second.Seq {
		t.Errorf("%d %s and %d %s", first.Seq, first.Data, second.Seq, second.Data)
	}
}
