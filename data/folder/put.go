package folder

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// Names of files that are not complete yet; the archive leaves out what begins
// with a dot.
const (
	unfinished = ".onrecord-"
	// staleAfter is when such a file is nobody's any more.
	staleAfter = time.Hour
)

// Put makes a file appear, complete, and the folders above it. Where there is one
// of that name already it fails with fs.ErrExist.
func Put(root *os.Root, name string, content []byte) (err error) {
	dir := path.Dir(name)
	if err := root.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making a folder in the archive: %w", err)
	}
	sweep(root, dir)
	temp := path.Join(dir, unfinished+rand.Text())
	defer func() { err = errors.Join(err, remove(root, temp)) }()
	if err := writeSynced(root, temp, content); err != nil {
		return err
	}
	return link(root, temp, name)
}

// Reserved tells whether Windows takes a name, whatever its ending, for a device.
func Reserved(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	if slices.Contains([]string{"con", "prn", "aux", "nul"}, stem) {
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}

// link gives a file a further name, or moves it there on a file system that has
// no hard links. It fails with fs.ErrExist where the name is taken.
func link(root *os.Root, from, to string) error {
	err := root.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// A file system without hard links: then a look before the rename has to do.
	if _, err := root.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(fs.ErrExist, err)
	}
	return root.Rename(from, to)
}

func writeSynced(root *os.Root, name string, content []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(content); err != nil {
		return errors.Join(err, f.Close())
	}
	return errors.Join(f.Sync(), f.Close())
}

func remove(root *os.Root, name string) error {
	if err := root.Remove(name); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// sweep removes what a run that was killed left unfinished. What can't be removed
// stays: no article is missing for it.
func sweep(root *os.Root, dir string) {
	files, _ := fs.ReadDir(root.FS(), dir)
	for _, f := range files {
		if !strings.HasPrefix(f.Name(), unfinished) {
			continue
		}
		if info, err := f.Info(); err == nil && time.Since(info.ModTime()) > staleAfter {
			_ = root.Remove(path.Join(dir, f.Name()))
		}
	}
}
