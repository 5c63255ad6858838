package bot

import (
	"slices"
	"strings"

	"onrecord/index"
)

// Articles that are copies of one another, an agency's story in many papers say, are
// one witness: what a speaker says in all of them is shown and counted once, with
// every place in which it stands.

// printings are an article's copies and itself, the first printed first.
func (a *asking) printings(path string) []index.Article {
	if all, known := a.printed[path]; known {
		return all
	}
	all, err := a.ix.Copies(path)
	if err != nil {
		a.proof.note(err)
	}
	if a.printed == nil {
		a.printed = map[string][]index.Article{}
	}
	a.printed[path] = all
	return all
}

// areCopies tells whether two articles are copies of one another.
func (a *asking) areCopies(x, y string) bool {
	return x != y && slices.ContainsFunc(a.printings(x), func(p index.Article) bool { return p.Path == y })
}

// citing completes a citation with what the article's copies tell of it.
func (a *asking) citing(path string, c Citation) Citation {
	all := a.printings(path)
	if len(all) > 1 && all[0].Path != path {
		c.CopyOf = all[0].Path
	}
	c.SupersededBy = supersededBy(all, path)
	return c
}

// supersededBy is the newest version of an article: of its copies with its own
// address the one that the index had last; "" where that is itself, or can't be told.
func supersededBy(all []index.Article, path string) string {
	at := slices.IndexFunc(all, func(p index.Article) bool { return p.Path == path })
	if at < 0 || all[at].URL == "" {
		return ""
	}
	newest := all[at]
	for _, p := range all {
		if p.URL == newest.URL && p.FirstSeen.After(newest.FirstSeen) {
			newest = p
		}
	}
	if newest.Path == path {
		return ""
	}
	return newest.Path
}

// repeating tells of each statement which earlier one it repeats from a copy, -1
// where it repeats none: the same speaker says the same there, or nearly.
func (a *asking) repeating(all []index.Statement) []int {
	out := make([]int, len(all))
	words := make([][]string, len(all))
	holders := map[string][]int{} // of a speaker's stretch of words, places in all
	for i, s := range all {
		out[i] = -1
		if s.Speaker.Name == "" {
			continue
		}
		words[i] = strings.Fields(comparable(strings.Join(s.Words, " ")))
		seen := map[int]bool{}
		speaker := a.roster.called(s.Speaker.Name)
		for _, g := range stretchesOf(speaker, words[i], 1) {
			for _, k := range holders[g] {
				if out[i] < 0 && !seen[k] && all[k].Article != s.Article && sameSaid(words[k], words[i]) && a.areCopies(all[k].Article, s.Article) {
					out[i] = k
				}
				seen[k] = true
			}
		}
		for _, g := range stretchesOf(speaker, words[i], shingle) {
			holders[g] = append(holders[g], i)
		}
		if k := out[i]; k >= 0 && out[k] >= 0 {
			out[i] = out[k]
		}
	}
	return out
}

// stretchesOf are the stretches of a speaker's words that begin at every so many of
// them, and all of them where they are few.
func stretchesOf(speaker string, words []string, step int) []string {
	if len(words) < shingle {
		return []string{speaker + "\x00" + strings.Join(words, " ")}
	}
	var out []string
	for i := 0; i+shingle <= len(words); i += step {
		out = append(out, speaker+"\x00"+strings.Join(words[i:i+shingle], " "))
	}
	return out
}

// sameSaid tells whether two copies' statements are one: of all different words that
// either has both have most. Of few words, all.
func sameSaid(x, y []string) bool {
	if len(x) < shingle || len(y) < shingle {
		return slices.Equal(x, y)
	}
	return sharedOfAll(x, y) >= sameInCopies
}

// sharedOfAll is the share of words that both have, of all different words that
// either has.
func sharedOfAll(x, y []string) float64 {
	has := map[string]bool{}
	for _, w := range x {
		has[w] = true
	}
	n, both := len(has), 0
	for _, w := range y {
		if in, known := has[w]; known {
			if in {
				both++
			}
		} else {
			n++
		}
		has[w] = false
	}
	return float64(both) / float64(max(1, n))
}

// withoutCopies leaves out statements that repeat an earlier one from a copy.
func (a *asking) withoutCopies(all []index.Statement) []index.Statement {
	var out []index.Statement
	for i, k := range a.repeating(all) {
		if k < 0 {
			out = append(out, all[i])
		}
	}
	return out
}

// originsFirst puts in the place of a statement to be shown the one in the copy that
// was printed first, and those that repeat it in the order in which they were printed,
// copies before others. A version of an article that a newer one has taken the place
// of comes after all other copies.
func (a *asking) originsFirst(firsts, repeats []index.Statement, also map[index.ID][]index.Statement) {
	for n, s := range firsts[:min(len(firsts), a.limit)] {
		others := also[s.ID()]
		if len(others) == 0 {
			continue
		}
		rank := a.printOrder(s.Article)
		group := append([]index.Statement{s}, others...)
		origin := 0
		for i, o := range group {
			if rank(o.Article) < rank(group[origin].Article) {
				origin = i
			}
		}
		if origin > 0 {
			first := group[origin]
			at := slices.IndexFunc(repeats, func(r index.Statement) bool { return r.ID() == first.ID() })
			firsts[n], repeats[at] = first, s
			group[0], group[origin] = first, s
			delete(also, s.ID())
		}
		rest := group[1:]
		slices.SortStableFunc(rest, func(x, y index.Statement) int { return rank(x.Article) - rank(y.Article) })
		also[firsts[n].ID()] = rest
	}
}

// printOrder tells of an article's copies in which order they stand: as they were
// printed, then the versions that a newer one has taken the place of, then all that is
// no copy.
func (a *asking) printOrder(article string) func(path string) int {
	all := a.printings(article)
	order := map[string]int{}
	for i, p := range all {
		order[p.Path] = i - 2*len(all)
		if supersededBy(all, p.Path) != "" {
			order[p.Path] += len(all)
		}
	}
	return func(path string) int { return order[path] }
}

// place tells one passage from all others.
type place struct {
	article string
	start   int
}

func placeOf(p index.Passage) place { return place{p.Article, p.Start} }

// copied is the place in kept of a passage that another one repeats from a copy, -1
// where there is none.
func (a *asking) copied(kept []index.Passage, p index.Passage) int {
	var words []string
	for k, o := range kept {
		if o.Article == p.Article {
			continue
		}
		if words == nil {
			words = a.wordsOf(p)
		}
		if sameSaid(a.wordsOf(o), words) && a.areCopies(o.Article, p.Article) {
			return k
		}
	}
	return -1
}

func (a *asking) wordsOf(p index.Passage) []string {
	art, ok := a.proof.article(p.Article)
	if !ok || p.Start < 0 || p.End > len(art.text) || p.Start >= p.End {
		return nil
	}
	return strings.Fields(comparable(art.text[p.Start:p.End]))
}

// firstPrinted is the passage of some that repeat one another from copies that was
// printed first, and where the others stand, as they were printed.
func (a *asking) firstPrinted(p index.Passage, others []index.Passage) (index.Passage, []Place) {
	rank := a.printOrder(p.Article)
	group := append([]index.Passage{p}, others...)
	slices.SortStableFunc(group, func(x, y index.Passage) int { return rank(x.Article) - rank(y.Article) })
	var out []Place
	for _, p := range group[1:] {
		if shown, ok := a.proof.passage(p); ok {
			out = append(out, Place{p.Article, p.Paragraph, a.citing(p.Article, shown.Citation)})
		}
	}
	return group[0], out
}
