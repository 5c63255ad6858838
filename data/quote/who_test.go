package quote_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"onrecord/data"
	"onrecord/data/quote"
)

// annotatedTexts is where the annotated articles lie beside the project.
const annotatedTexts = "../../../shared/attributed-news/text"

// What is asked of the names behind pronouns and descriptions: of the
// statements found, and of those whose source the article never names.
const (
	leastNamed   = 0.75
	leastUnnamed = 0.95
)

// meant is a line of testdata/who: a source without a name of its own, at bytes
// of an article, and who that is for a person who reads the article.
type meant struct {
	article string
	source  quote.Span
	names   []string // any is right; one is "" where no name may be right too
}

// nobody tells whether the article never names the source.
func (m meant) nobody() bool { return len(m.names) == 1 && m.names[0] == "" }

// TestWhoIsMeant holds the speakers of statements whose source is "he", "the
// senator" or "officials" to readings made by hand before the program's were
// seen. Each file of testdata/who was drawn by a seed of its own, first.tsv to
// work with and second.tsv to see whether that was general.
func TestWhoIsMeant(t *testing.T) {
	t.Parallel()
	if _, err := os.Stat(annotatedTexts); err != nil {
		t.Skipf("the annotated articles are not there: %v", err)
	}
	e := newExtractor(t)
	for _, file := range []string{"first", "second"} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			measureWho(t, e, readMeant(t, filepath.Join("testdata", "who", file+".tsv")))
		})
	}
}

// share counts what is right of what was found.
type share struct{ right, found, all int }

func (s *share) count(found, right bool) {
	s.all++
	if found {
		s.found++
	}
	if right {
		s.right++
	}
}

func (s share) of() float64 { return float64(s.right) / float64(max(s.found, 1)) }

func (s share) String() string {
	return fmt.Sprintf("%d of %d found (of %d): %.3f", s.right, s.found, s.all, s.of())
}

func measureWho(t *testing.T, e *quote.Extractor, gold []meant) {
	var named, nobody, pronouns, descriptions share
	statements := map[string][]quote.Statement{}
	texts := map[string]string{}
	for _, m := range gold {
		if texts[m.article] == "" {
			a := readAnnotated(t, m.article)
			texts[m.article], statements[m.article] = a.Text, a.Statements(e)
		}
		source := m.source.Of(texts[m.article])
		s, found := mentioning(statements[m.article], m.source)
		right := found && slices.ContainsFunc(m.names, func(n string) bool { return sameName(n, s.Speaker.Name) })
		switch {
		case m.nobody():
			nobody.count(found, right)
		case len(source) <= len("they"):
			named.count(found, right)
			pronouns.count(found, right)
		default:
			named.count(found, right)
			descriptions.count(found, right)
		}
		if found && !right {
			t.Logf("%s %d %q: %q, want %q", m.article, m.source.Start, source, s.Speaker.Name, m.names)
		}
	}
	t.Logf("named: %s; pronouns %s, descriptions %s; unnamed %s", named, pronouns, descriptions, nobody)
	if named.of() < leastNamed {
		t.Errorf("too few sources have the right name: %s", named)
	}
	if nobody.of() < leastUnnamed {
		t.Errorf("too many sources have a name that the article never gives: %s", nobody)
	}
}

// mentioning is the statement whose mention overlaps a source.
func mentioning(all []quote.Statement, source quote.Span) (quote.Statement, bool) {
	for _, s := range all {
		if s.Mention.Start < source.End && source.Start < s.Mention.End {
			return s, true
		}
	}
	return quote.Statement{}, false
}

// sameName compares the first and the last word: "Donald J. Trump".
func sameName(a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	x, y := strings.Fields(a), strings.Fields(b)
	return x[0] == y[0] && x[len(x)-1] == y[len(y)-1]
}

func readAnnotated(t *testing.T, name string) *data.Article {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(annotatedTexts, name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := data.Parse(name+".txt", raw)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func readMeant(t *testing.T, file string) []meant {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []meant
	for _, line := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
		col := strings.Split(line, "\t")
		if len(col) != 4 {
			t.Fatalf("%s: %d columns, want article, start, end, names: %q", file, len(col), line)
		}
		start, err1 := strconv.Atoi(col[1])
		end, err2 := strconv.Atoi(col[2])
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: no bytes: %q", file, line)
		}
		out = append(out, meant{col[0], quote.Span{Start: start, End: end}, strings.Split(col[3], "|")})
	}
	return out
}
