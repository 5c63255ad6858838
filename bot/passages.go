package bot

import (
	"regexp"
	"sort"
	"strings"

	"onrecord/index"
)

const (
	// maxPassages bounds how many passages are ranked for one answer.
	maxPassages = 100
	// answersFact is the weighted share of a question's words that a passage
	// must hold to answer it; below, abstaining is better.
	answersFact = 0.62
	// expected is how much more a passage counts that has what the question
	// word asks for: a date for "when", a number for "how many".
	expected = 1.25
	// tellsRole is how much more a passage counts that says who the person is
	// whom the question asks about.
	tellsRole = 3.0
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
	found, err := a.ix.Passages(a.ctx, words, (len(words)+1)/2, maxPassages)
	if err != nil {
		return err
	}
	a.rank(found, words, question)
	return nil
}

func (a *asking) rank(found []index.Passage, words []index.Word, question string) {
	var kept []index.Passage
	roles := a.rolesAsked(question)
	for _, p := range found {
		art, ok := a.proof.article(p.Article)
		if !ok || p.Start < 0 || p.End > len(art.text) || p.Start >= p.End {
			continue
		}
		text := art.text[p.Start:p.End]
		share := a.coverage(words, text)
		if share < answersFact {
			continue
		}
		p.Score *= share * share
		for _, e := range expectations {
			if e.asks.MatchString(question) && e.has.MatchString(text) {
				p.Score *= expected
			}
		}
		for _, role := range roles {
			if strings.Contains(text, role) {
				p.Score *= tellsRole
				break
			}
		}
		kept = append(kept, p)
	}
	sort.SliceStable(kept, func(i, k int) bool { return kept[i].Score > kept[k].Score })
	for _, p := range kept {
		if len(a.answer.Passages) >= a.limit || p.Score < farFromBest*kept[0].Score {
			break
		}
		if shown, ok := a.proof.passage(p); ok {
			shown.Marks = a.marks(shown, words, question)
			shown.Matched = a.matched(words, shown.Text)
			a.answer.Passages = append(a.answer.Passages, shown)
		}
	}
	a.answer.Found = a.answer.Found || len(a.answer.Passages) > 0
}
