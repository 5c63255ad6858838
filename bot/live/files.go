package live

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"onrecord/bot"
	"onrecord/data"
	"onrecord/index"
)

// This file holds what admins need of an archive that they put articles into and
// take them out of.

// settleEvery is how often it is looked whether a running update has ended.
const settleEvery = 100 * time.Millisecond

// Settle brings the index up to date with what is in the archive now: an update
// that runs already may have looked before, so that it is waited for, in another
// process too. Where only some files have changed, and these are given, it does not
// look at all others, if somebody watches those.
func (l *Archive) Settle(ctx context.Context, files []string, progress func(index.Progress)) (index.Report, error) {
	if !l.watched.Load() {
		files = nil
	}
	for {
		report, err := l.update(ctx, index.Options{Files: files, Progress: progress})
		var busy *index.BusyError
		if !errors.Is(err, ErrUpdating) && !errors.As(err, &busy) {
			return report, err
		}
		select {
		case <-time.After(settleEvery):
		case <-ctx.Done():
			return report, ctx.Err()
		}
	}
}

// Statements are what an article says that may not be in the index yet.
func (l *Archive) Statements(a *data.Article) (all []bot.Statement) {
	for _, s := range a.Statements(l.extractor) {
		all = append(all, bot.FromArticle(a.Path, a, s))
	}
	return all
}

// Files are the archive's files as the newest state knows them, in order of their
// paths. The first call for a state reads them, the next ones share that.
func (l *Archive) Files() (all []index.File, err error) {
	err = l.use(func(s *state) error {
		if all, err = s.files(); err == nil {
			l.listed.Store(&all)
		}
		return err
	})
	return all, err
}

// soon is how long who types waits for the files of a new state, which take a second
// to read where they are some 20,000, before those of an earlier one have to do.
const soon = 300 * time.Millisecond

// filesSoon are the files as they are, or as they were a moment ago.
func (l *Archive) filesSoon() ([]index.File, error) {
	before := l.listed.Load()
	if before == nil {
		return l.Files()
	}
	now := make(chan error, 1)
	go func() {
		_, err := l.Files()
		now <- err
	}()
	select {
	case err := <-now:
		return *l.listed.Load(), err
	case <-time.After(soon):
		return *before, nil
	}
}

// filesOf reads a state's files once it is asked for them.
func filesOf(ix *index.Index) func() ([]index.File, error) { return sync.OnceValues(ix.Files) }

// CompleteFile gives at most n files whose path or title holds the words typed so
// far; first those whose title or name begins so.
func (l *Archive) CompleteFile(typed string, n int) ([]index.File, error) {
	all, err := l.filesSoon()
	if err != nil {
		return nil, err
	}
	typed = strings.ToLower(strings.TrimSpace(typed))
	var first, others []index.File
	for _, f := range all {
		switch title := strings.ToLower(f.Title); {
		case len(first) == n:
		case strings.HasPrefix(title, typed), strings.HasPrefix(strings.ToLower(f.Path), typed):
			first = append(first, f)
		case len(others) < n && holdsAll(title+" "+strings.ToLower(f.Path), strings.Fields(typed)):
			others = append(others, f)
		}
	}
	all = append(first, others...)
	return all[:min(n, len(all))], nil
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// Status is how an archive and its index are.
type Status struct {
	Name     string // of the archive
	Sample   bool   // it is the sample in the program
	Ready    bool   // there is a state to answer from; without, Size is zero
	Size     index.Size
	Report   index.Report // of the last update of this process; zero where there was none
	Updated  time.Time    // when that ended; zero
	Updating *index.Progress
}

// Status tells how the archive and its index are.
func (l *Archive) Status(ctx context.Context) (Status, error) {
	size, err := l.Size(ctx)
	if err != nil && !errors.Is(err, ErrNotReady) {
		return Status{}, err
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	return Status{Name: l.archive.Name(), Sample: l.archive.Sample(), Ready: err == nil, Size: size,
		Report: l.report, Updated: l.looked, Updating: l.at.Load()}, nil
}

// noting passes an update's progress on and notes it.
func (l *Archive) noting(progress func(index.Progress)) func(index.Progress) {
	l.at.Store(&index.Progress{})
	return func(p index.Progress) {
		l.at.Store(&p)
		if progress != nil {
			progress(p)
		}
	}
}
