package bot

import (
	"context"
	"slices"
	"strings"

	"onrecord/data/naming"
	"onrecord/data/quote"
	"onrecord/index"
)

// record is the index as the operator's corrections leave it. Every statement,
// passage and name comes out of the index through it, and nothing else counts or
// shows them: what is hidden is not there, and what was given to another speaker
// is theirs.
type record struct {
	*index.Index
	changes map[index.ID]change
	// hidden are the words that no passage may show, by article.
	hidden map[string][]quote.Span
	// losing are the speakers of the statements that each name loses.
	losing map[nameOf][]quote.Speaker
	// given are the speakers to whom corrections give a statement, once for each, and by
	// the family of their names.
	given   []quote.Speaker
	givenOf map[string][]quote.Speaker
}

// nameOf is a name of a person or of a body, which may be the same.
type nameOf struct {
	name   string
	person bool
}

// bearerOf is the name under which a statement is stored.
func bearerOf(s index.Statement) nameOf { return nameOf{s.Speaker.Name, s.Speaker.Person} }

// change is what a correction makes of a statement.
type change struct {
	line    int // of the correction
	hide    bool
	speaker quote.Speaker
	reason  string
}

// same tells whether two changes come to the same.
func (c change) same(o change) bool {
	return c.hide == o.hide && (c.hide || c.speaker.Name == o.speaker.Name)
}

// Find finds statements as index.Find does; read reads them.
func (r *record) Find(ctx context.Context, q index.StatementQuery) (*index.Hits, error) {
	if q.Speakers != nil && len(r.changes) > 0 {
		q.Also = r.givenTo(q.Speakers)
	}
	q.Limit += len(r.changes) // so that those that read drops take no place
	return r.Index.Find(ctx, q)
}

// read reads a statement that q found, as it should be; false where it is hidden
// or, by a correction, not the speakers' that q asks for.
func (r *record) read(h *index.Hits, i int, q index.StatementQuery) (index.Statement, bool, error) {
	s, err := h.Statement(i)
	if err != nil || len(r.changes) == 0 {
		return s, err == nil, err
	}
	s, ok := r.corrected(s)
	return s, ok && (q.Speakers == nil || contains(q.Speakers, s.Speaker.Name)), nil
}

// Statements finds statements as index.Statements does.
func (r *record) Statements(ctx context.Context, q index.StatementQuery) ([]index.Statement, error) {
	h, err := r.Find(ctx, q)
	if err != nil {
		return nil, err
	}
	var out []index.Statement
	for i := range h.Len() {
		s, ok, err := r.read(h, i, q)
		if err != nil {
			return nil, err
		}
		if ok && len(out) < q.Limit {
			out = append(out, s)
		}
	}
	return out, nil
}

// givenTo are the statements that corrections give to some names.
func (r *record) givenTo(names []string) []index.ID {
	var out []index.ID
	for id, c := range r.changes {
		if !c.hide && contains(names, c.speaker.Name) {
			out = append(out, id)
		}
	}
	return out
}

// corrected is a statement as it should be; false where it is hidden.
func (r *record) corrected(s index.Statement) (index.Statement, bool) {
	if _, ok := r.changes[index.ID{Article: s.Article, Number: s.Number - 1}]; ok {
		s.Beside = "" // what was taken for the same speaker's words before it
	}
	c, ok := r.changes[s.ID()]
	if !ok {
		return s, true
	}
	if c.speaker.Name != s.Speaker.Name {
		s.Beside = ""
	}
	s.Speaker = c.speaker
	return s, !c.hide
}

// hides tells whether a stretch of an article has words that may not be shown.
func (r *record) hides(article string, start, end int) bool {
	return slices.ContainsFunc(r.hidden[article], func(s quote.Span) bool { return s.Start < end && start < s.End })
}

// isCorrected tells whether a correction is of an article's statements.
func (r *record) isCorrected(article string) bool {
	for id := range r.changes {
		if id.Article == article {
			return true
		}
	}
	return false
}

// hiddenCount is how many statements are hidden.
func (r *record) hiddenCount() int {
	n := 0
	for _, c := range r.changes {
		if c.hide {
			n++
		}
	}
	return n
}

// Family are the speakers of a family, as index.Family gives them.
func (r *record) Family(word string) ([]index.Speaker, error) {
	stored, err := r.Index.Family(word)
	if err != nil || len(r.changes) == 0 {
		return stored, err
	}
	return r.correctedSpeakers(stored, r.givenOf[word]), nil
}

// Speakers are all names that have statements, as index.Speakers gives them.
func (r *record) Speakers() ([]index.Speaker, error) {
	stored, err := r.Index.Speakers()
	if err != nil || len(r.changes) == 0 {
		return stored, err
	}
	all := r.correctedSpeakers(stored, r.given)
	slices.SortStableFunc(all, func(a, b index.Speaker) int { return strings.Compare(a.Family, b.Family) })
	return all, nil
}

// correctedSpeakers takes from speakers the statements that corrections take, and gives
// a statement to each that is given one.
func (r *record) correctedSpeakers(stored []index.Speaker, given []quote.Speaker) (out []index.Speaker) {
	at := map[nameOf]int{}
	for _, s := range stored {
		if lost := r.losing[nameOf{s.Name, s.Person}]; lost != nil {
			s.Statements -= len(lost)
		}
		if s.Statements > 0 {
			at[nameOf{s.Name, s.Person}] = len(out)
			out = append(out, s)
		}
	}
	for _, s := range given {
		n, known := at[nameOf{s.Name, s.Person}]
		if !known {
			n = len(out)
			at[nameOf{s.Name, s.Person}] = n
			out = append(out, index.Speaker{Family: naming.Family(s.Name), Name: s.Name, Person: s.Person})
		}
		out[n].Statements++
	}
	return out
}

// Roles are how articles describe who is stored under a name, as index.Roles gives
// them: not by what stood in statements alone that corrections take.
func (r *record) Roles(name string, person bool) ([]index.Role, error) {
	all, err := r.Index.Roles(name, person)
	if err != nil || len(r.changes) == 0 {
		return all, err
	}
	for _, lost := range r.losing[nameOf{name, person}] {
		for i := range all {
			if all[i].Words == lost.Role {
				all[i].Statements--
			}
		}
	}
	all = slices.DeleteFunc(all, func(r index.Role) bool { return r.Statements <= 0 })
	for _, s := range r.givenOf[naming.Family(name)] {
		if s.Name == name && s.Person == person && s.Role != "" {
			all = append(all, index.Role{Words: s.Role, Statements: 1})
		}
	}
	return all, nil
}

// Holders are the people with a role that has a head, as index.Holders gives them.
// Those from whom a correction took the role are among them; Roles knows that.
func (r *record) Holders(head string) ([]index.Holder, error) {
	all, err := r.Index.Holders(head)
	for _, s := range r.given {
		if s.Person && contains(naming.Heads(s.Role), head) {
			all = append(all, index.Holder{Name: s.Name, Role: s.Role, Statements: 1})
		}
	}
	return all, err
}

// Families are the last words of all speakers' names, as index.Families gives them;
// those whom corrections name stand at the end.
func (r *record) Families() ([]string, error) {
	all, err := r.Index.Families()
	for _, s := range r.given {
		all = append(all, naming.Family(s.Name))
	}
	return all, err
}

// ids are the changed statements in the order of the archive.
func (r *record) ids() []index.ID {
	var out []index.ID
	for id := range r.changes {
		out = append(out, id)
	}
	slices.SortFunc(out, func(a, b index.ID) int {
		if a.Article != b.Article {
			if a.Article < b.Article {
				return -1
			}
			return 1
		}
		return a.Number - b.Number
	})
	return out
}
