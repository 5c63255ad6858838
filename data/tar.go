package data

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
)

// openTar opens a tar.gz and hands over its entries from the first, reading no
// more than it may unpack to.
func (c *Container) openTar(use func(*tar.Reader) error) error {
	f, err := c.fsys.Open(c.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil && isFormat(err) {
		return fmt.Errorf("%w: %v", ErrDamaged, err)
	} else if err != nil {
		return err
	}
	all := &bounded{z, c.bound()}
	if err := use(tar.NewReader(all)); err != nil {
		return err
	}
	if _, err = io.Copy(io.Discard, all); err != nil && !Refused(err) && isFormat(err) {
		return fmt.Errorf("%w: %v", ErrDamaged, err) // the sum at the end tells
	}
	return err
}

// bounded reads until more comes than may.
type bounded struct {
	r    io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, ErrBomb
	}
	return n, err
}

// surveyTar goes through the whole stream once: it counts what would be read,
// and finds out whether it is whole.
func (c *Container) surveyTar() (files int, err error) {
	err = c.eachEntry(func(h *tar.Header, _ *tar.Reader) (bool, error) {
		if files++; files > maxInside {
			return false, ErrMany
		}
		return true, nil
	})
	return files, err
}

func (c *Container) walkTar(each func(Item) bool) error {
	return c.eachEntry(func(h *tar.Header, r *tar.Reader) (bool, error) {
		name, _, err := insideName(h.Name)
		if err != nil {
			return each(refusedItem(c.Path+"/"+name, err)), nil
		}
		return member(c.Path, name, h.Size, func() (io.Reader, error) { return r, nil }, each)
	})
}

// eachEntry goes through the regular files that would be read.
func (c *Container) eachEntry(use func(*tar.Header, *tar.Reader) (bool, error)) error {
	return c.openTar(func(t *tar.Reader) error {
		for {
			h, err := t.Next()
			switch {
			case errors.Is(err, io.EOF):
				return nil
			case err != nil && !Refused(err) && isFormat(err):
				return fmt.Errorf("%w: %v", ErrDamaged, err)
			case err != nil:
				return err
			}
			if _, wanted, _ := insideName(h.Name); !wanted || h.Typeflag != tar.TypeReg {
				continue
			}
			if more, err := use(h, t); !more || err != nil {
				return err
			}
		}
	})
}
