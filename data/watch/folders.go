package watch

import (
	"errors"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

// folders are those of an archive of which the system tells what happens in them.
// Links lead to the folders behind them, each of which is told of once, under all
// the paths that it has in the archive.
type folders struct {
	dir     string // the archive's
	notify  *fsnotify.Watcher
	log     *slog.Logger
	watched map[string]*folder // by the system's path, links resolved
	silent  bool               // some of them change without events
	told    map[string]bool    // what the log says already
}

// folder is one of them.
type folder struct {
	paths []string // in the archive
	info  os.FileInfo
}

// newFolders begins to listen. Where the system can't tell of folders, or only by
// holding every file open as kqueue does, all of them are silent.
func newFolders(dir string, events bool, log *slog.Logger) *folders {
	f := &folders{dir: dir, log: log, watched: map[string]*folder{}, told: map[string]bool{}, silent: true}
	if !events || runtime.GOOS != "linux" && runtime.GOOS != "windows" {
		return f
	}
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		f.cannot(err)
		return f
	}
	f.notify = notify
	return f
}

// cannot says once why there are no events of some folders, and what helps.
func (f *folders) cannot(err error) {
	why, help := "the system can't tell of changes", "it is looked through every WATCH_INTERVAL instead"
	switch {
	case errors.Is(err, syscall.ENOSPC):
		why, help = "the archive has more folders than the system may tell of", help+"; sysctl fs.inotify.max_user_watches says how many it may"
	case errors.Is(err, syscall.EMFILE):
		why, help = "too many programs ask the system to tell of changes", help+"; sysctl fs.inotify.max_user_instances says how many may"
	}
	if !f.told[why] {
		f.told[why] = true
		f.log.Warn("changes in the archive's folder may take a little longer to be noticed", "why", why, "now", help, "fault", err)
	}
}

func (f *folders) close() {
	if f.notify != nil {
		_ = f.notify.Close() // nothing is lost with it
	}
}

// events and errors are the system's; they never come where it tells nothing.
func (f *folders) events() <-chan fsnotify.Event {
	if f.notify == nil {
		return nil
	}
	return f.notify.Events
}

func (f *folders) errors() <-chan error {
	if f.notify == nil {
		return nil
	}
	return f.notify.Errors
}

// follow listens to exactly these folders, and tells whether it listens to some that
// it did not before: what happened in them until now was not told.
func (f *folders) follow(paths []string) (more bool) {
	if f.notify == nil {
		return false
	}
	now := f.resolve(paths)
	for name, had := range f.watched {
		if has := now[name]; has == nil || !os.SameFile(has.info, had.info) {
			_ = f.notify.Remove(name) // the system may have stopped by itself
			delete(f.watched, name)
		}
	}
	f.silent = len(now) == 0
	for name, has := range now {
		if remote(name) {
			f.silent = true
		}
		if f.watched[name] == nil {
			if err := f.notify.Add(name); err != nil {
				f.silent = true
				if !errors.Is(err, os.ErrNotExist) {
					f.cannot(err)
				}
				continue
			}
			more = true
		}
		f.watched[name] = has
	}
	return more
}

// resolve finds the folders behind links.
func (f *folders) resolve(paths []string) map[string]*folder {
	out := map[string]*folder{}
	for _, p := range paths {
		name, err := filepath.EvalSymlinks(filepath.Join(f.dir, filepath.FromSlash(p)))
		if err != nil {
			continue // gone again
		}
		if has := out[name]; has != nil {
			has.paths = append(has.paths, p)
			continue
		}
		if info, err := os.Stat(name); err == nil {
			out[name] = &folder{paths: []string{p}, info: info}
		}
	}
	return out
}

// named are the paths in the archive that an event's name stands for, those left
// out that the archive leaves out. isFolder tells that it is one that was followed:
// from now on it is not.
func (f *folders) named(name string) (paths []string, isFolder bool) {
	if f.watched[name] != nil {
		return f.watched[name].paths, true
	}
	in := f.watched[filepath.Dir(name)]
	if in == nil || strings.HasPrefix(filepath.Base(name), ".") {
		return nil, false
	}
	for _, p := range in.paths {
		paths = append(paths, path.Join(p, filepath.Base(name)))
	}
	return paths, false
}

// lost notes that a folder was moved or removed, and the system no longer listens.
func (f *folders) lost(name string) {
	_ = f.notify.Remove(name) // it may have stopped by itself
	delete(f.watched, name)
}
