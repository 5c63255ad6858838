package index

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
)

// ErrFull says that the disk of an index has no room left.
var ErrFull = errors.New("the disk is full")

// ErrReadOnly says that an index folder can't be written to.
var ErrReadOnly = errors.New("it can't be written to")

// unwritten explains why writing an index failed, where that is something that an
// operator can mend. Bleve gives some errors as text alone.
func (f folder) unwritten(err error) error {
	switch {
	case err == nil:
		return nil
	case is(err, syscall.ENOSPC), is(err, syscall.EDQUOT):
		return fmt.Errorf("%w, that of the index folder %s: make room there, or name another folder with --index or INDEX_DIR. Nothing is lost: the last complete state goes on answering, and the next run goes on from here (%w)", ErrFull, string(f), err)
	case is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("the index folder %s is to be updated, but %w: let this user write there, or name another folder with --index or INDEX_DIR (%w)", string(f), ErrReadOnly, err)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("the index folder %s can't be made, for a file is in its place or above it: name another folder with --index or INDEX_DIR (%w)", string(f), err)
	}
	return err
}

func is(err error, cause syscall.Errno) bool {
	return errors.Is(err, cause) || strings.Contains(err.Error(), cause.Error())
}
