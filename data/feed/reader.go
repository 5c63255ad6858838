package feed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"onrecord/data/fetch"
)

// Defaults and limits of a Reader.
const (
	// DefaultInterval is how often a feed is polled: feeds of news change a few
	// times an hour, and their <ttl> mostly says 15 to 60 minutes.
	DefaultInterval = 15 * time.Minute
	// MinInterval is the shortest that is polite.
	MinInterval = time.Minute
	// maxBackoff is how long a feed or page that fails is left alone at most.
	maxBackoff = 24 * time.Hour
	// atOnce is how many feeds are polled at the same time.
	atOnce = 8
)

// Options are what a Reader works on.
type Options struct {
	Feeds    []string      // URLs
	Dir      string        // the archive's folder; "" fails with ErrNoArchive
	State    string        // the file of what is known of the feeds
	Interval time.Duration // between polls of a feed; 0: DefaultInterval
	Client   *fetch.Client
	Log      *slog.Logger
	Stored   func() // called when there are new files in the archive; must not wait
	// Corrects tells whether a page, as it would be stored, corrects the one that is
	// stored under a name; nil: where it has other bytes.
	Corrects func(name string, stored, page []byte) bool

	// What tests replace; nil: the real ones.
	Now   func() time.Time
	Sleep func(context.Context, time.Duration) error
}

// Reader polls feeds and stores what is new in them.
type Reader struct {
	Options
	store  *Store
	memory *memory
	slots  chan struct{} // one for each feed that may be polled at the same time
}

// New makes a reader. It fails where there is nothing to store into.
func New(o Options) (*Reader, error) {
	store, err := NewStore(o.Dir)
	if err != nil {
		return nil, fmt.Errorf("storing the pages of feeds: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(o.State), 0o755); err != nil {
		return nil, fmt.Errorf("making the folder for what is known of the feeds: %w", err)
	}
	memory, damaged, err := openMemory(o.State)
	if err != nil {
		return nil, err
	}
	if damaged != nil {
		o.Log.Warn("the feeds are read anew", "fault", damaged)
	}
	if o.Interval == 0 {
		o.Interval = DefaultInterval
	}
	if o.Corrects == nil {
		o.Corrects = func(_ string, stored, page []byte) bool { return !bytes.Equal(stored, page) }
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	return &Reader{Options: o, store: store, memory: memory, slots: make(chan struct{}, atOnce)}, nil
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Run polls all feeds, each when it is due, until ctx ends. Nothing that fails
// ends it: it is in the log.
func (r *Reader) Run(ctx context.Context) {
	var all sync.WaitGroup
	for _, feed := range r.Feeds {
		all.Go(func() {
			for r.wait(ctx, feed) == nil {
				r.turn(ctx, feed)
			}
		})
	}
	all.Wait()
}

// wait waits until a feed is due.
func (r *Reader) wait(ctx context.Context, feed string) error {
	d := r.memory.get(feed).Next.Sub(r.Now())
	if d > 0 && d <= r.longest() { // else the clock was set back
		return r.Sleep(ctx, d)
	}
	return ctx.Err()
}

// turn polls a feed when there is room for it, and logs what came of it.
func (r *Reader) turn(ctx context.Context, feed string) {
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return
	}
	report, err := r.Poll(ctx, feed)
	log := r.Log.With("feed", feed, "stored", report.Stored, "waiting", report.Waiting)
	switch {
	case errors.Is(err, context.Canceled):
	case err != nil:
		log.Warn("a feed was not read", "fault", err, "again", report.Next)
	case report.Unchanged && report.Stored+report.Corrected == 0:
		log.Debug("a feed is as it was")
	default:
		log.Info("a feed is read", "items", report.Items, "new", report.New, "unusable", report.Unusable, "corrected", report.Corrected)
	}
}

// longest is the longest that anything is ever left alone.
func (r *Reader) longest() time.Duration { return max(maxBackoff, r.Interval) }

// backoff is how long to leave alone what has failed n times in a row.
func (r *Reader) backoff(n int) time.Duration {
	d := r.Interval
	for ; n > 1 && d < maxBackoff; n-- {
		d *= 2
	}
	return max(min(d, maxBackoff), r.Interval)
}
