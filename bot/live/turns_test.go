package live

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestTurns works on as many questions at a time as there are turns, on all of
// them in the end, and on none whose asker has gone.
func TestTurns(t *testing.T) {
	t.Parallel()
	l := &Archive{turns: make(chan struct{}, 2), state: &state{}}
	var now, most, done atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			_ = l.work(t.Context(), func(*state) error {
				if n := now.Add(1); n > most.Load() {
					most.Store(n)
				}
				time.Sleep(time.Millisecond)
				now.Add(-1)
				done.Add(1)
				return nil
			})
		})
	}
	all.Wait()
	if most.Load() > 2 || done.Load() != 20 {
		t.Errorf("%d of 20 were worked on, %d at a time", done.Load(), most.Load())
	}
	l.turns <- struct{}{}
	l.turns <- struct{}{}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.work(gone, func(*state) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("one whose asker has gone ended with %v", err)
	}
}
