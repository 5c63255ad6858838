package feed

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"onrecord/data/fetch"
	"onrecord/data/folder"
)

// Sites correct their articles, most of them within a day or two. A stored page is
// looked at again some times, with a conditional request that costs the site next to
// nothing, and whenever its feed says that it was updated, as long as it is in its
// feed. What is other there takes the place of the stored file, so that answers come
// from it; the earlier version is kept in the folder ".earlier" beside it, which the
// archive leaves out.

// looksAgain is how long after it was stored a page is looked at again.
func looksAgain() []time.Duration {
	return []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 72 * time.Hour}
}

const (
	// maxChecks is how many stored pages are looked at again in one poll.
	maxChecks = 20
	// earlierFolder is where earlier versions are kept, in the folder of their site.
	earlierFolder = ".earlier"
	// stampForm is what the name of an earlier version has of when it was replaced,
	// before a checksum of its content.
	stampForm = "20060102T150405Z"
)

// version is a stored page as it came.
type version struct {
	Link         string    `json:"link"`
	Stored       time.Time `json:"stored"`
	Looks        int       `json:"looks,omitempty"` // how often it was looked at again as planned
	Updated      time.Time `json:"updated,omitzero"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Sum          string    `json:"sum"` // SHA-256 of the stored bytes, hexadecimal
}

func newVersion(item Item, page *fetch.Page) *version {
	return &version{Link: item.Link, Updated: item.Updated, ETag: page.ETag, LastModified: page.LastModified, Sum: sumOf(Content(page))}
}

func sumOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// seen notes that an item is in its feed, and that its page is to be looked at again
// where the feed says that it was updated.
func (f *fate) seen(item Item, now time.Time) {
	f.Seen = now
	if f.Page != nil && item.Updated.After(f.Page.Updated) {
		f.Page.Updated, f.Next = item.Updated, now
	}
}

// again plans the next look at a stored page; after the last one it is known no more.
func (f *fate) again(now time.Time) {
	if f.Page.Stored.IsZero() {
		f.Page.Stored = now
	}
	for _, after := range looksAgain()[f.Page.Looks:] {
		if at := f.Page.Stored.Add(after); at.After(now) {
			f.Next = at
			return
		}
		f.Page.Looks++
	}
	f.Next = time.Time{}
}

// corrections looks again at the stored pages that are due for it. It fails only
// where going on makes no sense: the archive can't be written to, or ctx ended.
func (r *Reader) corrections(ctx context.Context, feed string, k *known, report *Report) error {
	due := k.dueAgain(r.Now(), r.longest())
	for _, f := range due[:min(len(due), maxChecks)] {
		earlier, err := r.correct(ctx, f)
		var unwritten *StoreError
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &unwritten):
			return err
		case err != nil && fetch.Lasting(err):
			r.Log.Info("a stored page is not there any more; what is stored stays", "feed", feed, "page", f.Page.Link, "file", f.File, "fault", err)
			f.Page, f.Next = nil, time.Time{}
			continue
		case err != nil:
			r.Log.Debug("a stored page could not be looked at again", "feed", feed, "page", f.Page.Link, "fault", err)
		case f.Page == nil:
			continue
		case earlier != "":
			report.Corrected++
			r.Log.Info("a stored page was corrected by its site", "feed", feed, "page", f.Page.Link, "file", f.File, "earlier version", earlier)
		}
		f.again(r.Now())
	}
	return nil
}

// dueAgain are the items, of those in the feed when that was read last, whose stored
// pages may be looked at again now, those that have waited longest first.
func (k *known) dueAgain(now time.Time, longest time.Duration) []*fate {
	var out []*fate
	var read time.Time
	for _, f := range k.Items {
		if f.Seen.After(read) {
			read = f.Seen
		}
	}
	for _, f := range k.Items {
		if f.Page == nil || f.Next.IsZero() || !f.Seen.Equal(read) {
			continue
		}
		if wait := f.Next.Sub(now); wait <= 0 || wait > longest+looksAgain()[len(looksAgain())-1] {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *fate) int {
		if c := a.Next.Compare(b.Next); c != 0 {
			return c
		}
		return strings.Compare(a.File, b.File)
	})
	return out
}

// correct looks at a stored page again. It tells where the earlier version is where
// the page took its place, and forgets the page where somebody else changed or
// removed the file.
func (r *Reader) correct(ctx context.Context, f *fate) (earlier string, err error) {
	stored, err := r.store.read(f.File)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", &StoreError{err}
	}
	if err != nil || sumOf(stored) != f.Page.Sum {
		f.Page, f.Next = nil, time.Time{}
		return "", nil
	}
	page, err := r.Client.Get(ctx, fetch.Request{URL: f.Page.Link, Types: PageTypes(), ETag: f.Page.ETag, LastModified: f.Page.LastModified})
	if err != nil || page.NotModified {
		return "", err
	}
	f.Page.ETag, f.Page.LastModified = page.ETag, page.LastModified
	content := Content(page)
	if bytes.Equal(content, stored) || !r.Corrects(path.Base(f.File), stored, content) {
		return "", nil
	}
	if earlier, err = r.store.replace(f.File, content, r.Now()); err != nil {
		return "", &StoreError{err}
	}
	f.Page.Sum = sumOf(content)
	return earlier, nil
}

// read reads a stored page.
func (s *Store) read(file string) ([]byte, error) {
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return nil, fmt.Errorf("opening the archive: %w", err)
	}
	defer root.Close()
	return root.ReadFile(file)
}

// replace puts a new version in a stored page's place. The earlier one is where it
// tells before that: at any moment both are whole, or the earlier one alone is there.
func (s *Store) replace(file string, content []byte, now time.Time) (earlier string, err error) {
	root, err := os.OpenRoot(s.dir)
	if err != nil {
		return "", fmt.Errorf("opening the archive: %w", err)
	}
	defer root.Close()
	dir, name := path.Dir(file), path.Base(file)
	old, err := root.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("keeping the earlier version of %s: %w", file, err)
	}
	earlier = path.Join(dir, earlierFolder, strings.Join([]string{strings.TrimSuffix(name, suffix), now.UTC().Format(stampForm), sumOf(old)[:hashSize]}, "-")+suffix)
	if err := folder.Put(root, earlier, old); err != nil && !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("keeping the earlier version of %s: %w", file, err)
	}
	if err := overwrite(root, file, content); err != nil {
		return "", fmt.Errorf("storing %s in the archive: %w", file, err)
	}
	return earlier, nil
}

// overwrite makes a file another one, which is whole at any moment. What a run that
// was killed left unfinished the next page of the site sweeps away.
func overwrite(root *os.Root, file string, content []byte) error {
	temp := path.Join(path.Dir(file), ".onrecord-"+rand.Text())
	f, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = root.Rename(temp, file)
	}
	if err != nil {
		return errors.Join(err, root.Remove(temp))
	}
	return nil
}
