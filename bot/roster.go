package bot

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"onrecord/data/naming"
	"onrecord/data/operator"
	"onrecord/data/when"
	"onrecord/index"
)

// speakers is where a roster has its people from: record, or a list in tests.
type speakers interface {
	Family(word string) ([]index.Speaker, error)
	Roles(name string, person bool) ([]index.Role, error)
	Holders(head string) ([]index.Holder, error)
	Families() ([]string, error)
	Speakers() ([]index.Speaker, error)
}

// person is somebody, or a body, with statements on record, under all names
// that the archive's articles use.
type person struct {
	name       string   // the commonest full form
	stored     []string // the names in the index
	statements int
	person     bool
	words      []string // of name, folded, as naming.Words gives them
	roster     *known   // that reads their roles; nil for a title of the operator's file
	read       sync.Once
	roles      []string // as articles word them; see withRoles
	about      wordSet  // words of all roles, folded; likewise
	// Of those whom the operator's file has:
	edited    bool
	titles    []title
	names     [][]string      // all spellings, as naming.Words gives them
	spellings map[string]bool // their words
	not       map[string]bool // names, folded, that are somebody else's
}

func (p *person) last() string    { return p.words[len(p.words)-1] }
func (p *person) given() []string { return p.words[:len(p.words)-1] }

// withRoles is the person once the words of the roles are read: most questions name
// somebody and need none.
func (p *person) withRoles() *person {
	p.read.Do(func() {
		if p.roster != nil {
			p.roles = append(p.roles, p.roster.rolesOf(p)...)
		}
		var about []string
		for _, role := range p.roles {
			about = append(about, roleWords(role)...)
		}
		p.about = newWordSet(about)
	})
	return p
}

// roster is everybody who has statements. Who they are is found out when they are
// asked about: see family.
type roster struct {
	*known
	titled []*person            // those with titles in the operator's file
	listed map[string][]*person // the people of the operator's file, by folded spelling
	asked  when.Period          // the days of the question
	notes  []operator.Note      // on the operator's file
}

// known is what has been found out of a roster's people.
type known struct {
	from      speakers
	people    []*person // of the operator's file
	mu        sync.Mutex
	families  map[string]*family
	described *lru.Cache[string, []*person] // of descriptions, by their words
	failed    error                         // why something could not be read; see fault
	directory func() *directory
	surnames  func() []surname
	count     func() int
}

// keptDescriptions is of how many descriptions it is remembered who they are of.
const keptDescriptions = 256

// newRoster makes a roster. What the operator says of people goes before what their
// names say.
func newRoster(from speakers, people []operator.Person) *roster {
	r := &roster{known: &known{from: from, families: map[string]*family{}}}
	r.described, _ = lru.New[string, []*person](keptDescriptions) // it fails on sizes below one alone
	r.directory = sync.OnceValue(r.readDirectory)
	r.surnames = sync.OnceValue(r.readSurnames)
	r.count = sync.OnceValue(r.countPeople)
	r.enlist(people)
	for _, word := range slices.Sorted(maps.Keys(r.families)) { // all that the operator's people belong to
		r.fill(r.families[word], word)
	}
	for _, f := range r.families {
		f.order()
	}
	for _, p := range r.people {
		if len(p.titles) > 0 {
			r.titled = append(r.titled, p)
		}
	}
	slices.SortStableFunc(r.titled, func(p, o *person) int { return o.statements - p.statements })
	return r
}

// family is everybody of a surname. A word that is none gives one of nobody.
func (r *roster) family(word string) *family {
	r.mu.Lock()
	defer r.mu.Unlock()
	if f := r.families[word]; f != nil {
		return f
	}
	f := newFamily()
	r.fill(f, word)
	if f.order(); f.found() {
		r.families[word] = f
	}
	return f
}

// fill enters those whom the index has into a family.
func (r *roster) fill(f *family, word string) {
	all, err := r.from.Family(word)
	if err != nil {
		r.failed = cmp.Or(r.failed, err)
		return
	}
	r.join(f, all)
}

// persons are the people of a surname, those first who say most.
func (r *roster) persons(last string) []*person { return r.family(last).people }

// named is the person or body of a whole name, folded; nil where there is none.
func (r *roster) named(words []string) *person {
	if len(words) == 0 {
		return nil
	}
	return r.family(words[len(words)-1]).byName[strings.Join(words, " ")]
}

// isName tells whether a folded word is a surname on record, or the whole name of a
// body.
func (r *roster) isName(word string) bool {
	f := r.family(word)
	return len(f.people) > 0 || f.byName[word] != nil
}

// bearer is who is stored under a name; nil where nobody is.
func (r *roster) bearer(name nameOf) *person {
	return r.family(naming.Family(name.name)).stored[name]
}

// shownName is the name under which a stored one is shown.
func (r *roster) shownName(stored string, isPerson bool) string {
	if !isPerson || strings.Contains(stored, " ") {
		return stored
	}
	return r.called(nameOf{stored, true})
}

// called is the name under which the statements of a stored one are counted.
func (r *roster) called(name nameOf) string {
	if p := r.bearer(name); p != nil {
		return p.name
	}
	return name.name
}

// personOf is the name in the operator's file of who is stored under a name; ""
// where the file doesn't have them.
func (r *roster) personOf(name nameOf) string {
	if p := r.bearer(name); p != nil && p.edited {
		return p.name
	}
	return ""
}

// rolesOf are how articles describe somebody.
func (k *known) rolesOf(p *person) (words []string) {
	for _, name := range p.stored {
		roles, err := k.from.Roles(name, p.person)
		if err != nil {
			k.fail(err)
		}
		for _, role := range roles {
			words = append(words, role.Words)
		}
	}
	return words
}

// fail notes that something could not be read.
func (k *known) fail(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.failed = cmp.Or(k.failed, err)
}

// fault is why something could not be read: then no answer is right. It is nil
// where all could.
func (k *known) fault() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.failed
}

// countPeople is how many people and bodies have statements.
func (r *roster) countPeople() int {
	all, err := r.from.Speakers()
	if err != nil {
		r.fail(err)
	}
	counted := map[*person]bool{}
	for group := range families(all) {
		r.mu.Lock()
		f := r.families[group[0].Family]
		r.mu.Unlock()
		if f == nil { // nobody asked about them, and none is the operator's
			f = newFamily()
			r.join(f, group)
		}
		for _, p := range f.stored {
			if p.statements > 0 {
				counted[p] = true
			}
		}
	}
	return len(counted)
}
