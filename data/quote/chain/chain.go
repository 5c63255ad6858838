// Package chain is a linear-chain conditional random field: it gives every
// token of a sequence a label, from features of the tokens and of the borders
// between them.
//
//	chain.go   sequences, and the model that labels them
//	table.go   the weights in memory: eight bytes a feature
//	memo.go    sums of features that come back
//	file.go    a model as bytes and back
//	train.go   weights from labelled sequences
//
// Features are 64-bit hashes, made by [Hash]; what they mean is the caller's.
package chain

import "math"

// MaxLabels is how many labels a model may have: a feature's weights and its
// fingerprint share eight bytes.
const MaxLabels = 7

// Sequence is the tokens of one paragraph, say.
type Sequence struct {
	Features []uint64 // those of all tokens, one token after the other
	Ends     []int32  // by token: where its features end
	Edges    []uint8  // by token: the class of the border before it
	Labels   []uint8  // by token: the true label; for training only

	model  *Model    // where the sequence is for one model alone: see For
	bias   []float32 // added to each label of every token
	scores []float32 // by token and label
}

// For empties the sequence and makes it one of this model's: what a token's
// features say is summed when it is added, and the features are not kept. bias is
// added to each label.
func (s *Sequence) For(m *Model, bias []float32) {
	s.Reset()
	s.model, s.bias, s.scores = m, bias, s.scores[:0]
}

// Model is the model that the sequence is for, or nil.
func (s *Sequence) Model() *Model { return s.model }

// Len is how many tokens the sequence has.
func (s *Sequence) Len() int { return len(s.Ends) }

// Reset empties the sequence and keeps its memory.
func (s *Sequence) Reset() {
	s.Features, s.Ends, s.Edges, s.Labels = s.Features[:0], s.Ends[:0], s.Edges[:0], s.Labels[:0]
}

// Add appends a token with its features; edge is the class of the border before
// it.
func (s *Sequence) Add(features []uint64, edge uint8) {
	if s.model != nil {
		s.AddSum(s.model.Sum(features), edge)
		return
	}
	s.Features = append(s.Features, features...)
	s.Ends = append(s.Ends, int32(len(s.Features)))
	s.Edges = append(s.Edges, edge)
}

// AddSum appends a token whose features are summed already; the sequence is for
// one model.
func (s *Sequence) AddSum(sum Sum, edge uint8) {
	s.Ends = append(s.Ends, 0)
	s.Edges = append(s.Edges, edge)
	at, L := len(s.scores), s.model.labels
	s.scores = grow(s.scores, at+L)
	row := s.scores[at:]
	s.model.table.labels(sum, row)
	for l := range s.bias {
		row[l] += s.bias[l]
	}
}

func (s *Sequence) of(token int) []uint64 {
	start := int32(0)
	if token > 0 {
		start = s.Ends[token-1]
	}
	return s.Features[start:s.Ends[token]]
}

// Hash makes a feature of a template's number and values.
func Hash(template int, values ...uint64) uint64 {
	h := Template(template)
	for _, v := range values {
		h = Mix(h, v)
	}
	return h
}

// Template begins the hash of a feature, which [Mix] goes on with.
func Template(number int) uint64 { return uint64(number+1) * 0x9E3779B97F4A7C15 }

// Mix goes on with a hash by one value.
func Mix(h, value uint64) uint64 {
	h = (h ^ value) * 0xD6E8FEB86659FD93
	return h ^ h>>32
}

// Model labels sequences. It is safe for concurrent use.
type Model struct {
	labels, edges int
	table         table
	border        []float32 // by edge, label before, label
	borderExp     []float32 // its exponentials
}

// Sum adds up the weights of features, at most 128 of one token.
func (m *Model) Sum(features []uint64) Sum { return m.table.sum(features) }

// Labels is how many labels the model has.
func (m *Model) Labels() int { return m.labels }

func (m *Model) borderAt(edge uint8) []float32 {
	n := m.labels * m.labels
	return m.border[int(edge)*n : int(edge)*n+n]
}

// Scratch is memory that labelling needs; one belongs to one goroutine.
type Scratch struct {
	scores, best, forward, backward []float32
}

// grow gives a slice another length; what was in it stays.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return append(make([]T, 0, n+n/2), s...)[:n]
	}
	return s[:n]
}

// Scores gives every token's labels what its features say, by token and label;
// bias is added to each label. Valid until the scratch is used again, or the
// sequence where it is for this model.
func (m *Model) Scores(s *Sequence, bias []float32, w *Scratch) []float32 {
	if s.model == m {
		return s.scores
	}
	w.scores = grow(w.scores, s.Len()*m.labels)
	for t := 0; t < s.Len(); t++ {
		row := w.scores[t*m.labels : (t+1)*m.labels]
		m.table.labels(m.table.sum(s.of(t)), row)
		for l := range bias {
			row[l] += bias[l]
		}
	}
	return w.scores
}

// Best is the labels that fit the scores best together (Viterbi).
func (m *Model) Best(s *Sequence, scores []float32, w *Scratch, labels []uint8) []uint8 {
	n, L := s.Len(), m.labels
	labels = grow(labels, n)
	if n == 0 {
		return labels
	}
	w.best = grow(w.best, n*L) // by token and label: the best score up to there
	copy(w.best, scores[:L])
	for t := 1; t < n; t++ {
		last, row, border := w.best[(t-1)*L:t*L], w.best[t*L:(t+1)*L], m.borderAt(s.Edges[t])
		for l := range row {
			row[l] = last[0] + border[l]
		}
		for k := 1; k < L; k++ {
			for l, b := range border[k*L:][:len(row)] {
				row[l] = max(row[l], last[k]+b)
			}
		}
		for l, v := range scores[t*L:][:len(row)] {
			row[l] += v
		}
	}
	at := 0
	for l, v := range w.best[(n-1)*L:][:L] {
		if v > w.best[(n-1)*L+at] {
			at = l
		}
	}
	labels[n-1] = uint8(at)
	for t := n - 1; t > 0; t-- {
		last, border := w.best[(t-1)*L:t*L], m.borderAt(s.Edges[t])
		from := 0
		for k, v := range last {
			if v+border[k*L+at] > last[from]+border[from*L+at] {
				from = k
			}
		}
		at = from
		labels[t-1] = uint8(at)
	}
	return labels
}

// Chances is how likely each label of each token is (forward-backward). Valid
// until the scratch is used again.
func (m *Model) Chances(s *Sequence, scores []float32, w *Scratch) []float32 {
	return chances(s, scores, m.labels, m.borderExp, w)
}

func expAll(x []float32) []float32 {
	out := make([]float32, len(x))
	for i, v := range x {
		out[i] = exp(v)
	}
	return out
}

// exp is e to the power of x to five digits, thirty times as fast as package math
// has it to sixteen.
func exp(x float32) float32 {
	const log2e = math.Log2E
	y := min(max(x*log2e, -126), 127)
	n := int32(y+127.5) - 127 // the nearest whole number
	f := y - float32(n)
	p := 1 + f*(0.6931472+f*(0.2402265+f*(0.0555034+f*(0.0096181+f*0.0013398))))
	return p * math.Float32frombits(uint32(n+127)<<23)
}

// chances runs forward-backward in linear space, each token's values scaled to
// a sum of one, so that nothing runs over. border holds exponentials.
func chances(s *Sequence, scores []float32, L int, border []float32, w *Scratch) []float32 {
	n := s.Len()
	w.forward, w.backward = grow(w.forward, n*L), grow(w.backward, n*L)
	e := scores // becomes exponentials, each token's less its largest
	for t := 0; t < n; t++ {
		expRow(e[t*L : (t+1)*L])
	}
	for t := 0; t < n; t++ {
		row := w.forward[t*L : (t+1)*L]
		copy(row, e[t*L:(t+1)*L])
		if t > 0 {
			b, last := border[int(s.Edges[t])*L*L:], w.forward[(t-1)*L:t*L]
			var sums [MaxLabels]float32
			for k, f := range last {
				for l, x := range b[k*L:][:L] {
					sums[l%MaxLabels] += f * x
				}
			}
			for l := range row {
				row[l] *= sums[l%MaxLabels]
			}
		}
		scaleToOne(row)
	}
	for t := n - 1; t >= 0; t-- {
		row := w.backward[t*L : (t+1)*L]
		if t == n-1 {
			for l := range row {
				row[l] = 1
			}
			continue
		}
		b, next, en := border[int(s.Edges[t+1])*L*L:], w.backward[(t+1)*L:(t+2)*L], e[(t+1)*L:(t+2)*L]
		for k := range row {
			sum := float32(0)
			for l, x := range b[k*L:][:len(next)] {
				sum += x * en[l] * next[l]
			}
			row[k] = sum
		}
		scaleToOne(row)
	}
	for i := range e {
		e[i] = w.forward[i] * w.backward[i]
	}
	for t := 0; t < n; t++ {
		scaleToOne(e[t*L : (t+1)*L])
	}
	return e
}

func expRow(row []float32) {
	top := row[0]
	for _, v := range row[1:] {
		top = max(top, v)
	}
	for l := range row {
		row[l] = exp(row[l] - top)
	}
}

func scaleToOne(row []float32) {
	sum := float32(0)
	for _, v := range row {
		sum += v
	}
	if sum <= 0 {
		sum = math.SmallestNonzeroFloat32
	}
	scale := 1 / sum
	for l := range row {
		row[l] *= scale
	}
}
