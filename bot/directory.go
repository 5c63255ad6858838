package bot

import (
	"slices"
	"strings"
	"unicode/utf8"

	"onrecord/data/naming"
)

// directory is a list of all names on record, for what can't be looked up by
// surname: names that somebody begins to type. It is made when it is first needed.
type directory struct {
	entries []entry // those with most statements first
}

// entry is a name in the index. A large archive has some hundred thousand.
type entry struct {
	words      string // as naming.Words gives them, parted by spaces
	stored     string
	statements int
	person     bool
}

func (r *roster) readDirectory() *directory {
	all, err := r.from.Speakers()
	if err != nil {
		r.fail(err)
	}
	d := &directory{entries: make([]entry, 0, len(all))}
	for _, s := range all {
		if words := strings.Join(naming.Words(s.Name), " "); words != "" {
			d.entries = append(d.entries, entry{words, s.Name, s.Statements, s.Person})
		}
	}
	slices.SortStableFunc(d.entries, func(a, b entry) int { return b.statements - a.statements })
	return d
}

// mostQuoted are the people with most statements, at most n.
func (r *roster) mostQuoted(n int) []*person {
	var out []*person
	for _, e := range r.directory().entries {
		if len(out) == n*namesOfOne {
			break
		}
		if !e.person {
			continue
		}
		if p := r.bearer(nameOf{e.stored, true}); p != nil && p.person {
			out = appendNew(out, p)
		}
	}
	slices.SortStableFunc(out, func(p, o *person) int { return o.statements - p.statements })
	return out[:min(n, len(out))]
}

// readSurnames are the surnames, for names that are spelled wrongly. Some are the
// last words of bodies alone.
func (r *roster) readSurnames() []surname {
	all, err := r.from.Families()
	if err != nil {
		r.fail(err)
	}
	for _, p := range r.people {
		for _, name := range p.names {
			all = append(all, name[len(name)-1])
		}
	}
	slices.Sort(all)
	var out []surname
	for _, last := range slices.Compact(all) {
		out = append(out, surname{last, lettersOf(last), utf8.RuneCountInString(last)})
	}
	return out
}
