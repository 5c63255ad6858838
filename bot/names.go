package bot

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"onrecord/data/naming"
	"onrecord/index"
)

// found is what a speaker's name in a question means.
type found struct {
	people     []*person
	understood string   // how it was read, where that is not how it was asked
	near       []string // names that come close, where nobody is meant
	ambiguous  bool     // a title that several have
}

// resolve finds whom a name, a title or a misspelling means, and where it means
// nobody, who comes near.
func (r *roster) resolve(asked string, count func(string) int) found {
	f := r.meant(asked, count)
	if words := naming.Words(asked); len(words) > 0 && f.people == nil && !f.ambiguous {
		f.near = r.near(words)
	}
	return f
}

// meant finds whom a name means. count tells how many passages hold a word: what
// stands in the archive is no misspelling.
func (r *roster) meant(asked string, count func(string) int) found {
	words := naming.Words(asked)
	if len(words) == 0 {
		return found{}
	}
	if p := r.exact(words); len(p) > 0 {
		return found{people: p, understood: cmp.Or(severalOf(asked, p), otherwiseCalled(asked, words, p[0]))}
	}
	if naming.IsCyrillic(asked) {
		p := r.cyrillic(words)
		if p == nil {
			p = r.exact(inEnglish(asked))
		}
		if len(p) > 0 {
			return found{people: p, understood: fmt.Sprintf("“%s” was taken for %s", asked, strings.Join(names(p), " or "))}
		}
	}
	if p := r.byRole(words); len(p) > 0 {
		if len(p) > 1 {
			return found{ambiguous: true, near: names(p)}
		}
		return found{people: p, understood: fmt.Sprintf("“%s” was taken for %s", asked, p[0].name)}
	}
	if i := splitAnd(asked); i > 0 {
		a, b := r.meant(asked[:i], count), r.meant(asked[i+len(" and "):], count)
		if len(a.people) > 0 && len(b.people) > 0 {
			return found{people: append(a.people, b.people...), understood: strings.Trim(a.understood+"; "+b.understood, "; ")}
		}
	}
	if p := r.misspelled(words, count); p != nil {
		return found{people: []*person{p}, understood: fmt.Sprintf("“%s” was taken for %s", asked, p.name)}
	}
	return found{}
}

func splitAnd(s string) int { return strings.Index(strings.ToLower(s), " and ") }

func names(people []*person) []string {
	var out []string
	for _, p := range people {
		out = append(out, p.name)
	}
	return out
}

// severalOf says that a name asked for has several bearers, whose statements are
// shown apart.
func severalOf(asked string, people []*person) string {
	if len(people) < 2 || !people[0].person {
		return ""
	}
	return fmt.Sprintf("“%s” may be any of these: %s", asked, few(names(people)))
}

// few lists the first names of many.
func few(all []string) string {
	if len(all) >= maxBearers {
		return strings.Join(all[:maxSeveral], ", ") + " and many more"
	}
	if n := len(all) - maxSeveral; n > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(all[:maxSeveral], ", "), n)
	}
	return strings.Join(all, ", ")
}

// otherwiseCalled says who is meant by a name that the operator's file alone
// gives somebody.
func otherwiseCalled(asked string, words []string, p *person) string {
	if !p.edited || slices.ContainsFunc(words, func(w string) bool { return contains(p.words, w) }) {
		return ""
	}
	return fmt.Sprintf("“%s” was taken for %s", asked, p.name)
}

// cyrillic finds whom a name means that is written in Cyrillic, in any case.
func (r *roster) cyrillic(words []string) []*person {
	for _, last := range nominatives(words[len(words)-1]) {
		last = naming.Fold(last)
		var out []*person
		for _, p := range r.persons(last) {
			if p.agrees(words[:len(words)-1]) {
				out = append(out, p)
			}
		}
		if out != nil {
			return out
		}
		if p := r.named([]string{last}); p != nil && len(words) == 1 {
			return []*person{p}
		}
	}
	return nil
}

// inEnglish are the words of a name whose last one the table of topics has, as
// Байден; nil where it hasn't.
func inEnglish(asked string) []string {
	raw := strings.Fields(strings.ToLower(asked))
	words := naming.Words(asked)
	if len(raw) == 0 || len(words) == 0 {
		return nil
	}
	english := cyrillicTopics[index.StemCyrillic(strings.Trim(raw[len(raw)-1], ".,;:!?"))]
	if english == nil {
		return nil
	}
	return append(slices.Clone(words[:len(words)-1]), naming.Fold(english[0]))
}

// exact finds a whole name, a body, or a surname with nothing beside it that
// speaks against the person: a first name, an office.
func (r *roster) exact(words []string) []*person {
	if len(words) == 0 {
		return nil
	}
	if people := r.listed[strings.Join(words, " ")]; people != nil && (len(words) > 1 || words[0] != people[0].last()) {
		return people // all that the operator means; a surname may be others' too
	}
	if p := r.named(words); p != nil {
		if p.person && len(words) == 1 {
			return r.sharing(p)
		}
		return []*person{p}
	}
	if same := sameBody[strings.Join(words, " ")]; same != "" {
		if p := r.named(strings.Fields(same)); p != nil {
			return []*person{p}
		}
	}
	var out []*person
	for _, p := range r.persons(words[len(words)-1]) {
		if p.agrees(words[:len(words)-1]) {
			out = append(out, p)
		}
	}
	if out == nil {
		out = r.byFirstAndOffice(words)
	}
	return apart(out, words)
}

// sameBody are other names of bodies, folded.
var sameBody = map[string]string{
	"us": "united states", "u.s": "united states", "usa": "united states", "america": "united states",
	"uk": "united kingdom", "britain": "united kingdom", "eu": "european union", "un": "united nations",
	"kiev": "kyiv", "united states": "u.s", "russian federation": "russia",
}

// byFirstAndOffice: "Vladimir Putin the president" reads like a name with more
// behind it.
func (r *roster) byFirstAndOffice(words []string) []*person {
	for i := 1; i < len(words)-1; i++ {
		for _, p := range r.persons(words[i]) {
			if len(p.words) > 1 && p.words[0] == words[0] && p.agrees(words[i+1:]) {
				return []*person{p}
			}
		}
	}
	return nil
}

// sharing are all persons of one surname.
func (r *roster) sharing(p *person) []*person {
	if all := r.persons(p.last()); len(all) > 0 {
		return all
	}
	return []*person{p}
}

// agrees tells whether every word beside a surname is of the person's office or
// a given name that may be theirs; "von der" are of neither, but of the surname.
func (p *person) agrees(words []string) bool {
	if p.endsIn(words) {
		return true
	}
	p = p.withRoles()
	var given []string
	for _, w := range words {
		switch {
		case len(p.words) > 1 && (near(w, p.words[0]) || contains(p.words, w)):
			given = append(given, closest(w, p.given()))
		case !p.about.has(w) && !p.about.has(country(w)) && !offices[w] && !isPatronymic(w):
			given = append(given, w)
		}
	}
	return len(given) == 0 || sameGiven(given, p.given())
}

// endsIn tells whether a person's name, in any spelling, has these words before its
// last one.
func (p *person) endsIn(words []string) bool {
	for _, name := range append([][]string{p.words}, p.names...) {
		before := len(name) - 1 - len(words)
		if before >= 0 && slices.Equal(name[before:len(name)-1], words) {
			return true
		}
	}
	return false
}

// closest is the given name that a word is, typing errors aside.
func closest(w string, given []string) string {
	if !contains(given, w) && len(given) > 0 && near(w, given[0]) {
		return given[0]
	}
	return w
}

func contains(all []string, w string) bool {
	for _, x := range all {
		if x == w {
			return true
		}
	}
	return false
}

func isPatronymic(w string) bool {
	for _, end := range []string{"ovich", "evich", "ovych", "evych", "ovna", "evna", "ivna"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// misspelled is the one person whose surname is a typing error away, where the
// word as asked stands nowhere in the archive.
func (r *roster) misspelled(words []string, count func(string) int) *person {
	if len(words) == 0 {
		return nil
	}
	asked := words[len(words)-1]
	if n := utf8.RuneCountInString(asked); n < 4 || n > maxWord || count(asked) > 0 {
		return nil
	}
	var best *person
	least, several := 3, false
	r.close(asked, errorsAllowed(asked), func(_ string, people []*person, errors int) {
		if errors > least || !people[0].agrees(words[:len(words)-1]) {
			return
		}
		several = errors == least && best != nil
		best, least = people[0], errors
	})
	if several {
		return nil
	}
	return best
}

// errorsAllowed is how many letters of a name may be wrong.
func errorsAllowed(name string) int {
	if utf8.RuneCountInString(name) >= longName {
		return 2
	}
	return 1
}

// near offers names that come close: a letter more than a typing error, where the
// first letter is the same.
func (r *roster) near(words []string) []string {
	asked := words[len(words)-1]
	type candidate struct {
		name string
		d    int
	}
	var all []candidate
	first, _ := utf8.DecodeRuneInString(asked)
	r.close(asked, maxNearErrors, func(last string, people []*person, errors int) {
		near := errors < maxNearErrors || strings.HasPrefix(last, string(first))
		if near && people[0].statements > 0 && errors < utf8.RuneCountInString(asked)-1 {
			all = append(all, candidate{people[0].name, errors})
		}
	})
	sort.Slice(all, func(i, k int) bool {
		if all[i].d != all[k].d {
			return all[i].d < all[k].d
		}
		return all[i].name < all[k].name
	})
	var out []string
	for _, c := range all {
		if len(out) < maxNear && !contains(out, c.name) {
			out = append(out, c.name)
		}
	}
	return out
}

func near(a, b string) bool {
	return a == b || utf8.RuneCountInString(a) > 3 && naming.Distance(a, b) <= errorsAllowed(a)
}
