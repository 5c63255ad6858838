package segment

import (
	"cmp"
	"slices"
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

// postings are a field's terms, in order, each with its postings in the order of the
// documents.
func postings(all []occurrence, use func(term string, in []posting) error) error {
	if len(all) == 0 {
		return nil
	}
	type term struct {
		text string
		last int // its last posting so far
		n    int // postings
	}
	numbers := make(map[string]uint32)
	var terms []term
	var met []posting
	for _, o := range all {
		for _, text := range o.terms {
			n, ok := numbers[text]
			if !ok {
				n = uint32(len(terms))
				numbers[text] = n
				terms = append(terms, term{text: text})
			}
			t := &terms[n]
			if t.n > 0 && met[t.last].doc == o.doc {
				met[t.last].frequency++
				continue
			}
			t.last = len(met)
			t.n++
			met = append(met, posting{n, o.doc, 1, uint32(len(o.terms))})
		}
	}
	sorted := make([]posting, len(met))
	ends := make([]int, len(terms))
	end := 0
	for n, t := range terms {
		ends[n] = end // where it begins, and ends once they are all there
		end += t.n
	}
	for _, p := range met {
		sorted[ends[p.term]] = p
		ends[p.term]++
	}
	order := make([]uint32, len(terms))
	for n := range order {
		order[n] = uint32(n)
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(terms[a].text, terms[b].text) })
	for _, n := range order {
		if err := use(terms[n].text, sorted[ends[n]-terms[n].n:ends[n]]); err != nil {
			return err
		}
	}
	return nil
}
