package bot

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is the form of a question.
type Kind string

const (
	AsksStatements Kind = "statements" // what did X say (about Y)
	AsksWhoSaid    Kind = "who said"   // who said "…", who called it …
	AsksDidSay     Kind = "did say"    // did X say "…"
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
	Why     string // of AsksNothing: what is missing
}

// String shows a parse for tests and logs.
func (q Question) String() string {
	var b strings.Builder
	b.WriteString(string(q.Kind))
	for _, f := range []struct{ name, value string }{{"speaker", q.Speaker}, {"verb", q.Verb}, {"topic", q.Topic}, {"quoted", q.Quoted}, {"why", q.Why}} {
		if f.value != "" {
			fmt.Fprintf(&b, " %s=%q", f.name, f.value)
		}
	}
	return b.String()
}

// maxParsed bounds how much of a question is read, in runes: people ask in
// under 200, and what is pasted by mistake costs nothing.
const maxParsed = 1000

const (
	aux       = `(?:did|does|do|has|have|had|is|was|were|are|'s|will|would|could|can)`
	adverbs   = `(?:(?:really|actually|ever|just|already|recently|also|once|last|publicly|exactly|then|so far) )*`
	sayVerb   = `(?:say|says|said|saying|tell|tells|told|telling|speak|speaks|spoke|talk|talks|talked|talking|mention|mentions|mentioned|state|stated|comment|comments|commented|remark|remarks|remarked|think|thinks|thought|announce|announces|announced|report|reports|reported|write|writes|wrote|post|posts|posted|tweet|tweets|tweeted|have to say|had to say|go on record)`
	otherVerb = `(?:(?:claim|demand|promis|threaten|call|accus|suggest|propos|hop|want|support|oppos|reject|warn|urg|ask|believ|fear|expect|agree|add|argu|describ|insist|vow|pledg|offer|answer|respond|react|express|explain|acknowledg|confirm|declar|predict|criticiz|prais|complain|refus|plan|not|chid|demand|condemn|blam|welcom|dismiss|order|request|insist|doubt|endors|back|favor|favour|mock|label|dub|brand|term|hint|advocat|recommend|emphasiz|stress|boast|dream|disput|lament|regret|recall|reveal|disclos)(?:e|es|ed|d|s|ing|n?ned|n?ning)?|den(?:y|ies|ied)|repl(?:y|ies|ied)|worr(?:y|ies|ied)|admit(?:s|ted)?|intends?|sees?|saw|feels?|felt)`
	about     = `(?:about|on|regarding|of|over|concerning|re|as to|with regard to|when it comes to)`
	noun      = `(?:quotes?|quotations?|statements?|remarks?|words?|comments?|sayings?|position|views?|stance|opinions?|thoughts?|response|reaction|reply|answer|message|line|demands?|promises?|claims?|concerns?|take|terms|conditions|latest|proposals?|threats?|warnings?|complaints?|assessment|criticism|hopes|fears|wishes|verdict|attitude|explanation|announcement|pledges?|plans?|accusations?)`
)

// pattern reads one form of question. Its groups are named speaker, verb, topic.
type pattern struct {
	kind Kind
	form *regexp.Regexp
}

func form(kind Kind, expr string) pattern {
	return pattern{kind, regexp.MustCompile(`(?i)^` + expr + `$`)}
}

// patterns are tried in order; the first that matches decides.
var patterns = []pattern{
	form(AsksStatements, `according to (?P<speaker>[^,]+), (?P<topic>.+)`),
	form(AsksStatements, `according to (?P<speaker>.+?) (?P<topic>(?:what|who|when|where|why|how|which|could|will|is|are|does|did|should|would)\b.+)`),
	form(AsksStatements, `(?P<topic>.+?),? according to (?P<speaker>.+)`),
	form(AsksStatements, `(?P<topic>.+?), (?:says|said|claims|thinks) (?P<speaker>.+)`),
	form(AsksStatements, `in (?P<speaker>[^,]+?)(?:'s|s') (?:own )?(?:words|view|eyes|opinion|mind|telling),? (?P<topic>.+)`),
	form(AsksStatements, `(?P<topic>.+?),? in (?P<speaker>[^,]+?)(?:'s|s') (?:own )?(?:words|view|eyes|opinion|mind|telling),?(?P<topic>.*)`),
	form(AsksStatements, `what (?:was|has been|is|had been|were) `+adverbs+`(?P<verb>`+sayVerb+`|`+otherVerb+`)(?: `+about+` (?P<topic>.+?))? by (?P<speaker>.+?)(?: (?:about|on|regarding|in|at) (?P<topic>.+))?`),
	form(AsksStatements, `what (?P<verb>worries|concerns|frightens|scares|bothers|pleases|angers) (?P<speaker>.+)`),
	form(AsksWhoSaid, `which (?:[\w'-]+ ){1,3}?(?P<verb>`+sayVerb+`|`+otherVerb+`)(?: (?P<topic>.+))?`),
	form(AsksWhoSaid, `who (?P<topic>(?:in|at|from) .+?) (?P<verb>`+sayVerb+`|`+otherVerb+`) (?P<topic>.+)`),
	form(AsksWhoSaid, `(?:so |and )?(?:who|whom) (?:was it (?:that|who) |is it (?:that|who) |else |has |have |had |is |was )*`+adverbs+`(?P<verb>`+sayVerb+`|`+otherVerb+`)(?:ing)?(?: (?P<topic>.+))?`),
	form(AsksWhoSaid, `(?:whose|which person's) (?:words|quote|statement|quotation)s? (?:is|are|was|were) (?P<topic>.+)`),
	form(AsksStatements, `(?:so |and |ok |please )*(?:can you |could you )?(?:tell me |show me |give me |find |list )*(?:about )?(?:what|which things|anything|everything)(?: else| exactly| all)? ?`+aux+` (?P<speaker>.+?) `+adverbs+`(?P<verb>`+sayVerb+`|`+otherVerb+`)(?: (?:`+about+` )?(?P<topic>.+))?`),
	form(AsksStatements, `how (?:did|does|has|have|do) (?P<speaker>.+?) `+adverbs+`(?P<verb>respond|responded|react|reacted|answer|answered|reply|replied|comment|commented|describe|described|see|explain|explained|feel|view)(?: (?:`+about+`|to) )?(?P<topic>.*)`),
	form(AsksStatements, `(?:what|how)(?:'s| is| was| are| were| about) (?P<speaker>.+?)(?:'s|s'|s's) (?:\w+ )?`+noun+`(?: (?:`+about+`|to|for|in) (?P<topic>.+))?`),
	form(AsksStatements, `what (?:is|was|are|were) the (?:\w+ )?`+noun+` (?:of|by|from) (?P<speaker>.+?)(?: (?:about|on|regarding|to) (?P<topic>.+))?`),
	form(AsksStatements, `(?:show |list |find |give |me |any |all |the |some |latest |newest |recent )*`+noun+` (?:by|of|from) (?P<speaker>.+?)(?: (?:about|on|regarding|concerning) (?P<topic>.+))?`),
	form(AsksWhoSaid, `(?:show |list |find |give |me |any |all |the |some |latest |newest |recent )*`+noun+` (?:about|on|regarding|concerning) (?P<topic>.+)`),
	form(AsksStatements, `(?:tell me |show me |give me |find |list |anything |everything |all )*(?:that )?(?:what )?(?P<speaker>.+?) (?:has |have )?(?:says|said|told|thinks|stated|commented|spoke|talked)(?: (?:`+about+` )?(?P<topic>.+))?`),
	form(AsksDidSay, `(?:did|does|do|has|have|had|is it true that|was it) (?P<speaker>.+?) `+adverbs+`(?P<verb>`+sayVerb+`|`+otherVerb+`)(?: (?P<topic>.+))?`),
	form(AsksStatements, `why (?:did|does|do|has|have|is|was) (?P<speaker>.+?) (?P<verb>say|said|saying|think|thinks|claim|claimed|believe|believes) (?P<topic>.+)`),
	form(AsksStatements, `(?P<speaker>[^ ]+(?: [^ ]+){0,5}?)(?:'s)? (?:`+noun+` )?(?:about|on|regarding|re) (?P<topic>.+)`),
	form(AsksStatements, `(?P<speaker>[^ ]+(?: [^ ]+){0,3})(?:'s) `+noun+`(?: of (?P<topic>.+))?`),
}

var (
	greeting = regexp.MustCompile(`(?i)^(?:hi|hello|hey|yo|good (?:morning|evening|day|afternoon)|thanks?|thank you|ok|okay|test|ping|help|please)(?: there| all| bot| you| everyone)?$`)
	// pronounAsked: a question about "he" or "she" with nobody before.
	pronounAsked = regexp.MustCompile(`(?i)^(?:(?:who|whom|what|when|where|why|which|how)(?: \w+)? )?(?:did|does|has|have|had|was|is|will|would|can|could) (he|she|they)\b`)
	polite       = regexp.MustCompile(`(?i)^(?:(?:hi|hey|hello|so|ok|okay|well|and|please|pls|plz|can you|could you|would you|will you|do you know|i want to know|i'd like to know|i wonder|tell me|tell us|show me|give me|remind me|any idea)[ ,]+)+`)
	quoted       = regexp.MustCompile(`"([^"]+)"`)
	emptyQuotes  = regexp.MustCompile(`"[^\pL\pN"]*"`)
	oddities     = regexp.MustCompile(`[\p{Cc}\p{Cf}]+`)
	factual      = regexp.MustCompile(`(?i)^(?:when|where|how (?:many|much|long|often|far|old|big)|which|who|whom|why|how|is|are|was|were|will|can)\b`)
)

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
	for _, p := range patterns {
		if m := p.form.FindStringSubmatch(bare); m != nil {
			if read := p.read(m, q); mayBeName(read.Speaker) {
				return read.settle()
			}
		}
	}
	if q.Quoted != "" && !factual.MatchString(bare) {
		q.Kind = AsksWhoSaid
	}
	return q
}

// clean makes one line of a question: no control characters, single spaces,
// straight marks, and no more than is read.
func clean(text string) string {
	if utf8.RuneCountInString(text) > maxParsed {
		text = string([]rune(text)[:maxParsed])
	}
	text = oneSpace(straight(oddities.ReplaceAllString(strings.ToValidUTF8(text, " "), " ")))
	return strings.TrimLeft(text, "-–—•*>#/ ") // as lists and chats begin a line
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
			q.Verb = strings.ToLower(value)
		case "topic":
			q.Topic = strings.TrimSpace(q.Topic + " " + value)
		}
	}
	return q
}

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

var questionWords = set("what when where who whom whose which why how if whether that because many much")

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
	if q.Kind == AsksWhoSaid && strings.HasPrefix(q.Topic, "for ") {
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
