package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/gofrs/flock"
)

// Interruption is a run that was killed, or whose machine went down, before it
// could end. Its progress file is left over, and nobody holds its lock.
type Interruption struct {
	Progress
	TakenUp bool // what it had done was gone on with
	Dropped bool // nothing of it was needed: the index is as it was before
}

func (i Interruption) String() string {
	text := "the last update was interrupted"
	if i.Total > 0 {
		text += fmt.Sprintf(" after %d of %d articles", i.Done, i.Total)
	}
	switch {
	case i.TakenUp:
		return text + "; it was taken up"
	case i.Dropped:
		return text + "; the index is as it was before"
	}
	return text + "; it was begun again"
}

// interrupted is the run that left its progress behind, nil where none did. Only
// who holds the lock can tell.
func (f folder) interrupted(live state) *Interruption {
	p := f.progress()
	if p.PID == 0 || p.Generation != "" && p.Generation == live.Generation {
		return nil // it had made its generation live already
	}
	return &Interruption{Progress: p}
}

// tidy ends a run that found nothing to do: what an interrupted one left behind
// is removed, and files that had to be looked into, for their times told nothing,
// need not be again. Where that can't be done, somebody else is at it or nothing
// may be written here, and there is no harm.
func (u *updater) tidy(live state, looked bool) {
	left := u.folder.leftOver(live)
	if !left && !looked {
		return
	}
	lock := flock.New(u.folder.path(lockFile))
	if ok, err := lock.TryLock(); !ok || err != nil {
		return
	}
	defer lock.Unlock()
	if now, err := u.folder.state(); err != nil || !now.same(live) {
		return
	}
	if left {
		if u.report.Interrupted = u.folder.interrupted(live); u.report.Interrupted != nil {
			u.report.Interrupted.Dropped = true
		}
		u.folder.sweep(live.Generation)
		_ = os.Remove(u.folder.path(progressFile))
	}
	if looked {
		live.Read = u.began
		_ = u.folder.setState(live)
	}
}

// leftOver tells whether there is something of a run that is working, or that
// was interrupted.
func (f folder) leftOver(live state) bool {
	_, err := os.Stat(f.path(progressFile))
	if !errors.Is(err, fs.ErrNotExist) {
		return true
	}
	_, err = os.Stat(f.path(next(live.Generation)))
	return err == nil
}
