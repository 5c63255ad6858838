package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2"

	"onrecord/data"
	"onrecord/data/quote"
)

// Progress tells how far an update is, to people and to other processes.
type Progress struct {
	PID   int `json:"pid"`
	Done  int `json:"done"`  // articles
	Total int `json:"total"` // articles that have to be read
}

// Options of an update. The zero value is the usual one.
type Options struct {
	Check bool // read every article and compare its hash, whatever its time
	Full  bool // build anew
	// Growing are the paths of files that are still being written. They are left as
	// the index has them.
	Growing map[string]bool
	// Now is the clock by which articles are first seen and change; nil: time.Now.
	Now func() time.Time
	// Progress is called often, from one goroutine at a time; nil is fine.
	Progress func(Progress)
}

// Refusal is a file that is no article, and why.
type Refusal struct{ Path, Reason string }

// Note is something about an indexed article that its operator may want to mend.
type Note struct{ Path, Text string }

// Report says what an update did.
type Report struct {
	Added, Replaced, Removed, Unchanged int
	Articles                            int // in the index now
	Refused                             []Refusal
	Notes                               []Note
	Faults                              []data.Fault // folders and files that could not be read; what was known of them is kept
	Anew                                string       // why the index was built anew, or ""
	Took                                time.Duration
}

// First is Report.Anew of the first index of an archive.
const First = "first"

// Changed tells whether the update wrote anything.
func (r Report) Changed() bool { return r.Added+r.Replaced+r.Removed > 0 || r.Anew != "" }

// generationFile marks what a generation was built as, so that another run may
// go on with it.
const generationFile = "onrecord.json"

// Update brings the index in dir up to date with an archive. It writes only
// where something changed. Where another process is writing already it fails
// with a *BusyError; on any error the live state stays as it was.
func Update(ctx context.Context, dir string, archive data.Archive, ex *quote.Extractor, opt Options) (Report, error) {
	began := time.Now()
	u := &updater{folder: folder(dir), archive: archive, key: archive.Key(), extractor: ex, opt: opt}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	u.now = opt.Now().UTC().Truncate(time.Millisecond)
	report, err := u.run(ctx)
	report.Took = time.Since(began)
	return report, err
}

type updater struct {
	folder    folder
	archive   data.Archive
	key       string // the archive's
	extractor *quote.Extractor
	opt       Options
	report    Report
	now       time.Time                // when it began, to the millisecond
	before    map[string]articleRecord // of an index that is built anew: the articles of the one before
}

func (u *updater) run(ctx context.Context) (Report, error) {
	entries, faults := u.archive.List()
	u.report.Faults = faults
	live, err := u.folder.state()
	if err == nil && live.Archive == u.key && !u.opt.Full {
		if done, err := u.upToDate(live, entries); err != nil || done {
			return u.report, err
		}
	}
	lock, err := u.folder.lock()
	if err != nil {
		return u.report, err
	}
	defer lock.Unlock()
	u.folder.tell(Progress{PID: os.Getpid()})
	defer os.Remove(u.folder.path(progressFile))
	return u.report, u.write(ctx, entries)
}

// upToDate tells whether the live state needs nothing.
func (u *updater) upToDate(live state, entries []data.Entry) (bool, error) {
	ix, err := u.folder.openLive(live)
	if err != nil {
		return false, nil // write looks again, with the lock
	}
	defer ix.Close()
	known, err := articles(ix)
	if err != nil {
		return false, nil
	}
	p := u.compare(known, entries)
	if len(p.read) > 0 || len(p.remove) > 0 || len(p.drop) > 0 {
		return false, nil
	}
	u.tally(known)
	u.report.Unchanged = u.report.Articles
	return true, nil
}

// plan is what has to be done.
type plan struct {
	read   []job
	remove []articleRecord
	drop   []string // containers that are gone
}

// job is a file to read, or an article of a container, with what the index knows
// of it.
type job struct {
	entry data.Entry
	old   *articleRecord
	in    string           // the container that holds it, or ""
	held  *containerRecord // of a container
}

// compare finds what changed: by size and time, or everything where the options
// or the archive say that these can't be trusted.
func (u *updater) compare(k known, entries []data.Entry) plan {
	var p plan
	there := map[string]bool{}
	for _, e := range entries {
		there[e.Path] = true
		if u.opt.Growing[e.Path] {
			continue
		}
		if j := k.job(e); u.opt.Check || !j.asBefore() {
			p.read = append(p.read, j)
		}
	}
	gone := func(path string) bool { return !there[path] && !u.unreadable(path) }
	for _, old := range k.articles {
		if gone(old.holder()) {
			p.remove = append(p.remove, old)
		}
	}
	for path := range k.containers {
		if gone(path) {
			p.drop = append(p.drop, path)
		}
	}
	return p
}

// unreadable tells whether a path lies where the listing could not look: then
// nothing says that the article is gone.
func (u *updater) unreadable(path string) bool {
	for _, f := range u.report.Faults {
		if f.Under(path) && !errors.Is(f.Err, os.ErrNotExist) {
			return true
		}
	}
	return false
}

// write builds the next generation and makes it live.
func (u *updater) write(ctx context.Context, entries []data.Entry) error {
	live, err := u.folder.state()
	anew := u.whyAnew(live, err)
	name := next(live.Generation)
	ix, anew, err := u.prepare(live, name, anew)
	if err != nil {
		return err
	}
	known, err := articles(ix)
	if err != nil {
		_ = ix.Close()
		return err
	}
	u.report.Anew = anew
	if anew != "" && anew != First {
		u.before = u.articlesBefore()
	}
	if err := u.apply(ctx, ix, known, entries); err != nil {
		return errors.Join(err, ix.Close())
	}
	known, err = articles(ix)
	documents, countErr := ix.DocCount()
	if err = errors.Join(err, countErr, ix.Close()); err != nil {
		return fmt.Errorf("closing the new index: %w", err)
	}
	u.tally(known)
	if err := u.folder.setState(state{Format: format, Generation: name, Archive: u.key, Documents: documents}); err != nil {
		return err
	}
	u.folder.sweep(name)
	return nil
}

// whyAnew is the reason to build from nothing, or "".
func (u *updater) whyAnew(live state, err error) string {
	switch {
	case errors.Is(err, ErrNone):
		return First
	case err != nil:
		return err.Error()
	case u.opt.Full:
		return "asked for"
	case live.Archive != u.key:
		return fmt.Sprintf("the index was of another archive, %s", live.Archive)
	}
	return ""
}

// prepare opens the next generation for writing: what an interrupted run left,
// a copy of the live one, or an empty one.
func (u *updater) prepare(live state, name, anew string) (bleve.Index, string, error) {
	dir := u.folder.path(name)
	if !u.opt.Full && u.mayGoOn(dir) {
		if ix, err := openToWrite(dir); err == nil {
			return ix, anew, nil
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		return nil, anew, fmt.Errorf("clearing %s: %w", dir, err)
	}
	if anew == "" {
		ix, err := u.copyLive(live, dir)
		if err == nil {
			return ix, "", nil
		}
		if !errors.Is(err, ErrDamaged) {
			return nil, "", err
		}
		anew = err.Error()
		if err := os.RemoveAll(dir); err != nil {
			return nil, anew, fmt.Errorf("clearing %s: %w", dir, err)
		}
	}
	ix, err := createBleve(dir)
	if err != nil {
		return nil, anew, err
	}
	return ix, anew, u.mark(dir)
}

func (u *updater) copyLive(live state, dir string) (bleve.Index, error) {
	if err := clone(u.folder.path(live.Generation), dir); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrDamaged, err)
	}
	ix, err := openToWrite(dir)
	if err != nil {
		return nil, err
	}
	if err := wants(ix, live.Documents); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	if _, err := articles(ix); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

// mark notes in a generation what it is built as.
func (u *updater) mark(dir string) error {
	err := writeSynced(filepath.Join(dir, generationFile), []byte(mustJSON(state{Format: format, Archive: u.key})))
	if err != nil {
		return fmt.Errorf("marking the new index: %w", err)
	}
	return nil
}

// mayGoOn tells whether a generation in the making is of this format and
// archive.
func (u *updater) mayGoOn(dir string) bool {
	var s state
	raw, err := os.ReadFile(filepath.Join(dir, generationFile))
	return err == nil && json.Unmarshal(raw, &s) == nil && s.Format == format && s.Archive == u.key
}

// tally counts what the index holds now, for the report.
func (u *updater) tally(k known) {
	u.report.Articles = 0
	u.report.Refused, u.report.Notes = nil, nil
	for _, path := range sortedKeys(k.containers) {
		if why := k.containers[path].Refused; why != "" {
			u.report.Refused = append(u.report.Refused, Refusal{path, why})
		}
	}
	for _, path := range sortedKeys(k.articles) {
		r := k.articles[path]
		if r.Refused != "" {
			u.report.Refused = append(u.report.Refused, Refusal{path, r.Refused})
			continue
		}
		u.report.Articles++
		for _, n := range r.Notes {
			u.report.Notes = append(u.report.Notes, Note{path, n})
		}
	}
}
