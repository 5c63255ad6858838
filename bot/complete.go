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
	var all []completion
	for _, p := range r.all {
		if rank, ok := p.completed(naming.Words(typed)); ok && p.statements > 0 {
			all = append(all, completion{p.name, rank, p.statements})
		}
	}
	return firstOf(all, n), nil
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
