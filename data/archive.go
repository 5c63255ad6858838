package data

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"time"

	"onrecord/data/operator"
	"onrecord/data/sample"
)

// Archive is where articles come from: a folder, or the sample.
type Archive struct {
	Dir string // "" for the sample archive
	FS  fs.FS
}

// OpenArchive opens a folder of articles; "" opens the sample archive inside
// the binary.
func OpenArchive(dir string) (Archive, error) {
	if dir == "" {
		return Archive{FS: sample.FS()}, nil
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return Archive{}, fmt.Errorf("opening the archive %s: %w", dir, err)
	}
	info, err := os.Stat(abs)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return Archive{}, fmt.Errorf("the archive folder %s does not exist: make it and put articles (.txt, .md, .html and others) in, or name another with --archive or ARCHIVE_DIR", dir)
	case err != nil:
		return Archive{}, fmt.Errorf("opening the archive %s: %w", dir, err)
	case !info.IsDir():
		return Archive{}, fmt.Errorf("the archive %s is a file, not a folder: name the folder that holds it", dir)
	}
	if _, err := os.ReadDir(abs); err != nil {
		return Archive{}, fmt.Errorf("opening the archive %s: %w", dir, err)
	}
	return Archive{Dir: abs, FS: os.DirFS(abs)}, nil
}

// Sample tells whether this is the archive inside the binary.
func (a Archive) Sample() bool { return a.Dir == "" }

// Name is what people are told: the folder, or what stands for it.
func (a Archive) Name() string {
	if a.Sample() {
		return "the sample archive"
	}
	return a.Dir
}

// Key tells one archive from another, and the sample of one version of the
// program from that of the next.
func (a Archive) Key() string {
	if !a.Sample() {
		return a.Dir
	}
	h := sha256.New()
	entries, _ := a.List()
	for _, e := range entries {
		raw, _ := fs.ReadFile(a.FS, e.Path) // what can't be read is missing from the key
		fmt.Fprintf(h, "%s %d\n%s", e.Path, len(raw), raw)
	}
	return "sample " + hex.EncodeToString(h.Sum(nil)[:8])
}

// Entry is a file that may be an article, as the listing saw it.
type Entry struct {
	Path     string
	Size     int64
	Modified time.Time
}

// Fault is something that kept a file or folder from being read.
type Fault struct {
	Path string
	Err  error
}

// maxDepth bounds how deep folders may lie in each other. Real archives go a
// handful deep; what is deeper is a loop that could not be recognised.
const maxDepth = 64

// Listing is what an archive's folder holds.
type Listing struct {
	Entries []Entry  // in the order of their paths
	Folders []string // their paths, "." for the archive's own
	Faults  []Fault
	Others  []string // paths of files in formats that are not read, in order
}

// List finds the articles below the archive, in order of their paths. Folders
// and files whose names begin with a dot are left out, and so are the operator's
// own files; links are followed, but
// not into a folder that holds them. A folder that can't be read is a fault,
// and so is everything that was left out of it: see Fault.
func (a Archive) List() ([]Entry, []Fault) {
	l := a.Look()
	return l.Entries, l.Faults
}

// Look lists the articles as List does, and the folders that were looked into.
func (a Archive) Look() Listing {
	l := &lister{fsys: a.FS}
	l.folder(".", nil)
	sort.Slice(l.entries, func(i, k int) bool { return l.entries[i].Path < l.entries[k].Path })
	sort.Strings(l.others)
	return Listing{l.entries, l.folders, l.faults, l.others}
}

// Entry is one of the archive's files as it is now. The error is fs.ErrNotExist where
// it is gone, and another where it is none that may be an article.
func (a Archive) Entry(name string) (Entry, error) {
	if !Reads(name) || !fs.ValidPath(name) || strings.HasPrefix(name, ".") || strings.Contains(name, "/.") {
		return Entry{}, fmt.Errorf("%s is no article's name", name)
	}
	info, err := fs.Stat(a.FS, name)
	switch {
	case err != nil:
		return Entry{}, err
	case !info.Mode().IsRegular():
		return Entry{}, ErrSpecial
	}
	return Entry{Path: name, Size: info.Size(), Modified: info.ModTime()}, nil
}

type lister struct {
	fsys    fs.FS
	entries []Entry
	folders []string
	faults  []Fault
	others  []string
}

func (l *lister) fault(name string, err error) { l.faults = append(l.faults, Fault{name, err}) }

// folder lists dir; above are the folders that hold it.
func (l *lister) folder(dir string, above []fs.FileInfo) {
	info, err := fs.Stat(l.fsys, dir)
	if err != nil {
		l.fault(dir, err)
		return
	}
	for _, up := range above {
		if os.SameFile(up, info) {
			l.fault(dir, errors.New("the link leads back to a folder that holds it"))
			return
		}
	}
	if len(above) > maxDepth {
		l.fault(dir, fmt.Errorf("folders lie more than %d deep", maxDepth))
		return
	}
	names, err := fs.ReadDir(l.fsys, dir)
	if err != nil {
		l.fault(dir, err)
	} else {
		l.folders = append(l.folders, dir)
	}
	for _, d := range names {
		if !strings.HasPrefix(d.Name(), ".") {
			l.entry(path.Join(dir, d.Name()), d, append(above[:len(above):len(above)], info))
		}
	}
}

func (l *lister) entry(name string, d fs.DirEntry, above []fs.FileInfo) {
	linked := d.Type()&fs.ModeSymlink != 0
	if d.IsDir() {
		l.folder(name, above)
		return
	}
	if operator.IsFile(name) {
		return
	}
	if !linked && !reads(name) {
		l.other(name, d.Type())
		return
	}
	info, err := fs.Stat(l.fsys, name)
	switch {
	case err != nil && reads(name):
		l.fault(name, err)
	case err != nil:
	case info.IsDir():
		l.folder(name, above)
	case !reads(name):
		l.other(name, info.Mode())
	case !info.Mode().IsRegular():
		l.fault(name, ErrSpecial)
	default:
		l.entries = append(l.entries, Entry{Path: name, Size: info.Size(), Modified: info.ModTime()})
	}
}

// other notes a file in a format that is not read; sockets and the like are no files.
func (l *lister) other(name string, mode fs.FileMode) {
	if mode.IsRegular() {
		l.others = append(l.others, name)
	}
}

// Under tells whether a path lies in a folder that could not be read, so that
// nothing is known of it.
func (f Fault) Under(name string) bool {
	return f.Path == "." || name == f.Path || strings.HasPrefix(name, f.Path+"/")
}
