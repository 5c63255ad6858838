package index

import (
	"encoding/hex"
	"io/fs"
	"time"

	"onrecord/data"
)

// Size and time of change tell that a file is as it was, but for one that changes
// twice between two ticks of its file system's clock, with the index reading it in
// between. So the state remembers when the run that looked at the files began, and
// a file that changed no sooner than shortly before is read again by the next run,
// whatever its size and time. That holds for times in the future too.

// tick is the coarsest clock of a file system in use: FAT counts two seconds.
const tick = 2 * time.Second

// racy tells whether a time of change is too near to when the file was looked at,
// or after it.
func racy(modified, looked time.Time) bool { return !modified.Before(looked.Add(-tick)) }

// looksTheSame tells whether a file has the size and time that the index knows.
func (j job) looksTheSame() bool {
	switch {
	case j.held != nil:
		return j.held.Size == j.entry.Size && j.held.Modified.Equal(j.entry.Modified)
	case j.old != nil:
		return j.old.Size == j.entry.Size && j.old.Modified.Equal(j.entry.Modified)
	}
	return false
}

// changed tells whether the record of a file with the same bytes has to be written
// anew.
func (r articleRecord) changed(old articleRecord) bool {
	return r.Size != old.Size || !r.Modified.Equal(old.Modified)
}

// asBefore tells whether a file need not be read, the index having looked at it
// then.
func (j job) asBefore(looked time.Time) bool {
	return j.looksTheSame() && !racy(j.entry.Modified, looked)
}

// asTheyWere tells whether files that look the same are the same to the byte. What
// was refused is not known by its bytes, and is looked at again.
func (u *updater) asTheyWere(jobs []job) bool {
	for _, j := range jobs {
		if !j.looksTheSame() || !j.sameBytes(u.archive.FS) {
			return false
		}
	}
	return true
}

func (j job) sameBytes(fsys fs.FS) bool {
	if j.held != nil {
		c, err := data.OpenContainer(fsys, j.entry.Path)
		return err == nil && hex.EncodeToString(c.Hash[:]) == j.held.Hash
	}
	hash, err := data.HashFile(fsys, j.entry.Path)
	return err == nil && hex.EncodeToString(hash[:]) == j.old.Hash
}
