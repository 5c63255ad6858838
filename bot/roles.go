package bot

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"onrecord/data/naming"
)

// offices are words that tell that a description is of a person.
var offices = set(`president premier chancellor king minister secretary senator representative congressman governor mayor
	ambassador envoy general spokesman spokeswoman spokesperson director chairman chair chief leader head aide adviser
	advisor negotiator commander judge justice lawyer attorney candidate nominee strategist analyst official professor
	ex-ambassador diplomat speaker chancellor vice prime foreign defense defence deputy special top former sen gov gen rep`)

// heads are offices that head a description.
var heads = set(`president premier chancellor king minister secretary senator representative congressman governor mayor
	ambassador envoy general spokesman spokeswoman spokesperson director chairman chair chief leader head aide adviser
	advisor negotiator commander judge justice lawyer attorney candidate nominee strategist analyst professor diplomat
	lady commissioner prosecutor ombudsman patriarch pope bishop archbishop admiral colonel economist lawmaker founder
	coordinator councillor secretary-general administrator`)

// sameOffice are other words for an office.
var sameOffice = map[string][]string{
	"adviser": {"aide", "advisor"}, "advisor": {"aide", "adviser"}, "aide": {"adviser", "advisor"},
	"leader":    {"president", "premier", "chancellor", "king", "minister"},
	"spokesman": {"spokesperson", "secretary"}, "spokeswoman": {"spokesperson", "secretary"},
	"spokesperson": {"spokesman", "spokeswoman", "secretary"}, "assistant": {"aide", "adviser"},
}

// byRole finds who is described: every word must be of the person's roles, and
// one of them an office.
func (r *roster) byRole(words []string) []*person {
	if out := r.byTitle(words); out != nil {
		return out
	}
	if !slices.ContainsFunc(words, isOffice) {
		return nil
	}
	key := strings.Join(words, " ")
	out, known := r.described.Get(key)
	if !known {
		out = slices.Clip(r.holding(words))
		r.described.Add(key, out)
	}
	if len(out) > 1 && len(words) > 1 && out[0].statements >= outspoken*out[1].statements {
		return out[:1:1]
	}
	return out
}

// holding are the people whom a description is of, those first who say most; of many,
// maxBearers of those who are most often called so.
func (r *roster) holding(words []string) (out []*person) {
	for _, name := range r.bearers(words) {
		p := r.bearer(nameOf{name, true})
		if p != nil && p.person && p.isDescribed(words) { // corrections may have taken the role
			out = appendNew(out, p)
		}
		if len(out) == maxBearers {
			break
		}
	}
	slices.SortStableFunc(out, func(p, o *person) int { return o.statements - p.statements })
	return out
}

// bearers are the names in the index that have a description's words in their roles,
// those first who are most often called so; see isDescribed.
func (r *roster) bearers(words []string) []string {
	about, called := map[string][]string{}, map[string]int{}
	for _, head := range sameHeads(words) {
		holders, err := r.from.Holders(head)
		if err != nil {
			r.fail(err)
		}
		for _, h := range holders {
			about[h.Name] = append(about[h.Name], roleWords(h.Role)...)
			called[h.Name] += h.Statements
		}
	}
	names := slices.Collect(maps.Keys(about))
	names = slices.DeleteFunc(names, func(name string) bool {
		return !describes(words, func(w string) bool { return contains(about[name], w) })
	})
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(called[b]-called[a], strings.Compare(a, b))
	})
	return names
}

// sameHeads are the head of a description and other words for it.
func sameHeads(words []string) []string {
	head := naming.HeadOf(words)
	return append([]string{head}, sameOffice[head]...)
}

func isOffice(w string) bool { return heads[w] || w == "assistant" }

// isDescribed tells whether a description is of a person: its head heads a role, and
// all its words are of the roles that it heads. Whoever is "president" in one and
// "critic of Russia" in another is no president of Russia.
func (p *person) isDescribed(words []string) bool {
	heads := sameHeads(words)
	var about []string
	for _, role := range p.withRoles().roles {
		if slices.ContainsFunc(naming.Heads(role), func(head string) bool { return contains(heads, head) }) {
			about = append(about, roleWords(role)...)
		}
	}
	return about != nil && describes(words, func(w string) bool { return contains(about, w) })
}

// describes tells whether all words of a description are about somebody, as roles word
// it.
func describes(words []string, about func(string) bool) bool {
	for _, w := range words {
		switch {
		case about(w), about(country(w)), w == "of", w == "to", w == "for", w == "current", w == "in", w == "kremlin" && about("russia"):
		case !slices.ContainsFunc(sameOffice[w], about):
			return false
		}
	}
	return true
}

// demonyms make countries of peoples, both folded.
var demonyms = map[string]string{
	"russian": "russia", "russia": "russia", "ukrainian": "ukraine", "american": "united states", "us": "united states",
	"u.s": "united states", "usa": "united states", "america": "united states", "british": "britain", "uk": "britain", "french": "france",
	"german": "germany", "polish": "poland", "chinese": "china", "turkish": "turkey", "iranian": "iran", "israeli": "israel",
	"saudi": "saudi arabia", "belarusian": "belarus", "hungarian": "hungary", "italian": "italy", "spanish": "spain",
	"japanese": "japan", "finnish": "finland", "swedish": "sweden", "norwegian": "norway", "dutch": "netherlands",
	"canadian": "canada", "indian": "india", "lithuanian": "lithuania", "latvian": "latvia", "estonian": "estonia",
}

// country is the country of a people, and of other words for what roles are of the
// one that they are compared by.
func country(w string) string {
	if w == "defence" {
		return "defense"
	}
	if c := demonyms[w]; c != "" {
		return c
	}
	return w
}

// roleWords are the folded words of a role, peoples made countries.
func roleWords(role string) []string {
	var out []string
	for _, w := range strings.Fields(naming.Fold(role)) {
		w = strings.TrimSuffix(strings.Trim(w, ".,;:()\""), "'s")
		if w == "who" || w == "which" {
			break // what follows is about what they do, not who they are
		}
		out = append(out, w)
		if c := country(w); c != w {
			out = append(out, c)
		}
	}
	return out
}
