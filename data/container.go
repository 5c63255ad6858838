package data

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"path"
	"strings"
)

// Files that hold articles: JSON Lines, zip and tar.gz. For the index such a
// container is one file, whose size and time tell whether it is looked into
// again, and each article in it has a path and a hash of its own, so that only
// those are read anew that changed.
//
// Nothing is unpacked to disk. Articles come one by one, and all is bounded:
// a container's size, how many files it has, what it unpacks to, and the size of
// each. Archives within archives are refused, JSON Lines within them are read.

// Limits of a container.
const (
	// MaxContainer is the most that a container may hold on disk, in bytes.
	MaxContainer = 4 << 30
	// maxInside is how many files or lines a container may have: the years of a
	// large newspaper.
	maxInside = 500_000
	// maxRatio is how many times its own size a container may unpack to. News
	// shrinks to a third or a tenth; what shrinks to a hundredth is a bomb.
	maxRatio = 100
	// alwaysFits is what a container may unpack to whatever its own size.
	alwaysFits = 64 << 20
)

// Why a container, or a part of it, is refused.
const (
	ErrBomb     = Refusal("it unpacks to more than a hundred times its size: unpack it yourself if it is what it should be")
	ErrHuge     = Refusal("it is larger than 4 GB: split it")
	ErrMany     = Refusal("it holds more than 500,000 files: split it")
	ErrDamaged  = Refusal("it is damaged or cut off")
	ErrNested   = Refusal("an archive within an archive: unpack one of them")
	ErrNone     = Refusal("it holds nothing that is read here: " + FormatNames + " are")
	ErrLocked   = Refusal("it is locked with a password")
	ErrOutside  = Refusal("its path leads out of the archive that holds it")
	ErrTwice    = Refusal("another one before it has its name or id")
	ErrNameUsed = Refusal("a file of the archive has its path: give it another name or id")
)

// IsContainer tells whether a file's name says that it holds articles.
func IsContainer(name string) bool { return isArchive(name) || isLines(name) }

func isArchive(name string) bool { return isZip(name) || isTar(name) }

func isZip(name string) bool { return strings.EqualFold(path.Ext(name), ".zip") }

func isTar(name string) bool {
	low := strings.ToLower(name)
	return strings.HasSuffix(low, ".tar.gz") || strings.HasSuffix(low, ".tgz")
}

func isLines(name string) bool { return strings.EqualFold(path.Ext(name), ".jsonl") }

// Item is an article of a container before it is read, or a part of one that is
// refused.
type Item struct {
	Path string // the container's, then "/" and its path there, or "#" and its line or id
	Hash Hash   // of Raw
	Raw  []byte
	Err  error // why it is refused; nil for an article
	line bool  // of JSON Lines
}

// Parse makes an article of it.
func (i Item) Parse() (*Article, error) {
	switch {
	case i.Err != nil:
		return nil, fmt.Errorf("reading %s: %w", i.Path, i.Err)
	case i.line:
		return parseWith(readLine, i.Path, i.Raw)
	}
	return Parse(i.Path, i.Raw)
}

func newItem(name string, raw []byte) Item {
	return Item{Path: name, Raw: raw, Hash: sha256.Sum256(raw)}
}

func refusedItem(name string, why error) Item { return Item{Path: name, Err: why} }

// Container is a file that holds articles.
type Container struct {
	Path  string
	Hash  Hash
	Count int // of files or lines in it, about

	fsys fs.FS
	size int64
}

// OpenContainer looks into a container: its hash, and whether its limits are
// kept. The error says why it is refused, or could not be read.
func OpenContainer(fsys fs.FS, name string) (*Container, error) {
	c := &Container{Path: name, fsys: fsys}
	if err := c.survey(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return c, nil
}

func (c *Container) survey() error {
	info, err := fs.Stat(c.fsys, c.Path)
	switch {
	case err != nil:
		return err
	case !info.Mode().IsRegular():
		return ErrSpecial
	case info.Size() == 0:
		return ErrEmpty
	case info.Size() > MaxContainer:
		return ErrHuge
	}
	c.size = info.Size()
	if err := c.hash(); err != nil {
		return err
	}
	switch {
	case isZip(c.Path):
		c.Count, err = c.surveyZip()
	case isTar(c.Path):
		c.Count, err = c.surveyTar()
	}
	switch {
	case err != nil:
		return err
	case c.Count > maxInside:
		return ErrMany
	case c.Count == 0:
		return ErrNone
	}
	return nil
}

// hash sums the file up, and counts its lines.
func (c *Container) hash() error {
	f, err := c.fsys.Open(c.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	sum, lines := sha256.New(), &lineCounter{}
	if _, err := io.Copy(io.MultiWriter(sum, lines), io.LimitReader(f, MaxContainer)); err != nil {
		return err
	}
	sum.Sum(c.Hash[:0])
	c.Count = lines.n + 1
	return nil
}

type lineCounter struct{ n int }

func (l *lineCounter) Write(b []byte) (int, error) {
	l.n += bytes.Count(b, []byte{'\n'})
	return len(b), nil
}

// bound is how many bytes the container may unpack to.
func (c *Container) bound() int64 { return max(alwaysFits, maxRatio*c.size) }

// Items are the container's articles in the order in which they stand in it. An
// error beside one ends it: the file could not be read on.
func (c *Container) Items() iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		seen := map[string]bool{}
		once := func(i Item) bool {
			if seen[i.Path] {
				i = refusedItem(i.Path, ErrTwice)
			}
			if i.Err == ErrTwice {
				for n := 2; seen[i.Path]; n++ {
					i.Path = fmt.Sprintf("%s (%d)", strings.TrimSuffix(i.Path, fmt.Sprintf(" (%d)", n-1)), n)
				}
			}
			seen[i.Path] = true
			return yield(i, nil)
		}
		if err := c.walk(once); err != nil {
			yield(Item{}, fmt.Errorf("reading %s: %w", c.Path, err))
		}
	}
}

// walk hands over item by item until no more are wanted.
func (c *Container) walk(each func(Item) bool) error {
	switch {
	case isZip(c.Path):
		return c.walkZip(each)
	case isTar(c.Path):
		return c.walkTar(each)
	}
	f, err := c.fsys.Open(c.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = walkLines(c.Path, f, each)
	return err
}

// member hands over what a file inside of an archive holds. It is false where
// no more is wanted.
func member(holder, name string, size int64, open func() (io.Reader, error), each func(Item) bool) (bool, error) {
	full := holder + "/" + name
	if isArchive(name) {
		return each(refusedItem(full, ErrNested)), nil
	}
	if size > MaxFile && !isLines(name) {
		return each(refusedItem(full, ErrTooBig)), nil
	}
	r, err := open()
	if err != nil {
		return each(refusedItem(full, unpackFault(err))), nil
	}
	if isLines(name) {
		more, err := walkLines(full, r, each)
		if more && err != nil {
			return each(refusedItem(full, unpackFault(err))), nil
		}
		return more, nil
	}
	raw, err := io.ReadAll(io.LimitReader(r, MaxFile+1))
	switch {
	case err != nil:
		return each(refusedItem(full, unpackFault(err))), nil
	case len(raw) > MaxFile:
		return each(refusedItem(full, ErrTooBig)), nil
	}
	return each(newItem(full, raw)), nil
}

// unpackFault is why a file inside of an archive is refused.
func unpackFault(err error) error {
	if Refused(err) {
		return err
	}
	return fmt.Errorf("%w: %v", ErrDamaged, err)
}

// insideName is a file's path inside of an archive, as the article's path has it.
// It is not wanted where nothing reads it: folders, pictures, hidden files.
func insideName(name string) (clean string, wanted bool, err error) {
	name = strings.ToValidUTF8(strings.ReplaceAll(name, `\`, "/"), "\uFFFD")
	if !reads(name) || strings.HasSuffix(name, "/") {
		return "", false, nil
	}
	clean = path.Clean(name)
	for _, element := range strings.Split(name, "/") {
		switch {
		case element == "..":
			return strings.ReplaceAll(name, "..", "__"), true, ErrOutside
		case strings.HasPrefix(element, ".") && element != ".", element == "__MACOSX":
			return "", false, nil
		}
	}
	if strings.HasPrefix(name, "/") || !fs.ValidPath(clean) || len(clean) > 1 && clean[1] == ':' {
		return strings.TrimLeft(clean, "/"), true, ErrOutside
	}
	return clean, true, nil
}

// Inside parts the path of an article in a container from the container's own:
// "news.zip/2031/a.html" is in "news.zip", "wire.jsonl#12" in "wire.jsonl".
func Inside(name string) (container string, ok bool) {
	for at, r := range name {
		if (r == '/' || r == '#') && IsContainer(name[:at]) && (r == '/') == isArchive(name[:at]) {
			return name[:at], true
		}
	}
	return "", false
}

// isFormat tells faults of a file's content from those of reading it.
func isFormat(err error) bool {
	var path *fs.PathError
	return !errors.As(err, &path)
}
