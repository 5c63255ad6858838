package quote

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Speeches: an article whose headline says whose words it holds, "Address by
// President Anton Grebelow to the nation", and that is written in their voice.

// speechNouns are what a headline calls somebody's published words.
var speechNouns = set(`address speech statement remarks message appeal letter article essay lecture sermon toast testimony
	greetings congratulations condolences eulogy`)

// speechVerbs stand in a headline between who spoke and to whom.
var speechVerbs = set("addressed addresses")

// speech makes statements of a speech, where no turns were found: of its body,
// less what stands before the speaker begins.
func (a *article) speech() {
	if len(a.findings) > 0 || len(a.sents) == 0 {
		return
	}
	for _, p := range a.text.Paragraphs {
		if p.Voice != Names || p.Len() > maxHeadline {
			continue
		}
		by, ok := speechBy(a.text.Source, p.Span)
		if !ok && tellsOfSpeech(a.text.Source, p.Span) {
			by, ok = a.headedBy()
		}
		if ok {
			a.speechOf(by)
			return
		}
	}
}

// tellsOfSpeech tells whether a headline begins with what it holds: "Greetings to
// the divers".
func tellsOfSpeech(text string, headline Span) bool {
	first, _, _ := strings.Cut(headline.Of(text), " ")
	return speechNouns.has(lower(first))
}

// headedBy is who a first paragraph says to have sent or held what follows:
// "Ada Lund congratulated the divers."
func (a *article) headedBy() (Span, bool) {
	c := a.clauses[0]
	if len(c.nouns) == 0 || a.sents[len(a.sents)-1].para == a.sents[0].para {
		return Span{}, false
	}
	n := c.nouns[0]
	who := a.people.at[n.lo]
	if who == nil || !who.person || n.lo != c.s.lo || !sends.has(c.low(n.hi)) {
		return Span{}, false
	}
	return c.span(n), !a.opensWithDocument()
}

// opensWithDocument tells whether the second paragraph begins with "The message
// reads": it quotes then.
func (a *article) opensWithDocument() bool {
	i := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].para > a.sents[0].para })
	return i < len(a.sents) && a.sents[i].hi > a.sents[i].lo+1 && documents.has(a.toks[a.sents[i].lo+1].low)
}

// speechBy is the phrase in a headline that tells who speaks.
func speechBy(text string, headline Span) (Span, bool) {
	words := wordsOf(text, headline)
	if len(words) > 0 && lower(words[0].Of(text)) == "joint" {
		return Span{}, false
	}
	for i, w := range words {
		low := lower(strings.Trim(w.Of(text), "“”\"'‘’:,"))
		var by Span
		ok := false
		switch {
		case speechVerbs.has(low):
			by, ok = speakerBefore(text, words[:i])
		case speechNouns.has(low):
			if by, ok = speakerAfter(text, words[i+1:]); !ok {
				by, ok = possessor(text, words[:i])
			}
		}
		if ok {
			return by, true
		}
	}
	return Span{}, false
}

// speakerAfter is the source in "by President Ada Lund" or "to the nation by …",
// words that follow a speech's noun; in "of President Ada Lund" right after it.
func speakerAfter(text string, words []Span) (Span, bool) {
	for k := 0; k+1 < len(words) && k < maxSpeechNoun; k++ {
		if prep := words[k].Of(text); prep == "by" || prep == "of" && k == 0 {
			return speakerPhrase(text, words[k+1:])
		}
	}
	return Span{}, false
}

// maxSpeechNoun is how many words from the noun its "by" may stand: "An open
// letter to the global media by Ada Lund".
const maxSpeechNoun = 9

// maxHeadline is how long a headline may be that tells of a speech, in bytes.
const maxHeadline = 600

func wordsOf(text string, s Span) []Span {
	var out []Span
	for i := s.Start; i < s.End; {
		i = skipSpace(text, Span{i, s.End})
		k := i + strings.IndexFunc(text[i:s.End]+" ", unicode.IsSpace)
		if k > i {
			out = append(out, Span{i, k})
		}
		i = max(k, i+1)
	}
	return out
}

// speakerPhrase is the source that words begin with: capitalised words and the
// small ones of an office, up to what the speech is for or where it was given.
func speakerPhrase(text string, words []Span) (Span, bool) {
	n := 0
	for n < len(words) {
		w := words[n].Of(text)
		bare := strings.TrimRight(w, ",:;.”\"")
		if !upperFirst(bare) && w != "of" && !(w == "the" && (n == 0 || words[n-1].Of(text) == "of")) && !nameParticles.has(w) {
			break
		}
		if n++; bare != w {
			break
		}
	}
	if n == 0 || ofSeveral(text, words[n-1:]) {
		return Span{}, false
	}
	return trimPhrase(text, Span{words[0].Start, words[n-1].End})
}

// ofSeveral tells whether a source that ends with the first of words goes on with
// another: "… and President Lund", "…, the Mayor of Marnock and …".
func ofSeveral(text string, words []Span) bool {
	list := strings.HasSuffix(words[0].Of(text), ",")
	for i, w := range words[1:] {
		if and := w.Of(text) == "and" || w.Of(text) == "&"; and && (i == 0 || list) {
			return true
		}
	}
	return false
}

// speakerBefore is the source that ends with words, and begins the headline.
func speakerBefore(text string, words []Span) (Span, bool) {
	if by, ok := speakerPhrase(text, words); ok && len(words) > 0 && by.End == words[len(words)-1].End {
		return by, true
	}
	return Span{}, false
}

// possessor is the source in "President Ada Lund’s address".
func possessor(text string, words []Span) (Span, bool) {
	if len(words) == 0 {
		return Span{}, false
	}
	last := words[len(words)-1]
	end := strings.TrimSuffix(strings.TrimSuffix(last.Of(text), "’s"), "'s")
	if len(end) == last.Len() {
		return Span{}, false
	}
	from := len(words) - 1
	for from > 0 {
		w := words[from-1].Of(text)
		if !upperFirst(w) && w != "of" && w != "the" || strings.ContainsAny(w, ".:!?,") && !titleAbbreviations.has(lower(w)) {
			break
		}
		from--
	}
	return trimPhrase(text, Span{words[from].Start, last.Start + len(end)})
}

func trimPhrase(text string, s Span) (Span, bool) {
	s.End = s.Start + len(strings.TrimRight(s.Of(text), ",:;.”\""))
	if rest, ok := strings.CutPrefix(s.Of(text), "the "); ok {
		s.Start = s.End - len(rest)
	}
	return s, s.Len() > 0
}

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// speechOf gives the body to whom the headline names. It must be in their own
// voice, and must not speak of them.
func (a *article) speechOf(by Span) {
	words := strings.Fields(by.Of(a.text.Source))
	name, office := labelName(words)
	if name == nil && !office || office && len(name) == 1 {
		return // a body
	}
	l := label{Span: by}
	if name != nil {
		l.named(name, words[:len(words)-len(name)])
		if !office && givenNames[lower(name[0])] == 0 && a.labelledBefore(strings.Fields(lower(l.name))) == nil {
			return // "Address by Marnock Council"
		}
	}
	body := a.speechBody(l)
	if body.Len() <= 0 || !a.inOwnVoice(body) || a.spokenOf(l, body) {
		return
	}
	base := finding{act: Said, mention: by, turn: 1, role: by.Of(a.text.Source)}
	if name == nil {
		base.who, base.role = a.holderBefore(words, body.Start), by.Of(a.text.Source)
	} else {
		base.who, base.role = a.labelled(l)
	}
	a.cutTurn(base, body, body.Start)
}

// speechBody is the speaking paragraphs from the first one in somebody's own
// voice that does not name the speaker.
func (a *article) speechBody(l label) Span {
	var body Span
	for _, p := range a.text.Paragraphs {
		if p.Voice != Speaks {
			continue
		}
		if body.Len() == 0 {
			if a.ownVoice(p.Span) == 0 && (a.names(l, p.Span) > 0 || l.name == "" && a.holds(l, p.Span)) {
				continue
			}
			body = p.Span
		}
		body.End = p.End
	}
	return body
}

// maxOwnName is how many sentences of a speech there are, at the least, for each
// time that the speaker's surname stands in it: a report has it more often.
const maxOwnName = 20

func (a *article) spokenOf(l label, body Span) bool {
	first := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].End > body.Start })
	past := sort.Search(len(a.sents), func(i int) bool { return a.sents[i].Start >= body.End })
	return a.names(l, body) > 1+(past-first)/maxOwnName
}

// holds tells whether all words of an office without a name stand in a stretch.
func (a *article) holds(l label, s Span) bool {
	text := lower(s.Of(a.text.Source))
	return !slices.ContainsFunc(officeWords(strings.Fields(l.Of(a.text.Source))), func(w string) bool { return !strings.Contains(text, w) })
}

// officeWords are the words of an office, less the small ones.
func officeWords(office []string) []string {
	var out []string
	for _, w := range office {
		if w = lower(w); !smallWords.has(w) {
			out = append(out, w)
		}
	}
	return out
}

// names counts the surname of a label in a stretch.
func (a *article) names(l label, s Span) int {
	words := strings.Fields(lower(l.name))
	if len(words) == 0 {
		return 0
	}
	n := 0
	for i := sort.Search(len(a.toks), func(i int) bool { return a.toks[i].Start >= s.Start }); i < len(a.toks) && a.toks[i].Start < s.End; i++ {
		if a.toks[i].low == words[len(words)-1] {
			n++
		}
	}
	return n
}

// holderBefore is the one person whom the article gives an office of several
// words, "president of Ferrland", before a byte; nil where it names nobody so.
func (a *article) holderBefore(office []string, before int) *entity {
	head := officeWords(office)
	var found *entity
	for _, e := range a.people.all {
		if len(head) < 2 || !e.person || e.first >= len(a.toks) || a.toks[e.first].Start >= before ||
			e.about["former"] || slices.ContainsFunc(head, func(w string) bool { return !e.about[w] }) {
			continue
		}
		if found != nil {
			return nil
		}
		found = e
	}
	return found
}
