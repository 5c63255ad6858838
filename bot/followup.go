package bot

import (
	"regexp"
	"strings"
)

var (
	// joining words go on with what was asked: "and Ambledown?".
	joining = regexp.MustCompile(`(?i)^(?:(?:and|but|so|ok|okay|also|then|а|и|і|та)[ ,]+)+`)
	// changing opens what takes another's place: "what about Ambledown".
	changing = regexp.MustCompile(`(?i)^(?:what about|how about|what of|(?:что|как|що|як)(?: (?:насчет|насчёт|щодо|про|о|об))?)[ ,]+`)
	// aboutTopic tells that what goes on is a topic and no speaker.
	aboutTopic = regexp.MustCompile(`(?i)^(?:about|on|regarding|про|о|об|щодо)[ ,]+`)
	justWhen   = regexp.MustCompile(`(?i)^(?:and )?(?:when|когда|коли)(?: (?:was that|did (?:he|she|they) say (?:that|it|so)))?$`)
	justLatest = regexp.MustCompile(`(?i)^(?:and )?(?:the |their |his |her )?(latest|newest|most recent|first|earliest)(?: one)?$`)
	// justWhy asks what no archive answers; justWhoElse who spoke about the same.
	justWhy     = regexp.MustCompile(`(?i)^(?:and |but |а |и |і )?(?:why|how|who|where|what|really|почему|зачем|чому|как|як|кто|хто|где|де|что|що)(?: (?:not|so|then))?$`)
	justWhoElse = regexp.MustCompile(`(?i)^(?:and )?who else(?: (?:said|says) (?:that|it|so|this))?$`)
	bySame      = regexp.MustCompile(`(?i)\b(?:he|she|they|him|her|them)\b`)
)

// FollowUp makes one question of a question that was answered and one that goes
// on with it: after "what did Wexmoor say about tolls", "and about ropes?" asks
// what Wexmoor said about ropes, and "what about Ambledown?" what Ambledown said
// about tolls. A question that stands by itself is given back as it is.
func (b *Bot) FollowUp(previous, next string) (string, error) {
	r, err := b.roster()
	if err != nil {
		return "", err
	}
	before := Parse(previous)
	bare := strings.TrimRight(clean(next), " ?!.")
	if before.Quoted != "" && justWhen.MatchString(bare) {
		return previous, nil // its answer tells when
	}
	if before.Speaker == "" && before.Topic == "" || before.Kind == AsksFact || before.Quoted != "" && before.Speaker == "" || justWhy.MatchString(bare) {
		return next, nil
	}
	if err := b.setOutletApart(&before); err != nil {
		return "", err
	}
	switch q := Parse(next); {
	case q.Why == "speaker" && before.Speaker != "":
		return bySame.ReplaceAllLiteralString(next, before.Speaker), nil
	case justWhen.MatchString(bare):
		before.Order = OldestFirst
		return before.words(), nil
	case justWhoElse.MatchString(bare) && before.Topic != "":
		before.Kind = AsksSpeakers
		return before.words(), nil
	case justLatest.MatchString(bare):
		before.Order = NewestFirst
		if o := asksOldest.FindString(bare + " statements"); o != "" {
			before.Order = OldestFirst
		}
		return before.words(), nil
	}
	return b.changed(r, before, bare, next), nil
}

// setOutletApart takes an outlet out of a question's topic, so that it stays when
// the topic changes.
func (b *Bot) setOutletApart(q *Question) error {
	known, err := b.outlets()
	if err != nil {
		return err
	}
	if names, rest := known.cut(q.Topic); names != nil {
		outlet := strings.TrimPrefix(q.Topic, rest)
		q.Topic, q.Where = rest, oneSpace(q.Where+" "+outlet)
	}
	return nil
}

// changed puts what a short question names in place of the same in an earlier
// one: a time, a speaker, or a topic.
func (b *Bot) changed(r *roster, before Question, bare, next string) string {
	rest := joining.ReplaceAllString(bare, "")
	rest = changing.ReplaceAllString(rest, "")
	topic := aboutTopic.MatchString(rest)
	rest = strings.TrimSpace(aboutTopic.ReplaceAllString(rest, ""))
	if opened := len(rest) < len(bare); !opened && !isShort(bare) || rest == "" {
		return next
	}
	when := joining.ReplaceAllString(bare, "")
	if t, left := cutTime(when); t.Phrase != "" && strings.TrimSpace(left) == "" {
		before.When = t
		return before.words()
	}
	if topic {
		return before.about(rest).words()
	}
	stands := func(string) int { return 0 }
	if f := r.resolve(rest, stands); len(f.people) > 0 && before.Speaker != "" {
		before.Speaker = rest
		return before.words()
	}
	if isShort(bare) && len(rest) == len(bare) && Parse(next).Kind != AsksFact {
		return next
	}
	return before.about(rest).words()
}

// about is a question with another topic, which is no longer for certain words.
func (q Question) about(topic string) Question {
	q.Topic = topic
	if q.Kind == AsksDidSay {
		q.Kind, q.Quoted = AsksStatements, ""
	}
	return q
}

// maxShort is how many words may go on with a question without saying so: "in
// 2022?", "NATO?", "the grain deal?".
const maxShort = 3

func isShort(bare string) bool { return len(strings.Fields(bare)) <= maxShort }

// words is a question in words again, which Parse reads as the same.
func (q Question) words() string {
	var b strings.Builder
	speaker := q.Speaker
	switch {
	case q.Kind == AsksSpeakers:
		b.WriteString("who has talked about " + q.Topic)
	case q.Kind == AsksWhoSaid:
		verb := q.Verb
		if verb == "" {
			verb = "said"
		}
		b.WriteString("who " + verb + " " + q.Topic)
	case q.Kind == AsksDidSay && q.Quoted != "":
		b.WriteString("did " + speaker + " say “" + q.Quoted + "”")
	default:
		b.WriteString("what did " + speaker + " ")
		switch q.Order {
		case OldestFirst:
			b.WriteString("first ")
		case NewestFirst:
			b.WriteString("last ")
		}
		switch {
		case q.To != "":
			b.WriteString("tell " + q.To)
		default:
			b.WriteString("say")
		}
		if q.Topic != "" {
			b.WriteString(" about " + q.Topic)
		}
		if q.Where != "" {
			b.WriteString(" " + q.Where)
		}
	}
	if q.When.asked != "" {
		b.WriteString(" " + q.When.asked)
	}
	return oneSpace(b.String()) + "?"
}
