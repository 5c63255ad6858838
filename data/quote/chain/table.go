package chain

import (
	"math/bits"
	"sort"
)

// slots is how many rows share a bucket, which is where a feature is looked
// for: four rows are half a cache line.
const slots = 4

// A row is a feature's weights, a byte each, the zero weight as zeroWeight, and
// in its highest byte the feature's fingerprint; 0 is an empty row. A feature
// never seen is taken for another one in one of 64 times.
const (
	zeroWeight   = 128
	fingerprints = MaxLabels * 8 // where in the row the fingerprint begins, in bits
	evenBytes    = 0x00FF00FF00FF00FF
)

// maxPerToken bounds how many features of a token are summed at once. 16 bits
// hold twice as many bytes, and no model here has as many templates.
const maxPerToken = 128

// table holds the rows. Their fingerprints are there twice: a fifth of the
// memory answers which rows are wanted, and stays in the cache. The first rows
// of all buckets, which hold what is of most worth, stand together for the same
// reason, then the second ones, and so on.
type table struct {
	unit  float32 // what a weight of 1 is worth
	rows  []uint64
	marks []uint32 // by bucket: the fingerprints of its rows, the first the lowest byte
}

// tableOf takes the rows bucket by bucket.
func tableOf(unit float32, rows []uint64) table {
	t := table{unit: unit, rows: make([]uint64, len(rows)), marks: make([]uint32, len(rows)/slots)}
	for i, r := range rows {
		t.rows[t.at(i)] = r
		t.marks[i/slots] |= uint32(r>>fingerprints) << (8 * (i % slots))
	}
	return t
}

// at is where the row stands that is the i-th, counted bucket by bucket.
func (t *table) at(i int) int { return i%slots*len(t.marks) + i/slots }

// place is the bucket of a feature and its fingerprint.
func place(feature, buckets uint64) (bucket uint64, mark uint8) {
	bucket, _ = bits.Mul64(feature*0x9FB21C651E98DF25, buckets)
	return bucket, max(uint8(feature), 1)
}

// Sum is what some features of a token say of its labels. Sums of whole numbers,
// they may be added in any order. The zero Sum is that of no features.
type Sum struct {
	even, odd uint64 // the labels' weights in lanes of 16 bits
	hits      uint32 // features that the model knows
}

// Plus is the sum of both.
func (s Sum) Plus(o Sum) Sum { return Sum{s.even + o.even, s.odd + o.odd, s.hits + o.hits} }

// sum adds up the weights of features, four labels at once, in the 16-bit lanes of
// a word.
func (t *table) sum(features []uint64) Sum {
	var found [maxPerToken]uint32
	hits := t.find(features[:min(len(features), maxPerToken)], &found)
	s := Sum{hits: uint32(hits)}
	for _, at := range found[:hits] {
		row := t.rows[at]
		s.even += row & evenBytes
		s.odd += row >> 8 & evenBytes
	}
	return s
}

// labels says by label what a sum is worth.
func (t *table) labels(s Sum, out []float32) {
	for l := range out {
		lane := s.even
		if l%2 == 1 {
			lane = s.odd
		}
		out[l] = t.unit * float32(int64(lane>>(l/2*16)&0xFFFF)-int64(s.hits)*zeroWeight)
	}
}

// find notes the rows of the features that have one, and gives their number. It
// has no branch that depends on a feature: such would be mispredicted half of the
// time.
func (t *table) find(features []uint64, found *[maxPerToken]uint32) int {
	n, marks := uint32(0), t.marks
	buckets := uint64(len(marks))
	for _, f := range features {
		bucket, mark := place(f, buckets)
		differ := marks[bucket] ^ uint32(mark)*lowBits
		same := (differ - lowBits) &^ differ & highBits // the lowest bit set is that of a byte 0
		found[n%maxPerToken] = uint32(bucket) + uint32(bits.TrailingZeros32(same)/8)*uint32(buckets)
		n += (same | -same) >> 31
	}
	return int(n)
}

// The lowest and the highest bit of each byte.
const (
	lowBits  = 0x01010101
	highBits = 0x80808080
)

// weighted is a feature with its weights, on the way into a table.
type weighted struct {
	feature uint64
	weights []float32
	worth   float32 // what is lost without it
}

// newTable packs the features of most worth into n rows.
func newTable(all []weighted, n int) table {
	sort.Slice(all, func(i, k int) bool {
		if all[i].worth != all[k].worth {
			return all[i].worth > all[k].worth
		}
		return all[i].feature < all[k].feature
	})
	rows := make([]uint64, (n+slots-1)/slots*slots)
	top := float32(0)
	for _, w := range all {
		for _, v := range w.weights {
			top = max(top, v, -v)
		}
	}
	unit := max(top, 1e-6) / 127
	for _, w := range all {
		bucket, mark := place(w.feature, uint64(len(rows)/slots))
		for k := bucket * slots; k < (bucket+1)*slots; k++ {
			if rows[k] == 0 {
				rows[k] = packRow(w.weights, unit, mark)
				break
			}
			if uint8(rows[k]>>fingerprints) == mark {
				break // another one's already, of more worth
			}
		}
	}
	return tableOf(unit, rows)
}

func packRow(weights []float32, unit float32, mark uint8) uint64 {
	row := uint64(mark) << fingerprints
	for l := 0; l < MaxLabels; l++ {
		w := uint64(zeroWeight)
		if l < len(weights) {
			w = uint64(int(zeroWeight + round(weights[l]/unit)))
		}
		row |= w << (8 * l)
	}
	return row
}

func round(x float32) int {
	if x < 0 {
		return int(x - 0.5)
	}
	return int(x + 0.5)
}
