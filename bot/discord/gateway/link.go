package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// This file holds the link between Discord and discordgo: two websockets and
// what goes between them. It keeps the deadlines that discordgo lacks, watches
// the heartbeats, and knows why it ended.

const (
	// maxMessage bounds what Discord may send at once, in bytes. READY of a
	// shard of 2,500 servers has some 200 KB.
	maxMessage = 16 << 20

	// writeTimeout is for one message to Discord.
	writeTimeout = 10 * time.Second

	// readGrace is how long the reading side has, after a write failed, to find why
	// the connection was closed.
	readGrace = time.Second

	// closeResumable is the close code that keeps the session for a resume: any
	// but 1000 and 1001 does. 4900 is from the range for private use.
	closeResumable = 4900
)

type link struct {
	log  *slog.Logger
	up   *websocket.Conn // to Discord
	far  net.Conn        // the link's end of the pipe
	near net.Conn        // discordgo's end

	upWrite sync.Mutex // one writer at a time
	down    atomic.Pointer[websocket.Conn]

	seq      atomic.Int64 // of the last event; -1: none
	interval atomic.Int64 // between heartbeats, in nanoseconds
	sentAt   atomic.Int64 // when the last heartbeat went out, Unix nanoseconds
	ackedAt  atomic.Int64
	latency  atomic.Int64 // of the last acknowledged heartbeat, in nanoseconds

	identified func() // called when an identify goes out

	handshake time.Time // when READY or RESUMED must be there
	session   started   // from READY; written before ready is closed
	ready     chan struct{}
	isReady   bool // used by the reading goroutine alone

	once  sync.Once
	ended chan struct{}
	why   error // set before ended is closed
	pumps sync.WaitGroup
}

// dialLink connects to the gateway at address and begins to relay. The
// handshake, READY included, must be over by the deadline.
func dialLink(ctx context.Context, address string, deadline time.Time, identified func(), log *slog.Logger) (*link, error) {
	dialer := *websocket.DefaultDialer
	dialer.HandshakeTimeout = time.Until(deadline)
	up, resp, err := dialer.DialContext(ctx, address, nil)
	if err != nil {
		if resp != nil {
			return nil, fmt.Errorf("connecting to the gateway: %w (HTTP %s)", err, resp.Status)
		}
		return nil, fmt.Errorf("connecting to the gateway: %w", err)
	}
	up.SetReadLimit(maxMessage)
	l := &link{
		log: log, up: up, handshake: deadline, identified: identified,
		ready: make(chan struct{}), ended: make(chan struct{}),
	}
	l.near, l.far = net.Pipe()
	l.seq.Store(-1)
	l.pumps.Go(l.relay)
	return l, nil
}

// end closes the connection to Discord and tells discordgo. The first reason
// stays.
func (l *link) end(why error) {
	l.once.Do(func() {
		l.why = why
		close(l.ended)
		code := closeResumable
		if errors.Is(why, errStopped) {
			code = websocket.CloseNormalClosure
		}
		soon := time.Now().Add(time.Second)
		_ = l.up.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), soon)
		_ = l.up.Close()
		if down := l.down.Load(); down != nil {
			_ = down.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(websocket.CloseGoingAway, ""), soon)
		}
	})
}

// shut ends the link, frees both ends and waits for its goroutines.
func (l *link) shut(why error) {
	l.end(why)
	_ = l.far.Close()
	_ = l.near.Close()
	l.pumps.Wait()
}

// relay waits for discordgo, then carries messages both ways until the link
// ends.
func (l *link) relay() {
	down, err := acceptPipe(l.far)
	if err != nil {
		l.end(fmt.Errorf("%w: %w", errLibrary, err))
		return
	}
	l.down.Store(down)
	l.pumps.Go(func() { l.relayUp(down) })
	for {
		_ = l.up.SetReadDeadline(l.readDeadline())
		kind, message, err := l.up.ReadMessage()
		if err == nil && kind != websocket.TextMessage {
			err = fmt.Errorf("a message of kind %d, which was not asked for", kind)
		}
		if err != nil {
			l.end(readError(err, l.isReady))
			return
		}
		if err := l.fromDiscord(down, message); err != nil {
			l.end(err)
			return
		}
	}
}

// readDeadline is the handshake's until READY, then two heartbeats from now:
// every heartbeat is acknowledged, so a live connection is never that silent.
func (l *link) readDeadline() time.Time {
	if !l.isReady {
		return l.handshake
	}
	return time.Now().Add(2 * time.Duration(l.interval.Load()))
}

// fromDiscord shows discordgo what it should see of a message.
func (l *link) fromDiscord(down *websocket.Conn, message []byte) error {
	shown, err := l.inspect(message)
	if err != nil || shown == nil {
		return err
	}
	_ = down.SetWriteDeadline(time.Now().Add(pipeTimeout))
	if err := down.WriteMessage(websocket.TextMessage, shown); err != nil {
		return fmt.Errorf("%w: %w", errLibrary, err)
	}
	return nil
}

// relayUp carries discordgo's messages to Discord. After the end it goes on
// reading, so that discordgo never fails on a write: it would then close
// whatever connection it has by that time.
func (l *link) relayUp(down *websocket.Conn) {
	for {
		_, message, err := down.ReadMessage()
		if err != nil {
			l.end(fmt.Errorf("%w: %w", errLibrary, err))
			return
		}
		switch err := l.fromLibrary(message); {
		case errors.Is(err, errWrite):
			l.endUnlessRead(err)
		case err != nil:
			l.end(err)
		}
	}
}

// endUnlessRead ends the link after a write that failed, unless the reading side
// does so first: where Discord has closed the connection, the code that says why
// stands in what is still to be read.
func (l *link) endUnlessRead(why error) {
	select {
	case <-l.ended:
	case <-time.After(readGrace):
		l.end(why)
	}
}

// fromLibrary passes a message of discordgo's on. Before a heartbeat, the one
// before it must have been acknowledged.
func (l *link) fromLibrary(message []byte) error {
	var m struct {
		Op int `json:"op"`
	}
	if err := json.Unmarshal(message, &m); err != nil {
		return fmt.Errorf("%w: unreadable message: %w", errLibrary, err)
	}
	switch m.Op {
	case opIdentify:
		l.identified()
	case opHeartbeat:
		if l.ackedAt.Load() < l.sentAt.Load() {
			return errZombie
		}
		l.sentAt.Store(time.Now().UnixNano())
	}
	return l.send(message)
}

func (l *link) send(message []byte) error {
	l.upWrite.Lock()
	defer l.upWrite.Unlock()
	_ = l.up.SetWriteDeadline(time.Now().Add(writeTimeout))
	if err := l.up.WriteMessage(websocket.TextMessage, message); err != nil {
		return fmt.Errorf("%w: %w", errWrite, err)
	}
	return nil
}
