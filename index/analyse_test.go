package index

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
)

// A text is indexed by the terms, in the order, that Bleve's analyser gives,
// which is how questions are read.
func TestTermsAreBleves(t *testing.T) {
	english := englishAnalyser(t)
	a := newAnalyser(english)
	for _, text := range searchableTexts {
		sameTerms(t, english, a, text)
	}
	names, _ := filepath.Glob(filepath.Join(news, "*.txt"))
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(b)) {
			sameTerms(t, english, a, line)
		}
	}
}

var searchableTexts = []string{
	"", " ", "  the ferry  ", "Nina Ambledown’s cease-fire, well-known to “Zwolke-side” folk, isn't what it was.",
	"U.S. F-16s cost $3.5m; 10:30 a.m. in Zwolke/Ost, e.g. x_y a@b.c http://weir.example/a-b?c=d",
	"паром «Звольке-Ост» отплыл ё-моё", "ﬁne cease-ﬁre co\u00adoperate a\u200bb", "a \u0301b c\u0301 \u0308", "x \u3000y ´ z\u00a0w\u202fv",
	"水の 上 カタカナ ひらがな 한국어", "a\tb\nc\r\nd\ve", "don’t 'twas rock 'n' roll", "\u200d a \u200d", "— – - -- ‐‑", "👩‍👩‍👧 ferry 🇳🇱 🇳🇱",
}

func FuzzTerms(f *testing.F) {
	for _, text := range searchableTexts {
		f.Add(text)
	}
	english := englishAnalyser(f)
	f.Fuzz(func(t *testing.T, text string) {
		sameTerms(t, english, newAnalyser(english), strings.ToValidUTF8(text, "?"))
	})
}

func englishAnalyser(t testing.TB) analysis.Analyzer {
	t.Helper()
	english := newMapping().AnalyzerNamed(en.AnalyzerName)
	if english == nil {
		t.Fatal("Bleve has no English analyser")
	}
	return english
}

func sameTerms(t *testing.T, english analysis.Analyzer, a *analyser, text string) {
	t.Helper()
	var want []string
	for _, token := range english.Analyze([]byte(searchable(text))) {
		want = append(want, string(token.Term))
	}
	if got := a.terms(text); !slices.Equal(got, want) {
		t.Fatalf("%q is indexed as\n%v, and Bleve has\n%v", text, got, want)
	}
}
