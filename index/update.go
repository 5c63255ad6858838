package index

import (
	"cmp"
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
	PID        int    `json:"pid"`
	Done       int    `json:"done"`                 // articles
	Total      int    `json:"total"`                // articles that have to be read
	Generation string `json:"generation,omitempty"` // that is being written
}

// Options of an update. The zero value is the usual one.
type Options struct {
	// Check reads every article and compares its hash, whatever its time, and holds
	// the whole index against its checksums.
	Check bool
	// Verify holds the whole index against its checksums, and does nothing more to
	// the articles than usual.
	Verify bool
	Full   bool // build anew
	// Removed says that files were removed on purpose, however many are gone.
	Removed bool
	// Files are the only ones that may have changed since the update that Before is the
	// report of: where that can be, they alone are looked at, and what that report says
	// of all others holds. Without both, the whole archive is looked at.
	Files  []string
	Before *Report
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
	Others                              []string        // files in formats that are not read, and so were left out
	Faults                              []data.Fault    // folders and files that could not be read; see Keeps
	kept                                map[string]bool // paths of what is known, and of the folders above it; nil where there are no faults
	Anew                                string          // why the index was built anew, or ""
	Damaged                             []Damage        // files of the index that were, which is why
	Interrupted                         *Interruption
	Verified                            Verified // with Options.Check or Verify, where nothing is damaged
	Took                                time.Duration
	of                                  string // state.Checksums of the state that it made or found live
}

// First is Report.Anew of the first index of an archive.
const First = "first"

// Keeps tells whether the index holds something of what could not be read, from when
// it could.
func (r Report) Keeps(f data.Fault) bool { return r.kept[f.Path] }

// Changed tells whether the update wrote anything.
func (r Report) Changed() bool { return r.Added+r.Replaced+r.Removed > 0 || r.Anew != "" }

// Update brings the index in dir up to date with an archive. It writes only
// where something changed. Where another process is writing already it fails
// with a *BusyError; on any error the live state stays as it was.
func Update(ctx context.Context, dir string, archive data.Archive, ex *quote.Extractor, opt Options) (Report, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	u := &updater{folder: folder(dir), archive: archive, key: archive.Key(), extractor: ex, opt: opt, began: time.Now(),
		now: opt.Now().UTC().Truncate(time.Millisecond)}
	err := u.run(ctx)
	u.report.Took = time.Since(u.began)
	return u.report, u.folder.unwritten(err)
}

type updater struct {
	folder    folder
	archive   data.Archive
	key       string // the archive's
	extractor *quote.Extractor
	opt       Options
	began     time.Time
	live      state     // the zero value where there is none that can be read
	trusted   time.Time // when what the index knows of files was read; see racy
	sound     string    // state.Checksums of the state that was looked at and found sound
	known     known     // what that knows
	wrote     bool      // there is something new in the next generation
	faults    []data.Fault
	others    []string // files in formats that are not read
	report    Report
	now       time.Time                 // when it began, by the clock of opt, to the millisecond
	before    map[string]*articleRecord // of an index that is built anew: the articles of the one before
}

func (u *updater) run(ctx context.Context) error {
	if done, err := u.few(ctx); done || err != nil {
		return err
	}
	listing := u.archive.Look()
	if err := rootFault(u.archive, listing.Faults); err != nil {
		return err
	}
	entries := listing.Entries
	u.faults, u.others = listing.Faults, listing.Others
	live, err := u.folder.state()
	if err == nil && live.Archive == u.key && !u.opt.Full && !u.opt.Check && !u.opt.Verify {
		if u.upToDate(live, entries) {
			return nil
		}
	}
	lock, err := u.folder.lock()
	if err != nil {
		return err
	}
	defer lock.Unlock()
	return u.write(ctx, entries)
}

// upToDate tells whether the live state needs nothing.
func (u *updater) upToDate(live state, entries []data.Entry) bool {
	ix, err := u.folder.openLive(live)
	if err != nil {
		return false // write looks again, with the lock
	}
	defer ix.Close()
	known, err := articles(ix)
	if err != nil {
		return false
	}
	u.live, u.trusted, u.sound, u.known = live, live.Read, live.Checksums, known
	p := u.compare(known, entries)
	if len(p.remove) > 0 || len(p.drop) > 0 || !u.asTheyWere(p.read) {
		return false
	}
	u.tally(known)
	u.report.Unchanged, u.report.of = u.report.Articles, live.Checksums
	u.tidy(live, len(p.read) > 0)
	return true
}

// plan is what has to be done.
type plan struct {
	read   []job
	remove []*articleRecord
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
// say so.
func (u *updater) compare(k known, entries []data.Entry) plan {
	u.keepMissing(k, entries)
	var p plan
	there := map[string]bool{}
	for _, e := range entries {
		there[e.Path] = true
		if u.opt.Growing[e.Path] {
			continue
		}
		if j := k.job(e); u.opt.Check || !j.asBefore(u.trusted) {
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

// write builds the next generation and makes it live. Where it turns out that what
// it is made from is damaged, it is made anew.
func (u *updater) write(ctx context.Context, entries []data.Entry) error {
	live, err := u.folder.state()
	u.live = live
	u.report.Interrupted = u.folder.interrupted(live)
	u.tell(Progress{})
	defer os.Remove(u.folder.path(progressFile))
	anew := u.whyAnew(live, err)
	if anew == "" {
		anew, err = u.findDamage(ctx, live)
		if err != nil {
			return err
		}
	}
	err = u.build(ctx, live, anew, entries)
	if anew == "" && errors.Is(err, ErrDamaged) && ctx.Err() == nil {
		u.report = Report{Damaged: damagesIn(err), Interrupted: u.report.Interrupted}
		err = u.build(ctx, live, err.Error(), entries)
	}
	return err
}

// tell writes the progress for other processes.
func (u *updater) tell(p Progress) {
	p.PID, p.Generation = os.Getpid(), next(u.live.Generation)
	u.folder.tell(p)
}

// findDamage is why the live state has to be built anew, or "": its checksums, all
// of them where the options say so.
func (u *updater) findDamage(ctx context.Context, live state) (string, error) {
	var err error
	if u.opt.Check || u.opt.Verify {
		u.report.Verified, err = u.folder.verify(ctx, live, false)
	} else if u.sound != live.Checksums {
		err = u.folder.checkAtStart(live)
	}
	switch {
	case ctx.Err() != nil:
		return "", err
	case err != nil:
		u.report.Damaged = damagesIn(err)
		return err.Error(), nil
	}
	return "", nil
}

// build makes the next generation of the live one, or from nothing for the reason
// that anew gives.
func (u *updater) build(ctx context.Context, live state, anew string, entries []data.Entry) error {
	if anew != "" {
		if err := u.worthReading(live, entries); err != nil {
			return fmt.Errorf("%w (to be built anew: %s)", err, anew)
		}
	}
	name := next(live.Generation)
	ix, made, taken, err := u.prepare(live, name, anew)
	if err != nil {
		return err
	}
	u.trusted = made.Read
	known, err := u.knownOf(ix, made, taken)
	if err != nil {
		return errors.Join(err, ix.Close())
	}
	u.report.Anew = made.Anew
	if made.Anew != "" && made.Anew != First {
		u.before = u.articlesBefore()
	}
	after := known.clone()
	if err := u.apply(ctx, ix, known, after, entries); err != nil {
		return errors.Join(err, ix.Close())
	}
	u.tally(after)
	s := live
	s.Read, s.Places = u.began, u.places(after)
	return u.finish(ix, made, s)
}

// finish closes the next generation and makes it live, where there is something new in
// it, with all else that a state says.
func (u *updater) finish(ix bleve.Index, made making, s state) error {
	documents, err := ix.DocCount()
	if err = errors.Join(err, ix.Close()); err != nil {
		return fmt.Errorf("closing the new index: %w", err)
	}
	if u.wrote {
		s.Format, s.Generation, s.Archive, s.Documents, s.Written = format, next(u.live.Generation), u.key, documents, time.Now()
		if s.Checksums, s.Bytes, err = u.complete(u.live, made, s.Generation); err != nil {
			return err
		}
	}
	if err := u.folder.setState(s); err != nil {
		return err
	}
	u.report.of = s.Checksums
	u.folder.sweep(s.Generation)
	return nil
}

// knownOf is what a generation in the making knows. A copy of the state that was
// looked at already knows the same.
func (u *updater) knownOf(ix bleve.Index, made making, taken bool) (known, error) {
	if !taken && made.From != "" && made.From == u.sound {
		return u.known, nil
	}
	return articles(ix)
}

// complete takes the checksums of a generation that is about to be live. It gives
// the checksum of the list of them, and how many bytes all files have.
func (u *updater) complete(live state, made making, name string) (list string, bytes int64, err error) {
	var before string
	var known []fileSum
	if made.From != "" {
		if known, err = u.folder.sums(live); err != nil {
			return "", 0, err
		}
		before = u.folder.path(live.Generation)
	}
	sums, err := sumFiles(u.folder.path(name), before, known)
	if err != nil {
		return "", 0, err
	}
	for _, k := range sums {
		bytes += k.Size
	}
	list, err = writeSums(u.folder.path(name), sums)
	return list, bytes, err
}

// whyAnew is the reason to build from nothing, or "".
func (u *updater) whyAnew(live state, err error) string {
	switch {
	case errors.Is(err, ErrNone):
		return First
	case err != nil:
		return err.Error()
	case u.opt.Full:
		return asked
	case live.Archive != u.key:
		return fmt.Sprintf("the index was of another archive, %s", live.Archive)
	}
	return ""
}

// asked is Report.Anew where Options.Full says so.
const asked = "asked for"

// prepare opens the next generation for writing: what an interrupted run left,
// which is taken up, a copy of the live one, or an empty one.
func (u *updater) prepare(live state, name, anew string) (ix bleve.Index, m making, taken bool, err error) {
	dir := u.folder.path(name)
	if m, ok := u.mayGoOn(dir, live, anew); ok {
		_ = os.Remove(filepath.Join(dir, checksumsFile)) // it is complete no longer
		if ix, err := openToWrite(dir); err == nil {
			u.wrote = true
			if u.report.Interrupted != nil {
				u.report.Interrupted.TakenUp = true
			}
			return ix, m, true, nil
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		return nil, m, false, fmt.Errorf("clearing %s: %w", dir, err)
	}
	m = making{Format: format, Archive: u.key, Anew: anew, Read: u.began}
	if anew == "" {
		m.From, m.Read = live.Checksums, live.Read
		ix, err = u.copyLive(live, dir, m)
		return ix, m, false, err
	}
	u.wrote = true
	if ix, err = createBleve(dir); err != nil {
		return nil, m, false, err
	}
	if err := m.write(dir); err != nil {
		return nil, m, false, errors.Join(err, ix.Close())
	}
	return ix, m, false, nil
}

func (u *updater) copyLive(live state, dir string, m making) (bleve.Index, error) {
	if err := clone(u.folder.path(live.Generation), dir, m); err != nil {
		return nil, err
	}
	ix, err := openToWrite(dir)
	if err != nil {
		return nil, err
	}
	if err := wants(ix, live.Documents); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

// makingFile tells what a generation was begun as, so that another run may go on
// with it.
const makingFile = "onrecord.json"

// making is its content.
type making struct {
	Format  int       `json:"format"`
	Archive string    `json:"archive"`
	From    string    `json:"from,omitempty"` // state.Checksums of the state that it is a copy of; "" where it is made from nothing
	Anew    string    `json:"anew,omitempty"` // why from nothing
	Read    time.Time `json:"read"`           // as state.Read, of what it was begun with
}

func (m making) write(dir string) error {
	if err := writeSynced(filepath.Join(dir, makingFile), []byte(mustJSON(m))); err != nil {
		return fmt.Errorf("marking the new index: %w", err)
	}
	return nil
}

// mayGoOn tells whether a generation in the making is of this format and archive,
// and made from nothing or from what is live and sound now. One that was complete
// has to be as it was written.
func (u *updater) mayGoOn(dir string, live state, anew string) (m making, ok bool) {
	raw, err := os.ReadFile(filepath.Join(dir, makingFile))
	if err != nil || json.Unmarshal(raw, &m) != nil || m.Format != format || m.Archive != u.key || !asListed(dir) {
		return m, false
	}
	if m.From != "" {
		return m, anew == "" && m.From == live.Checksums
	}
	m.Anew = cmp.Or(anew, m.Anew)
	return m, anew != asked
}

// tally counts what the index holds now, for the report.
func (u *updater) tally(k known) {
	u.report.Articles = 0
	if len(u.report.Faults) > 0 {
		u.report.kept = k.withFolders()
	}
	u.report.Refused, u.report.Notes, u.report.Others = nil, nil, u.others
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
