package chain

import (
	"bytes"
	"testing"
)

// weather is sequences in which label 1 follows feature 1, and label 2 what
// label 1 was given to.
func weather() []*Sequence {
	var all []*Sequence
	for n := range 40 {
		s := &Sequence{}
		for i := range 10 {
			wet := uint64(n>>(i%5)) & 1
			s.Add([]uint64{Hash(1, wet)}, 0)
			label := uint8(0)
			switch {
			case wet == 1:
				label = 1
			case i > 0 && s.Labels[i-1] == 1:
				label = 2
			}
			s.Labels = append(s.Labels, label)
		}
		all = append(all, s)
	}
	return all
}

func TestTrainedModelLabels(t *testing.T) {
	all := weather()
	m := Train(all, Options{Labels: 3, Edges: 1, Rounds: 30, Rows: 64})
	wrong, n := 0, 0
	var w Scratch
	for _, s := range all {
		scores := m.Scores(s, nil, &w)
		for i, y := range m.Best(s, scores, &w, nil) {
			n++
			if y != s.Labels[i] {
				wrong++
			}
		}
		for i, p := range m.Chances(s, scores, &w) {
			if p < 0 || p > 1 {
				t.Fatalf("chance %d is %g", i, p)
			}
		}
	}
	if wrong*20 > n {
		t.Errorf("%d of %d labels wrong", wrong, n)
	}
}

func TestModelRoundTrip(t *testing.T) {
	m := Train(weather(), Options{Labels: 3, Edges: 1, Rows: 64})
	b := m.Append(nil)
	again, rest, err := Read(append(bytes.Clone(b), 7))
	if err != nil || len(rest) != 1 {
		t.Fatalf("reading: %v, %d bytes left", err, len(rest))
	}
	if !bytes.Equal(again.Append(nil), b) {
		t.Error("a model read back is another one")
	}
	for n := range b {
		if _, _, err := Read(b[:n]); err == nil {
			t.Fatalf("%d of %d bytes were taken for a model", n, len(b))
		}
	}
}

func TestEmptySequence(t *testing.T) {
	m := Train(weather(), Options{Labels: 3, Edges: 1, Rows: 64})
	var w Scratch
	s := &Sequence{}
	if got := m.Best(s, m.Scores(s, nil, &w), &w, nil); len(got) != 0 {
		t.Errorf("labels %v of no tokens", got)
	}
}

// More features than a token's sum can hold are cut off, not run over.
func TestManyFeatures(t *testing.T) {
	m := Train(weather(), Options{Labels: 3, Edges: 1, Rows: 64})
	s := &Sequence{}
	var many []uint64
	for i := range 1000 {
		many = append(many, Hash(1, uint64(i&1)))
	}
	s.Add(many, 0)
	var w Scratch
	for _, v := range m.Scores(s, nil, &w) {
		if v > 1e4 || v < -1e4 {
			t.Errorf("a score of %g", v)
		}
	}
}
