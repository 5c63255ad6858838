package live

import (
	"context"
	"errors"
	"log/slog"
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
	return watch.New(watch.Options{Archive: l.archive, Events: events, Interval: interval, Log: l.log, Update: l.takeOver})
}

// takeOver brings the index up to date with what changed, and logs what came of it.
func (l *Archive) takeOver(ctx context.Context, c watch.Changes) error {
	before := l.refused()
	report, err := l.update(ctx, index.Options{Growing: c.Growing})
	for told := false; isBusy(err); told = true {
		if !told {
			l.log.Info("the archive has changed; another update has to end first", "reason", err)
		}
		if !wait(ctx, watchedAgain) {
			return ctx.Err()
		}
		report, err = l.update(ctx, index.Options{Growing: c.Growing})
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return err
	case err != nil:
		l.log.Error("the archive has changed, but the index was not brought up to date", "fault", err)
		return err
	}
	l.tell(c, report, before)
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

// refused are the files that the last update refused, each with its reason.
func (l *Archive) refused() map[index.Refusal]bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	all := map[index.Refusal]bool{}
	for _, r := range l.report.Refused {
		all[r] = true
	}
	return all
}

// tell logs what an update took over, and which files it refused.
func (l *Archive) tell(c watch.Changes, r index.Report, before map[index.Refusal]bool) {
	var fresh []index.Refusal
	for _, refusal := range r.Refused {
		if !before[refusal] {
			fresh = append(fresh, refusal)
		}
	}
	if !r.Changed() && len(fresh) == 0 && len(r.Faults) == 0 {
		l.log.Debug("files were touched, the articles are as they were", "files", named(c.Files))
		return
	}
	line := []any{"added", r.Added, "replaced", r.Replaced, "removed", r.Removed, "refused", len(fresh), "articles", r.Articles, "took", r.Took.Round(time.Millisecond)}
	if len(c.Files) > 0 {
		line = append(line, "files", named(c.Files))
	}
	if len(c.Growing) > 0 {
		line = append(line, "still being written", len(c.Growing))
	}
	l.log.Info("the archive has changed", line...)
	for n, refusal := range fresh {
		if n == maxNamed {
			l.log.Warn("more files were refused: onrecord index names them", "files", len(fresh)-n)
			break
		}
		l.log.Warn("a file was refused", "file", refusal.Path, "reason", refusal.Reason)
	}
	for n, fault := range r.Faults {
		if n == maxNamed {
			break
		}
		l.log.Warn("a file could not be read; what was known of it is kept", slog.String("file", fault.Path), "fault", fault.Err)
	}
}

// named are the first of many files.
func named(files []string) []string {
	return files[:min(len(files), maxNamed)]
}
