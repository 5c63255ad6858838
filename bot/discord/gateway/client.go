package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file makes REST calls: each waits for its turn, is tried, and tried again
// where that is safe and may help.

// Client answers: it sends and edits messages. It is safe for concurrent use.
//
// Every method repeats by itself what Discord refused for a moment (429, for as
// long as Discord says), and what failed (5xx, no answer) where a repetition does
// no harm; and stops when the context ends, or at once where the context ends
// before Discord would listen again. No message pings anybody, whatever is in it.
type Client struct {
	opts    *Options
	secrets *Secrets
	log     *slog.Logger
	counts  *counts
	jitter  *jitter
	http    *http.Client
	limits  *limits
	invalid invalid
	app     appID
}

func newClient(o *Options, secrets *Secrets, log *slog.Logger, c *counts, j *jitter) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = o.MaxInFlight
	return &Client{
		opts: o, secrets: secrets, log: log, counts: c, jitter: j, limits: newLimits(o.RequestsASecond),
		http: &http.Client{Transport: transport, CheckRedirect: noRedirect},
	}
}

// noRedirect keeps the bot's token from being carried elsewhere.
func noRedirect(*http.Request, []*http.Request) error {
	return http.ErrUseLastResponse
}

// Call makes any other call of the API: "POST", "/channels/1/messages/2/threads".
// body may be nil; the answer is decoded into out unless that is nil. A POST is
// not repeated where Discord may have received it. Messages go through Send and
// its kin, which this refuses.
func (c *Client) Call(ctx context.Context, method, path string, body, out any) error {
	if _, err := url.ParseRequestURI(path); err != nil || holdsMessage(method, path) {
		return fmt.Errorf("calling %s of the API: the path is malformed, or one for messages, which have methods of their own", method)
	}
	return c.do(ctx, request{method: method, route: routeOf(path), path: path, limit: method + " " + path, auth: true, body: body}, out)
}

// do makes a call until it succeeds, or must be given up.
func (c *Client) do(ctx context.Context, r request, out any) error {
	if err := r.encode(c.secrets); err != nil {
		return err
	}
	body, err := c.tries(ctx, &r)
	if err != nil {
		c.counts.errors.Add(1)
		return err
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("%s: reading Discord's answer: %w", r.name(), err)
	}
	return nil
}

func (c *Client) tries(ctx context.Context, r *request) ([]byte, error) {
	most := c.opts.Tries
	if r.patient {
		most = c.opts.PatientTries
	}
	unclear := false // whether a try may have succeeded unseen
	for n := 0; ; n++ {
		body, err := c.try(ctx, r)
		if err == nil || (unclear && Code(err) == discordgo.ErrCodeInteractionHasAlreadyBeenAcknowledged) {
			return body, nil
		}
		wait, again := c.after(err, r, n)
		if !again || n+1 >= most || ctx.Err() != nil {
			return nil, err
		}
		unclear = unclear || !isLimited(err)
		if end, ok := ctx.Deadline(); ok && time.Until(end) < wait {
			return nil, fmt.Errorf("%w (not tried again: no time is left)", err)
		}
		c.log.Debug("trying again", "call", r.name(), "error", err, "wait", wait)
		if pause(ctx, wait) != nil {
			return nil, err
		}
		c.counts.retries.Add(1)
	}
}

// after says how long to wait after a failed try, or not to try again.
func (c *Client) after(err error, r *request, n int) (wait time.Duration, again bool) {
	var api *APIError
	var transport *TransportError
	switch {
	case errors.As(err, &api) && api.Status == http.StatusTooManyRequests:
		return api.RetryAfter + c.jitter.between(0, c.opts.RetryBase), true
	case errors.As(err, &api) && api.Status >= 500:
		again = r.idempotent()
	case errors.As(err, &transport):
		again = r.idempotent() || neverSent(transport.Err)
	}
	return c.jitter.backoff(n, c.opts.RetryBase, c.opts.TryTimeout), again
}

func isLimited(err error) bool {
	var api *APIError
	return errors.As(err, &api) && api.Status == http.StatusTooManyRequests
}

// neverSent reports whether a failure came before anything was sent.
func neverSent(err error) bool {
	var op *net.OpError
	return errors.As(err, &op) && op.Op == "dial"
}

// try sends a request once and returns the answer's body.
func (c *Client) try(ctx context.Context, r *request) ([]byte, error) {
	if c.invalid.count(time.Now()) >= c.opts.InvalidLimit {
		return nil, fmt.Errorf("%s: %w", r.name(), ErrBackedOff)
	}
	leave, err := c.limits.enter(ctx, r.key(), r.auth)
	if err != nil {
		return nil, fmt.Errorf("%s: waiting for its rate limit: %w", r.name(), err)
	}
	header, body, err := c.exchange(ctx, r)
	leave(header)
	return body, err
}

func (c *Client) exchange(ctx context.Context, r *request) (http.Header, []byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.opts.TryTimeout)
	defer cancel()
	req, err := c.httpRequest(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	c.counts.requests.Add(1)
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, nil, transportError(r.name(), err)
	}
	body, err := readAnswer(resp)
	if err != nil {
		return resp.Header, nil, transportError(r.name(), err)
	}
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return resp.Header, body, nil
	}
	return resp.Header, nil, c.refused(r, resp, body)
}

// refused reads a refusal and counts it.
func (c *Client) refused(r *request, resp *http.Response, body []byte) error {
	err := apiError(r.name(), resp, body, c.secrets)
	switch {
	case err.Status == http.StatusTooManyRequests:
		c.counts.rateLimited.Add(1)
		if err.global {
			c.limits.holdAll(err.RetryAfter)
		}
		if resp.Header.Get("X-RateLimit-Scope") == "shared" { // others' doing, and not held against us
			return err
		}
		fallthrough
	case err.Status == http.StatusUnauthorized, err.Status == http.StatusForbidden:
		c.invalid.add(time.Now())
	}
	return err
}
