package quote

import (
	_ "embed"
	"fmt"
	"strings"
)

// What somebody is said to have done is read from the cue's words, from the
// left: the first that has an act decides ("refused to say", "said he hoped"),
// with "not" and "will" before it. A cue that depends on another word has that
// one's act: "stopped short of saying", "is expected to announce".
//
// Asking is a question or a request, which leaves it to the other side; who
// urges, demands or orders says what should be done.

//go:embed acts.txt
var actLines string

// actWords are the words of acts.txt.
type actWords struct {
	words, verbs   map[string]Act
	through, ahead map[string]bool
}

var acts = mustReadActs(actLines)

// mustReadActs reads the embedded list, which every test reads too.
func mustReadActs(lines string) actWords {
	w := actWords{words: map[string]Act{}, verbs: map[string]Act{}, through: map[string]bool{}, ahead: map[string]bool{}}
	for n, line := range strings.Split(lines, "\n") {
		field := strings.Fields(line)
		if len(field) == 0 || field[0][0] == '#' {
			continue
		}
		kind, rest := field[0], field[1:]
		for i, word := range rest {
			switch kind {
			case "through":
				w.through[word] = true
			case "ahead":
				w.ahead[word] = true
			case "verb":
				if i > 0 {
					for _, form := range append(inflections(word), word) {
						w.verbs[form] = Act(rest[0])
					}
				}
			case string(Said), string(Asked), string(Denied), string(Declined), string(Planned), string(Thought):
				w.words[word] = Act(kind)
			default:
				panic(fmt.Sprintf("acts.txt:%d: %q is no act", n+1, kind))
			}
		}
	}
	for form, lemma := range irregularActs {
		act, ok := w.verbs[lemma]
		if !ok {
			panic(fmt.Sprintf("acts.txt: no verb %q, of which %q is a form", lemma, form))
		}
		w.verbs[form] = act
	}
	return w
}

var irregularActs = map[string]string{"made": "make", "took": "take", "taken": "take", "went": "go", "gone": "go",
	"laid": "lay", "put": "put", "sent": "send", "held": "hold", "drew": "draw", "drawn": "draw", "brought": "bring",
	"gave": "give", "given": "give", "withdrew": "withdraw", "met": "meet",
	"hitting": "hit", "banned": "ban", "banning": "ban", "ripped": "rip", "ripping": "rip", "concurred": "concur",
	"permitted": "permit", "permitting": "permit",
	"putting": "put", "cast": "cast", "hit": "hit",
	"spoke": "speak", "spoken": "speak", "forgot": "forget", "forgotten": "forget",
	"forwent": "forgo", "forgone": "forgo", "foresaw": "foresee", "foreseen": "foresee", "chose": "choose",
	"chosen": "choose"}

// acts gives every finding its act, once all are found.
func (a *article) acts() {
	for _, f := range a.findings {
		switch {
		case f.turn > 0:
			// by transcript.go
		case f.cue.Len() == 0 || f.follows != nil:
			f.act = Said
		default:
			cue := a.tokensIn(f.cue)
			f.act = Said
			if !cue.empty() {
				f.act = a.here(cue.lo).actOf(cue, f.source, a.kind(f) != Indirect)
			}
		}
	}
	for _, f := range a.findings {
		if f.inside && f.act == Said && a.insideDenied(f) {
			f.act = Declined
		}
	}
}

// insideDenied: "denied that he had called it a mistake": nobody called it so,
// if that is believed.
func (a *article) insideDenied(f *finding) bool {
	for _, o := range a.bySent[f.sent] {
		if o != f && o.act == Denied && o.holds(f) && a.kind(o) != Direct {
			return true
		}
	}
	return false
}

// actOf is the act of a cue with its source. Where the content has words in
// quotation marks, they were said or written.
func (c *clauses) actOf(cue phrase, source subject, quoted bool) Act {
	if c.falselyQuoted(cue, source) {
		return Denied
	}
	g := c.verbIn(cue)
	s := sayer{c: c, quoted: quoted, negated: !source.empty() && nobodies.has(c.low(source.head.lo)) || c.noNoun(source)}
	if !source.empty() {
		s.first = pronouns[c.low(source.head.lo)]&firstPerson != 0
	}
	if g != nil && g.lo-1 <= cue.lo {
		if act, ok := c.governed(g); ok {
			return act
		}
		cue.lo = min(cue.lo, g.lo)
		s.negated = s.negated || c.invertedNot(g)
		s.ahead = c.conditional(g)
		for c.in(cue.lo-1) && !c.toks[cue.lo-1].quoted() && (c.toks[cue.lo-1].adverb() || c.low(cue.lo-1) == "never") {
			cue.lo-- // "never said", "not only said"
		}
	}
	return s.read(cue)
}

// nobodies are subjects of whom the verb is denied.
var nobodies = set("nobody none neither")

// noNoun: "no official said", "no one".
func (c *clauses) noNoun(s subject) bool {
	return !s.empty() && c.low(s.head.lo) == "no" && !c.toks[s.head.lo].quoted()
}

// verbIn is the first verb group that a cue touches, or nil.
func (c *clauses) verbIn(cue phrase) *verbGroup {
	for i := cue.lo; i < cue.hi && c.in(i); i++ {
		if k := c.verbAt[i-c.s.lo]; k >= 0 {
			return &c.verbs[k]
		}
	}
	return nil
}

// gives is for verbs whose object tells the act.
const gives Act = "gives"

// sayer reads the words of a cue.
type sayer struct {
	c       *clauses
	negated bool
	ahead   bool // will, would, may: it has not been said
	quoted  bool // the content has quotations
	first   bool // the source is "I" or "we"
	gives   bool // a verb was read whose object tells the act
	from    int  // the first word read
}

// read is the act of the words lo to hi.
func (s *sayer) read(p phrase) Act {
	s.from = p.lo
	for i := p.lo; i < p.hi; i++ {
		if s.c.low(i) == "expected" && i+1 == p.hi {
			return Thought // by whom is not said
		}
		if s.mood(i) {
			continue
		}
		if s.performs(i, p.hi) {
			s.ahead = false
			continue
		}
		act, ok := s.c.actAt(i)
		if ok && act == Planned && s.gives {
			act = Said // "issued a plan"
		}
		if ok && act != gives {
			return s.settle(act, i)
		}
		s.gives = s.gives || ok
	}
	return s.unknown(p)
}

// wishes lead to what they say by saying it: "I would like to thank".
var wishes = set("like want wish")

// performs tells whether a wish to say something says it: "would like to note",
// and "want to stress" of oneself.
func (s *sayer) performs(i, hi int) bool {
	c := s.c
	if !wishes.has(c.low(i)) || c.low(i+1) != "to" || s.negated || c.low(i) == "like" && !s.ahead && c.low(i-1) != "'d" || c.low(i) != "like" && !s.first {
		return false
	}
	k := i + 2
	for k < hi && c.toks[k].adverb() {
		k++
	}
	act, ok := c.actAt(k)
	return ok && k < hi && (act == Said || act == Asked) && !takesDeed.has(c.low(k))
}

// takesDeed are verbs of saying that promise a deed: to wish to call is no call.
var takesDeed = set("call talk speak meet write send sign discuss ask tell address answer say")

// unknown is the act of words of which none has any: "was furious", "wouldn't
// buy it", "worked for" tell at best what somebody thinks.
func (s *sayer) unknown(p phrase) Act {
	switch {
	case s.gives && s.negated:
		return Declined
	case s.c.verbIn(p) != nil && !s.ahead && !s.gives && !s.quoted:
		return Thought
	}
	return s.settle(Said, p.hi)
}

// mood notes a negation, or a word that puts off what follows.
func (s *sayer) mood(i int) bool {
	c := s.c
	switch w := c.low(i); {
	case w == "not" || w == "n't" || w == "never" || w == "nor":
		s.negated = s.negated || !only.has(c.low(i+1))
	case w == "cannot" || failing.has(w) && c.low(i+1) == "to" || w == "without" && c.is(i+1, "VBG", "RB"):
		s.negated = true
	case w == "no":
		s.negated = s.negated || !affirmed.has(c.low(i+1))
	case w == "would" || w == "'d" && c.tag(i+1) == "VB":
		s.ahead = s.ahead || !c.habitual(i)
	case c.is(i, "MD") && w != "'d" || w == "'ll" || w == "will" && c.tag(i) != "NN":
		s.ahead = true
	case acts.ahead[w] && c.leadsToVerb(i) && c.low(i-1) != "more" && c.low(i-1) != "less":
		s.ahead = true
	case w == "heard" || w == "seen" || w == "quoted":
		s.ahead = s.ahead && !c.is(i+1, "VBG") // "could be heard saying"
		return c.is(i+1, "VBG")
	default:
		return false
	}
	return true
}

var (
	failing  = set("fail fails failed failing")
	only     = set("only just merely simply")
	affirmed = set("longer doubt secret words bones stranger less matter")
	// habits stand between "would" and what was said time and again, or later.
	habits = set("often sometimes always frequently regularly usually repeatedly later eventually then go again")
)

func (c *clauses) habitual(i int) bool { return habits.has(c.low(i+1)) || habits.has(c.low(i+3)) }

// leadsToVerb: "expected to say", "due to announce".
func (c *clauses) leadsToVerb(i int) bool { return c.low(i+1) == "to" && c.is(i+2, "VB", "VBP", "RB") }

// actAt is the act of token i, if it has one.
func (c *clauses) actAt(i int) (Act, bool) {
	w := c.low(i)
	if strings.HasPrefix(w, "press") && c.low(i+1) == "about" {
		return Asked, true
	}
	if w == "like" && disliked.has(c.low(i-1)) {
		return Thought, true // whatever the tagger takes it for
	}
	if acts.through[w] || c.is(i, "RB", "RP", "IN", "DT", "CC") && w != "yet" {
		return "", false
	}
	if act, ok := acts.words[w]; ok && c.wordActs(i) {
		return act, true
	}
	if act, ok := acts.verbs[w]; ok && c.toks[i].verb() {
		if next := otherSense[w[:min(4, len(w))]]; next != nil && next.has(c.low(i+1)) {
			act = Said
		}
		return act, true
	}
	if cue := lexicon.form(w); cue != nil && !c.idle(i, cue) {
		return cue.act, true
	}
	return "", false
}

var disliked = set("not n't would 'd do does did")

// otherSense are words after which a verb of thought is none, by its first four
// letters: "looked at", "sounded off", "weighed in".
var otherSense = map[string]*wordSet{
	"look": set("at over back into up around out"),
	"weig": set("in"),
	"lean": set("on"),
	"soun": set("off"),
}

// wordActs: some words of acts.txt have their act in one place only.
func (c *clauses) wordActs(i int) bool {
	switch c.low(i) {
	case "yet":
		return c.low(i+1) == "to"
	case "short":
		return c.low(i+1) == "of"
	}
	return true
}

// idle tells whether a cue verb's form is none here: "in order to", "took aim
// at", "known as".
func (c *clauses) idle(i int, cue *cueVerb) bool {
	switch cue.lemma {
	case "order":
		return c.low(i-1) == "in"
	case "back":
		return !c.toks[i].verb() || backwards.has(c.low(i+1))
	case "aim", "like", "dispute", "read", "reason", "press", "post", "label", "brand", "term", "value", "charge":
		return !c.toks[i].verb()
	case "continue":
		return c.low(i+1) == "to"
	case "know":
		return c.low(i+1) == "as" || c.low(i+1) == "for" || c.low(i+2) == "as"
	}
	return false
}

var backwards = set("away down off up out from")

// settle is an act with the mood of its verb group, token i being its main word.
func (s *sayer) settle(act Act, i int) Act {
	c := s.c
	switch {
	case s.negated && c.low(i) == "clear" && pronouns[c.low(s.from)] == neuter:
		return Thought // "it's not clear"
	case act == Asked && pleadings.has(c.low(i)) && pleas.has(c.low(i+1)):
		return Said // "pleaded guilty" in court
	case act == Thought || act == Planned || act == Declined:
		return act
	case s.negated && assents.has(c.low(i)):
		return Denied
	case s.negated:
		return Declined
	case s.ahead && !s.first:
		return Planned
	case s.ahead && act == Said && !performed.has(c.low(i)):
		return Planned
	}
	return act
}

var (
	pleadings = set("plead pleads pleaded pleading")
	pleas     = set("guilty not no innocent")
	// assents, with "not", deny.
	assents = set("agree agrees agreed accept accepts accepted concur")
	// performed is said by whom says that they would or must: "I would say".
	performed = set("say tell argue suggest add admit note call bet remind urge point confess")
)

// governed is the act of a cue that depends on another word: "refused to say",
// "without saying". Most don't, and ok is false.
func (c *clauses) governed(g *verbGroup) (Act, bool) {
	switch {
	case g.inf:
		return c.governedInfinitive(g)
	case g.ing:
		return c.governedParticiple(g)
	}
	return "", false
}

// conditional: "if he says", "whether Kyiv had promised", but not "even if he
// said".
func (c *clauses) conditional(g *verbGroup) bool {
	if g.inf || g.ing {
		return false
	}
	s, ok := c.subjectBefore(g.lo)
	return ok && conditions.has(c.low(s.lo-1)) && c.low(s.lo-2) != "even"
}

// conditions stand before what may not be so.
var conditions = set("if unless whether until lest")

// governedParticiple: "without saying", "stopped short of calling", "denied
// saying".
func (c *clauses) governedParticiple(g *verbGroup) (Act, bool) {
	switch c.low(g.lo - 1) {
	case "without", "than":
		return Declined, true
	case "of":
		if w := c.low(g.lo - 2); w == "short" || w == "instead" {
			return Declined, true
		}
	case "from":
		if o := c.groupEnding(g.lo - 1); o != nil {
			if act, _ := c.actAt(o.main); act == Declined {
				return Declined, true
			}
		}
	}
	if o := c.groupEnding(g.lo); o != nil && !beForms.has(c.low(o.main)) {
		s := sayer{c: c}
		if act := s.read(o.phrase); act != Said && act != Asked {
			return act, true
		}
	}
	return "", false
}

// groupEnding is the verb group that ends before token hi, or nil.
func (c *clauses) groupEnding(hi int) *verbGroup {
	if !c.in(hi-1) || c.verbAt[hi-1-c.s.lo] < 0 {
		return nil
	}
	return &c.verbs[c.verbAt[hi-1-c.s.lo]]
}

// governedInfinitive: "plans to announce", "promised to say", "wants Kyiv to
// say". "Went on to say" and "used the speech to say" leave the act to the cue.
func (c *clauses) governedInfinitive(g *verbGroup) (Act, bool) {
	k := g.lo - 2 // before "to"
	for c.in(k) && (c.low(k) == "not" || c.low(k) == "also" || c.low(k) == ",") {
		k--
	}
	if !c.in(k) {
		return "", false
	}
	if want := lexicon.form(c.low(k)); c.low(g.main) == "know" && want != nil && want.lemma == "want" {
		return Asked, true // "he wanted to know"
	}
	if act, ok := c.leading(k); ok {
		return act, ok
	}
	if n, ok := c.nounEnding(k + 1); ok {
		if o := c.groupEnding(n.lo); o != nil && (permits.has(c.low(o.main)) || o.cue != nil && o.cue.lemma != "call" && o.cue.frames&framePersuade != 0) {
			return Planned, true // "urged him to say"
		}
	}
	return "", false
}

// leading is the act that the word at k gives the infinitive after it.
func (c *clauses) leading(k int) (Act, bool) {
	from := k
	if o := c.groupEnding(k + 1); o != nil {
		from = o.lo
		if lights.has(c.low(o.main)) || beForms.has(c.low(o.main)) {
			return "", false
		}
	} else if o := c.groupEnding(k); o != nil { // "is expected", "were eager"
		from = o.lo
	}
	s := sayer{c: c}
	known := acts.ahead[c.low(k)]
	for i := from; i <= k; i++ {
		if s.mood(i) {
			continue
		}
		if act, ok := c.actAt(i); ok {
			if act == Said || act == gives {
				return Planned, promises.has(c.low(i))
			}
			return s.settle(act, i), true
		}
	}
	return s.settle(Said, k), known
}

var (
	// lights have no act beside that of the infinitive after them.
	lights = set(`go goes went gone going continue continues continued continuing begin begins began begun start starts
		started proceed proceeded try tries tried trying have has had having seem seems seemed appear appears appeared get
		gets got use used tend tends tended come came rush rushed look looked`)
	permits  = set("allow allows allowed allowing enable enables enabled enabling let require requires required permit permits permitted permitting")
	promises = set(`promise promises promised pledge pledges pledged vow vows vowed agree agrees agreed threaten threatens
		threatened offer offers offered propose proposes proposed volunteered swore promising pledging vowing agreeing
		threatening offering`)
)

// invertedNot: "nor did he say", "never has she called".
func (c *clauses) invertedNot(g *verbGroup) bool {
	if c.tag(g.lo) != "VB" && c.tag(g.lo) != "VBN" && c.tag(g.lo) != "VBP" {
		return false
	}
	s, ok := c.subjectBefore(g.lo)
	if !ok || !auxiliaries.has(c.low(s.lo-1)) {
		return false
	}
	k := s.lo - 2
	for c.low(k) == "," || c.in(k) && c.toks[k].adverb() && c.low(k) != "never" {
		k-- // "nor, apparently, has she said"
	}
	switch c.low(k) {
	case "nor", "neither", "never":
		return true
	}
	return false
}

// TellsAct tells whether the words of a cue alone show its act, and don't read as
// if something had been said: "never said" does, "said" in "nobody said" doesn't.
func TellsAct(cue string, act Act) bool {
	for _, w := range strings.Fields(strings.ToLower(strings.ReplaceAll(cue, "’", "'"))) {
		v := lexicon.form(w)
		switch {
		case act == Said, v != nil && v.act == act, acts.words[w] == act, acts.verbs[w] == act:
			return true
		case act == Planned && (w == "will" || acts.ahead[w] || modals.has(w)):
			return true
		case act == Declined && (negations.has(w) || w == "cannot" || w == "without" || w == "no" || strings.HasSuffix(w, "n't")):
			return true
		case act == Denied && w == "not":
			return true
		}
	}
	return false
}

var modals = set("would may might could should must can shall")
