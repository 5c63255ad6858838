package bot

import (
	"sort"
	"strings"

	"onrecord/data/naming"
)

// CompleteSpeaker gives at most n names of those on record that what was typed so
// far may become: those that begin so first, then those with a word that does,
// then those a typing error away; the more statements, the earlier.
func (b *Bot) CompleteSpeaker(typed string, n int) ([]string, error) {
	r, err := b.roster()
	if err != nil {
		return nil, err
	}
	words := naming.Words(typed)
	var all []completion
	seen := map[*person]bool{}
	enter := func(p *person, rank int) {
		if p != nil && !seen[p] && p.statements > 0 {
			seen[p] = true
			all = append(all, completion{p.name, rank, p.statements})
		}
	}
	for _, p := range r.people {
		if rank, ok := p.completed(words); ok {
			enter(p, rank)
		}
	}
	for rank, entries := range r.directory().complete(words, n*namesOfOne) {
		for _, e := range entries {
			enter(r.bearer(nameOf{e.stored, e.person}), rank)
		}
	}
	return firstOf(all, n), r.fault()
}

// namesOfOne is from how many names each of those offered is chosen: some are of
// one person.
const namesOfOne = 4

// complete gives the names that fit best, at least n where there are so many, by how
// well they do.
func (d *directory) complete(typed []string, n int) (byRank [worstRank + 1][]entry) {
	begun := strings.Join(typed, " ")
	for _, e := range d.entries {
		switch {
		case len(byRank[0]) == n:
			return byRank
		case strings.HasPrefix(e.words, begun):
			byRank[0] = append(byRank[0], e)
		case len(byRank[1]) < n && beginWords(typed, e.words):
			byRank[1] = append(byRank[1], e)
		}
	}
	if len(byRank[0])+len(byRank[1]) >= n {
		return byRank // only where these are too few are typing errors forgiven
	}
	for _, e := range d.entries {
		if rank, ok := completes(typed, strings.Fields(e.words)); ok && rank == worstRank && len(byRank[rank]) < n {
			byRank[rank] = append(byRank[rank], e)
		}
	}
	return byRank
}

// worstRank is how completes ranks what needs a typing error forgiven.
const worstRank = 2

// beginWords tells whether each typed word begins a word of a name.
func beginWords(typed []string, name string) bool {
	for _, t := range typed {
		if !strings.HasPrefix(name, t) && !strings.Contains(name, " "+t) {
			return false
		}
	}
	return true
}

// completed tells how well typed words fit a person's name, in its best spelling.
func (p *person) completed(typed []string) (rank int, ok bool) {
	rank, ok = completes(typed, p.words)
	for _, spelling := range p.names {
		if other, fits := completes(typed, spelling); fits && (!ok || other < rank) {
			rank, ok = other, true
		}
	}
	return rank, ok
}

// CompleteSource does the same for outlets.
func (b *Bot) CompleteSource(typed string, n int) ([]string, error) {
	sources, err := b.ix.Sources()
	if err != nil {
		return nil, err
	}
	var all []completion
	for _, s := range sources {
		if rank, ok := completes(naming.Words(typed), naming.Words(s.Name)); ok {
			all = append(all, completion{s.Name, rank, s.Articles})
		}
	}
	return firstOf(all, n), nil
}

// completion is a name with how well it fits (0 is best) and how much it has.
type completion struct {
	name string
	rank int
	has  int
}

func firstOf(all []completion, n int) []string {
	sort.SliceStable(all, func(i, k int) bool {
		if all[i].rank != all[k].rank {
			return all[i].rank < all[k].rank
		}
		return all[i].has > all[k].has
	})
	out := []string{}
	for _, c := range all[:min(n, len(all))] {
		out = append(out, c.name)
	}
	return out
}

// completes tells how well typed words fit a name's: 0 where the name begins
// with them, 1 where each begins one of its words, 2 where that needs a typing
// error to be forgiven.
func completes(typed, name []string) (rank int, ok bool) {
	if strings.HasPrefix(strings.Join(name, " "), strings.Join(typed, " ")) {
		return 0, true
	}
	rank = 1
	for _, t := range typed {
		best := 3
		for _, w := range name {
			switch {
			case strings.HasPrefix(w, t):
				best = min(best, 1)
			case nearPrefix(t, w):
				best = min(best, 2)
			}
		}
		if best == 3 {
			return 0, false
		}
		rank = max(rank, best)
	}
	return rank, true
}

// nearPrefix tells whether a word begins as was typed but for a typing error.
func nearPrefix(typed, word string) bool {
	t, w := []rune(typed), []rune(word)
	if len(t) < 4 {
		return false
	}
	for n := len(t) - 1; n <= len(t)+1 && n <= len(w); n++ {
		if naming.Distance(typed, string(w[:n])) <= errorsAllowed(typed) {
			return true
		}
	}
	return false
}
