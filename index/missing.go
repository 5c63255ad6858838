package index

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"onrecord/data"
)

// A disk that is not mounted looks like an archive from which everything was
// removed. So an index knows the folders on which file systems are mounted, the
// archive's own first of all, with how many files were below each. Where most of
// them are gone at once, and either the folder is on another device than it was or
// they were many, they are kept and that is said.

// manyGone is how many files have to be gone from a folder that is the same as
// before, for that to be taken for a mishap. To read fewer anew, should they come
// back, takes a moment; and who keeps so few may well remove most of them.
const manyGone = 20

// place is the archive's folder, the first of a state's, or a folder in it on which
// a file system is mounted.
type place struct {
	Path   string `json:"path"`
	Device uint64 `json:"device"` // on which the folder is; 0 where the system tells of none
	Files  int    `json:"files"`  // known below it, those of other places included
}

// MissingError says that most files of a folder are gone, as when it is not
// mounted. What was known of them is kept.
type MissingError struct {
	There, Were int  // files
	Other       bool // it is on another device than it was
}

func (e *MissingError) Error() string {
	why := "as if its disk were not mounted"
	if e.Other {
		why = "and it is on another device than it was, as if its disk were not mounted"
	}
	return fmt.Sprintf("%d files are there where %d were, %s (if they were removed on purpose: onrecord index --removed)", e.There, e.Were, why)
}

// ErrArchiveGone says that an index can't be built anew, since there is next to
// nothing to build it from.
var ErrArchiveGone = errors.New("the archive looks as if its disk were not mounted")

// keepMissing adds to the listing's faults what is gone as if by mishap, so that
// it is kept.
func (u *updater) keepMissing(k known, entries []data.Entry) {
	u.report.Faults = slices.Clone(u.faults)
	if u.meant(entries) {
		return
	}
	files, there := k.files(), pathsOf(entries)
	var gone []string
	for name := range files {
		if !there[name] {
			gone = append(gone, name)
		}
	}
	for _, p := range u.live.Places {
		left := 0
		for name := range there {
			if below(p.Path, name) {
				left++
			}
		}
		lost := 0
		for _, name := range gone {
			if below(p.Path, name) {
				lost++
			}
		}
		u.report.Faults = append(u.report.Faults, u.missing(p, lost, left)...)
	}
	u.report.Faults = append(u.report.Faults, u.lostLinks(gone)...)
}

// files are the files that the index knows, containers included.
func (k known) files() map[string]bool {
	files := map[string]bool{}
	for name := range k.containers {
		files[name] = true
	}
	for _, a := range k.articles {
		files[a.holder()] = true
	}
	return files
}

// withFolders are the files and articles that the index knows, and the folders that
// hold them.
func (k known) withFolders() map[string]bool {
	all := map[string]bool{}
	for name := range k.files() {
		for ; !all[name]; name = path.Dir(name) {
			all[name] = true
		}
	}
	for name := range k.articles {
		all[name] = true
	}
	return all
}

// meant tells whether files that are gone were removed on purpose. Nobody means to
// build an index anew from nothing at all.
func (u *updater) meant(entries []data.Entry) bool {
	return u.opt.Removed && (!u.opt.Full || len(entries) > 0)
}

// worthReading tells whether there is enough of the archive to build its index
// from nothing.
func (u *updater) worthReading(live state, entries []data.Entry) error {
	if live.Archive != u.key || u.meant(entries) {
		return nil
	}
	if len(live.Places) == 0 {
		return nil
	}
	root := live.Places[0]
	for _, f := range u.missing(root, root.Files-len(entries), len(entries)) {
		return fmt.Errorf("%w: %w", ErrArchiveGone, f.Err)
	}
	return nil
}

// missing tells whether the files of a place are gone as if by mishap: most of
// them, and not because they or as many others are elsewhere in it now.
func (u *updater) missing(p place, gone, left int) []data.Fault {
	other := deviceOf(u.archive.FS, p.Path) != p.Device
	if 2*gone <= p.Files || left >= p.Files || gone < manyGone && !other {
		return nil
	}
	return []data.Fault{{Path: p.Path, Err: &MissingError{left, p.Files, other}}}
}

// lostLinks are the links among the folders of files that are gone whose targets
// are gone too: nobody removed what they lead to.
func (u *updater) lostLinks(gone []string) []data.Fault {
	var out []data.Fault
	looked := map[string]bool{}
	for _, name := range gone {
		for dir := path.Dir(name); dir != "." && !looked[dir]; dir = path.Dir(dir) {
			looked[dir] = true
			info, err := fs.Lstat(u.archive.FS, dir)
			if err != nil || info.Mode()&fs.ModeSymlink == 0 {
				continue
			}
			if _, err := fs.Stat(u.archive.FS, dir); errors.Is(err, fs.ErrNotExist) {
				out = append(out, data.Fault{Path: dir, Err: errors.New("the link leads to nothing: is a disk not mounted?")})
			}
		}
	}
	return out
}

func below(dir, name string) bool { return data.Fault{Path: dir}.Under(name) }

// places finds the archive's folder and the file systems in it, with how many of
// the files that the index knows are below each.
func (u *updater) places(k known) []place {
	files := k.files()
	count := map[string]int{}
	for name := range files {
		for dir := path.Dir(name); ; dir = path.Dir(dir) {
			count[dir]++
			if dir == "." {
				break
			}
		}
	}
	all := []place{{".", deviceOf(u.archive.FS, "."), len(files)}}
	for _, dir := range sortedKeys(count) {
		if device := deviceOf(u.archive.FS, dir); dir != "." && device != deviceOf(u.archive.FS, path.Dir(dir)) {
			all = append(all, place{dir, device, count[dir]})
		}
	}
	return keepDevices(all, u.report.Faults, u.live.Places)
}

// keepDevices keeps what is known of places that could not be looked at.
func keepDevices(all []place, faults []data.Fault, before []place) []place {
	for _, f := range faults {
		for _, old := range before {
			if old.Path != f.Path {
				continue
			}
			found := false
			for i := range all {
				if all[i].Path == old.Path {
					all[i].Device, found = old.Device, true
				}
			}
			if !found {
				all = append(all, old)
			}
		}
	}
	return all
}

// rootFault is why the archive itself can't be looked at, if it can't.
func rootFault(archive data.Archive, faults []data.Fault) error {
	for _, f := range faults {
		if f.Path == "." {
			cause := f.Err
			var p *fs.PathError
			if errors.As(cause, &p) {
				cause = p.Err
			}
			if errors.Is(cause, fs.ErrNotExist) {
				cause = errors.New("it is not there")
			}
			return fmt.Errorf("the archive folder %s can't be read: %w. What was known of it is kept; is its disk mounted?", archive.Name(), cause)
		}
	}
	return nil
}

// deviceOf is the device on which a folder is, 0 where nothing tells.
func deviceOf(fsys fs.FS, dir string) uint64 {
	info, err := fs.Stat(fsys, dir)
	if err != nil {
		return 0
	}
	return device(info)
}
