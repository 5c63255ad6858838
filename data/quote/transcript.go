package quote

import (
	"slices"
	"sort"
	"strings"
	"unicode"
)

// Transcripts: names before colons that open turns, and who speaks in each.
// turnlabel.go reads what stands before a colon, turnset.go tells which labels
// open turns, turncut.go makes statements of a turn.

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
		return interviewers.has(last) && (last == "question" || last == "q" || strings.Contains(said, "?"))
	}
	if !strings.Contains(said, "?") || who == nil {
		return false
	}
	for head := range who.heads {
		if interviewers.has(head) {
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

// leaveTurns drops what is attributed to others inside of turns: all of it is the
// speaker's words already.
func (a *article) leaveTurns() {
	if len(a.findings) == 0 || !slices.ContainsFunc(a.findings, func(f *finding) bool { return f.turn > 0 }) {
		return
	}
	gone := func(f *finding) bool {
		return f != nil && f.turn == 0 && slices.ContainsFunc(f.parts, a.meetsTurn)
	}
	a.findings = slices.DeleteFunc(a.findings, gone)
	for q, f := range a.covered {
		if gone(f) {
			a.covered[q] = nil
		}
	}
}

// meetsTurn tells whether a stretch has a sentence of a turn in it.
func (a *article) meetsTurn(s Span) bool {
	for i := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].End > s.Start }); i < len(a.sents) && a.sents[i].Start < s.End; i++ {
		if a.clauses[i].turn {
			return true
		}
	}
	return false
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
// of ownWords outside of quotation marks: speeches among 1,332 official releases
// have from one to six, and most of the reports more, or no such word.
const sentencesPerOwnWord = 7

// ownVoice counts ownWords outside of quotation marks.
func (a *article) ownVoice(s Span) int {
	n := 0
	i := sort.Search(len(a.toks), func(i int) bool { return a.toks[i].Start >= s.Start })
	for ; i < len(a.toks) && a.toks[i].Start < s.End; i++ {
		if !a.toks[i].quoted() && ownWords.has(a.toks[i].low) {
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
