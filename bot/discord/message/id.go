package message

import (
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/bot"
)

// What a press of a button needs stands in its custom_id:
//
//	1.ACTION.LANGUAGE.DETAIL
//
// 1 is the version of this form. The question is not in it but in the message
// (Question finds it there), so that 100 characters are enough. Anybody can send
// any custom_id: what DecodeID gives has the right form and sizes, no more.

// Action is what a button is for.
type Action string

const (
	ShowPage Action = "p" // show page ID.Page of the answer
	Around   Action = "c" // show the paragraphs around ID.Statement, or around the one chosen (see Chosen)
	Share    Action = "s" // repeat a private answer for all to see
	Report   Action = "w" // "Wrong?": open the modal; the modal's own id is the same
	Ask      Action = "a" // answer ID.Question
	Remove   Action = "x" // remove ID.File from the archive
	Leave    Action = "k" // remove nothing
	PutBack  Action = "b" // put ID.File, which was removed, back
	counter  Action = "n" // "2/3", never pressed
)

// ID is a custom_id, read. Fields that its action doesn't use are empty.
type ID struct {
	Action    Action
	Lang      Lang
	Page      int    // from 0
	Statement string // a Key; of Around and Report, where one statement is meant
	Question  string // of Ask
	File      string // a FileKey
}

// ErrID is of a custom_id that this program doesn't make, or no longer makes.
var ErrID = errors.New("message: not a custom_id of this version")

const (
	idVersion = "1"
	idFields  = 4
	maxPage   = 999 // more pages than an answer can have
)

// String is the custom_id. It has at most 100 characters but for an Ask whose
// question is too long: see Fits.
func (id ID) String() string {
	return strings.Join([]string{idVersion, string(id.Action), string(id.Lang), id.detail()}, ".")
}

func (id ID) detail() string {
	switch id.Action {
	case ShowPage, Share:
		return strconv.Itoa(id.Page)
	case Report:
		return strconv.Itoa(id.Page) + "." + id.Statement
	case Around:
		return id.Statement
	case Ask:
		return id.Question
	case Remove, PutBack:
		return id.File
	}
	return ""
}

// Fits tells whether Discord takes the id, and gives it back as it is.
func (id ID) Fits() bool {
	s := id.String()
	return length(s) <= maxCustomID && utf8.ValidString(s) && strings.IndexFunc(s, unicode.IsControl) < 0 &&
		s == strings.TrimSpace(s)
}

// DecodeID reads a custom_id. Its error wraps ErrID: the message is from an
// older version, or somebody made the id up.
func DecodeID(s string) (ID, error) {
	fields := strings.SplitN(s, ".", idFields)
	if len(fields) < idFields || fields[0] != idVersion || length(s) > maxCustomID {
		return ID{}, fmt.Errorf("%w: %.100q", ErrID, s)
	}
	id := ID{Action: Action(fields[1]), Lang: Lang(fields[2])}
	if texts[id.Lang] == nil || !id.read(fields[3]) || id.String() != s {
		return ID{}, fmt.Errorf("%w: %.100q", ErrID, s)
	}
	return id, nil
}

func (id *ID) read(detail string) bool {
	switch id.Action {
	case ShowPage, Share:
		return id.readPage(detail)
	case Report:
		page, key, _ := strings.Cut(detail, ".")
		id.Statement = key
		return id.readPage(page) && (key == "" || isKey(key))
	case Around:
		id.Statement = detail
		return detail == "" || isKey(detail)
	case Ask:
		id.Question = detail
		return strings.TrimSpace(detail) != ""
	case Remove, PutBack:
		id.File = detail
		return isFileKey(detail)
	case counter, Leave:
		return detail == ""
	}
	return false
}

func (id *ID) readPage(s string) bool {
	n, err := strconv.Atoi(s)
	id.Page = n
	return err == nil && n >= 0 && n <= maxPage
}

// Key stands for a statement or passage of an answer: its article, hashed, and
// where in it the words begin. It stays the same while the article does.
func Key(article string, start int) string {
	return FileKey(article) + "-" + strconv.Itoa(start)
}

// FileKey stands for the path of a file, which may be longer than a custom_id.
func FileKey(path string) string {
	sum := sha256.Sum256([]byte(path))
	return keyLetters.EncodeToString(sum[:keyBytes])
}

// keyBytes of a path's hash tell it from all others of an archive.
const keyBytes = 10

var keyLetters = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func isKey(s string) bool {
	hash, start, ok := strings.Cut(s, "-")
	n, notNumber := strconv.Atoi(start)
	return ok && isFileKey(hash) && notNumber == nil && n >= 0 && strconv.Itoa(n) == start
}

func isFileKey(s string) bool {
	raw, err := keyLetters.DecodeString(s)
	return err == nil && len(raw) == keyBytes && keyLetters.EncodeToString(raw) == s
}

// Find is where an answer has what a Key stands for: one of its statements or
// one of its passages, the other nil; both nil where the archive has changed and
// the answer no longer has it.
func Find(a *bot.Answer, key string) (*bot.Statement, *bot.Passage) {
	for i := range a.Statements {
		if s := &a.Statements[i]; keyOf(s) == key {
			return s, nil
		}
	}
	for i := range a.Passages {
		if p := &a.Passages[i]; Key(p.Article, p.Start) == key {
			return nil, p
		}
	}
	return nil, nil
}

func keyOf(s *bot.Statement) string {
	if len(s.Parts) == 0 {
		return Key(s.Article, 0)
	}
	return Key(s.Article, s.Parts[0].Start)
}
