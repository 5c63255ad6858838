package bot

import (
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/index"
)

// Articles that are copies of one another, an agency's story in many papers say, are
// one witness: what a speaker says in all of them is shown and counted once, with
// every place in which it stands.

// stories are what was asked already of copies, versions and passages.
type stories struct {
	copied   map[string]bool            // articles of which copies were met
	printed  map[string][]index.Article // an article's copies
	versions map[string]string          // newer articles with an article's address
}

func newStories() stories {
	return stories{map[string]bool{}, map[string][]index.Article{}, map[string]string{}}
}

// printings are an article's copies and itself, the first printed first.
func (a *asking) printings(path string) []index.Article {
	if all, known := a.stories.printed[path]; known {
		return all
	}
	all, err := a.ix.Copies(path)
	if err != nil {
		a.proof.note(err)
	}
	a.stories.printed[path] = all
	return all
}

// areCopies tells whether two articles are copies of one another, and notes it for
// their citations.
func (a *asking) areCopies(x, y string) bool {
	if x == y {
		return false
	}
	same, err := a.ix.AreCopies(x, y)
	if err != nil {
		a.proof.note(err)
	}
	if same {
		a.stories.copied[x], a.stories.copied[y] = true, true
	}
	return same
}

// origin is the article that was printed first of those of which one is a copy, ""
// where that is itself.
func (a *asking) origin(path string) string {
	if all := a.printings(path); len(all) > 0 && all[0].Path != path {
		return all[0].Path
	}
	return ""
}

// newer is the newest version of an article: of its copies with its own address the one
// that the index had last; "" where that is itself, or can't be told.
func (a *asking) newer(path string) string {
	if name, known := a.stories.versions[path]; known {
		return name
	}
	newest := a.proof.about(path)
	all, err := a.ix.Versions(newest.URL)
	if err != nil {
		a.proof.note(err)
	}
	for _, v := range all {
		if v.FirstSeen.After(newest.FirstSeen) && a.areCopies(path, v.Path) {
			newest = v
		}
	}
	name := ""
	if newest.Path != path {
		name = newest.Path
	}
	a.stories.versions[path] = name
	return name
}

// citing completes a citation with what is known of the article's copies, where some
// of them were met, and of its versions.
func (a *asking) citing(path string, c Citation) Citation {
	if a.stories.copied[path] {
		c.CopyOf = a.origin(path)
	}
	c.SupersededBy = a.newer(path)
	return c
}

// repeating tells of each statement which earlier one it repeats from a copy, -1
// where it repeats none: the same speaker says the same there, or nearly.
func (a *asking) repeating(all []index.Statement) []int {
	out := make([]int, len(all))
	words := make([]said, len(all))
	holders := map[uint64][]int{} // of a speaker's stretch of words, places in all
	for i, s := range all {
		out[i] = -1
		if s.Speaker.Name == "" {
			continue
		}
		words[i] = newSaid(strings.Join(s.Words, " "))
		stretches := words[i].stretches(a.roster.called(bearerOf(s)))
		var seen []int
		for _, g := range stretches {
			for _, k := range holders[g] {
				if out[i] < 0 && all[k].Article != s.Article && !slices.Contains(seen, k) && words[k].same(words[i]) && a.areCopies(all[k].Article, s.Article) {
					out[i] = k
				}
				seen = append(seen, k)
			}
		}
		for n := 0; n < len(stretches); n += shingle { // the others begin in these
			holders[stretches[n]] = append(holders[stretches[n]], i)
		}
		if k := out[i]; k >= 0 && out[k] >= 0 {
			out[i] = out[k]
		}
	}
	return out
}

// said are words to hold against others.
type said struct {
	text  string
	words []string // as comparable makes them
}

func newSaid(text string) said { return said{text, strings.Fields(comparable(text))} }

// telling are the names and numbers in a text, in order.
func (s said) telling() string {
	var out []string
	for _, w := range strings.FieldsFunc(s.text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if first, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(first) || unicode.IsDigit(first) {
			out = append(out, strings.ToLower(w))
		}
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), " ")
}

// stretches are checksums of all stretches of a speaker's words, and of all words
// where they are few.
func (s said) stretches(speaker string) []uint64 {
	who := maphash.String(stretchSeed, speaker)
	sum := func(words []string) uint64 {
		h := who
		for _, w := range words {
			h = bits.RotateLeft64(h, 7) ^ maphash.String(stretchSeed, w)
		}
		return h
	}
	if len(s.words) < shingle {
		return []uint64{sum(s.words)}
	}
	var out []uint64
	for i := 0; i+shingle <= len(s.words); i++ {
		out = append(out, sum(s.words[i:i+shingle]))
	}
	return out
}

// stretchSeed is one for all, so that checksums can be held against one another. What
// meets by chance is held against each other word by word.
var stretchSeed = maphash.MakeSeed()

// same tells whether what copies have is one: of all different words that either has
// both have most, and the same names and numbers. Of few words, all.
func (s said) same(o said) bool {
	if len(s.words) < shingle || len(o.words) < shingle {
		return slices.Equal(s.words, o.words)
	}
	return sharedOfAll(s.words, o.words) >= sameInCopies && s.telling() == o.telling()
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
		if !slices.ContainsFunc(others, func(o index.Statement) bool { return a.areCopies(s.Article, o.Article) }) {
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
		if a.newer(p.Path) != "" {
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
	text := a.textOf(p)
	for k, o := range kept {
		if other := a.textOf(o); o.Article != p.Article && alikeAtEnds(other, text) && newSaid(other).same(newSaid(text)) && a.areCopies(o.Article, p.Article) {
			return k
		}
	}
	return -1
}

func (a *asking) textOf(p index.Passage) string {
	art, ok := a.proof.article(p.Article)
	if !ok || p.Start < 0 || p.Start >= p.End || p.End > len(art.text) {
		return ""
	}
	return art.text[p.Start:p.End]
}

// alikeAtEnds tells whether two paragraphs begin or end alike, as those of copies do,
// even where a word in them was changed: what costs too little to be asked of all.
func alikeAtEnds(x, y string) bool {
	n := min(len(x), len(y), sameEnd)
	return n > 0 && (x[:n] == y[:n] || x[len(x)-n:] == y[len(y)-n:])
}

// firstPrinted is the passage of some that repeat one another from copies that was
// printed first, and where the others stand, as they were printed.
func (a *asking) firstPrinted(p index.Passage, others []index.Passage) (index.Passage, []Place) {
	if len(others) == 0 {
		return p, nil
	}
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
