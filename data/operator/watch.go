package operator

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sync"
	"time"
)

// Watch gives the files of an archive as they are now. It is safe for concurrent
// use.
type Watch struct {
	fsys fs.FS
	mu   sync.Mutex
	seen [len(names)]stamp
	held [len(names)]Files // what each file says by itself
	all  *Files
}

var names = [...]string{PeopleFile, CorrectionsFile, SynonymsFile}

// stamp tells whether a file may have changed: by its size and time, or by what
// keeps it from being read.
type stamp struct {
	there    bool
	size     int64
	modified time.Time
	fault    string
}

// NewWatch watches the files in the folder of an archive.
func NewWatch(archive fs.FS) *Watch { return &Watch{fsys: archive} }

// Files is what the files say now. While none has another size or time of change
// it costs a stat for each and gives the same pointer. A file that can't be read
// is noted, and what it said before goes on to hold.
func (w *Watch) Files() *Files {
	w.mu.Lock()
	defer w.mu.Unlock()
	changed := w.all == nil
	for n, name := range names {
		if now := w.stampOf(name); now != w.seen[n] {
			w.seen[n] = now
			w.held[n] = w.read(name, now, w.held[n])
			changed = true
		}
	}
	if changed {
		w.all = w.join()
	}
	return w.all
}

func (w *Watch) stampOf(name string) stamp {
	info, err := fs.Stat(w.fsys, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return stamp{}
	case err != nil:
		return stamp{there: true, fault: err.Error()}
	case !info.Mode().IsRegular():
		return stamp{there: true, fault: "it is not a regular file"}
	case info.Size() > maxFile:
		return stamp{there: true, fault: fmt.Sprintf("it is larger than %d MB", maxFile>>20)}
	}
	return stamp{there: true, size: info.Size(), modified: info.ModTime()}
}

// read reads one file; before is what it said until now.
func (w *Watch) read(name string, now stamp, before Files) Files {
	if !now.there {
		return Files{}
	}
	if now.fault == "" {
		raw, err := w.bytes(name)
		if err == nil {
			return parseFile(name, raw)
		}
		now.fault = err.Error()
	}
	before.Notes = []Note{{File: name, Text: "it can't be read, and what was read before holds: " + now.fault}}
	return before
}

func (w *Watch) bytes(name string) ([]byte, error) {
	f, err := w.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxFile))
}

// parseFile is what one file says by itself.
func parseFile(name string, raw []byte) Files {
	var f Files
	switch name {
	case PeopleFile:
		f.People, f.Notes = people(raw)
	case CorrectionsFile:
		f.Corrections, f.Notes = corrections(raw)
	case SynonymsFile:
		f.Synonyms, f.Notes = synonyms(raw)
	}
	return f
}

func (w *Watch) join() *Files {
	all := &Files{People: w.held[0].People, Corrections: w.held[1].Corrections, Synonyms: w.held[2].Synonyms}
	for _, f := range w.held {
		all.Notes = append(all.Notes, f.Notes...)
	}
	return all
}
