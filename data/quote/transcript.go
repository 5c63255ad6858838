package quote

import (
	"sort"
	"strings"
	"unicode"
)

// Transcripts: names before colons that open turns, and who speaks in each.
// turnlabel.go reads what stands before a colon, turncut.go makes statements of
// a turn.

// transcript finds turns. From two labels on an article is one if one of the
// labels recurs or names an office: names before colons are also how lists of
// people look. A single label must name an office. And somebody must say "I",
// "we" or "you" in it.
func (a *article) transcript() {
	labels := a.labels()
	if len(labels) == 0 || !a.converse(labels) {
		return
	}
	titles, single := map[*entity]string{}, true
	for i, l := range labels {
		end := len(a.text.Source)
		if last := i == len(labels)-1; !last {
			end = labels[i+1].Start
		} else if single && i > 1 {
			end = min(end, a.lineEnd(l.end))
		}
		end = a.ownEnd(l, end, i > 0 && i == len(labels)-1 || single && i > 1)
		single = single && end <= a.lineEnd(l.end)
		a.turn(l, end, i+1, titles)
	}
}

// lineEnd is where the paragraph of a byte ends.
func (a *article) lineEnd(at int) int {
	if k := a.paragraphAt(at); k < len(a.text.Paragraphs) {
		return a.text.Paragraphs[k].End
	}
	return len(a.text.Source)
}

// paragraphAt is the first paragraph that ends after a byte.
func (a *article) paragraphAt(at int) int {
	return sort.Search(len(a.text.Paragraphs), func(i int) bool { return a.text.Paragraphs[i].End > at })
}

// ownEnd is where a turn ends that may go on to byte end: before a report. A
// paragraph that names the speaker is no longer theirs, nor, where a turn should
// be over, are those in nobody's own voice: after the last of several turns, or
// after turns of one paragraph each.
func (a *article) ownEnd(l label, end int, over bool) int {
	whole, own := l.end, l.end
	for k := a.paragraphAt(l.end); k < len(a.text.Paragraphs) && a.text.Paragraphs[k].Start < end; k++ {
		p := a.text.Paragraphs[k]
		if p.Voice != Speaks {
			continue
		}
		first := p.Start < l.end
		if !first && a.names(l, p.Span) > 0 {
			break
		}
		whole = min(p.End, end)
		if first || a.ownVoice(p.Span) > 0 {
			own = whole
		}
	}
	if over {
		return own
	}
	return whole
}

func (a *article) converse(labels []label) bool {
	all := Span{labels[0].end, len(a.text.Source)}
	if len(labels) == 1 {
		return labels[0].office && !opensMark(all.Of(a.text.Source)) && a.inOwnVoice(all)
	}
	seen, recurs := map[string]bool{}, false
	for _, l := range labels {
		key := lower(l.name)
		if key == "" {
			key = lower(l.Of(a.text.Source))
		}
		recurs = recurs || l.office || seen[key]
		seen[key] = true
	}
	return recurs && (a.ownVoice(all) > 0 || strings.Contains(all.Of(a.text.Source), "?"))
}

// labels are what stands before the colons that open turns.
func (a *article) labels() []label {
	var all []label
	for _, p := range a.text.Paragraphs {
		if p.Voice == Speaks {
			all = append(all, labelsIn(a.text.Source, p.Span)...)
		}
	}
	if len(all) == 0 {
		return nil
	}
	return newLabelSet(a, all).kept()
}

// labelSet is what all labels of an article tell about each one.
type labelSet struct {
	*article
	all      []label
	times    map[string]int    // by name
	surnames map[string]string // the names that are surely somebody's, by surname; "" where two have one
}

func newLabelSet(a *article, all []label) *labelSet {
	s := &labelSet{article: a, all: all, times: map[string]int{}, surnames: map[string]string{}}
	s.shorten()
	for _, l := range all {
		s.times[lower(l.name)]++
	}
	for _, l := range all {
		words := strings.Fields(lower(l.name))
		if len(words) < 2 || !l.vouch && s.times[lower(l.name)] < 2 {
			continue
		}
		last := words[len(words)-1]
		if other, met := s.surnames[last]; met && lower(other) != lower(l.name) {
			s.surnames[last] = ""
		} else {
			s.surnames[last] = l.name
		}
	}
	s.lengthen()
	return s
}

// lengthen gives a label that is a surname alone the full name of the one speaker
// who has it.
func (s *labelSet) lengthen() {
	for i := range s.all {
		if full := s.surnames[lower(s.all[i].name)]; full != "" {
			s.all[i].name = full
		}
	}
}

// shorten takes from a label what does not belong to its name, where the name
// alone opens another turn: a heading in "Opening Remarks Ada Lund", a title
// that hides where a foreign name begins.
func (s *labelSet) shorten() {
	bare := map[string]int{}
	for _, l := range s.all {
		if text := lower(l.Of(s.text.Source)); l.begins && text == lower(l.name) {
			bare[text]++
		}
	}
	for i := range s.all {
		l := &s.all[i]
		if l.card || l.name == "" {
			continue
		}
		text := l.Of(s.text.Source)
		words, most, at := strings.Fields(text), 0, 0
		for from := max(0, len(words)-maxNameWords); from+1 < len(words); from++ {
			if n := bare[lower(strings.Join(words[from:], " "))]; n > most {
				most, at = n, from
			}
		}
		if most > 0 {
			l.named(words[at:], words[:at])
			l.trim(text)
			l.begins = beginsAt(s.text.Source, 0, l.Start)
		}
	}
}

// kept leaves out the labels that nothing vouches for.
func (s *labelSet) kept() []label {
	var out []label
	for _, l := range s.all {
		if s.opens(l) {
			out = append(out, l)
		}
	}
	return out
}

// opens tells whether a label opens a turn: "Question" does, an office does at
// the start of a sentence, and a name that recurs as a label or that a given
// name, an office, a note or the article vouches for; a surname alone where it
// is known.
func (s *labelSet) opens(l label) bool {
	words := strings.Fields(lower(l.name))
	recurs := s.times[lower(l.name)] > 1
	if !strings.Contains(l.Of(s.text.Source), l.name) { // lengthened
		return l.begins || l.capital(s.text.Source) && s.runsIn(l)
	}
	if l.number && !recurs {
		return false
	}
	switch len(words) {
	case 0:
		return l.begins
	case 1:
		_, surname := s.surnames[words[0]]
		known := surname || (recurs || l.atLine(s.text.Source)) && len(s.people.byLast[words[0]]) == 1
		return l.begins && (known || l.office)
	}
	if l.begins {
		return recurs || l.vouch || l.noted || s.labelledBefore(words) != nil
	}
	return l.vouch && s.runsIn(l) && (recurs || l.office || l.capital(s.text.Source) && s.afterPerson(l))
}

// afterPerson tells whether what somebody is stands before a label: "newspaper
// correspondent Ada Lund:".
func (s *labelSet) afterPerson(l label) bool {
	i := s.tokenBefore(l.Start)
	return i >= 0 && personNouns[s.toks[i].low] && s.toks[i].noun()
}

// tokenBefore is the last token that ends before a byte, or -1.
func (a *article) tokenBefore(at int) int {
	return sort.Search(len(a.toks), func(i int) bool { return a.toks[i].End > at }) - 1
}

// runsIn tells whether a label may follow a heading or a sentence without a full
// stop: "Beginning of talks President of Ferrland Anton Grebelow:". After "said",
// "by" or a comma a name is part of the sentence.
func (s *labelSet) runsIn(l label) bool {
	i := s.tokenBefore(l.Start)
	if i < 0 || courtesy[s.toks[i].low] || s.toks[i].verb() && lexicon.form(s.toks[i].low) != nil {
		return false
	}
	switch s.toks[i].tag {
	case "IN", "TO", "CC", "DT", "POS", ",", "WDT", "WP", "VBD", "VBN":
		return false
	}
	return true
}

// turn makes statements of what follows a label, up to byte end. titles are what
// earlier labels called their speakers.
func (a *article) turn(l label, end, number int, titles map[*entity]string) {
	who, role := a.labelled(l)
	if role == "" {
		role = titles[who]
	}
	titles[who] = role
	base := finding{act: Said, mention: l.Span, turn: number, who: who, role: role}
	if a.asks(l, Span{l.end, end}, who) {
		base.act = Asked
	}
	a.cutTurn(base, Span{l.Start, end}, l.end)
}

// asks tells whether a turn is a journalist's question.
func (a *article) asks(l label, words Span, who *entity) bool {
	said := words.Of(a.text.Source)
	if l.name == "" {
		name := strings.Fields(lower(l.Of(a.text.Source)))
		last := name[len(name)-1]
		return interviewers[last] && (last == "question" || last == "q" || strings.Contains(said, "?"))
	}
	if !strings.Contains(said, "?") || who == nil {
		return false
	}
	for head := range who.heads {
		if interviewers[head] {
			return true
		}
	}
	return false
}

// interviewers are the labels and offices of those who ask.
var interviewers = set("question q journalist reporter correspondent moderator interviewer host anchor presenter editor")

// labelled is who a label names, and how it describes them.
func (a *article) labelled(l label) (*entity, string) {
	text := l.Of(a.text.Source)
	if l.name == "" {
		return nil, text
	}
	who := a.personOf(l.name, l.Start)
	if l.title != "" {
		who.describe(l.title, strings.Fields(lower(l.title)))
	}
	return who, l.title
}

// personOf is the person of a name that stands at a byte of the article, where
// need be a new one.
func (a *article) personOf(name string, at int) *entity {
	words := strings.Fields(lower(name))
	if known := a.labelledBefore(words); known != nil {
		return known
	}
	first := sort.Search(len(a.toks), func(i int) bool { return a.toks[i].Start >= at })
	who := &entity{name: name, words: words, person: true, sure: true, about: map[string]bool{}, first: first}
	a.people.all = append(a.people.all, who)
	a.people.enter(who)
	return who
}

// labelledBefore is the person of a label's name, or of its surname if one alone
// has it.
func (a *article) labelledBefore(words []string) *entity {
	all := a.people.byLast[words[len(words)-1]]
	if len(words) == 1 && len(all) == 1 {
		return all[0]
	}
	for _, e := range all {
		if e.words[0] == words[0] {
			return e
		}
	}
	return nil
}

// inTurn tells whether a quotation stands in a turn, whose words are all its
// speaker's already.
func (a *article) inTurn(q int) bool {
	i := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].End > a.quotes[q].Start })
	return i < len(a.clauses) && a.clauses[i].turn
}

// ownWords are how people speak of themselves and to others.
var ownWords = set("i we you me us my your myself ourselves yours")

// sentencesPerOwnWord is how many sentences a speech has, at the most, for each
// of ownWords outside of quotation marks. Measured on 330 official releases:
// speeches have from one to six, reports forty and more.
const sentencesPerOwnWord = 7

// ownVoice counts ownWords outside of quotation marks.
func (a *article) ownVoice(s Span) int {
	n := 0
	i := sort.Search(len(a.toks), func(i int) bool { return a.toks[i].Start >= s.Start })
	for ; i < len(a.toks) && a.toks[i].Start < s.End; i++ {
		if !a.toks[i].quoted() && ownWords[a.toks[i].low] {
			n++
		}
	}
	return n
}

// inOwnVoice tells whether a stretch is somebody's speech and not a report.
func (a *article) inOwnVoice(s Span) bool {
	first := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].End > s.Start })
	past := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].Start >= s.End })
	return a.ownVoice(s)*sentencesPerOwnWord >= max(1, past-first)
}

func opensMark(s string) bool {
	s = strings.TrimLeftFunc(s, unicode.IsSpace)
	return strings.HasPrefix(s, "“") || strings.HasPrefix(s, "\"") || strings.HasPrefix(s, "«") || strings.HasPrefix(s, "‘")
}

func lower(s string) string { return strings.ToLower(s) }
