package gateway

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/gorilla/websocket"
)

// This file joins discordgo and a link by a websocket in memory: discordgo can
// only dial, so somebody has to stand there and accept.

// pipeTimeout bounds a handshake and a write in memory; only a hung discordgo
// takes that long.
const pipeTimeout = 10 * time.Second

// pipeURL is what discordgo is told to dial. Its dialer goes to the pipe
// whatever the address.
const pipeURL = "ws://link.invalid/"

// pipeDialer returns a dialer that finds the near end of a pipe at every
// address.
func pipeDialer(near net.Conn) *websocket.Dialer {
	return &websocket.Dialer{
		HandshakeTimeout: pipeTimeout,
		NetDialContext:   func(context.Context, string, string) (net.Conn, error) { return near, nil },
	}
}

// acceptPipe does the server's half of the handshake at the far end.
func acceptPipe(far net.Conn) (*websocket.Conn, error) {
	_ = far.SetDeadline(time.Now().Add(pipeTimeout))
	buffered := bufio.NewReader(far)
	req, err := http.ReadRequest(buffered)
	if err != nil {
		return nil, fmt.Errorf("accepting discordgo's connection: %w", err)
	}
	w := &pipeWriter{conn: far, buffered: buffered, header: http.Header{}}
	conn, err := (&websocket.Upgrader{}).Upgrade(w, req, nil)
	if err != nil {
		return nil, fmt.Errorf("accepting discordgo's connection: %w", err)
	}
	return conn, nil
}

// pipeWriter is as much of an HTTP response as an upgrade to a websocket needs.
type pipeWriter struct {
	conn     net.Conn
	buffered *bufio.Reader
	header   http.Header
}

func (w *pipeWriter) Header() http.Header         { return w.header }
func (w *pipeWriter) Write(b []byte) (int, error) { return len(b), nil }
func (w *pipeWriter) WriteHeader(int)             {}

func (w *pipeWriter) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	return w.conn, bufio.NewReadWriter(w.buffered, bufio.NewWriter(w.conn)), nil
}
