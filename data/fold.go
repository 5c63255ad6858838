package data

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"onrecord/data/quote"
)

// The search for statements reads letters; a page or a PDF may have them as
// ligatures ("conﬁrmed"), with soft hyphens ("cease\u00adfire") or with no-break
// spaces. It is given a copy in which these are plain, and what it finds is
// carried back to the bytes of the text, which is never changed. Texts of .txt
// and .md are read as they are.

// fold is a text made plain, with the way back.
type fold struct {
	plain string
	edits []edit // in order
}

// edit is a stretch of a text that stands as other bytes in its plain copy, or
// as none.
type edit struct{ plain, text quote.Span }

// folds tells whether a character is read as others: ligatures and letters of
// full width, soft hyphens and joiners, spaces that are no plain ones.
func folds(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return false
	case r >= 0xFB00 && r <= 0xFB06, r >= 0xFF01 && r <= 0xFF5E:
		return true
	case r == '\u00ad', r == '\u200b', r == '\u200c', r == '\u200d', r == '\u2060', r == '\ufeff':
		return true
	}
	return unicode.Is(unicode.Zs, r)
}

// foldText makes a text plain; it is nil where there is nothing to do.
func foldText(s string) *fold {
	if !strings.ContainsFunc(s, folds) {
		return nil
	}
	f := &fold{}
	var b strings.Builder
	last := 0
	for at, r := range s {
		if !folds(r) {
			continue
		}
		b.WriteString(s[last:at])
		last = at + utf8.RuneLen(r)
		e := edit{text: quote.Span{Start: at, End: last}}
		e.plain.Start = b.Len()
		b.WriteString(strings.TrimFunc(norm.NFKC.String(string(r)), invisible))
		e.plain.End = b.Len()
		f.edits = append(f.edits, e)
	}
	b.WriteString(s[last:])
	f.plain = b.String()
	return f
}

func invisible(r rune) bool { return unicode.Is(unicode.Cf, r) }

// start is where in the text the plain copy's byte at stands.
func (f *fold) start(at int) int {
	n := sort.Search(len(f.edits), func(i int) bool { return f.edits[i].plain.Start > at })
	if n == 0 {
		return at
	}
	e := f.edits[n-1]
	if at < e.plain.End {
		return e.text.Start
	}
	return e.text.End + at - e.plain.End
}

// end is where in the text a span ends that ends at a byte of the plain copy.
func (f *fold) end(at int) int {
	n := sort.Search(len(f.edits), func(i int) bool { return f.edits[i].plain.Start >= at })
	if n == 0 {
		return at
	}
	e := f.edits[n-1]
	return e.text.End + max(0, at-e.plain.End)
}

// back carries a span to the text.
func (f *fold) back(s quote.Span) quote.Span {
	if s.Len() == 0 {
		return quote.Span{}
	}
	return quote.Span{Start: f.start(s.Start), End: f.end(s.End)}
}

// forth carries a paragraph's border to the plain copy.
func (f *fold) forth(at int) int {
	n := sort.Search(len(f.edits), func(i int) bool { return f.edits[i].text.End > at })
	if n == 0 {
		return at
	}
	e := f.edits[n-1]
	return e.plain.End + at - e.text.End
}

// statements carries statements to the text.
func (f *fold) statements(found []quote.Statement) []quote.Statement {
	for i := range found {
		s := &found[i]
		for k := range s.Parts {
			s.Parts[k] = f.back(s.Parts[k])
		}
		for _, span := range []*quote.Span{&s.Cue, &s.Mention, &s.Addressee, &s.Venue, &s.When, &s.Sentence} {
			*span = f.back(*span)
		}
	}
	return found
}

// foldedStatements finds who said what in a text that has to be made plain.
func (a *Article) foldedStatements(f *fold, e *quote.Extractor) []quote.Statement {
	t := a.Spoken()
	t.Source = f.plain
	for i := range t.Paragraphs {
		p := &t.Paragraphs[i]
		p.Start, p.End = f.forth(p.Start), f.forth(p.End)
	}
	return f.statements(e.Statements(t))
}
