package index

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"io/fs"
	"time"
)

// When an article was first seen, when its bytes last changed, and when that was a
// correction. An index that is built anew takes these over from the one before, if
// its articles can be read.

// lives are what is known of an article over its versions.
type lives struct {
	FirstSeen time.Time `json:"first_seen,omitzero"` // when the index first had its path
	Changed   time.Time `json:"changed,omitzero"`    // when its bytes were last found to be others; zero: never
	Corrected time.Time `json:"corrected,omitzero"`  // when its text was, and not for a file that was still being written
}

// stillWritten is for how long after an article was first seen bytes that are put
// to its end are taken for the rest of a copy that was slow.
const stillWritten = 10 * time.Minute

// articlesBefore are the articles of the state before, by their paths, where this one is
// built anew. What can't be read is not known.
func (u *updater) articlesBefore() map[string]*articleRecord {
	live, err := u.folder.anyState()
	if err != nil || live.Archive != u.key {
		return nil
	}
	ix, err := u.folder.openLive(live)
	if err != nil {
		return nil
	}
	defer ix.Close()
	k, err := articles(ix)
	if err != nil {
		return nil
	}
	return k.articles
}

// age fills in what is known of an article over its versions. The sample in the
// program has no times: it is what it is from the first.
func (u *updater) age(r *articleRecord, j job) {
	if u.archive.Sample() {
		return
	}
	old := j.old
	if old == nil {
		old = u.before[j.entry.Path]
	}
	if old == nil {
		r.FirstSeen = u.now
		return
	}
	r.lives = old.lives
	r.FirstSeen = cmp.Or(r.FirstSeen, u.now)
	if old.Refused != "" || r.Refused != "" || old.Hash == r.Hash {
		return
	}
	r.Changed = u.now
	if old.TextHash != r.TextHash && !(u.now.Sub(r.FirstSeen) < stillWritten && u.grew(*old, j)) {
		r.Corrected = u.now
	}
}

// grew tells whether a file begins with all bytes that it had.
func (u *updater) grew(old articleRecord, j job) bool {
	if j.in != "" || j.entry.Size <= old.Size {
		return false
	}
	f, err := u.archive.FS.Open(j.entry.Path)
	if err != nil {
		return false
	}
	defer f.Close()
	return hashOf(f, old.Size) == old.Hash
}

// hashOf is the SHA-256 of a file's first bytes, hexadecimal, "" where it has fewer.
func hashOf(f fs.File, n int64) string {
	h := sha256.New()
	if _, err := io.CopyN(h, f, n); err != nil {
		return ""
	}
	return hex.EncodeToString(h.Sum(nil))
}
