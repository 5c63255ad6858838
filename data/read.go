package data

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode/utf8"
)

// MaxFile is the most that a file of the archive may hold, in bytes. An article
// seldom passes 100 KB; a file of more than 16 MiB is something else.
const MaxFile = 16 << 20

// Why a file is refused.
var (
	ErrEmpty   = errors.New("the file is empty")
	ErrBinary  = errors.New("the file is binary, not text")
	ErrUTF8    = errors.New("the file is not valid UTF-8: save it as UTF-8 and try again")
	ErrTooBig  = errors.New("the file is larger than 16 MB: split it, or take it out of the archive")
	ErrFormat  = errors.New("not a format that is read here: .txt and .md are")
	ErrSpecial = errors.New("not a regular file")
)

// Hash is the SHA-256 of a file's bytes.
type Hash [sha256.Size]byte

// Formats are the file name extensions that are read.
func Formats() []string { return []string{".md", ".txt"} }

// reads tells whether a file's name says that it is an article.
func reads(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".txt" || ext == ".md"
}

// Read reads one article of a file system. The error says why a file is
// refused, and names it.
func Read(fsys fs.FS, name string) (*Article, Hash, error) {
	raw, err := readFile(fsys, name)
	if err != nil {
		return nil, Hash{}, fmt.Errorf("reading %s: %w", name, err)
	}
	a, err := Parse(name, raw)
	return a, sha256.Sum256(raw), err
}

func readFile(fsys fs.FS, name string) ([]byte, error) {
	if info, err := fs.Stat(fsys, name); err != nil {
		return nil, err
	} else if !info.Mode().IsRegular() {
		return nil, ErrSpecial // opening a pipe would wait for its writer
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return nil, err
	}
	if len(raw) > MaxFile {
		return nil, ErrTooBig
	}
	return raw, nil
}

// Parse makes an article of a file's bytes; the name tells the format.
func Parse(name string, raw []byte) (*Article, error) {
	if err := check(raw); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	a := &Article{Path: name}
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		if err := readHTML(a, raw); err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
	case ".txt":
		readPaste(a, string(raw))
	case ".md":
		readMarkdown(a, string(raw))
	default:
		return nil, fmt.Errorf("reading %s: %w", name, ErrFormat)
	}
	a.setLanguage()
	return a, nil
}

func check(raw []byte) error {
	switch {
	case len(bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))) == 0:
		return ErrEmpty
	case len(raw) > MaxFile:
		return ErrTooBig
	case bytes.IndexByte(raw, 0) >= 0:
		return ErrBinary
	case !utf8.Valid(raw):
		if mostlyControl(raw) {
			return ErrBinary
		}
		return ErrUTF8
	}
	return nil
}

// mostlyControl tells binary data from text in another encoding: by control
// characters in its first kilobytes.
func mostlyControl(raw []byte) bool {
	raw = raw[:min(len(raw), 4096)]
	n := 0
	for _, b := range raw {
		if b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != '\f' {
			n++
		}
	}
	return n*20 > len(raw)
}
