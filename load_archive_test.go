package main

// The archive of BenchmarkLoad, of invented text, and questions about an archive.

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/data"
	"onrecord/data/quote"
)

const (
	// loadParagraphs is how many paragraphs an article has, about as many as news
	// articles have.
	loadParagraphs = 15
	// loadNouns, loadPeople and loadPlaces are as many as 100,000 passages of news
	// name, about.
	loadNouns  = 25_000
	loadPeople = 12_000
	loadPlaces = 3_000
	// loadOutlets is how many outlets the articles are from.
	loadOutlets = 40
)

// writer writes articles of invented words, people and places. A few of each are
// common and most are rare, as in any language.
type writer struct {
	*rand.Rand
	he string // the one who spoke last
}

// rank draws a rank below n after the law of Zipf and Mandelbrot: the first few
// are about equally common, and those after them the rarer the later.
func (w *writer) rank(n int, equal float64) int {
	return int(equal*math.Pow((float64(n)+equal)/equal, w.Float64()) - equal)
}

var (
	coinOnsets  = strings.Fields("b br c cl d dr f fl g gr h j k l m n p pr qu r s sk st t tr v w")
	coinVowels  = strings.Fields("a e i o u ai ea oo")
	coinEndings = strings.Fields("nt ck l rm st nd mp d th sk")
	surnameEnds = strings.Fields("wick worth combe low by ham stone mere field gate")
	givenNames  = strings.Fields("Ada Abel Brannoc Corin Daveth Elowen Fenella Gerren Hesper Ines Jory Kerra Lowen Merryn Nina Osric Perran Quill Rosen Senara Tamsin Ursel Verran Wenna Ysella Zinnia")
	roles       = strings.Fields("minister mayor treasurer spokeswoman warden engineer harbourmaster senator adviser judge general clerk")
	verbs       = strings.Fields("closed opened repaired sold bought promised refused delayed praised blamed counted moved lost found built burned measured taxed visited rejected")
	adjectives  = strings.Fields("old new costly late early rotten safe public private narrow useless northern southern honest empty crowded secret foreign")
	weekdays    = strings.Fields("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
)

// coin is the nth invented word without its ending.
func coin(n int) string {
	n = n * 7919 % 46_649 // neighbours in rank shall not look alike
	syllable := func(n int) string {
		return coinOnsets[n%len(coinOnsets)] + coinVowels[n/len(coinOnsets)%len(coinVowels)]
	}
	each := len(coinOnsets) * len(coinVowels)
	return syllable(n%each) + syllable(n/each)
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func (w *writer) noun() string {
	n := w.rank(loadNouns, 30)
	return coin(n) + coinEndings[n%len(coinEndings)]
}

func (w *writer) place() string { return capital(coin(w.rank(loadPlaces, 10))) + "port" }

func (w *writer) person() string {
	n := w.rank(loadPeople, 20)
	return givenNames[n*31%len(givenNames)] + " " + capital(coin(n/2)) + surnameEnds[n/2%len(surnameEnds)]
}

func (w *writer) one(of []string) string { return of[w.IntN(len(of))] }

// clause is what somebody says: a sentence without its end.
func (w *writer) clause() string {
	return fmt.Sprintf("the %s %s of %s %s the %s because the %s and the %s were %s", w.one(adjectives), w.noun(), w.place(),
		w.one(verbs), w.noun(), w.noun(), w.noun(), w.one(adjectives))
}

// paragraph is news: two in three hold a statement.
func (w *writer) paragraph() string {
	surname := w.he[strings.LastIndex(w.he, " ")+1:]
	switch w.IntN(9) {
	case 0, 1:
		w.he = w.person()
		return fmt.Sprintf("“%s,” said %s, the %s of %s. “%s.”", capital(w.clause()), w.he, w.one(roles), w.place(), capital(w.clause()))
	case 2:
		return fmt.Sprintf("“%s,” %s said.", capital(w.clause()), surname)
	case 3:
		return fmt.Sprintf("%s told reporters in %s on %s that %s.", surname, w.place(), w.one(weekdays), w.clause())
	case 4:
		w.he = w.person()
		return fmt.Sprintf("According to %s, %s.", w.he, w.clause())
	case 5:
		w.he = w.person()
		return fmt.Sprintf("%s, the %s, denied that %s, and said that %s.", w.he, w.one(roles), w.clause(), w.clause())
	}
	return fmt.Sprintf("%s. On %s %s, and %d people from %s saw it.", capital(w.clause()), w.one(weekdays), w.clause(), 2+w.IntN(900), w.place())
}

// article is one in Markdown, with its front matter.
func (w *writer) article(n int) string {
	w.he = w.person()
	var b strings.Builder
	day := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, w.IntN(3650))
	fmt.Fprintf(&b, "---\ntitle: %s %s the %s\nsource: The %s Lantern\ndate: %s\nurl: https://lantern.example/%d\n---\n", w.place(), w.one(verbs),
		w.noun(), capital(coin(w.IntN(loadOutlets))), day.Format(time.DateOnly), n)
	for range loadParagraphs {
		b.WriteString("\n" + w.paragraph() + "\n")
	}
	return b.String()
}

// writeLoadArticles writes loadPassages paragraphs; the same ones each time.
func writeLoadArticles(b *testing.B, dir string) {
	b.Helper()
	w := &writer{Rand: rand.New(rand.NewPCG(5, 100))}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		b.Fatal(err)
	}
	for n := range loadPassages / loadParagraphs {
		text, name := w.article(n), filepath.Join(dir, fmt.Sprintf("%05d.md", n))
		if old, err := os.ReadFile(name); err == nil && string(old) == text {
			continue // from the last run: its index needs no update
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

// loadForms are the questions that people ask, by statement; the last ones find
// nothing.
var loadForms = []func(name, said string, words []string) string{
	func(name, _ string, _ []string) string { return fmt.Sprintf("What did %s say?", name) },
	func(name, _ string, w []string) string { return fmt.Sprintf("What did %s say about %s?", name, w[0]) },
	func(name, _ string, w []string) string {
		return fmt.Sprintf("what does %s think about %s and %s", strings.ToLower(name), w[1], w[2])
	},
	func(name, _ string, _ []string) string { return fmt.Sprintf("latest statements by %s", name) },
	func(name, _ string, _ []string) string { return fmt.Sprintf("What did %s say in March 2034?", name) },
	func(_, _ string, w []string) string { return fmt.Sprintf("Who has talked about %s?", w[0]) },
	func(_, _ string, w []string) string { return fmt.Sprintf("Who talked about %s and %s?", w[0], w[1]) },
	func(_, said string, _ []string) string { return fmt.Sprintf("Who said “%s”?", said) },
	func(name, said string, _ []string) string { return fmt.Sprintf("Did %s say “%s”?", name, said) },
	func(_, _ string, w []string) string {
		return fmt.Sprintf("When did the %s %s the %s?", w[0], w[1], w[2])
	},
	func(_, _ string, w []string) string { return fmt.Sprintf("What happened to the %s %s?", w[1], w[2]) },
	func(_, _ string, w []string) string {
		return fmt.Sprintf("What did Ambledown Quillfeather say about %s?", w[0])
	},
	func(_, _ string, w []string) string {
		return fmt.Sprintf("Did Quillfeather say that the %s is a zzyzzyva?", w[0])
	},
}

// loadQuestions are n questions about an archive, made of the statements of
// articles at even steps through it: who says much is asked about often.
func loadQuestions(b *testing.B, articles string, n int) []string {
	b.Helper()
	archive, err := data.OpenArchive(articles)
	if err != nil {
		b.Fatal(err)
	}
	entries, _ := archive.List()
	ex, err := quote.New()
	if err != nil {
		b.Fatal(err)
	}
	const each = 5 // questions of an article
	var out []string
	step := max(1, len(entries)*each/n)
	for at := 0; len(out) < n; at = (at + step) % len(entries) {
		a, _, err := data.Read(archive.FS, entries[at].Path)
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, questionsOf(a, ex, len(out), each)...)
	}
	return out[:n]
}

// questionsOf asks about an article's statements, at most most times, each in
// another form.
func questionsOf(a *data.Article, ex *quote.Extractor, from, most int) []string {
	var out []string
	for _, s := range a.Statements(ex) {
		said := s.Parts[0].Of(a.Text)
		words := slices.DeleteFunc(strings.FieldsFunc(said, isNoLetter), func(w string) bool { return len(w) < len("early") })
		if s.Speaker.Name == "" || len(words) < 4 || len(out) == most {
			continue
		}
		opening := strings.Fields(strings.Trim(said, "“”\"., "))
		form := loadForms[(from+len(out))%len(loadForms)]
		out = append(out, form(s.Speaker.Name, strings.Join(opening[:min(7, len(opening))], " "), words))
	}
	return out
}

func isNoLetter(r rune) bool { return r < 'A' || r > 'z' || r > 'Z' && r < 'a' }
