package bot

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"

	"onrecord/data"
	"onrecord/data/quote"
	"onrecord/index"
)

// Where an article and questions on it lie beside the project.
const (
	seedArchive   = "../../shared/archive"
	seedQuestions = "../../shared/eval/seed_questions.jsonl"
)

// seedQuestion is a line of the questions: what must and must not be shown.
type seedQuestion struct {
	Question string   `json:"question"`
	Found    bool     `json:"found"`
	Speaker  string   `json:"speaker"`
	Must     []string `json:"must"`
	MustNot  []string `json:"must_not"`
	Top      int      `json:"top"`
}

// TestSeedQuestions answers hand-written questions on a real article, where both
// are at hand.
func TestSeedQuestions(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(seedQuestions)
	if err != nil {
		t.Skipf("%s is not there", seedQuestions)
	}
	b := folderBot(t, seedArchive)
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		var q seedQuestion
		if err := json.Unmarshal([]byte(line), &q); err != nil {
			t.Fatal(err)
		}
		a, err := b.Answer(t.Context(), q.Question, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range q.problems(a) {
			t.Errorf("%s: %s", q.Question, problem)
		}
	}
}

func folderBot(t testing.TB, dir string) *Bot {
	t.Helper()
	ex, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	archive, err := data.OpenArchive(dir)
	if err != nil {
		t.Skipf("%s is not there", dir)
	}
	at := t.TempDir()
	if _, err := index.Update(t.Context(), at, archive, ex, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return New(ix, slog.New(slog.DiscardHandler))
}

func (q seedQuestion) problems(a *Answer) []string {
	var out []string
	if a.Found != q.Found {
		out = append(out, fmt.Sprintf("found is %v", a.Found))
	}
	if q.Speaker != "" && (len(a.Statements) == 0 || a.Statements[0].Speaker.Name != q.Speaker) {
		out = append(out, fmt.Sprintf("the speakers are %q", a.Speakers))
	}
	var theirs, all strings.Builder
	for _, s := range a.Statements[:min(q.Top, len(a.Statements))] {
		for _, p := range s.Parts {
			all.WriteString(comparable(p.Text) + " ")
			if q.Speaker == "" || s.Speaker.Name == q.Speaker {
				theirs.WriteString(comparable(p.Text) + " ")
			}
		}
	}
	if q.Speaker == "" {
		for _, p := range a.Passages[:min(q.Top, len(a.Passages))] {
			all.WriteString(comparable(p.Text) + " ")
			theirs.WriteString(comparable(p.Text) + " ")
		}
	}
	for _, m := range q.Must {
		if !strings.Contains(theirs.String(), comparable(m)) {
			out = append(out, fmt.Sprintf("lacks %q", m))
		}
	}
	for _, m := range q.MustNot {
		if strings.Contains(all.String(), comparable(m)) {
			out = append(out, fmt.Sprintf("shows %q", m))
		}
	}
	return out
}
