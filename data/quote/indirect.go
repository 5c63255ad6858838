package quote

import "strings"

// indirect finds what stands after a cue without quotation marks around it, or
// with marks around a part of it.
func (a *article) indirect() {
	for _, c := range a.clauses {
		for k := range c.verbs {
			if c.turn {
				break
			}
			g := &c.verbs[k]
			if g.cue == nil || a.used[g.lo] || c.toks[g.lo].quoted() {
				continue
			}
			if f := a.reported(c, g); f != nil {
				a.used[g.lo] = true
				a.add(f)
			}
		}
	}
}

// reported makes a finding of a cue with content after or before it.
func (a *article) reported(c *clauses, g *verbGroup) *finding {
	s, ok := c.subjectOf(g)
	if ok && c.writing(s) {
		if author, found := c.mainSubject(g.lo); found {
			s = author
		}
	}
	if ok {
		if f := a.contentAfter(c, g, s); f != nil {
			return f
		}
	}
	return a.contentBefore(c, g, s, ok)
}

// writing tells whether a source is a text, which somebody wrote: "a statement
// saying".
func (c *clauses) writing(s subject) bool {
	switch c.low(s.head.hi - 1) {
	case "statement", "letter", "post", "tweet", "message", "speech", "remarks", "comments", "email", "memo", "video":
		return true
	}
	return false
}

// content is what a frame of the cue found.
type content struct {
	lo       int    // first token
	cueHi    int    // end of the cue, further than the verb where words belong to it
	listener phrase // or none
	weak     bool   // a noun phrase: only a source that can speak makes it a statement
}

func (a *article) contentAfter(c *clauses, g *verbGroup, s subject) *finding {
	found, ok := c.frame(g, s)
	if !ok || found.weak && !c.canSpeak(s) || (c.supposed(g) || c.notYet(s)) && !c.marksClause(found.lo) {
		return nil
	}
	hi := c.contentEnd(found.lo)
	if found.weak {
		hi = c.nounEnd(found.lo, hi)
	}
	if hi <= found.lo {
		return nil
	}
	f := a.cued(c, g, s)
	f.cue = c.span(phrase{g.lo, found.cueHi})
	f.addressee = c.span(found.listener)
	f.parts = []Span{c.cover(found.lo, hi)}
	return f
}

// supposed: "would agree", "could accuse": nobody did.
func (c *clauses) supposed(g *verbGroup) bool { return c.is(g.lo, "MD") && !c.willSay(g) }

// notYet: "before Moscow agreed to", "unless Kyiv promises to": nobody did.
func (c *clauses) notYet(s subject) bool {
	switch c.low(s.lo - 1) {
	case "before", "until", "unless", "if", "should", "whether":
		return true
	}
	return false
}

// nounEnd is where content that is a noun phrase ends, at hi at the latest: a
// comma, or a conjunction with the next verb.
func (c *clauses) nounEnd(lo, hi int) int {
	for k := lo + 1; k < hi; k++ {
		if c.toks[k].quoted() {
			continue
		}
		next := k + 1
		for c.in(next) && c.toks[next].adverb() {
			next++
		}
		if g := c.verbStarting(next); c.low(k) == "," || c.is(k, "CC") && g != nil && g.finite {
			return k
		}
	}
	return hi
}

// canSpeak tells whether a source is a person, a body or a group.
func (c *clauses) canSpeak(s subject) bool {
	n := c.takeApart(s.head)
	return n.kind != thing && !(n.kind == somePronoun && c.low(s.head.lo) == "it")
}

// frame tries what may follow the cue, the most telling first.
func (c *clauses) frame(g *verbGroup, s subject) (content, bool) {
	f, i := g.cue.frames, g.hi
	if c.low(s.lo-1) == "what" {
		return c.cleft(g)
	}
	if c.low(i) == "out" && (g.cue.lemma == "point") {
		f, i = f|frameClause, i+1
	}
	out := content{cueHi: i}
	if g.cue.lemma == "express" {
		return c.expressed(i)
	}
	if f&(frameTold|framePersuade) != 0 {
		if l := c.listener(i); !l.empty() {
			if k := c.skipAdverbials(l.hi); f&frameTold != 0 && c.clauseAt(k) {
				out.lo, out.listener = k, l
				return out, true
			}
			if f&framePersuade != 0 && c.infinitiveAt(l.hi) {
				out.lo, out.listener = l.hi, l
				return out, true
			}
		}
	}
	if f&(frameClause|frameTold) != 0 {
		if k := c.skipAdverbials(i); c.clauseAt(k) && (k == i || c.marksClause(k) || c.onlyTimes(i, k)) {
			out.lo, out.listener = k, c.toListener(i)
			return out, true
		}
		if c.clauseAt(i) {
			out.lo = i
			return out, true
		}
	}
	if f&frameWhether != 0 {
		k := i
		if l := c.listener(i); !l.empty() {
			k, out.listener = l.hi, l
		}
		if k = c.skipAdverbials(k); c.whether(k) {
			out.lo = k
			return out, true
		}
	}
	if f&frameInfinitive != 0 {
		if k := c.skipAdverbials(i); c.infinitiveAt(k) {
			out.lo = k
			return out, true
		}
	}
	return c.nounFrame(f, i)
}

func (c *clauses) nounFrame(f frames, i int) (content, bool) {
	out := content{cueHi: i, weak: true}
	if f&framePhrase != 0 && c.in(i) {
		switch c.low(i) {
		case "for", "of", "on", "about", "against", "to":
			if _, ok := c.nounStarting(i + 1); (ok || c.is(i+1, "VBG")) && c.in(i+1) {
				out.lo, out.cueHi = i+1, i+1
				return out, true
			}
		}
	}
	if n, ok := c.nounStarting(i); ok && f&(frameNoun|frameCalled) != 0 && !c.temporal(n) {
		out.lo = i
		return out, true
	}
	if c.in(i) && f&(frameNoun|frameCalled) != 0 && (c.toks[i].quoted() || c.is(i, "DT", "PRP$") && c.in(i+1) && c.toks[i+1].quoted()) {
		out.lo = i
		return out, true
	}
	return out, false
}

// cleft: "what he said was its slow response", "what Trump called the war".
func (c *clauses) cleft(g *verbGroup) (content, bool) {
	i := g.hi
	if v := c.verbStarting(i); v != nil && beForms[c.low(v.main)] && c.in(v.hi) {
		return content{lo: v.hi, cueHi: g.hi}, true
	}
	if g.cue.frames&frameCalled != 0 {
		return c.nounFrame(g.cue.frames, i)
	}
	return content{}, false
}

// expressed: "expressed its own concerns that", "expressed support for".
func (c *clauses) expressed(i int) (content, bool) {
	n, ok := c.nounStarting(i)
	if !ok {
		return content{}, false
	}
	out := content{lo: n.hi, cueHi: n.hi}
	switch {
	case c.marksClause(n.hi):
		return out, true
	case c.is(n.hi, "IN") || c.low(n.hi) == "to":
		out.lo, out.cueHi = n.hi+1, n.hi+1
		out.weak = true
		return out, c.in(out.lo)
	}
	return content{lo: i, cueHi: i, weak: true}, true
}

func (c *clauses) infinitiveAt(i int) bool {
	for c.in(i) && (c.toks[i].adverb()) {
		i++
	}
	return c.low(i) == "to" && (c.is(i+1, "VB", "VBP") || c.is(i+1, "RB") && c.is(i+2, "VB"))
}

// marksClause: words that open a content clause and nothing else here.
func (c *clauses) marksClause(i int) bool { return c.low(i) == "that" && !c.bareThat(i) }

// bareThat: "said that." or "said that,": a pronoun.
func (c *clauses) bareThat(i int) bool {
	return !c.in(i+1) || c.low(i+1) == "." || c.low(i+1) == "," || c.toks[i+1].verb() && c.tag(i) != "IN"
}

func (c *clauses) whether(i int) bool {
	switch c.low(i) {
	case "whether", "if", "how", "why", "what", "where", "when", "who", "which":
		return c.in(i + 1)
	}
	return false
}

// clauseAt tells whether a clause of content begins at i: "that …", "whether
// …", or a subject with its verb.
func (c *clauses) clauseAt(i int) bool {
	if !c.in(i) {
		return false
	}
	if c.marksClause(i) || c.whether(i) {
		return true
	}
	if t := c.toks[i]; t.low == "," || t.low == "." || t.low == ":" || t.tag == "CC" || t.quoted() && c.opensQuote(i) {
		return false
	}
	verbs := c.verbsFrom(i + 1)
	for k := range verbs {
		g := &verbs[k]
		if g.lo > i+25 {
			return false
		}
		if !g.finite {
			continue
		}
		if c.barred(i, g.lo) {
			return false
		}
		s, ok := c.subjectBefore(g.lo)
		return ok && !c.toks[s.lo].quoted() && (s.lo == i || s.lo > i && c.leadsClause(i, s.lo))
	}
	return false
}

// leadsClause tells whether what stands between i and a subject belongs to the
// subject's clause: an adverbial or a subordinate clause.
func (c *clauses) leadsClause(i, subject int) bool {
	if k := c.skipAdverbials(i); k == subject || k == subject-1 && c.low(k) == "," {
		return true
	}
	return c.is(i, "IN", "WRB") && c.low(subject-1) == ","
}

// opensQuote: token i is the first of a quotation that is a sentence of its own.
func (c *clauses) opensQuote(i int) bool {
	return i == c.s.lo || c.toks[i-1].q != c.toks[i].q
}

// barred tells whether a mark between two tokens forbids one clause of them.
func (c *clauses) barred(i, k int) bool {
	for ; i < k; i++ {
		if c.low(i) == ":" || c.low(i) == ";" {
			return true
		}
	}
	return false
}

// onlyTimes tells whether nothing but times stand between i and k.
func (c *clauses) onlyTimes(i, k int) bool {
	for i < k {
		if n, ok := c.nounStarting(i); ok {
			if !c.temporal(n) {
				return false
			}
			i = n.hi
			continue
		}
		if !c.is(i, "IN", "RB", "RBR", "JJ") {
			return false
		}
		i++
	}
	return true
}

// listener is the noun phrase of those told, at i, or none.
func (c *clauses) listener(i int) phrase {
	n, ok := c.nounStarting(i)
	if !ok || c.temporal(n) || c.toks[i].quoted() || c.low(i) == "that" {
		return phrase{}
	}
	hi := n.hi
	for c.low(hi) == "of" || c.low(hi) == "and" {
		next, ok := c.nounStarting(hi + 1)
		if !ok || c.verbStarting(next.hi) != nil || c.temporal(next) {
			break
		}
		hi = next.hi
	}
	return phrase{n.lo, hi}
}

// toListener: "said to reporters".
func (c *clauses) toListener(i int) phrase {
	if c.low(i) != "to" {
		return phrase{}
	}
	return c.listener(i + 1)
}

// skipAdverbials steps over when, where and how: "on Telegram", "earlier in the
// day", "during talks in Saudi Arabia", "Monday".
func (c *clauses) skipAdverbials(i int) int {
	for c.in(i) && !c.toks[i].quoted() {
		next := c.adverbialEnd(i)
		if next == i {
			return i
		}
		i = next
	}
	return i
}

func (c *clauses) adverbialEnd(i int) int {
	t := c.toks[i]
	if t.adverb() || t.tag == "RP" {
		return i + 1
	}
	if n, ok := c.nounStarting(i); ok && c.temporal(n) {
		return n.hi
	}
	if t.low == "," {
		return c.asideBetween(i)
	}
	if (t.tag == "IN" || t.low == "to") && t.low != "that" && t.low != "if" && t.low != "whether" && t.low != "because" {
		if n, ok := c.nounStarting(i + 1); ok && !c.toks[n.lo].quoted() && c.verbStarting(n.hi) == nil {
			return c.attachedPlaces(n.hi)
		}
	}
	return i
}

func (c *clauses) attachedPlaces(i int) int {
	for c.low(i) == "of" || c.low(i) == "and" {
		n, ok := c.nounStarting(i + 1)
		if !ok || c.toks[n.lo].quoted() || c.verbStarting(n.hi) != nil {
			return i
		}
		i = n.hi
	}
	return i
}

// asideBetween steps over ", in a statement on Monday," before a "that".
func (c *clauses) asideBetween(i int) int {
	for k := i + 1; c.in(k) && k < i+15; k++ {
		if c.toks[k].quoted() || c.toks[k].verb() {
			return i
		}
		if c.low(k) == "," {
			if c.marksClause(k + 1) {
				return k + 1
			}
			return i
		}
	}
	return i
}

// endsContent are words that, after a comma, lead back from what was said to
// the writer's own.
var endsContent = set("following despite according amid although whereas citing even")

// contentEnd is the end of the content that begins at lo: the sentence's, or
// where another attribution begins.
func (c *clauses) contentEnd(lo int) int {
	hi := c.s.hi
	for k := lo + 1; k < c.s.hi; k++ {
		t := c.toks[k]
		if t.quoted() {
			continue
		}
		if (t.tag == "IN" || t.tag == "WRB") && subordinators[t.low] && t.low != "that" && t.low != "if" && c.speaksNext(k+1) {
			hi = k
			break
		}
		if t.low == ";" || (t.low == "," || t.tag == "CC" && t.low != "or") && c.leavesContent(lo, k) {
			hi = k
			break
		}
	}
	for hi > lo && strings.ContainsAny(c.low(hi-1), ".,;:") && len(c.low(hi-1)) == 1 && !c.toks[hi-1].quoted() {
		hi--
	}
	return hi
}

// leavesContent tells whether a comma or conjunction at k ends the content.
func (c *clauses) leavesContent(lo, k int) bool {
	comma := c.low(k) == ","
	i := k
	if comma {
		i++
	}
	conj := c.is(i, "CC")
	if conj {
		i++
	}
	for c.in(i) && c.toks[i].adverb() {
		i++
	}
	if !c.in(i) || c.toks[i].quoted() {
		return false
	}
	if comma && !conj && (endsContent[c.low(i)] || c.low(i) == "while" && c.speaksNext(i+1)) {
		return true
	}
	if g := c.verbStarting(i); g != nil && g.cue != nil {
		if g.ing && comma && !conj {
			return true
		}
		if conj && g.finite && c.otherTense(lo, g) {
			return true
		}
		if conj && g.finite && g.cue.frames&(frameClause|frameTold) != 0 && c.clauseCue(g) {
			return true
		}
	}
	return (conj || comma) && c.speaksNext(i) || comma && !conj && c.attributes(i)
}

// attributes tells whether nothing but "X said" stands from i to the end of the
// sentence.
func (c *clauses) attributes(i int) bool {
	n, ok := c.nounStarting(i)
	if !ok {
		return false
	}
	verbs := c.verbsFrom(n.hi)
	if len(verbs) == 0 || verbs[0].cue == nil || !verbs[0].finite || verbs[0].cue.act != Said || verbs[0].lo > i+maxReach {
		return false
	}
	s, ok := c.subjectBefore(verbs[0].lo)
	end := c.skipAdverbials(verbs[0].hi)
	return ok && s.lo == i && (!c.in(end) || c.low(end) == ".")
}

// clauseCue: after a bare "and" a cue in the past with a "that" is an
// attribution of its own; others go on with the content's own verb.
func (c *clauses) clauseCue(g *verbGroup) bool {
	return c.marksClause(c.skipAdverbials(g.hi)) && c.toks[g.lo].tag == "VBD"
}

// otherTense: a cue in the past cannot go on with content in the present: "said
// Ukraine is ready and accused Moscow".
func (c *clauses) otherTense(lo int, g *verbGroup) bool {
	if c.tag(g.lo) != "VBD" {
		return false
	}
	verbs := c.verbsBefore(g.lo)
	for k := len(verbs) - 1; k >= 0 && verbs[k].lo >= lo; k-- {
		if v := &verbs[k]; v.finite && !c.toks[v.lo].quoted() {
			return c.is(v.lo, "VBZ", "VBP")
		}
	}
	return false
}

// saysClause tells whether a clause of content follows a cue in the past or
// the third person.
func (c *clauses) saysClause(g *verbGroup) bool {
	if c.tag(g.main) == "VBP" || c.tag(g.main) == "VB" {
		return false
	}
	i := g.hi
	if g.cue.frames&frameTold != 0 {
		if l := c.listener(i); !l.empty() {
			i = l.hi
		}
	}
	return c.clauseAt(i) || c.clauseAt(c.skipAdverbials(i))
}

// speaksNext tells whether a subject with a cue and its content stands at i.
func (c *clauses) speaksNext(i int) bool {
	n, ok := c.nounStarting(i)
	if !ok {
		return false
	}
	verbs := c.verbsFrom(n.hi)
	for k := range verbs {
		g := &verbs[k]
		if !g.finite {
			continue
		}
		s, ok := c.subjectBefore(g.lo)
		if !ok || s.lo != i || g.cue == nil || g.cue.frames&(frameClause|frameTold) == 0 {
			return false
		}
		return c.saysClause(g) && g.cue.act != Thought
	}
	return false
}

// cover is the span of the tokens lo to hi, with the marks of quotations that
// it wholly holds, and never a part of one.
func (c *clauses) cover(lo, hi int) Span {
	s := Span{c.toks[lo].Start, c.toks[hi-1].End}
	if q := c.toks[lo].q; q >= 0 {
		s.Start = min(s.Start, c.quotes[q].Start)
	}
	if q := c.toks[hi-1].q; q >= 0 {
		s.End = max(s.End, c.quotes[q].End)
	}
	return s
}

// contentBefore: "The plan is dead, said X" and "The plan, he said, is dead".
func (a *article) contentBefore(c *clauses, g *verbGroup, s subject, found bool) *finding {
	if g.cue.frames&(frameClause|frameTold) == 0 || !g.finite {
		return nil
	}
	after := g.hi
	if l := c.listener(after); g.cue.frames&frameTold != 0 && !l.empty() {
		after = l.hi
	}
	open := 0
	after = c.skipAdverbials(after)
	switch {
	case found && c.low(s.lo-1) == ",":
		open = s.lo - 1
	case c.low(g.lo-1) == ",":
		inverted, ok := c.invertedSubject(g.hi)
		if !ok {
			return nil
		}
		s, open, after = inverted, g.lo-1, c.skipAdverbials(inverted.hi)
	default:
		return nil
	}
	if c.in(after) && c.low(after) != "." && c.low(after) != "," {
		return nil
	}
	return a.around(c, g, s, open, after)
}

// around makes a finding of the clause before an inserted cue and what follows
// it.
func (a *article) around(c *clauses, g *verbGroup, s subject, open, after int) *finding {
	lo := c.s.lo
	if c.is(lo, "CC") {
		lo++
	}
	rest := c.low(after) == "," && c.in(after+1) && !c.is(after+1, "VBG", "CC", "WP", "WDT", "IN")
	if open <= lo || c.toks[open].quoted() || !c.hasVerb(lo, open) && !rest || c.anyQuoted(lo, open) && a.coversAny(c, lo, open) {
		return nil
	}
	f := a.cued(c, g, s)
	f.parts = []Span{c.cover(lo, open)}
	if rest {
		if end := c.contentEnd(after + 1); end > after+1 {
			f.parts = append(f.parts, c.cover(after+1, end))
		}
	}
	return f
}

func (c *clauses) hasVerb(lo, hi int) bool {
	verbs := c.verbsFrom(lo)
	for k := range verbs {
		if g := &verbs[k]; g.hi <= hi && g.finite {
			return !c.subordinateAt(lo)
		}
	}
	return false
}

// subordinateAt: "When he left, Trump said" is no content.
func (c *clauses) subordinateAt(i int) bool {
	return c.is(i, "WRB") || c.is(i, "IN") && c.low(i) != "in" && c.low(i) != "on" && c.low(i) != "at" || c.is(i, "VBG", "VBN", "TO")
}

func (c *clauses) anyQuoted(lo, hi int) bool {
	for k := lo; k < hi; k++ {
		if c.toks[k].quoted() {
			return true
		}
	}
	return false
}

func (a *article) coversAny(c *clauses, lo, hi int) bool {
	for k := lo; k < hi; k++ {
		if q := c.toks[k].q; q >= 0 && a.covered[q] != nil {
			return true
		}
	}
	return false
}

// accordingTo: "According to X, …" and "…, according to X".
func (a *article) accordingTo() {
	for _, c := range a.clauses {
		for i := c.s.lo; i+2 < c.s.hi; i++ {
			if !c.turn && c.low(i) == "according" && c.low(i+1) == "to" && !c.toks[i].quoted() {
				if f := a.according(c, i); f != nil {
					a.add(f)
				}
			}
		}
	}
}

func (a *article) according(c *clauses, i int) *finding {
	s, ok := c.invertedSubject(i + 2)
	if !ok {
		return nil
	}
	if w := c.low(s.head.hi + 1); w != "who" && w != "a" && w != "an" {
		s.hi = c.attached(s.head.hi) // what follows the comma is content
	}
	parts := a.besideAccording(c, i, s.hi)
	if parts == nil {
		return nil
	}
	return &finding{sent: a.toks[i].sent, parts: parts, cue: c.span(phrase{i, i + 2}), act: Said, source: s, mention: c.mention(s)}
}

// besideAccording is the content around "according to X", which stands from
// token i to hi.
func (a *article) besideAccording(c *clauses, i, hi int) []Span {
	var parts []Span
	before := i
	if c.low(i-1) == "," {
		before--
	}
	if before > c.s.lo && !a.coversAny(c, c.s.lo, before) {
		parts = append(parts, c.cover(c.s.lo, before))
	}
	if c.low(hi) != "," || !c.in(hi+1) || i > c.s.lo && !c.clauseAt(hi+1) {
		return parts
	}
	if end := c.contentEnd(hi + 1); end > hi+1 && !a.coversAny(c, hi+1, end) {
		parts = append(parts, c.cover(hi+1, end))
	}
	return parts
}
