package data

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
)

// locked is the bit of a zip entry's flags that says it is encrypted.
const locked = 0x1

// openZip opens a zip file and hands over its directory.
func (c *Container) openZip(use func(*zip.Reader) error) error {
	f, err := c.fsys.Open(c.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	at, err := readerAt(f)
	if err != nil {
		return err
	}
	z, err := zip.NewReader(at, c.size)
	if err != nil && isFormat(err) {
		return fmt.Errorf("%w: %v", ErrDamaged, err)
	} else if err != nil {
		return err
	}
	return use(z)
}

// readerAt reads a file at any place; files of the system can, others are read
// into memory.
func readerAt(f fs.File) (io.ReaderAt, error) {
	if at, ok := f.(io.ReaderAt); ok {
		return at, nil
	}
	raw, err := io.ReadAll(io.LimitReader(f, MaxContainer))
	return bytes.NewReader(raw), err
}

// surveyZip counts what would be read, by the directory. What it says of sizes is
// held to when they are unpacked.
func (c *Container) surveyZip() (files int, err error) {
	var unpacked uint64
	err = c.openZip(func(z *zip.Reader) error {
		if len(z.File) > maxInside {
			return ErrMany
		}
		for _, f := range z.File {
			if _, wanted, _ := insideName(f.Name); !wanted || !f.Mode().IsRegular() {
				continue
			}
			files++
			if f.UncompressedSize64 <= MaxFile || isLines(f.Name) {
				unpacked += min(f.UncompressedSize64, MaxContainer)
			}
		}
		if unpacked > uint64(c.bound()) {
			return ErrBomb
		}
		return nil
	})
	return files, err
}

func (c *Container) walkZip(each func(Item) bool) error {
	return c.openZip(func(z *zip.Reader) error {
		for _, f := range z.File {
			if more, err := c.zipMember(f, each); !more || err != nil {
				return err
			}
		}
		return nil
	})
}

func (c *Container) zipMember(f *zip.File, each func(Item) bool) (bool, error) {
	name, wanted, err := insideName(f.Name)
	switch {
	case !wanted || !f.Mode().IsRegular():
		return true, nil
	case err != nil:
		return each(refusedItem(c.Path+"/"+name, err)), nil
	case f.Flags&locked != 0:
		return each(refusedItem(c.Path+"/"+name, ErrLocked)), nil
	}
	var opened io.ReadCloser
	open := func() (io.Reader, error) {
		var err error
		if opened, err = f.Open(); err != nil {
			return nil, err
		}
		return io.LimitReader(opened, int64(min(f.UncompressedSize64, MaxContainer))+1), nil
	}
	more, err := member(c.Path, name, int64(min(f.UncompressedSize64, MaxContainer)), open, each)
	if opened != nil {
		_ = opened.Close() // it was read only
	}
	return more, err
}
