package bot

import (
	"fmt"
	"sort"
	"strings"
	"unicode/utf8"

	"onrecord/index"
)

// person is somebody, or a body, with statements on record, under all names
// that the archive's articles use.
type person struct {
	name       string   // the commonest full form
	stored     []string // the names in the index
	statements int
	person     bool
	words      []string        // of name, folded
	roles      []string        // as articles word them
	about      map[string]bool // words of all roles, folded
	heads      map[string]bool // of them, those that head a role: "aide" in "aide of the president"
}

func (p *person) last() string { return p.words[len(p.words)-1] }

// roster is everybody who has statements.
type roster struct {
	all    []*person
	byLast map[string][]*person // persons, by folded surname, most statements first
	byName map[string]*person   // by folded whole name
	full   map[string]string    // a stored name to the name that is shown
}

// newRoster joins names that mean one person: the same first and last name but
// for their transliteration, and a surname alone with the commonest full name
// that has it.
func newRoster(speakers []index.Speaker) *roster {
	r := &roster{byLast: map[string][]*person{}, byName: map[string]*person{}, full: map[string]string{}}
	sort.SliceStable(speakers, func(i, k int) bool { return speakers[i].Statements > speakers[k].Statements })
	for _, alone := range []bool{false, true} {
		for _, s := range speakers {
			words := strings.Fields(fold(s.Name))
			if len(words) == 0 || s.Person && (len(words) == 1) != alone || !s.Person && alone {
				continue
			}
			r.enter(s, words)
		}
	}
	for _, p := range r.all {
		for _, s := range p.stored {
			r.full[s] = p.name
		}
	}
	return r
}

func (r *roster) enter(s index.Speaker, words []string) {
	p := r.known(s, words)
	if p == nil {
		p = &person{name: s.Name, person: s.Person, words: words, about: map[string]bool{}, heads: map[string]bool{}}
		r.all = append(r.all, p)
		r.byName[strings.Join(words, " ")] = p
		if s.Person {
			r.byLast[p.last()] = append(r.byLast[p.last()], p)
		}
	}
	p.stored = append(p.stored, s.Name)
	p.statements += s.Statements
	p.roles = append(p.roles, s.Roles...)
	for _, role := range s.Roles {
		for _, w := range roleWords(role) {
			p.about[w] = true
		}
		for _, segment := range strings.FieldsFunc(role, func(r rune) bool { return strings.ContainsRune(",;–—", r) }) {
			p.heads[headOf(strings.Fields(fold(segment)))] = true
		}
	}
}

// known is the person already entered whom a stored name means, or nil.
func (r *roster) known(s index.Speaker, words []string) *person {
	if p := r.byName[strings.Join(words, " ")]; p != nil && p.person == s.Person {
		return p
	}
	if !s.Person {
		return nil
	}
	last := words[len(words)-1]
	if len(words) == 1 {
		if all := r.byLast[last]; len(all) > 0 {
			return all[0]
		}
		return nil
	}
	for _, p := range r.byLast[last] {
		if len(p.words) > 1 && p.words[0] == words[0] {
			return p
		}
	}
	return nil
}

// shownName is the name under which a stored one is shown.
func (r *roster) shownName(stored string, isPerson bool) string {
	if !isPerson || strings.Contains(stored, " ") {
		return stored
	}
	if full, ok := r.full[stored]; ok {
		return full
	}
	return stored
}

// found is what a speaker's name in a question means.
type found struct {
	people     []*person
	understood string   // how it was read, where that is not how it was asked
	near       []string // names that come close, where nobody is meant
	ambiguous  bool     // a title that several have
}

// maxNear is how many near names are offered.
const maxNear = 3

// resolve finds whom a name, a title or a misspelling means. count tells how
// many passages hold a word: what stands in the archive is no misspelling.
func (r *roster) resolve(asked string, count func(string) int) found {
	words := nameWords(asked)
	if len(words) == 0 {
		return found{}
	}
	if p := r.exact(words); len(p) > 0 {
		return found{people: p}
	}
	if p := r.byRole(words); len(p) > 0 {
		if len(p) > 1 {
			return found{ambiguous: true, near: names(p)}
		}
		return found{people: p, understood: fmt.Sprintf("“%s” was taken for %s", asked, p[0].name)}
	}
	if i := splitAnd(asked); i > 0 {
		a, b := r.resolve(asked[:i], count), r.resolve(asked[i+len(" and "):], count)
		if len(a.people) > 0 && len(b.people) > 0 {
			return found{people: append(a.people, b.people...), understood: strings.Trim(a.understood+"; "+b.understood, "; ")}
		}
	}
	if p := r.misspelled(words, count); p != nil {
		return found{people: []*person{p}, understood: fmt.Sprintf("“%s” was taken for %s", asked, p.name)}
	}
	return found{near: r.near(words)}
}

func splitAnd(s string) int { return strings.Index(strings.ToLower(s), " and ") }

func names(people []*person) []string {
	var out []string
	for _, p := range people {
		out = append(out, p.name)
	}
	return out
}

// nameWords are a speaker's words in a question, folded, articles left out.
func nameWords(s string) []string {
	var out []string
	for _, w := range strings.Fields(fold(s)) {
		w = strings.TrimSuffix(strings.Trim(w, ".,;:!?\"'()"), "'s")
		if w != "" && w != "the" && w != "a" && w != "mr" && w != "mrs" && w != "ms" && w != "'s" {
			out = append(out, w)
		}
	}
	return out
}

// exact finds a whole name, a body, or a surname with nothing beside it that
// speaks against the person: a first name, an office.
func (r *roster) exact(words []string) []*person {
	if len(words) == 0 {
		return nil
	}
	if p := r.byName[strings.Join(words, " ")]; p != nil {
		if p.person && len(words) == 1 {
			return r.sharing(p)
		}
		return []*person{p}
	}
	if same := sameBody[strings.Join(words, " ")]; same != "" {
		if p := r.byName[same]; p != nil {
			return []*person{p}
		}
	}
	var out []*person
	for _, p := range r.byLast[words[len(words)-1]] {
		if p.agrees(words[:len(words)-1]) {
			out = append(out, p)
		}
	}
	if out == nil {
		out = r.byFirstAndOffice(words)
	}
	return out
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
		for _, p := range r.byLast[words[i]] {
			if len(p.words) > 1 && p.words[0] == words[0] && p.agrees(words[i+1:]) {
				return []*person{p}
			}
		}
	}
	return nil
}

// sharing are all persons of one surname.
func (r *roster) sharing(p *person) []*person {
	if all := r.byLast[p.last()]; len(all) > 0 {
		return all
	}
	return []*person{p}
}

// agrees tells whether every word beside a surname is the person's first name
// or of their office.
func (p *person) agrees(words []string) bool {
	for _, w := range words {
		first := len(p.words) > 1 && (near(w, p.words[0]) || len(w) == 1 && strings.HasPrefix(p.words[0], w))
		if !first && !p.about[w] && !p.about[country(w)] && !offices[w] && !isPatronymic(w) && !contains(p.words, w) {
			return false
		}
	}
	return true
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
	if utf8.RuneCountInString(asked) < 4 || count(asked) > 0 {
		return nil
	}
	var best *person
	least, several := 3, false
	for last, people := range r.byLast {
		d := distance(asked, last)
		if d > errorsAllowed(asked) || d > least || !people[0].agrees(words[:len(words)-1]) {
			continue
		}
		several = d == least && best != nil
		best, least = people[0], d
	}
	if several {
		return nil
	}
	return best
}

// errorsAllowed is how many letters may be wrong: one in a short name, two in
// one of seven letters and more. "Biden" must not become "Linden".
func errorsAllowed(name string) int {
	if utf8.RuneCountInString(name) >= 7 {
		return 2
	}
	return 1
}

// near offers names that come close: a letter more than a typing error, or the
// same beginning.
func (r *roster) near(words []string) []string {
	asked := words[len(words)-1]
	type candidate struct {
		name string
		d    int
	}
	var all []candidate
	for last, people := range r.byLast {
		if d := distance(asked, last); d <= max(2, errorsAllowed(asked)+1) && d < utf8.RuneCountInString(asked)-1 {
			all = append(all, candidate{people[0].name, d})
		}
	}
	sort.Slice(all, func(i, k int) bool {
		if all[i].d != all[k].d {
			return all[i].d < all[k].d
		}
		return all[i].name < all[k].name
	})
	var out []string
	for _, c := range all[:min(len(all), maxNear)] {
		out = append(out, c.name)
	}
	return out
}

func near(a, b string) bool {
	return a == b || utf8.RuneCountInString(a) > 3 && distance(a, b) <= errorsAllowed(a)
}
