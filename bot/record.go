package bot

import (
	"context"
	"slices"

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
}

// nameOf is a name of a person or of a body, which may be the same.
type nameOf struct {
	name   string
	person bool
}

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

// Speakers are all names that have statements, as index.Speakers gives them.
func (r *record) Speakers(ctx context.Context) ([]index.Speaker, error) {
	stored, err := r.Index.Speakers()
	if err != nil || len(r.changes) == 0 {
		return slices.Clone(stored), err
	}
	var out []index.Speaker
	for _, s := range stored {
		lost := r.losing[nameOf{s.Name, s.Person}]
		if lost == nil {
			out = append(out, s)
			continue
		}
		if s.Statements, err = r.StatementCount(ctx, s.Name, s.Person); err != nil {
			return nil, err
		}
		if s = without(s, lost); s.Statements > 0 {
			out = append(out, s)
		}
	}
	return r.withGiven(out), nil
}

// without is a speaker less some statements, and less the roles that stood in
// those alone.
func without(s index.Speaker, lost []quote.Speaker) index.Speaker {
	s.Statements -= len(lost)
	var roles []string
	for n, role := range s.Roles {
		times := 0
		for _, l := range lost {
			if l.Role == role {
				times++
			}
		}
		if times == 0 || n < len(s.RoleCounts) && s.RoleCounts[n] > times {
			roles = append(roles, role)
		}
	}
	s.Roles = roles
	return s
}

// withGiven adds the statements that corrections give to each name.
func (r *record) withGiven(all []index.Speaker) []index.Speaker {
	for _, id := range r.ids() {
		c := r.changes[id]
		if c.hide || c.speaker.Name == "" {
			continue
		}
		n := slices.IndexFunc(all, func(s index.Speaker) bool { return s.Name == c.speaker.Name && s.Person == c.speaker.Person })
		if n < 0 {
			n = len(all)
			all = append(all, index.Speaker{Name: c.speaker.Name, Person: c.speaker.Person})
		}
		all[n].Statements++
		if role := c.speaker.Role; role != "" {
			all[n].Roles = append(slices.Clone(all[n].Roles), role)
		}
	}
	return all
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
