package segment

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"math"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
	"github.com/golang/snappy"
)

// file is a segment's bytes as they are put together. Numbers are unsigned varints, or
// of eight bytes, the highest first, where a place has to be found by counting:
//
//	for each document: the lengths of what says what is stored and of what is stored;
//	    the first; its key; all its stored values behind one another, by snappy
//	for each document: where that is, in eight bytes; and 0, for no document is in another
//	for each field:
//	    for each term that more than one document has, or one more than once: its postings
//	    its dictionary: its length and a vellum FST of the terms to where their postings are
//	    where values by document begin and end (there are none); where its dictionary is
//	for each field: its name, its options, and where the third line above is
//	how many fields there are, and where each of these is, in eight bytes
//
// Where all is, the number of documents and the CRC-32 of it all follow when Bleve
// writes it to the disk.
type file struct {
	layout    *Layout
	documents int
	bytes     []byte
	bitmap    *roaring.Bitmap // memory for one list of postings
	docs      []uint32        // the same
	chunk     []byte          // the same
	ends      []uint64        // the same
}

// newFile makes one with room for about as much as documents take.
func newFile(docs []*Document) *file {
	l, room := docs[0].layout, 0
	for _, d := range docs {
		room += perDocument
		d.each(func(column int, values []string) {
			if l.options[column].IsStored() {
				room += len(values[0])
			}
		})
	}
	return &file{layout: l, documents: len(docs), bytes: make([]byte, 0, room), bitmap: roaring.New()}
}

// perDocument is how many bytes more than its values, which are compressed, a document of
// a news archive takes, or a few less.
const perDocument = 150

// none is where there are no values by document.
const none = math.MaxUint64

// typeText is how Bleve marks a text.
const typeText = 't'

func (f *file) at() uint64 { return uint64(len(f.bytes)) }

func (f *file) numbers(all ...uint64) {
	for _, n := range all {
		f.bytes = binary.AppendUvarint(f.bytes, n)
	}
}

// Write puts something to the end. It never fails.
func (f *file) Write(b []byte) (int, error) {
	f.bytes = append(f.bytes, b...)
	return len(b), nil
}

// writeStored writes what is stored, and gives where the list of it begins.
func (f *file) writeStored(docs []*Document) uint64 {
	var meta, data, packed []byte
	at := make([]uint64, 0, len(docs))
	values := make([]string, len(f.layout.names)) // of one document
	for _, d := range docs {
		meta, data = binary.AppendUvarint(meta[:0], uint64(len(d.id))), data[:0]
		clear(values)
		d.each(func(column int, strings []string) {
			if f.layout.options[column].IsStored() {
				values[column] = strings[0]
			}
		})
		for column, value := range values {
			if value == "" {
				continue
			}
			for _, n := range [...]uint64{uint64(column), typeText, uint64(len(data)), uint64(len(value)), 0} {
				meta = binary.AppendUvarint(meta, n)
			}
			data = append(data, value...)
		}
		packed = snappy.Encode(packed[:cap(packed)], data)
		at = append(at, f.at())
		f.numbers(uint64(len(meta)), uint64(len(d.id)+len(packed)))
		f.bytes = append(append(append(f.bytes, meta...), d.id...), packed...)
	}
	list := f.at()
	for _, n := range at {
		f.bytes = binary.BigEndian.AppendUint64(f.bytes, n)
	}
	f.numbers(0)
	return list
}

// writeTerms writes what is indexed, and gives where the list of the fields begins.
func (f *file) writeTerms(docs []*Document) (uint64, error) {
	var fst bytes.Buffer
	builder, err := vellum.New(&fst, &vellum.BuilderOpts{Encoder: 1, RegistryMRUSize: 1})
	if err != nil {
		return 0, err
	}
	var dictionaries []uint64
	for _, all := range byColumn(f.layout, docs) {
		err := gather(all).each(func(term string, in []posting) error {
			at, err := f.writePostings(in)
			if err != nil {
				return err
			}
			return builder.Insert([]byte(term), at)
		})
		if err != nil {
			return 0, err
		}
		if err := builder.Close(); err != nil {
			return 0, err
		}
		at := f.at()
		f.numbers(uint64(fst.Len()))
		f.bytes = append(f.bytes, fst.Bytes()...)
		dictionaries = append(dictionaries, f.at())
		f.numbers(none, none, at)
		fst.Reset()
		if err := builder.Reset(&fst); err != nil {
			return 0, err
		}
	}
	return f.writeFields(dictionaries), nil
}

// writePostings writes which documents have a term, and gives what the dictionary says of
// it: where that is, or the document itself if it is the only one and has it once.
func (f *file) writePostings(in []posting) (uint64, error) {
	if len(in) == 1 && in[0].frequency == 1 {
		return zap.FSTValEncode1Hit(uint64(in[0].doc), uint64(in[0].length)), nil
	}
	frequencies := f.at()
	f.writeFrequencies(in)
	f.docs = f.docs[:0]
	for _, p := range in {
		f.docs = append(f.docs, p.doc)
	}
	f.bitmap.Clear()
	f.bitmap.AddMany(f.docs)
	at := f.at()
	f.numbers(frequencies, 0, f.bitmap.GetSerializedSizeInBytes()) // 0: no positions
	_, err := f.bitmap.WriteTo(f)
	return at, err
}

// perChunk is for how many postings there is one more chunk.
const perChunk = 1024

// writeFrequencies writes how often each document has a term, and how long it is, in
// chunks of as many documents: how many chunks there are, where each ends, and all.
func (f *file) writeFrequencies(in []posting) {
	size := uint32(f.documents / (len(in)/perChunk + 1))
	f.chunk, f.ends = f.chunk[:0], f.ends[:0]
	i := 0
	for first := uint32(0); first < uint32(f.documents); first += size {
		for ; i < len(in) && in[i].doc-first < size; i++ {
			f.chunk = binary.AppendUvarint(f.chunk, uint64(in[i].frequency)<<1) // the lowest bit: whether there are positions
			f.chunk = binary.AppendUvarint(f.chunk, uint64(in[i].length))
		}
		f.ends = append(f.ends, uint64(len(f.chunk)))
	}
	f.numbers(uint64(len(f.ends)))
	f.numbers(f.ends...)
	f.bytes = append(f.bytes, f.chunk...)
}

// writeFields writes the list of the fields, and gives where it begins.
func (f *file) writeFields(dictionaries []uint64) uint64 {
	var at []uint64
	for column, name := range f.layout.names {
		at = append(at, f.at())
		f.numbers(uint64(len(name)))
		f.bytes = append(f.bytes, name...)
		f.numbers(uint64(f.layout.options[column]), 1) // 1: one kind of data
		f.bytes = binary.BigEndian.AppendUint16(f.bytes, zap.SectionInvertedTextIndex)
		f.bytes = binary.BigEndian.AppendUint64(f.bytes, dictionaries[column])
	}
	list := f.at()
	f.numbers(uint64(len(at)))
	for _, n := range at {
		f.bytes = binary.BigEndian.AppendUint64(f.bytes, n)
	}
	return list
}

// open gives it to Bleve.
func (f *file) open(storedAt, sectionsAt uint64, config map[string]any) (segment.Segment, error) {
	stats, _ := config[segment.StatsKey].(*segment.Stats)
	if stats == nil {
		stats = new(segment.Stats)
	}
	return zap.InitSegmentBase(f.bytes, crc32.ChecksumIEEE(f.bytes), zap.DefaultChunkMode, uint64(f.documents), storedAt, sectionsAt, config, stats)
}
