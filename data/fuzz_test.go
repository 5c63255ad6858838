package data_test

import (
	"testing"
	"unicode/utf8"

	"onrecord/data"
	"onrecord/data/quote"
)

// FuzzParse hands any bytes to the readers: they read or refuse, and what they
// read is a text with paragraphs and statements of it.
func FuzzParse(f *testing.F) {
	for _, s := range articleSeeds {
		f.Add([]byte(s), true)
		f.Add([]byte(s), false)
	}
	e, err := quote.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte, markdown bool) {
		name := "a.txt"
		if markdown {
			name = "a.md"
		}
		a, err := data.Parse(name, raw)
		if err != nil {
			return
		}
		if !markdown && a.Text != string(raw) {
			t.Errorf("the text of %q is another: %q", raw, a.Text)
		}
		checkParagraphs(t, a)
		for _, s := range a.Statements(e) {
			for _, p := range append(s.Parts, s.Sentence) {
				checkBytes(t, a.Text, p.Start, p.End)
			}
			for _, p := range []quote.Span{s.Mention, s.Cue, s.Addressee, s.Venue, s.When} {
				if p.Len() != 0 {
					checkBytes(t, a.Text, p.Start, p.End)
				}
			}
		}
	})
}

// checkParagraphs: valid UTF-8, in order, counted from 1, each a line's bytes.
func checkParagraphs(t *testing.T, a *data.Article) {
	t.Helper()
	if !utf8.ValidString(a.Text) {
		t.Errorf("not UTF-8: %q", a.Text)
	}
	end := 0
	for i, p := range a.Paragraphs {
		checkBytes(t, a.Text, p.Start, p.End)
		if p.Start < end || p.Number != i+1 {
			t.Errorf("paragraph %d has number %d and begins at %d, after %d", i+1, p.Number, p.Start, end)
		}
		if n := countedAsTheChecker(a.Text, p.Start); n != p.Number {
			t.Errorf("paragraph %d of %q is the checker's %d", p.Number, a.Text, n)
		}
		end = p.End
	}
}

func checkBytes(t *testing.T, text string, start, end int) {
	t.Helper()
	if start < 0 || end > len(text) || start >= end {
		t.Fatalf("bytes %d to %d of %d: %q", start, end, len(text), text)
	}
	if !utf8.ValidString(text[start:end]) {
		t.Errorf("bytes %d to %d cut a character of %q", start, end, text)
	}
}

var articleSeeds = []string{
	"Title\n\nBy Gerta Pellam\nUpdated: March 3, 2031\n\n“Yes,” said Corin Wexmoor.\n",
	"---\ntitle: A\ndate: 2031-03-04\nauthor: [A, B]\n---\n# A\n\n“Yes,” *said* [Corin](x) Wexmoor.\n",
	"---\ntitle: [\n---\n\ntext",
	"---\nno end\n\ntext",
	"---\r\ntitle: A\r\n---\r\ntext\r\n",
	"\ufeff---\ntitle: A\n---\ntext",
	"a\r\rb\vc\fd\u2028e\u0085f\x1cg",
	"<b>x</b>\n\n    code\n\n| a | b |\n|--|--|\n| c | d |\n\n> quote\n> - list\n\n[^1]: note &amp; &#0; &#xD800; \\*",
	"Corin Wexmoor is a reporter for The Lantern.\ntwitter\n© 2031 The Lantern",
	"\ufeff\n0",
	"\u00a0\n0\n\u2028\nA. B.\n\u00a0",
	"PELLWORTH, June 3 (Marl) — x\n\ny",
}
