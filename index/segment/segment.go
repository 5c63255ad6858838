// Package segment writes the segments of a Bleve index from documents whose texts
// are cut into terms already.
//
// Bleve's own way to a segment is a map of terms for each field of each document,
// and from these, maps of the terms of all of them. For the small documents of a news
// archive that is most of what an index costs. Here a field is a list of terms, which
// are counted once, field by field; what comes out is the same file format, zap 17,
// and Bleve opens, merges and searches it as its own. A test holds each segment
// against the one that Bleve makes of the same documents.
//
//	segment.go   documents, and how Bleve is told of this package
//	postings.go  which documents have a term, and how often
//	file.go      the bytes
package segment

import (
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// Layout is the fields that documents of an index may have. All its segments have all
// of them, used or not: Bleve merges segments of the same fields by copying.
type Layout struct {
	names   []string // the key first, then in order
	options []index.FieldIndexingOptions
	columns map[string]int // by name, from 0
}

// key is the field that holds what a document is called.
const key = "_id"

// NewLayout makes a layout of fields whose values are stored, and fields whose terms
// can be searched, with how often each stands in a document and without positions.
func NewLayout(stored, indexed []string) *Layout {
	l := &Layout{columns: map[string]int{}}
	names := slices.Sorted(slices.Values(slices.Concat(stored, indexed)))
	for column, name := range append([]string{key}, names...) {
		var options index.FieldIndexingOptions
		if column == 0 || slices.Contains(indexed, name) {
			options |= index.IndexField
		}
		if column == 0 || slices.Contains(stored, name) {
			options |= index.StoreField
		}
		l.names, l.options, l.columns[name] = append(l.names, name), append(l.options, options), column
	}
	return l
}

// Document is what is written. It is one of Bleve's documents, without fields that
// Bleve could see: they are for this package's New.
type Document struct {
	layout  *Layout
	id      string
	fields  []field
	strings []string // of all fields: what is stored is one, what is indexed the terms
}

type field struct {
	column int32
	end    int32 // where its strings end
}

// usualFields is how many fields a statement has.
const usualFields = 14

// Document makes an empty one.
func (l *Layout) Document(id string) *Document {
	return &Document{layout: l, id: id, fields: make([]field, 0, usualFields)}
}

// Store sets a field that is stored. One that the layout has not is a mistake of the
// program's, and panics.
func (d *Document) Store(name, value string) { d.add(name, value) }

// Index sets a field that is indexed: its terms, each as often as it stands there, in any
// order. It panics as Store does.
func (d *Document) Index(name string, terms ...string) { d.add(name, terms...) }

func (d *Document) add(name string, strings ...string) {
	column, ok := d.layout.columns[name]
	if !ok || name == key {
		panic("no field of the layout: " + name)
	}
	d.strings = append(d.strings, strings...)
	d.fields = append(d.fields, field{int32(column), int32(len(d.strings))})
}

// each hands over the fields, in the order in which they were set.
func (d *Document) each(use func(column int, strings []string)) {
	start := int32(0)
	for _, f := range d.fields {
		use(int(f.column), d.strings[start:f.end])
		start = f.end
	}
}

// ID is what the document is called. All else of Bleve's interface tells of nothing.
func (d *Document) ID() string                                 { return d.id }
func (d *Document) Size() int                                  { return 0 }
func (d *Document) VisitFields(index.FieldVisitor)             {}
func (d *Document) VisitComposite(index.CompositeFieldVisitor) {}
func (d *Document) HasComposite() bool                         { return false }
func (d *Document) NumPlainTextBytes() uint64                  { return 0 }
func (d *Document) AddIDField()                                {}
func (d *Document) StoredFieldsBytes() uint64                  { return 0 }
func (d *Document) Indexed() bool                              { return true }

// plugin is Bleve's own, but for segments that are made of documents of this package.
type plugin struct{ zap.ZapPlugin }

// Bleve has one list of plugins for the whole program, of which this takes the place of
// the one with the same format.
func init() { scorch.RegisterSegmentPlugin(&plugin{}, true) }

// New makes a segment of a batch.
func (p *plugin) New(batch []index.Document) (segment.Segment, uint64, error) {
	return p.NewUsing(batch, nil)
}

// NewUsing makes a segment of a batch. A batch with other documents is Bleve's.
func (p *plugin) NewUsing(batch []index.Document, config map[string]any) (segment.Segment, uint64, error) {
	docs := make([]*Document, 0, len(batch))
	for _, d := range batch {
		own, ok := d.(*Document)
		if !ok {
			return p.ZapPlugin.NewUsing(batch, config)
		}
		docs = append(docs, own)
	}
	if len(docs) == 0 {
		return p.ZapPlugin.NewUsing(batch, config)
	}
	// A batch is in no order. In that of their keys, one archive makes one index.
	slices.SortFunc(docs, func(a, b *Document) int { return strings.Compare(a.id, b.id) })
	f := newFile(docs)
	storedAt := f.writeStored(docs)
	sectionsAt, err := f.writeTerms(docs)
	if err != nil {
		return nil, 0, err
	}
	made, err := f.open(storedAt, sectionsAt, config)
	return made, uint64(len(f.bytes)), err
}
