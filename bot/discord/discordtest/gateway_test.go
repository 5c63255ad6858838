// The gateway's rules broken by a plain client; what it shows to whom.

package discordtest_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
)

// guildsAndMessages are the intents for guilds, their messages and direct ones.
const guildsAndMessages = 1<<0 | 1<<9 | 1<<12

// gatewayBreach is a connection that ends with a code; rule is "" where nothing
// forbids what it does.
type gatewayBreach struct {
	rule    discordtest.Rule
	options discordtest.Options
	query   string
	do      func(*socket, *discordtest.Discord)
	code    int
}

func gatewayBreaches() map[string]gatewayBreach {
	return map[string]gatewayBreach{
		"wrong token": {"", discordtest.Options{}, "", func(s *socket, _ *discordtest.Discord) { s.identify("wrong", 0) }, 4004},
		"no JSON":     {discordtest.RulePayload, discordtest.Options{}, "", func(s *socket, _ *discordtest.Discord) { s.send("hello") }, 4002},
		"too long": {discordtest.RulePayload, discordtest.Options{}, "", func(s *socket, _ *discordtest.Discord) {
			s.send(`{"op":1,"d":null,"x":%q}`, strings.Repeat("x", 4096))
		}, 4002},
		"no intents": {discordtest.RulePayload, discordtest.Options{}, "", func(s *socket, d *discordtest.Discord) {
			s.send(`{"op":2,"d":{"token":%q,"properties":{}}}`, d.Token())
		}, 4002},
		"unknown opcode": {discordtest.RulePayload, discordtest.Options{}, "", func(s *socket, _ *discordtest.Discord) { s.send(`{"op":99,"d":null}`) }, 4001},
		"odd heartbeat":  {discordtest.RulePayload, discordtest.Options{}, "", func(s *socket, _ *discordtest.Discord) { s.send(`{"op":1,"d":"x"}`) }, 4002},
		"presence first": {discordtest.RuleNotIdentified, discordtest.Options{}, "", func(s *socket, _ *discordtest.Discord) { s.send(`{"op":3,"d":{}}`) }, 4003},
		"twice": {discordtest.RuleIdentifiedTwice, discordtest.Options{}, "", func(s *socket, d *discordtest.Discord) {
			s.identify(d.Token(), 0)
			s.identify(d.Token(), 0)
		}, 4005},
		"privileged intent": {discordtest.RuleIntents, discordtest.Options{}, "", func(s *socket, d *discordtest.Discord) { s.identify(d.Token(), discordtest.IntentMessageContent) }, 4014},
		"unknown intent":    {discordtest.RuleIntents, discordtest.Options{}, "", func(s *socket, d *discordtest.Discord) { s.identify(d.Token(), 1<<30) }, 4013},
		"shard": {discordtest.RuleShard, discordtest.Options{}, "", func(s *socket, d *discordtest.Discord) {
			s.send(`{"op":2,"d":{"token":%q,"properties":{},"intents":0,"shard":[2,2]}}`, d.Token())
		}, 4010},
		"old version":  {discordtest.RuleVersion, discordtest.Options{}, "v=6&encoding=json", func(*socket, *discordtest.Discord) {}, 4012},
		"no heartbeat": {discordtest.RuleHeartbeat, discordtest.Options{Heartbeat: 10 * time.Millisecond}, "", func(*socket, *discordtest.Discord) {}, 4009},
		"too many sends": {discordtest.RuleSends, discordtest.Options{}, "", func(s *socket, _ *discordtest.Discord) {
			for range 121 {
				s.send(`{"op":1,"d":null}`)
			}
		}, 4008},
	}
}

// TestGatewayRules closes connections that break a rule with the code for it.
func TestGatewayRules(t *testing.T) {
	t.Parallel()
	for name, test := range gatewayBreaches() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, test.options)
			if test.rule != "" {
				d.Expect(test.rule)
			}
			query := test.query
			if query == "" {
				query = "v=10&encoding=json"
			}
			s := dial(t, d, query)
			test.do(s, d)
			if code := s.closed(); code != test.code {
				t.Errorf("closed with %d, want %d", code, test.code)
			}
		})
	}
}

// TestIdentifyLimits refuses IDENTIFYs that come too fast, or when none is left.
func TestIdentifyLimits(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		rule    discordtest.Rule
		options discordtest.Options
		first   bool
	}{
		{discordtest.RuleIdentify, discordtest.Options{}, true},
		{discordtest.RuleSessionStart, discordtest.Options{Identifies: -1}, false},
	} {
		d := discordtest.New(t, test.options)
		d.Expect(test.rule)
		if test.first {
			ready(t, d, 0)
		}
		s := dial(t, d, "v=10&encoding=json")
		s.identify(d.Token(), 0)
		if p := s.next(9, ""); string(p.Data) != "false" {
			t.Errorf("opcode 9 says %s", p.Data)
		}
	}
}

// TestResume loses no event and repeats none.
func TestResume(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	s, id := ready(t, d, guildsAndMessages)
	last := s.next(0, "GUILD_CREATE").Seq
	d.Drop()
	s.closed()
	d.WaitGone(patience)
	d.Say(d.User, d.DM(d.User), "while you were away")
	i := d.Ask(d.User, d.Channel, "ask")

	s = dial(t, d, "v=10&encoding=json")
	s.send(`{"op":6,"d":{"token":%q,"session_id":%q,"seq":%d}}`, d.Token(), id, last)
	if p := s.next(0, "MESSAGE_CREATE"); p.Seq != last+1 || !strings.Contains(string(p.Data), "while you were away") {
		t.Errorf("the first event missed is %d: %s", p.Seq, p.Data)
	}
	if p := s.next(0, "INTERACTION_CREATE"); !strings.Contains(string(p.Data), i.Token) {
		t.Errorf("the second event missed is %s", p.Data)
	}
	if p := s.next(0, "RESUMED"); p.Seq != last+3 {
		t.Errorf("RESUMED has the number %d after %d", p.Seq, last)
	}
	d.WaitResumes(1, patience)
}

// TestNoResume refuses what can't be resumed.
func TestNoResume(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{IdentifyWindow: time.Nanosecond})
	d.Expect(discordtest.RuleSequence)
	again := func(id string, seq int) *socket {
		s := dial(t, d, "v=10&encoding=json")
		s.send(`{"op":6,"d":{"token":%q,"session_id":%q,"seq":%d}}`, d.Token(), id, seq)
		return s
	}
	_, id := ready(t, d, 0)
	if code := again(id, 99).closed(); code != discordtest.CloseInvalidSequence {
		t.Errorf("a sequence number of the future closes with %d", code)
	}
	if p := again("nobody's", 0).next(9, ""); string(p.Data) != "false" {
		t.Errorf("an unknown session gets opcode 9 with %s", p.Data)
	}
	d.ForgetSessions()
	again(id, 1).next(9, "")
	_, id = ready(t, d, 0)
	d.InvalidateSession(false)
	again(id, 1).next(9, "")
}

// TestContent shows message content only where the intent is not needed.
func TestContent(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	s, _ := ready(t, d, guildsAndMessages)
	own := rest(t, d, "POST", "/channels/"+d.Channel.ID+"/messages", `{"content":"said Wexmoor",`+safe+`}`)
	mine := d.Message(own.id)
	for _, test := range []struct {
		what    string
		channel *discordtest.Channel
		how     []discordtest.Utterance
		seen    bool
	}{
		{"in a guild", d.Channel, nil, false},
		{"in direct messages", d.DM(d.User), nil, true},
		{"with a mention", d.Channel, []discordtest.Utterance{discordtest.MentionBot()}, true},
		{"in a reply", d.Channel, []discordtest.Utterance{discordtest.ReplyTo(mine)}, true},
		{"in a silent reply", d.Channel, []discordtest.Utterance{discordtest.ReplySilently(mine)}, false},
	} {
		said := d.Say(d.User, test.channel, "words", test.how...)
		var m discordtest.Message
		for m.ID != said.ID {
			if err := json.Unmarshal(s.next(0, "MESSAGE_CREATE").Data, &m); err != nil {
				t.Fatal(err)
			}
		}
		if seen := strings.HasSuffix(m.Content, "words"); seen != test.seen {
			t.Errorf("%s the content is %q", test.what, m.Content)
		}
	}
	i := d.MessageCommand(d.User, "Check quotes", d.Say(d.User, d.Channel, "hidden words"))
	if p := s.next(0, "INTERACTION_CREATE"); !strings.Contains(string(p.Data), "hidden words") || !strings.Contains(string(p.Data), i.Token) {
		t.Errorf("a message command shows %s", p.Data)
	}
}

// TestIntents keeps from a client what it didn't ask for.
func TestIntents(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{Privileged: discordtest.IntentMessageContent})
	s, _ := ready(t, d, 1<<9|discordtest.IntentMessageContent)
	d.Say(d.User, d.DM(d.User), "not asked for")
	d.Say(d.User, d.Channel, "asked for")
	if p := s.next(0, "MESSAGE_CREATE"); !strings.Contains(string(p.Data), `"asked for"`) {
		t.Errorf("the first message is %s", p.Data)
	}
}

// TestShards tells a shard only of what is its own.
func TestShards(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{MaxConcurrency: 2})
	interactions := 0
	for shard := range 2 {
		s := dial(t, d, "v=10&encoding=json")
		s.send(`{"op":2,"d":{"token":%q,"properties":{},"intents":1,"shard":[%d,2]}}`, d.Token(), shard)
		s.next(0, "READY")
		var id int64
		_, _ = fmt.Sscan(d.Guild.ID, &id)
		if int(id>>22)%2 == shard {
			s.next(0, "GUILD_CREATE")
			interactions++
		}
	}
	if interactions != 1 {
		t.Errorf("%d shards have the guild", interactions)
	}
}
