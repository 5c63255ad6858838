package fetch_test

import (
	"bytes"
	"compress/gzip"
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

// failing is a request that fails, and how.
type failing struct {
	name, path string
	page       http.HandlerFunc
	types      []string
	kind       error  // nil: none of the kinds
	says       string // in the message
	lasting    bool
}

// TestRefused asks for what no client should take: each is refused, with a
// sentence that says what and why.
func TestRefused(t *testing.T) {
	t.Parallel()
	for _, f := range []failing{
		{name: "redirect to loopback", path: "/r", page: to("http://127.0.0.2/", 302), kind: fetch.ErrForbidden, says: "127.0.0.2 is a loopback address", lasting: true},
		{name: "redirect to another port of the same host", path: "/r", page: to("http://127.0.0.1:9/", 301), kind: fetch.ErrForbidden, says: "loopback", lasting: true},
		{name: "redirect to metadata", path: "/r", page: to("http://169.254.169.254/latest/meta-data/", 307), kind: fetch.ErrForbidden, says: `which led to "http://169.254.169.254/latest/meta-data/"`, lasting: true},
		{name: "redirect to metadata by IPv6", path: "/r", page: to("http://[fd00:ec2::254]/", 308), kind: fetch.ErrForbidden, says: "private address", lasting: true},
		{name: "redirect to a name of this machine", path: "/r", page: to("http://localhost/", 303), kind: fetch.ErrForbidden, says: "loopback", lasting: true},
		{name: "redirect to a file", path: "/r", page: to("file:///etc/passwd", 302), kind: fetch.ErrForbidden, says: "http:// or https://", lasting: true},
		{name: "redirect with a password", path: "/r", page: to("http://wexmoor:hush@{here}/", 302), kind: fetch.ErrForbidden, says: "user name or password", lasting: true},
		{name: "redirect to nowhere", path: "/r", page: to("", 302), says: "302 without a place to go to"},
		{name: "redirect to itself", path: "/r", page: to("/r", 302), says: "led on more than 5 times"},
		{name: "another type", path: "/r", page: text("words"), types: []string{"application/pdf"}, kind: fetch.ErrType, says: `it is "text/html"`, lasting: true},
		{name: "not there", path: "/none", says: "the host answered 404 Not Found", lasting: true},
		{name: "broken", path: "/r", page: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, says: "500"},
		{name: "304 that nobody asked for", path: "/r", page: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(304) }, says: "304"},
		{name: "too long, as it says", path: "/r", page: text(strings.Repeat("x", 1001)), kind: fetch.ErrTooLarge, says: "1001 bytes, and at most 1000", lasting: true},
		{name: "without end", path: "/r", page: endless, kind: fetch.ErrTooLarge, says: "more than 1000 bytes", lasting: true},
		{name: "a gzip bomb", path: "/r", page: bomb(500_000), kind: fetch.ErrTooLarge, says: "more than 1000 bytes", lasting: true},
		{name: "a gzip bomb in a gzip bomb", path: "/r", page: packed("gzip, gzip", nil), says: `packed as "gzip, gzip"`},
		{name: "packed otherwise", path: "/r", page: packed("br", []byte("x")), says: `packed as "br"`},
		{name: "said to be packed", path: "/r", page: packed("gzip", []byte("not packed at all")), says: "unpacking it"},
		{name: "a header without end", path: "/r", page: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Long", strings.Repeat("x", 1<<20))
		}, says: "header"},
		{name: "broken off", path: "/r", page: brokenOff, says: "reading it"},
		{name: "slower than the limit", path: "/r", page: slow, says: "it took longer than 100ms"},
	} {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			f.try(t)
		})
	}
}

func (f failing) try(t *testing.T) {
	s := newSite(t, map[string]http.HandlerFunc{"/r": f.page})
	o := fetch.Options{MaxBytes: 1000}
	if f.name == "slower than the limit" {
		o.Timeout = 100 * time.Millisecond
	}
	c, _ := s.client(t, o)
	p, err := c.Get(t.Context(), fetch.Request{URL: s.URL + f.path, Types: f.types, Asked: true})
	if err == nil {
		t.Fatalf("it was taken: %d bytes of %s", len(p.Body), p.URL)
	}
	if !strings.HasPrefix(err.Error(), `getting "http://127.0.0.1:`) || !strings.Contains(err.Error(), f.says) || strings.Contains(err.Error(), "hush") {
		t.Errorf("it says: %v", err)
	}
	for _, kind := range []error{fetch.ErrForbidden, fetch.ErrRobots, fetch.ErrType, fetch.ErrTooLarge} {
		if errors.Is(err, kind) != (kind == f.kind) {
			t.Errorf("is it %q? %v", kind, err)
		}
	}
	if fetch.Lasting(err) != f.lasting {
		t.Errorf("lasting is %t: %v", fetch.Lasting(err), err)
	}
}

// endless writes until the client has enough.
func endless(w http.ResponseWriter, _ *http.Request) {
	for block := bytes.Repeat([]byte("x"), 1<<16); ; {
		if _, err := w.Write(block); err != nil {
			return
		}
	}
}

// slow sends a byte and then nothing, until the client goes away.
func slow(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	_, _ = w.Write([]byte("x"))
	w.(http.Flusher).Flush()
	<-r.Context().Done()
}

// brokenOff promises more than it sends.
func brokenOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "900")
	_, _ = w.Write([]byte("x"))
}

// packed sends bytes as if packed somehow.
func packed(coding string, body []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", coding)
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(body)
	}
}

// bomb sends so many zeros in less than a thousandth of their bytes.
func bomb(size int) http.HandlerFunc { return packed("gzip", zip(make([]byte, size))) }

func zip(body []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(body)
	_ = w.Close()
	return b.Bytes()
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
