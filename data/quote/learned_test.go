package quote

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tiny is annotated articles of our own: in each line of testdata/learn.txt a
// statement with its source in (…), its cue in <…> and its content in {…}.
func tiny(t testing.TB) []Annotated {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "learn.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var all []Annotated
	for _, article := range strings.Split(strings.TrimSpace(string(raw)), "\n\n") {
		all = append(all, marked(t, article))
	}
	return all
}

// marked reads the annotations out of a text, a paragraph a line.
func marked(t testing.TB, s string) Annotated {
	t.Helper()
	var x Annotated
	var b strings.Builder
	for _, line := range strings.Split(s, "\n") {
		start := b.Len()
		var a Annotation
		open := 0
		for _, r := range line {
			switch r {
			case '(', '<', '{':
				open = b.Len()
			case ')':
				a.Source = append(a.Source, Span{open, b.Len()})
			case '>':
				a.Cue = append(a.Cue, Span{open, b.Len()})
			case '}':
				a.Content = append(a.Content, Span{open, b.Len()})
			default:
				b.WriteRune(r)
			}
		}
		if len(a.Content) > 0 {
			x.Annotations = append(x.Annotations, a)
		}
		x.Paragraphs = append(x.Paragraphs, Paragraph{Span: Span{start, b.Len()}, Voice: Speaks})
		b.WriteByte('\n')
	}
	x.Source = b.String()
	return x
}

func TestLearnIsDeterministic(t *testing.T) {
	all := tiny(t)
	one, err := Learn(all, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	two, err := Learn(all, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(one, two) {
		t.Error("the same articles gave two models")
	}
	if _, err := readModels(one); err != nil {
		t.Errorf("reading what was learned: %v", err)
	}
}

func TestModelSize(t *testing.T) {
	const most = 8 << 20 // bytes in the binary
	if len(modelBytes) > most {
		t.Errorf("the model has %d bytes, more than %d", len(modelBytes), most)
	}
}

func TestDamagedModel(t *testing.T) {
	for _, n := range []int{0, 3, 100, len(modelBytes) / 2, len(modelBytes) - 1} {
		if _, err := readModels(modelBytes[:n]); err == nil {
			t.Errorf("%d bytes of a model were taken for one", n)
		}
	}
}

// What the rules miss and the models must find.
func TestLearned(t *testing.T) {
	e, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, speaker, content string }{
		{"Mayor Ada Lund said in an interview that the bridge would be closed until June.", "Ada Lund", "that the bridge would be closed until June"},
		{"The bridge is safe, according to Ada Lund, the mayor of the town.", "Ada Lund", "The bridge is safe"},
		{"“The bridge is safe,” said Ada Lund, the mayor. “We looked at every bolt of it.”", "Ada Lund", "“The bridge is safe,”|“We looked at every bolt of it.”"},
		{"Ada Lund, the mayor, told reporters she was confident that voters would support the plan.", "Ada Lund", "she was confident that voters would support the plan"},
	} {
		got := e.Statements(Text{Source: test.text, Paragraphs: []Paragraph{{Span: Span{0, len(test.text)}, Voice: Speaks}}})
		found := false
		for _, s := range got {
			var parts []string
			for _, p := range s.Parts {
				parts = append(parts, p.Of(test.text))
			}
			found = found || s.Speaker.Name == test.speaker && strings.Join(parts, "|") == test.content
		}
		if !found {
			t.Errorf("%s\nno statement of %s: %s\ngot %v", test.text, test.speaker, test.content, got)
		}
	}
}

// Whatever the bytes, parts are in order, inside of the text and not empty.
func FuzzLearned(f *testing.F) {
	e, err := New()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("“A,” he said, “b” and \"c. According to X: 'd'")
	f.Add(strings.Repeat("“", 50) + " said she, that " + strings.Repeat("no ", 300))
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		var ps []Paragraph
		for _, line := range strings.SplitAfter(text, "\n") {
			ps = append(ps, Paragraph{Span: Span{end, end + len(strings.TrimRight(line, "\n"))}, Voice: Speaks})
			end += len(line)
		}
		for _, s := range e.Statements(Text{Source: text, Paragraphs: ps}) {
			last := 0
			for _, p := range s.Parts {
				if p.Len() <= 0 || p.Start < last || p.End > len(text) {
					t.Fatalf("parts %v of %d bytes", s.Parts, len(text))
				}
				last = p.End
			}
		}
	})
}

func BenchmarkStatements(b *testing.B) {
	e, err := New()
	if err != nil {
		b.Fatal(err)
	}
	var text strings.Builder
	var ps []Paragraph
	for _, a := range tiny(b) {
		for _, p := range a.Paragraphs {
			start := text.Len()
			text.WriteString(p.Of(a.Source))
			ps = append(ps, Paragraph{Span: Span{start, text.Len()}, Voice: Speaks})
			text.WriteByte('\n')
		}
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		e.Statements(Text{Source: text.String(), Paragraphs: ps})
	}
}
