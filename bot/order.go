package bot

// In which order statements are shown, and which lie inside others.

import (
	"regexp"
	"sort"
	"strings"

	"onrecord/data/naming"
	"onrecord/data/quote"
	"onrecord/index"
)

func preference(s index.Statement) float64 {
	f := 1.0
	switch s.Kind {
	case quote.Direct:
		f = preferDirect
	case quote.Mixed:
		f = preferMixed
	}
	switch s.Act {
	case quote.Said:
	case quote.Declined:
		f *= lessDeclined
	default:
		f *= lessThought
	}
	return f
}

// bestOf sorts by score and drops what falls far behind.
func bestOf(all []index.Statement) []index.Statement {
	sort.SliceStable(all, func(i, k int) bool { return all[i].Score > all[k].Score })
	for i, s := range all {
		if s.Score < farFromBest*all[0].Score {
			return all[:i]
		}
	}
	return all
}

// byVerb puts the statements first whose cue or words have the verb asked for.
func (a *asking) byVerb(all []index.Statement, verb index.Word) []index.Statement {
	a.inOrder(all)
	var first, rest []index.Statement
	for _, s := range all {
		texts := s.Words
		if art, ok := a.proof.article(s.Article); ok && s.Cue.Len() > 0 && within(art.text, s.Cue) {
			texts = append([]string{s.Cue.Of(art.text)}, texts...)
		}
		if a.coverage([]index.Word{verb}, texts...) > 0 {
			first = append(first, s)
		} else {
			rest = append(rest, s)
		}
	}
	if tellingVerbs.MatchString(verb.Forms[0]) {
		return first
	}
	return append(first, rest...)
}

// tellingVerbs ask for one kind of statement, and another kind is no answer:
// what somebody fears is not what they are ready for.
var tellingVerbs = regexp.MustCompile(`^(?:fear|demand|propos|warn|urg|support|worr|want|hope|believ|expect|oppos|doubt|regret|promis|pledg|vow|threat|den[yi]|reject|admit|accus|predict|refus|dream|apolog|concern|frighten|scare|bother|please|anger)`)

// inOrder sorts a speaker's statements for a question without a topic: the
// newest article first, of equally old ones those whose title names them, in an
// article their own words before others', then as they stand.
func (a *asking) inOrder(all []index.Statement) {
	date := func(s index.Statement) string { return a.proof.about(s.Article).Date }
	heads := func(s index.Statement) bool {
		art := a.proof.about(s.Article)
		words := strings.Fields(naming.Fold(s.Speaker.Name))
		return len(words) > 0 && strings.Contains(naming.Fold(art.Title), words[len(words)-1])
	}
	sort.SliceStable(all, func(i, k int) bool {
		x, y := all[i], all[k]
		if dx, dy := date(x), date(y); dx != dy {
			return dx > dy
		}
		if hx, hy := heads(x), heads(y); hx != hy {
			return hx
		}
		if x.Article != y.Article {
			return x.Article < y.Article
		}
		if px, py := preference(x), preference(y); px != py {
			return px > py
		}
		return x.Number < y.Number
	})
}

// withoutNested leaves out statements that stand inside another of the same
// speaker that is shown: "he hoped …" in "he said that he hoped …".
func withoutNested(all []index.Statement) []index.Statement {
	var out []index.Statement
	for i, s := range all {
		inside := false
		for k, o := range all {
			inside = inside || i != k && o.Article == s.Article && o.Speaker.Name == s.Speaker.Name && holds(o, s) && !(holds(s, o) && k > i)
		}
		if !inside {
			out = append(out, s)
		}
	}
	return out
}

// holds tells whether every part of s lies in a part of o.
func holds(o, s index.Statement) bool {
	for _, p := range s.Parts {
		in := false
		for _, q := range o.Parts {
			in = in || q.Start <= p.Start && p.End <= q.End
		}
		if !in {
			return false
		}
	}
	return true
}
