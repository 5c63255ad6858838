package bot

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"onrecord/data/naming"
	"onrecord/data/operator"
	"onrecord/data/quote"
	"onrecord/index"
)

// correcting finds the statements that an operator's corrections point at.
type correcting struct {
	record *record
	people []operator.Person            // of the operator's file
	all    map[string][]index.Statement // of articles, by path, as far as read
	notes  []operator.Note
	failed error // why the index could not be read
}

// newRecord applies corrections to an index. What points at nothing, or at what
// another entry speaks of otherwise, is noted.
func newRecord(ix *index.Index, files *operator.Files) (*record, []operator.Note, error) {
	r := &record{Index: ix, changes: map[index.ID]change{}, hidden: map[string][]quote.Span{}, losing: map[nameOf][]quote.Speaker{}, givenOf: map[string][]quote.Speaker{}}
	if len(files.Corrections) == 0 {
		return r, nil, nil
	}
	c := &correcting{record: r, people: files.People, all: map[string][]index.Statement{}}
	for _, entry := range files.Corrections {
		if err := c.apply(entry); err != nil {
			return nil, nil, err
		}
	}
	r.gather()
	return r, c.notes, c.failed
}

// gather lists to whom statements are given, once all corrections are entered.
func (r *record) gather() {
	for _, id := range r.ids() {
		if c := r.changes[id]; !c.hide && c.speaker.Name != "" {
			r.given = append(r.given, c.speaker)
			family := naming.Family(c.speaker.Name)
			r.givenOf[family] = append(r.givenOf[family], c.speaker)
		}
	}
}

// isBody tells whether a name is known as a body's: by the operator's file, else by
// the index.
func (c *correcting) isBody(name string) bool {
	name = spelled(name)
	body := false
	all, err := c.record.Index.Family(naming.Family(name))
	if err != nil {
		c.failed = cmp.Or(c.failed, err)
	}
	for _, s := range all {
		if spelled(s.Name) == name {
			body = !s.Person
		}
	}
	for _, p := range c.people {
		for _, other := range append([]string{p.Name}, p.Also...) {
			if spelled(other) == name {
				body = p.Body
			}
		}
	}
	return body
}

func (c *correcting) note(line int, format string, args ...any) {
	c.notes = append(c.notes, operator.Note{File: operator.CorrectionsFile, Line: line, Text: fmt.Sprintf(format, args...)})
}

// apply enters one correction. An error means that the index can't be read.
func (c *correcting) apply(entry operator.Correction) error {
	all, err := c.statementsOf(entry.Article)
	if errors.Is(err, index.ErrNoArticle) {
		c.note(entry.Line, "there is no article %s in the archive", entry.Article)
		return nil
	}
	if err != nil {
		return err
	}
	var meant []index.Statement
	for _, s := range all {
		if pointsAt(entry, s) {
			meant = append(meant, s)
		}
	}
	if len(meant) == 0 {
		c.note(entry.Line, "%s", nothingThere(entry, all))
		return nil
	}
	if !entry.Hide {
		if meant = innermost(meant); !oneSpeaker(meant) {
			c.note(entry.Line, "the entry fits statements of several speakers in %s, at %s, and is left out: give the start of one",
				entry.Article, starts(meant))
			return nil
		}
	}
	for _, s := range withInner(meant, all) {
		c.enter(entry, s)
	}
	return nil
}

// statementsOf are all statements of an article, read once.
func (c *correcting) statementsOf(path string) ([]index.Statement, error) {
	if all, ok := c.all[path]; ok {
		return all, nil
	}
	all, err := c.record.StatementsOf(path)
	if err == nil {
		c.all[path] = all
	}
	return all, err
}

// pointsAt tells whether a correction means a statement.
func pointsAt(entry operator.Correction, s index.Statement) bool {
	if entry.Start != operator.NoStart && s.Parts[0].Start != entry.Start {
		return false
	}
	words := comparable(entry.Quotation)
	return entry.Quotation == "" || words != "" && strings.Contains(" "+comparable(strings.Join(s.Words, " "))+" ", " "+words+" ")
}

// nothingThere says why a correction means no statement.
func nothingThere(entry operator.Correction, all []index.Statement) string {
	if entry.Start == operator.NoStart {
		return fmt.Sprintf("no statement of %s holds the words “%s”", entry.Article, properly(entry.Quotation))
	}
	for _, s := range all {
		if s.Parts[0].Start == entry.Start {
			return fmt.Sprintf("the statement at byte %d of %s does not hold the words “%s”", entry.Start, entry.Article, properly(entry.Quotation))
		}
	}
	near := ""
	for _, s := range all {
		for _, p := range s.Parts {
			if near == "" && p.Start <= entry.Start && entry.Start < p.End {
				near = fmt.Sprintf("; one that holds this byte begins at %d", s.Parts[0].Start)
			}
		}
	}
	return fmt.Sprintf("no statement of %s begins at byte %d%s", entry.Article, entry.Start, near)
}

// innermost leaves out statements that hold another one.
func innermost(all []index.Statement) []index.Statement { return withoutOuter(all) }

func oneSpeaker(all []index.Statement) bool {
	for _, s := range all {
		if s.Speaker.Name != all[0].Speaker.Name {
			return false
		}
	}
	return true
}

func starts(all []index.Statement) string {
	var out []string
	for _, s := range all {
		out = append(out, fmt.Sprint(s.Parts[0].Start))
	}
	return strings.Join(out, ", ")
}

// withInner adds the statements of the same speaker that stand inside those
// meant: "he hoped …" in "he said that he hoped …".
func withInner(meant, all []index.Statement) []index.Statement {
	in := map[int]bool{}
	for _, m := range meant {
		for _, s := range all {
			if s.Number == m.Number || s.Speaker.Name == m.Speaker.Name && holds(m, s) {
				in[s.Number] = true
			}
		}
	}
	var out []index.Statement
	for _, s := range all {
		if in[s.Number] {
			out = append(out, s)
		}
	}
	return out
}

// enter notes what becomes of a statement. Where two entries differ, the first
// holds, but one that hides goes before one that doesn't.
func (c *correcting) enter(entry operator.Correction, s index.Statement) {
	made := change{line: entry.Line, hide: entry.Hide, reason: cmp.Or(entry.Reason, "no reason is given")}
	if !entry.Hide {
		made.speaker = quote.Speaker{Name: entry.Speaker, Role: entry.Role, Person: entry.Speaker != "" && !c.isBody(entry.Speaker)}
	}
	before, twice := c.record.changes[s.ID()]
	if twice && before.line != made.line && !before.same(made) {
		holds := before.line
		if made.hide {
			holds = made.line
		}
		c.note(entry.Line, "the entry contradicts the one on line %d about the statement at byte %d of %s; the one on line %d holds",
			before.line, s.Parts[0].Start, s.Article, holds)
	}
	if twice && !(made.hide && !before.hide) {
		return
	}
	c.record.changes[s.ID()] = made
	if !twice && s.Speaker.Name != "" {
		name := nameOf{s.Speaker.Name, s.Speaker.Person}
		c.record.losing[name] = append(c.record.losing[name], s.Speaker)
	}
	if made.hide {
		c.record.hidden[s.Article] = append(c.record.hidden[s.Article], s.Parts...)
	}
}

// spelled is a name as it is compared: its words folded, in Latin letters.
func spelled(name string) string { return strings.Join(naming.Words(name), " ") }
