package live

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"time"

	"onrecord/data/watch"
	"onrecord/index"
)

// watchedAgain is after how long an update that could not begin, for another one
// was running, is tried again.
const watchedAgain = time.Second

// maxNamed is how many files a line of the log names.
const maxNamed = 5

// Watcher watches the archive's folder: from now on what changes is noticed, and
// while it runs, taken over into the index and answered from.
func (l *Archive) Watcher(events bool, interval time.Duration) *watch.Watcher {
	l.watched.Store(true)
	t := &Taker{Index: l.update, Log: l.log}
	return watch.New(watch.Options{Archive: l.archive, Events: events, Interval: interval, Log: l.log, Update: t.Take})
}

// Taker takes changes of an archive's folder over into its index, and logs what came
// of it.
type Taker struct {
	Index func(context.Context, index.Options) (index.Report, error)
	Log   *slog.Logger

	refused map[index.Refusal]bool // by the last update
	last    *index.Report          // of it
}

// options are those of an update with what changed.
func (t *Taker) options(c watch.Changes) index.Options {
	opt := index.Options{Growing: c.Growing, Before: t.last}
	if !c.Others {
		opt.Files = c.Files
	}
	return opt
}

// Take brings the index up to date with what changed. An update that runs already,
// another process's too, is waited for.
func (t *Taker) Take(ctx context.Context, c watch.Changes) error {
	report, err := t.Index(ctx, t.options(c))
	for told := false; isBusy(err); told = true {
		if !told {
			t.Log.Info("the archive has changed; another update has to end first", "reason", err)
		}
		if !wait(ctx, watchedAgain) {
			return ctx.Err()
		}
		report, err = t.Index(ctx, t.options(c))
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return err
	case err != nil:
		t.Log.Error("the archive has changed, but the index was not brought up to date", "fault", err)
		return err
	}
	t.last = &report
	t.tell(c, report)
	return nil
}

func isBusy(err error) bool {
	var busy *index.BusyError
	return errors.Is(err, ErrUpdating) || errors.As(err, &busy)
}

func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// tell logs what an update took over, and of the files that it refused those of
// which the log does not tell yet.
func (t *Taker) tell(c watch.Changes, r index.Report) {
	var fresh []index.Refusal
	all := map[index.Refusal]bool{}
	for _, refusal := range r.Refused {
		all[refusal] = true
		if t.refused != nil && !t.refused[refusal] || t.refused == nil && slices.Contains(c.Files, refusal.Path) {
			fresh = append(fresh, refusal)
		}
	}
	t.refused = all
	if !r.Changed() && len(fresh) == 0 && len(r.Faults) == 0 {
		t.Log.Debug("files were touched, the articles are as they were", "files", named(c.Files))
		return
	}
	line := []any{"added", r.Added, "replaced", r.Replaced, "removed", r.Removed, "refused", len(fresh), "articles", r.Articles, "took", r.Took.Round(time.Millisecond)}
	if len(c.Files) > 0 {
		line = append(line, "files", named(c.Files))
	}
	if len(c.Growing) > 0 {
		line = append(line, "still being written", len(c.Growing))
	}
	if r.Changed() || len(fresh) > 0 {
		t.Log.Info("the archive has changed", line...)
	}
	for n, refusal := range fresh {
		if n == maxNamed {
			t.Log.Warn("more files were refused: onrecord index names them", "files", len(fresh)-n)
			break
		}
		t.Log.Warn("a file was refused", "file", refusal.Path, "reason", refusal.Reason)
	}
	for n, fault := range r.Faults {
		if n == maxNamed {
			break
		}
		t.Log.Warn("not all of the archive could be read", "at", fault.Path, "fault", fault.Err, "known before and kept", r.Keeps(fault))
	}
}

// named are the first of many files.
func named(files []string) []string {
	return files[:min(len(files), maxNamed)]
}
