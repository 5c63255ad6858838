package operator

import (
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"onrecord/data/when"
)

// Person is somebody, or a body, as the operator knows them.
type Person struct {
	Line   int
	Name   string
	Also   []string // other spellings, in any script
	Body   bool     // an office, a ministry, a country: not a person
	Titles []Title
	Not    []string // names that are of somebody else
}

// Title is what somebody is, and when they were it.
type Title struct {
	Words string // "president of Zwolk"
	// Held is the days from and to, both included. First is zero where it is not
	// said since when, Last where it is not said until when.
	Held when.Period
}

// people reads people.yaml.
func people(raw []byte) ([]Person, []Note) {
	r := &reader{file: PeopleFile}
	var out []Person
	first := map[string]int{} // lines by name
	for _, e := range r.entries(raw) {
		e.only("name", "also", "body", "titles", "not")
		p := Person{Line: e.line, Name: e.text("name"), Also: e.texts("also"), Body: e.flag("body"),
			Titles: e.titles(), Not: e.texts("not")}
		key := strings.ToLower(p.Name)
		switch {
		case e.bad:
		case p.Name == "":
			r.note(e.line, "the entry has no name and is left out")
		case first[key] != 0:
			r.note(e.line, "%s has an entry already, on line %d; this one is left out", p.Name, first[key])
		default:
			first[key] = e.line
			out = append(out, p)
		}
	}
	return out, r.notes
}

// titles reads a list of titles, each a text or a mapping with its time.
func (e *entry) titles() []Title {
	var out []Title
	for _, node := range e.items("titles") {
		if s, ok := textOf(node); ok && s != "" {
			out = append(out, Title{Words: s})
			continue
		}
		if !isMapping(node) {
			e.wrong("titles", "a list of texts, or of title, from and to")
			return nil
		}
		t := e.r.entry(node, e.before)
		t.only("title", "from", "to")
		title := Title{Words: t.text("title"), Held: when.Period{First: t.date("from").First, Last: t.date("to").Last}}
		switch {
		case t.bad:
		case title.Words == "":
			t.r.note(t.line, "a title without words is left out")
		case !title.Held.First.IsZero() && !title.Held.Last.IsZero() && title.Held.Last.Before(title.Held.First):
			t.r.note(t.line, "the title “%s” ends before it begins, and its time is left out", title.Words)
			out = append(out, Title{Words: title.Words})
		default:
			out = append(out, title)
		}
	}
	return out
}

func isMapping(node ast.Node) bool {
	switch node.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}

// date is a field that is a date, cut to what is known.
func (e *entry) date(key string) when.Period {
	f, ok := e.fields[key]
	if !ok {
		return when.Period{}
	}
	s, _ := textOf(f.value)
	if n, ok := f.value.(*ast.IntegerNode); ok {
		if year, ok := n.Value.(uint64); ok {
			s = strconv.FormatUint(year, 10)
		}
	}
	p := when.ISO(s)
	if !p.Known() {
		e.r.note(f.line, "%s should be a date as 2031-04-02, 2031-04 or 2031; the title's time is taken as open there", key)
	}
	return p
}
