package data

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// JSON Lines, .jsonl: one article a line, an object with the fields of lineFields.
// A line's path is FILE.jsonl#ID with its field id, else FILE.jsonl#N with its
// number, counted from 1. With ids an article keeps its path when lines are put in
// above it.

// lineFields are the fields of a line; all but the text may be missing, and
// others are passed over.
type lineFields struct {
	ID       any    `json:"id"`       // a word or a number
	Title    string `json:"title"`    // the headline
	Author   any    `json:"author"`   // a name, or a list of names
	Source   string `json:"source"`   // the outlet
	Date     string `json:"date"`     // 2031-04-02, or as FindDate reads it
	URL      string `json:"url"`      // where it was published
	Language string `json:"language"` // en, ru, uk, …
	Text     string `json:"text"`     // plain text, a paragraph a line
	Body     string `json:"body"`     // the same, where there is no text
}

// Why a line is refused.
const (
	ErrNoJSON   = Refusal("it is no JSON object of an article's fields")
	ErrNoFields = Refusal("it has no article's text: a string in the field text or body")
)

// walkLines hands over the articles of JSON Lines. It is false where no more is
// wanted.
func walkLines(holder string, r io.Reader, each func(Item) bool) (more bool, err error) {
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, tooLong, err := readLineOf(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return true, err
		}
		end := err != nil
		switch {
		case n > maxInside:
			return each(refusedItem(fmt.Sprintf("%s#%d", holder, n), ErrMany)), nil
		case tooLong:
			more = each(refusedItem(fmt.Sprintf("%s#%d", holder, n), ErrTooBig))
		case len(bytes.TrimSpace(line)) > 0:
			more = each(lineItem(holder, n, line))
		default:
			more = true
		}
		if !more || end {
			return more, nil
		}
	}
}

// readLineOf reads a line without its end. Of one that is longer than an article
// may be, nothing is kept.
func readLineOf(in *bufio.Reader) (line []byte, tooLong bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if len(line)+len(part) > MaxFile {
			line, tooLong = nil, true
		}
		if !tooLong {
			line = append(line, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return bytes.TrimRight(line, "\r\n"), tooLong, err
		}
	}
}

func lineItem(holder string, n int, line []byte) Item {
	if n == 1 {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	}
	i := newItem(fmt.Sprintf("%s#%d", holder, n), line)
	i.line = true
	var only struct {
		ID any `json:"id"`
	}
	if json.Unmarshal(line, &only) == nil {
		if id := idOf(only.ID); id != "" {
			i.Path = holder + "#" + id
		}
	}
	return i
}

// maxID is the longest id that serves in a path, in bytes.
const maxID = 200

// idOf is an id that may stand in a path, "" for what can't.
func idOf(v any) string {
	s := ""
	switch v := v.(type) {
	case string:
		s = v
	case float64:
		s = strings.TrimSuffix(fmt.Sprintf("%.0f", v), ".")
	}
	odd := func(r rune) bool { return !unicode.IsPrint(r) || r == utf8.RuneError }
	if len(s) > maxID || strings.TrimSpace(s) != s || strings.ContainsFunc(s, odd) {
		return ""
	}
	return s
}

// readLine reads a line of JSON Lines. Its text is the title, then a paragraph a
// line.
func readLine(a *Article, raw []byte) error {
	var f lineFields
	if err := json.Unmarshal(raw, &f); err != nil {
		return jsonFault(err)
	}
	blocks := textBlocks(f.Text)
	if len(blocks) == 0 {
		blocks = textBlocks(f.Body)
	}
	if len(blocks) == 0 {
		return ErrNoFields
	}
	a.Title, a.Source, a.URL = oneLine(f.Title), oneLine(f.Source), oneLine(f.URL)
	if s, ok := plainValue(f.Author); ok {
		a.Author = oneLine(s)
	}
	a.Language = languageCode(f.Language)
	if a.Date = FindDate(f.Date); a.Date == "" && f.Date != "" {
		a.note(fmt.Sprintf("the date %q was not understood: write it as 2025-03-13", f.Date))
	}
	if a.Title == "" {
		a.note("no title: the field title is empty")
	}
	a.setStory(blocks)
	return nil
}

// jsonFault is why JSON is refused, in words for people.
func jsonFault(err error) error {
	var other *json.UnmarshalTypeError
	switch {
	case !errors.As(err, &other):
		return fmt.Errorf("%w: %v", ErrNoJSON, err)
	case other.Field == "":
		return fmt.Errorf("%w: it is a JSON %s", ErrNoJSON, other.Value)
	}
	return fmt.Errorf("%w: its field %s is a JSON %s", ErrNoJSON, other.Field, other.Value)
}

// textBlocks are the paragraphs of a plain text, one a line.
func textBlocks(s string) []block {
	var out []block
	for line := range strings.Lines(strings.ReplaceAll(s, "\r", "\n")) {
		if line = strings.Trim(line, htmlSpace); strings.TrimFunc(line, blank) != "" {
			out = append(out, block{text: line})
		}
	}
	return out
}
