package bot

import (
	"cmp"
	"strings"
	"time"

	"onrecord/data"
	"onrecord/data/quote"
	"onrecord/index"
)

// Intent is what a question was taken for.
type Intent string

const (
	Statements Intent = "statements" // what somebody said
	Who        Intent = "who"        // who said it, or whether somebody did
	Passages   Intent = "passages"   // a question of fact
	Clarify    Intent = "clarify"    // it can't be answered as it stands
)

// Verdict answers "did X say …".
type Verdict string

const (
	Verbatim Verdict = "verbatim" // X said exactly that
	Near     Verdict = "near"     // the nearest of what X said is shown
	Other    Verdict = "other"    // somebody else said it
	None     Verdict = "none"     // it is not on record
)

// Answer is what the archive has on record for a question. Lists are never nil.
type Answer struct {
	Question    string      `json:"question"` // byte for byte as asked
	Found       bool        `json:"found"`
	Intent      Intent      `json:"intent"`
	Verdict     Verdict     `json:"verdict,omitempty"`
	Speakers    []string    `json:"speakers"`   // those whose statements are shown
	Statements  []Statement `json:"statements"` // best first
	Passages    []Passage   `json:"passages"`   // best first
	Message     string      `json:"message"`    // where nothing is found, why
	Suggestions []string    `json:"suggestions"`
	// Understood tells how a name or word was read where that differs from how
	// it was asked: "Ushakof was taken for Yuri Ushakov". Empty otherwise.
	Understood []string `json:"understood,omitempty"`
	Counts     []Count  `json:"counts,omitempty"` // who spoke about it how often, of all that fit
	More       int      `json:"more,omitempty"`   // further statements that fit and are not shown
	// Notes tell what the archive can't answer: what is in other languages.
	Notes []string `json:"notes,omitempty"`
	// About is the person of "did X say", Exact tells that the question gave the
	// words in quotation marks, and NotSaid that the nearest on record is that
	// they were denied or refused.
	About   string `json:"-"`
	Exact   bool   `json:"-"`
	NotSaid bool   `json:"-"`
}

// Span is a stretch of an article's text: offsets in bytes, and those bytes.
type Span struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

// Speaker is who said it.
type Speaker struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

// Citation is where it stands. A field that the article does not give is "".
type Citation struct {
	Title  string `json:"title"`
	Author string `json:"author"`
	Source string `json:"source"`
	Date   string `json:"date"`
	URL    string `json:"url"`
	// FirstSeen is when the index first had the article, Changed when its file was
	// last found to be another, and Corrected when its text was: RFC 3339, in UTC, to
	// the second; "" where that never was or is not known.
	FirstSeen string `json:"first_seen,omitempty"`
	Changed   string `json:"changed,omitempty"`
	Corrected string `json:"corrected,omitempty"`
	// CopyOf is the article that was printed first of those of which this one is a
	// copy, SupersededBy a newer version of it at the same address.
	CopyOf       string `json:"copy_of,omitempty"`
	SupersededBy string `json:"superseded_by,omitempty"`
}

// CorrectedOn is the day of Corrected, ISO 8601.
func (c Citation) CorrectedOn() string {
	day, _, _ := strings.Cut(c.Corrected, "T")
	return day
}

// Statement is an attributed statement with its proof.
type Statement struct {
	Article   string   `json:"article"`
	Paragraph int      `json:"paragraph"`
	Kind      string   `json:"kind"`
	Act       string   `json:"act"`
	Parts     []Span   `json:"parts"`
	Mention   *Span    `json:"mention,omitempty"`
	Cue       *Span    `json:"cue,omitempty"`
	Addressee *Span    `json:"addressee,omitempty"`
	Where     *Span    `json:"where,omitempty"` // "in a letter", "on Telegram"
	When      *When    `json:"when,omitempty"`
	Dated     *Dated   `json:"dated,omitempty"` // where the question is about time: what placed it
	Turn      int      `json:"turn,omitempty"`
	Speaker   Speaker  `json:"speaker"`
	Citation  Citation `json:"citation"`
	// Also is where else the archive has the same words from the same speaker, or
	// in a copy of the article nearly the same: the first printed copy first. Those statements follow after all others, with Repeat set.
	Also   []Place `json:"also,omitempty"`
	Repeat bool    `json:"repeat,omitempty"`
	// Differs tells, where the verdict is Near or Other and the question gave the
	// words, how what is on record departs from them.
	Differs []Change `json:"differs,omitempty"`
	// Variant is the place in the answer, from 1, of a statement by the same
	// speaker that has nearly these words; 0 for none.
	Variant int `json:"variant,omitempty"`
	// Person is who the speaker is by the operator's file of people, where that
	// is another spelling than the article's.
	Person string `json:"person,omitempty"`
	// Corrected is the operator's reason for another speaker than the article was
	// understood to have; "" where there is no correction.
	Corrected string `json:"corrected,omitempty"`
	// Matched are the synonyms by which it was found in place of asked words.
	Matched []string `json:"matched,omitempty"`
}

// Who is the speaker's name under which statements belong together.
func (s Statement) Who() string { return cmp.Or(s.Person, s.Speaker.Name) }

// When is the phrase that says when a statement was made, and its date.
type When struct {
	Span
	Date string `json:"date"` // ISO 8601, cut to what is known; "" where the phrase doesn't tell
}

// Place is a paragraph of an article.
type Place struct {
	Article   string   `json:"article"`
	Paragraph int      `json:"paragraph"`
	Citation  Citation `json:"citation"`
}

// Passage is a paragraph that answers a question of fact.
type Passage struct {
	Article   string   `json:"article"`
	Paragraph int      `json:"paragraph"`
	Start     int      `json:"start"`
	End       int      `json:"end"`
	Text      string   `json:"text"`
	Citation  Citation `json:"citation"`
	// Marks are the words that answer: the date for "when", the number for "how
	// many". Offsets are bytes of the article's text.
	Marks []Span `json:"marks,omitempty"`
	// Matched are the synonyms by which it was found in place of asked words.
	Matched []string `json:"matched,omitempty"`
	// Also is where it stands in copies of the article.
	Also []Place `json:"also,omitempty"`
	// Language is the article's, ISO 639-1, where that is not English.
	Language string `json:"language,omitempty"`
}

// newAnswer is an answer with nothing found.
func newAnswer(question string, intent Intent) *Answer {
	return &Answer{Question: question, Intent: intent, Speakers: []string{}, Statements: []Statement{},
		Passages: []Passage{}, Suggestions: []string{}}
}

// FromArticle makes a shown statement of one extracted from an article at hand.
// path is what stands for the article.
func FromArticle(path string, a *data.Article, s quote.Statement) Statement {
	at := index.Article{Path: path, Title: a.Title, Author: a.Author, Source: a.Source, Date: a.Date, URL: a.URL}
	return shown(at, a.Text, a.ParagraphAt(s.Parts[0].Start), s)
}

func shown(a index.Article, text string, paragraph int, s quote.Statement) Statement {
	out := Statement{Article: a.Path, Paragraph: paragraph, Kind: string(s.Kind), Act: string(s.Act), Turn: s.Turn,
		Speaker: Speaker{s.Speaker.Name, s.Speaker.Role}, Citation: citation(a),
		Mention: optional(text, s.Mention), Cue: optional(text, s.Cue), Addressee: optional(text, s.Addressee),
		Where: optional(text, s.Venue)}
	if w := optional(text, s.When); w != nil {
		out.When = &When{*w, s.Date}
	}
	for _, p := range s.Parts {
		out.Parts = append(out.Parts, Span{p.Start, p.End, p.Of(text)})
	}
	return out
}

func optional(text string, s quote.Span) *Span {
	if s.Len() <= 0 {
		return nil
	}
	return &Span{s.Start, s.End, s.Of(text)}
}

func citation(a index.Article) Citation {
	return Citation{Title: a.Title, Author: a.Author, Source: a.Source, Date: a.Date, URL: a.URL,
		FirstSeen: moment(a.FirstSeen), Changed: moment(a.Changed), Corrected: moment(a.Corrected)}
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
