package index

import (
	doc "github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// document is what the index is given; doc.go describes its fields. One type
// serves all kinds: an empty field costs nothing.
type document struct {
	Kind, Record, Text                                                            string
	Body, Words, Setting, Context, Cue                                            string
	Person, BodyName, Role, Day, Month, Year, Published, Language, Source, Outlet string
}

// How fields are kept: newMapping says the same to those who search.
const (
	stored    = index.StoreField
	asTerm    = index.IndexField
	asWords   = index.IndexField
	asPhrases = index.IndexField | index.IncludeTermVectors
)

// forBleve makes a document of Bleve's, all its words analysed and
// its record sealed.
func (d document) forBleve(id string, a *analyser) *doc.Document {
	if d.Record != "" {
		d.Record = seal(id, d.Record)
	}
	out := doc.NewDocument(id)
	for _, f := range [...]struct {
		name, text string
		options    index.FieldIndexingOptions
	}{
		{fieldRecord, d.Record, stored}, {fieldText, d.Text, stored},
		{fieldBody, d.Body, asPhrases}, {fieldWords, d.Words, asPhrases},
		{fieldSetting, d.Setting, asWords}, {fieldContext, d.Context, asWords}, {fieldCue, d.Cue, asWords},
	} {
		if f.text == "" {
			continue
		}
		ready := &field{name: f.name, options: f.options}
		if f.options.IsStored() {
			ready.value = []byte(f.text)
		} else {
			ready.length, ready.terms = a.frequencies(f.text, f.options.IncludeTermVectors())
		}
		out.AddField(ready)
	}
	for _, f := range [...]struct{ name, term string }{
		{fieldKind, d.Kind}, {fieldPerson, d.Person}, {fieldBodyName, d.BodyName}, {fieldRole, d.Role},
		{fieldDay, d.Day}, {fieldMonth, d.Month}, {fieldYear, d.Year}, {fieldPublished, d.Published},
		{fieldLanguage, d.Language}, {fieldSource, d.Source}, {fieldOutlet, d.Outlet},
	} {
		if f.term != "" {
			out.AddField(termField(f.name, f.term))
		}
	}
	return out
}

// termField is a field of one term.
func termField(name, term string) *field {
	f := &index.TokenFreq{Term: []byte(term)}
	f.SetFrequency(1)
	return &field{name: name, options: asTerm, length: 1, terms: index.TokenFrequencies{term: f}}
}

// field is a field of Bleve's that is analysed already.
type field struct {
	name    string
	value   []byte // where it is stored
	options index.FieldIndexingOptions
	length  int // terms
	terms   index.TokenFrequencies
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) Analyze()                                         {}
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) NumPlainTextBytes() uint64                        { return uint64(len(f.value)) }

// Size is asked of by nothing that indexing does.
func (f *field) Size() int { return len(f.name) + len(f.value) }
