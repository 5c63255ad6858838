package watch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"go.uber.org/goleak"

	"onrecord/data"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// long is after how long a test gives up: many times what a slow machine needs.
const long = time.Minute

// testStill is for how long a file must stand still here.
const testStill = 300 * time.Millisecond

// index is what an archive's index would be: the files as they were when an update
// last looked, and how often it did.
type index struct {
	archive data.Archive
	fail    int // how many updates fail yet

	mu      sync.Mutex
	files   map[string]string
	updates int
	half    bool // a file was handed over half
	whole   string
}

func (x *index) update(_ context.Context, c Changes) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.updates++
	if x.fail > 0 {
		x.fail--
		return errors.New("the disk is full")
	}
	entries, _ := x.archive.List()
	files := map[string]string{}
	for _, e := range entries {
		if c.Growing[e.Path] {
			if old, ok := x.files[e.Path]; ok {
				files[e.Path] = old
			}
			continue
		}
		raw, err := os.ReadFile(filepath.Join(x.archive.Dir, filepath.FromSlash(e.Path)))
		if err != nil {
			continue
		}
		files[e.Path] = string(raw)
		x.half = x.half || x.whole != "" && strings.HasPrefix(e.Path, "slow") && string(raw) != x.whole
	}
	x.files = files
	return nil
}

// list is what the index holds, in a line.
func (x *index) list() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	var out []string
	for path, text := range x.files {
		out = append(out, path+"="+text[:min(len(text), 8)])
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// want waits until the index holds these files and no others.
func (x *index) want(t *testing.T, what, files string) {
	t.Helper()
	for end := time.Now().Add(long); x.list() != files; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s: the index holds %q, not %q", what, x.list(), files)
		}
	}
}

// watched is a folder that is watched, and its index.
func watched(t *testing.T, events bool) (string, *index) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "archive")
	do(t, os.Mkdir(dir, 0o755))
	archive, err := data.OpenArchive(dir)
	do(t, err)
	x := &index{archive: archive}
	w := New(Options{Archive: archive, Events: events, Interval: 200 * time.Millisecond, Log: slog.New(slog.DiscardHandler), Update: x.update})
	w.still, w.stillSilent = testStill, testStill
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); w.Run(ctx) }()
	t.Cleanup(func() { stop(); <-done })
	return dir, x
}

func do(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	do(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755), os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
}

// TestArrivals brings files in, changes them and takes them away in every way, with
// events of the system and without.
func TestArrivals(t *testing.T) {
	t.Parallel()
	for _, events := range []bool{true, false} {
		t.Run(fmt.Sprintf("events %v", events), func(t *testing.T) {
			t.Parallel()
			dir, x := watched(t, events)
			at := func(name string) string { return filepath.Join(dir, name) }
			put(t, dir, "a.txt", "one")
			x.want(t, "written", "a.txt=one")
			for _, year := range []int{2100, 1990} { // clocks jump
				put(t, dir, ".new", fmt.Sprint(year))
				then := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
				do(t, os.Chtimes(at(".new"), then, then), os.Rename(at(".new"), at("a.txt")))
				x.want(t, "with a time of another century", "a.txt="+fmt.Sprint(year))
			}
			put(t, dir, ".new", "two")
			do(t, os.Rename(at(".new"), at("a.txt")))
			x.want(t, "renamed over it", "a.txt=two")
			put(t, dir, "sub/deep/b.txt", "x")
			x.want(t, "in new folders", "a.txt=two sub/deep/b.txt=x")
			put(t, dir, "sub/deep/c.txt", "y")
			x.want(t, "later in a new folder", "a.txt=two sub/deep/b.txt=x sub/deep/c.txt=y")
			do(t, os.Remove(at("a.txt")))
			x.want(t, "removed", "sub/deep/b.txt=x sub/deep/c.txt=y")
			do(t, os.Rename(at("sub"), at("moved")))
			x.want(t, "a folder renamed", "moved/deep/b.txt=x moved/deep/c.txt=y")
			put(t, dir, "moved/deep/c.txt", "changed")
			x.want(t, "changed in a renamed folder", "moved/deep/b.txt=x moved/deep/c.txt=changed")

			away := t.TempDir()
			put(t, away, "one/d.txt", "d")
			put(t, away, "two/d.txt", "other")
			do(t, os.RemoveAll(at("moved")), os.Symlink(filepath.Join(away, "one"), at("link")))
			x.want(t, "behind a link", "link/d.txt=d")
			put(t, away, "one/d.txt", "changed")
			x.want(t, "changed behind a link", "link/d.txt=changed")
			do(t, os.Symlink(filepath.Join(away, "two"), at(".next")), os.Rename(at(".next"), at("link")))
			x.want(t, "the link leads elsewhere", "link/d.txt=other")
			put(t, away, "two/d.txt", "again")
			x.want(t, "changed there", "link/d.txt=again")
			do(t, os.Remove(at("link")))
			x.want(t, "the link removed", "")

			put(t, dir, "people.yaml", "[]\n")
			put(t, dir, "picture.png", "p")
			put(t, dir, ".hidden/e.txt", "e")
			put(t, dir, "f.txt", "f")
			x.want(t, "beside what is no article", "f.txt=f")
			do(t, os.RemoveAll(dir))
			x.want(t, "the whole folder gone", "")
			put(t, dir, "g.txt", "g")
			x.want(t, "and back again", "g.txt=g")
		})
	}
}

// TestSlowCopy hands a file over when it is whole, and others meanwhile.
func TestSlowCopy(t *testing.T) {
	t.Parallel()
	for _, events := range []bool{true, false} {
		t.Run(fmt.Sprintf("events %v", events), func(t *testing.T) {
			t.Parallel()
			dir, x := watched(t, events)
			const times = 70 // seven seconds, longer than patience
			x.whole = strings.Repeat("slowly. ", times)
			f, err := os.Create(filepath.Join(dir, "slow.txt"))
			do(t, err)
			put(t, dir, "quick.txt", "quick")
			var pause time.Duration // the longest between two writes
			last := time.Now()
			for range times {
				time.Sleep(100 * time.Millisecond)
				_, err := f.WriteString("slowly. ")
				do(t, err)
				pause, last = max(pause, time.Since(last)), time.Now()
			}
			do(t, f.Close())
			alone := x.list() == "quick.txt=quick"
			x.want(t, "both", "quick.txt=quick slow.txt=slowly. ")
			x.wantWhole(t)
			if pause < testStill/2 && (x.half || !alone) {
				t.Errorf("handed over half: %v; the quick one meanwhile: %v", x.half, alone)
			}
		})
	}
}

// wantWhole waits until the slow file is there whole.
func (x *index) wantWhole(t *testing.T) {
	t.Helper()
	whole := func() bool {
		x.mu.Lock()
		defer x.mu.Unlock()
		return x.files["slow.txt"] == x.whole
	}
	for end := time.Now().Add(long); !whole(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the rest of it was never handed over")
		}
	}
}

// TestThousandsAtOnce are handed over together.
func TestThousandsAtOnce(t *testing.T) {
	t.Parallel()
	dir, x := watched(t, true)
	var want []string
	for n := range 3000 {
		name := fmt.Sprintf("%02d/%04d.txt", n%30, n)
		put(t, dir, name, "x")
		want = append(want, name+"=x")
	}
	slices.Sort(want)
	x.want(t, "thousands", strings.Join(want, " "))
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.updates > 100 {
		t.Errorf("that took %d updates", x.updates)
	}
}

// TestFailedUpdates are tried again, with all that changed.
func TestFailedUpdates(t *testing.T) {
	t.Parallel()
	dir, x := watched(t, true)
	x.mu.Lock()
	x.fail = 2
	x.mu.Unlock()
	put(t, dir, "a.txt", "one")
	x.want(t, "at the third time", "a.txt=one")
	x.mu.Lock()
	if x.updates != 3 {
		t.Errorf("%d updates", x.updates)
	}
	x.fail = 1
	x.mu.Unlock()
	do(t, os.Remove(filepath.Join(dir, "a.txt")))
	x.want(t, "removed", "")
}

// TestNoEvents says that the system tells of no more folders, and looks.
func TestNoEvents(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	f := &folders{log: slog.New(slog.NewTextHandler(&log, nil)), told: map[string]bool{}}
	for range 3 {
		f.cannot(fmt.Errorf("adding: %w", syscall.ENOSPC))
	}
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "fs.inotify.max_user_watches") || !strings.Contains(got, "WATCH_INTERVAL") {
		t.Errorf("the log says %s", got)
	}
}

// TestChange: a file is ready when two looks, half a while apart, find it the same.
func TestChange(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	put(t, dir, "a.txt", "one")
	fsys, now := os.DirFS(dir), time.Now()
	c := &change{last: now, still: time.Second}
	step := func(after time.Duration) bool {
		now = now.Add(after)
		c.step(fsys, "a.txt", now)
		return c.ready
	}
	if step(400*time.Millisecond) || c.print != 0 {
		t.Error("looked at too early")
	}
	if step(200*time.Millisecond) || c.print == 0 {
		t.Error("not looked at halfway")
	}
	put(t, dir, "a.txt", "one more")
	if step(500 * time.Millisecond) {
		t.Error("ready although it grew")
	}
	if step(600*time.Millisecond) || !step(600*time.Millisecond) {
		t.Error("not ready although it stood still")
	}
	do(t, os.Remove(filepath.Join(dir, "a.txt")))
	c = &change{last: now, still: time.Second}
	if step(600*time.Millisecond) || !step(600*time.Millisecond) || c.print != noFile {
		t.Error("a file that is gone is not ready")
	}
}
