package fetch

import (
	"context"
	"sync"
	"time"
)

// Bounds of politeness.
const (
	// maxWait is how long a request waits for its turn; where the host wants to be
	// left alone for longer, it fails at once with a WaitError.
	maxWait = time.Minute
	// maxLeave bounds what a host's Retry-After can ask for.
	maxLeave = 24 * time.Hour
	// defaultLeave is how long a host that says 429 or 503 without more is left
	// alone.
	defaultLeave = 5 * time.Minute
	// maxHosts is from how many known hosts on those that wait for nothing are
	// forgotten.
	maxHosts = 1000
)

// turns lets one request at a time go to each host.
type turns struct {
	now   func() time.Time
	sleep func(context.Context, time.Duration) error

	mu    sync.Mutex
	hosts map[string]*host
}

// host is whose turn it is at a host.
type host struct {
	turn chan struct{} // holds one token while nobody is at it

	// guarded by turns.mu
	users int       // requests at it or waiting
	next  time.Time // the next request goes not before
	leave time.Time // until when the host wants to be left alone
}

// take waits for the turn at a host; release gives it back.
func (t *turns) take(ctx context.Context, name string) (*host, error) {
	h := t.enter(name)
	select {
	case <-h.turn:
	case <-ctx.Done():
		t.exit(h)
		return nil, ctx.Err()
	}
	if err := t.pause(ctx, h); err != nil {
		h.turn <- struct{}{}
		t.exit(h)
		return nil, err
	}
	return h, nil
}

// pause waits until the host may be asked again.
func (t *turns) pause(ctx context.Context, h *host) error {
	t.mu.Lock()
	next, leave := h.next, h.leave
	t.mu.Unlock()
	now := t.now()
	if leave.Sub(now) > maxWait {
		return &WaitError{Until: leave}
	}
	if leave.After(next) {
		next = leave
	}
	if wait := next.Sub(now); wait > 0 {
		return t.sleep(ctx, wait)
	}
	return ctx.Err()
}

// release gives a turn back; the next one comes no sooner than after pause.
func (t *turns) release(h *host, pause time.Duration) {
	t.mu.Lock()
	h.next = t.now().Add(pause)
	t.mu.Unlock()
	h.turn <- struct{}{}
	t.exit(h)
}

// leaveAlone keeps all requests from a host until then.
func (t *turns) leaveAlone(h *host, until time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h.leave = until
}

func (t *turns) enter(name string) *host {
	t.mu.Lock()
	defer t.mu.Unlock()
	h := t.hosts[name]
	if h == nil {
		t.forget()
		h = &host{turn: make(chan struct{}, 1)}
		h.turn <- struct{}{}
		t.hosts[name] = h
	}
	h.users++
	return h
}

func (t *turns) exit(h *host) {
	t.mu.Lock()
	defer t.mu.Unlock()
	h.users--
}

// forget drops hosts that wait for nothing, where too many are known.
func (t *turns) forget() {
	if len(t.hosts) < maxHosts {
		return
	}
	now := t.now()
	for name, h := range t.hosts {
		if h.users == 0 && !h.next.After(now) && !h.leave.After(now) {
			delete(t.hosts, name)
		}
	}
}
