package watch

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"onrecord/data"
)

const (
	// DefaultInterval is how often a folder without events is looked through.
	DefaultInterval = 5 * time.Second
	// MinInterval is the shortest that makes sense: files need some time to stand
	// still.
	MinInterval = time.Second
	// seldom is how many times less often a folder with events is looked through.
	seldom = 12
	// dearer is how many times as long as a look took no other follows, so that an
	// archive of any size costs a twentieth of a core at most; soonDearer likewise
	// where there is reason to look.
	dearer, soonDearer = 20, 4

	// still is for how long a file that changed must stand still, and stillSilent
	// where no events come: clients of network file systems take a file's size for
	// the same for three seconds before they ask again.
	still       = 500 * time.Millisecond
	stillSilent = 4 * time.Second
	// tick is how often files that changed are looked at.
	tick = 100 * time.Millisecond
	// patience is for how long files that stand still wait for others that don't.
	patience = 5 * time.Second
	// firstPause is after how long what failed is tried again; the pause doubles
	// each time up to longestPause.
	firstPause   = time.Second
	longestPause = time.Minute
)

// Changes are what an update is asked for.
type Changes struct {
	Files   []string        // that changed and stand still, or are gone, in order
	Others  bool            // and others too, of which it isn't known which
	Growing map[string]bool // that are still being written: to be left as they are known
}

// Options are what a Watcher works with.
type Options struct {
	Archive  data.Archive
	Events   bool          // whether the system is asked to tell of changes
	Interval time.Duration // how often folders without events are looked through; 0: DefaultInterval
	Log      *slog.Logger
	// Update takes over what changed. While it runs, changes are collected. Where it
	// fails it is called again later, with what has changed since then too.
	Update func(context.Context, Changes) error
}

// Watcher watches an archive's folder.
type Watcher struct {
	Options
	folders *folders
	prints  map[uint64]print // of all files, as they are known

	still, stillSilent time.Duration // see there

	changed map[string]*change
	other   bool      // something changed that is no file's change: files are gone
	since   time.Time // when the first of these did; zero: none
	updated time.Time // when an update may begin again
	pause   time.Duration

	looked  time.Time     // when the whole folder was looked through
	looking time.Duration // how long that took
	often   bool          // what was seen may not last: the folder was empty, or not there
	soon    bool          // there is reason to look
	busy    bool          // a look or an update is running
	over    chan func()   // what is to be done when it has ended
}

// New begins to watch: what changes from now on is handed over when Run runs.
func New(o Options) *Watcher {
	if o.Interval == 0 {
		o.Interval = DefaultInterval
	}
	w := &Watcher{Options: o, folders: newFolders(o.Archive.Dir, o.Events, o.Log), changed: map[string]*change{},
		still: still, stillSilent: stillSilent, over: make(chan func(), 1)}
	first := look(o.Archive, nil)
	w.prints, w.looking = first.prints, first.took
	w.soon = w.folders.follow(first.folders) // what came between is found by another look
	w.looked, w.often = time.Now(), first.away
	return w
}

// Run hands over what changes, until ctx ends.
func (w *Watcher) Run(ctx context.Context) {
	defer w.folders.close()
	clock := time.NewTicker(tick)
	defer clock.Stop()
	for {
		select {
		case e, ok := <-w.folders.events():
			if !ok {
				return
			}
			w.event(e)
		case err := <-w.folders.errors():
			w.missed(err)
		case <-clock.C:
			w.work(ctx, time.Now())
		case end := <-w.over:
			w.busy = false
			end()
		case <-ctx.Done():
			if w.busy {
				<-w.over
			}
			return
		}
	}
}

// event takes note of what the system tells.
func (w *Watcher) event(e fsnotify.Event) {
	paths, isFolder := w.folders.named(e.Name)
	switch {
	case isFolder && e.Has(fsnotify.Remove|fsnotify.Rename):
		w.folders.lost(e.Name)
		w.soon = true
	case isFolder:
	case e.Has(fsnotify.Create|fsnotify.Chmod) && mayBeFolder(e.Name):
		w.soon = true
	case e.Has(fsnotify.Remove | fsnotify.Rename):
		// A link to a folder, or a file that was none of the archive's, tells nothing
		// by its name.
		w.soon = w.soon || len(paths) > 0 && !data.Reads(paths[0])
		w.note(paths, w.still)
	default:
		w.note(paths, w.still)
	}
}

// mayBeFolder tells whether a name is a folder's, or a link's to one.
func mayBeFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// missed takes note that some events were lost.
func (w *Watcher) missed(err error) {
	w.soon = true
	if !errors.Is(err, fsnotify.ErrEventOverflow) { // else there were only too many at a time
		w.Log.Warn("the system failed to tell of a change in the archive's folder, which is looked through instead", "fault", err)
	}
}

// note takes note of files that changed, and must stand still for a while.
func (w *Watcher) note(paths []string, still time.Duration) {
	now := time.Now()
	for _, p := range paths {
		if data.Reads(p) {
			w.changed[p] = &change{last: now, still: still}
			w.begin(now)
		}
	}
}

func (w *Watcher) begin(now time.Time) {
	if w.since.IsZero() {
		w.since = now
	}
}

// work does what is due.
func (w *Watcher) work(ctx context.Context, now time.Time) {
	ready := 0
	for path, c := range w.changed {
		c.step(w.Archive.FS, path, now)
		if c.ready {
			ready++
		}
	}
	switch {
	case w.busy:
	case w.soon && now.Sub(w.looked) > soonDearer*w.looking, now.Sub(w.looked) > w.interval():
		w.look()
	case ready+btoi(w.other) > 0 && now.After(w.updated) && (ready == len(w.changed) || now.Sub(w.since) > patience):
		w.update(ctx)
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// look looks through the whole folder, beside the loop.
func (w *Watcher) look() {
	w.busy, w.soon = true, false
	before := w.prints
	go func() {
		l := look(w.Archive, before)
		w.over <- func() { w.found(l) }
	}()
}

// found takes note of what a look found.
func (w *Watcher) found(l looked) {
	w.prints, w.looking, w.looked, w.often = l.prints, l.took, time.Now(), l.away
	if w.folders.follow(l.folders) {
		w.soon = true // what came before that was not told
	}
	long := w.still
	if w.folders.silent {
		long = w.stillSilent
	}
	for _, path := range l.changed {
		if w.changed[path] == nil { // else an event told of it, and later
			w.note([]string{path}, long)
		}
	}
	if l.gone > 0 {
		w.other = true
		w.begin(time.Now())
	}
}

// interval is how long after a look another one follows: soon where there are no
// events, and where a disk may just not be mounted.
func (w *Watcher) interval() time.Duration {
	d := w.Interval
	if !w.folders.silent && !w.often {
		d *= seldom
	}
	return max(d, dearer*w.looking)
}

// update hands over what stands still, beside the loop.
func (w *Watcher) update(ctx context.Context) {
	w.busy = true
	changes := Changes{Growing: map[string]bool{}}
	taken := map[string]*change{}
	for path, c := range w.changed {
		if !c.ready {
			changes.Growing[path] = true
			continue
		}
		changes.Files = append(changes.Files, path)
		taken[path] = c
		delete(w.changed, path)
		w.known(path, c.print)
	}
	slices.Sort(changes.Files)
	other := w.other
	changes.Others = other
	w.other, w.since = false, time.Time{}
	if len(w.changed) > 0 {
		w.since = time.Now()
	}
	began := time.Now()
	go func() {
		err := w.Update(ctx, changes)
		w.over <- func() { w.ended(err, time.Since(began), taken, other) }
	}()
}

// known takes a file's state for the one that is handed over.
func (w *Watcher) known(path string, p print) {
	if p == noFile {
		delete(w.prints, nameOf(path))
	} else {
		w.prints[nameOf(path)] = p
	}
}

// ended says when the next update may begin: after as long as this one took, or
// where it failed, after a pause, with all that it was to take over.
func (w *Watcher) ended(err error, took time.Duration, taken map[string]*change, other bool) {
	if err == nil {
		w.pause = 0
		w.updated = time.Now().Add(min(took, longestPause))
		return
	}
	w.pause = min(max(2*w.pause, firstPause), longestPause)
	w.updated = time.Now().Add(w.pause)
	for path, c := range taken {
		if w.changed[path] == nil {
			w.changed[path] = c
		}
	}
	w.other = w.other || other
	w.begin(time.Now())
}
