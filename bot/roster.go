package bot

import (
	"iter"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"onrecord/data/naming"
	"onrecord/data/operator"
	"onrecord/data/when"
	"onrecord/index"
)

// person is somebody, or a body, with statements on record, under all names
// that the archive's articles use.
type person struct {
	name       string   // the commonest full form
	stored     []string // the names in the index
	statements int
	person     bool
	words      []string // of name, folded, as nameWords gives them
	roles      []string // as articles word them
	about      wordSet  // words of all roles, folded; see withRoles
	heads      wordSet  // of them, those that head a role: "aide" in "aide of the president"
	read       sync.Once
	// Of those whom the operator's file has:
	edited    bool
	titles    []title
	names     [][]string      // all spellings, as nameWords gives them
	spellings map[string]bool // their words
	not       map[string]bool // names, folded, that are somebody else's
}

func (p *person) last() string    { return p.words[len(p.words)-1] }
func (p *person) given() []string { return p.words[:len(p.words)-1] }

// roster is everybody who has statements.
type roster struct {
	all    []*person
	byLast map[string][]*person    // persons, by folded surname, most statements first
	crowds map[givenName][]*person // persons of surnames that many have; only while the roster is made
	byName map[string]*person      // by folded whole name
	ways   *ways                   // in, made when they are first gone
	titled []*person               // those with titles in the operator's file
	full   map[string]string       // a stored name to the commonest full form
	files  map[string]string       // a stored name to the one in the operator's file
	listed map[string][]*person    // the people of the operator's file, by folded spelling
	asked  when.Period             // the days of the question
	notes  []operator.Note         // on the operator's file
}

// newRoster joins names that mean one person: the same surname, and given names
// that don't speak against each other (see sameGiven); and a surname alone with
// the commonest full name that has it. What the operator says of people goes
// before all that.
func newRoster(speakers []index.Speaker, people []operator.Person) *roster {
	r := &roster{ways: &ways{}, byLast: map[string][]*person{}, crowds: map[givenName][]*person{}, byName: map[string]*person{}, full: map[string]string{}, files: map[string]string{}}
	r.enlist(people)
	sort.SliceStable(speakers, func(i, k int) bool { return speakers[i].Statements > speakers[k].Statements })
	words := allNameWords(speakers)
	for _, alone := range []bool{false, true} {
		for i, s := range speakers {
			words := words[i]
			if len(words) == 0 || s.Person && (len(words) == 1) != alone || !s.Person && alone {
				continue
			}
			r.enter(s, words)
		}
	}
	r.crowds = nil
	for _, people := range r.byLast {
		sort.SliceStable(people, func(i, k int) bool { return people[i].statements > people[k].statements })
	}
	defer r.prepare()
	for _, p := range r.all {
		for _, s := range p.stored {
			r.full[s] = p.name
			if p.edited {
				r.files[s] = p.name
			}
		}
	}
	if len(people) > 0 { // they were entered before it was known what they said
		sort.SliceStable(r.all, func(i, k int) bool { return r.all[i].statements > r.all[k].statements })
	}
	return r
}

// allNameWords are the names' words, read on all cores: a large archive has some
// hundred thousand.
func allNameWords(speakers []index.Speaker) [][]string {
	words := make([][]string, len(speakers))
	eachCore(func(core, cores int) {
		for i := core; i < len(speakers); i += cores {
			words[i] = slices.Clip(naming.Words(speakers[i].Name))
		}
	})
	return words
}

// eachCore runs a share of some work on each core.
func eachCore(share func(core, cores int)) {
	var workers sync.WaitGroup
	cores := runtime.GOMAXPROCS(0)
	for core := range cores {
		workers.Go(func() { share(core, cores) })
	}
	workers.Wait()
}

func (r *roster) enter(s index.Speaker, words []string) {
	p := r.known(s, words)
	if p == nil {
		p = &person{name: s.Name, person: s.Person, words: words}
		r.all = append(r.all, p)
		if s.Person {
			r.enterLast(p.last(), p)
		}
	}
	if name := strings.Join(words, " "); r.byName[name] == nil {
		r.byName[name] = p
	}
	p.stored = append(p.stored, s.Name)
	p.statements += s.Statements
	p.roles = append(p.roles, s.Roles...)
}

// describe adds roles to a person, as articles word them.
func (p *person) describe(roles []string) {
	p.roles = append(p.roles, roles...)
	p.read = sync.Once{}
}

// withRoles is the person once the words of the roles are read: most questions name
// somebody, and a large archive has some hundred thousand.
func (p *person) withRoles() *person {
	p.read.Do(func() { p.readRoles(interned{}) })
	return p
}

// readRoles takes the words of a person's roles.
func (p *person) readRoles(in interned) {
	var about, heads []string
	for _, role := range p.roles {
		for _, w := range roleWords(role) {
			about = append(about, in.word(w))
		}
		for _, segment := range strings.FieldsFunc(role, func(r rune) bool { return strings.ContainsRune(",;–—", r) }) {
			heads = append(heads, in.word(naming.HeadOf(strings.Fields(naming.Fold(segment)))))
		}
	}
	p.about, p.heads = newWordSet(about), newWordSet(heads)
}

// readAllRoles does that for everybody, on all cores: a large archive has some
// hundred thousand.
func readAllRoles(all []*person) {
	eachCore(func(core, cores int) {
		in := interned{}
		for i := core; i < len(all); i += cores {
			p := all[i]
			p.read.Do(func() { p.readRoles(in) })
		}
	})
}

// known is the person already entered whom a stored name means, or nil. Where
// given names fit several, as "A. Wexmoor" does Ada and Abel, it means neither.
func (r *roster) known(s index.Speaker, words []string) *person {
	if p := r.edited(words); p != nil {
		return p
	}
	if p := r.byName[strings.Join(words, " ")]; p != nil && p.person == s.Person {
		return p
	}
	if !s.Person {
		return nil
	}
	name, last := strings.Join(words, " "), words[len(words)-1]
	if len(words) == 1 {
		for _, p := range r.byLast[last] {
			if !p.not[name] {
				return p
			}
		}
		return nil
	}
	var same *person
	given := words[:len(words)-1]
	for namesakes := range r.namesakes(last, given) {
		for _, p := range namesakes {
			if p == same || p.not[name] || !sameGiven(given, p.given()) {
				continue
			}
			if same != nil {
				return nil
			}
			same = p
		}
	}
	return same
}

// namesakes are those of a surname among whom whoever has these given names is;
// some come twice.
func (r *roster) namesakes(last string, given []string) iter.Seq[[]*person] {
	return func(yield func([]*person) bool) {
		if people := r.byLast[last]; len(people) <= crowd {
			yield(people)
			return
		}
		for _, key := range givenAsked(given) {
			if !yield(r.crowds[givenName{last, key}]) {
				return
			}
		}
	}
}

// crowd is how many bearers of a surname are gone through one by one.
const crowd = 16

// givenName is a surname with what may be a given name: see givenKeys.
type givenName struct{ last, key string }

// enterLast enters a person under a surname.
func (r *roster) enterLast(last string, p *person) {
	before := r.byLast[last]
	r.byLast[last] = append(before, p)
	switch n := len(before) + 1; {
	case n == crowd+1:
		for _, p := range r.byLast[last] {
			r.enterCrowd(last, p)
		}
	case n > crowd:
		r.enterCrowd(last, p)
	}
}

func (r *roster) enterCrowd(last string, p *person) {
	for _, key := range givenKeys(p.given()) {
		r.crowds[givenName{last, key}] = append(r.crowds[givenName{last, key}], p)
	}
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
