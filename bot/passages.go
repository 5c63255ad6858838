package bot

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"onrecord/data/naming"
	"onrecord/index"
)

// fact answers from passages.
func (a *asking) fact() error {
	a.answer.Intent = Passages
	question := clean(a.answer.Question)
	words := a.vocabulary.topicOf(question)
	if len(words) == 0 {
		a.q.Why = "empty"
		a.clarify()
		return nil
	}
	if err := a.addPassages(); err != nil {
		return err
	}
	switch {
	case a.answer.Found:
	case naming.IsCyrillic(question):
		a.q.Why = "language"
		a.clarify()
	default:
		a.nothing("Nothing on record here answers that.")
		a.answer.Suggestions = a.examples(false)
	}
	return nil
}

var asksWhoIs = regexp.MustCompile(`(?i)^(?:who(?: is|'s| was| are) (?P<who>.+?)|what(?: is|'s| was) (?P<who>.+?)'s? (?:job|role|office|title|function|post|position))[ ?!.]*$`)

// rolesAsked are the roles of the person that "who is X" asks about.
func (a *asking) rolesAsked(question string) []string {
	m := asksWhoIs.FindStringSubmatch(question)
	if m == nil {
		return nil
	}
	var out []string
	for _, p := range a.roster.resolve(m[1]+m[2], a.stands).people {
		out = append(out, p.withRoles().roles...)
	}
	return out
}

// addPassages shows the passages that answer the question, beside what the
// answer shows already. They must meet all conditions.
func (a *asking) addPassages(must ...index.Filter) error {
	question := clean(a.answer.Question)
	words := a.wanted(a.vocabulary.topicOf(question))
	var rarest []index.Filter
	if a.isCommon(words, allNames) {
		rarest = a.rarest(words, false)
		found, err := a.ix.FindPassages(a.ctx, words, append(a.filters(words, allNames, false), must...), len(words), maxPassages+len(a.ix.changes))
		if err != nil {
			return err
		}
		if found.Total >= a.limit {
			return a.rank(found, words, question)
		}
	}
	must = append(append(must, a.filters(words, answersFact, false)...), rarest...)
	atLeast := max((len(words)+1)/2, a.fewest(words, answersFact))
	found, err := a.ix.FindPassages(a.ctx, words, must, atLeast, maxPassages+len(a.ix.changes))
	if err != nil {
		return err
	}
	return a.rank(found, words, question)
}

// rank shows the best of the passages found. It reads them best first, until what
// follows can't come before those that fill the answer.
func (a *asking) rank(found *index.Hits, words []index.Word, question string) error {
	var kept []index.Passage
	also := map[place][]index.Passage{}
	var scores []float64 // of kept, rising
	roles := a.rolesAsked(question)
	a.expects = expectedOf(question)
	most := expected
	if roles != nil {
		most *= tellsRole
	}
	for i := range found.Len() {
		if len(kept) >= a.limit && a.limit > 0 && found.Score(i)*most < scores[len(scores)-a.limit] {
			break
		}
		p, err := found.Passage(i)
		if err != nil {
			return err
		}
		if p.Score *= a.answers(p, words, roles); p.Score > 0 {
			if k := a.copied(kept, p); k >= 0 {
				also[placeOf(kept[k])] = append(also[placeOf(kept[k])], p)
				continue
			}
			kept = append(kept, p)
			at, _ := slices.BinarySearch(scores, p.Score)
			scores = slices.Insert(scores, at, p.Score)
		}
	}
	sort.SliceStable(kept, func(i, k int) bool { return kept[i].Score > kept[k].Score })
	kept, err := a.withFollowing(kept, words)
	if err != nil {
		return err
	}
	for _, p := range kept {
		if len(a.answer.Passages) >= a.limit || p.Score < farFromBest*kept[0].Score {
			break
		}
		first, also := a.firstPrinted(p, also[placeOf(p)])
		if shown, ok := a.proof.passage(first); ok {
			shown.Marks = a.marks(shown, words, question)
			shown.Matched = a.matched(words, shown.Text)
			shown.Citation, shown.Also = a.citing(first.Article, shown.Citation), also
			a.answer.Passages = append(a.answer.Passages, shown)
		}
	}
	a.answer.Found = a.answer.Found || len(a.answer.Passages) > 0
	return nil
}

// withFollowing adds to the best passages what answers for them, in order.
func (a *asking) withFollowing(kept []index.Passage, words []index.Word) ([]index.Passage, error) {
	var out []index.Passage
	for n, p := range kept {
		out = append(out, p)
		if n >= maxLed {
			continue
		}
		more, err := a.following(p, words)
		if err != nil {
			return nil, err
		}
		for _, m := range more {
			if !slices.ContainsFunc(kept, func(k index.Passage) bool { return k.Article == m.Article && k.Start == m.Start }) {
				m.Score = answersFor * p.Score
				out = append(out, m)
			}
		}
	}
	sort.SliceStable(out, func(i, k int) bool { return out[i].Score > out[k].Score })
	return out, nil
}

// answers is how much more or less a passage counts for what it holds of the
// question: 0 where that is too little, or where it is hidden.
func (a *asking) answers(p index.Passage, words []index.Word, roles []string) float64 {
	text := a.passageText(p)
	if text == "" {
		return 0
	}
	share := a.coverage(words, text)
	if share < answersFact || a.described != nil && !a.standTogether(text, a.described) {
		return 0
	}
	if a.q.Kind == AsksDidSay && !a.isSaid(a.wanted(a.vocabulary.topicOf(a.q.Topic)), text) {
		return 0
	}
	factor := share * share
	if a.expects != nil && a.expects.in(text) {
		factor *= expected
	}
	if slices.ContainsFunc(roles, func(role string) bool { return strings.Contains(text, role) }) {
		factor *= tellsRole
	}
	return factor
}
