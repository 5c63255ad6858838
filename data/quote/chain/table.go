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

// maxPerToken bounds how many features of a token are summed: 16 bits hold so
// many bytes.
const maxPerToken = 256

// table holds the rows.
type table struct {
	unit float32 // what a weight of 1 is worth
	rows []uint64
}

// place is the bucket of a feature and its fingerprint.
func (t *table) place(feature uint64) (bucket int, mark uint8) {
	at, _ := bits.Mul64(feature*0x9FB21C651E98DF25, uint64(len(t.rows)/slots))
	return int(at) * slots, markOf(feature)
}

func markOf(feature uint64) uint8 { return max(uint8(feature), 1) }

// sum adds up the weights of features into out, by label. It adds four labels
// at once, in the 16-bit lanes of a word.
func (t *table) sum(features []uint64, out []float32) {
	var even, odd, hits uint64
	if len(features) > maxPerToken {
		features = features[:maxPerToken]
	}
	// All buckets are fetched before the first is needed: waiting for memory
	// is most of the work.
	var places [maxPerToken]int32
	fetched := uint64(0)
	for i, f := range features {
		at, _ := t.place(f)
		places[i] = int32(at)
		fetched |= t.rows[at]
	}
	if fetched == 0 {
		clear(out)
		return
	}
	for i, f := range features {
		at, mark := int(places[i]), markOf(f)
		bucket := t.rows[at : at+slots : at+slots]
		a, b := sameMark(bucket[0], mark), sameMark(bucket[1], mark)
		c, d := sameMark(bucket[2], mark), sameMark(bucket[3], mark)
		row := bucket[0]&a | bucket[1]&b | bucket[2]&c | bucket[3]&d
		even += row & evenBytes
		odd += row >> 8 & evenBytes
		hits += (a | b | c | d) & 1
	}
	for l := range out {
		lane := even
		if l%2 == 1 {
			lane = odd
		}
		out[l] = t.unit * float32(int64(lane>>(l/2*16)&0xFFFF)-int64(hits*zeroWeight))
	}
}

// sameMark is all ones where a row has the fingerprint, else 0: a branch here
// would be mispredicted half of the time.
func sameMark(row uint64, mark uint8) uint64 {
	return uint64(int64(row>>fingerprints^uint64(mark)-1) >> 63)
}

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
	t := table{rows: make([]uint64, (n+slots-1)/slots*slots)}
	top := float32(0)
	for _, w := range all {
		for _, v := range w.weights {
			top = max(top, v, -v)
		}
	}
	t.unit = max(top, 1e-6) / 127
	for _, w := range all {
		at, mark := t.place(w.feature)
		for k := at; k < at+slots; k++ {
			if t.rows[k] == 0 {
				t.rows[k] = packRow(w.weights, t.unit, mark)
				break
			}
			if uint8(t.rows[k]>>fingerprints) == mark {
				break // another one's already, of more worth
			}
		}
	}
	return t
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
