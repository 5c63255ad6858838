package operator

import (
	"bytes"
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
// it costs a stat for each and gives the same pointer. A file of which nothing
// can be read is noted, and what it said before goes on to hold.
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
			return instead(before, parseFile(name, raw))
		}
		now.fault = err.Error()
	}
	return instead(before, Files{Notes: []Note{{File: name, Text: "it can't be read: " + now.fault}}})
}

// instead is what a file says now; what it said before, with the new notes, where
// there are faults in it and nothing else.
func instead(before, now Files) Files {
	if len(now.Notes) == 0 || now.entries() > 0 || before.entries() == 0 {
		return now
	}
	held := Note{File: now.Notes[0].File, Text: "nothing in it can be used, and what was read before goes on to hold"}
	before.Notes = append([]Note{held}, now.Notes...)
	return before
}

func (f Files) entries() int { return len(f.People) + len(f.Corrections) + len(f.Synonyms) }

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
	raw = lineEnds(raw)
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

// lineEnds makes every line end that of Unix, for lines to be counted as editors
// count them.
func lineEnds(raw []byte) []byte {
	raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
}

func (w *Watch) join() *Files {
	all := &Files{People: w.held[0].People, Corrections: w.held[1].Corrections, Synonyms: w.held[2].Synonyms}
	for _, f := range w.held {
		all.Notes = append(all.Notes, f.Notes...)
	}
	return all
}
