package index

import (
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"onrecord/data"
	"onrecord/data/quote"
)

// articleRecord is what the index keeps of an article beside its text.
type articleRecord struct {
	Path       string    `json:"path"`
	Size       int64     `json:"size"`         // bytes of the file
	Modified   time.Time `json:"modified"`     // of the file
	Hash       string    `json:"hash"`         // SHA-256 of the file, hexadecimal
	In         string    `json:"in,omitempty"` // the container that holds it; then Hash is of its own bytes there
	TextHash   string    `json:"text"`         // SHA-256 of the text, hexadecimal
	Refused    string    `json:"refused,omitempty"`
	Title      string    `json:"title,omitempty"`
	Author     string    `json:"author,omitempty"`
	Source     string    `json:"source,omitempty"`
	Date       string    `json:"date,omitempty"`
	URL        string    `json:"url,omitempty"`
	Language   string    `json:"language,omitempty"` // as data.Article.Language
	Notes      []string  `json:"notes,omitempty"`
	Passages   int       `json:"passages"`
	Statements int       `json:"statements"`
	lives
}

// containerRecord is what the index keeps of a file that holds articles.
type containerRecord struct {
	Path     string    `json:"path"`
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
	Hash     string    `json:"hash"`
	Refused  string    `json:"refused,omitempty"`
}

// statementRecord is a stored statement. Offsets are bytes of the article's
// text.
type statementRecord struct {
	Article   string       `json:"a"`
	Paragraph int          `json:"p"`
	Number    int          `json:"n"` // place among the article's statements
	Kind      quote.Kind   `json:"k"`
	Act       quote.Act    `json:"c"`
	Parts     []quote.Span `json:"s"`
	Words     []string     `json:"w"` // the parts' bytes, to hold against the text
	Cue       quote.Span   `json:"u"`
	Mention   quote.Span   `json:"m"`
	Addressee quote.Span   `json:"d"`
	Venue     quote.Span   `json:"v"`
	When      quote.Span   `json:"x"`
	Date      string       `json:"i,omitempty"` // of When
	Sentence  quote.Span   `json:"e"`
	Name      string       `json:"o"`
	Role      string       `json:"r"`
	Person    bool         `json:"h"`
	Turn      int          `json:"t,omitempty"`
	Beside    string       `json:"b,omitempty"` // what the field context holds
}

// passageRecord is a stored passage.
type passageRecord struct {
	Article   string `json:"a"`
	Paragraph int    `json:"p"`
	Start     int    `json:"s"`
	End       int    `json:"e"`
}

func newArticleRecord(j job, a *data.Article, h data.Hash, text data.Hash) articleRecord {
	e := j.entry
	return articleRecord{Path: e.Path, In: j.in, Size: e.Size, Modified: e.Modified, Hash: hex.EncodeToString(h[:]),
		TextHash: hex.EncodeToString(text[:]), Title: a.Title, Author: a.Author, Source: a.Source,
		Date: a.Date, URL: a.URL, Language: a.Language, Notes: a.Notes}
}

func newStatementRecord(a *data.Article, n int, s quote.Statement) statementRecord {
	r := statementRecord{Article: a.Path, Paragraph: a.ParagraphAt(s.Parts[0].Start), Number: n, Kind: s.Kind, Act: s.Act,
		Parts: s.Parts, Cue: s.Cue, Mention: s.Mention, Addressee: s.Addressee, Venue: s.Venue, When: s.When, Date: s.Date, Sentence: s.Sentence,
		Name: s.Speaker.Name, Role: s.Speaker.Role, Person: s.Speaker.Person, Turn: s.Turn}
	for _, p := range s.Parts {
		r.Words = append(r.Words, p.Of(a.Text))
	}
	return r
}

// mustJSON encodes a record; its types always can be.
func mustJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encoding %T: %v", v, err))
	}
	return string(b)
}
