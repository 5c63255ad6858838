package bot

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// TestParse reads testdata/questions.txt: a question, then, indented, what is
// understood of it.
func TestParse(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(raw)), "\n")
	var out strings.Builder
	failed := false
	for i := 0; i < len(lines); i++ {
		if strings.HasPrefix(lines[i], "#") || strings.TrimSpace(lines[i]) == "" {
			out.WriteString(lines[i] + "\n")
			continue
		}
		got := Parse(lines[i]).String()
		out.WriteString(lines[i] + "\n    " + got + "\n")
		if i+1 < len(lines) && strings.HasPrefix(lines[i+1], "    ") {
			i++
			if want := strings.TrimSpace(lines[i]); want != got {
				t.Errorf("%s\n    is read as %s\n    and should be %s", lines[i-1], got, want)
			}
			continue
		}
		failed = true
		t.Errorf("%s: nothing is expected of it", lines[i])
	}
	if (failed || t.Failed()) && *update {
		if err := os.WriteFile("testdata/questions.txt", []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// FuzzParse: no question, whatever its bytes, is more than can be read.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "?", "what did X say", "who said \"", "\x00\xff", strings.Repeat("what did ", 500), "“”", "did X say \"y\"?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q := Parse(s)
		if q.Kind == "" || len(q.String()) > 4*maxParsed*4+200 {
			t.Errorf("%q is read as %v", s, q)
		}
	})
}

// FuzzAnswer: no question breaks an answer, and what is shown always has its
// proof.
func FuzzAnswer(f *testing.F) {
	b := sampleBot(f)
	for _, s := range []string{"", "? Putin", "Putin's ''s", "according to , what", "did say \"\"", "and and and", "who said \"the\"", "Trump - quote?", "in Putin's words, gas", "( ) ."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := b.Answer(t.Context(), s, 5)
		if err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		if a.Question != s || a.Found != (len(a.Statements)+len(a.Passages) > 0) || !a.Found && a.Message == "" {
			t.Errorf("%q: %+v", s, a)
		}
	})
}

// TestCyrillicTopics finds the English words that Russian and Ukrainian ones, in
// any case, stand for, and spells names.
func TestCyrillicTopics(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"санкциях": "sanctions", "перемирии": "cease-fire", "зброю": "weapons", "нато": "nato",
		"буче": "bucha", "мариуполе": "mariupol", "путина": "putin",
	} {
		if got := cyrillicForms(word); !slices.Contains(got, want) {
			t.Errorf("%s may be %q, without %s", word, got, want)
		}
	}
}

// TestLongQuotation: of a quotation that goes on behind what is read of a question,
// the start is looked for.
func TestLongQuotation(t *testing.T) {
	t.Parallel()
	q := Parse("who said “" + strings.Repeat("the ferry shall not cross ", 100) + "”")
	if q.Kind != AsksWhoSaid || !strings.HasPrefix(q.Quoted, "the ferry shall not cross the ferry") || len(q.Quoted) > maxParsed {
		t.Errorf("read as %.100s", q)
	}
}
