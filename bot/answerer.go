package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"onrecord/data/operator"
	"onrecord/data/when"
	"onrecord/index"
)

// Bot answers questions from an index. It is safe for concurrent use.
type Bot struct {
	ix       *index.Index
	log      *slog.Logger
	now      func() time.Time
	editions *editions
	// outlets are those that articles name.
	outlets func() (outlets, error)
}

// New makes a bot over an open index. Faults in the index, such as an excerpt
// that differs from its article, go to log.
func New(ix *index.Index, log *slog.Logger) *Bot {
	return &Bot{ix: ix, log: log, now: time.Now, editions: &editions{ix: ix}, outlets: sync.OnceValues(func() (outlets, error) {
		sources, err := ix.Sources()
		if err != nil {
			return nil, err
		}
		var names []string
		for _, s := range sources {
			names = append(names, s.Name)
		}
		return newOutlets(names), nil
	})}
}

// NewEdited makes a bot that heeds the operator's files beside the archive, each
// question as they are when it is asked. See Bot.Notes for what is wrong in them.
func NewEdited(ix *index.Index, log *slog.Logger, files *operator.Watch) *Bot {
	b := New(ix, log)
	b.editions.watch = files
	return b
}

// asking is one question on its way to an answer.
type asking struct {
	*Bot
	*edition
	ix          *record
	ctx         context.Context
	limit       int
	roster      *roster
	proof       *proof
	q           Question
	answer      *Answer
	total       int                 // passages in the archive
	dated       Time                // of the question, kept when it is taken for its topic
	period      when.Period         // the days asked about
	sources     []string            // the outlets asked about, nil for all
	outletAsked string              // the question's words for them
	counts      map[string]int      // passages by word, as far as asked
	stems       map[string][]string // terms by form of a word, as far as asked
	made        map[string]terms    // terms by text, as far as asked
	likened     map[string]string   // the archive's terms by misspelt ones, as far as asked
	expects     *expectation        // what the question word asks for
	trying      bool                // an answer that is given up where nothing is found
	undated     []index.Word        // words of a time that no date answers: what has them must have no date
	typed       map[string]int      // passages by name as it was typed, as far as asked
	unread      int                 // statements that were found and not read, for they come after those shown
	stories     stories             // copies and versions of articles, as far as asked
	described   []index.Word        // words for a speaker without a name, which must stand together
	sought      []index.Word        // the words by which what is shown was found
}

// Answer answers a question with at most limit statements and at most limit
// passages. An error means that the index could not be read; that nothing is on
// record is an answer.
func (b *Bot) Answer(ctx context.Context, question string, limit int) (*Answer, error) {
	e, err := b.editions.now()
	if err != nil {
		return nil, err
	}
	total, err := b.ix.PassageCount(ctx)
	if err != nil {
		return nil, err
	}
	a := &asking{Bot: b, edition: e, ix: e.record, ctx: ctx, limit: limit, roster: e.roster, proof: newProof(b.ix, b.log), q: Parse(question),
		answer: newAnswer(question, Passages), total: total, counts: map[string]int{}, stems: map[string][]string{}, made: map[string]terms{}, likened: map[string]string{}, typed: map[string]int{}, stories: newStories()}
	if err := errors.Join(a.run(), a.proof.fault, a.roster.fault()); err != nil {
		return nil, err
	}
	a.noteLanguages()
	return a.answer, nil
}

func (a *asking) run() error {
	if err := errors.Join(a.readTime(), a.readOutlet()); err != nil {
		return err
	}
	a.roster = a.edition.roster.at(a.period, a.now(), a.edition.newest.Last)
	if a.q.Quoted != "" && (a.q.Kind == AsksWhoSaid || a.q.Kind == AsksDidSay) && len(a.soughtOf(plainWords(a.q.Quoted))) == 0 {
		a.q = Question{Kind: AsksNothing, Why: "common", Quoted: a.q.Quoted}
	}
	switch a.q.Kind {
	case AsksNothing:
		a.clarify()
		return nil
	case AsksStatements:
		return a.statements()
	case AsksWhoSaid:
		a.answer.Intent = Who
		return a.whoSaid()
	case AsksSpeakers:
		a.answer.Intent = Who
		return a.whoSpoke()
	case AsksDidSay:
		a.answer.Intent = Who
		return a.didSay()
	}
	for _, try := range []func() (bool, error){a.nameFirst, a.nameInside} {
		if done, err := try(); done || err != nil {
			return err
		}
	}
	return a.fact()
}

// asksWhat opens a question whose verb is none of those that Parse knows.
var asksWhat = regexp.MustCompile(`(?i)^what (?:did|does|do|has|have|had|is|was) `)

// nameFirst answers what begins with a name and has no other form: "Ushakov?",
// "Putin gas Europe", "what did Zelensky acuse Russia of". It gives way where
// that person has nothing on the rest.
func (a *asking) nameFirst() (bool, error) {
	rest := strings.Trim(a.q.Topic, " ")
	if lead := asksWhat.FindString(rest); lead != "" {
		rest = rest[len(lead):]
	} else if factual.MatchString(rest) || strings.HasPrefix(strings.ToLower(rest), "what") {
		return false, nil
	}
	words := strings.Fields(rest)
	for n := min(len(words), maxNameWords); n > 0; n-- {
		f := a.roster.meant(strings.Join(words[:n], " "), a.stands)
		if len(f.people) == 0 || len(words) == n && asksWhat.MatchString(a.q.Topic) {
			continue
		}
		asked := a.q
		topic := words[n:]
		if asksWhat.MatchString(a.q.Topic) {
			topic = topic[1:] // a verb
		}
		a.q = Question{Kind: AsksStatements, Speaker: strings.Join(words[:n], " "), Topic: strings.Join(topic, " ")}.order(a.q.Topic)
		a.trying = true
		err := a.statements()
		if a.trying = false; err != nil || a.answer.Found {
			return true, err
		}
		a.q, a.answer = asked, newAnswer(a.answer.Question, Passages)
		return false, nil
	}
	return false, nil
}

// clarify says what a question lacks.
func (a *asking) clarify() {
	a.answer.Intent = Clarify
	switch a.q.Why {
	case "speaker":
		a.answer.Message = fmt.Sprintf("I can't tell who “%s” is: ask again with the name.", a.q.Speaker)
	case "words":
		a.answer.Message = "Which words? Put them in quotation marks, and I look up who said them."
	case "language":
		a.answer.Message = "I did not understand that question. In Russian and Ukrainian I understand who is asked about and what about, as in “что сказал Песков о переговорах?” and “що казав Зеленський про мир?”; in English I understand more."
	case "common":
		a.answer.Message = fmt.Sprintf("“%s” is too common to look up: ask with more of the words.", properly(a.q.Quoted))
	case "greeting":
		a.answer.Message = "Ask me what somebody said, who said something, or what happened, and I show what the archive has on record."
	default:
		a.answer.Message = "There is no question to answer: ask what somebody said, who said something, or what happened."
	}
	a.answer.Suggestions = a.examples(a.q.Why == "speaker")
}

// examples are questions that the archive can answer, about those who say most.
func (a *asking) examples(likeThis bool) []string {
	n := 2
	if likeThis {
		n = 3
	}
	out := []string{}
	for _, p := range a.roster.mostQuoted(n) {
		out = append(out, fmt.Sprintf("What did %s say?", p.name))
	}
	return out
}

// nothing ends an answer with an honest no.
func (a *asking) nothing(format string, args ...any) {
	a.answer.Found = false
	a.answer.Message = fmt.Sprintf(format, args...)
	a.answer.Speakers, a.answer.Statements, a.answer.Passages = []string{}, []Statement{}, []Passage{}
	a.answer.More = 0
}

// count is how many passages hold a word as asked or in any other form.
func (a *asking) count(w index.Word) int {
	if n, ok := a.counts[w.Forms[0]]; ok {
		return n
	}
	n, err := a.ix.Count(a.ctx, w)
	if err != nil {
		a.log.Error("counting a word", "fault", err)
	}
	a.counts[w.Forms[0]] = n
	return n
}

// stands tells how many passages hold a name as it was typed.
func (a *asking) stands(word string) int {
	if utf8.RuneCountInString(word) > maxWord {
		return 0
	}
	if n, ok := a.typed[word]; ok {
		return n
	}
	n, err := a.ix.Count(a.ctx, index.Word{Forms: []string{word}})
	if err != nil {
		return 0
	}
	a.typed[word] = n
	return n
}

// weight is how telling a word is: the fewer passages hold it, the more. A word
// that stands nowhere tells as much as one that stands once.
func (a *asking) weight(w index.Word) float64 {
	return math.Log(1 + float64(a.total+1)/(float64(max(1, a.count(w)))+0.5))
}

// coverage is the weighted share of words that a text holds, 0 to 1.
func (a *asking) coverage(words []index.Word, texts ...string) float64 {
	found := a.termsOf(texts)
	var has, all float64
	for _, w := range words {
		weight := a.weight(w)
		all += weight
		if a.holds(found, w) {
			has += weight
		}
	}
	if all == 0 {
		return 1 // nothing was asked for
	}
	return has / all
}

// holds tells whether all terms of any form of a word are there, in whichever text.
func (a *asking) holds(found []terms, w index.Word) bool {
	for _, form := range w.Forms {
		all := a.stemsOf(form)
		ok := len(all) > 0
		for _, t := range all {
			ok = ok && slices.ContainsFunc(found, func(text terms) bool { return text[t] })
		}
		if ok {
			return true
		}
	}
	return false
}

func (a *asking) stemsOf(form string) []string {
	stems, known := a.stems[form]
	if !known {
		stems = a.ix.Terms(form)
		a.stems[form] = stems
	}
	return stems
}

// show enters verified statements into the answer, at most the limit, and
// counts the rest. What repeats an earlier statement comes last.
func (a *asking) show(found []index.Statement) {
	firsts, repeats, also := a.apart(found)
	shown := 0
	for n, s := range append(firsts, repeats...) {
		if len(a.answer.Statements) >= a.limit {
			break
		}
		out, ok := a.proven(s)
		if !ok {
			continue
		}
		out.Repeat = n >= len(firsts)
		for _, other := range also[s.ID()] {
			if o, ok := a.proven(other); ok {
				a.areCopies(s.Article, o.Article) // notes it for the citations
				out.Also = append(out.Also, Place{o.Article, o.Paragraph, a.citing(o.Article, o.Citation)})
			}
		}
		out.Citation = a.citing(s.Article, out.Citation)
		out.Matched = a.matched(a.sought, append(a.near(s), a.cueOf(s))...)
		a.answer.Statements = append(a.answer.Statements, out)
		if !out.Repeat {
			shown++
		}
	}
	a.answer.More = len(firsts) - shown + a.unread
	markVariants(a.answer.Statements)
	a.answer.Found = len(a.answer.Statements) > 0
	for _, s := range a.answer.Statements {
		if s.Who() != "" && !contains(a.answer.Speakers, s.Who()) {
			a.answer.Speakers = append(a.answer.Speakers, s.Who())
		}
	}
}

// apart parts statements from those that repeat an earlier one's words from the
// same speaker, or nearly those in a copy of its article, and gives to the earlier ones those that repeat them.
func (a *asking) apart(found []index.Statement) (firsts, repeats []index.Statement, also map[index.ID][]index.Statement) {
	also = map[index.ID][]index.Statement{}
	first := map[string]index.ID{} // by speaker and words
	copied := a.repeating(found)
	for i, s := range found {
		key := a.roster.called(bearerOf(s)) + "\x00" + comparable(strings.Join(s.Words, " "))
		id, known := first[key]
		if k := copied[i]; !known && k >= 0 {
			id, known = first[a.roster.called(bearerOf(found[k]))+"\x00"+comparable(strings.Join(found[k].Words, " "))]
			first[key] = id
		}
		if !known || s.Speaker.Name == "" {
			first[key] = s.ID()
			firsts = append(firsts, s)
			continue
		}
		repeats = append(repeats, s)
		also[id] = append(also[id], s)
	}
	a.originsFirst(firsts, repeats, also)
	return firsts, repeats, also
}

// proven is a statement as it is shown, if its article bears it out.
func (a *asking) proven(s index.Statement) (Statement, bool) {
	out, ok := a.proof.statement(s, a.roster.shownName(s.Speaker.Name, s.Speaker.Person))
	if !ok {
		return out, false
	}
	if name := a.roster.personOf(bearerOf(s)); name != out.Speaker.Name {
		out.Person = name
	}
	if c := a.ix.changes[s.ID()]; c.line > 0 {
		out.Corrected = c.reason
	}
	if d := a.dateOf(s); d.Date != "" && (a.period.Known() || a.q.Order != NoOrder) {
		out.Dated = &d
	}
	return out, true
}
