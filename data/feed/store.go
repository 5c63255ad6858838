package feed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"

	"onrecord/data/fetch"
	"onrecord/data/folder"
)

// ErrNoArchive: there is no folder to store pages in.
var ErrNoArchive = errors.New("the sample archive in the program takes no articles: set ARCHIVE_DIR to a folder of your own")

// Store keeps pages as files of an archive, in its folder "feeds", one folder a
// site. It writes nowhere else. A page that its site corrected takes the place of the
// earlier version, which is kept beside it; over no other file is ever written.
type Store struct{ dir string }

// NewStore stores into an archive's folder.
func NewStore(dir string) (*Store, error) {
	if dir == "" {
		return nil, ErrNoArchive
	}
	return &Store{dir}, nil
}

// Has is the path below the archive at which the page of a link is stored, "" if
// it is not.
func (s *Store) Has(link string) (string, error) {
	u, err := url.Parse(link)
	if err != nil {
		return "", nil // no page has such an address; who asks for it is told why
	}
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return "", fmt.Errorf("opening the archive: %w", err)
	}
	defer root.Close()
	return find(root, hostFolder(u), hashOf(u)+suffix)
}

// find looks for a file by how its name ends.
func find(root *os.Root, dir, end string) (string, error) {
	files, err := fs.ReadDir(root.FS(), dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("looking into the archive's folder %s: %w", dir, err)
	}
	for _, f := range files {
		if name := f.Name(); !strings.HasPrefix(name, ".") && (name == end || strings.HasSuffix(name, "-"+end)) {
			return path.Join(dir, name), nil
		}
	}
	return "", nil
}

// StoreError: the archive could not be read or written, so that the next page
// would fare no better.
type StoreError struct{ error }

func (e *StoreError) Unwrap() error { return e.error }

// Add gets the page that a request means, a web page, and stores it as an item's,
// unless the archive has it: then it is not fresh, and nobody is asked. It tells
// where, below the archive.
func (s *Store) Add(ctx context.Context, client *fetch.Client, r fetch.Request, item Item) (file string, fresh bool, err error) {
	file, page, err := s.add(ctx, client, r, item)
	return file, page != nil, err
}

// add is Add, with the page that was stored; nil where there was one already.
func (s *Store) add(ctx context.Context, client *fetch.Client, r fetch.Request, item Item) (file string, page *fetch.Page, err error) {
	if file, err = s.Has(item.Link); err != nil {
		return "", nil, &StoreError{err}
	} else if file != "" {
		return file, nil, nil
	}
	r.Types = PageTypes()
	if page, err = client.Get(ctx, r); err != nil {
		return "", nil, err
	}
	if file, err = s.Keep(item, page); err != nil {
		return "", nil, &StoreError{err}
	}
	return file, page, nil
}

// Keep stores the page of an item and tells where, below the archive. A page that
// is stored already stays as it is.
func (s *Store) Keep(item Item, page *fetch.Page) (string, error) {
	u, err := url.Parse(item.Link)
	if err != nil {
		return "", fmt.Errorf("naming the file of a page: %w", err)
	}
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return "", fmt.Errorf("opening the archive: %w", err)
	}
	defer root.Close()
	dir := hostFolder(u)
	if name, err := find(root, dir, hashOf(u)+suffix); name != "" || err != nil {
		return name, err
	}
	name := path.Join(dir, fileName(item, u))
	if err := folder.Put(root, name, Content(page)); err != nil {
		return "", fmt.Errorf("storing %s in the archive: %w", name, err)
	}
	return name, nil
}

// missing tells whether the folder of stored pages is not there.
func (s *Store) missing() bool {
	_, err := os.Stat(path.Join(s.dir, pages))
	return err != nil
}
