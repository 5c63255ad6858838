package feed_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"onrecord/data/feed"
	"onrecord/data/fetch"
)

// world is a site on a real socket, an archive, and a clock that passes where
// somebody waits.
type world struct {
	*httptest.Server
	archive string
	state   string
	stored  int // calls of Stored

	corrects func(name string, stored, page []byte) bool
	log      bytes.Buffer

	mu    sync.Mutex
	now   time.Time
	pages map[string]http.HandlerFunc
	asked []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{archive: t.TempDir(), state: filepath.Join(t.TempDir(), "index", "feeds.json"),
		now: time.Date(2031, 4, 2, 8, 0, 0, 0, time.UTC), pages: map[string]http.HandlerFunc{}}
	w.Server = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		page := w.pages[r.URL.Path]
		if r.URL.Path != "/robots.txt" {
			w.asked = append(w.asked, r.URL.Path)
		}
		w.mu.Unlock()
		if page == nil {
			page = http.NotFound
		}
		page(rw, r)
	}))
	t.Cleanup(w.Close)
	return w
}

func (w *world) set(path string, page http.HandlerFunc) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.pages[path] = page
}

// paths are what was asked for since the last time, robots.txt left out.
func (w *world) paths() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := strings.Join(w.asked, " ")
	w.asked = nil
	return all
}

func (w *world) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) Sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
	return ctx.Err()
}

// reader is a reader of the site's feed, as after a start of the program.
func (w *world) reader(t *testing.T) *feed.Reader {
	t.Helper()
	client, err := fetch.New(fetch.Options{Allowed: []netip.AddrPort{netip.MustParseAddrPort(w.Listener.Addr().String())},
		Now: w.Now, Sleep: w.Sleep})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	r, err := feed.New(feed.Options{Feeds: []string{w.URL + "/feed"}, Dir: w.archive, State: w.state, Client: client,
		Log: slog.New(slog.NewTextHandler(&w.log, nil)), Stored: func() { w.stored++ }, Corrects: w.corrects, Now: w.Now, Sleep: w.Sleep})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// poll reads the feed and tells, in a line, what came of it.
func (w *world) poll(t *testing.T, r *feed.Reader) string {
	t.Helper()
	before := w.stored
	report, err := r.Poll(t.Context(), w.URL+"/feed")
	line := fmt.Sprintf("%d items, %d new, %d stored, %d refused, %d waiting, told %d times", report.Items, report.New, report.Stored, report.Refused, report.Waiting, w.stored-before)
	if report.Unchanged {
		line = "unchanged, " + line
	}
	if err != nil {
		line = strings.ReplaceAll(err.Error(), w.URL, "SITE") + "; " + line
	}
	return line
}

func want(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s:\ngot  %s\nwant %s", what, got, want)
	}
}

// list serves a feed of these pages; it knows when it is unchanged.
func list(paths ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		tag := fmt.Sprintf("%q", strings.Join(paths, ""))
		w.Header().Set("ETag", tag)
		w.Header().Set("Content-Type", "application/rss+xml")
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, `<rss version="2.0"><channel><title>Marnock Lantern</title>`)
		for n, path := range paths {
			fmt.Fprintf(w, "<item><title>Story</title><guid>%s-id</guid><link>%s</link><pubDate>Wed, 02 Apr 2031 08:%02d:00 GMT</pubDate></item>", path, path, n)
		}
		fmt.Fprint(w, "</channel></rss>")
	}
}

func story(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><html><head><title>Story</title></head><body><p>%s</p></body></html>", text)
	}
}

func answer(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// archived are the files in the archive with their content.
func (w *world) archived(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(w.archive, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		rel, _ := filepath.Rel(w.archive, name)
		out[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
