package pos

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
)

// maxClasses is more than the parts of speech, which are 45 in the model, and the
// three that it doesn't have.
const maxClasses = 64

// Templates of features, by what their names begin with in the library's model.
const (
	iSuffix = iota
	iPrefix
	iWord
	tagAndWord
	lastWord
	lastSuffix
	wordBefore
	nextWord
	nextSuffix
	wordAfter
	lastTag
	tagBefore
	twoTags
	templates // how many
)

var prefixes = [templates]string{
	"i suffix ", "i pref1 ", "i word ", "i-1 tag+i word ", "i-1 word ", "i-1 suffix ", "i-2 word ",
	"i+1 word ", "i+1 suffix ", "i+2 word ", "i-1 tag ", "i-2 tag ", "i tag+i-2 tag ",
}

// model is an averaged perceptron: what a feature adds to the score of a class.
type model struct {
	classes        []string         // the model's, then the three
	names          []uint64         // by class: the name's hash
	start1, start2 uint8            // the classes before a sentence's first word, and before that
	words          map[string]uint8 // words that have one class alone
	slots          []slot           // features by their hash; a power of two, at most half full
	weights        []weight

	// tags are what the two tags before a word add: by the last one and the one
	// before it.
	tags [][maxClasses]int32
}

// slot is a feature: the upper half of its hash and its weights; an empty one
// has none.
type slot struct {
	mark uint32
	run
}

// run is where a feature's weights are.
type run struct{ from, to uint32 }

// weight is what a feature adds to a class: thousandths, which the library's
// numbers are, above classBits bits for the class. Sums of whole numbers are the
// same in any order.
type weight int32

const (
	classBits   = 6
	thousandths = 1000
)

func newWeight(value float32, class uint8) weight {
	return weight(math.Round(float64(value)*thousandths))<<classBits | weight(class)
}

// hash is FNV-1a.
func hash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h
}

// pair joins two hashes to one.
func pair(a, b uint64) uint64 { return (a*0x9E3779B97F4A7C15 ^ b) * 0xD6E8FEB86659FD93 }

// key is the hash of a feature, whose upper bits depend on all of it.
func key(template int, value uint64) uint64 {
	h := (value ^ uint64(template+1)*0x9E3779B97F4A7C15) * 0xD6E8FEB86659FD93
	return (h ^ h>>32) * 0xD6E8FEB86659FD93
}

// find is the weights of a feature, none if the model doesn't know it.
func (m *model) find(template int, value uint64) run {
	k, last := key(template, value), uint64(len(m.slots)-1)
	for at := k & last; ; at = (at + 1) & last {
		if s := m.slots[at]; s.from == s.to || s.mark == uint32(k>>32) {
			return s.run
		}
	}
}

func (m *model) add(scores *[maxClasses]int32, r run) {
	for _, w := range m.weights[r.from:r.to] {
		scores[w&(maxClasses-1)] += int32(w >> classBits)
	}
}

func (m *model) insert(k uint64, r run) {
	last := uint64(len(m.slots) - 1)
	at := k & last
	for m.slots[at].from != m.slots[at].to {
		at = (at + 1) & last
	}
	m.slots[at] = slot{uint32(k >> 32), r}
}

// errFormat says that the library's model has changed its format: this package
// must follow it.
var errFormat = errors.New("the model of github.com/jdkato/prose/v3/tag is not in its format 1")

// bytesReader takes numbers and strings off its front; past the end it gives
// zeros and remembers that.
type bytesReader struct {
	b     []byte
	short bool
}

func (r *bytesReader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.short = true
		return make([]byte, max(0, min(n, 8)))
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

func (r *bytesReader) number() int { return int(binary.LittleEndian.Uint32(r.take(4))) }

func (r *bytesReader) text() string {
	return string(r.take(int(binary.LittleEndian.Uint16(r.take(2)))))
}

// readModel reads the library's format, which its package internal/flat
// describes: classes, names of features, and their weights row by row.
func readModel(b []byte) (*model, error) {
	r := &bytesReader{b: b}
	if string(r.take(8)) != "PROSETAG" || r.number() != 1 {
		return nil, errFormat
	}
	m := &model{words: map[string]uint8{}}
	for range min(r.number(), maxClasses) {
		m.classes = append(m.classes, r.text())
	}
	features, pairs, names := r.number(), r.number(), r.number()
	blob, nameAt, pairAt := r.take(names), r.take(4*(features+1)), r.take(4*(features+1))
	classes, values := r.take(pairs), r.take(4*pairs)
	if r.short || len(m.classes)+3 > maxClasses || !slices.Contains(m.classes, "NN") {
		return nil, errFormat
	}
	for i, c := range classes {
		r.short = r.short || int(c) >= len(m.classes)
		m.weights = append(m.weights, newWeight(math.Float32frombits(binary.LittleEndian.Uint32(values[4*i:])), c))
	}
	for range r.number() {
		word, class := r.text(), r.take(1)[0]
		m.words[word] = class
		r.short = r.short || int(class) >= len(m.classes)
	}
	if r.short {
		return nil, errFormat
	}
	m.begin(features)
	return m, m.name(blob, nameAt, pairAt)
}

// begin makes room for features, names the classes, and adds those of the
// library's own: the words before a sentence, a dash, and a handle's sign.
func (m *model) begin(features int) {
	size := 2
	for size < 2*features {
		size *= 2
	}
	m.slots = make([]slot, size)
	m.start1, m.start2 = uint8(len(m.classes)), uint8(len(m.classes)+1)
	m.words["-"], m.words["@"] = uint8(len(m.classes)+2), uint8(slices.Index(m.classes, "NN"))
	m.classes = append(m.classes, "-START-", "-START2-", "-")
	for _, c := range m.classes {
		m.names = append(m.names, hash(c))
	}
	m.tags = make([][maxClasses]int32, len(m.classes)*len(m.classes))
}

// name puts the features where their names say.
func (m *model) name(blob, nameAt, pairAt []byte) error {
	at := func(list []byte, i int) uint32 { return binary.LittleEndian.Uint32(list[4*i:]) }
	classOf := map[string]int{}
	for i, c := range m.classes {
		classOf[c] = i
	}
	for i := 0; 4*(i+1) < len(nameAt); i++ {
		from, to, weights := at(nameAt, i), at(nameAt, i+1), run{at(pairAt, i), at(pairAt, i+1)}
		if from > to || int(to) > len(blob) || weights.from > weights.to || int(weights.to) > len(m.weights) {
			return errFormat
		}
		m.put(string(blob[from:to]), weights, classOf)
	}
	return nil
}

// put stores a feature by its name; those of tags alone go into a table of their
// own.
func (m *model) put(name string, weights run, classOf map[string]int) {
	n := len(m.classes)
	if name == "bias" {
		for i := range m.tags {
			m.add(&m.tags[i], weights)
		}
		return
	}
	for template, prefix := range prefixes {
		value, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		first, second, _ := strings.Cut(value, " ")
		switch template {
		case lastTag:
			for before := range n {
				m.add(&m.tags[classOf[first]*n+before], weights)
			}
		case tagBefore:
			for last := range n {
				m.add(&m.tags[last*n+classOf[first]], weights)
			}
		case twoTags:
			m.add(&m.tags[classOf[first]*n+classOf[second]], weights)
		case tagAndWord:
			m.insert(key(template, pair(hash(first), hash(second))), weights)
		default:
			m.insert(key(template, hash(value)), weights)
		}
		return
	}
}
