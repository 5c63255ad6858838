package feed_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"onrecord/data/feed"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(storeInto); dir != "" { // see kill_test.go
		fmt.Fprintln(os.Stderr, storeForever(dir))
		os.Exit(1)
	}
	if dir := os.Getenv(correctIn); dir != "" {
		fmt.Fprintln(os.Stderr, correctForever(dir))
		os.Exit(1)
	}
	goleak.VerifyTestMain(m)
}

// TestPoll stores what is new in a feed, once, also over a restart.
func TestPoll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("/feed", list("/bridge", "/ferry"))
	w.set("/bridge", story("“The bridge will open,” said Nina Ambledown."))
	w.set("/ferry", story("“The ferry stops,” said Corin Wexmoor."))
	r := w.reader(t)
	want(t, "first", w.poll(t, r), "2 items, 2 new, 2 stored, 0 refused, 0 waiting, told 1 times")
	want(t, "asked for", w.paths(), "/feed /ferry /bridge")
	want(t, "again", w.poll(t, r), "unchanged, 0 items, 0 new, 0 stored, 0 refused, 0 waiting, told 0 times")
	r = w.reader(t)
	want(t, "after a restart", w.poll(t, r), "unchanged, 0 items, 0 new, 0 stored, 0 refused, 0 waiting, told 0 times")
	want(t, "asked for", w.paths(), "/feed /feed")
	w.set("/feed", list("/tower", "/bridge"))
	w.set("/tower", story("The tower stands."))
	want(t, "one more", w.poll(t, r), "2 items, 1 new, 1 stored, 0 refused, 0 waiting, told 1 times")
	want(t, "asked for", w.paths(), "/feed /tower")

	all := w.archived(t)
	if len(all) != 3 {
		t.Errorf("the archive holds %v", all)
	}
	for name, text := range all {
		if strings.HasPrefix(name, "feeds/127.0.0.1/2031-04-02-bridge-") &&
			!(strings.Contains(text, `<head><link rel="canonical" href="`+w.URL+`/bridge">`) && strings.Contains(text, "“The bridge will open,”")) {
			t.Errorf("%s holds %s", name, text)
		}
	}
}

// TestStateLost finds in the archive what it stored, when it is known no more.
func TestStateLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("/feed", list("/bridge"))
	w.set("/bridge", story("x"))
	w.poll(t, w.reader(t))
	w.paths()
	if err := os.WriteFile(w.state, []byte("{\x00"), 0o644); err != nil {
		t.Fatal(err)
	}
	want(t, "anew", w.poll(t, w.reader(t)), "1 items, 1 new, 0 stored, 0 refused, 0 waiting, told 0 times")
	want(t, "asked for", w.paths(), "/feed")
	if !strings.Contains(w.log.String(), "laid aside as") {
		t.Errorf("the log says %s", &w.log)
	}
	if raw, err := os.ReadFile(w.state + ".damaged"); string(raw) != "{\x00" {
		t.Errorf("laid aside is %q: %v", raw, err)
	}
}

// TestPages gives up pages that will never come and tries others again, later.
func TestPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /closed") })
	w.set("/feed", list("/gone", "/closed", "/film", "/away", "/broken", "/good", "ftp://lantern.example/x"))
	w.set("/film", answer(200, "Content-Type", "video/mp4"))
	w.set("/away", answer(302, "Location", "http://10.0.0.1/"))
	w.set("/broken", answer(500))
	w.set("/good", story("x"))
	r := w.reader(t)
	want(t, "first", w.poll(t, r), "6 items, 6 new, 1 stored, 4 refused, 1 waiting, told 1 times")
	want(t, "asked for", w.paths(), "/feed /good /broken /away /film /gone")
	want(t, "too early", w.poll(t, r), "unchanged, 0 items, 0 new, 0 stored, 0 refused, 1 waiting, told 0 times")
	want(t, "asked for", w.paths(), "/feed")
	w.set("/broken", story("mended"))
	_ = w.Sleep(t.Context(), feed.DefaultInterval)
	want(t, "later", w.poll(t, w.reader(t)), "unchanged, 0 items, 0 new, 1 stored, 0 refused, 0 waiting, told 1 times")
	want(t, "asked for", w.paths(), "/feed /broken")
	for _, reason := range []string{"404 Not Found", "robots.txt asks", "video/mp4", "10.0.0.1 is a private address"} {
		if !strings.Contains(w.log.String(), reason) {
			t.Errorf("the log lacks %q:\n%s", reason, &w.log)
		}
	}
}

// TestGivenUp asks for a page that always fails ten times, each time later.
func TestGivenUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("/feed", list("/broken"))
	w.set("/broken", answer(500))
	r := w.reader(t)
	var polls int
	for ; polls < 1000 && !strings.Contains(w.poll(t, r), "0 waiting"); polls++ {
		_ = w.Sleep(t.Context(), feed.DefaultInterval)
	}
	if n := strings.Count(w.paths(), "/broken"); n != 10 || polls < 300 || polls > 500 {
		t.Errorf("asked %d times in %d polls", n, polls)
	}
}

// TestFeedFails says why a feed can't be read, and leaves it alone for longer each
// time.
func TestFeedFails(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name  string
		page  http.HandlerFunc
		says  string
		again [3]time.Duration // after the first, second, third failure
	}{
		{"broken", answer(500), "the host answered 500", [3]time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour}},
		{"a page", story("not a feed"), "no RSS, Atom or JSON feed", [3]time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour}},
		{"a picture", answer(200, "Content-Type", "image/png"), `it is "image/png"`, [3]time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour}},
		{"busy", answer(429, "Retry-After", "7200"), "the host answered 429", [3]time.Duration{2 * time.Hour, 2 * time.Hour, 2 * time.Hour}},
		{"elsewhere", answer(301, "Location", "http://[::1]/"), "loopback", [3]time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour}},
		{"too large", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 5<<20)) }, "too large", [3]time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.set("/feed", test.page)
			for n, d := range test.again {
				r := w.reader(t)
				report, err := r.Poll(t.Context(), w.URL+"/feed")
				if err == nil || !strings.Contains(err.Error(), test.says) {
					t.Fatalf("it says: %v", err)
				}
				if got := report.Next.Sub(w.Now()); got != d {
					t.Fatalf("failure %d: left alone for %s", n+1, got)
				}
				_ = w.Sleep(t.Context(), d)
			}
			w.set("/feed", list())
			want(t, "mended", w.poll(t, w.reader(t)), "0 items, 0 new, 0 stored, 0 refused, 0 waiting, told 0 times")
		})
	}
}

// TestBatches tells of new files while more are coming.
func TestBatches(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var paths []string
	for n := range 45 {
		paths = append(paths, fmt.Sprintf("/story-%d", n))
		w.set(paths[n], story("x"))
	}
	w.set("/feed", list(paths...))
	want(t, "many", w.poll(t, w.reader(t)), "45 items, 45 new, 45 stored, 0 refused, 0 waiting, told 3 times")
}

// TestArchiveGone does not write into a folder from which its pages have vanished,
// an empty mount point say.
func TestArchiveGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("/feed", list("/bridge"))
	w.set("/bridge", story("x"))
	r := w.reader(t)
	w.poll(t, r)
	away := w.archive + "-away"
	if err := errors.Join(os.Rename(w.archive, away), os.Mkdir(w.archive, 0o755)); err != nil {
		t.Fatal(err)
	}
	w.set("/feed", list("/bridge", "/ferry"))
	w.set("/ferry", story("y"))
	if got := w.poll(t, r); !strings.Contains(got, "is a disk not mounted?") {
		t.Errorf("it says: %s", got)
	}
	if all := w.archived(t); len(all) > 0 {
		t.Errorf("it wrote %v", all)
	}
	if err := errors.Join(os.Remove(w.archive), os.Rename(away, w.archive)); err != nil {
		t.Fatal(err)
	}
	want(t, "there again", w.poll(t, r), "2 items, 1 new, 1 stored, 0 refused, 0 waiting, told 1 times")
}

// TestUnwritable stops at the first page that can't be stored, and gets it later.
func TestUnwritable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("/feed", list("/bridge", "/ferry"))
	w.set("/bridge", story("x"))
	w.set("/ferry", story("y"))
	blocked := filepath.Join(w.archive, "feeds")
	if err := os.WriteFile(blocked, nil, 0o644); err != nil { // a file where the folder should be
		t.Fatal(err)
	}
	r := w.reader(t)
	if got := w.poll(t, r); !strings.HasSuffix(got, "2 items, 2 new, 0 stored, 0 refused, 2 waiting, told 0 times") {
		t.Errorf("it says: %s", got)
	}
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	want(t, "mended", w.poll(t, r), "unchanged, 0 items, 0 new, 2 stored, 0 refused, 0 waiting, told 1 times")
}

// TestRun polls when a feed is due, goes on over failures, and ends when asked to.
func TestRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	polls := 0
	w.set("/bridge", story("x"))
	w.set("/feed", func(rw http.ResponseWriter, r *http.Request) {
		if polls++; polls == 2 {
			rw.WriteHeader(500)
			return
		}
		list("/bridge")(rw, r)
		if polls == 4 {
			stop()
		}
	})
	start := w.Now()
	w.reader(t).Run(ctx)
	if polls != 4 || w.stored != 1 {
		t.Errorf("%d polls, told %d times", polls, w.stored)
	}
	if took := w.Now().Sub(start); took < 45*time.Minute || took > 46*time.Minute {
		t.Errorf("it took %s", took)
	}
	if log := w.log.String(); !strings.Contains(log, `msg="a feed is read"`) || !strings.Contains(log, `msg="a feed was not read"`) {
		t.Errorf("the log says %s", log)
	}
}

// TestClockSetBack does not wait for a time that is years away.
func TestClockSetBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("/feed", list("/broken"))
	w.set("/broken", answer(500))
	w.poll(t, w.reader(t))
	w.mu.Lock()
	w.now = w.now.AddDate(-3, 0, 0)
	w.mu.Unlock()
	w.set("/broken", story("mended"))
	ctx, stop := context.WithCancel(t.Context())
	r := w.reader(t)
	r.Stored = stop
	r.Run(ctx)
	if all := w.archived(t); len(all) != 1 {
		t.Errorf("the archive holds %v", all)
	}
}
