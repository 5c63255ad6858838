package quote

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxTurnPart is the most, in bytes, that one statement of a turn holds: the
// contract's limit.
const maxTurnPart = 1000

// label is the name before a colon at the start of a turn.
type label struct {
	Span          // title and name
	end    int    // where the turn's words begin
	name   string // the name alone, "" for "Question"
	begins bool   // a sentence or a paragraph begins with it
	vouch  bool   // a given name or an office tells that it is somebody's
	office bool   // an office stands in it
}

// unnamedLabels open the turns of people without a name.
var unnamedLabels = set("question answer journalist reporter moderator correspondent remark reply interviewer host q a")

// maxLabelWords bounds a title and a name together: "Deputy Chief of Staff of the
// Presidential Executive Office – Presidential Press Secretary …".
const maxLabelWords = 60

// maxLabelBytes bounds how far back from a colon they are looked for, so that a
// text of colons costs no more than its length.
const maxLabelBytes = 600

// transcript finds turns and cuts them into statements. An article is a
// transcript from two turns on, if one of its labels recurs or names an office:
// names before colons are also how lists of people look.
func (a *article) transcript() {
	labels := a.labels()
	if len(labels) < 2 || !converse(labels) {
		return
	}
	for i, l := range labels {
		end := len(a.text.Source)
		if i+1 < len(labels) {
			end = labels[i+1].Start
		}
		a.turn(l, end, i+1)
	}
}

func converse(labels []label) bool {
	seen := map[string]bool{}
	for _, l := range labels {
		if l.office || seen[lower(l.name)] {
			return true
		}
		seen[lower(l.name)] = true
	}
	return false
}

// labels are what stands before the colons that open turns: a name that recurs
// as a label or that a given name or an office vouches for, a surname of one of
// these, or "Question".
func (a *article) labels() []label {
	var all []label
	times, surnames := map[string]int{}, map[string]bool{}
	for _, p := range a.text.Paragraphs {
		if p.Voice == Speaks {
			all = append(all, labelsIn(a.text.Source, p.Span)...)
		}
	}
	for _, l := range all {
		times[lower(l.name)]++
		if words := strings.Fields(lower(l.name)); len(words) > 1 && (l.vouch || times[lower(l.name)] > 1) {
			surnames[words[len(words)-1]] = true
		}
	}
	kept := all[:0]
	for _, l := range all {
		words := len(strings.Fields(l.name))
		recurs := times[lower(l.name)] > 1
		switch {
		case l.name == "" && l.begins, words > 1 && l.vouch && (l.begins || recurs), words > 1 && recurs && l.begins,
			words == 1 && surnames[lower(l.name)]:
			kept = append(kept, l)
		}
	}
	return kept
}

func labelsIn(text string, p Span) []label {
	var out []label
	from := p.Start
	for i := p.Start; i < p.End; i++ {
		if text[i] != ':' {
			continue
		}
		if !speaksAfter(text[i+1 : p.End]) {
			continue
		}
		if l, ok := labelBefore(text, from, i); ok {
			out = append(out, l)
			from = i + 1
		}
	}
	return out
}

// speaksAfter tells whether words follow a colon, and not a number or a path.
func speaksAfter(rest string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, " \u00a0"))
	return unicode.IsLetter(r) || strings.ContainsRune("“\"'‘(<[…‹", r)
}

// labelBefore walks back from a colon over the capitalised words and the small
// ones of a title. from is where the text before may be looked at.
func labelBefore(text string, from, colon int) (label, bool) {
	paragraph := from
	from = max(from, colon-maxLabelBytes)
	end := len(strings.TrimRight(text[from:colon], " \u00a0")) + from
	if end > from && text[end-1] == ')' { // "Question (in Russian):"
		if open := strings.LastIndexByte(text[from:end], '('); open >= 0 && end-from-open < 40 {
			end = from + len(strings.TrimRight(text[from:from+open], " "))
		}
	}
	start := end
	for words := 0; words < maxLabelWords; words++ {
		word, at := wordBefore(text, from, start)
		if word == "" || !labelWord(word, start == end) {
			break
		}
		start = at
	}
	for start < end { // a title does not begin with a small word
		word, _, _ := strings.Cut(text[start:end], " ")
		if !smallWords[word] {
			break
		}
		start += len(word) + 1
	}
	if start >= end {
		return label{}, false
	}
	l := label{Span: Span{start, end}, end: colon + 1, begins: beginsAt(text, paragraph, start)}
	return l, l.read(text[start:end])
}

// wordBefore is the word that ends before byte at, spaces skipped, and its start.
func wordBefore(text string, from, at int) (string, int) {
	end := from + len(strings.TrimRight(text[from:at], " \u00a0"))
	start := from + strings.LastIndexAny(text[from:end], " \u00a0") + 1
	for start < end && !utf8.RuneStart(text[start]) {
		start++
	}
	return text[start:end], start
}

var smallWords = set("of the for and to in on at – — - with")

// labelWord tells whether a word may stand in a label; the last one must be of a
// name.
func labelWord(word string, last bool) bool {
	if smallWords[word] || nameParticles[word] {
		return !last
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "–—-"))
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) || unicode.IsDigit(r) && last {
		return false
	}
	if end, _ := utf8.DecodeLastRuneInString(word); strings.ContainsRune(".!?…>)]”\"*;:", end) {
		return titleAbbreviations[lower(word)] || utf8.RuneCountInString(word) == 2 // "J."
	}
	return true
}

// beginsAt tells whether a sentence may begin at byte at.
func beginsAt(text string, from, at int) bool {
	before := strings.TrimRight(text[from:at], " \u00a0")
	if before == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(".!?…>)]”\"*:›", r)
}

// read takes a label's words apart, and tells whether they can be one.
func (l *label) read(text string) bool {
	words := strings.Fields(text)
	if len(words) > 4 && text == strings.ToUpper(text) {
		return false // a heading
	}
	if unnamedLabels[lower(words[len(words)-1])] {
		return len(words) <= 3
	}
	name, sure := labelName(words)
	if smallWords[name[0]] {
		return true // an office without a name: "Minister of Labour and Welfare"
	}
	l.name = strings.Join(name, " ")
	l.office = sure
	l.vouch = sure || givenNames[lower(name[0])] != 0
	return true
}

// labelName is the name in a label, and whether an office stands with it: the
// last two words, three where a given name or a particle asks for it. A name
// card ("Sergei Lavrov Lavrov SergeiForeign Minister of Russia") gives it first.
func labelName(words []string) (name []string, office bool) {
	for i := 0; i+3 < len(words); i++ {
		if words[i+1] == words[i+2] && strings.HasPrefix(words[i+3], words[i]) {
			return words[i : i+2], true
		}
	}
	for _, w := range words {
		w = strings.Trim(lower(w), ",–—-")
		office = office || titles[w] || personNouns[w]
	}
	if !office && len(words) <= 3 {
		return words, false
	}
	from := max(0, len(words)-2)
	if from > 0 && (givenNames[lower(words[from-1])] != 0 || nameParticles[lower(words[from])]) {
		from--
	}
	if from > 0 && nameParticles[lower(words[from])] && nameParticles[lower(words[from-1])] {
		from--
	}
	return words[from:], office
}

// turn makes statements of what follows a label, up to byte end.
func (a *article) turn(l label, end, number int) {
	who, role := a.labelled(l)
	t := turnCutter{article: a, base: finding{act: Said, mention: l.Span, turn: number, who: who, role: role}}
	if a.asks(l, Span{l.end, end}, who) {
		t.base.act = Asked
	}
	first := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].End > l.Start })
	t.base.sent = min(first, len(a.sents)-1)
	for s := first; s < len(a.sents) && a.sents[s].Start < end; s++ {
		a.clauses[s].turn = true
		span := Span{max(a.sents[s].Start, l.end), min(a.sents[s].End, end)}
		if span.Len() > 0 {
			t.take(Span{skipSpace(a.text.Source, span), span.Start + len(strings.TrimRightFunc(span.Of(a.text.Source), unicode.IsSpace))}, a.sents[s].para)
		}
	}
	t.flush()
}

// asks tells whether a turn is a journalist's question.
func (a *article) asks(l label, words Span, who *entity) bool {
	said := words.Of(a.text.Source)
	if l.name == "" {
		name := strings.Fields(lower(l.Of(a.text.Source)))
		return interviewers[name[len(name)-1]] && (name[len(name)-1] == "question" || name[len(name)-1] == "q" || strings.Contains(said, "?"))
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

// turnCutter makes statements of at most maxTurnPart bytes, each in one
// paragraph.
type turnCutter struct {
	*article
	base finding
	part Span
	para int
}

func (t *turnCutter) take(s Span, para int) {
	if s.Len() <= 0 {
		return
	}
	if t.part.Len() > 0 && (para != t.para || s.End-t.part.Start > maxTurnPart) {
		t.flush()
	}
	if t.part.Len() == 0 {
		t.part.Start = s.Start
	}
	t.part.End, t.para = s.End, para
	for t.part.Len() > maxTurnPart {
		rest := t.part
		t.part.End = breakBefore(t.text.Source, t.part)
		rest.Start = skipSpace(t.text.Source, Span{t.part.End, rest.End})
		t.flush()
		t.part = rest
	}
}

func (t *turnCutter) flush() {
	if t.part.Len() > 0 {
		f := t.base
		f.parts = []Span{t.part}
		t.findings = append(t.findings, &f)
	}
	t.part = Span{}
}

// breakBefore is the last space inside the limit of a sentence too long for it.
func breakBefore(text string, s Span) int {
	at := s.Start + maxTurnPart
	if k := strings.LastIndexByte(text[s.Start:at], ' '); k > 0 {
		return s.Start + k
	}
	for at > s.Start && text[at]&0xC0 == 0x80 {
		at--
	}
	return at
}

// labelled is who a label names.
func (a *article) labelled(l label) (*entity, string) {
	text := l.Of(a.text.Source)
	if l.name == "" {
		return nil, text
	}
	words := strings.Fields(lower(l.name))
	known := a.labelledBefore(words)
	if known == nil {
		first := sort.Search(len(a.toks), func(i int) bool { return a.toks[i].Start >= l.Start })
		known = &entity{name: l.name, words: words, person: true, sure: true, about: map[string]bool{}, first: first}
		a.people.all = append(a.people.all, known)
		a.people.enter(known)
	}
	title, _, _ := strings.Cut(text, l.name)
	if title = lastOffice(strings.TrimSpace(title)); title != "" {
		known.describe(title, strings.Fields(lower(title)))
	}
	return known, title
}

// lastOffice is a label's title from a head of state's office on, where a
// heading without a full stop runs into it: "Supervisory Board President of
// Russia".
func lastOffice(title string) string {
	words := strings.Fields(title)
	for i := len(words) - 2; i > 0; i-- {
		if leaders[lower(words[i])] && words[i+1] == "of" {
			return strings.Join(words[i:], " ")
		}
	}
	return title
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

func lower(s string) string { return strings.ToLower(s) }
