package bot

import (
	"regexp"
	"slices"
	"sort"
	"strings"

	"onrecord/index"
)

// expectations are what the answer to a question word looks like.
var expectations = []struct{ asks, has *regexp.Regexp }{
	{regexp.MustCompile(`(?i)^(?:on )?(?:when|what (?:day|date|time|year|month))\b`), regexp.MustCompile(`(?i)\b(?:january|february|march|april|may|june|july|august|september|october|november|december|jan\.|feb\.|mar\.|apr\.|aug\.|sept\.|oct\.|nov\.|dec\.|monday|tuesday|wednesday|thursday|friday|saturday|sunday|yesterday|today|tomorrow|(?:19|20)\d\d)\b`)},
	{regexp.MustCompile(`(?i)^(?:from )?where\b`), regexp.MustCompile(`\b(?:in|at|near|to|from|outside|into)\s+(?:the )?\p{Lu}`)},
	{regexp.MustCompile(`(?i)^(?:for )?how (?:many|much|long|often|old|far|big)\b`), regexp.MustCompile(`(?i)\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?|thousands?|millions?|half)\b`)},
	{regexp.MustCompile(`(?i)^who\b`), regexp.MustCompile(`\p{Lu}\p{L}+ \p{Lu}\p{L}+`)},
}

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
	if !a.answer.Found {
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
		out = append(out, p.roles...)
	}
	return out
}

// addPassages shows the passages that answer the question, beside what the
// answer shows already.
func (a *asking) addPassages() error {
	question := clean(a.answer.Question)
	words := a.vocabulary.topicOf(question)
	var rarest []index.Filter
	if a.isCommon(words, allNames) {
		rarest = a.rarest(words, false)
		found, err := a.ix.FindPassages(a.ctx, words, a.filters(words, allNames, false), len(words), maxPassages+len(a.ix.changes))
		if err != nil {
			return err
		}
		if found.Total >= a.limit {
			return a.rank(found, words, question)
		}
	}
	must := append(a.filters(words, answersFact, false), rarest...)
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
		if p.Score *= a.answers(p, words, roles, question); p.Score > 0 {
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

// answers is how much more or less a passage counts for what it holds of the
// question: 0 where that is too little, or where it is hidden.
func (a *asking) answers(p index.Passage, words []index.Word, roles []string, question string) float64 {
	art, ok := a.proof.article(p.Article)
	if !ok || a.ix.hides(p.Article, p.Start, p.End) || p.Start < 0 || p.End > len(art.text) || p.Start >= p.End {
		return 0
	}
	text := art.text[p.Start:p.End]
	share := a.coverage(words, text)
	if share < answersFact {
		return 0
	}
	factor := share * share
	for _, e := range expectations {
		if e.asks.MatchString(question) && e.has.MatchString(text) {
			factor *= expected
		}
	}
	if slices.ContainsFunc(roles, func(role string) bool { return strings.Contains(text, role) }) {
		factor *= tellsRole
	}
	return factor
}
