package bot

import (
	"slices"
	"sort"
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
	var out []*person
	bearers := r.described(words)
	for _, p := range bearers[:min(len(bearers), maxBearers)] {
		if p.person && p.isDescribed(words) {
			out = append(out, p)
		}
	}
	if len(out) > 1 {
		sort.SliceStable(out, func(i, k int) bool { return out[i].statements > out[k].statements })
		if len(words) > 1 && out[0].statements >= outspoken*out[1].statements {
			return out[:1]
		}
	}
	return out
}

func isOffice(w string) bool { return heads[w] || w == "assistant" }

// isDescribed tells whether a description is of a person: its head heads a role,
// and all its words are of the roles.
func (p *person) isDescribed(words []string) bool {
	head := naming.HeadOf(words)
	heads := p.withRoles().heads.has(head)
	for _, other := range sameOffice[head] {
		heads = heads || p.heads.has(other)
	}
	if !heads {
		return false
	}
	for _, w := range words {
		if p.about.has(w) || p.about.has(country(w)) || w == "of" || w == "to" || w == "for" || w == "current" || w == "in" || w == "kremlin" && p.about.has("russia") {
			continue
		}
		same := false
		for _, other := range sameOffice[w] {
			same = same || p.about.has(other)
		}
		if !same {
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
