package gateway

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// This file keeps Discord's rate limits, route by route, as the headers of its
// answers tell them. Waiting ends with the caller's context, and routes that are
// at rest are forgotten: discordgo's own limits do neither.

// limits is safe for concurrent use.
type limits struct {
	pace *rate.Limiter // of the requests that count towards Discord's 50 a second

	mu     sync.Mutex
	routes map[string]*route
	sweep  int       // how many routes there may be before those at rest are removed
	global time.Time // until when nothing that counts may be sent
}

// route is one rate limit. Its requests go one after another.
type route struct {
	turn      chan struct{} // holds one element while a request is under way
	users     int           // requests under way or waiting
	exhausted bool
	reset     time.Time
}

// fewRoutes is how many routes are kept without looking for those at rest.
const fewRoutes = 256

func newLimits(perSecond int) *limits {
	return &limits{pace: rate.NewLimiter(rate.Limit(perSecond), perSecond), routes: map[string]*route{}, sweep: fewRoutes}
}

// enter waits until a request on the route may be sent. leave must follow, with
// the answer's header or nil. Interactions don't count towards the whole.
func (l *limits) enter(ctx context.Context, key string, counts bool) (leave func(http.Header), err error) {
	r := l.join(key)
	select {
	case r.turn <- struct{}{}:
	case <-ctx.Done():
		l.quit(key, r)
		return nil, context.Cause(ctx)
	}
	leave = func(h http.Header) {
		l.learn(r, h)
		<-r.turn
		l.quit(key, r)
	}
	if err := pause(ctx, l.delay(r, counts)); err != nil {
		leave(nil)
		return nil, err
	}
	if counts {
		if err := l.pace.Wait(ctx); err != nil {
			leave(nil)
			return nil, err
		}
	}
	return leave, nil
}

func (l *limits) join(key string) *route {
	l.mu.Lock()
	defer l.mu.Unlock()
	r, ok := l.routes[key]
	if !ok {
		r = &route{turn: make(chan struct{}, 1)}
		l.routes[key] = r
	}
	r.users++
	return r
}

func (l *limits) quit(key string, r *route) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r.users--
	now := time.Now()
	if r.rests(now) {
		delete(l.routes, key)
	}
	if len(l.routes) <= l.sweep {
		return
	}
	for k, r := range l.routes {
		if r.rests(now) {
			delete(l.routes, k)
		}
	}
	l.sweep = max(fewRoutes, 2*len(l.routes))
}

// rests reports whether nothing is known of the route that a new one would not
// know.
func (r *route) rests(now time.Time) bool {
	return r.users == 0 && (!r.exhausted || !r.reset.After(now))
}

func (l *limits) delay(r *route, counts bool) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	var until time.Time
	if r.exhausted {
		until = r.reset
	}
	if counts && l.global.After(until) {
		until = l.global
	}
	return time.Until(until)
}

// learn reads the limit from an answer's header.
func (l *limits) learn(r *route, h http.Header) {
	remaining, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	if err != nil {
		return
	}
	after, _ := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64)
	l.mu.Lock()
	defer l.mu.Unlock()
	r.exhausted = remaining <= 0
	r.reset = time.Now().Add(seconds(after))
}

// holdAll keeps back all requests that count, after a global 429.
func (l *limits) holdAll(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until := time.Now().Add(d); until.After(l.global) {
		l.global = until
	}
}

// size is how many routes are remembered.
func (l *limits) size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.routes)
}
