package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"onrecord/bot/discord/discordtest"
)

// TestServeWatches answers from what is put into the archive's folder, changed there
// and taken away, while the program runs, and logs what it did.
func TestServeWatches(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{})
	dir := t.TempDir()
	s := serve(t, d, map[string]string{"ARCHIVE_DIR": dir, "WATCH_INTERVAL": "1s"})
	const patient = 20 * time.Second
	d.WaitReady(patient)
	logged(t, &s.log, `msg="the archive is read"`)
	ask := func(want string) {
		t.Helper()
		text := ""
		for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			text = d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", "what did Bertil Gadling say?")).Final(patient).Text()
			if strings.Contains(text, want) {
				return
			}
		}
		t.Fatalf("it never answers %q, but\n%s\nlog:\n%s", want, text, &s.log)
	}
	tide := filepath.Join(dir, "sub", "tide.txt")
	if err := os.Mkdir(filepath.Dir(tide), 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, tide, "Tides at Pellworth\n\n“The tide is wrong,” said Bertil Gadling.\n")
	logged(t, &s.log, "added=1 replaced=0 removed=0 refused=0 articles=1")
	ask("The tide is wrong")
	put(t, tide, "Tides at Pellworth\n\n“The tide is late,” said Bertil Gadling.\n")
	logged(t, &s.log, "added=0 replaced=1 removed=0 refused=0 articles=1")
	ask("The tide is late")
	put(t, filepath.Join(dir, "empty.md"), "")
	logged(t, &s.log, `msg="a file was refused" file=empty.md reason="the file is empty"`)
	put(t, filepath.Join(dir, "people.yaml"), "- nmae: Bertil Gadling\n")
	logged(t, &s.log, `msg="the archive's operator should mend this" note="people.yaml, line 1: \"nmae\" is no field here`)
	put(t, filepath.Join(dir, "people.yaml"), "- name: Bertil Gadling\n")
	logged(t, &s.log, "the files beside the archive are in order again")
	if err := os.RemoveAll(filepath.Dir(tide)); err != nil {
		t.Fatal(err)
	}
	logged(t, &s.log, "added=0 replaced=0 removed=1 refused=0 articles=0")
	s.stop()
	if status := s.ended(t); status != exitDone {
		t.Errorf("ended with %d:\n%s", status, &s.log)
	}
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestIndexWatches goes on after its report, waits for another process that updates
// the index, and ends in order when it is stopped.
func TestIndexWatches(t *testing.T) {
	t.Setenv("LOG_LEVEL", "info")
	t.Setenv("WATCH", "poll")
	t.Setenv("WATCH_INTERVAL", "1s")
	dir, at := t.TempDir(), filepath.Join(t.TempDir(), "index")
	var out said
	ctx, stop := context.WithCancel(t.Context())
	status := make(chan int, 1)
	go func() {
		status <- run(ctx, []string{"index", "--watch", "--archive", dir, "--index", at}, streams{strings.NewReader(""), &out, &out})
	}()
	logged(t, &out, "Watching "+dir)
	held := lockOf(t, at)
	put(t, filepath.Join(dir, "tide.txt"), "Tides at Pellworth\n\n“The tide is wrong,” said Bertil Gadling.\n")
	logged(t, &out, "another update has to end first")
	if err := held.Unlock(); err != nil {
		t.Fatal(err)
	}
	logged(t, &out, "added=1 replaced=0 removed=0 refused=0 articles=1")
	put(t, filepath.Join(dir, "corrections.yaml"), "- article: tide.txt\n  quotation: the tide is early\n  hide: true\n")
	logged(t, &out, "corrections.yaml, line 1: no statement of tide.txt holds the words “the tide is early”")
	stop()
	select {
	case got := <-status:
		if got != exitDone {
			t.Errorf("ended with %d:\n%s", got, &out)
		}
	case <-time.After(time.Minute):
		t.Fatalf("it never ended:\n%s", &out)
	}
}

// lockOf takes the lock of an index, as a process that updates it does.
func lockOf(t *testing.T, dir string) *flock.Flock {
	t.Helper()
	l := flock.New(filepath.Join(dir, "lock"))
	if ok, err := l.TryLock(); !ok || err != nil {
		t.Fatalf("can't lock the index: %v", err)
	}
	return l
}
