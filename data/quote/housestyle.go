package quote

import (
	"slices"
	"strings"
)

// An official page writes "the President" for its own, whoever else it names
// with a country.

// housePresident tells whether a description is "the President", written with a
// capital.
func (c *clauses) housePresident(n phrase) bool {
	return n.hi-n.lo == 2 && c.low(n.lo) == "the" && c.low(n.lo+1) == "president" && c.capital(n.lo+1) && c.low(n.hi) != "of" && !c.capital(n.hi)
}

// ownPresident tells whether a description is the president of the country whose
// page it stands on: "the President of Russia", "the Ukrainian leader".
func (c *clauses) ownPresident(n phrase, outlet []string) bool {
	if !ofPresidency(outlet) || c.low(n.lo) != "the" || !leaders.has(c.low(n.hi-1)) {
		return false
	}
	if n.hi-n.lo == 2 && c.low(n.hi-1) == "president" && c.low(n.hi) == "of" {
		land, ok := c.nounStarting(n.hi + 1)
		return ok && land.hi-land.lo == 1 && houseOf(outlet, c.low(land.lo))
	}
	return n.hi-n.lo == 3 && houseOf(outlet, demonyms[c.low(n.lo+1)])
}

func (a *article) outlet() []string { return strings.Fields(lower(a.text.Outlet)) }

// isForeignPresident tells whether somebody is called president of another
// country than the outlet's, and of none besides.
func (e *entity) isForeignPresident(outlet []string) bool {
	own, plain := e.isPresident(outlet)
	return e.heads["president"] && !own && !plain
}

// president is whom the page calls so: the one with the country of its outlet,
// elsewhere the one without a country, on a page of a presidency else the person
// whom it names first; nobody where two may be.
func (h house) president() *entity {
	switch {
	case len(h.named) == 1:
		return h.named[0]
	case len(h.named)+len(h.plain) > 1:
		return nil
	case len(h.plain) == 1 && !h.official:
		return h.plain[0]
	case h.official && len(h.plain) == 0 && h.first != nil && h.first.known() && len(h.first.roles) == 0:
		return h.first
	}
	return nil
}

// nameHouse notes the office of whom the page of a presidency only calls by name,
// so that "the Governor" beside them is somebody else.
func (d *discourse) nameHouse() {
	if h := d.presidents(d.a.outlet()); h.official {
		if e := h.president(); e != nil && !e.heads["president"] {
			e.also("president")
		}
	}
}

// known tells whether somebody is surely a person, with a given name.
func (e *entity) known() bool { return e.sure && len(e.words) > 1 && givenNames[e.words[0]] != 0 }

// house is who may be the president of a page.
type house struct {
	official bool      // it is a presidency's
	first    *entity   // the person named first in the body
	named    []*entity // presidents with the country of the outlet
	plain    []*entity // presidents without any
	all      int       // presidents
}

func (d *discourse) presidents(outlet []string) house {
	h := house{official: ofPresidency(outlet), first: d.a.firstInBody()}
	for _, p := range d.a.people.all {
		if !p.person {
			continue
		}
		if p.heads["president"] {
			h.all++
		}
		switch own, plain := p.isPresident(outlet); {
		case own:
			h.named = append(h.named, p)
		case plain:
			h.plain = append(h.plain, p)
		}
	}
	return h
}

// firstInBody is the person whom the body names first, before it speaks of "the
// President"; a headline mostly names who was met.
func (a *article) firstInBody() *entity {
	for _, c := range a.clauses {
		if a.text.Paragraphs[c.s.para].Voice != Speaks {
			continue
		}
		for _, n := range c.nouns {
			if c.housePresident(n) {
				return nil
			}
			if e := a.people.at[n.lo]; e != nil && e.person && !c.toks[n.lo].quoted() {
				return e
			}
		}
	}
	return nil
}

// isPresident tells whether somebody is called the president of the country in
// an outlet's name, or a president without a country.
func (e *entity) isPresident(outlet []string) (own, plain bool) {
	for _, role := range e.roles {
		words := strings.Fields(lower(role))
		if headOf(role) != "president" || otherHead(words) {
			continue
		}
		lands := landsIn(words)
		own = own || slices.ContainsFunc(lands, func(land string) bool { return houseOf(outlet, land) })
		plain = plain || len(lands) == 0 && !ofSomething(words)
	}
	return own, plain && !own
}

// ofSomething tells whether an office is of a body or of a country, known or not;
// "of the Republic" is the page's own.
func ofSomething(words []string) bool {
	i := slices.Index(words, "of")
	return i >= 0 && slices.ContainsFunc(words[i+1:], func(w string) bool { return w != "the" && w != "republic" && w != "nation" })
}

// landsIn are the countries and places that the words of an office name.
func landsIn(words []string) []string {
	var out []string
	for _, w := range words {
		w = strings.Trim(w, ",.")
		if land := demonyms[w]; land != "" {
			out = append(out, land)
		} else if places.has(w) {
			out = append(out, w)
		}
	}
	return out
}

// houseOf tells whether an outlet is a country's own: "President of Ukraine", and
// the Kremlin of Russia.
func houseOf(outlet []string, land string) bool {
	for _, w := range outlet {
		if w == land || w == "kremlin" && land == "russia" {
			return true
		}
	}
	return false
}

func ofPresidency(outlet []string) bool {
	for _, w := range outlet {
		if w == "kremlin" || w == "president" || w == "presidency" {
			return true
		}
	}
	return false
}
