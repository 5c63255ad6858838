package bot

import (
	"regexp"
	"slices"
	"strings"

	"onrecord/data/naming"
)

var (
	// asksFact opens questions whose answer is a fact, though they name somebody.
	asksFact = regexp.MustCompile(`(?i)^(?:why (?:was|were|is|are) [^,]+ (?:\w+ed|\w+n)$|when|where|how (?:many|much|long|often|far|old|big)|who(?:'s| is| was| are)|what(?:'s| is| was) .+'s? (?:job|role|office|title|function|post|position)$)\b`)
	// speaks are words that ask for what somebody said or thinks.
	speaks = regexp.MustCompile(`(?i)\b(?:say|says|said|quot\w*|verbatim|words?|views?|opinions?|thinks?|thoughts?|statements?|comments?|remarks?|calls?|called|claim\w*|promis\w*|pledg\w*|vow\w*|threat\w*|warn\w*|conditions?|demand\w*|terms?|complain\w*|assess\w*|position|stance|attitude|favou?r|support\w*|oppos\w*|satisf\w*|wants?|hopes?|fears?|believ\w*|likes?|accus\w*|react\w*|respon\w*|repl\w*|keen|willing|ready|agree\w*|against)\b`)
	// opens begin a question that is answered with yes or no, or with a reason.
	opens = regexp.MustCompile(`(?i)^(?:is|are|was|were|does|do|did|has|have|had|will|would|can|could|should|why|what|who would)\b`)
)

// leadIn leads a topic.
var leadIn = regexp.MustCompile(`(?i)^(?:(?:of|about|on|for|in|to|over|regarding|the|a)\b ?)+`)

// nameInside answers a question of no known form that names somebody on record:
// "is Putin in favour of a truce?", "Trump NATO quote". Where it asks for
// somebody's words, other people's are no answer.
func (a *asking) nameInside() (bool, error) {
	text := a.q.Topic
	if text == "" {
		text = clean(a.answer.Question)
	}
	if asksFact.MatchString(text) {
		return false, nil
	}
	who, rest := a.someone(text)
	if who == nil || !who.person && !speaks.MatchString(text) {
		return false, nil
	}
	wordsAsked := speaks.MatchString(text)
	if !wordsAsked && factual.MatchString(text) && !opens.MatchString(text) {
		return false, nil
	}
	asked := a.q
	a.q = Question{Kind: AsksStatements, Speaker: who.name, Topic: leadIn.ReplaceAllString(oneSpace(opens.ReplaceAllString(speaks.ReplaceAllString(rest, " "), " ")), "")}.order(text)
	a.trying = !wordsAsked || !who.person
	err := a.statements()
	if err != nil || a.answer.Found || !a.trying {
		return true, err
	}
	a.trying = false
	a.q, a.answer = asked, newAnswer(a.answer.Question, Passages)
	return false, nil
}

// someone is the first person on record whom a text names, else the first body,
// and the text without the name.
func (a *asking) someone(text string) (*person, string) {
	words := strings.Fields(text)
	if len(words) > maxNamed {
		words = words[:maxNamed]
	}
	var body *person
	var rest string
	described, misspelt := 0, map[string]*person{}
	for i := range words {
		for n := min(maxNameWords, len(words)-i); n > 0; n-- {
			name := strings.Trim(strings.Join(words[i:i+n], " "), ",.;:!?()")
			known := a.roster.exact(naming.Words(name))
			if n == 1 && known == nil && len(name) > 4 {
				p, tried := misspelt[name]
				if !tried {
					p = a.roster.misspelled(naming.Words(name), a.stands)
					misspelt[name] = p
				}
				if p != nil {
					known = []*person{p}
				}
			}
			if n > 1 && known == nil && described < maxDescribed && (len(a.roster.titled) > 0 || slices.ContainsFunc(naming.Words(name), isOffice)) {
				described++
				if people := a.roster.byRole(naming.Words(name)); len(people) == 1 {
					known = people
				}
			}
			if len(known) == 0 || len(naming.Words(name)) < n {
				continue
			}
			left := strings.Join(append(append([]string{}, words[:i]...), words[i+n:]...), " ")
			if known[0].person {
				return known[0], left
			}
			if body == nil {
				body, rest = known[0], left
			}
		}
	}
	return body, rest
}
