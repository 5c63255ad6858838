package message

import "sort"

// Pages: as many items as are pleasant to read at once, an item never parted.

const (
	// pageLength is how long a page's quotations are before the next page begins,
	// in UTF-16 units: about a screen of a telephone or two.
	pageLength = 1500
	// pageItems is how many a page has at most.
	pageItems = 5
)

// pages lays an answer out; there is at least one, maybe empty.
func (r *renderer) pages() [][]item {
	all := r.items()
	if len(r.answer.Speakers) > 1 && len(r.answer.Counts) == 0 && !onePage(all) {
		all = interleaved(all)
	}
	out := [][]item{nil}
	used := 0
	for _, it := range all {
		last := len(out) - 1
		if n := it.size(); len(out[last]) > 0 && (used+n > pageLength || len(out[last]) == pageItems) {
			out = append(out, nil)
			used, last = 0, last+1
		}
		out[last] = append(out[last], it)
		used += it.size()
	}
	for _, page := range out {
		grouped(page)
		r.sources(page) // numbers them in the order of the pages
	}
	return out[:min(len(out), maxPage)]
}

func onePage(all []item) bool {
	used := 0
	for _, it := range all {
		used += it.size()
	}
	return used <= pageLength && len(all) <= pageItems
}

// interleaved deals the speakers' items out in turn, so that those who are asked
// about together stand side by side on every page.
func interleaved(all []item) []item {
	var order []string
	of := map[string][]item{}
	for _, it := range all {
		if len(of[it.under]) == 0 {
			order = append(order, it.under)
		}
		of[it.under] = append(of[it.under], it)
	}
	var out []item
	for len(out) < len(all) {
		for _, who := range order {
			if theirs := of[who]; len(theirs) > 0 {
				out = append(out, theirs[0])
				of[who] = theirs[1:]
			}
		}
	}
	return out
}

// grouped puts what each speaker of a page said together again.
func grouped(page []item) {
	first := map[string]int{}
	for n, it := range page {
		if _, known := first[it.under]; !known {
			first[it.under] = n
		}
	}
	sort.SliceStable(page, func(i, k int) bool { return first[page[i].under] < first[page[k].under] })
}
