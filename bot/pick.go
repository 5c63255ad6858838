package bot

import (
	"math"
	"slices"
	"sort"
	"time"

	"onrecord/data/when"
	"onrecord/index"
)

// reading is how much of what a search finds is read from the index, and so what
// a question costs: a statement with its article takes about a tenth of a
// millisecond, while finding two thousand takes one or two.

// enough is how many statements that fit are wanted before reading stops. Some
// of them repeat others, or lie inside them, so it is a multiple of what is
// shown; where the question narrows by time or setting, or wants an order in
// time, what is read must be more than what is shown by far.
func (a *asking) enough() int {
	n := enoughTimes*a.limit + enoughMore
	if a.q.Order != NoOrder || a.q.To != "" || a.q.Where != "" {
		n = max(n, enoughNarrowed)
	}
	return n
}

// pick reads what a search finds, the best first, and keeps what fits. It stops
// when enough is kept and what follows can't come before it: fits multiplies a
// score by at most most. Where the question wants the newest or the oldest of more
// than are read, it looks at the days at that end of the archive first. What it leaves
// unread is counted in a.unread.
func (a *asking) pick(q index.StatementQuery, most float64, fits func(*index.Statement) bool) ([]index.Statement, error) {
	q.Limit, a.unread = max(maxTried, a.enough()), 0
	h, err := a.ix.Find(a.ctx, q)
	if err != nil {
		return nil, err
	}
	if a.q.Order != NoOrder && h.Total > q.Limit {
		ends, err := a.within(q, h)
		if err != nil {
			return nil, err
		}
		kept, read, err := a.fitting(ends, q, most, fits)
		if err != nil || len(kept) >= a.limit {
			a.unread = h.Total - read
			return kept, err
		} // else too few of these days have what fits
	}
	kept, read, err := a.fitting(h, q, most, fits)
	if len(kept) >= a.enough() {
		a.unread = h.Total - read
	}
	return kept, err
}

// fitting reads hits until enough fit, and tells how many it read.
func (a *asking) fitting(h *index.Hits, q index.StatementQuery, most float64, fits func(*index.Statement) bool) (kept []index.Statement, read int, err error) {
	enough := a.enough()
	var scores []float64 // of kept, rising
	for ; read < h.Len(); read++ {
		if len(kept) >= enough && (read >= max(maxRead, enough) || h.Score(read)*most < scores[len(scores)-enough]) {
			break
		}
		s, ok, err := a.ix.read(h, read, q)
		if err != nil {
			return nil, 0, err
		}
		if ok && a.inPeriod(s) && fits(&s) {
			kept = append(kept, s)
			at, _ := slices.BinarySearch(scores, s.Score)
			scores = slices.Insert(scores, at, s.Score)
		}
	}
	sort.SliceStable(kept, func(i, k int) bool { return kept[i].Score > kept[k].Score })
	return kept, read, nil
}

// inPeriod tells whether a statement may be of the time that the question asks
// about: by its date, or where it has none, by its words.
func (a *asking) inPeriod(s index.Statement) bool {
	switch {
	case a.period.Known():
		return a.period.Overlaps(when.ISO(a.dateOf(s).Date))
	case a.undated != nil:
		return a.dateOf(s).Date == "" && a.coverage(a.undated, a.near(s)...) >= allNames
	}
	return true
}

// filters are the words without which nothing can hold a share of all that is
// enough, each a condition of its own; where there is none, those of which it
// must hold one.
func (a *asking) filters(words []index.Word, enough float64, own bool) []index.Filter {
	var out []index.Filter
	for _, w := range a.necessary(words, enough) {
		out = append(out, index.Filter{Words: []index.Word{w}, Own: own})
	}
	if out == nil && len(words) > 0 {
		out = append(out, index.Filter{Words: a.oneOf(words, enough), Own: own})
	}
	return out
}

// rarest are the rarest words of a topic of common ones, each a condition: what
// lacks them is not looked at, for it would be most of the archive. They are as
// few as leave no more than is looked through of each, were they to fall together
// by chance.
func (a *asking) rarest(words []index.Word, own bool) []index.Filter {
	var out []index.Filter
	left := float64(a.total)
	for _, w := range a.byRarity(words) {
		if left <= common {
			break
		}
		left *= float64(a.count(w)) / float64(max(1, a.total))
		out = append(out, index.Filter{Words: []index.Word{w}, Own: own})
	}
	return out
}

// oneOf are the rarest words, as few as will do, of which what weighs enough has
// one: the others together don't weigh enough.
func (a *asking) oneOf(words []index.Word, enough float64) []index.Word {
	var all, left float64
	for _, w := range words {
		all += a.weight(w)
	}
	sorted := a.byRarity(words)
	left = all
	for n, w := range sorted {
		if left -= a.weight(w); left < enough*all {
			return sorted[:n+1]
		}
	}
	return sorted
}

func (a *asking) byRarity(words []index.Word) []index.Word {
	sorted := slices.Clone(words)
	slices.SortStableFunc(sorted, func(x, y index.Word) int { return a.count(x) - a.count(y) })
	return sorted
}

// necessary are the words without which the others don't weigh enough.
func (a *asking) necessary(words []index.Word, enough float64) []index.Word {
	var all float64
	for _, w := range words {
		all += a.weight(w)
	}
	var out []index.Word
	for _, w := range words {
		if all-a.weight(w) < enough*all {
			out = append(out, w)
		}
	}
	return out
}

// fewest is the least number of words that weigh enough.
func (a *asking) fewest(words []index.Word, enough float64) int {
	var weights []float64
	var all, sum float64
	for _, w := range words {
		weights = append(weights, a.weight(w))
		all += a.weight(w)
	}
	slices.SortFunc(weights, func(x, y float64) int { return int(math.Copysign(1, y-x)) })
	for n, w := range weights {
		if sum += w; sum >= enough*all {
			return n + 1
		}
	}
	return len(words)
}

// newest finds a speaker's statements for a question without a topic. Where they
// are more than are read, only those of the last days of the archive, or of its
// first where the question asks for these, as many days as hold enough.
func (a *asking) newest(q index.StatementQuery) ([]index.Statement, error) {
	most := max(maxTried, a.enough())
	q.Limit, a.unread = most, 0
	h, err := a.ix.Find(a.ctx, q)
	if err != nil {
		return nil, err
	}
	all := h.Total
	if all > most {
		if h, err = a.within(q, h); err != nil {
			return nil, err
		}
	}
	var out []index.Statement
	for i := range min(h.Len(), most) {
		s, ok, err := a.ix.read(h, i, q)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, s)
		}
	}
	a.unread = max(0, all-min(h.Len(), most))
	return out, nil
}

// within narrows a search to the fewest days at one end of the archive that hold
// enough and no more than are read: first twice as many as would hold enough were all
// days alike, then more or fewer by halves. all is what the search finds in all days.
func (a *asking) within(q index.StatementQuery, all *index.Hits) (*index.Hits, error) {
	first, last, err := a.ix.Covered()
	if err != nil {
		return nil, err
	}
	if last == "" {
		return a.whole(q, all)
	}
	asked := q.When
	span := when.Period{First: when.ISO(first).First, Last: when.ISO(last).Last}
	if q.When.Known() {
		span = when.Period{First: later(span.First, q.When.First), Last: earlier(span.Last, q.When.Last)}
	}
	enough := min(a.enough(), q.Limit/2)                        // so that it need not be met exactly
	few, most := 0, int(span.Last.Sub(span.First).Hours()/24)+1 // too few days; enough, but perhaps too many
	days := min(max(firstWindow, most*2*enough/max(1, all.Total)), most)
	var best *index.Hits
	for most-few > 1 || best == nil {
		q.When = a.end(span, days)
		h, err := a.ix.Find(a.ctx, q)
		if err != nil {
			return nil, err
		}
		switch {
		case h.Total >= enough:
			if best, most = h, days; h.Total <= q.Limit {
				return h, nil
			}
			days = (few + most) / 2
		case days == most:
			q.When = asked
			return a.whole(q, all) // most have no date
		default:
			few = days
			days = min(2*days, most)
			if best != nil {
				days = (few + most) / 2
			}
		}
	}
	q.When = a.end(span, most)
	return a.whole(q, best)
}

// end is so many days of a span, the last ones but where the question asks for the
// first.
func (a *asking) end(span when.Period, days int) when.Period {
	if a.q.Order == OldestFirst {
		return when.Period{First: span.First, Last: earlier(span.Last, span.First.AddDate(0, 0, days-1))}
	}
	return when.Period{First: later(span.First, span.Last.AddDate(0, 0, 1-days)), Last: span.Last}
}

// whole finds what a search found, less of which was at hand than is read: then it
// hangs on where statements lie in the index which of them are.
func (a *asking) whole(q index.StatementQuery, h *index.Hits) (*index.Hits, error) {
	q.Limit = min(h.Total, maxCandidates)
	return a.ix.Find(a.ctx, q)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
