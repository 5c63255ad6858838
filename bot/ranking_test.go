package bot

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// releases is the folder of press releases that questions are asked on where it
// is there.
const releases = "../../shared/press-releases"

// shownRanks is how many excerpts of an answer count: what people are shown.
const shownRanks = 5

// TestRankingOnSample and TestRankingOnReleases ask the questions of
// testdata/ranking and hold the figures against the golden file beside them, so
// that a change of scoring shows as a difference of that file.
func TestRankingOnSample(t *testing.T) {
	t.Parallel()
	ranking(t, sampleBot(t), "sample")
}

func TestRankingOnReleases(t *testing.T) {
	if testing.Short() {
		t.Skip("indexing the releases takes a while")
	}
	t.Parallel()
	ranking(t, folderBot(t, releases), "releases")
}

func ranking(t *testing.T, b *Bot, name string) {
	t.Helper()
	b.now = func() time.Time { return time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC) }
	var f figures
	for _, q := range rankingQuestions(t, filepath.Join("testdata/ranking", name+".txt")) {
		a, err := b.Answer(t.Context(), q.text, shownRanks)
		if err != nil {
			t.Fatal(err)
		}
		f.count(q, a)
	}
	golden := filepath.Join("testdata/ranking", name+".golden")
	if *update {
		if err := os.WriteFile(golden, []byte(f.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := f.String(); got != string(want) {
		t.Errorf("the figures are others than those of %s; look whether they are better, and write them with -update:\n%s", golden, got)
	}
}

// ranked is a line of a file of questions.
type ranked struct {
	text     string
	speakers []string // names of the one whose statement answers; nil for a fact
	anybody  bool     // whoever said it
	abstain  bool
	has      *regexp.Regexp
	article  string // how its path begins
}

func rankingQuestions(t *testing.T, file string) []ranked {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []ranked
	for line := range strings.Lines(string(raw)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if line == "\n" || strings.HasPrefix(line, "#") {
			continue
		}
		f = append(f, "", "", "")
		q := ranked{text: f[0], abstain: f[1] == "ABSTAIN", anybody: f[1] == "anybody", article: f[3]}
		if q.has, err = regexp.Compile(f[2]); err != nil {
			t.Fatalf("%s: %s: %v", file, f[0], err)
		}
		if f[1] != "" && !q.abstain && !q.anybody {
			q.speakers = strings.Split(f[1], "; ")
		}
		out = append(out, q)
	}
	return out
}

// rank is the place of the first excerpt that answers, from 1; 0 for none.
func (q ranked) rank(a *Answer) int {
	n := 0
	for _, s := range a.Statements[:min(shownRanks, len(a.Statements))] {
		n++
		var text []string
		for _, p := range s.Parts {
			text = append(text, p.Text)
		}
		theirs := q.anybody && s.Speaker.Name != "" || q.speakers == nil && !q.anybody || slices.Contains(q.speakers, s.Speaker.Name)
		if theirs && q.has.MatchString(strings.Join(text, " ")) && strings.HasPrefix(s.Article, q.article) {
			return n
		}
	}
	for _, p := range a.Passages[:min(shownRanks, len(a.Passages))] {
		n++
		if q.speakers == nil && !q.anybody && q.has.MatchString(p.Text) && strings.HasPrefix(p.Article, q.article) {
			return n
		}
	}
	return 0
}

// misattributed counts the statements shown that are not the asked one's.
func (q ranked) misattributed(a *Answer) int {
	n := 0
	for _, s := range a.Statements {
		if q.speakers != nil && !slices.Contains(q.speakers, s.Speaker.Name) {
			n++
		}
	}
	return n
}

// figures are counted over questions.
type figures struct {
	answerable, first, shown     int
	reciprocal                   float64
	wronglyNothing, wrongPeople  int
	unanswerable, rightlyNothing int
	notes                        []string
}

func (f *figures) count(q ranked, a *Answer) {
	if q.abstain {
		f.unanswerable++
		if !a.Found {
			f.rightlyNothing++
		} else {
			f.note("answered", q, a)
		}
		return
	}
	f.answerable++
	f.wrongPeople += q.misattributed(a)
	rank := q.rank(a)
	if rank > 0 {
		f.reciprocal += 1 / float64(rank)
	}
	switch {
	case !a.Found:
		f.wronglyNothing++
		f.note("nothing", q, a)
	case rank == 0 || rank > shownRanks:
		f.note("missed", q, a)
	case rank == 1:
		f.first++
		f.shown++
	default:
		f.shown++
		f.note(fmt.Sprintf("rank %d", rank), q, a)
	}
	if q.misattributed(a) > 0 {
		f.note("others", q, a)
	}
}

func (f *figures) note(what string, q ranked, _ *Answer) {
	f.notes = append(f.notes, fmt.Sprintf("%-9s %s", what, q.text))
}

func (f *figures) String() string {
	share := func(n, of int) string { return fmt.Sprintf("%.3f (%d of %d)", float64(n)/float64(max(1, of)), n, of) }
	var b strings.Builder
	fmt.Fprintf(&b, "recall at 1         %s\n", share(f.first, f.answerable))
	fmt.Fprintf(&b, "recall at 5         %s\n", share(f.shown, f.answerable))
	fmt.Fprintf(&b, "mean reciprocal     %.3f\n", f.reciprocal/float64(max(1, f.answerable)))
	fmt.Fprintf(&b, "rightly abstained   %s\n", share(f.rightlyNothing, f.unanswerable))
	fmt.Fprintf(&b, "wrongly abstained   %s\n", share(f.wronglyNothing, f.answerable))
	fmt.Fprintf(&b, "statements of others shown  %d\n\nwhat is not first, or answered where nothing is on record:\n", f.wrongPeople)
	for _, n := range f.notes {
		b.WriteString(n + "\n")
	}
	return b.String()
}
