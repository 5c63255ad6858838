package main

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"time"

	"onrecord/bot/live"
	"onrecord/data"
	"onrecord/data/operator"
	"onrecord/data/watch"
	"onrecord/index"
)

// watchSettings are WATCH and WATCH_INTERVAL.
type watchSettings struct {
	how      string
	interval time.Duration
}

// How an archive's folder may be watched.
const (
	watchOn   = "on"   // the system tells of changes, and where it can't they are looked for
	watchPoll = "poll" // changes are looked for
	watchOff  = "off"
)

func readWatchSettings(e *environment) watchSettings {
	s := watchSettings{how: watchOn, interval: e.duration("WATCH_INTERVAL", watch.DefaultInterval, watch.MinInterval)}
	switch set := strings.ToLower(e.text("WATCH")); set {
	case "", watchOn:
	case watchPoll, watchOff:
		s.how = set
	default:
		e.fail("WATCH is %q: it should be on, poll or off", e.text("WATCH"))
	}
	return s
}

// watcher begins to watch the archive's folder; nil where there is nothing to watch.
func (s watchSettings) watcher(archive *live.Archive) *watch.Watcher {
	if s.how == watchOff || archive.Sample() {
		return nil
	}
	return archive.Watcher(s.how == watchOn, s.interval)
}

// watcher begins to watch an archive's folder for `onrecord index --watch`, whatever
// WATCH says but poll.
func (c *commands) watcher(s streams, archive data.Archive) (*watch.Watcher, error) {
	if archive.Sample() {
		return nil, errors.New("the sample archive in the program never changes: name a folder to watch with --archive or ARCHIVE_DIR")
	}
	e := &environment{get: os.Getenv}
	settings := readWatchSettings(e)
	if e.err != nil {
		return nil, e.err
	}
	log, err := newLog(s.err)
	if err != nil {
		return nil, err
	}
	t := &live.Taker{Log: log, Index: func(ctx context.Context, opt index.Options) (index.Report, error) {
		return c.update(ctx, s, archive, opt, quietFor)
	}}
	return watch.New(watch.Options{Archive: archive, Events: settings.how != watchPoll, Interval: settings.interval, Log: log, Update: t.Take}), nil
}

// watching takes over what changes in an archive's folder and tells what is wrong in
// the files beside it, until ctx ends. Of those, notes are known.
func watching(ctx context.Context, s streams, w *watch.Watcher, operatorNotes func() ([]operator.Note, error), notes []operator.Note) error {
	log, err := newLog(s.err)
	if err != nil {
		return err
	}
	book := newNotebook(log, notes)
	var beside sync.WaitGroup
	beside.Go(func() { tellNotes(ctx, operatorNotes, book) })
	w.Run(ctx)
	beside.Wait()
	return nil
}
