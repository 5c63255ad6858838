package watch

import (
	"time"

	"onrecord/data"
)

// looked is what a look through the whole folder found.
type looked struct {
	prints  map[uint64]print // by nameOf
	changed []string         // files that are new or other than before
	gone    int              // files that are no longer there
	folders []string
	away    bool // the folder is empty or can't be read
	took    time.Duration
}

// look lists the archive and holds it against how it was before.
func look(archive data.Archive, before map[uint64]print) looked {
	began := time.Now()
	listing := archive.Look()
	l := looked{prints: make(map[uint64]print, len(listing.Entries)), folders: listing.Folders}
	known := 0
	for _, e := range listing.Entries {
		name, now := nameOf(e.Path), printOf(e.Size, e.Modified)
		was, there := before[name]
		if there {
			known++
		}
		if was != now {
			l.changed = append(l.changed, e.Path)
		}
		l.prints[name] = now
	}
	l.gone = max(0, len(before)-known)
	for _, f := range listing.Faults {
		l.away = l.away || f.Path == "."
	}
	l.away = l.away || len(l.prints) == 0
	l.took = time.Since(began)
	return l
}
