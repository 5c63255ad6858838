package fetch_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"onrecord/data/fetch"
)

// TestRobotsDisallow keeps away from what a site closes, also where a redirect
// leads there, and asks for its robots.txt once.
func TestRobotsDisallow(t *testing.T) {
	t.Parallel()
	s := newSite(t, map[string]http.HandlerFunc{
		"/robots.txt":   text("User-agent: onrecord\nDisallow: /closed\nCrawl-delay: 7"),
		"/closed/a":     text("closed"),
		"/open":         text("open"),
		"/to-be-closed": to("/closed/a", 302),
	})
	c, clock := s.client(t, fetch.Options{})
	for path, closed := range map[string]bool{"/closed/a": true, "/open": false, "/to-be-closed": true} {
		if _, err := c.Get(t.Context(), fetch.Request{URL: s.URL + path}); errors.Is(err, fetch.ErrRobots) != closed || fetch.Lasting(err) != closed {
			t.Errorf("%s: %v", path, err)
		}
	}
	if p, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/closed/a", Asked: true}); err != nil || string(p.Body) != "closed" {
		t.Errorf("a page that somebody asked for: %v", err)
	}
	if n := strings.Count(s.paths(), "/robots.txt"); n != 1 {
		t.Errorf("asked for robots.txt %d times", n)
	}
	if got := clock.slept[len(clock.slept)-1]; got != 7*time.Second {
		t.Errorf("paused %s, not as the site wishes", got)
	}
	_ = clock.Sleep(t.Context(), time.Hour)
	_, _ = c.Get(t.Context(), fetch.Request{URL: s.URL + "/open"})
	if n := strings.Count(s.paths(), "/robots.txt"); n != 2 {
		t.Errorf("asked for robots.txt %d times in more than an hour", n)
	}
}

// TestRobotsMissing goes by what RFC 9309 says where there is no robots.txt to
// read: 4xx closes nothing, a host that is down everything.
func TestRobotsMissing(t *testing.T) {
	t.Parallel()
	code := func(n int) http.HandlerFunc { return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(n) } }
	for _, test := range []struct {
		name string
		file http.HandlerFunc
		says string // "" if the page is got
	}{
		{"not there", code(404), ""},
		{"for members", code(403), ""},
		{"round and round", to("/robots.txt", 302), ""},
		{"elsewhere", to("/wishes", 301), "robots.txt asks programs not to"},
		{"broken", code(500), "what the site wishes is not known"},
		{"too often", code(429), "what the site wishes is not known"},
		{"a page instead", text("<html>Disallow: /"), ""},
		{"without end", endless, ""},
		{"to this machine", to("http://127.0.0.1:1/", 302), "loopback"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t, map[string]http.HandlerFunc{"/robots.txt": test.file, "/wishes": text("User-agent: *\nDisallow: /"), "/page": text("x")})
			c, _ := s.client(t, fetch.Options{})
			_, err := c.Get(t.Context(), fetch.Request{URL: s.URL + "/page"})
			if got := err == nil; got != (test.says == "") || err != nil && !strings.Contains(err.Error(), test.says) {
				t.Errorf("it says: %v", err)
			}
		})
	}
}
