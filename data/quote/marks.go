package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotation is a stretch between quotation marks, outermost marks only.
type quotation struct {
	Span           // marks included; a missing closing mark ends it with its paragraph
	inner     Span // marks excluded
	para      int  // index of its paragraph
	continues bool // the mark stays open: the next paragraph goes on with it
	goesOn    bool // begins with a reopened mark of the paragraph before
	single    bool // in single marks
}

// A mark's job in the text. Straight marks and a few curly ones have several,
// and context decides.
type markClass uint8

const (
	noMark markClass = iota
	opensDouble
	closesDouble
	straightDouble // " and '': opens or closes
	lowDouble      // “ closes after „, opens otherwise
	opensSingle
	closesSingle // ’: also an apostrophe
	straightSingle
)

// markAt classifies the mark at text[i:], and gives its length in bytes.
func markAt(text string, i int) (markClass, int) {
	switch text[i] {
	case '"':
		return straightDouble, 1
	case '\'':
		if strings.HasPrefix(text[i:], "''") {
			return straightDouble, 2
		}
		return straightSingle, 1
	case '`':
		if strings.HasPrefix(text[i:], "``") {
			return opensDouble, 2
		}
		return noMark, 1
	}
	if text[i] < utf8.RuneSelf {
		return noMark, 1
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	switch r {
	case '“':
		return lowDouble, n
	case '”', '»':
		return closesDouble, n
	case '„', '«', '‟':
		return opensDouble, n
	case '‘', '‹':
		return opensSingle, n
	case '’', '›':
		return closesSingle, n
	}
	return noMark, n
}

// mark is one mark of a paragraph with its surroundings.
type mark struct {
	class  markClass
	at     Span
	before rune // the character before it in the paragraph, or a space
	after  rune // the character after it, or a space
}

func (m mark) mayOpen() bool {
	return !unicode.IsSpace(m.after) && !unicode.IsLetter(m.before) && !unicode.IsDigit(m.before)
}

func (m mark) mayClose() bool { return !unicode.IsSpace(m.before) }

func marksOf(text string, p Span) []mark {
	var out []mark
	before := ' '
	for i := p.Start; i < p.End; {
		class, n := markAt(text, i)
		if class == noMark {
			r, size := utf8.DecodeRuneInString(text[i:p.End])
			before, i = r, i+size
			continue
		}
		after := ' '
		if i+n < p.End {
			after, _ = utf8.DecodeRuneInString(text[i+n : p.End])
		}
		out = append(out, mark{class, Span{i, i + n}, before, after})
		before, i = '"', i+n
	}
	return out
}

// quotations pairs the marks of every speaking paragraph. An opening mark
// without its partner counts only where the next paragraph opens a mark again,
// so that it never swallows the article.
func quotations(t Text) []quotation {
	var out []quotation
	open := false // the paragraph before ended inside a quotation
	for i, p := range t.Paragraphs {
		if p.Voice != Speaks {
			continue
		}
		marks := marksOf(t.Source, p.Span)
		qs := pairDouble(marks, p.Span, i, reopens(t, i+1))
		qs = addSingles(marks, qs, i)
		for k := range qs {
			qs[k].goesOn = open && k == 0 && leadsParagraph(t.Source, p.Span, qs[k].Start)
		}
		open = len(qs) > 0 && qs[len(qs)-1].continues
		out = append(out, qs...)
	}
	return out
}

// reopens tells whether paragraph i begins with an opening mark.
func reopens(t Text, i int) bool {
	for ; i < len(t.Paragraphs); i++ {
		p := t.Paragraphs[i]
		if p.Voice != Speaks {
			continue
		}
		start := skipSpace(t.Source, p.Span)
		if start >= p.End {
			return false
		}
		class, _ := markAt(t.Source[:p.End], start)
		return class == opensDouble || class == lowDouble || class == straightDouble
	}
	return false
}

func leadsParagraph(text string, p Span, at int) bool { return skipSpace(text, p) == at }

func skipSpace(text string, p Span) int {
	return p.End - len(strings.TrimLeftFunc(text[p.Start:p.End], unicode.IsSpace))
}

// pairDouble pairs double marks. Nested ones belong to the outer quotation. An
// opening mark inside an open quotation nests only if closing marks enough
// follow; otherwise the earlier one is taken for a slip and dropped.
func pairDouble(marks []mark, p Span, para int, next bool) []quotation {
	closers := 0 // closing marks ahead
	for _, m := range marks {
		if m.class == closesDouble {
			closers++
		}
	}
	var out []quotation
	var open []mark // open marks, the outermost first
	for _, m := range marks {
		opens, closes := doubleJob(m, open)
		if m.class == closesDouble {
			closers--
		}
		switch {
		case closes && len(open) > 0:
			first := open[0]
			open = open[:len(open)-1]
			if len(open) == 0 {
				out = append(out, closed(first.at, m.at, para))
			}
		case opens && (len(open) == 0 || closers > len(open)):
			open = append(open, m)
		case opens:
			open = append(open[:0], m)
		}
	}
	if len(open) > 0 && next {
		first := open[0].at
		out = append(out, quotation{Span: Span{first.Start, p.End}, inner: Span{first.End, p.End}, para: para, continues: true})
	}
	return out
}

func closed(open, close Span, para int) quotation {
	return quotation{Span: Span{open.Start, close.End}, inner: Span{open.End, close.Start}, para: para}
}

// doubleJob decides what a double mark does, given the marks that are open.
func doubleJob(m mark, open []mark) (opens, closes bool) {
	switch m.class {
	case opensDouble:
		return true, false
	case closesDouble:
		return false, true
	case lowDouble:
		if len(open) > 0 && open[len(open)-1].class == opensDouble && m.mayClose() && !m.mayOpen() {
			return false, true // „so“
		}
		return true, false
	case straightDouble:
		if len(open) == 0 {
			return m.mayOpen(), false
		}
		if m.mayOpen() && !m.mayClose() {
			return true, false // the open one lacks its partner
		}
		return false, true
	}
	return false, false
}

// addSingles adds quotations in single marks that stand outside of double ones.
// An apostrophe is told from a closing mark by what surrounds it.
func addSingles(marks []mark, qs []quotation, para int) []quotation {
	var out []quotation
	next := 0 // first double quotation that ends after the mark
	open := mark{}
	for _, m := range marks {
		for next < len(qs) && qs[next].End <= m.at.Start {
			out = append(out, qs[next])
			next++
			open = mark{}
		}
		inside := next < len(qs) && qs[next].Start <= m.at.Start
		switch {
		case inside:
		case open.class == noMark && opensOne(m):
			open = m
		case open.class != noMark && closesOne(m) && m.at.Start > open.at.End:
			q := closed(open.at, m.at, para)
			q.single = true
			out = append(out, q)
			open = mark{}
		}
	}
	return append(out, qs[next:]...)
}

func opensOne(m mark) bool {
	return (m.class == opensSingle || m.class == straightSingle) && m.mayOpen() && unicode.IsLetter(m.after)
}

func closesOne(m mark) bool {
	if m.class != closesSingle && m.class != straightSingle {
		return false
	}
	if unicode.IsLetter(m.after) || unicode.IsDigit(m.after) {
		return false // an apostrophe
	}
	// A plural's apostrophe ("the dogs’ bone") also ends a word; a closing mark
	// mostly follows punctuation, and a bare "s" is not trusted.
	return m.mayClose() && m.before != 's'
}
