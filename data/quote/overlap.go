package quote

import "sort"

// decided is a statement of the models or of the rules, and how likely it is.
type decided struct {
	f, rule *finding // rule is nil where only the models found it
	chance  float32
}

// once drops statements that have most of their content in common with a
// likelier one: "she asked for the interview because she wanted to talk" is one
// attitude, not two. Both are kept where somebody speaks of what another one
// said. Annotators never give one content to two cues.
func (a *article) once(all []decided) []decided {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, k int) bool { return all[order[i]].chance > all[order[k]].chance })
	kept := map[int][]*finding{} // by where their first part starts, and by where their last one ends, negated
	drop := make([]bool, len(all))
	for _, i := range order {
		f := all[i].f
		borders := [...]int{f.parts[0].Start, -f.end()}
		for _, b := range borders {
			for _, o := range kept[b] {
				drop[i] = drop[i] || sameContent(o, f) && a.needless(all[i])
			}
		}
		if !drop[i] {
			for _, b := range borders {
				kept[b] = append(kept[b], f)
			}
		}
	}
	out := all[:0]
	for i, d := range all {
		if !drop[i] {
			out = append(out, d)
		}
	}
	return out
}

// needless tells whether a statement may go where another one has its content:
// it is no quotation, is not according to somebody, and is no speech that the
// rules have found.
func (a *article) needless(d decided) bool {
	if a.kind(d.f) == Direct {
		return false
	}
	p := a.tokensIn(d.f.cue)
	for i := p.lo; i < p.hi; i++ {
		low := a.toks[i].low
		if verb := lexicon.form(low); low == "according" || d.rule != nil && verb != nil && verb.act == Said {
			return false
		}
	}
	return true
}

// sameContent tells whether a statement says nothing much beside what a likelier
// one, f, has: four fifths of its bytes are f's, and half of those of both.
func sameContent(f, g *finding) bool {
	common, all, own := 0, 0, 0
	for _, p := range f.parts {
		all += p.Len()
		for _, q := range g.parts {
			common += max(0, min(p.End, q.End)-max(p.Start, q.Start))
		}
	}
	for _, q := range g.parts {
		own += q.Len()
	}
	return 3*common >= all+own && 5*common >= 4*own
}
