package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file decides what discordgo gets to see. It crashes on a HELLO without an
// interval and on a GUILD_CREATE or READY with a null inside, deadlocks on an
// opcode 7 or 11 before READY, and answers an opcode 9 at once and always with an
// identify.

// Gateway opcodes.
// Source: discord.com/developers/docs/topics/opcodes-and-status-codes
const (
	opDispatch     = 0
	opHeartbeat    = 1
	opIdentify     = 2
	opReconnect    = 7
	opInvalid      = 9
	opHello        = 10
	opHeartbeatAck = 11
)

// message is what Discord sends over the gateway.
type message struct {
	Op   int             `json:"op"`
	Seq  *int64          `json:"s"`
	Type string          `json:"t"`
	Data json.RawMessage `json:"d"`
}

// started is what READY says of the session.
type started struct {
	Version   int    `json:"v"`
	SessionID string `json:"session_id"`
	ResumeURL string `json:"resume_gateway_url"`
	User      struct {
		ID       string `json:"id"`
		Username string `json:"username"`
	} `json:"user"`
}

// inspect returns what discordgo is shown of a message, nil for nothing, or why
// the connection must end.
func (l *link) inspect(raw []byte) ([]byte, error) {
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		l.log.Warn("ignored an unreadable message from Discord", "error", err)
		return nil, nil
	}
	if l.interval.Load() == 0 && m.Op != opHello {
		return nil, fmt.Errorf("%w: it sent opcode %d instead of HELLO", errUnready, m.Op)
	}
	switch m.Op {
	case opDispatch:
		return l.dispatch(m, raw)
	case opHeartbeat:
		return nil, l.send(fmt.Appendf(nil, `{"op":%d,"d":%s}`, opHeartbeat, l.lastSeq()))
	case opReconnect:
		return nil, errReconnect
	case opInvalid:
		if bytes.Equal(m.Data, []byte("true")) {
			return nil, errResumable
		}
		return nil, errInvalid
	case opHello:
		return raw, l.hello(m.Data)
	case opHeartbeatAck:
		return l.acknowledged(raw), nil
	}
	l.log.Debug("ignored an opcode that is not known", "op", m.Op)
	return nil, nil
}

func (l *link) lastSeq() string {
	if n := l.seq.Load(); n >= 0 {
		return fmt.Sprint(n)
	}
	return "null"
}

// acknowledged notes that a heartbeat arrived. discordgo is only told of its own:
// an acknowledgement while it connects would be a deadlock.
func (l *link) acknowledged(raw []byte) []byte {
	sent, now := l.sentAt.Load(), time.Now().UnixNano()
	if l.ackedAt.Swap(now) >= sent {
		return nil
	}
	l.latency.Store(now - sent)
	return raw
}

// hello notes the interval between heartbeats, without which discordgo would
// crash.
func (l *link) hello(data json.RawMessage) error {
	var h struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	if err := json.Unmarshal(data, &h); err != nil || h.Interval <= 0 {
		return fmt.Errorf("the HELLO has no heartbeat interval: %.100q", data)
	}
	l.interval.Store(int64(time.Duration(h.Interval) * time.Millisecond))
	return nil
}

// dispatch shows discordgo the events that have handlers, made safe, and of all
// others nothing but their number.
func (l *link) dispatch(m message, raw []byte) ([]byte, error) {
	if m.Seq != nil {
		l.seq.Store(*m.Seq)
	}
	switch m.Type {
	case "READY":
		return l.becomeReady(m)
	case "RESUMED":
		l.markReady()
		return event(m, `{}`), nil
	case "INTERACTION_CREATE", "MESSAGE_CREATE":
		if shown := l.readable(m, raw); shown != nil {
			return shown, nil
		}
	}
	m.Type = "TYPING_START" // discordgo does nothing with it, but counts it
	return event(m, `{}`), nil
}

// readable returns the event as discordgo can decode it: as it is, or else
// without the components of messages inside, of which it knows not every kind.
// Nil where it must not see it.
func (l *link) readable(m message, raw []byte) []byte {
	if !bytes.HasPrefix(m.Data, []byte("{")) {
		l.log.Warn("dropped an event without data", "event", m.Type)
		return nil
	}
	err := decode(m.Type, m.Data)
	if err == nil {
		return raw
	}
	l.log.Warn("an event does not decode as it is", "event", m.Type, "error", err)
	bare, err := withoutComponents(m.Data)
	if err == nil {
		err = decode(m.Type, bare)
	}
	if errors.Is(err, errPanic) {
		return nil
	}
	return event(m, string(bare)) // if half-filled still: see whole.go
}

// becomeReady shows discordgo of READY what it needs: the session's id.
func (l *link) becomeReady(m message) ([]byte, error) {
	if err := json.Unmarshal(m.Data, &l.session); err != nil || l.session.SessionID == "" {
		return nil, fmt.Errorf("%w: its READY names no session", errUnready)
	}
	data, err := json.Marshal(map[string]any{
		"v": l.session.Version, "session_id": l.session.SessionID, "user": l.session.User, "guilds": []any{},
	})
	if err != nil {
		return nil, fmt.Errorf("rewriting READY: %w", err)
	}
	l.markReady()
	return event(m, string(data)), nil
}

func (l *link) markReady() {
	if !l.isReady {
		l.isReady = true
		close(l.ready)
	}
}

var errPanic = errors.New("decoding panicked")

// decode tries to decode an event where a panic can be caught: the same in
// discordgo's own goroutine would end the program.
func decode(kind string, data []byte) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errPanic, p)
		}
	}()
	if kind == "INTERACTION_CREATE" {
		return json.Unmarshal(data, &discordgo.InteractionCreate{})
	}
	return json.Unmarshal(data, &discordgo.MessageCreate{})
}

// withoutComponents returns an event without the components of the messages in
// it. Those of a modal, which are its answers, stay.
func withoutComponents(data []byte) ([]byte, error) {
	var event map[string]any
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if err := dec.Decode(&event); err != nil {
		return nil, fmt.Errorf("reading an event: %w", err)
	}
	var answers any
	inner, _ := event["data"].(map[string]any)
	if inner != nil {
		answers = inner["components"]
	}
	dropKey(event, "components")
	if answers != nil {
		inner["components"] = answers
	}
	return json.Marshal(event)
}

func dropKey(v any, key string) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, key)
		for _, inside := range v {
			dropKey(inside, key)
		}
	case []any:
		for _, inside := range v {
			dropKey(inside, key)
		}
	}
}

// event makes a dispatch of the same number with other data.
func event(m message, data string) []byte {
	seq := "null"
	if m.Seq != nil {
		seq = fmt.Sprint(*m.Seq)
	}
	return fmt.Appendf(nil, `{"op":%d,"s":%s,"t":%q,"d":%s}`, opDispatch, seq, m.Type, data)
}
