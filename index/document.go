package index

import (
	"slices"

	"onrecord/index/segment"
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

// layout is how fields are kept: newMapping says the same to those who search.
var layout = segment.NewLayout(storedFields, slices.Concat(wordFields, termFields))

// forBleve makes what Bleve is given, all its words analysed and its record and sketch
// sealed.
func (d document) forBleve(id string, a *analyser) *segment.Document {
	if d.Record != "" {
		d.Record = seal(id, d.Record)
	}
	if d.Sketch != "" {
		d.Sketch = seal(id, d.Sketch)
	}
	out := layout.Document(id)
	for _, f := range [...]struct{ name, value string }{
		{fieldRecord, d.Record}, {fieldText, d.Text}, {fieldSketch, d.Sketch},
	} {
		if f.value != "" {
			out.Store(f.name, f.value)
		}
	}
	for _, f := range [...]struct{ name, term string }{
		{fieldKind, d.Kind}, {fieldFamily, d.Family}, {fieldPerson, d.Person}, {fieldBodyName, d.BodyName}, {fieldRole, d.Role},
		{fieldDay, d.Day}, {fieldMonth, d.Month}, {fieldYear, d.Year}, {fieldPublished, d.Published},
		{fieldLanguage, d.Language}, {fieldSource, d.Source}, {fieldOutlet, d.Outlet}, {fieldURL, d.URL},
	} {
		if f.term != "" {
			out.Index(f.name, f.term)
		}
	}
	for _, f := range [...]struct{ name, text string }{
		{fieldBody, d.Body}, {fieldWords, d.Words}, {fieldSetting, d.Setting}, {fieldContext, d.Context}, {fieldCue, d.Cue},
	} {
		if f.text != "" {
			out.Index(f.name, a.terms(f.text)...)
		}
	}
	if d.Offices != nil {
		out.Index(fieldOffice, d.Offices...)
	}
	if d.Copies != nil {
		out.Index(fieldCopies, d.Copies...)
	}
	return out
}
