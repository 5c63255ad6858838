package index

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	bleveindex "github.com/blevesearch/bleve_index_api"

	"onrecord/data"
)

// Where somebody knows which files have changed, an update looks at these alone:
// what it costs then hangs on them, not on how large the archive is.

// maxFew is how many files are looked at so. Of more, a look through the whole
// archive hardly costs more.
const maxFew = 1000

// few brings the live state up to date with the files of the options. It tells false
// where that takes a look at the whole archive: one of them holds articles, or can't be
// looked at, or so many are gone that it may be a mishap; or a run was interrupted, or
// the report of the update before is not of the live state.
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
	ix, made, _, err := u.prepare(live, next(live.Generation), "")
	if err != nil {
		return false, err
	}
	known, ok, err := knownOfFew(ix, u.opt.Files)
	if !ok || err != nil {
		err = errors.Join(err, ix.Close())
		u.folder.sweep(live.Generation)
		return false, err
	}
	err = u.applyFew(ctx, ix, made, known, entries)
	if errors.Is(err, ErrDamaged) && ctx.Err() == nil {
		u.report, u.wrote = Report{}, false
		return false, nil // a look at everything mends it
	}
	return true, err
}

// fewEntries are the files of the options as they are now, and those that are gone.
func (u *updater) fewEntries() (entries []data.Entry, gone []string, ok bool) {
	o := u.opt
	if len(o.Files) == 0 || len(o.Files) > maxFew || o.Before == nil || o.Full || o.Check || o.Verify {
		return nil, nil, false
	}
	for _, path := range o.Files {
		e, err := u.archive.Entry(path)
		switch {
		case data.IsContainer(path):
			return nil, nil, false
		case errors.Is(err, fs.ErrNotExist):
			gone = append(gone, path)
		case err != nil:
			return nil, nil, false
		default:
			entries = append(entries, e)
		}
	}
	return entries, gone, true
}

// mishap tells whether files may be gone because a disk is not mounted.
func (u *updater) mishap(gone []string) bool {
	for _, p := range u.live.Places {
		lost := 0
		for _, path := range gone {
			if below(p.Path, path) {
				lost++
			}
		}
		if lost > 0 && u.missing(p, lost, p.Files-lost) != nil {
			return true
		}
	}
	return u.lostLinks(gone) != nil
}

// knownOfFew is what a generation knows of files; false where one of them has the
// path of an article that lies in a container.
func knownOfFew(ix bleve.Index, paths []string) (k known, ok bool, err error) {
	defer mendPanic(&err)
	k = known{articles: map[string]*articleRecord{}, containers: map[string]containerRecord{}}
	for _, path := range paths {
		id := "a/" + path
		doc, err := ix.Document(id)
		if err != nil {
			return k, false, fmt.Errorf("%w: reading what is known of %s: %v", ErrDamaged, path, err)
		}
		if doc == nil {
			continue
		}
		var sealed string
		doc.VisitFields(func(f bleveindex.Field) {
			if f.Name() == fieldRecord {
				sealed = string(f.Value())
			}
		})
		raw, err := unseal(id, sealed)
		if err != nil {
			return k, false, err
		}
		r := &articleRecord{}
		if err := json.Unmarshal([]byte(raw), r); err != nil {
			return k, false, fmt.Errorf("%w: %s: %v", ErrDamaged, id, err)
		}
		if r.In != "" {
			return k, false, nil
		}
		k.articles[path] = r
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
	for _, f := range before.Faults {
		if !looked[f.Path] {
			u.report.Faults = append(u.report.Faults, f)
		}
	}
	if kept := maps.Clone(before.kept); kept != nil {
		maps.Copy(kept, u.report.kept)
		u.report.kept = kept
	}
}
