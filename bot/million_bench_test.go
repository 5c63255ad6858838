package bot

// A benchmark of questions over an archive of any size, beside plain Bleve:
//
//	go test ./bot -run - -bench Questions -benchtime 1x -passages 1000000 -kept DIR
//
// It makes the archive with archive.py, which lies beside the project, and
// indexes it twice: with everything on, and its passages alone in plain Bleve.
// A folder given with -kept keeps all three for the next run; a million passages
// take a quarter of an hour to index.

import (
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"

	"onrecord/data"
	"onrecord/data/quote"
	"onrecord/index"
	"onrecord/internal/cputime"
)

var (
	passages = flag.Int("passages", 10_000, "how many passages, about, the benchmark of questions asks over")
	kept     = flag.String("kept", "", "where the benchmark of questions keeps its archive and indexes; a temporary folder if empty")
)

const (
	// articleMaker and articleTexts make archives of any size.
	articleMaker = "../../shared/eval/archive.py"
	articleTexts = "../../shared/attributed-news/text"
	// passagesEach is how many passages an article of theirs has, about.
	passagesEach = 14.7
	// benchArticles is how many articles questions are made of: some 600 questions.
	benchArticles = 60
	// askedLimit is how many statements are asked for, as people are shown.
	askedLimit = 5
)

// BenchmarkQuestions measures the processor time from a question to its answer, so
// that it holds on a busy machine too, and in the same run, question by question, a plain Bleve match query with highlighting on
// the same words over the same passages. What counts is the ratio of the two.
func BenchmarkQuestions(b *testing.B) {
	rig := newRig(b)
	mixed := rig.questions(b)
	hostile := rig.hostileQuestions(b)
	rig.measure(b, mixed) // warm
	var ours, plain []time.Duration
	for b.Loop() {
		o, p := rig.measure(b, mixed)
		ours, plain = append(ours, o...), append(plain, p...)
	}
	b.StopTimer()
	for _, p := range []int{50, 99} {
		b.ReportMetric(ms(percentile(ours, p)), fmt.Sprintf("ms-p%d", p))
		b.ReportMetric(ms(percentile(plain, p)), fmt.Sprintf("bleve-ms-p%d", p))
		b.ReportMetric(ms(percentile(ours, p))/ms(percentile(plain, p)), fmt.Sprintf("×bleve-p%d", p))
	}
	median := percentile(rig.bests(b, mixed), 50)
	worst := time.Duration(0)
	for _, name := range slices.Sorted(maps.Keys(hostile)) {
		q := hostile[name]
		took := rig.best(b, q)
		fmt.Printf("%8.2f ms, %5.1f × the median: %s\n", ms(took), ms(took)/ms(median), name)
		worst = max(worst, took)
	}
	b.ReportMetric(ms(worst)/ms(median), "×median-worst")
	rig.slowest(b, mixed, median)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func percentile(all []time.Duration, p int) time.Duration {
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}

// rig is an archive with its two indexes, open.
type rig struct {
	archive data.Archive
	ix      *index.Index
	plain   bleve.Index
	asked   *Bot
}

func newRig(b *testing.B) *rig {
	b.Helper()
	dir := *kept
	if dir == "" {
		dir = b.TempDir()
	}
	articles := filepath.Join(dir, "articles")
	if _, err := os.Stat(articles); err != nil {
		makeArticles(b, articles)
	}
	archive, err := data.OpenArchive(articles)
	if err != nil {
		b.Fatal(err)
	}
	r := &rig{archive: archive}
	r.openOurs(b, filepath.Join(dir, "index"))
	r.openPlain(b, filepath.Join(dir, "plain"))
	return r
}

func makeArticles(b *testing.B, into string) {
	b.Helper()
	if _, err := os.Stat(articleMaker); err != nil {
		b.Skipf("%s, which makes the archive, is not there", articleMaker)
	}
	n := max(1, int(float64(*passages)/passagesEach))
	out, err := exec.Command("python3", articleMaker, articleTexts, fmt.Sprint(n), into).CombinedOutput()
	if err != nil {
		b.Skipf("making %d articles: %v\n%s", n, err, out)
	}
}

func (r *rig) openOurs(b *testing.B, dir string) {
	b.Helper()
	ex, err := quote.New()
	if err != nil {
		b.Fatal(err)
	}
	if _, err := index.Update(b.Context(), dir, r.archive, ex, index.Options{}); err != nil {
		b.Fatal(err)
	}
	if r.ix, err = index.Open(dir); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = r.ix.Close() })
	r.asked = New(r.ix, slog.New(slog.DiscardHandler))
}

// openPlain indexes the passages, the paragraphs of the articles, in Bleve alone
// as its manual has it: English, stored, with positions to highlight by.
func (r *rig) openPlain(b *testing.B, dir string) {
	b.Helper()
	var err error
	if r.plain, err = bleve.Open(dir); err == nil {
		b.Cleanup(func() { _ = r.plain.Close() })
		return
	}
	m := bleve.NewIndexMapping()
	doc := bleve.NewDocumentStaticMapping()
	body := bleve.NewTextFieldMapping()
	body.Analyzer, body.IncludeInAll, body.DocValues = "en", false, false
	doc.AddFieldMappingsAt("body", body)
	m.DefaultMapping = doc
	builder, err := bleve.NewBuilder(dir, m, nil)
	if err != nil {
		b.Fatal(err)
	}
	entries, _ := r.archive.List()
	for _, e := range entries {
		a, _, err := data.Read(r.archive.FS, e.Path)
		if err != nil {
			b.Fatal(err)
		}
		for n, p := range a.Passages() {
			if err := builder.Index(fmt.Sprintf("%s#%d", e.Path, n), map[string]string{"body": a.Text[p.Start:p.End]}); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := builder.Close(); err != nil {
		b.Fatal(err)
	}
	if r.plain, err = bleve.Open(dir); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = r.plain.Close() })
}

// measure asks every question of both, in turn.
func (r *rig) measure(b *testing.B, questions []string) (ours, plain []time.Duration) {
	b.Helper()
	for _, q := range questions {
		ours = append(ours, r.time(b, q))
		began := cputime.Used()
		m := bleve.NewMatchQuery(q)
		m.SetField("body")
		req := bleve.NewSearchRequestOptions(m, askedLimit, 0, false)
		req.Highlight = bleve.NewHighlight()
		req.Fields = []string{"body"}
		if _, err := r.plain.SearchInContext(b.Context(), req); err != nil {
			b.Fatal(err)
		}
		plain = append(plain, cputime.Used()-began)
	}
	return ours, plain
}

func (r *rig) time(b *testing.B, question string) time.Duration {
	b.Helper()
	began := cputime.Used()
	if _, err := r.asked.Answer(b.Context(), question, askedLimit); err != nil {
		b.Fatalf("%.100q: %v", question, err)
	}
	return cputime.Used() - began
}

// timesAsked is how often a question is asked that is held against the median: the
// shortest time is that of the question, the others are of what ran beside it.
const timesAsked = 5

// best is the shortest of several times, for what is asked once.
func (r *rig) best(b *testing.B, question string) time.Duration {
	shortest := r.time(b, question)
	for range timesAsked - 1 {
		shortest = min(shortest, r.time(b, question))
	}
	return shortest
}

// bests are the shortest times of questions.
func (r *rig) bests(b *testing.B, questions []string) []time.Duration {
	var out []time.Duration
	for _, q := range questions {
		out = append(out, r.best(b, q))
	}
	return out
}

// slowest logs which questions took longest.
func (r *rig) slowest(b *testing.B, questions []string, median time.Duration) {
	type timed struct {
		took     time.Duration
		question string
	}
	var all []timed
	for _, q := range questions {
		all = append(all, timed{r.best(b, q), q})
	}
	slices.SortFunc(all, func(x, y timed) int { return int(y.took - x.took) })
	for _, t := range all[:min(8, len(all))] {
		fmt.Printf("%8.2f ms, %5.1f × the median: %.120s\n", ms(t.took), ms(t.took)/ms(median), t.question)
	}
}

// questions are such as people ask, made of what the archive has: statements
// taken at even steps through it, so that those who say much are asked about
// often, as they would be.
func (r *rig) questions(b testing.TB) []string {
	b.Helper()
	var out []string
	for n, s := range r.someStatements(b) {
		name, words := s.Speaker.Name, likened.topicOf(strings.Join(s.Words, " "))
		if name == "" || len(words) < 4 {
			continue
		}
		w := func(i int) string { return words[i].Forms[0] }
		said := strings.Join(strings.Fields(strings.Trim(s.Words[0], "“”\""))[:min(6, len(strings.Fields(s.Words[0])))], " ")
		forms := []string{
			fmt.Sprintf("What did %s say?", name),
			fmt.Sprintf("What did %s say about %s?", name, w(0)),
			fmt.Sprintf("what does %s think about %s and %s", strings.ToLower(name), w(1), w(2)),
			fmt.Sprintf("Who said “%s”?", said),
			fmt.Sprintf("Did %s say “%s”?", name, said),
			fmt.Sprintf("Who has talked about %s %s?", w(0), w(3)),
			fmt.Sprintf("When did the %s %s %s?", w(0), w(1), w(2)),
			fmt.Sprintf("How many %s were in %s?", w(1), w(3)),
			fmt.Sprintf("What did %s say in March 2018?", name),
			fmt.Sprintf("latest statements by %s on %s", name, w(1)),
			"What did he say?",
			fmt.Sprintf("What did Ambledown Quillfeather say about %s?", w(0)),
			fmt.Sprintf("%s %s", misspelt(name), w(2)),
			fmt.Sprintf("Did %s say that %s will %s?", name, w(0), w(1)),
			fmt.Sprintf("Who accused %s of %s?", name, w(0)),
		}
		out = append(out, forms[n%len(forms)])
	}
	return out
}

// misspelt swaps two letters in the middle of a name.
func misspelt(name string) string {
	r := []rune(name)
	if i := len(r) - 3; i > 1 {
		r[i], r[i+1] = r[i+1], r[i]
	}
	return string(r)
}

// someStatements are statements of the archive, from articles at even steps.
func (r *rig) someStatements(b testing.TB) []index.Statement {
	b.Helper()
	ex, err := quote.New()
	if err != nil {
		b.Fatal(err)
	}
	entries, _ := r.archive.List()
	var out []index.Statement
	for i := range benchArticles {
		e := entries[i*len(entries)/benchArticles]
		a, _, err := data.Read(r.archive.FS, e.Path)
		if err != nil {
			b.Fatal(err)
		}
		for _, s := range a.Statements(ex) {
			found := index.Statement{Article: e.Path, Statement: s}
			for _, p := range s.Parts {
				found.Words = append(found.Words, p.Of(a.Text))
			}
			out = append(out, found)
		}
	}
	return out
}

// hostileQuestions are what people paste, mistype or try.
func (r *rig) hostileQuestions(b testing.TB) map[string]string {
	b.Helper()
	e, err := r.asked.editions.now()
	if err != nil {
		b.Fatal(err)
	}
	var names []string
	for _, p := range e.roster.mostQuoted(500) {
		names = append(names, p.name)
	}
	all := strings.Join(names, " ")
	half := names[:len(names)/2]
	return map[string]string{
		"100 KB of one sentence":        strings.Repeat("what did the government say about the war and the people? ", 1750),
		"100 KB of names":               strings.Repeat(all+" ", 1+100_000/(len(all)+1))[:100_000],
		"100 KB without a space":        strings.Repeat("a", 100_000),
		"100 KB of quotation marks":     strings.Repeat("\"", 100_000),
		"five hundred names":            "what did " + strings.Join(names, " and ") + " say",
		"250 names, who said":           "who said that " + strings.Join(half, ", "),
		"only stop words":               "the of and to in a is that it was for on",
		"only stop words, said":         "who said “the of and to in a is that it was for on”",
		"one letter":                    "a",
		"one letter, said":              "what did x say about y",
		"the commonest words":           "people government president country state new year said time",
		"commonest words, who":          "who has talked about people government president country state war",
		"commonest words, did":          "did " + names[0] + " say that people government president country state will",
		"the commonest speaker":         "what did " + names[0] + " say?",
		"the commonest speaker, latest": "what did " + names[0] + " say last?",
		"the commonest speaker, years":  "what did " + names[0] + " say since 2014?",
		"wildcards":                     "what did * say about ?* and *a* a* *",
		"a regular expression":          "who said “/(a+)+$/ .* [a-z]{1,1000}”",
		"query syntax":                  "+person:\"x\" -kind:s body:/.*/ who^1000 said~2 _id:* AND (NOT a) OR \\",
		"numbers":                       strings.Repeat("when 1 2 3 4 5 6 7 8 9 2014-01-01 ", 40),
		"misspelt words, a hundred":     strings.Repeat("Abmledwon Qillufeather Zwolkke Prisimon Wexxmor ", 20),
		"descriptions of people, many":  strings.Repeat("the president of the minister of the chief ", 30),
		"times, many":                   "what did " + names[0] + " say " + strings.Repeat("on March 12 since 2014 between May and June 2015 ", 20),
		"control characters and emoji":  strings.Repeat("\x00\x1b[31m🙂\u202e", 500),
		"a question in Cyrillic, long":  strings.Repeat("что сказал Путин о санкциях ", 100),
		"quoted, five hundred words":    "who said “" + strings.Repeat("people said the government would never know ", 70) + "”",
		"hyphens":                       strings.Repeat("cease-fire-", 90),
		"did say, everything":           "did " + strings.Join(half[:len(half)/5], " ") + " say “" + all + "”",
	}
}
