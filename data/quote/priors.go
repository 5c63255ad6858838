package quote

import "onrecord/data/quote/chain"

// priors are how often annotators took a word for a cue, in classes. A word
// that they took seldom, or that is rare, is not there.
type priors map[uint64]uint8

// Classes of a prior. A word of class likelyCue or more is worth looking out
// for.
const (
	neverCue uint64 = iota
	seldomCue
	likelyCue // one time in eight
	halfCue   // one in three
	mostlyCue // two in three
)

// minPrior is how often annotators must have taken a word for a cue, or part of
// one.
const minPrior = 4

// of is a word's prior.
func (p priors) of(word uint64) uint64 { return uint64(p[word]) }

// ofStem is the prior of a stem, in finer classes.
func (p priors) ofStem(stem uint64) uint64 { return uint64(p[stemKey(stem)]) }

// stemKey tells a stem from a word that looks like it.
func stemKey(stem uint64) uint64 { return chain.Hash(0, stem) }

// classOf puts a word that was a cue n times of all into a class.
func classOf(n, all int) uint64 {
	switch {
	case n < minPrior:
		return neverCue
	case 3*n >= 2*all:
		return mostlyCue
	case 3*n >= all:
		return halfCue
	case 8*n >= all:
		return likelyCue
	}
	return seldomCue
}

// stemClassOf is finer, and has a class for what is rare.
func stemClassOf(n, all int) uint64 {
	if all < minPrior {
		return 1
	}
	class := uint64(2)
	for _, percent := range []int{2, 5, 10, 20, 35, 50, 65, 80} {
		if 100*n >= percent*all {
			class++
		}
	}
	return class
}

// counts are how often words were seen, and were part of a cue.
type counts struct{ cue, all map[uint64]int }

func newCounts() counts { return counts{map[uint64]int{}, map[uint64]int{}} }

func (c counts) add(x *lesson) {
	for i := range x.v.toks {
		for _, key := range [...]uint64{x.v.word[i], stemKey(x.v.stem[i])} {
			c.all[key]++
			if x.y[i] == cueFirst || x.y[i] == cueMore {
				c.cue[key]++
			}
		}
	}
}

// learnPriors counts how often each word is a cue's, and gives every view its
// classes: those that the other articles give, for a word that only this one
// has as a cue would seem surer than it is.
func (m *models) learnPriors(lessons []*lesson) {
	total := newCounts()
	for _, x := range lessons {
		total.add(x)
	}
	for _, x := range lessons {
		own := newCounts()
		own.add(x)
		for i := range x.v.toks {
			word, stem := x.v.word[i], stemKey(x.v.stem[i])
			x.v.prior[i] = classOf(total.cue[word]-own.cue[word], total.all[word]-own.all[word])
			x.v.stemPrior[i] = stemClassOf(total.cue[stem]-own.cue[stem], total.all[stem]-own.all[stem])
		}
	}
	for _, x := range lessons {
		for i := range x.v.toks {
			word, stem := x.v.word[i], stemKey(x.v.stem[i])
			if class := classOf(total.cue[word], total.all[word]); class != neverCue {
				m.priors[word] = uint8(class)
			}
			if class := stemClassOf(total.cue[stem], total.all[stem]); class > 1 {
				m.priors[stem] = uint8(class)
			}
		}
	}
}
