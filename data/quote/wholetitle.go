package quote

import "strings"

// A name keeps the whole title that stands before it: "Head of the Office of the
// President of Marl Ada Lund" is no president. The nouns before the name are cut
// apart by "of" and "to", and the last of them alone tells another office.

// wholeTitle is a title of several nouns and whose it is.
type wholeTitle struct {
	who  *entity
	cut  string // what its last noun alone says, or ""
	text string // all of it; "" where it may be somebody else's: "adviser to the President of Marl Ada Lund"
	hi   int    // token after the name
}

// wholeTitles reads the titles of several nouns before names, and puts right the
// roles that were cut out of them.
func (a *article) wholeTitles() {
	a.titles = map[int]wholeTitle{}
	own := map[*entity]map[string]bool{} // roles that stand before a name alone
	var order []wholeTitle
	for _, c := range a.clauses {
		for _, n := range c.nouns {
			if c.toks[n.lo].quoted() {
				continue
			}
			t, outer, ok := a.titleOf(c, n)
			switch {
			case ok:
				a.titles[n.lo] = t
				if t.text != "" {
					a.titles[outer] = t
				}
				order = append(order, t)
			case t.who != nil:
				if own[t.who] == nil {
					own[t.who] = map[string]bool{}
				}
				own[t.who][t.cut] = true
			}
		}
	}
	for _, t := range order {
		t.who.titled, t.who.sure = true, true
		if t.cut == "" {
			t.who.describe(t.text, lowWords(t.text))
		} else if !own[t.who][t.cut] {
			t.who.redescribe(t.cut, t.text)
		}
	}
	for i, t := range a.titles {
		if t.cut != "" && own[t.who][t.cut] {
			delete(a.titles, i) // the President is named by somebody's title
		}
	}
}

// titleOf reads what stands before the name that ends a noun phrase; ok tells
// that it goes on to the left of the phrase, and outer where it begins.
func (a *article) titleOf(c *clauses, n phrase) (t wholeTitle, outer int, ok bool) {
	at := c.takeApart(n)
	if at.kind != named {
		return t, 0, false
	}
	name, from := at.name, n.lo
	t.hi = n.hi
	if within := a.nameIn(c, n); !within.empty() && givenNames[c.low(at.name.lo)] == 0 && within.lo > at.name.lo {
		at.person, name = false, within // "Commerce Ada Lund"
		t.who = a.people.known(c, naming{name: name})
	} else if at.person {
		t.who, t.cut = a.people.at[n.lo], c.text(at.title)
		if !at.title.empty() {
			from = min(from, at.title.lo)
		}
	}
	if t.who == nil || !t.who.person || name.lo == c.trimDeterminer(phrase{from, name.lo}).lo {
		return wholeTitle{}, 0, false
	}
	if c.is(from-1, "DT") {
		from--
	}
	article := c.is(from, "DT")
	if at.person && !article && !at.title.empty() && titles.has(c.low(name.lo-1)) {
		return t, 0, false // "adviser to President Ada Lund"
	}
	head, body, ok := c.titleBefore(from)
	body = body || bodyWords.has(c.low(name.lo-1))
	if !ok {
		return t, 0, false
	}
	if t.cut == "" && !c.capital(head.hi-1) {
		return wholeTitle{}, 0, false
	}
	if c.capital(head.hi-1) && (body || t.cut == "" || !relational.has(c.low(head.hi-1))) {
		hi := name.lo
		if low := c.low(hi - 1); titles.has(low) && strings.HasSuffix(low, ".") {
			hi-- // "Speaker of the House Rep. Ada Lund"
		}
		t.text = c.text(c.trimDeterminer(phrase{head.lo, hi}))
	}
	return t, head.lo, true
}

// titleBefore is the noun with which a title begins that goes on at token from,
// after "of" or "to", and tells whether a body stands between.
func (c *clauses) titleBefore(from int) (head phrase, body, ok bool) {
	inside := false
	for steps := 0; steps < 5; steps++ {
		switch c.low(from - 1) {
		case "of", "to", "for":
		case "-", "–", "—":
			if !ok || from != head.lo {
				return head, body, ok
			}
		default:
			return head, body, ok
		}
		n, found := c.nounEnding(from - 1)
		if !found || c.temporal(n) || c.toks[n.lo].quoted() {
			return head, body, ok
		}
		last := c.low(n.hi - 1)
		switch {
		case titles.has(last) || personNouns.has(last):
			head, body, ok = n, body || inside, true
		case bodyWords.has(last) || c.capital(n.hi-1):
			inside = true
		default:
			return head, body, ok
		}
		from = n.lo
	}
	return head, body, ok
}

// nameIn is the full name of a person at the end of a phrase that was taken for a
// body's: "Marl Ada Lund" of "Minister for Weirs of Marl Ada Lund".
func (a *article) nameIn(c *clauses, n phrase) phrase {
	for i := n.lo + 1; i < n.hi-1; i++ {
		for _, e := range a.people.byLast[c.low(n.hi-1)] {
			if e.person && e.words[0] == c.low(i) && len(e.words) == n.hi-i {
				return phrase{i, n.hi}
			}
		}
	}
	return phrase{}
}

// redescribe puts the whole of a title in the place of what was cut out of it.
func (e *entity) redescribe(cut, whole string) {
	roles, about, heads := e.roles, e.about, e.heads
	e.roles, e.about, e.heads = nil, map[string]bool{}, map[string]bool{}
	for _, role := range roles {
		if role == cut {
			role = whole
		}
		e.describe(role, lowWords(role))
	}
	if heads["candidate"] && about["candidate"] {
		e.also("candidate") // of a campaign
	}
}

// lowWords are the words of a role by which it is recognised again.
func lowWords(role string) []string {
	var out []string
	for _, w := range strings.Fields(lower(role)) {
		w = strings.TrimSuffix(strings.Trim(w, ",.;()"), "'s")
		if land := demonyms[w]; land != "" {
			out = append(out, strings.Fields(land)...)
		} else if w != "" {
			out = append(out, canon(w))
		}
	}
	if strings.Contains(lower(role), "united kingdom") {
		out = append(out, "britain")
	}
	return out
}
