package bot

import (
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"onrecord/data/naming"
	"onrecord/index"
)

// stateNoun is no verb of asking where somebody is called a terrorist state.
var stateNoun = regexp.MustCompile(`(?i)\bstate\b`)

// whoSaid answers who said these words.
func (a *asking) whoSaid() error {
	if a.q.Quoted != "" {
		return a.whoSaidQuoted()
	}
	words := a.mended(a.vocabulary.topicOf(stateNoun.ReplaceAllString(a.q.Topic, "states")))
	if len(words) == 0 {
		a.q.Why = "words"
		a.clarify()
		return nil
	}
	enough := meantEnough
	if a.q.Verb != "" {
		enough = calledEnough
	}
	found, err := a.saying(words, a.verbWord(), nil, enough)
	if err != nil {
		return err
	}
	a.show(a.inTime(withoutNested(named(a.atTime(found)))))
	if !a.answer.Found {
		a.nothing("Nobody on record here said that.")
		a.answer.Suggestions = a.examples(true)
	}
	return nil
}

// Count is how often somebody spoke about what was asked.
type Count struct {
	Speaker    string `json:"speaker"`
	Statements int    `json:"statements"`
}

// whoSpoke answers who has talked about something: the best statement of each,
// those who spoke most first.
func (a *asking) whoSpoke() error {
	words := a.mended(a.vocabulary.topicOf(a.q.Topic))
	if len(words) == 0 {
		a.q.Why = "words"
		a.clarify()
		return nil
	}
	enough := enoughCovered
	if len(words) == 2 {
		enough = allNames // as for one speaker: of two words both, else the one that tells more
	}
	found, err := a.saying(words, nil, nil, enough)
	if err == nil && len(found) == 0 {
		found, err = a.saying(words, nil, nil, enoughCovered)
	}
	if err != nil {
		return err
	}
	all := a.unread == 0
	a.unread = 0 // what is shown are speakers, not statements
	best, counts := a.bestOfEach(withoutNested(named(a.atTime(found))))
	a.show(a.inTime(best))
	if !a.answer.Found {
		a.nothing("Nobody on record here spoke about “%s”.", properly(a.q.Topic))
		a.answer.Suggestions = a.examples(true)
		return nil
	}
	if all { // else the numbers would be of those read alone
		a.answer.Counts = counts
	}
	return nil
}

// bestOfEach is the first statement of every speaker, those with most first, then what
// repeats these in copies, and how many each has, what copies repeat not counted.
func (a *asking) bestOfEach(all []index.Statement) ([]index.Statement, []Count) {
	var best []index.Statement
	at := map[string]int{}
	var counts []Count
	repeats := a.repeating(all)
	shown := map[int]bool{} // places in all
	for i, s := range all {
		if repeats[i] >= 0 {
			continue
		}
		name := a.roster.called(bearerOf(s))
		n, known := at[name]
		if !known {
			n = len(counts)
			at[name] = n
			counts = append(counts, Count{Speaker: name})
			best = append(best, s)
			shown[i] = true
		}
		counts[n].Statements++
	}
	order := make([]int, len(counts))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, k int) bool { return counts[order[i]].Statements > counts[order[k]].Statements })
	var sorted []index.Statement
	var numbers []Count
	for _, i := range order {
		sorted, numbers = append(sorted, best[i]), append(numbers, counts[i])
	}
	for i, s := range all {
		if k := repeats[i]; k >= 0 && shown[k] {
			sorted = append(sorted, s)
		}
	}
	return sorted, numbers
}

// named leaves out statements of nobody known: they can't answer "who".
func named(all []index.Statement) []index.Statement {
	var out []index.Statement
	for _, s := range all {
		if s.Speaker.Name != "" {
			out = append(out, s)
		}
	}
	return out
}

// saying finds statements, of anybody or of some, that hold enough of the words.
func (a *asking) saying(words []index.Word, verb *index.Word, speakers []string, enough float64) ([]index.Statement, error) {
	words = a.wanted(words)
	asked, whom := words, a.spokenOf()
	if verb != nil {
		verb = &a.wanted([]index.Word{*verb})[0]
		asked = append(asked[:len(asked):len(asked)], *verb)
	}
	a.seek(words, verb)
	names := a.namesIn(words)
	q := index.StatementQuery{Speakers: speakers, Sources: a.sources, Words: asked, AtLeast: max((len(words)+1)/2, a.fewest(words, enough))}
	q.Filters = a.filters(words, enough, false)
	if verb == nil { // else they may stand in what leads to a statement
		q.Filters = append(q.Filters, a.filters(names, allNames, false)...)
	}
	q.Filters = append(append(q.Filters, a.filters(words, ownEnough, true)...), index.Filter{Words: words, Own: true})
	fits := func(s *index.Statement) bool {
		own := a.coverage(words, s.Words...)
		if own < ownEnough {
			return false
		}
		share := own
		if own < allNames { // else all is in the words themselves
			share = a.coverage(words, a.near(*s)...)
		}
		if share < enough || !a.speaksOf(*s, names) || contains(whom, s.Speaker.Name) || a.q.Kind == AsksWhoSaid && !a.isSaid(words, s.Words...) {
			return false
		}
		if a.q.Kind == AsksWhoSaid && takesWhom[a.q.Verb] && len(names) == len(words) && a.coverage([]index.Word{*verb}, append(slices.Clone(s.Words), a.cueOf(*s))...) == 0 {
			return false // "who blamed NATO" asks for nothing but the blame
		}
		s.Score *= preference(*s) * (own + share)
		if verb != nil && a.hasCue(*s, *verb) {
			s.Score *= preferVerb
		}
		return true
	}
	most := 2 * preferDirect
	if verb != nil {
		most *= preferVerb
	}
	if speakers == nil && a.isCommon(words, enough) {
		plain := q
		plain.Own, plain.AtLeast, plain.Filters = true, len(words), a.filters(words, allNames, true)
		if found, err := a.pick(plain, most, fits); err != nil || len(found) >= a.limit {
			return bestOf(found), err
		}
		q.Filters = append(q.Filters, a.rarest(words, false)...)
	}
	found, err := a.pick(q, most, fits)
	return bestOf(found), err
}

// speaksOf tells whether a statement speaks of all names: in itself or its sentence.
func (a *asking) speaksOf(s index.Statement, names []index.Word) bool {
	return a.coverage(names, a.besideMention(s)...) >= allNames
}

// isCommon tells whether so many passages hold the words that no statement need
// be looked at that lacks any.
func (a *asking) isCommon(words []index.Word, enough float64) bool {
	necessary := a.necessary(words, enough)
	if necessary == nil {
		any := 0
		for _, w := range a.oneOf(words, enough) {
			any += a.count(w)
		}
		return any > common
	}
	least := math.MaxInt
	for _, w := range necessary {
		least = min(least, a.count(w))
	}
	return least > common
}

// besideMention is a statement's words and its sentence without its source: who
// is named there is spoken of, not speaking.
func (a *asking) besideMention(s index.Statement) []string {
	texts := append([]string{}, s.Words...)
	art, ok := a.proof.article(s.Article)
	if !ok || s.Turn > 0 || !within(art.text, s.Sentence) {
		return texts
	}
	if !within(art.text, s.Mention) || s.Mention.Start < s.Sentence.Start || s.Mention.End > s.Sentence.End {
		return append(texts, s.Sentence.Of(art.text))
	}
	return append(texts, art.text[s.Sentence.Start:s.Mention.Start], art.text[s.Mention.End:s.Sentence.End])
}

// namesIn are the words that name somebody or some place: who said that
// Washington would join did not say that Kyiv would.
func (a *asking) namesIn(words []index.Word) []index.Word {
	var out []index.Word
	for _, w := range words {
		low := naming.Fold(w.Forms[0])
		if demonyms[low] != "" || a.roster.isName(low) || a.capital(w.Forms[0]) {
			out = append(out, w)
		}
	}
	return out
}

// capital tells whether a word is written with a capital in the question, and
// not for standing first.
func (a *asking) capital(low string) bool {
	question := readOf(a.answer.Question)
	i := strings.Index(strings.ToLower(question), low)
	if i <= 0 || i >= len(question) {
		return false
	}
	r, _ := utf8.DecodeRuneInString(question[i:])
	return unicode.IsUpper(r)
}

func (a *asking) hasCue(s index.Statement, verb index.Word) bool {
	art, ok := a.proof.article(s.Article)
	return ok && s.Cue.Len() > 0 && within(art.text, s.Cue) && a.coverage([]index.Word{verb}, s.Cue.Of(art.text)) > 0
}

func (a *asking) whoSaidQuoted() error {
	found, err := a.withWords(a.q.Quoted, nil, nil)
	if err != nil {
		return err
	}
	exact, near := a.split(found)
	exact, near = withoutDenied(exact), withoutDenied(near)
	if exact != nil {
		a.show(withoutOuter(exact))
	} else {
		a.show(withoutOuter(near))
		a.differs()
	}
	if !a.answer.Found {
		a.nothing("Nobody on record here said “%s”.", properly(a.q.Quoted))
		a.answer.Suggestions = a.examples(true)
		return a.unattributed()
	}
	return nil
}

// unattributed shows where words stand that the archive has, of nobody known. An
// article that the operator corrects names speakers whom it doesn't mean.
func (a *asking) unattributed() error {
	words := a.soughtOf(plainWords(a.q.Quoted))
	if len(words) < leastUnattributed {
		return nil
	}
	h, err := a.ix.FindPassages(a.ctx, words, a.filters(words, allNames, false), len(words), maxPassages)
	if err != nil {
		return err
	}
	want := comparable(a.q.Quoted)
	for i := 0; i < h.Len() && len(a.answer.Passages) < a.limit; i++ {
		p, err := h.Passage(i)
		if err != nil {
			return err
		}
		shown, ok := a.proof.passage(p)
		if ok && !a.ix.isCorrected(p.Article) && holdsWords(comparable(shown.Text), want) {
			a.answer.Passages = append(a.answer.Passages, shown)
		}
	}
	if len(a.answer.Passages) > 0 {
		a.answer.Found, a.answer.Message, a.answer.Suggestions = true, "", []string{}
		a.answer.Understood = append(a.answer.Understood, "these words stand here; who said them is not told by name")
	}
	return nil
}

// soughtOf are those of a quotation's words that are looked for: the rarest that
// are indexed.
func (a *asking) soughtOf(asked []index.Word) []index.Word {
	var words []index.Word
	for _, w := range asked {
		if len(a.stemsOf(w.Forms[0])) > 0 {
			words = append(words, w)
		}
	}
	if len(words) > maxSought {
		sort.SliceStable(words, func(i, k int) bool { return a.weight(words[i]) > a.weight(words[k]) })
		words = words[:maxSought]
	}
	return words
}

// withWords finds statements that hold the words of a quotation, or nearly all
// of them, of some people (nil: of anybody known), and not of others. Where some
// hold them word for word, those that hold nearly all may be left out.
func (a *asking) withWords(quotedWords string, speakers []string, not []*person) ([]index.Statement, error) {
	asked := plainWords(quotedWords)
	words := a.soughtOf(asked)
	if len(words) == 0 || speakers != nil && len(speakers) == 0 {
		return nil, nil
	}
	want, exact, others := comparable(quotedWords), false, stored(not)
	fits := func(s *index.Statement) bool {
		if s.Speaker.Name == "" || contains(others, s.Speaker.Name) {
			return false
		}
		text := comparable(strings.Join(s.Words, " "))
		isExact := tellsWords(text, want)
		exact = exact || isExact
		return isExact || a.nearly(asked, text)
	}
	q := index.StatementQuery{Speakers: speakers, Words: words, AtLeast: len(words), Own: true, Filters: a.filters(words, allNames, true)}
	if found, err := a.pick(q, 1, fits); err != nil || exact {
		return found, err
	}
	q.AtLeast, q.Filters = (len(words)*2+2)/3, a.filters(words, nearTelling, true)
	if a.isCommon(words, nearTelling) {
		q.Filters = append(q.Filters, a.rarest(words, true)...)
	}
	return a.pick(q, 1, fits)
}

// holdsWords tells whether a text holds words in their order; both as comparable
// makes them.
func holdsWords(text, words string) bool { return strings.Contains(" "+text+" ", " "+words+" ") }

// plainWords are the words of a quotation, no synonyms: what was said is looked
// for, not what was meant. Stop words are not indexed; where there is nothing
// else, the quotation can't be found.
func plainWords(s string) []index.Word {
	var out []index.Word
	seen := map[string]bool{}
	for _, w := range strings.Fields(comparable(s)) {
		if !seen[w] && len(out) < maxQuotedWords {
			seen[w] = true
			out = append(out, index.Word{Forms: []string{w}})
		}
	}
	return out
}

// split parts statements that hold the quotation word for word from those that
// hold nearly all of it.
func (a *asking) split(all []index.Statement) (exact, near []index.Statement) {
	want := comparable(a.q.Quoted)
	words := plainWords(a.q.Quoted)
	for _, s := range all {
		text := comparable(strings.Join(s.Words, " "))
		if tellsWords(text, want) {
			exact = append(exact, s)
			continue
		}
		if a.nearly(words, text) {
			near = append(near, s)
		}
	}
	ranked := func(all []index.Statement) {
		sort.SliceStable(all, func(i, k int) bool { return preference(all[i]) > preference(all[k]) })
	}
	ranked(exact)
	return exact, near
}

// nearly tells whether a text, as comparable makes it, has nearly the same words
// as a quotation: most of them, and most of what they tell.
func (a *asking) nearly(words []index.Word, text string) bool {
	if len(words) < 3 || sharedWords(words, text) < nearEnough {
		return false
	}
	return a.coverage(a.soughtOf(words), text) >= nearTelling
}

// sharedWords is the share of words, stop words too, that a text holds.
func sharedWords(words []index.Word, text string) float64 {
	has := set(text)
	n := 0
	for _, w := range words {
		if has[w.Forms[0]] {
			n++
		}
	}
	return float64(n) / float64(max(1, len(words)))
}

// comparable is a text reduced to what makes two quotations the same: letters
// and digits in lower case, words parted by one space.
func comparable(s string) string {
	var b strings.Builder
	space := false
	low := strings.ToLower(naming.Straight(s))
	if strings.Contains(low, "'") || strings.Contains(low, "cannot") { // going through it with a replacer takes longest
		low = contractions.Replace(low)
	}
	for _, r := range low {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		case r == '\'':
		default:
			space = true
		}
	}
	return b.String()
}

// contractions are spelled out, but for those that mean more than one thing.
var contractions = strings.NewReplacer("can't", "can not", "cannot", "can not", "won't", "will not", "n't", " not", "'ll", " will", "'re", " are", "'ve", " have", "'m", " am")

// withoutOuter leaves out statements that hold another one that was found: the
// innermost source said the words.
func withoutOuter(all []index.Statement) []index.Statement {
	var out []index.Statement
	for i, s := range all {
		outer := false
		for k, o := range all {
			outer = outer || i != k && o.Article == s.Article && holds(s, o) && !holds(o, s)
		}
		if !outer {
			out = append(out, s)
		}
	}
	return out
}
