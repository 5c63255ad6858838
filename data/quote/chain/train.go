package chain

import (
	"math"
	"math/rand"
	"slices"
)

// Options of training. The zero value of each field means its default.
type Options struct {
	Labels, Edges int     // how many there are; no default
	Rounds        int     // over all sequences; 8
	Rows          int     // of the model's table; 1<<18, 2 MB
	Rate          float64 // the first step's length, of AdaGrad; 0.1
	MinCount      int     // features seen less often are left out; 3
	L2            float64 // the pull of all weights towards zero; 1
	Drop          float64 // how many of a token's features a step does without; 0.5
}

func (o Options) withDefaults() Options {
	set := func(x *int, to int) {
		if *x == 0 {
			*x = to
		}
	}
	set(&o.Rounds, 8)
	set(&o.Rows, 1<<18)
	set(&o.MinCount, 3)
	if o.Drop == 0 {
		o.Drop = 0.5
	}
	if o.Rate == 0 {
		o.Rate = 0.1
	}
	if o.L2 == 0 {
		o.L2 = 1
	}
	return o
}

// trainer is a model in the making: weights as floats, features numbered.
type trainer struct {
	Options
	names   []uint64  // by feature number: its hash
	seen    []int32   // by feature number: how often
	weights []float32 // by feature number and label
	steps   []float32 // the same: sums of squared gradients
	border  []float32
	borders []float32 // sums of squared gradients
	rate    float32
	chance  *rand.Rand
	kept    indexed // the sequence less what is dropped
	scratch Scratch
	scores  []float32
	expOf   []float32

	sums, borderSums []float32 // of the weights at the ends of the later rounds
	remembered       float32   // how many
}

// indexed is a sequence with its features' numbers.
type indexed struct {
	*Sequence
	features []int32
	ends     []int32
}

// Train learns a model. The same sequences and options give the same model.
func Train(all []*Sequence, o Options) *Model {
	o = o.withDefaults()
	t := &trainer{Options: o}
	data := t.number(all)
	t.weights = make([]float32, len(t.names)*o.Labels)
	t.steps = make([]float32, len(t.weights))
	t.border = make([]float32, o.Edges*o.Labels*o.Labels)
	t.borders = make([]float32, len(t.border))
	rng := rand.New(rand.NewSource(1))
	t.chance = rng
	for round := 0; round < o.Rounds; round++ {
		rng.Shuffle(len(data), func(i, k int) { data[i], data[k] = data[k], data[i] })
		for i, s := range data {
			done := (float64(round) + float64(i)/float64(len(data))) / float64(o.Rounds)
			t.rate = float32(o.Rate * (1 - rateDecay*done))
			t.learn(s)
		}
		if 2*(round+1) > o.Rounds {
			t.remember()
		}
	}
	t.average()
	return t.model()
}

// number gives every feature seen often enough a number.
func (t *trainer) number(all []*Sequence) []indexed {
	var every []uint64
	for _, s := range all {
		every = append(every, s.Features...)
	}
	slices.Sort(every)
	at := map[uint64]int32{}
	for i := 0; i < len(every); {
		k := i
		for k < len(every) && every[k] == every[i] {
			k++
		}
		if k-i >= t.MinCount {
			at[every[i]] = int32(len(t.names))
			t.names = append(t.names, every[i])
			t.seen = append(t.seen, int32(k-i))
		}
		i = k
	}
	out := make([]indexed, len(all))
	for i, s := range all {
		x := indexed{Sequence: s}
		for k := range s.Ends {
			for _, f := range s.of(k) {
				if n, ok := at[f]; ok {
					x.features = append(x.features, n)
				}
			}
			x.ends = append(x.ends, int32(len(x.features)))
		}
		out[i] = x
	}
	return out
}

func (x *indexed) of(token int) []int32 {
	start := int32(0)
	if token > 0 {
		start = x.ends[token-1]
	}
	return x.features[start:x.ends[token]]
}

// rateDecay is by how much the last step is shorter than the first. With the
// weights of several rounds averaged it need not be short.
const rateDecay = 0.7

// sureEnough is the error of a label's chance below which nothing is learned.
const sureEnough = 0.002

// learn takes one step along the gradient of a sequence's likelihood.
func (t *trainer) learn(s indexed) {
	n, L := s.Len(), t.Labels
	if n == 0 {
		return
	}
	s = t.drop(s)
	t.scores = grow(t.scores, n*L)
	for k := 0; k < n; k++ {
		row := t.scores[k*L : (k+1)*L]
		clear(row)
		for _, f := range s.of(k) {
			for l, w := range t.weights[int(f)*L : int(f)*L+L] {
				row[l] += w
			}
		}
	}
	t.expOf = grow(t.expOf, len(t.border))
	for i, v := range t.border {
		t.expOf[i] = exp(v)
	}
	e := append([]float32(nil), t.scores...)
	for k := 0; k < n; k++ {
		expRow(e[k*L : (k+1)*L])
	}
	p := chances(s.Sequence, t.scores, L, t.expOf, &t.scratch)
	t.learnTokens(s, p)
	t.learnBorders(s, e)
}

// drop leaves out some of a sequence's features, by chance, so that the others
// learn to do without them.
func (t *trainer) drop(s indexed) indexed {
	if t.Drop == 0 {
		return s
	}
	limit := uint32(t.Drop * (1 << 32))
	k := indexed{Sequence: s.Sequence, features: t.kept.features[:0], ends: t.kept.ends[:0]}
	for i := 0; i < s.Len(); i++ {
		for _, f := range s.of(i) {
			if t.chance.Uint32() >= limit {
				k.features = append(k.features, f)
			}
		}
		k.ends = append(k.ends, int32(len(k.features)))
	}
	t.kept = k
	return k
}

func (t *trainer) learnTokens(s indexed, p []float32) {
	L := t.Labels
	var g [MaxLabels]float32
	for k := 0; k < s.Len(); k++ {
		gold := int(s.Labels[k])
		if 1-p[k*L+gold] < sureEnough {
			continue
		}
		for l := 0; l < L; l++ {
			g[l] = -p[k*L+l]
		}
		g[gold]++
		for _, f := range s.of(k) {
			at := int(f) * L
			step(t.weights[at:at+L], t.steps[at:at+L], g[:L], t.rate, float32(t.L2)/float32(t.seen[f]))
		}
	}
}

// learnBorders needs the chance of each pair of labels at a border; e holds the
// tokens' exponentials.
func (t *trainer) learnBorders(s indexed, e []float32) {
	L := t.Labels
	pair := make([]float32, L*L)
	for k := 1; k < s.Len(); k++ {
		b := int(s.Edges[k]) * L * L
		sum := float32(0)
		for x := 0; x < L; x++ {
			for y := 0; y < L; y++ {
				v := t.scratch.forward[(k-1)*L+x] * t.expOf[b+x*L+y] * e[k*L+y] * t.scratch.backward[k*L+y]
				pair[x*L+y] = v
				sum += v
			}
		}
		if sum <= 0 {
			continue
		}
		gold := int(s.Labels[k-1])*L + int(s.Labels[k])
		if 1-pair[gold]/sum < sureEnough {
			continue
		}
		for i := range pair {
			pair[i] = -pair[i] / sum
		}
		pair[gold]++
		step(t.border[b:b+L*L], t.borders[b:b+L*L], pair, t.rate, 0)
	}
}

// step moves weights along a gradient, each by less the more it has moved; pull
// is how strongly zero draws them.
func step(w, squares, g []float32, rate, pull float32) {
	for l, x := range g {
		x -= pull * w[l]
		squares[l] += x * x
		w[l] += rate * x / float32(math.Sqrt(float64(squares[l])+1))
	}
}

// model packs what was learned.
func (t *trainer) model() *Model {
	all := make([]weighted, 0, len(t.names))
	for i, name := range t.names {
		w := t.weights[i*t.Labels : (i+1)*t.Labels]
		top := float32(0)
		for _, v := range w {
			top = max(top, v, -v)
		}
		if top > 0 {
			worth := top * float32(math.Sqrt(math.Sqrt(float64(t.seen[i]))))
			all = append(all, weighted{feature: name, weights: w, worth: worth})
		}
	}
	for i := range t.weights {
		t.weights[i] *= float32(1 - t.Drop)
	}
	return &Model{labels: t.Labels, edges: t.Edges, table: newTable(all, t.Rows), border: t.border, borderExp: expAll(t.border)}
}

// remember adds the weights to the sums that average divides: those at the ends
// of several rounds together serve better than the last ones.
func (t *trainer) remember() {
	if t.sums == nil {
		t.sums, t.borderSums = make([]float32, len(t.weights)), make([]float32, len(t.border))
	}
	for i, w := range t.weights {
		t.sums[i] += w
	}
	for i, w := range t.border {
		t.borderSums[i] += w
	}
	t.remembered++
}

func (t *trainer) average() {
	for i, w := range t.sums {
		t.weights[i] = w / t.remembered
	}
	for i, w := range t.borderSums {
		t.border[i] = w / t.remembered
	}
}
