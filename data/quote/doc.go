// Package quote finds who said what in the text of one article.
//
// A statement is anything that the article attributes to a source: speech,
// writing, and what somebody is said to think, want or plan. It has parts (the
// words attributed), a cue ("said", "according to"), a mention (the phrase that
// stands for the source) and a speaker (the person or body meant).
//
// The way of an article, file by file:
//
//	marks.go       quotation marks become quotations, on byte offsets
//	sentence.go    paragraphs become sentences, cut into tokens by token.go, which package pos tags
//	vocabulary.go  what is the same of a word wherever it stands, found once
//	lexicon.go     which words are cues, and what may follow each
//	clause.go      verb groups, and the noun phrases around them
//	names.go       a mention taken apart: titles, name, role
//	people.go      the persons and bodies of the article, each found once
//	subject.go     who governs a verb before it; inverted.go: after it
//	direct.go      quotations with a cue beside them
//	indirect.go    what stands after "said that", "promised to", …: the cue's
//	frames.go      … what may follow it, past the words of adverbial.go,
//	content.go     … and where that ends
//	inserted.go    cues inside or after their content; according.go: "according to"
//	learned.go     models read the article anew, with what the rules found
//	view.go        … its tokens as numbers
//	features.go    … which tokens are sources, cues and contents
//	roles.go       … which of them belong to a given cue
//	ends.go        … and how far a content goes in its sentence
//	judge.go       … which reading of a cue is best, and whether it is good enough
//	overlap.go     … and that no content is said twice
//	label.go       quotations after a name and a colon
//	floating.go    quotations that go on with an earlier statement
//	transcript.go  turns, "Name: …"
//	turnlabel.go   … what stands before a colon
//	turnset.go     … which of it opens a turn
//	turncut.go     … a turn, less its notes, as statements
//	speech.go      articles that are somebody's speech
//	resolve.go     mentions become people: names first
//	author.go      … "the message", by who sent it; "the head of state"
//	wholetitle.go  … whose title of several nouns it is
//	nospeaker.go   … and who is none: "the Order", "not Lund"
//	apposed.go     … whose mention was cut short, or is of several
//	discourse.go   … "he", by who is spoken of, sentence by sentence
//	described.go   … "the Russian president", by roles and by who is spoken of
//	pronoun.go     … "who" and "it"
//	unmet.go       … somebody described a paragraph before the name
//	act.go         said, asked, denied, declined, planned or thought
//	setting.go     to whom, where; settingtime.go: when
//
// The models are linear, and learned from annotated articles by learn.go, which
// the program in train runs:
//
//	go run ./data/quote/train DIR
//
// It writes model.bin, which model.go embeds; package chain is the machine below
// them. The models see what the rules found, and read it anew: which words are
// a cue, whose, and where its content ends. Where marks leave no doubt the rules
// decide: turns of transcripts, quotations with a cue beside them or a name
// after a dash, cues inside their content, what an agency relays of somebody,
// and quotations that go on with another. What the rules alone found is kept
// where the judge finds it likely.
//
// All stages up to resolve.go propose or amend [finding] values, and any one of
// them may be replaced or joined by another proposer, a learned one say: what a
// finding must hold is written at its type, and extract.go lists the proposers.
//
// Offsets are bytes of the text handed in, and every span lies on the borders
// of UTF-8 characters. Nothing here fails on any input: what is not understood
// is no statement.
package quote

// Span is a half-open range of bytes of the article's text. The zero Span
// stands for "nothing".
type Span struct{ Start, End int }

// Len is the span's length in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Of returns the span's bytes of text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

func (s Span) contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

func (s Span) overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Voice tells what may be taken from a paragraph.
type Voice uint8

const (
	Silent Voice = iota // furniture, captions, bylines, biographies: nothing
	Names               // a headline: names, but no statements
	Speaks              // body and standfirst: statements
)

// Paragraph is a line of the article.
type Paragraph struct {
	Span
	Voice Voice
}

// Text is what an article gives to read: the whole text, and what is in it.
// Paragraphs are in reading order and don't overlap.
type Text struct {
	Source     string
	Date       string // the article's: ISO 8601, cut to what is known, or ""
	Outlet     string // who published it, or ""
	Paragraphs []Paragraph
}

// Kind tells whose words a statement's parts are.
type Kind string

const (
	Direct   Kind = "direct"   // the speaker's own: all in quotation marks, or a turn
	Indirect Kind = "indirect" // the article's
	Mixed    Kind = "mixed"    // the article's, with quotations inside
)

// Act tells what the speaker is said to have done. Only Said was said.
type Act string

const (
	Said     Act = "said"
	Asked    Act = "asked"
	Denied   Act = "denied"
	Declined Act = "declined" // refused to say, did not say
	Planned  Act = "planned"  // will say, is expected to say
	Thought  Act = "thought"  // believes, hopes, wants, supports
)

// Speaker is the person or body that a mention stands for.
type Speaker struct {
	// Name is first and last name as the article spells them, without title;
	// the surname alone where the article has no more; a body's proper name
	// without its article ("Kremlin"). "" where the article names nobody.
	Name string
	// Role is how the article describes the speaker, in its own words, or "".
	Role string
	// Person is false for bodies ("Kremlin", "Russia") and the unnamed.
	Person bool
}

// Statement is one attribution.
type Statement struct {
	Kind      Kind
	Act       Act
	Parts     []Span // in reading order, never empty, never overlapping
	Cue       Span   // zero for a floating quotation or a turn
	Mention   Span   // zero where no words stand for the source
	Addressee Span   // "reporters" in "told reporters"; zero if none
	Venue     Span   // where, as written: "in a letter", "on Telegram"; zero if none
	When      Span   // when, as written: "on Monday"; zero if none
	Date      string // When by the calendar: ISO 8601, cut to what is known, or ""
	Sentence  Span   // the sentence of the cue, or of the first part
	Speaker   Speaker
	Turn      int // counts the turns of a transcript from 1; 0 outside of one
}
