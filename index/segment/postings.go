package segment

import (
	"slices"
	"strings"
)

// occurrence is a document's terms in a field.
type occurrence struct {
	doc   uint32
	terms []string
}

// byColumn sorts the terms of documents by their fields.
func byColumn(l *Layout, docs []*Document) [][]occurrence {
	out, keys := make([][]occurrence, len(l.names)), make([]string, len(docs))
	for n, d := range docs {
		keys[n] = d.id
		out[0] = append(out[0], occurrence{uint32(n), keys[n : n+1]})
		d.each(func(column int, terms []string) {
			if l.options[column].IsIndexed() && len(terms) > 0 {
				out[column] = append(out[column], occurrence{uint32(n), terms})
			}
		})
	}
	return out
}

// posting is that a document has a term.
type posting struct {
	term      uint32 // its number in the order in which terms were met
	doc       uint32
	frequency uint32 // how often
	length    uint32 // how many terms the document has in that field
}

// gathered is a field's terms and where they stand, in the order in which they are met.
type gathered struct {
	numbers  map[string]uint32
	terms    []term
	postings []posting
}

type term struct {
	text     string
	postings int // how many
	last     int // the last of them
}

func gather(all []occurrence) *gathered {
	g := &gathered{numbers: map[string]uint32{}}
	for _, o := range all {
		for _, text := range o.terms {
			g.add(text, o)
		}
	}
	return g
}

// add counts a term of a document. Those of a document come one after another.
func (g *gathered) add(text string, o occurrence) {
	n, ok := g.numbers[text]
	if !ok {
		n = uint32(len(g.terms))
		g.numbers[text] = n
		g.terms = append(g.terms, term{text: text})
	}
	t := &g.terms[n]
	if t.postings > 0 && g.postings[t.last].doc == o.doc {
		g.postings[t.last].frequency++
		return
	}
	t.last = len(g.postings)
	t.postings++
	g.postings = append(g.postings, posting{n, o.doc, 1, uint32(len(o.terms))})
}

// each hands over the terms in order, each with its postings in the order of the
// documents.
func (g *gathered) each(use func(term string, in []posting) error) error {
	next, order := make([]int, len(g.terms)), make([]uint32, len(g.terms))
	for n := range g.terms {
		order[n] = uint32(n)
		if n > 0 {
			next[n] = next[n-1] + g.terms[n-1].postings
		}
	}
	byTerm := make([]posting, len(g.postings))
	for _, p := range g.postings {
		byTerm[next[p.term]] = p
		next[p.term]++ // in the end it is where the term's postings end
	}
	slices.SortFunc(order, func(a, b uint32) int { return strings.Compare(g.terms[a].text, g.terms[b].text) })
	for _, n := range order {
		if err := use(g.terms[n].text, byTerm[next[n]-g.terms[n].postings:next[n]]); err != nil {
			return err
		}
	}
	return nil
}
