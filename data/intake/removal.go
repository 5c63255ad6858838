package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"onrecord/data/feed"
	"onrecord/data/folder"
)

// ErrNoFile: there is no such file in the archive, or among what was taken out.
var ErrNoFile = errors.New("there is no such file")

// errOutside: os.Root would refuse it too, in other words.
var errOutside = errors.New("the file lies outside of that folder, behind a link, and has to be removed there")

// Remove takes a file out of the archive and tells where it is kept in its folder.
// It fails with ErrNoFile, with feed.ErrNoArchive, or because the folder can't be
// changed there.
func (n *Intake) Remove(name string) (kept string, err error) {
	err = n.change(name, func(root *os.Root) error {
		if n.outside(name) {
			return errOutside
		}
		kept, err = folder.SetAside(root, name, time.Now())
		return err
	})
	if err != nil {
		return "", fmt.Errorf("taking %s out of the archive: %w", name, err)
	}
	return kept, nil
}

// outside tells whether the folder that holds a file is, in truth, none below the
// archive's.
func (n *Intake) outside(name string) bool {
	top, err := filepath.EvalSymlinks(n.archive.Dir)
	if err != nil {
		return false
	}
	dir, err := filepath.EvalSymlinks(filepath.Join(n.archive.Dir, filepath.FromSlash(path.Dir(name))))
	if err != nil {
		return false
	}
	below, err := filepath.Rel(top, dir)
	return err != nil || !filepath.IsLocal(below)
}

// PutBack undoes a removal and tells the path that the file has again. It fails
// with fs.ErrExist where there is another one of that path by now, and with
// ErrNoFile where it is no longer kept.
func (n *Intake) PutBack(kept string) (name string, err error) {
	err = n.change(kept, func(root *os.Root) error {
		name, err = folder.PutBack(root, kept)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("putting %s back into the archive: %w", kept, err)
	}
	return name, nil
}

// Paths are those of the archive's files, whatever the index knows of them: articles,
// and what is read as one.
func (n *Intake) Paths() (all []string) {
	entries, _ := n.archive.List() // what can't be read can't be removed
	for _, e := range entries {
		all = append(all, e.Path)
	}
	return all
}

// Kept are the paths of what was taken out and is kept, those taken last at the
// end.
func (n *Intake) Kept() (all []string, err error) {
	err = fs.WalkDir(n.archive.FS, folder.Removed, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			all = append(all, name)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return all, err
}

// change lets f change the archive's folder, which has the file of a path.
func (n *Intake) change(name string, f func(*os.Root) error) error {
	if n.Fixed() {
		return feed.ErrNoArchive
	}
	root, err := os.OpenRoot(n.archive.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if _, err := fs.Lstat(n.archive.FS, name); errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid) {
		return ErrNoFile
	}
	return f(root)
}
