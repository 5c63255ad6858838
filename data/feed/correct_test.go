package feed_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/data/feed"
)

// tagged serves a story that knows when it is unchanged.
func tagged(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		tag := fmt.Sprintf("%q", text)
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		story(text)(w, r)
	}
}

// pass lets time pass, polling as often as a feed is polled, or every two hours where
// that is days.
func (w *world) pass(t *testing.T, d time.Duration) {
	t.Helper()
	step := feed.DefaultInterval
	if d > 24*time.Hour {
		step = 2 * time.Hour
	}
	for end := w.Now().Add(d); w.Now().Before(end); {
		_ = w.Sleep(t.Context(), step)
		w.poll(t, w.reader(t))
	}
}

// TestCorrected looks at stored pages again; what a site corrected takes the earlier
// version's place, which is kept out of the archive's articles.
func TestCorrected(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.set("/feed", list("/bridge"))
	w.set("/bridge", tagged("“The bridge will open,” said Nina Ambledown."))
	w.poll(t, w.reader(t))
	want(t, "at first", w.paths(), "/feed /bridge")
	name := only(t, w)
	w.pass(t, 45*time.Minute)
	want(t, "within the hour", w.paths(), "/feed /feed /feed")
	w.pass(t, 15*time.Minute)
	want(t, "after an hour", w.paths(), "/feed /bridge")
	w.set("/bridge", tagged("“The bridge may open,” said Nina Ambledown."))
	w.pass(t, 4*time.Hour)
	if got := w.paths(); strings.Contains(got, "/bridge") {
		t.Errorf("asked too often: %s", got)
	}
	told := w.stored
	w.pass(t, time.Hour)
	if w.stored != told+1 || !strings.Contains(w.log.String(), `msg="a stored page was corrected by its site"`) {
		t.Errorf("told %d times:\n%s", w.stored-told, &w.log)
	}
	all := w.archived(t)
	earlier := ""
	for path, text := range all {
		switch {
		case path == name && strings.Contains(text, "may open"):
		case strings.HasPrefix(path, "feeds/127.0.0.1/.earlier/2031-04-02-bridge-") && strings.Contains(text, "will open"):
			earlier = path
		default:
			t.Errorf("%s holds %s", path, text)
		}
	}
	if len(all) != 2 || earlier == "" {
		t.Errorf("the archive holds %v", all)
	}
	w.paths()
	w.pass(t, 96*time.Hour)
	if n := strings.Count(w.paths(), "/bridge"); n != 2 {
		t.Errorf("asked %d times in the next days", n)
	}
	w.pass(t, 96*time.Hour)
	if n := strings.Count(w.paths(), "/bridge"); n != 0 {
		t.Errorf("asked %d times after that", n)
	}
}

// only is the one file in the archive.
func only(t *testing.T, w *world) string {
	t.Helper()
	all := w.archived(t)
	for name := range all {
		if len(all) == 1 {
			return name
		}
	}
	t.Fatalf("the archive holds %v", all)
	return ""
}

// TestNotCorrected leaves a stored page as it is where it has gone from its site,
// where somebody changed or removed it here, and where what is there is no correction.
func TestNotCorrected(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name   string
		change func(w *world, file string) error
		asked  int // how often, in days
		holds  string
	}{
		{"gone from its site", func(w *world, _ string) error { w.set("/bridge", answer(410)); return nil }, 1, "will open"},
		{"changed by hand", func(w *world, file string) error { return os.WriteFile(file, []byte("mine"), 0o644) }, 0, "mine"},
		{"removed by hand", func(w *world, file string) error { return os.Remove(file) }, 0, ""},
		{"broken for a while", func(w *world, _ string) error { w.set("/bridge", answer(500)); return nil }, 4, "will open"},
		{"no correction", func(w *world, _ string) error {
			w.set("/bridge", story("“The bridge will open,” and an advertisement"))
			return nil
		}, 4, "will open"},
		{"moved to a page of another kind", func(w *world, _ string) error { w.set("/bridge", answer(200, "Content-Type", "video/mp4")); return nil }, 1, "will open"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.corrects = func(_ string, stored, page []byte) bool { return strings.Contains(string(page), "may open") }
			w.set("/feed", list("/bridge"))
			w.set("/bridge", story("“The bridge will open,” said Nina Ambledown."))
			w.poll(t, w.reader(t))
			w.paths()
			file := filepath.Join(w.archive, only(t, w))
			if err := test.change(w, file); err != nil {
				t.Fatal(err)
			}
			w.pass(t, 100*time.Hour)
			if n := strings.Count(w.paths(), "/bridge"); n != test.asked {
				t.Errorf("asked %d times, not %d", n, test.asked)
			}
			raw, err := os.ReadFile(file)
			if test.holds == "" && err == nil || !strings.Contains(string(raw), test.holds) {
				t.Errorf("it holds %s, %v", raw, err)
			}
		})
	}
}

// TestUpdatedInFeed looks at a page at once where its feed says that it was updated.
func TestUpdatedInFeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	entry := func(updated string) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", "application/atom+xml")
			fmt.Fprintf(rw, `<feed xmlns="http://www.w3.org/2005/Atom"><title>Lantern</title><entry><title>Bridge</title><id>1</id><link href="/bridge"/><published>2031-04-02T08:00:00Z</published><updated>%s</updated></entry></feed>`, updated)
		}
	}
	w.set("/feed", entry("2031-04-02T08:00:00Z"))
	w.set("/bridge", story("“The bridge will open,” said Nina Ambledown."))
	w.poll(t, w.reader(t))
	w.set("/bridge", story("“The bridge may open,” said Nina Ambledown."))
	w.pass(t, feed.DefaultInterval)
	want(t, "not updated", w.paths(), "/feed /bridge /feed")
	w.set("/feed", entry("2031-04-02T08:20:00Z"))
	w.pass(t, feed.DefaultInterval)
	want(t, "updated", w.paths(), "/feed /bridge")
	if got := w.archived(t); len(got) != 2 {
		t.Errorf("the archive holds %v", got)
	}
}
