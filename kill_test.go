package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
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

// writeWire writes n articles of an edition as the lines of one file, which is
// there whole at any moment.
func writeWire(t *testing.T, dir string, n int, edition string) {
	t.Helper()
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"%d","title":"Notice %d of Pellworth","text":"“The %s notice is number %d,” said Corin Wexmoor, the clerk."}`+"\n", i, i, edition, i)
	}
	temp := filepath.Join(dir, ".wire")
	if err := os.WriteFile(temp, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(temp, filepath.Join(dir, "wire.jsonl")); err != nil {
		t.Fatal(err)
	}
}

func removeFrom(t *testing.T, dir string, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		if err := os.Remove(filepath.Join(dir, fmt.Sprintf("%04d.txt", i))); err != nil {
			t.Fatal(err)
		}
	}
}

// TestKilledAtAnyMoment kills the program again and again in all that it does with
// an index: the state is the old one or the new one, never between, the next run
// says what happened, and the work goes on.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	archive, ix := t.TempDir(), filepath.Join(t.TempDir(), "ix")
	const articles = 120
	random := rand.New(rand.NewPCG(1, 2))
	before := holds{}
	for _, phase := range []struct {
		name   string
		change func()
		args   []string
		after  holds
	}{
		{"the first index", func() { writeArchive(t, archive, articles, "first") }, nil, holds{"first": articles}},
		{"an update", func() { writeArchive(t, archive, articles, "second") }, nil, holds{"second": articles}},
		{"with removals", func() { removeFrom(t, archive, 80, articles) }, nil, holds{"second": 80}},
		{"a rebuild", func() { writeArchive(t, archive, 60, "third") }, []string{"--full"}, holds{"third": 60, "second": 20}},
		{"a check", func() { writeArchive(t, archive, 70, "fourth") }, []string{"--check"}, holds{"fourth": 70, "second": 10}},
		{"a container", func() { writeWire(t, archive, articles, "fifth") }, nil, holds{"fourth": 70, "second": 10, "fifth": articles}},
		{"a container that changed", func() { writeWire(t, archive, 70, "sixth") }, nil, holds{"fourth": 70, "second": 10, "sixth": 70}},
		{"most of it removed", func() { removeFrom(t, archive, 0, 80) }, []string{"--removed"}, holds{"sixth": 70}},
	} {
		phase.change()
		args := append([]string{"index", "--archive", archive, "--index", ix}, phase.args...)
		longest := killed(t, random, args, ix, func() { wantHeld(t, phase.name, ix, before, phase.after) })
		if out, err := program(t, args...).CombinedOutput(); err != nil {
			t.Fatalf("%s, after kills within %s: %v: %s", phase.name, longest, err, out)
		}
		wantHeld(t, phase.name, ix, phase.after)
		if left, _ := filepath.Glob(filepath.Join(ix, "g*")); len(left) != 1 {
			t.Errorf("%s: there are %q in the end", phase.name, left)
		}
		before = phase.after
	}
}

// killed starts the program and kills it after a random while, eight times, with
// more time each.
func killed(t *testing.T, random *rand.Rand, args []string, ix string, check func()) time.Duration {
	t.Helper()
	longest, kills := 50*time.Millisecond, 8
	if testing.Short() {
		kills = 3
	}
	for range kills {
		interrupted := wasInterrupted(t, ix)
		cmd := program(t, args...)
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(longest))))
		_ = cmd.Process.Kill() // it may have ended already
		ended := cmd.Wait() == nil
		if said := strings.Contains(stderr.String(), "The last update was interrupted"); ended && said != interrupted {
			t.Errorf("an earlier run was interrupted: %v, but this is said: %q", interrupted, stderr.String())
		}
		check()
		longest += 50 * time.Millisecond
	}
	return longest
}

// wasInterrupted tells whether a killed run has left its progress behind, and not
// made its generation live.
func wasInterrupted(t *testing.T, ix string) bool {
	t.Helper()
	var p index.Progress
	var live struct{ Generation string }
	raw, err := os.ReadFile(filepath.Join(ix, "progress.json"))
	if err != nil || json.Unmarshal(raw, &p) != nil {
		return false
	}
	if raw, err := os.ReadFile(filepath.Join(ix, "current")); err == nil {
		if err := json.Unmarshal(raw, &live); err != nil {
			t.Fatalf("current is %q", raw)
		}
	}
	return p.Generation != live.Generation
}

func finish(t *testing.T, archive, ix string) {
	t.Helper()
	if out, err := program(t, "index", "--archive", archive, "--index", ix).CombinedOutput(); err != nil {
		t.Fatalf("index: %v\n%s", err, out)
	}
}

// holds is how many statements of each edition an index holds.
type holds map[string]int

// wantEdition wants the live state to be of one edition.
func wantEdition(t *testing.T, dir string, articles int, edition string) {
	t.Helper()
	wantHeld(t, edition, dir, holds{edition: articles})
}

// wantHeld wants the live state to be wholly one of those; an empty one stands for
// none at all. Every statement is in its article as it is stored.
func wantHeld(t *testing.T, what, dir string, any ...holds) {
	t.Helper()
	ix, err := index.Open(dir)
	if errors.Is(err, index.ErrNone) && len(any[0]) == 0 {
		return
	}
	if err != nil {
		t.Fatalf("%s: opening the index: %v", what, err)
	}
	defer ix.Close()
	found, err := ix.Statements(t.Context(), index.StatementQuery{Speakers: []string{"Corin Wexmoor"}, Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	got := holds{}
	for _, s := range found {
		got[strings.Fields(s.Words[0])[1]]++
		if _, text, err := ix.Text(s.Article); err != nil || s.Parts[0].Of(text) != s.Words[0] {
			t.Fatalf("%s: %s: the statement is not in its article: %v", what, s.Article, err)
		}
	}
	for _, want := range any {
		if maps.Equal(got, want) {
			return
		}
	}
	t.Fatalf("%s: the index holds %v, not one of %v", what, got, any)
}
