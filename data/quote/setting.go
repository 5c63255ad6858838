package quote

import (
	_ "embed"
	"strings"
	"unicode"

	"onrecord/data/when"
)

// setting is what a statement says of its own making: to whom, where and when.
// It is read from phrases that belong to the cue, in what stands
//
//	right of it            said on Monday in a letter to the committee that …
//	between it and source  Dornwick on Monday said, Dornwick, speaking in Marnock, said
//	before the source      In a letter to the committee, Dornwick said
//	after the content      called the ferry a wreck on Monday
//	within it              released a statement on Monday saying
//
// and in none that belong to the content. All are token ranges, or empty.
type setting struct{ to, where, when phrase }

//go:embed venues.txt
var venueLines string

// venueNouns tell of a noun which kind of venue it is.
var venueNouns = readVenues(venueLines)

func readVenues(lines string) map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(lines) {
		if words := strings.Fields(line); len(words) > 0 && words[0] != "#" {
			for _, w := range words[1:] {
				m[w] = words[0]
			}
		}
	}
	return m
}

// settings reads to whom, where and when of every finding. A quotation that
// goes on has those of the one before, and so has a cue like ", adding that".
func (a *article) settings() {
	for _, f := range a.findings {
		if f.turn == 0 && f.cue.Len() > 0 && f.follows == nil {
			a.settingOf(f)
		}
	}
	for _, f := range a.findings {
		from := f.follows
		if from == nil {
			from = a.continues(f)
		}
		if from != nil && f.venue.Len() == 0 && f.when.Len() == 0 {
			f.venue, f.when, f.date = from.venue, from.when, from.date
			if f.addressee.Len() == 0 {
				f.addressee = from.addressee
			}
		}
	}
}

// continues is the statement that a participle goes on with, "said on Monday that
// …, adding that …", or that a reason is given with: "chided the council on Monday
// for what she said was …".
func (a *article) continues(f *finding) *finding {
	cue := a.tokensIn(f.cue)
	if cue.empty() || f.turn > 0 || cue.lo == 0 || f.who == nil {
		return nil
	}
	if adds := a.toks[cue.lo].tag == "VBG" && a.toks[cue.lo-1].low == ","; !adds && !a.reasons(f) {
		return nil
	}
	for _, o := range a.bySent[f.sent] {
		if o != f && o.who == f.who && o.cue.Len() > 0 && o.cue.End <= f.cue.Start && !o.holds(f) {
			return o
		}
	}
	return nil
}

// reasons tells whether a statement is the "for what she said was …" of another.
func (a *article) reasons(f *finding) bool {
	i := f.source.lo
	return !f.source.empty() && a.here(i).low(i-1) == "what" && a.here(i).is(i-2, "IN")
}

// settingStatements is how many statements a sentence may have for them to have
// settings: no prose has so many, and each is looked at in the light of all.
const settingStatements = 30

// settingOf reads the setting of one finding and keeps what it finds.
func (a *article) settingOf(f *finding) {
	cue := a.tokensIn(f.cue)
	if cue.empty() || f.mention.Len() == 0 || len(a.bySent[f.sent]) > settingStatements {
		return
	}
	c := a.here(cue.lo)
	if g := c.verbIn(cue); g != nil && g.passive && g.main < cue.hi {
		return // "known online as", "expected on Monday": nobody's act
	}
	r := settingReader{article: a, c: c, f: f, free: a.freeTokens(c, f), cue: cue, mention: a.tokensIn(f.mention)}
	r.inCue()
	r.rightOfCue()
	r.betweenSourceAndCue()
	r.beforeSource()
	r.afterContent()
	f.addressee, f.venue, f.when = a.outside(f, r.to), a.outside(f, r.where), a.outside(f, r.when)
	if f.when.Len() > 0 {
		f.date = a.dateOf(r.c, r.date, f.act)
	}
}

// outside is the span of tokens, or nothing where it would overlap the content.
func (a *article) outside(f *finding, p phrase) Span {
	if p.empty() {
		return Span{}
	}
	s := a.clauses[a.toks[p.lo].sent].cover(p.lo, p.hi)
	for _, part := range f.parts {
		if part.overlaps(s) {
			return Span{}
		}
	}
	if s.overlaps(f.mention) {
		return Span{}
	}
	return s
}

// dateOf is the day, month or year of a phrase that says when.
func (a *article) dateOf(c *clauses, p phrase, act Act) string {
	tense := when.Past
	if act == Planned {
		tense = when.Future
	}
	period, _ := when.Parse(c.words(p), when.ISO(a.text.Date), tense)
	return period.String()
}

// words are the bytes of a phrase.
func (c *clauses) words(p phrase) string { return c.source[c.toks[p.lo].Start:c.toks[p.hi-1].End] }

// freeTokens tells, by token of the sentence, what belongs to no content, and
// to no other statement.
func (a *article) freeTokens(c *clauses, f *finding) []bool {
	free := make([]bool, c.s.hi-c.s.lo)
	for i := range free {
		free[i] = true
	}
	block := func(s Span) {
		p := a.tokensIn(s)
		for i := max(p.lo, c.s.lo); i < min(p.hi, c.s.hi); i++ {
			free[i-c.s.lo] = false
		}
	}
	for _, o := range a.bySent[f.sent] {
		if o != f {
			if !o.holds(f) {
				for _, s := range o.parts {
					if !s.contains(f.cue) {
						block(s)
					}
				}
			}
			if !o.cue.overlaps(f.cue) {
				block(o.cue)
			}
		}
	}
	for _, s := range f.parts {
		block(s)
	}
	return free
}

// settingReader reads one finding's setting.
type settingReader struct {
	*article
	setting
	c       *clauses
	f       *finding
	free    []bool
	cue     phrase
	mention phrase
	date    phrase // the words of when that are the date
	loose   bool   // what is read may belong to a noun before it
}

func (r *settingReader) isFree(i int) bool { return r.c.in(i) && r.free[i-r.c.s.lo] }

// inCue looks inside of a long cue: "said in a statement", "took to Twitter on
// Monday to say".
func (r *settingReader) inCue() {
	r.loose = true
	if g := r.c.verbIn(r.cue); g != nil && g.hi < r.cue.hi {
		r.loose = false
		r.run(g.hi, r.cue.hi)
		r.loose = true
	}
	for i := r.cue.lo; i < r.cue.hi; {
		next := r.adverbial(i, r.cue.hi)
		i = max(next, i+1)
	}
	r.loose = false
}

// rightOfCue reads on from the cue, over the listener and an inverted source.
func (r *settingReader) rightOfCue() {
	i := r.cue.hi
	if g := r.c.verbIn(r.cue); g != nil {
		i = r.listeners(g)
	}
	r.run(i, r.c.s.hi)
}

// listeners takes those told: "told reporters", "asked her aide whether". It is
// where what follows them begins.
func (r *settingReader) listeners(g *verbGroup) int {
	c := r.c
	last := g
	for k := range c.verbs { // the last cue verb of "went on to tell"
		if v := &c.verbs[k]; v.lo < r.cue.hi && v.lo > last.lo && v.cue != nil {
			last = v
		}
	}
	if last.cue == nil || last.cue.frames&(frameTold|framePersuade|frameWhether) == 0 || last.cue.lemma == "call" {
		return r.cue.hi
	}
	i := last.hi
	for c.in(i) && c.toks[i].adverb() {
		i++
	}
	l := c.listener(i)
	if l.empty() || !r.isFree(l.lo) || r.tales(l) || r.mention.lo <= l.lo && l.lo < r.mention.hi || c.reflexive(l) {
		return r.cue.hi
	}
	for hi := l.hi; hi > l.lo; hi-- {
		if r.isFree(hi - 1) {
			l.hi = hi
			break
		}
	}
	r.to = l
	return max(l.hi, r.cue.hi)
}

// tales: what is told, to nobody named: "told stories".
func (r *settingReader) tales(p phrase) bool {
	return r.c.takeApart(p).kind != named && told.has(r.c.low(p.hi-1))
}

var told = set("story stories tale tales joke jokes truth lie lies anecdote anecdotes question questions time times thing things")

func (c *clauses) reflexive(p phrase) bool {
	return strings.HasSuffix(c.low(p.lo), "self") || strings.HasSuffix(c.low(p.lo), "selves") || c.low(p.lo) == "it"
}

// run reads phrases of setting from i on, and is where they end.
func (r *settingReader) run(i, hi int) int {
	for i < hi && r.isFree(i) {
		if i == r.mention.lo && !r.mention.empty() && i >= r.cue.hi {
			i = r.mention.hi
			continue
		}
		next := i
		if r.c.low(i) == "," {
			next++
		}
		end := r.adverbial(next, hi)
		if end == next {
			return i
		}
		i = end
	}
	return i
}

// betweenSourceAndCue: "Dornwick, speaking in Marnock on Monday, said".
func (r *settingReader) betweenSourceAndCue() {
	if r.mention.empty() || r.mention.hi > r.cue.lo {
		return
	}
	before := *r
	if end := r.run(r.mention.hi, r.cue.lo); end < r.cue.lo && !(end == r.cue.lo-1 && r.c.low(end) == ",") {
		r.setting, r.date = before.setting, before.date // something else stands there
	}
}

// beforeSource: "On Monday, Dornwick said", from the start of the clause on.
func (r *settingReader) beforeSource() {
	if r.mention.empty() || r.mention.hi > r.cue.lo || r.mention.lo < r.c.s.lo {
		return
	}
	for i := r.c.s.lo; i < r.mention.lo; i++ {
		if !r.isFree(i) || !r.clauseStart(i) {
			continue
		}
		before := *r
		end := r.run(i, r.mention.lo)
		if end == r.mention.lo || end == r.mention.lo-1 && r.c.low(end) == "," {
			return
		}
		r.setting, r.date = before.setting, before.date
	}
}

// clauseStart tells whether a clause may begin at i.
func (r *settingReader) clauseStart(i int) bool {
	c := r.c
	if i == c.s.lo {
		return true
	}
	switch c.low(i - 1) {
	case "and":
		return !c.is(i, "CD") // "between 2002 and 2010"
	case "but", "that", ";", "—", "–", "--", "meanwhile", "still", "then":
		return c.low(i) != ","
	case ",":
		return c.low(i-2) == "meanwhile" || c.low(i-2) == "still" || c.low(i-2) == "later"
	}
	return false
}

// afterContent: "called the ferry a wreck on Monday", where the content stands
// between the cue and that.
func (r *settingReader) afterContent() {
	last := r.tokensIn(r.f.parts[len(r.f.parts)-1])
	if last.empty() || last.lo < r.cue.hi || last.hi >= r.c.s.hi || last.hi <= r.c.s.lo || r.c.low(last.hi) == "," {
		return
	}
	r.loose = true
	r.run(last.hi, r.c.s.hi)
}

// adverbial reads one phrase at i, keeps what it tells, and is where it ends: i
// where none begins there.
func (r *settingReader) adverbial(i, hi int) int {
	c := r.c
	if !r.isFree(i) || i >= hi {
		return i
	}
	if p, date, ok := r.time(i); ok {
		r.keepWhen(p, date)
		return p.hi
	}
	switch w := c.low(i); {
	case speakings.has(w) && (c.tag(i) != "NN" || c.low(i-1) == ","):
		return r.speaking(i, hi)
	case c.toks[i].adverb() && w != "n't" && w != "not" && w != "even":
		return i + 1
	case w == "online":
		r.keepWhere(phrase{i, i + 1})
		return i + 1
	case w == "to":
		return r.toWhom(i)
	case c.is(i, "IN", "RP") && !subordinators.has(w) || w == "after" || w == "before":
		return r.place(i, hi)
	}
	return i
}

// speakings open phrases that say where somebody spoke: "speaking in Geneva".
var speakings = set("speaking talking writing appearing addressing testifying posting tweeting")

func (r *settingReader) speaking(i, hi int) int {
	c := r.c
	if c.low(i) == "addressing" {
		l := c.listener(i + 1)
		if l.empty() {
			return i
		}
		if r.to.empty() {
			r.to = l
		}
		return l.hi
	}
	if end := r.adverbial(i+1, hi); end > i+1 {
		return end
	}
	return i
}

// toWhom: "to reporters"; "to Twitter" is a place.
// tellings are verbs after which anything may listen: "said to the passengers".
var tellings = set("said says saying say wrote writes writing write explained complained announced confessed admitted")

// accounts lead to a "to" without a listener: "according to".
var accounts = set("according addition response due thanks prior regard reference contrast relation")

// noises are what somebody speaks to and nobody told.
var noises = set("applause cheers laughter laughs boos jeers")

// stations are spoken to; one writes on other media.
var stations = set("cnn msnbc nbc abc cbs fox bbc npr pbs cnbc hbo reuters tass interfax")

func (r *settingReader) toWhom(i int) int {
	c := r.c
	if accounts.has(c.low(i-1)) || i < r.cue.lo && !speakings.has(c.low(i-1)) {
		return i
	}
	if n, ok := c.nounStarting(i + 1); ok && n.hi == i+2 && venueNouns[c.low(i+1)] == "medium" && c.toks[i+1].proper() && !stations.has(c.low(i+1)) {
		r.keepWhere(phrase{i, i + 2})
		return i + 2
	}
	l := c.listener(i + 1)
	if l.empty() || c.reflexive(l) || noises.has(c.low(l.hi-1)) || !r.mayListen(l) && !tellings.has(c.low(i-1)) {
		return i
	}
	if r.to.empty() {
		r.to = l
	}
	return l.hi
}

// mayListen tells whether a noun phrase can be spoken to.
func (r *settingReader) mayListen(p phrase) bool {
	n, head := r.c.takeApart(p), r.c.low(p.hi-1)
	return n.kind == named || n.kind == somePronoun || listeners.has(head) || personNouns.has(head) || groupNouns.has(head) ||
		personNouns.has(strings.TrimSuffix(head, "s"))
}

var listeners = set(`audience crowd crowds press viewers readers followers delegates donors parliament congress committee
	panel council board class students nation public room voters newspaper magazine outlet agency station network
	guests attendees faithful families veterans workers women men girls boys children parents leadership`)

// place reads "in a statement to X on Y", "at a rally", "with reporters".
func (r *settingReader) place(i, hi int) int {
	c := r.c
	prep := c.low(i)
	n, title := r.nounOrTitle(i + 1)
	if n.empty() || c.temporal(n) && !title {
		if !n.empty() && aloof.has(prep) {
			return n.hi
		}
		return i
	}
	kind := r.venueKind(prep, n, title)
	if r.loose && (prep == "from" || kind == "place" && !c.toks[n.hi-1].proper() || r.f.act == Thought) || c.low(n.lo) == "least" {
		kind = "" // "20 minutes of clips from", "families in a city"
	}
	end := r.attachments(n.hi, kind)
	if kind == "" {
		if speakings.has(c.low(i-1)) && prep == "with" && r.mayListen(n) {
			if r.to.empty() {
				r.to = phrase{n.lo, end}
			}
			return end
		}
		if aloof.has(prep) || c.verbStarting(end) == nil && c.low(end) != "that" {
			return end // something else about the saying
		}
		return i
	}
	p := phrase{i, end}
	if date, ok := r.dateWithin(n); ok {
		r.keepWhen(p, date)
	}
	r.keepWhere(p)
	return r.published(end, hi)
}

// aloof are prepositions of phrases that tell neither where nor when.
var aloof = set("for since until after before within throughout despite without as like about against with by of between among")

// published steps over "released", "published" after a venue, whose date is the
// statement's.
func (r *settingReader) published(i, hi int) int {
	if r.c.is(i, "VBN", "VBD") && made.has(r.c.low(i)) {
		if end := r.adverbial(i+1, hi); end > i+1 {
			return end
		}
	}
	return i
}

var made = set("published aired broadcast released issued posted sent taped recorded conducted obtained distributed delivered")

// nounOrTitle is the noun phrase at i, or a quoted title, or one in the genitive
// before a title: "CNN’s “Morning Tide”".
func (r *settingReader) nounOrTitle(i int) (phrase, bool) {
	c := r.c
	if !r.isFree(i) {
		return phrase{}, false
	}
	if t := r.titleAt(i); !t.empty() {
		return t, true
	}
	n, ok := c.nounStarting(i)
	if m, found := c.nounStarting(n.hi); ok && found && c.low(i) == "her" {
		n.hi = m.hi // which the tagger takes for an object
	}
	if ok {
		n = r.beforeTime(n)
	}
	if ok && c.temporal(n) {
		if m, found := c.nounStarting(n.hi + 1); found && c.low(n.hi) == "'s" {
			return phrase{n.lo, m.hi}, false // "Tuesday’s debate"
		}
		if m, found := c.nounStarting(n.hi); found && dayParts.has(c.low(n.hi)) {
			return phrase{n.lo, m.hi}, false // "Tuesday night’s debate"
		}
	}
	if !ok {
		if k := i; c.is(k, "PRP$", "DT") || c.toks[k].proper() && c.low(k+1) == "'s" {
			if t := r.titleAt(k + 1); !t.empty() {
				return phrase{i, t.hi}, true
			}
		}
		return phrase{}, false
	}
	if m, found := c.nounStarting(n.hi + 1); found && c.low(n.hi) == "'s" && r.isFree(n.hi+1) && !c.toks[n.hi+1].quoted() {
		n.hi = r.beforeTime(m).hi // "the harbour’s This Week"
	}
	if c.low(n.hi) == "'s" {
		n.hi++
	}
	if t := r.titleAt(n.hi); !t.empty() && c.low(n.hi-1) == "'s" {
		return phrase{n.lo, t.hi}, true
	}
	return n, false
}

// beforeTime cuts a noun phrase where a time that it does not belong to has run
// into it: "Telegram early Wednesday", "Twitter last week".
func (r *settingReader) beforeTime(n phrase) phrase {
	for k := n.lo + 1; k < n.hi; k++ {
		if !r.c.toks[k-1].noun() {
			continue // "a September 16"
		}
		if p, _, ok := r.time(k); ok && p.hi >= n.hi {
			return phrase{n.lo, k}
		}
	}
	return n
}

// maxTitle is how many words a broadcast's or an article's title may have.
const maxTitle = 6

// titleAt is a short quotation of capitalised words at i, and a noun after it:
// “Morning Tide” programme.
func (r *settingReader) titleAt(i int) phrase {
	c := r.c
	if !r.isFree(i) || !c.toks[i].quoted() || i > c.s.lo && c.toks[i-1].q == c.toks[i].q {
		return phrase{}
	}
	k := i
	for ; c.in(k) && c.toks[k].q == c.toks[i].q && r.isFree(k); k++ {
		if t := c.toks[k]; k-i >= maxTitle || !t.capital() && !smallWords.has(t.low) && len(t.low) > 3 {
			return phrase{}
		}
	}
	if n, ok := c.nounStarting(k); ok {
		if n = r.beforeTime(n); venueNouns[c.low(n.hi-1)] != "" {
			k = n.hi
		}
	}
	return phrase{i, k}
}

// venueKind tells which kind of venue a noun phrase is behind a preposition, ""
// for none.
func (r *settingReader) venueKind(prep string, n phrase, title bool) string {
	c := r.c
	head := c.low(n.hi - 1)
	if head == "'s" {
		head = c.low(n.hi - 2)
	}
	kind := venueNouns[head]
	switch prep {
	case "on", "during", "via", "through", "over":
		if title && (prep == "on" || prep == "during") {
			return "medium"
		}
		if prep == "on" && kind == "place" && !elevated.has(head) || prep == "on" && n.hi-n.lo == 1 && kind == "text" {
			return ""
		}
		return kind
	case "in", "at", "from", "outside", "inside", "aboard", "near":
		switch {
		case head == "crowd" || head == "record":
			return ""
		case kind != "":
			return kind
		case prep == "aboard" || r.isPlace(prep, n):
			return "place"
		}
	case "by":
		if n.hi-n.lo == 1 && (head == "phone" || head == "telephone" || head == "email" || head == "e-mail" || head == "text") {
			return "text"
		}
	}
	return ""
}

// elevated are places that one stands "on".
var elevated = set("floor stage podium trail campus plane bus street square hill tarmac base capitol")

// isPlace tells whether a proper noun names a place and no person.
func (r *settingReader) isPlace(prep string, n phrase) bool {
	c := r.c
	last := &c.toks[n.hi-1]
	if !last.proper() || months.has(last.low) {
		return false
	}
	for k := n.lo; k < n.hi; k++ {
		if places.has(c.low(k)) {
			return true
		}
	}
	if prep != "in" && prep != "outside" && prep != "near" {
		return bodyWords.has(last.low)
	}
	return len(r.people.byLast[last.low]) == 0 && !bodyWords.has(last.low) && c.toks[n.lo].proper() && unicode.IsUpper(rune(c.source[c.toks[n.lo].Start]))
}

// attachments takes in what belongs to a venue on its right: "an interview with
// X", "a letter to X", "Marnock, Ferrland". A letter's reader is the addressee.
func (r *settingReader) attachments(i int, kind string) int {
	c := r.c
	for c.in(i) && r.isFree(i) {
		if kind == "place" && c.low(i) == "," && c.in(i+1) && c.toks[i+1].proper() && r.isFree(i+1) {
			if n, ok := c.nounStarting(i + 1); ok && r.isPlace("in", n) && (!c.in(n.hi) || c.low(n.hi) == "," || c.low(n.hi) == ".") {
				i = n.hi
				continue
			}
		}
		w := c.low(i)
		if !attaching.has(w) || kind == "" && w != "of" {
			return i
		}
		n, title := r.nounOrTitle(i + 1)
		if n.empty() || c.temporal(n) && !title || c.verbStarting(n.hi) != nil && w == "and" || w == "and" && r.mention.lo == n.lo {
			return i
		}
		if w == "to" && r.to.empty() && (kind == "text" || orations.has(c.low(i-1))) && r.mayListen(n) {
			r.to = phrase{n.lo, r.attachments(n.hi, "")}
		}
		i = n.hi
		for c.low(i) == "'s" {
			i++
		}
	}
	return i
}

// orations are events that are held for somebody: "a speech to the guild".
var orations = set("speech speeches address remarks lecture sermon presentation")

var attaching = set("of with for to about against by between and")

// keepWhere keeps the first venue, and what follows it without a gap.
func (r *settingReader) keepWhere(p phrase) {
	switch {
	case r.where.empty():
		r.where = p
	case r.where.hi == p.lo:
		r.where.hi = p.hi
	}
}

// keepWhen keeps the first time.
func (r *settingReader) keepWhen(p, date phrase) {
	if r.when.empty() {
		r.when, r.date = p, date
	}
}
