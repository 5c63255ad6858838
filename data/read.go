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

	"onrecord/data/operator"
)

// MaxFile is the most that a file of the archive may hold, in bytes. An article
// seldom passes 100 KB; a file of more than 16 MiB is something else.
const MaxFile = 16 << 20

// Refusal is why a file is no article: its content is at fault, not the reading
// of it, and nothing is asked of it again until it changes.
type Refusal string

func (r Refusal) Error() string { return string(r) }

// Why a file is refused, whatever its format. Those of one format stand with it.
const (
	ErrEmpty   = Refusal("the file is empty")
	ErrBinary  = Refusal("the file is binary, not text")
	ErrUTF8    = Refusal("the file is not valid UTF-8: save it as UTF-8 and try again")
	ErrTooBig  = Refusal("the file is larger than 16 MB: split it, or take it out of the archive")
	ErrFormat  = Refusal("not a format that is read here: " + FormatNames + " are")
	ErrSpecial = Refusal("not a regular file")
	ErrHolder  = Refusal("it holds articles and is none itself")
)

// Refused tells whether an error is a Refusal.
func Refused(err error) bool {
	var r Refusal
	return errors.As(err, &r)
}

// FormatNames are the formats that are read, for people.
const FormatNames = ".txt, .md, .html, .pdf, .eml, .xml (NITF, NewsML-G2), .json (ninjs), .jsonl, .zip and .tar.gz"

// Hash is the SHA-256 of a file's bytes.
type Hash [sha256.Size]byte

// Reads tells whether a file of this name may be an article of an archive, or hold
// some, but for the operator's own files.
func Reads(name string) bool { return reads(name) && !operator.IsFile(name) }

// reads tells whether a file's name says that it is an article, or holds some.
func reads(name string) bool { return readerOf(name) != nil || IsContainer(name) }

// reader reads an article's bytes; its error is a Refusal.
type reader func(a *Article, raw []byte) error

// readerOf is what reads a file of this name, nil where nothing does.
func readerOf(name string) reader {
	switch strings.ToLower(path.Ext(name)) {
	case ".txt":
		return asText(readPaste)
	case ".md":
		return asText(readMarkdown)
	case ".html", ".htm":
		return readHTML
	case ".pdf":
		return readPDF
	case ".eml":
		return readMail
	case ".xml":
		return readNewsXML
	case ".json":
		return readNinjs
	}
	return nil
}

// asText is a reader of files that are text already.
func asText(read func(*Article, string)) reader {
	return func(a *Article, raw []byte) error {
		if err := checkText(raw); err != nil {
			return err
		}
		read(a, string(raw))
		return nil
	}
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

// HashFile is the hash of a file's bytes.
func HashFile(fsys fs.FS, name string) (Hash, error) {
	raw, err := readFile(fsys, name)
	if err != nil {
		return Hash{}, fmt.Errorf("reading %s: %w", name, err)
	}
	return sha256.Sum256(raw), nil
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
	read := readerOf(name)
	if read == nil {
		if IsContainer(name) {
			return nil, fmt.Errorf("reading %s: %w", name, ErrHolder)
		}
		return nil, fmt.Errorf("reading %s: %w", name, ErrFormat)
	}
	return parseWith(read, name, raw)
}

func parseWith(read reader, name string, raw []byte) (*Article, error) {
	a := &Article{Path: name}
	err := checkSize(raw)
	if err == nil {
		err = read(a, raw)
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	a.setLanguage()
	return a, nil
}

func checkSize(raw []byte) error {
	switch {
	case len(bytes.TrimSpace(bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")))) == 0:
		return ErrEmpty
	case len(raw) > MaxFile:
		return ErrTooBig
	}
	return nil
}

func checkText(raw []byte) error {
	switch {
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
