package bot

import (
	"fmt"
	"slices"
	"strings"

	"onrecord/data/naming"
	"onrecord/data/quote"
	"onrecord/data/when"
	"onrecord/index"
)

// statements answers what somebody said.
func (a *asking) statements() error {
	a.answer.Intent = Statements
	who, ok := a.whom()
	if !ok {
		if a.answer.Intent == Clarify {
			return nil
		}
		_, err := a.unnamed()
		return err
	}
	all, err := a.theirs(who)
	if err == nil && len(all) == 0 && a.relax() {
		all, err = a.theirs(who)
	}
	if err != nil {
		return err
	}
	a.show(a.bySpeaker(withoutNested(all), who))
	if !a.answer.Found {
		return a.otherwise(who)
	}
	a.noteSilent(who)
	return nil
}

// noteSilent says of whom of several people asked about nothing fits.
func (a *asking) noteSilent(who []*person) {
	if len(who) < 2 || splitAnd(a.q.Speaker) <= 0 {
		return
	}
	for _, p := range who {
		if !slices.ContainsFunc(a.answer.Statements, func(s Statement) bool { return s.Speaker.Name == p.name || contains(p.stored, s.Speaker.Name) }) {
			a.answer.Understood = append(a.answer.Understood, fmt.Sprintf("nothing on record here from %s fits that", p.name))
		}
	}
}

// otherwise answers where no statement fits: with what was said in articles on the
// topic, or with passages where the question asks for a fact as well.
func (a *asking) otherwise(who []*person) error {
	all, err := a.besideTopic(who)
	if err != nil {
		return err
	}
	if a.show(a.bySpeaker(withoutNested(all), who)); a.answer.Found {
		a.noteBeside()
		return nil
	}
	if a.trying {
		return nil
	}
	if factual.MatchString(clean(a.answer.Question)) {
		return a.fact()
	}
	a.nothingFrom(who)
	return nil
}

// theirs finds what some people said, as the question narrows it, in the order
// to show.
func (a *asking) theirs(who []*person) ([]index.Statement, error) {
	words := a.topicWords(who)
	verb := a.verbWord()
	a.seek(words, verb)
	ask := index.StatementQuery{Speakers: stored(who), Sources: a.sources, When: a.period}
	if len(words) > 0 {
		all, err := a.onTopic(ask, words, verb)
		return a.inTime(a.inSetting(a.atTime(all))), err
	}
	if verb != nil && tellingVerbs.MatchString(verb.Forms[0]) {
		ask.Filters = []index.Filter{{Words: []index.Word{*verb}}}
	}
	all, err := a.newest(ask)
	if err != nil {
		return nil, err
	}
	a.inOrder(all)
	if all, err = a.withPlain(ask, all); err != nil {
		return nil, err
	}
	all = a.inSetting(a.atTime(all))
	if verb != nil {
		all = a.byVerb(all, *verb)
	}
	return a.inTime(all), nil
}

// withPlain puts the statements first that hold the topic, where its only words
// are such as mostly carry a question: "about his job".
func (a *asking) withPlain(ask index.StatementQuery, all []index.Statement) ([]index.Statement, error) {
	var words []index.Word
	for _, w := range plainWords(a.q.Topic) {
		if len(a.stemsOf(w.Forms[0])) > 0 {
			words = append(words, w)
		}
	}
	if len(words) == 0 {
		return all, nil
	}
	unread := a.unread // those with the words are of all too
	first, err := a.onTopic(ask, words, nil)
	if a.unread = unread; err != nil || len(first) == 0 {
		return all, err
	}
	shown := map[index.ID]bool{}
	for _, s := range first {
		shown[s.ID()] = true
	}
	rest := slices.DeleteFunc(slices.Clone(all), func(s index.Statement) bool { return shown[s.ID()] })
	a.unread = max(0, a.unread+len(all)-len(rest)-len(first))
	return append(first, rest...), nil
}

// relax takes a time and a setting that nothing fits for words of the topic, and
// tells whether there were any.
func (a *asking) relax() bool {
	narrow := strings.Join([]string{a.q.To, a.q.Where, a.q.When.asked, a.outletAsked}, " ")
	if strings.TrimSpace(narrow) == "" {
		return false
	}
	if a.period.Known() {
		if fromNow.MatchString(a.q.When.asked) {
			return false // no text's "last week" is the question's
		}
		a.undated = a.vocabulary.topicOf(a.q.When.asked)
	}
	a.q.Topic = oneSpace(a.q.Topic + " " + narrow)
	a.q.To, a.q.Where, a.q.When, a.period, a.sources = "", "", Time{}, when.Period{}, nil
	return len(a.vocabulary.topicOf(a.q.Topic)) > 0
}

// inSetting keeps what was said to whom and where the question says, as the article
// tells it of the statement, else names as what leads to the statement tells them;
// all of it where the question doesn't say.
func (a *asking) inSetting(all []index.Statement) []index.Statement {
	words := a.vocabulary.topicOf(a.q.To + " " + a.q.Where)
	if len(words) == 0 {
		return all
	}
	named := len(a.namesIn(words)) == len(words) // other words stand everywhere
	var told, led []index.Statement
	for _, s := range all {
		switch {
		case a.coverage(words, a.settingOf(s)...) >= allNames:
			told = append(told, s)
		case named && told == nil && a.coverage(words, a.leading(s)) >= allNames:
			led = append(led, s)
		}
	}
	if told == nil {
		return led
	}
	return told
}

// settingOf is what an article says of where and to whom a statement was made:
// its sentence without its words, and the article's title.
func (a *asking) settingOf(s index.Statement) []string {
	art, ok := a.proof.article(s.Article)
	if !ok {
		return nil
	}
	texts := []string{art.Title}
	for _, span := range []quote.Span{s.Addressee, s.Venue} {
		if within(art.text, span) {
			texts = append(texts, span.Of(art.text))
		}
	}
	return texts
}

// bySpeaker puts what each of several people said together, the first asked
// about first, so that of what is shown each has a fair share.
func (a *asking) bySpeaker(all []index.Statement, who []*person) []index.Statement {
	if len(who) < 2 {
		return all
	}
	of := make([][]index.Statement, len(who))
	for _, s := range all {
		n := slices.IndexFunc(who, func(p *person) bool { return contains(p.stored, s.Speaker.Name) })
		of[max(n, 0)] = append(of[max(n, 0)], s)
	}
	share := fairShares(of, a.limit)
	var first, rest []index.Statement
	for n, theirs := range of {
		first = append(first, theirs[:share[n]]...)
		rest = append(rest, theirs[share[n]:]...)
	}
	return append(first, rest...)
}

// fairShares deals places to several, one each in turn while they have more.
func fairShares[T any](of [][]T, places int) []int {
	share := make([]int, len(of))
	for dealt := true; dealt && places > 0; {
		dealt = false
		for n := range of {
			if share[n] < len(of[n]) && places > 0 {
				share[n]++
				places--
				dealt = true
			}
		}
	}
	return share
}

// whom resolves the question's speaker, or ends the answer.
func (a *asking) whom() ([]*person, bool) {
	f := a.roster.resolve(a.q.Speaker, a.stands)
	if f.people == nil && !f.ambiguous {
		f = a.cutToName(a.oneOfTwo(f))
	}
	if f.understood != "" {
		a.answer.Understood = append(a.answer.Understood, f.understood)
	}
	switch {
	case len(f.people) > 0:
		return f.people, true
	case f.ambiguous:
		a.answer.Intent = Clarify
		a.nothing("“%s” may be any of several: %s. Ask again with the name.", a.q.Speaker, few(f.near))
		a.suggest(f.near[:min(len(f.near), maxSeveral)])
	default:
		a.nobody(f.near)
	}
	return nil, false
}

// unnamed answers with passages what is asked of those whom articles don't name, as
// "the government" or "a lawmaker", whose statements are nobody's.
func (a *asking) unnamed() (bool, error) {
	if !slices.ContainsFunc(naming.Words(a.q.Speaker), func(w string) bool { return isOffice(w) || bodies[w] }) {
		return false, nil
	}
	a.described = asAsked(a.vocabulary.topicOf(a.q.Speaker))
	must := a.filters(a.described, allNames, false)
	must = append(must, a.filters(a.vocabulary.topicOf(a.q.Topic), enoughCovered, false)...)
	if err := a.addPassages(must...); err != nil || !a.answer.Found {
		return false, err
	}
	a.answer.Intent, a.answer.Message = Passages, ""
	a.answer.Suggestions = []string{}
	return true, nil
}

// bodies are words for those who speak without a name, folded.
var bodies = set(`government council ministry committee police parliament congress senate department agency court commission
	army military navy troops officials lawmaker lawmakers legislator voters critics residents experts analysts poll survey study report
	campaign union party company group embassy office administration board delegation authorities witnesses investigators
	prosecutors soldiers rescuers diplomats official staff statement communique resolution law bill agreement memorandum regulator bank`)

// oneOfTwo takes two people asked about for the one who is on record, and says of
// the other that they are not.
func (a *asking) oneOfTwo(f found) found {
	i := splitAnd(a.q.Speaker)
	if i <= 0 || f.people != nil {
		return f
	}
	first, second := a.q.Speaker[:i], a.q.Speaker[i+len(" and "):]
	for _, pair := range [][2]string{{first, second}, {second, first}} {
		if one := a.roster.meant(pair[0], a.stands); len(one.people) > 0 {
			one.understood = strings.Trim(one.understood+fmt.Sprintf("; nothing that %s said is on record here", properly(pair[1])), "; ")
			return one
		}
	}
	return f
}

// cutToName finds a known name at the start of what a pattern took for the
// speaker: "Ushakov verbatim", "Putin originally". The rest goes to the topic.
// Where it may go on with the name, it is somebody else's: "Roy Verley" is not Roy.
func (a *asking) cutToName(f found) found {
	if f.people != nil {
		return f
	}
	words := strings.Fields(a.q.Speaker)
	for n := len(words) - 1; n > 0; n-- {
		head := strings.Join(words[:n], " ")
		if strings.HasSuffix(head, "'s") {
			continue // "Kyiv's soldiers" are not Kyiv
		}
		if a.mayBeNamed(words[n]) {
			continue
		}
		if known := a.roster.exact(naming.Words(head)); known != nil {
			a.q.Speaker = head
			a.q.Topic = strings.TrimSpace(strings.Join(words[n:], " ") + " " + a.q.Topic)
			return found{people: known}
		}
	}
	return f
}

// mayBeNamed tells whether a word behind a name may belong to it: it has a capital,
// or the question has none, and it is no word that carries a question.
func (a *asking) mayBeNamed(w string) bool {
	low := strings.ToLower(strings.Trim(w, ",.;:'\""))
	if low != strings.Trim(w, ",.;:'\"") {
		return true
	}
	if question := readOf(a.answer.Question); question != strings.ToLower(question) {
		return false
	}
	return !askingWords[low] && !strings.HasSuffix(low, "ly") && !notNamed[low]
}

// notNamed are words that stand behind a name and don't go on with it.
var notNamed = set("verbatim yesterday today once twice literally quote quotes all himself herself themselves lately currently")

// nobody says that somebody has no statement on record, and who comes near.
func (a *asking) nobody(near []string) {
	name := properly(a.q.Speaker)
	if naming.IsCyrillic(name) && len(near) == 0 && !saysInCyrillic.MatchString(clean(a.answer.Question)) {
		a.q.Why = "language" // what stands before "о" need not be a name
		a.clarify()
		return
	}
	if len(near) > 0 {
		a.nothing("Nothing that %s said is on record here%s. A name that comes near: %s.", name, a.coversDates(), strings.Join(near, ", "))
		a.suggest(near)
		return
	}
	a.nothing("Nothing that %s said is on record here%s.", name, a.coversDates())
	a.answer.Suggestions = a.examples(true)
}

func (a *asking) suggest(people []string) {
	for _, n := range people {
		a.answer.Suggestions = append(a.answer.Suggestions, fmt.Sprintf("What did %s say?", n))
	}
}

// nothingFrom says that somebody said nothing on a topic.
func (a *asking) nothingFrom(who []*person) {
	name := strings.Join(names(who), " or ")
	switch {
	case a.dated.Phrase != "":
		a.nothing("Nothing on record here from %s is dated “%s”%s.", name, a.dated.asked, a.covers())
	case a.q.Verb != "" && a.q.Topic == "":
		a.nothing("Nothing on record here fits “%s” for %s.", a.q.Verb, name)
	case a.q.Topic == "":
		a.nothing("Nothing that %s said is on record here.", name)
		return
	default:
		a.nothing("Nothing on record here from %s fits “%s”%s.", name, properly(a.q.Topic), a.coversDates())
	}
	a.offer(who)
}

// properly is a name as it was typed, less what no name holds.
func properly(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// topicWords are the topic's words but for the speaker's own name.
func (a *asking) topicWords(who []*person) []index.Word {
	var out []index.Word
	for _, w := range a.mended(a.vocabulary.topicOf(a.q.Topic + " " + a.q.Quoted)) {
		own := false
		for _, p := range who {
			own = own || p.isCalled(naming.Fold(w.Forms[0]))
		}
		if !own {
			out = append(out, w)
		}
	}
	return out
}

// verbWord is the question's verb where it says more than "say".
func (a *asking) verbWord() *index.Word {
	if a.q.Verb == "" {
		return nil
	}
	w := a.vocabulary.wordOf(a.q.Verb)
	return &w
}

func stored(who []*person) []string {
	out := []string{}
	for _, p := range who {
		out = append(out, p.stored...)
	}
	return out
}

// onTopic finds the speakers' statements that have enough of a topic's words,
// in themselves, in their setting, or in what is said beside them.
func (a *asking) onTopic(ask index.StatementQuery, words []index.Word, verb *index.Word) ([]index.Statement, error) {
	ask.Words, ask.AtLeast, ask.Filters = words, a.fewest(words, enoughCovered), a.filters(words, enoughCovered, false)
	if verb != nil {
		ask.Words = append(words[:len(words):len(words)], *verb)
	}
	return a.pick(ask, preferDirect, func(s *index.Statement) bool {
		s.Score *= preference(*s) * (besideOnly + (1-besideOnly)*a.coverage(words, s.Words...))
		return a.isOnTopic(*s, words)
	})
}

// isOnTopic tells whether a statement has enough of the topic. Of two words it
// must have both, or the one that tells more.
func (a *asking) isOnTopic(s index.Statement, words []index.Word) bool {
	share := a.coverage(words, a.near(s)...)
	if len(words) == 2 {
		return share > enoughCovered
	}
	return share >= enoughCovered
}

// near is what counts for a statement's topic: its words, its sentence, and
// what the same speaker says beside it.
func (a *asking) near(s index.Statement) []string {
	texts := append([]string{}, s.Words...)
	art, ok := a.proof.article(s.Article)
	if !ok {
		return texts
	}
	if s.Turn == 0 && within(art.text, s.Sentence) {
		texts = append(texts, outside(art.text, s.Sentence, s.Parts)...)
	}
	return append(texts, s.Beside)
}

// outside are the stretches of a sentence that lie in none of the parts, which are
// in reading order.
func outside(text string, sentence quote.Span, parts []quote.Span) []string {
	var out []string
	at := sentence.Start
	for _, p := range parts {
		if p.Start >= sentence.End {
			break
		}
		if at < p.Start {
			out = append(out, text[at:p.Start])
		}
		at = max(at, p.End)
	}
	if at < sentence.End {
		out = append(out, text[at:sentence.End])
	}
	return out
}
