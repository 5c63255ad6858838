package quote_test

import (
	"strings"
	"testing"

	"onrecord/data/quote"
)

// FuzzStatements hands over any text, a line a paragraph, with any voices:
// nothing may panic, and every span must be one of the text.
func FuzzStatements(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, byte(0xFF))
		f.Add(s, byte(0x55))
	}
	e := newExtractor(f)
	f.Fuzz(func(t *testing.T, source string, voices byte) {
		text := everyLine(strings.ToValidUTF8(source, "?"))
		for i := range text.Paragraphs {
			if voices>>(i%8)&1 == 0 {
				text.Paragraphs[i].Voice = quote.Voice(i / 8 % 2)
			}
		}
		checkSpans(t, text.Source, e.Statements(text))
	})
}

// everyLine makes a speaking paragraph of each line, blank ones too.
func everyLine(s string) quote.Text {
	t := quote.Text{Source: s}
	at := 0
	for line := range strings.Lines(s) {
		end := at + len(strings.TrimSuffix(line, "\n"))
		t.Paragraphs = append(t.Paragraphs, quote.Paragraph{Span: quote.Span{Start: at, End: end}, Voice: quote.Speaks})
		at += len(line)
	}
	return t
}

var seeds = []string{
	"",
	"\n\n \n",
	"“Our barges are late,” said Corin Wexmoor, a bargeman. “They are slow,” he added.",
	"“And nobody,” she said, “has climbed up.”\n“Go on\n“and on.”",
	"Nina Ambledown said that Pellworth is “determined” and accused Marnock of theft.",
	"The eels have left, according to Tilda Marrable, who counts them.",
	"Harry Tansygate wrote:\n“No.”",
	"Mayor Nina Ambledown: No. Anton Grebelow: Yes! Anton Grebelow: No\nQuestion: Why?",
	"“Flat.” — Oleg Fennimarsh",
	"Wexmoor’s aide told them. “Yes,” said Pavel Dornwick, an aide.",
	"'It's the dogs' bone,' said O’Marrable. ''Two.'' ``Three.''",
	"„So“ «so» ‹so› “so ‘so’” \"so\" ",
	"said: said, said “said” said that said that he said",
	"ẞaid ſaid İstanbul said that Ǆ said; “\u0301” \ufeff said\u00a0he. don’T İ’S",
	"U.S. a.m. e.g.said 3.5.7:8,9 x--y —z– ,,,, :::: (((( ))))",
	"What he said was, what he called “the” was said to be, said he, that",
	"Asked whether it would, “who,” said who, which said, “which”",
	"\r\v\f\x00\x01 said “\x00” he.",
}
