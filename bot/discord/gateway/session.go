package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file makes discordgo sessions that only ever speak to a link, and bounds
// the time of the calls that may hang.

// intents are the events that the bot asks for. None of them is privileged:
// messages that mention the bot, and direct ones, come with their text.
const intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages

// closeTimeout bounds closing a session. discordgo sleeps for a second of it.
const closeTimeout = 10 * time.Second

// newSession returns a session for one shard. It keeps no state, doesn't
// reconnect, and calls handlers one at a time and in order; they must not block.
func newSession(token Token, id, count int, ev *events) (*discordgo.Session, error) {
	s, err := discordgo.New("Bot " + string(token))
	if err != nil {
		return nil, fmt.Errorf("making a discordgo session: %w", err)
	}
	s.Client = &http.Client{Transport: onlyGateway{}}
	s.StateEnabled = false
	s.Compress = false
	s.ShouldReconnectOnError = false
	s.ShouldReconnectVoiceOnSessionError = false
	s.ShouldRetryOnRateLimit = false
	s.SyncEvents = true
	s.LogLevel = discordgo.LogError
	s.ShardID, s.ShardCount = id, count
	s.Identify.Intents = intents
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.InteractionCreate) { ev.interaction(e) })
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.MessageCreate) { ev.message(e) })
	return s, nil
}

// onlyGateway stands in for Discord's REST API before a session: the one thing
// that connecting asks, where the gateway is, is the pipe. A session knows
// Discord's address from global variables; so it can't use them.
type onlyGateway struct{}

func (onlyGateway) RoundTrip(req *http.Request) (*http.Response, error) {
	if req.Method != http.MethodGet || req.URL.Path != "/api/v"+discordgo.APIVersion+"/gateway" {
		return nil, fmt.Errorf("a shard's session was used for %s %s: use Client", req.Method, req.URL.Path)
	}
	body, err := json.Marshal(map[string]string{"url": pipeURL})
	if err != nil {
		return nil, fmt.Errorf("telling discordgo where the pipe is: %w", err)
	}
	return &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK", Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)), Request: req,
	}, nil
}

// openSession lets discordgo connect to the link and waits until Discord is
// ready. The link's end makes Open return; for an Open that doesn't all the
// same there is a time limit, grace after the handshake's, after which the session
// must not be used again.
func openSession(ctx context.Context, s *discordgo.Session, l *link, grace time.Duration) error {
	defer context.AfterFunc(ctx, func() { l.end(errStopped) })()
	s.Dialer = pipeDialer(l.near)
	opened := make(chan error, 1)
	go func() { opened <- s.Open() }()
	late := time.NewTimer(time.Until(l.handshake) + grace)
	defer late.Stop()
	select {
	case err := <-opened:
		if err != nil {
			return openError(err, l)
		}
	case <-late.C:
		return errLibraryOff
	}
	select {
	case <-l.ready:
		return nil
	case <-l.ended:
	}
	if isClosed(l.ready) { // both: it was ready, if not for long
		return nil
	}
	return l.why
}

// openError is the link's reason where it has one: discordgo only knows that a
// read failed.
func openError(err error, l *link) error {
	if isClosed(l.ended) && !errors.Is(l.why, errLibrary) {
		return l.why
	}
	return fmt.Errorf("%w: %w", errLibrary, err)
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// closeSession closes a session after its link ended, and reports whether that was
// done in time and it can be opened again.
func closeSession(s *discordgo.Session, limit time.Duration) bool {
	closed := make(chan struct{})
	go func() {
		_ = s.Close()
		close(closed)
	}()
	select {
	case <-closed:
		return true
	case <-time.After(limit):
		return false
	}
}
