package quote

import "onrecord/data/when"

// maxTime is how many tokens a phrase that says when may have: "early on
// Wednesday, March 12, 2025".
const maxTime = 9

// timePreps may open a phrase that says when.
var timePreps = set("on in at during over")

// timeLeads stand before it: "early on Monday", "as recently as last week".
var timeLeads = set("early late earlier later just only back mid as recently")

// dayParts go on with a day: "Tuesday night".
var dayParts = set("morning afternoon evening night")

// time reads the longest phrase at i that says when. date is its part that the
// calendar tells: all of it, or nothing of "the same day".
func (r *settingReader) time(i int) (p, date phrase, ok bool) {
	c := r.c
	k := i
	for c.in(k) && timeLeads.has(c.low(k)) {
		k++
	}
	if timePreps.has(c.low(k)) {
		k++
	}
	if !c.in(k) || !r.isFree(k) || c.toks[k].quoted() || (c.low(k) == "a" || c.low(k) == "an") && c.low(k+2) != "ago" {
		return phrase{}, phrase{}, false
	}
	for hi := min(i+maxTime, c.s.hi); hi > k; hi-- {
		p := phrase{i, hi}
		if !c.mayEndTime(hi-1) || !r.allFree(p) || c.low(hi-1) == "'s" || c.low(hi) == "'s" || c.is(hi-1, "MD") || dayParts.has(c.low(hi)) || !c.nounEnds(hi) {
			continue
		}
		if _, told := when.Parse(c.words(p), when.Period{}, when.Past); told {
			return p, p, true
		}
	}
	if n, found := c.nounStarting(k); found && r.allFree(phrase{i, n.hi}) && c.vagueTime(n) && c.low(n.hi) != "'s" {
		return phrase{i, n.hi}, phrase{i, n.hi}, true
	}
	if c.low(i) == "recently" {
		return phrase{i, i + 1}, phrase{i, i + 1}, true
	}
	return phrase{}, phrase{}, false
}

// mayEndTime tells whether a phrase that says when may end with token i; most
// words can't, and reading each as a date takes time.
func (c *clauses) mayEndTime(i int) bool {
	w := c.low(i)
	return timeNouns.has(w) || weekdays.has(w) || months.has(w) || w[0] >= '0' && w[0] <= '9'
}

// beforeWhen is a source's phrase without the words at its end that say when:
// "Lund last week", "Lund on Monday".
func (c *clauses) beforeWhen(p phrase) phrase {
	if p.hi-p.lo < 2 || !c.in(p.hi-1) || !c.mayEndTime(p.hi-1) {
		return p
	}
	for lo := max(p.lo+1, p.hi-maxTime); lo < p.hi; lo++ {
		if _, told := when.Parse(c.words(phrase{lo, p.hi}), when.Period{}, when.Past); told {
			return phrase{p.lo, lo}
		}
	}
	return p
}

// nounEnds tells whether no noun phrase goes on over token hi, so that "2014
// interview" isn't cut.
func (c *clauses) nounEnds(hi int) bool {
	if !c.in(hi) || !c.in(hi-1) {
		return true
	}
	at := c.nounAt[hi-c.s.lo]
	return at < 0 || at != c.nounAt[hi-1-c.s.lo]
}

func (r *settingReader) allFree(p phrase) bool {
	for i := p.lo; i < p.hi; i++ {
		if !r.isFree(i) || i >= r.mention.lo && i < r.mention.hi {
			return false
		}
	}
	return true
}

// vagueTime: "the same day", "that night", "recent weeks", "the week before".
func (c *clauses) vagueTime(n phrase) bool {
	switch c.low(n.hi - 1) {
	case "day", "night", "morning", "afternoon", "evening", "week", "month", "year", "days", "weeks", "months", "years", "weekend":
	default:
		return false
	}
	for k := n.lo; k < n.hi; k++ {
		switch c.low(k) {
		case "that", "same", "recent", "next", "previous", "following":
			return true
		}
	}
	return false
}

// dateWithin finds a date inside a noun phrase: "a 2014 interview", "Thursday
// night’s debate".
func (r *settingReader) dateWithin(n phrase) (phrase, bool) {
	c := r.c
	for lo := n.lo; lo < n.hi; lo++ {
		if c.toks[lo].quoted() {
			break
		}
		for hi := min(n.hi-1, lo+maxTime); hi > lo; hi-- {
			p := phrase{lo, hi}
			if c.low(lo) == "a" || c.low(lo) == "an" || c.low(lo) == "the" {
				break
			}
			if _, told := when.Parse(c.words(p), when.Period{}, when.Past); told {
				return p, true
			}
		}
	}
	return phrase{}, false
}
