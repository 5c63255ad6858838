package main

import (
	"strings"
	"time"

	"onrecord/bot/live"
	"onrecord/data/watch"
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
