package live

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"onrecord/index"
)

func write(t testing.TB, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// open makes an archive of a new folder live.
func open(t *testing.T) (*Archive, string) {
	t.Helper()
	dir := t.TempDir()
	return openFolder(t, dir), dir
}

// TestArchiveGoesOnAnswering follows an archive from nothing through updates.
func TestArchiveGoesOnAnswering(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	if _, err := l.Answer(t.Context(), "what did Wexmoor say?", 5); !errors.Is(err, ErrNotReady) {
		t.Fatalf("before there is an index: %v", err)
	}
	write(t, dir, "one.md", "---\nsource: The Marnock Lantern\ndate: 2031-04-02\n---\n\n“The ropes are rotten,” said Corin Wexmoor.\n")
	report, err := l.Update(t.Context(), false, nil)
	if err != nil || report.Added != 1 {
		t.Fatalf("the first update: %+v, %v", report, err)
	}
	if got := words(t, l, "what did Wexmoor say?"); got != "“The ropes are rotten,”" {
		t.Errorf("answered %q", got)
	}
	write(t, dir, "two.txt", "Ferries\n\n“Nobody rows,” said Nina Ambledown, the harbour master.\n")
	if report, err = l.Update(t.Context(), false, nil); err != nil || report.Added != 1 {
		t.Fatalf("the second update: %+v, %v", report, err)
	}
	if got := words(t, l, "what did Ambledown say?"); got != "“Nobody rows,”" {
		t.Errorf("answered %q", got)
	}
	if got := words(t, l, "what did Wexmoor say in the Marnock Lantern?"); got != "“The ropes are rotten,”" {
		t.Errorf("answered %q", got)
	}
	o, err := l.Overview(t.Context())
	if err != nil || o.Size.Articles != 2 || o.Size.Statements != 2 || o.Speakers != 2 || o.First != "2031-04-02" || len(o.Sources) != 1 || o.Size.Bytes == 0 || o.Checked.IsZero() {
		t.Errorf("the overview is %+v, %v", o, err)
	}
	if names, err := l.CompleteSpeaker("amb", 5); err != nil || strings.Join(names, ",") != "Nina Ambledown" {
		t.Errorf("completed %q, %v", names, err)
	}
	if names, err := l.CompleteSource("marn", 5); err != nil || strings.Join(names, ",") != "The Marnock Lantern" {
		t.Errorf("completed %q, %v", names, err)
	}
}

func words(t *testing.T, l *Archive, question string) string {
	t.Helper()
	a, err := l.Answer(t.Context(), question, 5)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range a.Statements {
		for _, p := range s.Parts {
			out = append(out, p.Text)
		}
	}
	return strings.Join(out, " ")
}

// TestAnotherProcess answers from what another process made of the same index,
// also where that was all that there was to do.
func TestAnotherProcess(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	other, err := Open(l.archive, l.dir, l.extractor, l.log)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if err := l.Refresh(); err != nil || l.Ready() {
		t.Fatalf("ready %v before there is an index, %v", l.Ready(), err)
	}
	for n, take := range []func() error{
		l.Refresh,
		func() error { _, err := l.Update(t.Context(), false, nil); return err },
		l.Refresh,
	} {
		write(t, dir, fmt.Sprintf("%d.txt", n), fmt.Sprintf("Ferries %d\n\n“Boat %d is in,” said Corin Wexmoor.\n", n, n))
		if _, err := other.Update(t.Context(), false, nil); err != nil {
			t.Fatal(err)
		}
		if err := take(); err != nil {
			t.Fatal(err)
		}
		if got := words(t, l, "what did Wexmoor say?"); !strings.Contains(got, fmt.Sprintf("Boat %d is in", n)) {
			t.Errorf("after %d updates of another process: %q", n+1, got)
		}
	}
}

// TestContextOfAStatement shows the paragraphs around one.
func TestContextOfAStatement(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	write(t, dir, "one.txt", "Ferries\n\nThe first boat left.\n\n“Nobody rows,” said Nina Ambledown.\n\nThe last one stayed.\n")
	if _, err := l.Update(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	around, err := l.Around("one.txt", 3, 1)
	if err != nil || len(around) != 3 || around[0].Text != "The first boat left." || around[2].Paragraph != 4 {
		t.Errorf("around it: %+v, %v", around, err)
	}
	if _, err := l.Around("gone.txt", 1, 1); !errors.Is(err, index.ErrNoArticle) {
		t.Errorf("an article that is not there: %v", err)
	}
	if _, err := l.Around("one.txt", 90, 1); !errors.Is(err, index.ErrNoArticle) {
		t.Errorf("a paragraph that is not there: %v", err)
	}
}

// TestQuotesOfAMessage holds a message's quotations against the archive.
func TestQuotesOfAMessage(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	write(t, dir, "one.txt", "Ferries\n\n“Nobody rows to Pellworth at night,” said Nina Ambledown.\n\n“The lamp was never lit,” said Corin Wexmoor.\n")
	if _, err := l.Update(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	all, skipped, err := l.CheckQuotes(t.Context(), `“Nobody rows to Pellworth at night,” says Nina Ambledown!
"Nobody ever rows to Pellworth at night" they say, and
“The lamp was never lit,” said Nina Ambledown. And "The moon fell into the sea", "no".
They don’t agree: ‘the lamp was never lit’, it’s said.`, 3)
	if err != nil || skipped != 1 {
		t.Fatalf("%d were skipped, %v", skipped, err)
	}
	var got []string
	for _, c := range all {
		got = append(got, fmt.Sprintf("%s: %s", c.Claimed, c.Verdict))
	}
	want := "Nina Ambledown: verbatim|: near|Nina Ambledown: other|: none|: verbatim"
	if strings.Join(got, "|") != want {
		t.Errorf("checked as %s, want %s", strings.Join(got, "|"), want)
	}
}

// TestQuestionsDuringSwaps asks all the while that one state after another takes
// over, made here, from nothing too, or by another process: no question fails, what
// was on record stays so, and a second update is told to wait.
func TestQuestionsDuringSwaps(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	other, err := Open(l.archive, l.dir, l.extractor, l.log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(other.Close)
	write(t, dir, "0.txt", "Ferries\n\n“Nobody rows,” said Nina Ambledown.\n")
	if _, err := l.Update(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var asking sync.WaitGroup
	for range 4 {
		asking.Go(func() { askUntil(t, l, done) })
	}
	const swaps = 24
	for n := 1; n <= swaps; n++ {
		write(t, dir, fmt.Sprintf("%d.txt", n), fmt.Sprintf("Ferries %d\n\n“Boat %d is in,” said Corin Wexmoor.\n", n, n))
		if n%4 == 0 { // by another process
			if _, err := other.Update(t.Context(), false, nil); err != nil {
				t.Fatal(err)
			}
			if err := l.Refresh(); err != nil {
				t.Fatal(err)
			}
			continue
		}
		_, err := l.Update(t.Context(), n%3 == 0, func(index.Progress) {
			if _, err := l.Update(t.Context(), false, nil); !errors.Is(err, ErrUpdating) {
				t.Errorf("a second update at a time: %v", err)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	asking.Wait()
	if a, err := l.Answer(t.Context(), "what did Wexmoor say?", 2*swaps); err != nil || len(a.Statements) != swaps {
		t.Errorf("after all updates: %+v, %v", a, err)
	}
}

// askUntil asks until done: each answer has at least what the one before had.
func askUntil(t *testing.T, l *Archive, done <-chan struct{}) {
	boats := 0
	for {
		select {
		case <-done:
			return
		default:
		}
		a, err := l.Answer(t.Context(), "what did Ambledown say?", 5)
		if err != nil || !a.Found {
			t.Errorf("during an update: %+v, %v", a, err)
			return
		}
		if a, err = l.Answer(t.Context(), "what did Wexmoor say?", 100); err != nil || len(a.Statements) < boats {
			t.Errorf("during an update, after %d boats: %+v, %v", boats, a, err)
			return
		}
		boats = len(a.Statements)
		if _, err := l.Overview(t.Context()); err != nil {
			t.Errorf("the overview during an update: %v", err)
			return
		}
	}
}
