package sample_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"onrecord/data/sample"
)

// What an article may name, as the reported story names it: people, places,
// bodies, days and numbers.
var named = strings.Fields(`
	Vladimir Putin Yuri Ushakov Donald Trump Steve Witkoff Volodymyr Zelenskyy
	President Russia Russian Ukraine Ukrainian Ukrainians Kyiv Moscow Washington
	United States U.S. Europe Western Middle East Saudi Arabia Kursk
	Kremlin White House NATO Telegram
	March 11 12 13 30-day 30`)

// Ordinary words that a sentence may begin with. Any other capital is a name,
// first in its sentence or not.
var openers = strings.Fields(`
	A Any As Before But Ending Gas He In It Just Later On Such The To`)

var (
	frontMatter = regexp.MustCompile(`^---\ntitle: [^\n]+\nsource: On Record sample\nlanguage: en\n---\n\n`)
	quoted      = regexp.MustCompile(`“[^“”]*”`)
	capitalised = regexp.MustCompile(`U\.S\.|\b[\p{Lu}\p{N}][\p{L}\p{N}-]*`)
	year        = regexp.MustCompile(`\d{4}`)
)

// An article is a sample as its reader sees it.
type article struct {
	name, text string
	title      string // "" where it has none
	paragraphs []string
}

// A quotation is one line of quotations.txt.
type quotation struct{ speaker, words string }

func TestANewcomerFindsEnoughToAsk(t *testing.T) {
	if n := len(articles(t)); n < 8 {
		t.Errorf("the sample has %d articles, want at least 8", n)
	}
}

func TestArticlesAreShortAndPlain(t *testing.T) {
	for _, a := range articles(t) {
		words := len(strings.Fields(strings.Join(a.paragraphs, " ")))
		if words < 90 || words > 200 {
			t.Errorf("%s has %d words, want 90 to 200", a.name, words)
		}
		if n := len(a.paragraphs); n < 4 || n > 8 {
			t.Errorf("%s has %d paragraphs, want 4 to 8", a.name, n)
		}
		for _, p := range a.paragraphs {
			if strings.ContainsAny(p, "\n*_`#[]<>") {
				t.Errorf("%s: a paragraph is one line without markup: %s", a.name, p)
			}
		}
	}
}

func TestNoAuthorAddressOrDateIsMadeUp(t *testing.T) {
	for _, a := range articles(t) {
		if !frontMatter.MatchString(a.text) {
			t.Errorf("%s: the front matter is a title, this source and this language, no more", a.name)
		}
		if y := year.FindString(a.text); y != "" {
			t.Errorf("%s names a year, %s; the story gives none", a.name, y)
		}
	}
}

func TestMarksAreCurlyAndClosed(t *testing.T) {
	for _, a := range articles(t) {
		if strings.ContainsAny(a.text, `"'`) {
			t.Errorf("%s has straight marks", a.name)
		}
		if strings.ContainsAny(a.title, "“”") {
			t.Errorf("%s: its title quotes, and nobody is named beside it: %s", a.name, a.title)
		}
		for _, p := range a.paragraphs {
			if strings.ContainsAny(quoted.ReplaceAllString(p, ""), "“”") {
				t.Errorf("%s: marks without a partner: %s", a.name, p)
			}
		}
	}
}

func TestEveryQuotationWasSaidByWhoeverIsNamed(t *testing.T) {
	stock := quotations(t)
	for _, a := range articles(t) {
		before := ""
		for _, p := range a.paragraphs {
			for _, words := range quoted.FindAllString(p, -1) {
				if !saidBySomebodyNamed(words, before+" "+p, stock) {
					t.Errorf("%s: not in the stock, or its speaker not named nearby: %s", a.name, words)
				}
			}
			before = p
		}
	}
}

func TestNobodyIsInvented(t *testing.T) {
	for _, a := range articles(t) {
		for _, p := range append(a.paragraphs, a.title) {
			for _, word := range capitalised.FindAllString(quoted.ReplaceAllString(p, " "), -1) {
				if !slices.Contains(named, word) && !slices.Contains(openers, word) {
					t.Errorf("%s names %s, which the story does not", a.name, word)
				}
			}
		}
	}
}

func TestTheStockIsWhatWasReported(t *testing.T) {
	seed := reported(t)
	var stock []string
	for _, q := range quotations(t) {
		stock = append(stock, q.words)
	}
	if want := quoted.FindAllString(seed, -1); !slices.Equal(stock, want) {
		t.Errorf("quotations.txt has\n%s\nthe report has\n%s", strings.Join(stock, "\n"), strings.Join(want, "\n"))
	}
	for _, name := range named {
		if !strings.Contains(seed, name) {
			t.Errorf("the articles may name %s, but the report does not", name)
		}
	}
}

func TestTheProseIsOurOwn(t *testing.T) {
	const run = 7 // words in common that make a copied sentence
	seed := " " + strings.Join(tokens(reported(t)), " ") + " "
	for _, a := range articles(t) {
		for _, p := range append(a.paragraphs, a.title) {
			for _, prose := range quoted.Split(p, -1) {
				ours := tokens(prose)
				for i := 0; i+run <= len(ours); i++ {
					if same := strings.Join(ours[i:i+run], " "); strings.Contains(seed, " "+same+" ") {
						t.Errorf("%s copies %q", a.name, same)
					}
				}
			}
		}
	}
}

// saidBySomebodyNamed reports whether the stock has these words, from a speaker
// whose surname stands nearby. Marks, and a comma or full stop before the
// closing one, may differ; a piece begins and ends where a clause does.
func saidBySomebodyNamed(words, nearby string, stock []quotation) bool {
	piece := bare(words)
	clause := regexp.MustCompile(`(^|[,.] )` + regexp.QuoteMeta(piece) + `($|[,.])`)
	return piece != "" && slices.ContainsFunc(stock, func(q quotation) bool {
		surname := q.speaker[strings.LastIndex(q.speaker, " ")+1:]
		return clause.MatchString(bare(q.words)) && strings.Contains(nearby, surname)
	})
}

// bare is a quotation without its marks and its closing comma or full stop.
func bare(words string) string {
	return strings.TrimRight(strings.Trim(words, "“”"), ",.")
}

// tokens are the words of a text in lower case; a hyphen parts two.
func tokens(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return r != '’' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// articles reads the sample as the program does.
func articles(t *testing.T) []article {
	t.Helper()
	names, err := fs.Glob(sample.FS(), "*.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []article
	for _, name := range names {
		data, err := fs.ReadFile(sample.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		a := article{name: name, text: string(data)}
		head, body, _ := strings.Cut(a.text, "\n---\n")
		_, head, _ = strings.Cut(head, "title: ")
		a.title, _, _ = strings.Cut(head, "\n")
		a.paragraphs = strings.Split(strings.TrimSpace(body), "\n\n")
		all = append(all, a)
	}
	return all
}

// quotations reads the stock.
func quotations(t *testing.T) []quotation {
	t.Helper()
	data, err := os.ReadFile("quotations.txt")
	if err != nil {
		t.Fatal(err)
	}
	var stock []quotation
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		speaker, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || quoted.FindString(words) != words {
			t.Fatalf("quotations.txt: want a speaker, a tab and one quotation in its marks: %q", line)
		}
		stock = append(stock, quotation{speaker, words})
	}
	return stock
}

// reported is the article that the stock was taken from. It is not part of the
// project; where it is not beside it, there is nothing to compare with.
func reported(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join("..", "..", "..", "shared", "archive", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Skip("no ../shared/archive beside the project: the report that the samples quote can't be compared")
	}
	data, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
