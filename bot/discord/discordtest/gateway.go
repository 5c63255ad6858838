// One connection to the gateway: HELLO, heartbeats, and what the client sends.

package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Opcodes of the gateway.
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoice          = 4
	opResume         = 6
	opReconnect      = 7
	opMembers        = 8
	opInvalidSession = 9
	opHello          = 10
	opAck            = 11
)

// Close codes of the gateway, from Discord's documentation.
const (
	CloseUnknownError         = 4000
	CloseUnknownOpcode        = 4001
	CloseDecodeError          = 4002
	CloseNotAuthenticated     = 4003
	CloseAuthenticationFailed = 4004
	CloseAlreadyAuthenticated = 4005
	CloseInvalidSequence      = 4007
	CloseRateLimited          = 4008
	CloseSessionTimedOut      = 4009
	CloseInvalidShard         = 4010
	CloseShardingRequired     = 4011
	CloseInvalidVersion       = 4012
	CloseInvalidIntents       = 4013
	CloseDisallowedIntents    = 4014
)

const (
	// maxPayload is how many bytes a message to the gateway may have.
	maxPayload = 4096
	// compressFrom is from which size on events are compressed for clients that ask
	// for it in IDENTIFY; Discord does so as it pleases.
	compressFrom = 1024
	writeTimeout = 5 * time.Second
	closeTimeout = time.Second
)

// conn is one connection; d.mu guards its session.
type conn struct {
	d        *Discord
	ws       *websocket.Conn
	session  *session
	writing  sync.Mutex
	compress bool
	closing  bool // a close frame was sent
	leaving  bool // opcode 7 was sent: the client need not send heartbeats any more
	sends    []time.Time
}

// packet is a message in either direction.
type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
}

func (d *Discord) serveGateway(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	c := &conn{d: d, ws: ws}
	if !d.register(c) {
		c.drop()
		return
	}
	defer d.unregister(c)
	query := r.URL.Query()
	if v := query.Get("v"); v != "9" && v != "10" {
		c.breach(RuleVersion, CloseInvalidVersion, "v=%q is no version of the gateway", v)
	} else if e := query.Get("encoding"); e != "json" {
		c.breach(RulePayload, CloseDecodeError, "encoding=%q, not json", e)
	} else if query.Has("compress") {
		d.t.Errorf("discordtest knows no transport compression (compress=%s), only compress in IDENTIFY", query.Get("compress"))
	} else {
		c.hello()
	}
	c.read()
}

func (d *Discord) register(c *conn) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed || d.server == nil {
		return false
	}
	d.working.Add(1)
	d.conns[c] = true
	d.broadcast()
	return true
}

func (d *Discord) unregister(c *conn) {
	_ = c.ws.Close()
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.conns, c)
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
	d.broadcast()
	d.working.Done()
}

func (d *Discord) liveConns() []*conn {
	d.mu.Lock()
	defer d.mu.Unlock()
	var live []*conn
	for c := range d.conns {
		live = append(live, c)
	}
	return live
}

// current is the state of the faults now.
func (d *Discord) current() Faults {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.faults
}

func (c *conn) hello() {
	if c.d.current().NoHello {
		return
	}
	c.beaten()
	c.send(opHello, object{"heartbeat_interval": c.d.options.Heartbeat.Milliseconds()})
}

// beaten starts the time in which the next heartbeat must come: two intervals.
func (c *conn) beaten() {
	_ = c.ws.SetReadDeadline(time.Now().Add(2 * c.d.options.Heartbeat))
}

// read takes what the client sends until the connection ends.
func (c *conn) read() {
	for {
		_, data, err := c.ws.ReadMessage()
		if err != nil {
			c.ended(err)
			return
		}
		if !c.isClosing() {
			c.take(data)
		}
	}
}

// ended looks at why a connection ended: a client that closes with 1000 or 1001
// gives its session up, one that missed its heartbeats loses it.
func (c *conn) ended(err error) {
	var closed *websocket.CloseError
	var timeout net.Error
	switch {
	case c.isClosing():
	case errors.As(err, &closed) && (closed.Code == websocket.CloseNormalClosure || closed.Code == websocket.CloseGoingAway):
		c.d.forget(c)
	case c.isLeaving() || c.d.current().Silent:
	case errors.As(err, &timeout) && timeout.Timeout():
		c.d.forget(c)
		c.breach(RuleHeartbeat, CloseSessionTimedOut, "no heartbeat for two intervals of %v", c.d.options.Heartbeat)
	}
}

// take handles one message of the client's.
func (c *conn) take(data []byte) {
	var p packet
	switch {
	case c.tooManySends():
		c.breach(RuleSends, CloseRateLimited, "more than %d messages in a minute", c.d.options.SendsPerMinute)
		return
	case len(data) > maxPayload:
		c.breach(RulePayload, CloseDecodeError, "%d bytes, at most %d", len(data), maxPayload)
		return
	case json.Unmarshal(data, &p) != nil:
		c.breach(RulePayload, CloseDecodeError, "not JSON: %.60q", data)
		return
	}
	switch p.Op {
	case opHeartbeat:
		c.heartbeat(p)
	case opIdentify:
		c.identify(p)
	case opResume:
		c.resume(p)
	case opPresence, opVoice, opMembers:
		if c.owned() == nil {
			c.breach(RuleNotIdentified, CloseNotAuthenticated, "opcode %d before IDENTIFY", p.Op)
		}
	default:
		c.breach(RulePayload, CloseUnknownOpcode, "opcode %d", p.Op)
	}
}

// tooManySends counts this message among those of the last minute.
func (c *conn) tooManySends() bool {
	now := time.Now()
	for len(c.sends) > 0 && now.Sub(c.sends[0]) >= time.Minute {
		c.sends = c.sends[1:]
	}
	c.sends = append(c.sends, now)
	return len(c.sends) > c.d.options.SendsPerMinute
}

func (c *conn) heartbeat(p packet) {
	var sequence *int
	if json.Unmarshal(p.Data, &sequence) != nil {
		c.breach(RulePayload, CloseDecodeError, "a heartbeat of %s, not a sequence number or null", p.Data)
		return
	}
	c.beaten()
	c.d.noteHeartbeat()
	c.send(opAck, nil)
}

// owned is the connection's session, if it has one.
func (c *conn) owned() *session {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	return c.session
}

// breach notes a broken rule and closes the connection with the code for it.
func (c *conn) breach(rule Rule, code int, format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	c.d.mu.Lock()
	c.d.violate(rule, "%s", what)
	c.d.mu.Unlock()
	c.close(code, what)
}

func (c *conn) send(op int, data any) { c.write(object{"op": op, "d": data, "s": nil, "t": nil}) }

// write sends a message, unless the gateway has gone silent.
func (c *conn) write(message object) {
	data, err := json.Marshal(message)
	if err != nil {
		c.d.t.Errorf("writing to the gateway: %v", err)
		return
	}
	c.writeRaw(data)
}

// writeRaw sends bytes as they are. A client that is gone notices by itself.
func (c *conn) writeRaw(data []byte) {
	if c.d.current().Silent {
		return
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	kind := websocket.TextMessage
	if c.compress && len(data) >= compressFrom {
		kind, data = websocket.BinaryMessage, deflated(data)
	}
	_ = c.ws.SetWriteDeadline(time.Now().Add(writeTimeout))
	_ = c.ws.WriteMessage(kind, data)
}

// compressing says whether the client takes compressed events.
func (c *conn) compressing(on bool) {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.compress = on
}

func deflated(data []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	_, _ = z.Write(data) // a bytes.Buffer takes everything
	_ = z.Close()
	return out.Bytes()
}

// close sends a close frame and leaves the client a moment to answer it.
func (c *conn) close(code int, text string) {
	c.d.mu.Lock()
	c.closing = true
	c.d.mu.Unlock()
	deadline := time.Now().Add(closeTimeout)
	frame := websocket.FormatCloseMessage(code, strings.ToValidUTF8(text[:min(len(text), 100)], ""))
	_ = c.ws.WriteControl(websocket.CloseMessage, frame, deadline)
	_ = c.ws.SetReadDeadline(deadline)
}

func (c *conn) isClosing() bool {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	return c.closing
}

// leave asks the client to connect anew.
func (c *conn) leave() {
	c.d.mu.Lock()
	c.leaving = true
	c.d.mu.Unlock()
	c.send(opReconnect, nil)
}

func (c *conn) isLeaving() bool {
	c.d.mu.Lock()
	defer c.d.mu.Unlock()
	return c.leaving
}

// drop ends the connection without a word, as a cut cable does.
func (c *conn) drop() {
	if tcp, ok := c.ws.NetConn().(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = c.ws.NetConn().Close()
}
