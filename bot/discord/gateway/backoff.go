package gateway

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"
)

// This file waits: longer after every failure, with jitter, so that a thousand
// bots don't come back in the same second.

// jitter is a source of chance with a known seed, safe for concurrent use.
type jitter struct {
	mu  sync.Mutex
	rnd *rand.Rand
}

func newJitter(seed uint64) *jitter {
	if seed == 0 {
		seed = rand.Uint64()
	}
	return &jitter{rnd: rand.New(rand.NewPCG(seed, 0))}
}

// between returns a duration from low to high.
func (j *jitter) between(low, high time.Duration) time.Duration {
	j.mu.Lock()
	defer j.mu.Unlock()
	return low + time.Duration(j.rnd.Float64()*float64(high-low))
}

// backoff is how long to wait before the n-th retry, counted from 0: between
// the half and the whole of base·2ⁿ, which ceiling bounds.
func (j *jitter) backoff(n int, base, ceiling time.Duration) time.Duration {
	wait := ceiling
	if n < 32 && base<<n < ceiling && base<<n > 0 {
		wait = base << n
	}
	return j.between(wait/2, wait)
}

// pause waits, or returns the context's error as soon as that ends.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
