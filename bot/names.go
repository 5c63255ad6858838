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

// offices are words that tell that a description is of a person.
var offices = set(`president premier chancellor king minister secretary senator representative congressman governor mayor
	ambassador envoy general spokesman spokeswoman spokesperson director chairman chair chief leader head aide adviser
	advisor negotiator commander judge justice lawyer attorney candidate nominee strategist analyst official professor
	ex-ambassador diplomat speaker chancellor vice prime foreign defense defence deputy special top former sen gov gen rep`)

// heads are offices that head a description.
var heads = set(`president premier chancellor king minister secretary senator representative congressman governor mayor
	ambassador envoy general spokesman spokeswoman spokesperson director chairman chair chief leader head aide adviser
	advisor negotiator commander judge justice lawyer attorney candidate nominee strategist analyst professor diplomat`)

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
	described := false
	for _, w := range words {
		described = described || heads[w] || w == "assistant"
	}
	if !described {
		return nil
	}
	var out []*person
	for _, p := range r.all {
		if p.person && p.isDescribed(words) {
			out = append(out, p)
		}
	}
	return out
}

// headOf is the last word of a description before what it is of: "aide" in "top
// aide of the Russian president".
func headOf(words []string) string {
	head := ""
	for _, w := range words {
		switch w {
		case "of", "for", "to", "in", "at", "on", "from", "who", "whose", "which", "under", "with":
			if head != "" {
				return head
			}
		}
		head = strings.TrimSuffix(w, "'s")
	}
	return head
}

// isDescribed tells whether a description is of a person: its head heads a role,
// and all its words are of the roles.
func (p *person) isDescribed(words []string) bool {
	head := headOf(words)
	heads := p.heads[head]
	for _, other := range sameOffice[head] {
		heads = heads || p.heads[other]
	}
	if !heads {
		return false
	}
	for _, w := range words {
		if p.about[w] || p.about[country(w)] || w == "of" || w == "to" || w == "for" || w == "current" || w == "in" || w == "kremlin" && p.about["russia"] {
			continue
		}
		same := false
		for _, other := range sameOffice[w] {
			same = same || p.about[other]
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

func country(w string) string {
	if c := demonyms[w]; c != "" {
		return c
	}
	return w
}

// roleWords are the folded words of a role, peoples made countries.
func roleWords(role string) []string {
	var out []string
	for _, w := range strings.Fields(fold(role)) {
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

// misspelled is the one person whose surname is a typing error away, where the
// word as asked stands nowhere in the archive.
func (r *roster) misspelled(words []string, count func(string) int) *person {
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

// fold makes spellings of a name alike: lower case, no accents, one
// transliteration.
func fold(s string) string {
	s = strings.ToLower(straight(s))
	s = accents.Replace(s)
	return strings.Join(strings.Fields(transliterations.Replace(s+" ")), " ")
}

var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ú", "u", "ù", "u", "û", "u",
	"ü", "u", "ç", "c", "ñ", "n", "š", "s", "ž", "z", "č", "c", "ř", "r", "ł", "l", "ğ", "g", "ı", "i", "ş", "s", "ý", "y", "ń", "n", "ć", "c")

// transliterations are endings and letters of Slavic names that outlets spell
// in several ways.
var transliterations = strings.NewReplacer("iyi ", "y ", "yi ", "y ", "yy ", "y ", "iy ", "y ", "ij ", "y ", "yj ", "y ", "ii ", "y ",
	"skyi'", "sky'", "skyy'", "sky'", "skiy'", "sky'", "zelenski ", "zelensky ", "kh", "h", "dimitri", "dmitry", "dmitri ", "dmitry ",
	"sergei ", "sergey ", "andrei ", "andrey ", "aleksandr", "alexandr")

// distance is the least number of letters put in, left out, changed or swapped
// with their neighbour that makes a into b.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > 3 || d < -3 {
		return 4 // more than anybody asks for
	}
	before, row := make([]int, len(y)+1), make([]int, len(y)+1)
	two := make([]int, len(y)+1)
	for k := range row {
		row[k] = k
	}
	for i := 1; i <= len(x); i++ {
		two, before, row = before, row, two
		row[0] = i
		for k := 1; k <= len(y); k++ {
			cost := 1
			if x[i-1] == y[k-1] {
				cost = 0
			}
			row[k] = min(before[k]+1, row[k-1]+1, before[k-1]+cost)
			if i > 1 && k > 1 && x[i-1] == y[k-2] && x[i-2] == y[k-1] {
				row[k] = min(row[k], two[k-2]+1)
			}
		}
	}
	return row[len(y)]
}
