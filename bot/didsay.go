package bot

// Did somebody say it: with a verdict, and the nearest that is on record.

import (
	"strings"

	"onrecord/index"
)

// didSay answers whether somebody said something, with a verdict.
func (a *asking) didSay() error {
	f := a.roster.resolve(a.q.Speaker, a.stands)
	if f.understood != "" {
		a.answer.Understood = append(a.answer.Understood, f.understood)
	}
	if f.ambiguous {
		_, _ = a.whom()
		return nil
	}
	if a.q.Quoted == "" {
		return a.didSayUnquoted(f)
	}
	theirs, err := a.withWords(a.q.Quoted, stored(f.people), nil)
	if err != nil {
		return err
	}
	exact, near := a.split(theirs)
	exact, unsaid := saidSo(exact)
	var otherExact, otherNear []index.Statement
	if exact == nil {
		others, err := a.withWords(a.q.Quoted, nil, f.people)
		if err != nil {
			return err
		}
		otherExact, otherNear = a.split(others)
		otherExact, _ = saidSo(otherExact)
	}
	switch {
	case exact != nil:
		a.conclude(Verbatim, exact)
	case otherExact != nil:
		a.conclude(Other, otherExact)
	case unsaid != nil:
		a.conclude(Near, unsaid)
	case near != nil:
		a.conclude(Near, near)
	case otherNear != nil:
		a.conclude(Other, otherNear)
	}
	if !a.answer.Found {
		a.answer.Verdict = None
		a.nothing("Nothing on record here shows that %s said “%s”.", properly(a.q.Speaker), properly(a.q.Quoted))
		a.suggest(names(f.people))
	}
	return nil
}

func (a *asking) conclude(v Verdict, found []index.Statement) {
	if len(found) == 0 {
		return
	}
	a.answer.Verdict, a.answer.Exact = v, a.q.Quoted != ""
	a.answer.About = properly(a.q.Speaker)
	a.show(withoutOuter(found))
	if v != Verbatim {
		a.differs()
	}
	a.answer.NotSaid = v == Near && len(a.answer.Statements) > 0 && notSaid(a.answer.Statements[0].Act)
}

// didSayUnquoted looks for what somebody said in the sense of the question: the
// nearest statement, never "word for word".
func (a *asking) didSayUnquoted(f found) error {
	words := a.topicWords(f.people)
	if len(f.people) == 0 || len(words) == 0 {
		if a.q.Verb != "" && len(f.people) == 0 {
			return a.fact() // "did it rain on Monday"
		}
		a.answer.Verdict = None
		a.nobody(f.near)
		return nil
	}
	found, err := a.saying(words, a.verbWord(), stored(f.people), nearOfTheirs)
	if err != nil {
		return err
	}
	if timed := a.atTime(found); timed != nil {
		found = timed
	}
	verdict := Near
	if said := a.exactly(found); said != nil {
		verdict, found = Verbatim, said
	}
	a.conclude(verdict, withoutNested(found))
	if !a.answer.Found {
		others, err := a.saying(words, nil, nil, saidByOther)
		if err != nil {
			return err
		}
		a.conclude(Other, withoutNested(a.exactly(named(byOthers(others, f.people)))))
	}
	if a.q.Verb != "" {
		// "Has Zelensky agreed to it" asks for a deed as much as for words.
		if err := a.addPassages(); err != nil {
			return err
		}
	}
	if !a.answer.Found {
		a.answer.Verdict = None
		a.nothing("Nothing on record here shows that %s said so.", strings.Join(names(f.people), " or "))
		a.suggest(names(f.people))
	}
	return nil
}

// exactly are the statements that hold the question's words as they stand.
func (a *asking) exactly(all []index.Statement) []index.Statement {
	want := comparable(a.q.Topic)
	if len(strings.Fields(want)) < 3 {
		return nil
	}
	var out []index.Statement
	for _, s := range all {
		if tellsWords(comparable(strings.Join(s.Words, " ")), want) {
			out = append(out, s)
		}
	}
	out, _ = saidSo(out)
	return out
}

func byOthers(all []index.Statement, people []*person) []index.Statement {
	var out []index.Statement
	for _, s := range all {
		if !contains(stored(people), s.Speaker.Name) {
			out = append(out, s)
		}
	}
	return out
}
