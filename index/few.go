package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"

	"onrecord/data"
)

// Where somebody knows which files have changed, an update looks at these alone:
// what it costs then hangs on them, not on how large the archive is.

// maxFew is how many files are looked at so. Of more, a look through the whole
// archive hardly costs more.
const maxFew = 1000

// few brings the live state up to date with the files of the options. It tells false
// where that takes a look at the whole archive: one of them holds articles, can't be
// looked at, or may be gone by mishap; a run was interrupted; or the update before could
// not read everything, or its report is not of the live state.
func (u *updater) few(ctx context.Context) (done bool, err error) {
	entries, gone, ok := u.fewEntries()
	if !ok {
		return false, nil
	}
	lock, err := u.folder.lock()
	if err != nil {
		return false, err
	}
	defer lock.Unlock()
	live, err := u.folder.state()
	if err != nil || live.Archive != u.key || live.Checksums != u.opt.Before.of || u.folder.leftOver(live) || u.folder.checkAtStart(live) != nil {
		return false, nil
	}
	u.live = live
	if u.mishap(gone) {
		return false, nil
	}
	u.tell(Progress{})
	defer os.Remove(u.folder.path(progressFile))
	done, err = u.writeFew(ctx, entries)
	if errors.Is(err, ErrDamaged) && ctx.Err() == nil {
		done, err = false, nil // a look at everything mends it
	}
	if !done && err == nil {
		u.folder.sweep(live.Generation)
		u.report, u.wrote = Report{}, false
	}
	return done, err
}

// writeFew makes the next generation of the live one.
func (u *updater) writeFew(ctx context.Context, entries []data.Entry) (done bool, err error) {
	ix, made, _, err := u.prepare(u.live, next(u.live.Generation), "")
	if err != nil {
		return false, err
	}
	known, ok, err := knownOfFew(ix, u.opt.Files)
	if !ok || err != nil {
		return false, errors.Join(err, ix.Close())
	}
	return true, u.applyFew(ctx, ix, made, known, entries)
}

// fewEntries are the files of the options as they are now, and those that are gone.
func (u *updater) fewEntries() (entries []data.Entry, gone []string, ok bool) {
	o := u.opt
	if len(o.Files) == 0 || len(o.Files) > maxFew || o.Before == nil || len(o.Before.Faults) > 0 || o.Full || o.Check || o.Verify {
		return nil, nil, false
	}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(o.Files))) {
		e, err := u.archive.Entry(name)
		switch {
		case data.IsContainer(name):
			return nil, nil, false
		case errors.Is(err, fs.ErrNotExist):
			gone = append(gone, name)
		case err != nil:
			return nil, nil, false
		default:
			entries = append(entries, e)
		}
	}
	return entries, gone, true
}

// mishap tells whether files may be gone because a disk is not mounted: the folder of
// one of them is gone too, or on another device than it was, or they are many. A link
// to nothing is not gone.
func (u *updater) mishap(gone []string) bool {
	for _, name := range gone {
		_, err := fs.Lstat(u.archive.FS, name)
		if folder, dirErr := fs.Stat(u.archive.FS, path.Dir(name)); !errors.Is(err, fs.ErrNotExist) || dirErr != nil || !folder.IsDir() {
			return true
		}
	}
	for _, p := range u.live.Places {
		lost := 0
		for _, name := range gone {
			if below(p.Path, name) {
				lost++
			}
		}
		if lost > 0 && (deviceOf(u.archive.FS, p.Path) != p.Device || u.missing(p, lost, p.Files-lost) != nil) {
			return true
		}
	}
	return false
}

// knownOfFew is what a generation knows of files; false where one of them has the
// path of an article that lies in a container.
func knownOfFew(ix bleve.Index, paths []string) (k known, ok bool, err error) {
	k = known{articles: map[string]*articleRecord{}, containers: map[string]containerRecord{}}
	for _, path := range paths {
		id := "a/" + path
		sealed, there, err := storedIn(ix, id, fieldRecord)
		if err != nil {
			return k, false, err
		}
		if !there {
			continue
		}
		raw, err := unseal(id, sealed)
		if err != nil {
			return k, false, err
		}
		if err := k.learn(id, raw); err != nil {
			return k, false, fmt.Errorf("%w: %v", ErrDamaged, err)
		}
		if k.articles[path] == nil || k.articles[path].In != "" {
			return k, false, nil
		}
	}
	return k, true, nil
}

// applyFew writes what changed, and makes the generation live where something did.
func (u *updater) applyFew(ctx context.Context, ix bleve.Index, made making, k known, entries []data.Entry) error {
	u.trusted = u.live.Read
	after := k.clone()
	removed := u.opt.Removed
	u.opt.Removed = true // it is known which are gone
	err := u.apply(ctx, ix, k, after, entries)
	if u.opt.Removed = removed; err != nil {
		return errors.Join(err, ix.Close())
	}
	u.tallyFew(k, after)
	s := u.live // what was not looked at is known as of when it was: Read stays
	s.Places = slices.Clone(s.Places)
	for n, p := range s.Places {
		s.Places[n].Files += filesBelow(p.Path, after) - filesBelow(p.Path, k)
	}
	return u.finish(ix, made, s)
}

func filesBelow(dir string, k known) (n int) {
	for path := range k.articles {
		if below(dir, path) {
			n++
		}
	}
	return n
}

// tallyFew completes the report with what the one before says of all other files.
func (u *updater) tallyFew(k, after known) {
	before, looked := *u.opt.Before, map[string]bool{}
	for _, path := range u.opt.Files {
		looked[path] = true
	}
	articles := func(k known) (n int) {
		for _, r := range k.articles {
			if r.Refused == "" {
				n++
			}
		}
		return n
	}
	u.tally(after)
	u.report.Articles = before.Articles + articles(after) - articles(k)
	u.report.Unchanged = u.report.Articles - u.report.Added - u.report.Replaced
	for _, r := range before.Refused {
		if !looked[r.Path] {
			u.report.Refused = append(u.report.Refused, r)
		}
	}
	for _, n := range before.Notes {
		if !looked[n.Path] {
			u.report.Notes = append(u.report.Notes, n)
		}
	}
	slices.SortStableFunc(u.report.Refused, func(a, b Refusal) int { return cmp.Compare(a.Path, b.Path) })
	slices.SortStableFunc(u.report.Notes, func(a, b Note) int { return strings.Compare(a.Path, b.Path) })
	u.report.Others = before.Others
}
