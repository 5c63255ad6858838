package bot

import (
	"strings"
)

// Change is a stretch of words in which what was asked and what is on record
// differ. Asked is "" where the record has more, Said where it has less.
type Change struct {
	Asked string `json:"asked"`
	Said  string `json:"said"`
}

// maxCompared bounds how many words of a statement are compared with a quotation:
// the longest statement of a turn has 1,000 bytes.
const maxCompared = 400

// difference lists where a quotation departs from the nearest stretch of a
// statement, both as they are worded, in reading order; nil where the stretch
// holds every word of it.
func difference(asked, said string) []Change {
	want, have := wordsOf(asked), wordsOf(said)
	if len(want) == 0 || len(want) > maxCompared || len(have) > maxCompared {
		return nil
	}
	same := commonWords(want, have)
	if len(same) == 0 {
		return []Change{{Asked: joined(want)}}
	}
	var out []Change
	w, h := 0, same[0].have // before the first common word the statement is only longer
	for _, s := range same {
		out = appendChange(out, want[w:s.want], have[h:s.have])
		w, h = s.want+1, s.have+1
	}
	rest := want[w:] // behind the last common word as much is compared as was asked
	return appendChange(out, rest, have[h:min(len(have), h+len(rest))])
}

func appendChange(out []Change, asked, said []word) []Change {
	if len(asked)+len(said) == 0 {
		return out
	}
	return append(out, Change{joined(asked), joined(said)})
}

// word is a word as written, and what of it is compared.
type word struct{ written, key string }

func wordsOf(s string) []word {
	var out []word
	for _, w := range strings.Fields(s) {
		if key := comparable(w); key != "" {
			out = append(out, word{strings.Trim(w, ".,;:!?\"“”«»„'’‘()[]—–…"), key})
		}
	}
	return out
}

func joined(words []word) string {
	var out []string
	for _, w := range words {
		out = append(out, w.written)
	}
	return strings.Join(out, " ")
}

// pair is a word that two texts share, by its place in each.
type pair struct{ want, have int }

// commonWords is the longest list of words that both have in the same order.
func commonWords(want, have []word) []pair {
	best := make([][]int, len(want)+1)
	for i := range best {
		best[i] = make([]int, len(have)+1)
	}
	for i := len(want) - 1; i >= 0; i-- {
		for k := len(have) - 1; k >= 0; k-- {
			if want[i].key == have[k].key {
				best[i][k] = best[i+1][k+1] + 1
			} else {
				best[i][k] = max(best[i+1][k], best[i][k+1])
			}
		}
	}
	var out []pair
	for i, k := 0, 0; i < len(want) && k < len(have); {
		switch {
		case want[i].key == have[k].key:
			out = append(out, pair{i, k})
			i, k = i+1, k+1
		case best[i+1][k] >= best[i][k+1]:
			i++
		default:
			k++
		}
	}
	return out
}

// differs notes at the first statement shown where it departs from the words
// asked for.
func (a *asking) differs() {
	if len(a.answer.Statements) == 0 || a.q.Quoted == "" {
		return
	}
	s := &a.answer.Statements[0]
	var parts []string
	for _, p := range s.Parts {
		parts = append(parts, p.Text)
	}
	s.Differs = difference(a.q.Quoted, strings.Join(parts, " "))
}
