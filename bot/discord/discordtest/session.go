// A session of the gateway: IDENTIFY, READY, events with their sequence numbers,
// and RESUME with what was missed.

package discordtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
)

// Intents that the package looks at; the privileged ones are exported.
const (
	intentGuilds         = 1 << 0
	IntentGuildMembers   = 1 << 1
	IntentGuildPresences = 1 << 8
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
	IntentMessageContent = 1 << 15

	privilegedIntents = IntentGuildMembers | IntentGuildPresences | IntentMessageContent
	// knownIntents are bits 0 to 16, 20, 21, 24 and 25.
	knownIntents = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
)

// session outlives its connections. Its mutex keeps events in the order of their
// numbers; it is taken before d.mu, never after.
type session struct {
	d       *Discord
	id      string
	intents int
	shard   [2]int

	mu   sync.Mutex
	seq  int
	sent [][]byte // sent[n] is the event with number n+1

	conn *conn // d.mu guards it; nil while the client is away
}

// identity is IDENTIFY's body.
type identity struct {
	Token      string         `json:"token"`
	Properties map[string]any `json:"properties"`
	Intents    *int           `json:"intents"`
	Compress   bool           `json:"compress"`
	Shard      *[2]int        `json:"shard"`
}

func (c *conn) identify(p packet) {
	var who identity
	if err := json.Unmarshal(p.Data, &who); err != nil || who.Intents == nil || who.Properties == nil {
		c.breach(RulePayload, CloseDecodeError, "IDENTIFY without token, intents and properties: %v", err)
		return
	}
	faults := c.d.current()
	switch {
	case c.owned() != nil:
		c.breach(RuleIdentifiedTwice, CloseAlreadyAuthenticated, "a second IDENTIFY on one connection")
	case strings.TrimPrefix(who.Token, "Bot ") != c.d.token || faults.Unauthorized:
		c.close(CloseAuthenticationFailed, "Authentication failed.")
	case faults.RefuseIdentify != 0:
		c.close(faults.RefuseIdentify, "refused")
	case c.wrongIdentity(who):
	case faults.ReconnectNotReady:
		c.leave()
	case !c.d.mayIdentify():
		c.send(opInvalidSession, false)
	default:
		c.begin(who)
	}
}

// wrongIdentity closes connections that ask for what they can't have.
func (c *conn) wrongIdentity(who identity) bool {
	switch {
	case *who.Intents&^knownIntents != 0:
		c.breach(RuleIntents, CloseInvalidIntents, "intents %d: unknown bits", *who.Intents)
	case *who.Intents&privilegedIntents&^c.d.options.Privileged != 0:
		c.breach(RuleIntents, CloseDisallowedIntents, "intents %d: privileged ones that were not granted", *who.Intents)
	case who.Shard != nil && (who.Shard[0] < 0 || who.Shard[0] >= who.Shard[1]):
		c.breach(RuleShard, CloseInvalidShard, "shard %v", *who.Shard)
	default:
		return false
	}
	return true
}

// mayIdentify counts an IDENTIFY against max_concurrency and the day's limit.
func (d *Discord) mayIdentify() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := time.Now()
	d.renewIdentifies(now)
	recent := 0
	for _, at := range d.identifies {
		if now.Sub(at) < d.options.IdentifyWindow {
			recent++
		}
	}
	switch {
	case d.identifyLeft == 0:
		d.violate(RuleSessionStart, "an IDENTIFY when none was left of the day's")
		return false
	case recent >= d.options.MaxConcurrency:
		d.violate(RuleIdentify, "%d IDENTIFYs within %v, at most %d", recent+1, d.options.IdentifyWindow, d.options.MaxConcurrency)
		return false
	}
	d.identifies = append(d.identifies, now)
	d.identifyLeft--
	return true
}

// renewIdentifies begins a new day of IDENTIFYs when it is time; d.mu is held.
func (d *Discord) renewIdentifies(now time.Time) {
	if now.Sub(d.started) >= d.options.IdentifyReset && d.identifyLeft < d.options.Identifies {
		d.identifyLeft, d.options.IdentifyReset = identifiesPerDay, d.options.IdentifyReset+24*time.Hour
	}
}

// begin opens a new session: READY, then the guilds.
func (c *conn) begin(who identity) {
	d := c.d
	s := &session{d: d, intents: *who.Intents, shard: [2]int{0, 1}}
	if who.Shard != nil {
		s.shard = *who.Shard
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	d.mu.Lock()
	s.id = fmt.Sprintf("session-%s", d.newID())
	ready, guilds := d.ready(s)
	d.sessions[s.id] = s
	d.attach(s, c)
	d.mu.Unlock()
	c.compressing(who.Compress)
	s.emit("READY", ready)
	for _, g := range guilds {
		s.emit("GUILD_CREATE", g)
	}
}

// attach gives a session a connection; one that it had is cut. d.mu is held.
func (d *Discord) attach(s *session, c *conn) {
	if s.conn != nil && s.conn != c {
		s.conn.drop()
	}
	s.conn, c.session = c, s
	d.broadcast()
}

// ready is READY's body, and the guilds that the session is told of.
func (d *Discord) ready(s *session) (object, []object) {
	stubs, guilds := []object{}, []object{}
	for _, g := range d.guilds {
		if s.covers(g) {
			stubs = append(stubs, object{"id": g.ID, "unavailable": true})
			guilds = append(guilds, d.guildCreate(g))
		}
	}
	if s.intents&intentGuilds == 0 {
		guilds = nil
	}
	return object{
		"v": 10, "user": d.bot.object(), "guilds": stubs, "session_id": s.id, "resume_gateway_url": d.gatewayURL(),
		"shard": s.shard, "application": object{"id": d.bot.ID, "flags": 0}, "private_channels": []object{},
		"session_type": "normal", "user_settings": object{}, "presences": []object{}, "relationships": []object{},
	}, guilds
}

// resume takes up a session where the client left it.
func (c *conn) resume(p packet) {
	var from struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int    `json:"seq"`
	}
	if err := json.Unmarshal(p.Data, &from); err != nil {
		c.breach(RulePayload, CloseDecodeError, "RESUME: %v", err)
		return
	}
	c.d.mu.Lock()
	s, faults := c.d.sessions[from.SessionID], c.d.faults
	c.d.mu.Unlock()
	switch {
	case c.owned() != nil:
		c.breach(RuleIdentifiedTwice, CloseAlreadyAuthenticated, "RESUME on a connection with a session")
	case strings.TrimPrefix(from.Token, "Bot ") != c.d.token || faults.Unauthorized:
		c.close(CloseAuthenticationFailed, "Authentication failed.")
	case faults.ReconnectNotReady:
		c.leave()
	case s == nil:
		c.send(opInvalidSession, false)
	default:
		c.replay(s, from.Seq)
	}
}

// replay sends what came after the number, and RESUMED.
func (c *conn) replay(s *session, after int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if after < 0 || after > s.seq {
		c.breach(RuleSequence, CloseInvalidSequence, "RESUME from %d, and the last event was %d", after, s.seq)
		return
	}
	c.d.mu.Lock()
	c.d.attach(s, c)
	c.d.mu.Unlock()
	for _, event := range s.sent[after:] {
		c.writeRaw(event)
	}
	s.emit("RESUMED", object{})
	c.d.mu.Lock()
	c.d.resumes++
	c.d.broadcast()
	c.d.mu.Unlock()
}

// emit numbers an event, keeps it for a RESUME, and sends it if the client is
// there; s.mu is held. It reports whether the client was.
func (s *session) emit(event string, data any) bool {
	s.seq++
	message, err := json.Marshal(object{"op": opDispatch, "s": s.seq, "t": event, "d": data})
	if err != nil {
		message = fmt.Appendf(nil, `{"op":0,"s":%d,"t":%q,"d":%s}`, s.seq, event, data) // malformed on purpose: Raw
	}
	s.sent = append(s.sent, message)
	s.d.mu.Lock()
	c := s.conn
	s.d.mu.Unlock()
	if c == nil {
		return false
	}
	c.writeRaw(message)
	return true
}

// covers reports whether the session's shard is responsible for the guild; direct
// messages (nil) are shard 0's.
func (s *session) covers(g *Guild) bool {
	var id int64
	if g != nil {
		_, _ = fmt.Sscan(g.ID, &id)
	}
	return int(id>>22)%max(s.shard[1], 1) == s.shard[0]
}

// dispatch sends an event to every session that asked for it and may see it;
// sessions without the intent for message content get bare. It reports whether
// anybody was there.
func (d *Discord) dispatch(event string, data, bare any, intent int, g *Guild) bool {
	d.mu.Lock()
	var sessions []*session
	for _, s := range d.sessions {
		if s.intents&intent == intent && s.covers(g) {
			sessions = append(sessions, s)
		}
	}
	d.mu.Unlock()
	reached := false
	for _, s := range sessions {
		seen := bare
		if s.intents&IntentMessageContent != 0 {
			seen = data
		}
		s.mu.Lock()
		reached = s.emit(event, seen) || reached
		s.mu.Unlock()
	}
	return reached
}

// forget ends a connection's session for good.
func (d *Discord) forget(c *conn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if c.session != nil {
		delete(d.sessions, c.session.id)
		c.session = nil
	}
}
