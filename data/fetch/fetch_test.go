package fetch_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"onrecord/data/fetch"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// clock is a time that passes only where somebody waits.
type clock struct {
	mu    sync.Mutex
	now   time.Time
	slept []time.Duration
}

func newClock() *clock { return &clock{now: time.Date(2031, 4, 2, 8, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	c.slept = append(c.slept, d)
	return ctx.Err()
}

// site is a web site on a real socket, with the paths that were asked for.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

func newSite(t *testing.T, pages map[string]http.HandlerFunc) *site {
	t.Helper()
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r.URL.Path)
		s.mu.Unlock()
		if page := pages[r.URL.Path]; page != nil {
			page(w, r)
			return
		}
		http.NotFound(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func (s *site) paths() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.asked, " ")
}

// addr is where a site listens.
func (s *site) addr() netip.AddrPort { return netip.MustParseAddrPort(s.Listener.Addr().String()) }

// client is a client that may dial a site, on a clock of its own.
func (s *site) client(t *testing.T, o fetch.Options) (*fetch.Client, *clock) {
	t.Helper()
	clock := newClock()
	o.Allowed = append(o.Allowed, s.addr())
	o.Now, o.Sleep = clock.Now, clock.Sleep
	c, err := fetch.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c, clock
}

func text(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, body)
	}
}

// to redirects, to a place that may hold the site's own address as {here}.
func to(place string, code int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", strings.ReplaceAll(place, "{here}", r.Host))
		w.WriteHeader(code)
	}
}

// TestGet gets a page over a redirect, says who asks, and takes nothing along.
func TestGet(t *testing.T) {
	t.Parallel()
	var header http.Header
	s := newSite(t, map[string]http.HandlerFunc{
		"/old": func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "who", Value: "somebody"})
			http.Redirect(w, r, "/bridge#top", http.StatusMovedPermanently)
		},
		"/bridge": func(w http.ResponseWriter, r *http.Request) {
			header = r.Header.Clone()
			w.Header().Set("ETag", `"7"`)
			text("<p>The bridge will open.")(w, r)
		},
	})
	c, _ := s.client(t, fetch.Options{Contact: "desk@lantern.example"})
	p, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/old", Types: []string{"text/html"}})
	if err != nil {
		t.Fatal(err)
	}
	if p.URL != s.URL+"/bridge" || string(p.Body) != "<p>The bridge will open." || p.ETag != `"7"` || p.ContentType != "text/html; charset=utf-8" {
		t.Errorf("got %+v", p)
	}
	if agent := header.Get("User-Agent"); agent != "onrecord/1 (news archive; desk@lantern.example)" {
		t.Errorf("it calls itself %q", agent)
	}
	for _, name := range []string{"Cookie", "Referer", "Authorization"} {
		if header.Get(name) != "" {
			t.Errorf("it sent %s: %s", name, header.Get(name))
		}
	}
	if s.paths() != "/robots.txt /old /bridge" {
		t.Errorf("asked for %s", s.paths())
	}
}

// TestBounds takes what is just as long as the limit, packed or not.
func TestBounds(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]http.HandlerFunc{
		"/plain":  text(strings.Repeat("x", 1000)),
		"/packed": bomb(1000),
		"/untyped": func(w http.ResponseWriter, _ *http.Request) {
			w.Header()["Content-Type"] = nil
			_, _ = w.Write([]byte("<html>x"))
		},
	})
	c, _ := s.client(t, fetch.Options{MaxBytes: 1000})
	for path, n := range map[string]int{"/plain": 1000, "/packed": 1000, "/untyped": 7} {
		p, err := c.Get(t.Context(), fetch.Request{URL: s.URL + path, Types: []string{"text/html"}})
		if err != nil || len(p.Body) != n {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// TestUnchanged asks again for what it has, and is told that it has it.
func TestUnchanged(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]http.HandlerFunc{"/feed": func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"a"`)
		http.ServeContent(w, r, "feed.xml", time.Date(2031, 4, 1, 0, 0, 0, 0, time.UTC), strings.NewReader("<rss/>"))
	}})
	c, _ := s.client(t, fetch.Options{})
	first, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/feed"})
	if err != nil || first.NotModified || first.LastModified == "" {
		t.Fatal(first, err)
	}
	for _, again := range []fetch.Request{{ETag: first.ETag}, {LastModified: first.LastModified}} {
		again.URL = s.URL + "/feed"
		p, err := c.Get(t.Context(), again)
		if err != nil || !p.NotModified || len(p.Body) != 0 || p.ETag != again.ETag || p.LastModified != again.LastModified {
			t.Errorf("got %+v, %v", p, err)
		}
	}
}

// TestPause leaves two seconds between requests to a host, in whatever order they
// come, and lets one at a time go.
func TestPause(t *testing.T) {
	t.Parallel()
	var at, most int
	var mu sync.Mutex
	s := newSite(t, map[string]http.HandlerFunc{"/page": func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		at++
		most = max(most, at)
		mu.Unlock()
		text("x")(w, r)
		mu.Lock()
		at--
		mu.Unlock()
	}})
	c, clock := s.client(t, fetch.Options{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/page", Asked: true}); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if most != 1 {
		t.Errorf("%d requests were at the host at once", most)
	}
	if len(clock.slept) != 7 {
		t.Fatalf("it paused %v", clock.slept)
	}
	for _, d := range clock.slept {
		if d != fetch.DefaultDelay {
			t.Errorf("it paused %v", clock.slept)
		}
	}
}

// TestRetryAfter leaves a host alone for as long as it asks, without asking it.
func TestRetryAfter(t *testing.T) {
	t.Parallel()
	start := newClock().now
	for _, test := range []struct {
		code  int
		after string
		until time.Duration
	}{
		{429, "3600", time.Hour},
		{503, "3600", time.Hour},
		{503, start.Add(2 * time.Hour).Format(http.TimeFormat), 2 * time.Hour},
		{429, "", 5 * time.Minute},
		{429, "soon", 5 * time.Minute},
		{429, "2000000000", 24 * time.Hour},
		{429, "99999999999999999999", 5 * time.Minute},
		{429, start.Add(-time.Hour).Format(http.TimeFormat), 5 * time.Minute},
	} {
		t.Run(fmt.Sprint(test.code, " ", test.after), func(t *testing.T) {
			t.Parallel()
			s := newSite(t, map[string]http.HandlerFunc{
				"/busy": func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Retry-After", test.after)
					w.WriteHeader(test.code)
				},
				"/page": text("x"),
			})
			c, clock := s.client(t, fetch.Options{})
			get := func(path string) error {
				_, err := c.Get(t.Context(), fetch.Request{URL: s.URL + path, Asked: true})
				return err
			}
			err := get("/busy")
			if got := fetch.Until(err).Sub(start); got != test.until || fetch.Lasting(err) {
				t.Fatalf("left alone for %s: %v", got, err)
			}
			var wait *fetch.WaitError
			if err := get("/page"); !errors.As(err, &wait) || wait.Until.Sub(start) != test.until {
				t.Fatalf("asked too early: %v", err)
			}
			if s.paths() != "/busy" {
				t.Fatalf("it asked for %s", s.paths())
			}
			_ = clock.Sleep(t.Context(), test.until)
			if err := get("/page"); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestShortRetryAfter waits where it is worth waiting.
func TestShortRetryAfter(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]http.HandlerFunc{
		"/busy": func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Retry-After", "30"); w.WriteHeader(503) },
		"/page": text("x"),
	})
	c, clock := s.client(t, fetch.Options{})
	_, _ = c.Get(t.Context(), fetch.Request{URL: s.URL + "/busy", Asked: true})
	if _, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/page", Asked: true}); err != nil {
		t.Fatal(err)
	}
	if got := clock.Now().Sub(newClock().now); got != 30*time.Second {
		t.Errorf("it waited %s", got)
	}
}

// TestCancelled ends a request, and one that waits for its turn, when asked to.
func TestCancelled(t *testing.T) {
	t.Parallel()
	arrived := make(chan struct{})
	s := newSite(t, map[string]http.HandlerFunc{"/slow": func(w http.ResponseWriter, r *http.Request) {
		close(arrived)
		slow(w, r)
	}})
	c, _ := s.client(t, fetch.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error)
	get := func() {
		_, err := c.Get(ctx, fetch.Request{URL: s.URL + "/slow", Asked: true})
		failed <- err
	}
	go get()
	<-arrived
	go get()
	cancel()
	for range 2 {
		if err := <-failed; !errors.Is(err, context.Canceled) {
			t.Errorf("it says: %v", err)
		}
	}
}

// TestContact refuses contacts that would break the header or reach nobody.
func TestContact(t *testing.T) {
	t.Parallel()
	for _, good := range []string{"", "desk@lantern.example", "https://lantern.example/bot"} {
		if err := fetch.CheckContact(good); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{"Nina", "a@b\r\nX-Evil: 1", "a@b)", "a b@c", "ä@b", strings.Repeat("a", 300) + "@b"} {
		if _, err := fetch.New(fetch.Options{Contact: bad}); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
