package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"time"
)

// Removed is the folder, in the archive's, of what was taken out of it. The
// archive leaves it out for its dot. Below it is a folder for each removal, named
// after its time, and in that the file with the path that it had.
const Removed = ".removed"

const (
	// removalForm is the name of a removal's folder: UTC, fit for every system.
	removalForm = "20060102-150405"
	// maxRemovals bounds how many folders are tried for removals of one second.
	maxRemovals = 1000
)

// SetAside takes a file out of the archive, into the folder Removed, and tells
// where it is there. Killed halfway it leaves the file in the archive.
func SetAside(root *os.Root, name string, now time.Time) (kept string, err error) {
	if !fs.ValidPath(name) || Kept(name) {
		return "", &fs.PathError{Op: "remove", Path: name, Err: fs.ErrInvalid}
	}
	for n := 1; n <= maxRemovals; n++ {
		stamp := now.UTC().Format(removalForm)
		if n > 1 {
			stamp = fmt.Sprintf("%s-%d", stamp, n)
		}
		kept = path.Join(Removed, stamp, name)
		if err = move(root, name, kept); !errors.Is(err, fs.ErrExist) {
			return kept, err
		}
	}
	return "", err
}

// PutBack makes a file that was set aside one of the archive again, with the path
// that it had, which it tells. It fails with fs.ErrExist where there is another
// file of that path by now.
func PutBack(root *os.Root, kept string) (name string, err error) {
	name = Origin(kept)
	if name == "" || !fs.ValidPath(kept) {
		return "", &fs.PathError{Op: "put back", Path: kept, Err: fs.ErrInvalid}
	}
	return name, move(root, kept, name)
}

// Kept tells whether a path is one in the folder Removed.
func Kept(name string) bool { return name == Removed || strings.HasPrefix(name, Removed+"/") }

// Origin is the path that a file in the folder Removed had, "" where that can't be
// told.
func Origin(kept string) string {
	below, is := strings.CutPrefix(kept, Removed+"/")
	_, name, _ := strings.Cut(below, "/")
	if !is {
		return ""
	}
	return name
}

// move gives a file another path, where no file is.
func move(root *os.Root, from, to string) error {
	info, err := root.Lstat(from)
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return &fs.PathError{Op: "move", Path: from, Err: errors.New("it is a folder")}
	}
	if err := root.MkdirAll(path.Dir(to), 0o755); err != nil {
		return err
	}
	if err := link(root, from, to); err != nil {
		return err
	}
	return remove(root, from)
}
