package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"onrecord/data/naming"
	"onrecord/data/operator"
	"onrecord/data/when"
)

// title is what somebody is by the operator's file, and when.
type title struct {
	words *person // described by the title alone
	held  when.Period
}

// enlist enters the people of the operator's file before anybody else, and notes
// what in the file can't hold.
func (r *roster) enlist(people []operator.Person) {
	r.listed = map[string][]*person{}
	lines := map[*person]int{}
	for _, entry := range people {
		words := naming.Words(entry.Name)
		if len(words) == 0 {
			r.note(entry.Line, "“%s” is no name, and the entry is left out", entry.Name)
			continue
		}
		p := &person{name: entry.Name, person: !entry.Body, words: words, roster: r.known,
			edited: true, not: map[string]bool{}, spellings: map[string]bool{}}
		lines[p] = entry.Line
		p.hold(entry.Titles)
		r.spell(p, entry, lines)
		for _, other := range entry.Not {
			p.not[spelled(other)] = true
		}
		r.people = append(r.people, p)
	}
}

func (r *roster) note(line int, format string, args ...any) {
	r.notes = append(r.notes, operator.Note{File: operator.PeopleFile, Line: line, Text: fmt.Sprintf(format, args...)})
}

// spell enters a person under each of their spellings. One of several words is
// one person's; a surname may be of several.
func (r *roster) spell(p *person, entry operator.Person, lines map[*person]int) {
	for _, spelling := range append([]string{entry.Name}, entry.Also...) {
		words := naming.Words(spelling)
		name := strings.Join(words, " ")
		others := r.listed[name]
		switch {
		case name == "":
			r.note(entry.Line, "“%s” is no name, and is left out", spelling)
			continue
		case slices.Contains(others, p):
			continue
		case len(words) > 1 && len(others) > 0:
			r.note(entry.Line, "“%s” is %s by the entry on line %d, and is left out here", spelling, others[0].name, lines[others[0]])
			continue
		}
		r.listed[name] = append(others, p)
		last := words[len(words)-1]
		f := r.families[last]
		if f == nil {
			f = newFamily()
			r.families[last] = f
		}
		if f.byName[name] == nil {
			f.byName[name] = p
		}
		p.names = append(p.names, words)
		for _, w := range words {
			p.spellings[w] = true
		}
		if p.person && (len(words) > 1 || last == p.last()) && !slices.Contains(f.people, p) {
			f.add(p)
		}
	}
}

// surnames are the spellings of each person's surname, which stand for one
// another where somebody is spoken of.
func surnames(people []operator.Person) [][]string {
	var out [][]string
	for _, p := range people {
		var group []string
		for _, spelling := range append([]string{p.Name}, p.Also...) {
			words := strings.Fields(strings.ToLower(spelling))
			for len(words) > 1 && naming.Beside(words[len(words)-1]) {
				words = words[:len(words)-1] // "Jr."
			}
			if last := words[len(words)-1]; !p.Body && !contains(group, last) {
				group = append(group, last)
			}
		}
		if len(group) > 1 {
			out = append(out, group)
		}
	}
	return out
}

// hold gives a person titles.
func (p *person) hold(titles []operator.Title) {
	for _, t := range titles {
		alone := &person{roles: []string{t.Words}}
		p.titles = append(p.titles, title{alone, t.Held})
		p.roles = append(p.roles, t.Words)
	}
}

// edited is the person of the operator's file whom a stored name means, where it
// is spelled there; nil where it isn't, or is of several.
func (r *roster) edited(words []string) *person {
	if people := r.listed[strings.Join(words, " ")]; len(people) == 1 {
		return people[0]
	}
	return nil
}

// at is the roster as it answers a question about some days; about none, titles
// are those of the newest article's day, and of today where that is not known.
func (r *roster) at(asked when.Period, now, newest time.Time) *roster {
	at := *r
	at.asked = asked
	if !asked.Known() {
		day := now.UTC().Truncate(24 * time.Hour)
		if !newest.IsZero() && newest.Before(day) {
			day = newest
		}
		at.asked = when.Period{First: day, Last: day}
	}
	return &at
}

// byTitle finds who of the operator's people holds a title at the time asked
// about; where nobody does, all who ever held it. Those with something on record
// go before those without.
func (r *roster) byTitle(words []string) []*person {
	var ever, then []*person
	for _, p := range r.titled {
		for _, t := range p.titles {
			if !t.words.isDescribed(words) {
				continue
			}
			ever = appendNew(ever, p)
			if t.holds(r.asked) {
				then = appendNew(then, p)
			}
		}
	}
	if then == nil {
		then = ever
	}
	var onRecord []*person
	for _, p := range then {
		if p.statements > 0 {
			onRecord = append(onRecord, p)
		}
	}
	if onRecord != nil {
		return onRecord
	}
	return then
}

func appendNew(all []*person, p *person) []*person {
	if slices.Contains(all, p) {
		return all
	}
	return append(all, p)
}

// holds tells whether a title was held on some of the days.
func (t title) holds(days when.Period) bool {
	return !days.Known() || (t.held.First.IsZero() || !t.held.First.After(days.Last)) && (t.held.Last.IsZero() || !t.held.Last.Before(days.First))
}

// isCalled tells whether a folded word is of a person's name, in any spelling.
func (p *person) isCalled(word string) bool { return contains(p.words, word) || p.spellings[word] }

// apart leaves out of several people those who, by the operator's file, are not
// the one whose whole name was asked.
func apart(people []*person, words []string) []*person {
	asked := strings.Join(words, " ")
	for _, p := range people {
		if !strings.HasSuffix(" "+asked, " "+strings.Join(p.words, " ")) || len(p.words) < 2 {
			continue
		}
		return slices.DeleteFunc(slices.Clone(people), func(o *person) bool {
			return o != p && (p.not[strings.Join(o.words, " ")] || o.not[strings.Join(p.words, " ")])
		})
	}
	return people
}
