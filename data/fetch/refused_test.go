package fetch_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"onrecord/data/fetch"
)

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
