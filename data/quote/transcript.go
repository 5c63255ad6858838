package quote

import (
	"regexp"
	"sort"
	"strings"
)

// maxTurnPart is the most, in bytes, that one statement of a turn holds: the
// contract's limit.
const maxTurnPart = 1000

// label is the name before a colon at the start of a turn.
type label struct {
	sent int
	Span        // title and name
	name string // the name alone, "" for "Question"
}

// labelForm: up to 25 words of a title and a name, then a colon. Words of a
// title are capitalised but for a few small ones.
var labelForm = regexp.MustCompile(`^((?:(?:\p{Lu}[\p{L}\p{N}.’'&-]*,?|of|the|for|and|to|in|on|at|–|—|-)–?\s+){0,25}?(\p{Lu}[\p{L}.’'-]+(?:\s(?:(?:von|van|der|de|bin|al)\s)?\p{Lu}[\p{L}.’'-]+){0,3})):\s*\S`)

// unnamedLabels open the turns of people without a name.
var unnamedLabels = set("question answer journalist reporter moderator correspondent remark reply interviewer host q a")

// transcript finds turns and cuts them into statements. An article is a
// transcript from two turns on of which one name recurs or a title vouches.
func (a *article) transcript() {
	labels := a.labels()
	if len(labels) < 2 {
		return
	}
	for i, l := range labels {
		end := len(a.sents)
		if i+1 < len(labels) {
			end = labels[i+1].sent
		}
		a.turn(l, end, i+1)
	}
}

// labels are the sentences that begin a turn.
func (a *article) labels() []label {
	var all []label
	times := map[string]int{}
	for i, s := range a.sents {
		if l, ok := a.labelAt(i, s); ok {
			all = append(all, l)
			times[l.name]++
		}
	}
	kept := all[:0]
	for _, l := range all {
		if l.name == "" || times[l.name] > 1 || a.knownLabel(l) {
			kept = append(kept, l)
		}
	}
	return kept
}

// maxLabel bounds how much of a sentence is searched for a label, in bytes.
const maxLabel = 300

func (a *article) labelAt(i int, s sentence) (label, bool) {
	text := s.Of(a.text.Source)
	if len(text) > maxLabel {
		text = strings.ToValidUTF8(text[:maxLabel], "")
	}
	if !strings.Contains(text, ":") {
		return label{}, false
	}
	m := labelForm.FindStringSubmatchIndex(text)
	if m == nil {
		return label{}, false
	}
	l := label{sent: i, Span: Span{s.Start, s.Start + m[3]}, name: labelName(text[m[2]:m[3]], text[m[4]:m[5]])}
	if unnamedLabels[lower(l.name)] {
		l.name = ""
		return l, true
	}
	words := strings.Fields(l.name)
	return l, len(words) > 1
}

// labelName is the name at the end of a label: all of it, or, where an office
// stands before it ("President of Russia Vladimir Putin"), its last two words,
// three where the first of them is a given name.
func labelName(label, name string) string {
	office := false
	for _, w := range strings.Fields(lower(label)) {
		office = office || titles[w] || personNouns[w]
	}
	words := strings.Fields(name)
	if !office || len(words) < 3 {
		return name
	}
	from := len(words) - 2
	if givenNames[lower(words[from-1])] != 0 || nameParticles[lower(words[from])] {
		from--
	}
	return strings.Join(words[from:], " ")
}

// knownLabel: a given name, or a title before the name, vouches for a label
// that stands once.
func (a *article) knownLabel(l label) bool {
	words := strings.Fields(lower(l.name))
	if givenNames[words[0]] != 0 {
		return true
	}
	for _, w := range strings.Fields(lower(l.Of(a.text.Source))) {
		if titles[w] {
			return true
		}
	}
	return false
}

// turn makes statements of what follows a label, up to sentence end.
func (a *article) turn(l label, end, number int) {
	who, role := a.labelled(l)
	var part Span
	flush := func() {
		if part.Len() > 0 {
			f := &finding{sent: l.sent, parts: []Span{part}, act: Said, mention: l.Span, turn: number, who: who, role: role}
			a.findings = append(a.findings, f)
		}
		part = Span{}
	}
	para := -1
	for s := l.sent; s < end; s++ {
		a.clauses[s].turn = true
		span := a.sents[s].Span
		if s == l.sent {
			span.Start = skipSpace(a.text.Source, Span{l.End + 1, span.End})
		}
		if span.Len() <= 0 {
			continue
		}
		if a.sents[s].para != para || part.Len() > 0 && span.End-part.Start > maxTurnPart {
			flush()
			para = a.sents[s].para
		}
		if part.Len() == 0 {
			part.Start = span.Start
		}
		part.End = span.End
		for part.Len() > maxTurnPart {
			rest := part
			part.End = breakBefore(a.text.Source, part)
			rest.Start = skipSpace(a.text.Source, Span{part.End, rest.End})
			flush()
			part = rest
		}
	}
	flush()
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
	if l.name == "" {
		return nil, l.Of(a.text.Source)
	}
	words := strings.Fields(lower(l.name))
	var known *entity
	for _, e := range a.people.byLast[words[len(words)-1]] {
		if e.words[0] == words[0] {
			known = e
		}
	}
	if known == nil {
		known = &entity{name: l.name, words: words, person: true, sure: true, about: map[string]bool{}, first: a.sents[l.sent].lo}
		a.people.all = append(a.people.all, known)
		a.people.enter(known)
	}
	title := strings.TrimSpace(strings.TrimSuffix(l.Of(a.text.Source), l.name))
	if title != "" {
		known.describe(title, strings.Fields(lower(title)))
	}
	return known, title
}

// inTurn tells whether a quotation stands in a turn, whose words are all its
// speaker's already.
func (a *article) inTurn(q int) bool {
	i := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].End > a.quotes[q].Start })
	return i < len(a.clauses) && a.clauses[i].turn
}

func lower(s string) string { return strings.ToLower(s) }
