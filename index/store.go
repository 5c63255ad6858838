package index

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/gofrs/flock"
)

// File names of an index folder, as doc.go describes them.
const (
	currentFile  = "current"
	lockFile     = "lock"
	progressFile = "progress.json"
)

// What opening an index may find.
var (
	// ErrNone: no complete state was ever written here.
	ErrNone = errors.New("there is no index yet")
	// ErrOtherVersion: the state was written by another version of the program.
	ErrOtherVersion = errors.New("the index was made by another version of this program")
	// ErrNoArticle: the archive has no such article, or no longer.
	ErrNoArticle = errors.New("no such article is on record")
	// ErrDamaged: the state can't be read.
	ErrDamaged = errors.New("the index is damaged")
)

// BusyError says that another process is writing the index.
type BusyError struct {
	Dir      string
	Progress Progress // the zero value where it told nothing yet
}

func (e *BusyError) Error() string {
	who := "another process"
	if e.Progress.PID != 0 {
		who = fmt.Sprintf("process %d", e.Progress.PID)
	}
	if e.Progress.Total == 0 {
		return fmt.Sprintf("%s is updating the index in %s", who, e.Dir)
	}
	return fmt.Sprintf("%s is updating the index in %s: %d of %d articles are done", who, e.Dir, e.Progress.Done, e.Progress.Total)
}

// state is the content of the file current.
type state struct {
	Format     int    `json:"format"`
	Generation string `json:"generation"`
	Archive    string `json:"archive"`
	Documents  uint64 `json:"documents"` // in the generation; fewer or more means damage
	Bytes      int64  `json:"bytes"`     // of all its files
	Checksums  string `json:"checksums"` // that of the generation's list of checksums
	// Read is when the run that last compared the archive with it began to look.
	Read    time.Time `json:"read"`
	Written time.Time `json:"written"` // when the generation was complete
	Places  []place   `json:"places"`
}

// same tells whether two states are of one content.
func (s state) same(t state) bool { return s.Generation == t.Generation && s.Checksums == t.Checksums }

// folder is an index folder on disk.
type folder string

func (f folder) path(name string) string { return filepath.Join(string(f), name) }

// state reads which generation is live.
func (f folder) state() (state, error) {
	s, err := f.anyState()
	if err == nil && s.Format != format {
		return s, fmt.Errorf("%w (format %d, not %d)", ErrOtherVersion, s.Format, format)
	}
	return s, err
}

// anyState reads which generation is live, whatever its format.
func (f folder) anyState() (state, error) {
	var s state
	raw, err := os.ReadFile(f.path(currentFile))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return s, ErrNone
	case err != nil:
		return s, fmt.Errorf("reading the index in %s: %w", string(f), err)
	}
	if err := json.Unmarshal(raw, &s); err != nil || !strings.HasPrefix(s.Generation, "g") || filepath.Base(s.Generation) != s.Generation {
		return s, fmt.Errorf("%w: %s can't be read", ErrDamaged, f.path(currentFile))
	}
	return s, nil
}

// setState makes a generation the live one: a new file renamed over the old.
func (f folder) setState(s state) error {
	temp := f.path(currentFile + ".new")
	if err := writeSynced(temp, []byte(mustJSON(s)+"\n")); err != nil {
		return fmt.Errorf("writing %s: %w", temp, err)
	}
	if err := os.Rename(temp, f.path(currentFile)); err != nil {
		return fmt.Errorf("making %s live: %w", s.Generation, err)
	}
	syncFolder(string(f))
	return nil
}

func writeSynced(name string, b []byte) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = file.Write(b)
	return errors.Join(err, file.Sync(), file.Close())
}

// syncFolder makes a rename last; where a system can't, the rename is merely
// later on disk.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// lock takes the writer's lock, or tells who has it.
func (f folder) lock() (*flock.Flock, error) {
	if err := os.MkdirAll(string(f), 0o755); err != nil {
		return nil, fmt.Errorf("making the index folder: %w", err)
	}
	l := flock.New(f.path(lockFile))
	ok, err := l.TryLock()
	if err != nil {
		return nil, fmt.Errorf("locking the index in %s: %w", string(f), err)
	}
	if !ok {
		return nil, &BusyError{Dir: string(f), Progress: f.progress()}
	}
	return l, nil
}

func (f folder) progress() Progress {
	var p Progress
	if raw, err := os.ReadFile(f.path(progressFile)); err == nil {
		_ = json.Unmarshal(raw, &p) // half a file tells nothing
	}
	return p
}

// tell writes the progress for other processes; that it can't is no reason to
// stop.
func (f folder) tell(p Progress) {
	temp := f.path(progressFile + ".new")
	if os.WriteFile(temp, []byte(mustJSON(p)), 0o644) == nil {
		_ = os.Rename(temp, f.path(progressFile))
	}
}

// readTimeout bounds the wait for Bleve's own lock. Nobody holds it on a live
// generation, so a wait means that something else is wrong.
const readTimeout = time.Second

// openLive opens the generation that a state names, if its files are as they were
// written: Bleve serves a damaged segment without a word, or falls back to an
// older snapshot, and an empty one if need be.
func (f folder) openLive(s state) (bleve.Index, error) {
	if err := f.checkAtStart(s); err != nil {
		return nil, err
	}
	ix, err := openBleve(f.path(s.Generation), map[string]any{"read_only": true, "bolt_timeout": readTimeout.String()})
	if err != nil {
		return nil, err
	}
	if err := wants(ix, s.Documents); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

func wants(ix bleve.Index, documents uint64) error {
	n, err := ix.DocCount()
	if err != nil {
		return fmt.Errorf("%w: counting its documents: %v", ErrDamaged, err)
	}
	if n != documents {
		return fmt.Errorf("%w: it holds %d documents, not %d", ErrDamaged, n, documents)
	}
	return nil
}

// toWrite is Bleve's settings for who writes. Segments are merged fifteen at a time, up to
// 300,000 documents, some 9,000 articles: a batch is then written twice however large the
// archive is, and a merge, which has all it reads mapped to memory, takes some 100 MB.
func toWrite() map[string]any {
	return map[string]any{
		"bolt_timeout": readTimeout.String(),
		"scorchMergePlanOptions": map[string]any{
			"SegmentsPerMergeTask": 15,
			"MaxSegmentSize":       300_000,
		},
	}
}

func openToWrite(dir string) (bleve.Index, error) { return openBleve(dir, toWrite()) }

// openBleve guards against two habits of Bleve's: a typed nil beside an error,
// and a panic on files that are not its own.
func openBleve(dir string, config map[string]any) (ix bleve.Index, err error) {
	defer func() {
		if r := recover(); r != nil {
			ix, err = nil, fmt.Errorf("%w: %v", ErrDamaged, r)
		}
	}()
	opened, err := bleve.OpenUsing(dir, config)
	if err != nil {
		cause, _, _ := strings.Cut(err.Error(), "\n")
		return nil, fmt.Errorf("%w: %s can't be opened (%s)", ErrDamaged, dir, cause)
	}
	return opened, nil
}

func createBleve(dir string) (bleve.Index, error) {
	ix, err := bleve.NewUsing(dir, newMapping(), scorch.Name, scorch.Name, toWrite())
	if err != nil {
		return nil, fmt.Errorf("making the index in %s: %w", dir, err)
	}
	return ix, nil
}

// clone copies a generation: its segments, which never change, by hard links
// where the file system has them, all else byte for byte. What it is copied for is
// noted in the copy before that has its name.
func clone(from, to string, m making) error {
	temp := to + ".new"
	if err := os.RemoveAll(temp); err != nil {
		return err
	}
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		target := filepath.Join(temp, rel)
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o755)
		case rel == makingFile || rel == checksumsFile:
			return nil
		case filepath.Ext(name) == ".zap" && os.Link(name, target) == nil:
			return nil
		}
		return copyFile(name, target)
	})
	if err == nil {
		err = m.write(temp)
	}
	if err != nil {
		return fmt.Errorf("copying the index %s: %w", from, err)
	}
	return os.Rename(temp, to)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}

// sweep removes every generation but the one to keep. A reader that still has
// one open keeps its files until it closes them.
func (f folder) sweep(keep string) {
	entries, err := os.ReadDir(string(f))
	if err != nil {
		return
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != keep && strings.HasPrefix(e.Name(), "g") {
			_ = os.RemoveAll(f.path(e.Name())) // the next sweep tries again
		}
	}
}

// next is the name of the generation after one.
func next(generation string) string {
	var n int
	_, _ = fmt.Sscanf(generation, "g%d", &n) // an odd name starts anew at 1
	return fmt.Sprintf("g%06d", n+1)
}
