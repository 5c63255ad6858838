package index

import (
	doc "github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"
)

// document is what the index is given; doc.go describes its fields. One type
// serves all kinds: an empty field costs nothing.
type document struct {
	Kind, Record, Text                                                                    string
	Body, Words, Setting, Context, Cue                                                    string
	Family, Person, BodyName, Role, Day, Month, Year, Published, Language, Source, Outlet string
	URL, Sketch                                                                           string
	Offices, Copies                                                                       []string
}

// How fields are kept: newMapping says the same to those who search.
const (
	stored    = index.StoreField
	asTerm    = index.IndexField
	asWords   = index.IndexField
	asPhrases = index.IndexField | index.IncludeTermVectors
)

// forBleve makes a document of Bleve's, all its words analysed and
// its record and sketch sealed.
func (d document) forBleve(id string, a *analyser) *doc.Document {
	if d.Record != "" {
		d.Record = seal(id, d.Record)
	}
	if d.Sketch != "" {
		d.Sketch = seal(id, d.Sketch)
	}
	out := doc.NewDocument(id)
	for _, f := range [...]struct {
		name, text string
		options    index.FieldIndexingOptions
	}{
		{fieldRecord, d.Record, stored}, {fieldText, d.Text, stored}, {fieldSketch, d.Sketch, stored},
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
		{fieldKind, d.Kind}, {fieldFamily, d.Family}, {fieldPerson, d.Person}, {fieldBodyName, d.BodyName}, {fieldRole, d.Role},
		{fieldDay, d.Day}, {fieldMonth, d.Month}, {fieldYear, d.Year}, {fieldPublished, d.Published},
		{fieldLanguage, d.Language}, {fieldSource, d.Source}, {fieldOutlet, d.Outlet}, {fieldURL, d.URL},
	} {
		if f.term != "" {
			out.AddField(termsField(f.name, f.term))
		}
	}
	if d.Offices != nil {
		out.AddField(termsField(fieldOffice, d.Offices...))
	}
	if d.Copies != nil {
		out.AddField(termsField(fieldCopies, d.Copies...))
	}
	return out
}

// termsField is a field of whole terms, each of them once.
func termsField(name string, terms ...string) *field {
	out := &field{name: name, options: asTerm, length: len(terms), terms: index.TokenFrequencies{}}
	for _, t := range terms {
		f := &index.TokenFreq{Term: []byte(t)}
		f.SetFrequency(1)
		out.terms[t] = f
	}
	return out
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
