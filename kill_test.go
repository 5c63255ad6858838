package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/index"
)

// beMain in the environment makes the test binary be the program, for tests
// that need a process to kill.
const beMain = "ONRECORD_TEST_BE_MAIN"

// writeArchive writes n articles, in each of which one invented person says one
// thing, with the edition in it.
func writeArchive(t *testing.T, dir string, n int, edition string) {
	t.Helper()
	for i := range n {
		text := fmt.Sprintf("Notice %d of Pellworth\n\n“The %s notice is number %d,” said Corin Wexmoor, the clerk.\n", i, edition, i) +
			strings.Repeat("\nThe canal at Pellworth is long, and the barges on it are slow.\n", 20)
		name := filepath.Join(dir, fmt.Sprintf("%04d.txt", i))
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func program(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), beMain+"=1")
	cmd.Dir = t.TempDir() // no .env there
	return cmd
}

// TestKilledAtAnyMoment kills the program while it indexes, again and again: the
// state is the old one or the new one, never between, and the work goes on.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	archive, ix := t.TempDir(), filepath.Join(t.TempDir(), "ix")
	const articles = 120
	writeArchive(t, archive, articles, "first")
	random := rand.New(rand.NewPCG(1, 2))
	killWhileIndexing(t, random, archive, ix, func() { wantEdition(t, ix, articles, "", "first") })
	finish(t, archive, ix)
	wantEdition(t, ix, articles, "first")

	writeArchive(t, archive, articles, "second")
	killWhileIndexing(t, random, archive, ix, func() { wantEdition(t, ix, articles, "first", "second") })
	finish(t, archive, ix)
	wantEdition(t, ix, articles, "second")
}

// killWhileIndexing starts the program and kills it after a random while, eight
// times.
func killWhileIndexing(t *testing.T, random *rand.Rand, archive, ix string, check func()) {
	t.Helper()
	for range 8 {
		cmd := program(t, "index", "--archive", archive, "--index", ix)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.IntN(250)) * time.Millisecond)
		_ = cmd.Process.Kill() // it may have ended already
		_ = cmd.Wait()
		check()
	}
}

func finish(t *testing.T, archive, ix string) {
	t.Helper()
	if out, err := program(t, "index", "--archive", archive, "--index", ix).CombinedOutput(); err != nil {
		t.Fatalf("index: %v\n%s", err, out)
	}
}

// wantEdition wants the live state to be wholly of one of the editions; "" stands
// for none at all.
func wantEdition(t *testing.T, dir string, articles int, editions ...string) {
	t.Helper()
	ix, err := index.Open(dir)
	if err != nil {
		if strings.Join(editions[:1], "") == "" && strings.Contains(err.Error(), index.ErrNone.Error()) {
			return
		}
		t.Fatalf("opening the index: %v", err)
	}
	defer ix.Close()
	found, err := ix.Statements(t.Context(), index.StatementQuery{Speakers: []string{"Corin Wexmoor"}, Limit: 10 * articles})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, s := range found {
		counts[strings.Fields(s.Words[0])[1]]++
		if _, text, err := ix.Text(s.Article); err != nil || s.Parts[0].Of(text) != s.Words[0] {
			t.Fatalf("%s: the statement is not in its article: %v", s.Article, err)
		}
	}
	for _, e := range editions {
		if counts[e] == articles && len(counts) == 1 {
			return
		}
	}
	t.Fatalf("the index holds %v statements by edition, not %d of one of %q", counts, articles, editions)
}
