package bot

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"onrecord/data/naming"
)

// Kind is the form of a question.
type Kind string

const (
	AsksStatements Kind = "statements" // what did X say (about Y)
	AsksWhoSaid    Kind = "who said"   // who said "…", who called it …
	AsksDidSay     Kind = "did say"    // did X say "…"
	AsksSpeakers   Kind = "speakers"   // who has talked about Y
	AsksFact       Kind = "fact"       // anything else
	AsksNothing    Kind = "nothing"    // hello, ???, what did he say
)

// Question is what was understood of a question.
type Question struct {
	Kind    Kind
	Speaker string // as asked: "ushakof", "the Russian president"
	Verb    string // "demand" in "what did X demand"; "" for plain saying
	Topic   string // what it is about, in the question's words
	Quoted  string // the words between quotation marks
	When    Time   // "on March 12", "since 2021"
	Order   Order  // "latest", "first to mention"
	To      string // the addressee: "reporters"
	Where   string // "on Telegram", "at a news conference"
	Why     string // of AsksNothing: what is missing

	verbAsked string // Verb as it was written
}

// Order is the order in time that a question asks for.
type Order string

const (
	NoOrder     Order = ""
	NewestFirst Order = "newest"
	OldestFirst Order = "oldest"
)

// String shows a parse for tests and logs.
func (q Question) String() string {
	var b strings.Builder
	b.WriteString(string(q.Kind))
	for _, f := range []struct{ name, value string }{{"speaker", q.Speaker}, {"verb", q.Verb}, {"topic", q.Topic}, {"quoted", q.Quoted}, {"to", q.To}, {"where", q.Where}, {"when", q.When.asked}, {"order", string(q.Order)}, {"why", q.Why}} {
		if f.value != "" {
			fmt.Fprintf(&b, " %s=%q", f.name, f.value)
		}
	}
	return b.String()
}

// Parse understands a question. It never fails: what has no other form is a
// question of fact.
func Parse(text string) Question {
	s := clean(text)
	if strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) == "" {
		return Question{Kind: AsksNothing, Why: "empty"}
	}
	if greeting.MatchString(strings.Trim(s, " .!?,")) {
		return Question{Kind: AsksNothing, Why: "greeting"}
	}
	if m := pronounAsked.FindStringSubmatch(s); m != nil {
		return Question{Kind: AsksNothing, Why: "speaker", Speaker: m[1]}
	}
	bare := strings.TrimSpace(strings.TrimRight(polite.ReplaceAllString(s, ""), " ?!."))
	q := Question{Kind: AsksFact, Topic: bare}
	if m := quoted.FindStringSubmatch(s); m != nil {
		q.Quoted = strings.TrimSpace(m[1])
		bare = strings.TrimSpace(strings.TrimRight(oneSpace(quoted.ReplaceAllString(s, " ")), " ?!."))
		if bare == "" {
			q.Kind = AsksWhoSaid
			return q
		}
	}
	if emptyQuotes.MatchString(s) {
		return Question{Kind: AsksNothing, Why: "words"}
	}
	if timed, rest := cutTime(bare); timed.Phrase != "" {
		if read, ok := match(rest, q); ok && read.Kind != AsksFact && read.Kind != AsksNothing {
			read.When = timed
			return read.order(bare)
		}
	}
	if read, ok := match(bare, q); ok {
		return read.order(bare)
	}
	if q.Quoted != "" && !factual.MatchString(bare) {
		q.Kind = AsksWhoSaid
	}
	return q
}

// match reads a question by the first pattern that fits.
func match(bare string, q Question) (Question, bool) {
	for _, p := range patterns {
		if m := p.form.FindStringSubmatch(bare); m != nil {
			if read := p.read(m, q); mayBeName(read.Speaker) {
				return read.settle().setting(m[0]), true
			}
		}
	}
	return q, false
}

var (
	asksNewest = regexp.MustCompile(`(?i)\b(?:latest|newest|most recent(?:ly)?|lately|recently|recent|last (?:to|say|said|mention\w*|talk\w*|spoke|speak\w*|comment\w*|statements?|quotes?|remarks?|words?))\b|\blast\W*$`)
	asksOldest = regexp.MustCompile(`(?i)\b(?:earliest|(?:first|originally) (?:to|say|said|mention\w*|talk\w*|spoke|speak\w*|comment\w*|call\w*|propos\w*|suggest\w*|announc\w*|claim\w*|statements?|quotes?|remarks?|words?)|first one to)\b|\b(?:say|said) first\W*$`)
)

// order reads which statements come first by their date.
func (q Question) order(bare string) Question {
	switch {
	case q.Kind == AsksNothing:
	case asksOldest.MatchString(bare):
		q.Order = OldestFirst
	case asksNewest.MatchString(bare):
		q.Order = NewestFirst
	}
	if q.Order != NoOrder {
		q.Topic = orderAtEnd.ReplaceAllString(q.Topic, "")
	}
	return q
}

// orderAtEnd ends a topic that is none: "say last", "say about tolls last".
var orderAtEnd = regexp.MustCompile(`(?i)(?:^|\s)(?:last|first)\W*$`)

var (
	tells  = regexp.MustCompile(`(?i)\b(?:tell|tells|told|telling) `)
	toWhom = regexp.MustCompile(`(?i)^((?:the |a |an |his |her |their )?[\p{L}'.-]+(?: [\p{L}'.-]+){0,2}?)(?: ((?:about|on|that|in|at|during|after|before|when|how|why|what|regarding|over|of|to)\b.*)|$)`)
	// platform alone is what a pattern leaves of "on Telegram".
	platform = regexp.MustCompile(`(?i)^(?:telegram|twitter|facebook|instagram|youtube|truth social)$`)
	where    = regexp.MustCompile(`(?i)\s(on (?:telegram|twitter|x|facebook|instagram|television|tv|the radio|youtube|truth social)|(?:in|during) (?:an?|the|his|her|their) (?:\w+ )?(?:interview|statement|speech|address|letter|post|article|briefing|call|phone call|video|tweet|op-ed|essay|book|debate|meeting)(?: (?:with|to|for|in|at) .+?)?|(?:at|during) (?:an?|the|his|her|their) (?:[\p{L}'-]+ ){0,3}?(?:conference|briefing|meeting|summit|rally|forum|debate|event|hearing|session|ceremony|kremlin)(?: (?:with|to|for|in|at) .+?)?)((?: (?:about|on|regarding|that) .+)?)$`)
	// toAbout is to whom something was said before what it was about: "to Ada
	// Wexmoor about tolls".
	toAbout = regexp.MustCompile(`(?i)^to ((?:the |a |an |his |her |their )?[\p{L}'.-]+(?: [\p{L}'.-]+){0,3}?) (?:about|regarding|concerning|on) (.+)$`)
	// whereAbout is a place before what was spoken about: "in Zwolke about tolls".
	whereAbout = regexp.MustCompile(`(?i)^((?:in|at) [\p{L}'-]+(?: [\p{L}'-]+){0,3}?) (?:about|regarding|concerning) (.+)$`)
)

// setting parts to whom and where something was said from what it was about.
func (q Question) setting(asked string) Question {
	if q.Kind != AsksStatements && q.Kind != AsksDidSay || q.Topic == "" {
		return q
	}
	if platform.MatchString(q.Topic) && strings.Contains(asked, " on "+q.Topic) {
		q.Where, q.Topic = "on "+q.Topic, ""
		return q
	}
	if m := where.FindStringSubmatch(" " + q.Topic); m != nil {
		q.Where = m[1]
		q.Topic = oneSpace(strings.TrimSuffix(" "+q.Topic, m[0]) + " " + leadIn.ReplaceAllString(strings.TrimSpace(m[2]), ""))
	}
	if m := toAbout.FindStringSubmatch(q.Topic); m != nil && q.To == "" {
		q.To, q.Topic = m[1], m[2]
	}
	if m := whereAbout.FindStringSubmatch(q.Topic); m != nil && q.Where == "" {
		q.Where, q.Topic = m[1], m[2]
	}
	if tells.MatchString(asked) && !strings.HasPrefix(q.Topic, "about ") && !strings.HasPrefix(q.Topic, "that ") {
		if m := toWhom.FindStringSubmatch(q.Topic); m != nil && !aboutWords[strings.ToLower(strings.Fields(m[1])[0])] {
			q.To = m[1]
			q.Topic = leadIn.ReplaceAllString(m[2], "")
		}
	}
	return q
}

var aboutWords = set("about on that in at during after before when how why what regarding over of to")

// clean makes one line of a question: no control characters, single spaces,
// straight marks, and no more than is read.
func clean(text string) string {
	read := readOf(text)
	whole := len(read) == len(text)
	text = oneSpace(naming.Straight(oddities.ReplaceAllString(strings.ToValidUTF8(read, " "), " ")))
	if !whole && strings.Count(text, "\"")%2 == 1 {
		text += "\"" // of a long quotation the start is looked for
	}
	return strings.TrimLeft(text, "-–—•*>#/ ") // as lists and chats begin a line
}

// readOf is what of a question is read: its first runes.
func readOf(text string) string {
	n := 0
	for i := range text {
		if n == maxParsed {
			return text[:i]
		}
		n++
	}
	return text
}

func oneSpace(s string) string { return strings.Join(strings.Fields(s), " ") }

func (p pattern) read(match []string, q Question) Question {
	q.Kind, q.Topic = p.kind, ""
	for i, name := range p.form.SubexpNames() {
		value := strings.Trim(match[i], " ,:;")
		switch name {
		case "speaker":
			q.Speaker = value
		case "verb":
			q.Verb, q.verbAsked = strings.ToLower(value), value
		case "topic":
			q.Topic = strings.TrimSpace(q.Topic + " " + value)
		}
	}
	return q.wholeName(match[0])
}

var (
	// nameVerb are verbs that names of bodies and outlets have: "the Zwolke Post",
	// "the State Department".
	nameVerb = regexp.MustCompile(`(?i)^(?:posts?|reports?|state|order|view|comment|answer|plan|hope|claim|mention|express|remark|reply|demands?)$`)
	// nameGoesOn is the rest of such a name, and the verb that the question has.
	nameGoesOn = regexp.MustCompile(`^((?:[\p{L}'&-]+ ){0,3}?)(?i:(say|says|said|saying|tell|told|think|thinks|report|reported|write|wrote|written|announce|announced|claim|claimed|state|stated|mention|mentioned|want|demand|demanded|deny|denied|promise|promised|warn|warned|call|called|accuse|accused|suggest|suggested|propose|proposed)(?: (?:` + about + ` )?(.+))?)$`)
)

// wholeName gives back to a speaker's name what was taken for the question's verb:
// "what did the Zwolke Post say". A verb follows then, and of a name with more
// words behind it they are written as names are, unless no word is.
func (q Question) wholeName(asked string) Question {
	if q.Speaker == "" || !nameVerb.MatchString(q.verbAsked) {
		return q
	}
	_, rest, _ := strings.Cut(asked, q.Speaker+" "+q.verbAsked+" ")
	m := nameGoesOn.FindStringSubmatch(rest)
	if m == nil {
		return q
	}
	if rest := strings.Fields(m[1]); len(rest) > 0 && !namesBody(rest, q.verbAsked) {
		return q
	}
	q.Speaker = oneSpace(q.Speaker + " " + q.verbAsked + " " + m[1])
	q.Verb, q.Topic = strings.ToLower(m[2]), m[3]
	return q
}

// namesBody tells whether words may go on with a name: they have capitals, as what
// stands before them has, or are one word that a body is called by.
func namesBody(words []string, before string) bool {
	if before == strings.ToLower(before) {
		return len(words) == 1 && bodies[strings.ToLower(words[0])]
	}
	for i, w := range words {
		if w == strings.ToLower(w) && (i == len(words)-1 || !insideNames[w]) {
			return false
		}
	}
	return true
}

var insideNames = set("of the for and on")

// maxName is how many words a speaker may have: "Putin's top foreign policy
// aide", a title with its name.
const maxName = 9

// mayBeName tells whether a pattern's speaker can be one: a question word in it
// shows that the pattern took a clause for a name.
func mayBeName(s string) bool {
	words := strings.Fields(strings.ToLower(s))
	if len(words) > 0 && (openers[words[0]] || len(words) == 1 && words[0] == "the") {
		return false
	}
	for _, w := range words {
		if questionWords[w] {
			return false
		}
	}
	return len(words) <= maxName
}

var openers = set("did does do has have had is was were are will would can could should")

var questionWords = set(`what when where who whom whose which why how if whether that because many much
	что кто где когда куда почему зачем как какой какая какое какие сколько ли
	хто що де коли куди чому навіщо як який яка яке які скільки чи`)

var plainSaying = regexp.MustCompile(`(?i)^` + sayVerb + `$`)

var pronounSpeaker = set("he she they it him her them we i you somebody someone people anyone")

// settle mends what a pattern alone can't tell.
func (q Question) settle() Question {
	if plainSaying.MatchString(q.Verb) && q.Verb != "think" && q.Verb != "thinks" && q.Verb != "thought" {
		q.Verb = ""
	}
	if q.Verb == "think" || q.Verb == "thinks" || q.Verb == "thought" {
		q.Verb = ""
	}
	q.Topic = strings.TrimPrefix(q.Topic, "that ")
	if q.Kind == AsksWhoSaid && q.Quoted == "" && q.Topic == "" && q.Verb == "" {
		return Question{Kind: AsksNothing, Why: "words"}
	}
	if q.Kind == AsksWhoSaid && q.Verb == "" && strings.HasPrefix(q.Topic, "for ") {
		return Question{Kind: AsksFact, Topic: q.Topic} // "who speaks for Putin"
	}
	if q.Kind != AsksWhoSaid && pronounSpeaker[strings.ToLower(q.Speaker)] {
		return Question{Kind: AsksNothing, Why: "speaker", Speaker: q.Speaker}
	}
	if q.Kind == AsksDidSay && q.Quoted == "" && q.Topic == "" {
		q.Kind = AsksStatements
	}
	return q
}
