package gateway

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file keeps Discord's limits on starting sessions: so many a day, and so
// many every five seconds.

// starts hands out leave to identify. It is safe for concurrent use.
type starts struct {
	client  *Client
	spacing time.Duration
	log     *slog.Logger

	turn sync.Mutex // held by the shard that waits

	mu   sync.Mutex
	next map[int]time.Time // by concurrency bucket: when the next may identify
}

// leave is for one identify.
type leave struct {
	address string // of the gateway
	sent    func() // to be called when the identify is sent
}

func newStarts(c *Client, spacing time.Duration, log *slog.Logger) *starts {
	return &starts{client: c, spacing: spacing, log: log, next: map[int]time.Time{}}
}

// gatewayBot asks where the gateway is, and how often sessions may be started.
func (c *Client) gatewayBot(ctx context.Context) (*discordgo.GatewayBotResponse, error) {
	var g discordgo.GatewayBotResponse
	err := c.do(ctx, request{method: http.MethodGet, route: "/gateway/bot", path: "/gateway/bot", auth: true}, &g)
	if err != nil {
		return nil, fmt.Errorf("asking Discord for its gateway: %w", err)
	}
	if u, err := url.Parse(g.URL); err != nil || (u.Scheme != "ws" && u.Scheme != "wss") || u.Host == "" {
		return nil, fmt.Errorf("asking Discord for its gateway: its address %q is none of a websocket", g.URL)
	}
	return &g, nil
}

// acquire waits until the shard may identify, and returns where. Only one shard
// waits at a time: the next one's figures are those after this one's start.
func (s *starts) acquire(ctx context.Context, shard int) (leave, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	for {
		g, err := s.client.gatewayBot(ctx)
		if err != nil {
			return leave{}, err
		}
		limit := g.SessionStartLimit
		if limit.Total > 0 && limit.Remaining <= 0 {
			wait := max(time.Duration(limit.ResetAfter)*time.Millisecond, time.Second)
			s.log.Error("no sessions left to start: waiting until Discord allows more", "of", limit.Total, "wait", wait)
			if err := pause(ctx, wait); err != nil {
				return leave{}, err
			}
			continue
		}
		bucket := shard % max(limit.MaxConcurrency, 1)
		return leave{g.URL, func() { s.occupy(bucket) }}, s.space(ctx, bucket)
	}
}

// space keeps the distance between identifies of a concurrency bucket.
func (s *starts) space(ctx context.Context, bucket int) error {
	for {
		s.mu.Lock()
		wait := time.Until(s.next[bucket])
		s.mu.Unlock()
		if wait <= 0 {
			s.occupy(bucket)
			return nil
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
}

// occupy begins the bucket's time anew: when leave is given, and again when the
// identify goes out, which connecting may have delayed.
func (s *starts) occupy(bucket int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next[bucket] = time.Now().Add(s.spacing)
}

// gatewayAddress adds version and encoding to the address of the gateway. The
// version is that of the REST API's address where it names one.
func gatewayAddress(base, version string) (string, error) {
	u, err := url.Parse(base)
	if err != nil {
		return "", fmt.Errorf("reading the gateway's address %q: %w", base, err)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	q := u.Query()
	q.Set("v", version)
	q.Set("encoding", "json")
	u.RawQuery = q.Encode()
	return u.String(), nil
}
