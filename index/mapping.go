package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/mapping"
	"golang.org/x/text/unicode/norm"
)

// Field names of a generation, as doc.go describes them.
const (
	fieldKind      = "kind"
	fieldRecord    = "record"
	fieldText      = "text"
	fieldBody      = "body"
	fieldWords     = "words"
	fieldSetting   = "setting"
	fieldContext   = "context"
	fieldCue       = "cue"
	fieldFamily    = "family"
	fieldPerson    = "person"
	fieldBodyName  = "body_name"
	fieldRole      = "role"
	fieldOffice    = "office"
	fieldDay       = "day"
	fieldMonth     = "month"
	fieldYear      = "year"
	fieldPublished = "published"
	fieldLanguage  = "language"
	fieldSource    = "source"
	fieldOutlet    = "outlet"
	fieldCopies    = "copies"
	fieldSketch    = "sketch"
	fieldURL       = "url"
)

// newMapping is static: only what is listed is indexed, only records and texts
// are stored. Against Bleve's default mapping that halves the disk and saves a
// third of the CPU. Positions are kept where phrases are looked for.
func newMapping() mapping.IndexMapping {
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range []string{fieldBody, fieldWords, fieldSetting, fieldContext, fieldCue} {
		doc.AddFieldMappingsAt(name, indexed(en.AnalyzerName, name == fieldBody || name == fieldWords))
	}
	for _, name := range []string{fieldKind, fieldFamily, fieldPerson, fieldBodyName, fieldRole, fieldOffice, fieldDay, fieldMonth, fieldYear, fieldPublished, fieldLanguage, fieldSource, fieldOutlet, fieldCopies, fieldURL} {
		doc.AddFieldMappingsAt(name, indexed(keyword.Name, false))
	}
	for _, name := range []string{fieldRecord, fieldText, fieldSketch} {
		f := bleve.NewTextFieldMapping()
		f.Index, f.Store, f.IncludeInAll, f.DocValues = false, true, false, false
		doc.AddFieldMappingsAt(name, f)
	}
	doc.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping()) // nothing looks through all fields at once
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	m.ScoringModel = "bm25"
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}

func indexed(analyzer string, positions bool) *mapping.FieldMapping {
	f := bleve.NewTextFieldMapping()
	f.Analyzer = analyzer
	f.Store, f.IncludeInAll, f.DocValues = false, false, false
	f.IncludeTermVectors = positions
	return f
}

// searchable is a text as it is indexed: its ligatures and other forms of letters
// made plain, then every hyphenated word of it in one piece, so that "ceasefire"
// finds "cease-fire" and back.
func searchable(s string) string {
	s = lettersOf(s)
	if joined := joinedWords(s); joined != nil {
		return s + " \n " + strings.Join(joined, " ")
	}
	return s
}

func lettersOf(s string) string { return stemCyrillic(plainLetters(s)) }

// joinedWords are the hyphenated words of a text in one piece.
func joinedWords(s string) []string {
	if !strings.ContainsAny(s, "-\u2010\u2011") {
		return nil
	}
	var joined []string
	for _, word := range strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '\u2010' && r != '\u2011'
	}) {
		if j := joinHyphens(word); j != word && utf8.RuneCountInString(j) > 3 {
			joined = append(joined, j)
		}
	}
	return joined
}

// plainLetters is a text by compatibility (NFKC), without soft hyphens and other
// characters that only guide the setting of a line: "cease-ﬁre" is found as
// "cease-fire".
func plainLetters(s string) string {
	if isASCII(s) || norm.NFKC.IsNormalString(s) && !strings.ContainsAny(s, "\u00ad\u200b\u2060") {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == '\u00ad' || r == '\u200b' || r == '\u2060' {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

var hyphens = strings.NewReplacer("-", "", "\u2010", "", "\u2011", "")

func joinHyphens(word string) string { return hyphens.Replace(word) }
