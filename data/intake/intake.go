package intake

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
	"sync"

	"onrecord/data"
	"onrecord/data/feed"
	"onrecord/data/fetch"
	"onrecord/data/folder"
)

// MaxBytes is how large a file may be that is sent: what the archive takes for one
// article. A larger one that holds many articles is for the operator to put there.
const MaxBytes = data.MaxFile

// sent is the folder, in the archive's, of files that were sent.
const sent = "added"

// maxSame bounds how many files of one name are kept beside each other.
const maxSame = 1000

// Refusal is why something is not taken, to be read by who wanted it in.
type Refusal struct{ error }

// Unwrap gives the cause.
func (r *Refusal) Unwrap() error { return r.error }

// Why something is not taken; see also the refusals of package data and the errors
// of package fetch.
const (
	ErrLarge     = data.Refusal("it is larger than 16 MB, the most that can be sent: put it into the archive's folder yourself")
	ErrNoText    = data.Refusal("no article's text was found in it: nothing is left beside what was taken for title, byline, captions and other things around a story")
	ErrNoArticle = data.Refusal("none of what it holds is an article")
)

// Intake changes an archive's folder for admins. It is safe for concurrent use.
type Intake struct {
	archive data.Archive
	store   *feed.Store // nil for the sample archive
	client  *fetch.Client
	// storing is held while a file is stored that was sent: of two that are the same,
	// the second is to find the first.
	storing sync.Mutex
}

// New makes an intake of an archive. For the sample archive it refuses everything
// with feed.ErrNoArchive.
func New(archive data.Archive, client *fetch.Client) *Intake {
	store, _ := feed.NewStore(archive.Dir) // nil is what it is for the sample
	return &Intake{archive: archive, store: store, client: client}
}

// Fixed tells whether the archive can't be changed: it is the sample archive.
func (n *Intake) Fixed() bool { return n.store == nil }

// Added is a file that the archive has.
type Added struct {
	Path  string // below the archive
	Known bool   // the archive had it before
	Contents
}

// File is a file that somebody sent, and where it can be got.
type File struct {
	Name string // as the sender calls it
	URL  string
	Size int64 // bytes, as far as known
}

// Add gets a file that somebody sent, reads it and stores it. It fails with a
// *Refusal, with feed.ErrNoArchive or with ctx's error; any other error means that
// the archive's folder could not be read or written.
func (n *Intake) Add(ctx context.Context, f File) (*Added, error) {
	switch {
	case n.Fixed():
		return nil, feed.ErrNoArchive
	case !reads(f.Name):
		return nil, &Refusal{data.ErrFormat}
	case f.Size > MaxBytes:
		return nil, &Refusal{ErrLarge}
	}
	page, err := n.client.Get(ctx, fetch.Request{URL: f.URL, MaxBytes: MaxBytes, Asked: true})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, fetch.ErrTooLarge):
		return nil, &Refusal{ErrLarge}
	case err != nil: // its address is long, and not one that anybody typed
		return nil, &Refusal{fmt.Errorf("the file could not be got from Discord: %w", cause(err))}
	}
	return n.keep(ctx, fileName(f.Name), page.Body)
}

// AddPage gets a web page, reads it and stores it where feeds keep theirs. Errors
// are as those of Add.
func (n *Intake) AddPage(ctx context.Context, address string) (*Added, error) {
	if n.Fixed() {
		return nil, feed.ErrNoArchive
	}
	u, err := n.client.CheckURL(address)
	if err != nil {
		return nil, &Refusal{err}
	}
	if file, err := n.store.Has(u.String()); err != nil || file != "" {
		return n.known(ctx, file, err)
	}
	page, err := n.client.Get(ctx, fetch.Request{URL: u.String(), Types: feed.PageTypes(), Asked: true})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, fetch.ErrType):
		return nil, &Refusal{fmt.Errorf("%w. Files other than web pages can be attached", err)}
	case err != nil:
		return nil, &Refusal{err}
	}
	contents, err := look(ctx, "page.html", feed.Content(page))
	if err != nil {
		return nil, err
	}
	if file, err := n.under(u, contents.Article.URL); err != nil || file != "" {
		return n.known(ctx, file, err)
	}
	file, err := n.store.Keep(feed.Item{ID: u.String(), Link: u.String()}, page)
	if err != nil {
		return nil, err
	}
	return added(file, false, contents), nil
}

// cause is an error without what was being done.
func cause(err error) error {
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}

// known is a file that the archive has already.
func (n *Intake) known(ctx context.Context, file string, err error) (*Added, error) {
	if err != nil {
		return nil, err
	}
	raw, err := fs.ReadFile(n.archive.FS, file)
	if err != nil {
		return nil, fmt.Errorf("reading %s of the archive: %w", file, err)
	}
	contents, err := look(ctx, file, raw)
	if err != nil {
		return nil, err
	}
	return added(file, true, contents), nil
}

// added is a file of the archive with what it holds.
func added(file string, known bool, c Contents) *Added {
	c.Article.Path = file + c.Article.Path // so far it was below the file
	return &Added{Path: file, Known: known, Contents: c}
}

// under is the file of a page under the address by which its site calls it, if
// that is another one: links that people share have much added to them. Only the
// site's own word counts.
func (n *Intake) under(u *url.URL, own string) (file string, err error) {
	other, err := url.Parse(own)
	if err != nil || own == "" || !strings.EqualFold(other.Hostname(), u.Hostname()) {
		return "", nil
	}
	return n.store.Has(own)
}

// keep stores a file that was sent, unless the archive has one of the same bytes.
func (n *Intake) keep(ctx context.Context, name string, raw []byte) (*Added, error) {
	contents, err := look(ctx, name, raw)
	if err != nil {
		return nil, err
	}
	n.storing.Lock()
	defer n.storing.Unlock()
	if file := n.same(name, raw); file != "" {
		return added(file, true, contents), nil
	}
	root, err := os.OpenRoot(n.archive.Dir)
	if err != nil {
		return nil, fmt.Errorf("opening the archive: %w", err)
	}
	defer root.Close()
	for k := 1; k <= maxSame; k++ {
		file := path.Join(sent, numbered(name, k))
		if err = folder.Put(root, file, raw); err == nil {
			return added(file, false, contents), nil
		}
		if !errors.Is(err, fs.ErrExist) {
			break
		}
	}
	return nil, fmt.Errorf("storing %s in the archive: %w", name, err)
}

// same is the path of a file of the archive with the same bytes and format.
func (n *Intake) same(name string, raw []byte) string {
	all, _ := n.archive.List() // what can't be read can't be compared
	for _, e := range all {
		if e.Size != int64(len(raw)) || !strings.EqualFold(path.Ext(e.Path), path.Ext(name)) {
			continue
		}
		if there, err := fs.ReadFile(n.archive.FS, e.Path); err == nil && bytes.Equal(there, raw) {
			return e.Path
		}
	}
	return ""
}
