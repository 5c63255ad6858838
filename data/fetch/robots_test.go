package fetch

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestRobots holds files against pages, as RFC 9309 says.
func TestRobots(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, file, open, closed string // pages that may be fetched and those that may not
	}{
		{"nothing", "", "/ /a", ""},
		{"all closed", "User-agent: *\nDisallow: /\n", "", "/ /a /a?b"},
		{"an empty rule", "User-agent: *\nDisallow:\n", "/ /a", ""},
		{"the beginning of a path", "User-agent: *\nDisallow: /news", "/ /new /old/news", "/news /news/1 /newsroom /news?x"},
		{"the longest decides", "User-agent: *\nDisallow: /news\nAllow: /news/open\nDisallow: /news/open/not", "/news/open /news/open/1", "/news/1 /news/open/not/1"},
		{"of two as long the one that allows", "User-agent: *\nDisallow: /news\nAllow: /news", "/news", ""},
		{"our own group alone", "User-agent: *\nDisallow: /\n\nUser-agent: OnRecord\nDisallow: /a", "/ /b", "/a"},
		{"our own group with a version", "User-agent: onrecord/2.0\nDisallow: /a", "/b", "/a"},
		{"our own group twice", "User-agent: onrecord\nDisallow: /a\nUser-agent: else\nDisallow: /b\nUser-agent: onrecord\nDisallow: /c", "/b", "/a /c"},
		{"a group of several", "User-agent: else\nUser-agent: onrecord\nDisallow: /a", "/b", "/a"},
		{"another's group", "User-agent: onrecorder\nDisallow: /", "/a", ""},
		{"our own group is empty", "User-agent: *\nDisallow: /\nUser-agent: onrecord\nAllow: /", "/a", ""},
		{"rules of nobody", "Disallow: /\nUser-agent: *\nDisallow: /a", "/b", "/a"},
		{"lines that make no sense", "User-agent: *\n<html>\nCrawl-delay: soon\nDisallow /b\nDisallow: /a # not this\n", "/b", "/a"},
		{"a map between", "User-agent: *\nSitemap: https://l.example/map\nDisallow: /a", "/b", "/a"},
		{"other line ends", "\ufeffUser-agent: *\r\nDisallow: /a\rDisallow: /b", "/c", "/a /b"},
		{"any characters", "User-agent: *\nDisallow: /*.pdf\nDisallow: /a*b*c", "/x.html /acb", "/x.pdf /y/x.pdf?z /aXbXc /abcd"},
		{"the end", "User-agent: *\nDisallow: /*.pdf$\nDisallow: /only$", "/x.pdf?z /only/more", "/x.pdf /x.pdf.pdf /only"},
		{"a star at the end", "User-agent: *\nDisallow: /a*$\nDisallow: /b*", "/c", "/a /abc /b /bcd"},
		{"escapes", "User-agent: *\nDisallow: /%61%7e\nDisallow: /є\nDisallow: /x%2fy", "/x/y", "/a~ /%61~ /%D1%94 /%d1%94/a /x%2Fy"},
		{"a query", "User-agent: *\nDisallow: /*?print=", "/a?b", "/a?print=1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := parseRobots(test.file, Name)
			for want, pages := range map[bool]string{true: test.open, false: test.closed} {
				for page := range strings.FieldsSeq(pages) {
					u, err := url.Parse("https://lantern.example" + page)
					if err != nil {
						t.Fatal(err)
					}
					if r.allows(u) != want {
						t.Errorf("%s: allowed is %t", page, !want)
					}
				}
			}
		})
	}
}

// TestCrawlDelay takes the pause that a site wishes, within bounds.
func TestCrawlDelay(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]time.Duration{"10": 10 * time.Second, "0.5": 500 * time.Millisecond, "86400": time.Minute,
		"-1": 0, "NaN": 0, "Inf": time.Minute, "soon": 0} {
		if r := parseRobots("User-agent: *\nCrawl-delay: "+file, Name); r.delay != want {
			t.Errorf("%s is read as %s", file, r.delay)
		}
	}
}

// FuzzRobots: any file is read, and any page held against it, without much work.
func FuzzRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%zz", "/a?b")
	f.Add("User-agent: onrecord\nDisallow: /"+strings.Repeat("*a", 100), "/"+strings.Repeat("a", 100))
	f.Fuzz(func(t *testing.T, file, page string) {
		r := parseRobots(file, Name)
		r.allows(&url.URL{Path: page})
		if r.delay < 0 || r.delay > maxWait {
			t.Fatalf("a pause of %s", r.delay)
		}
		if normal(normal(page)) != normal(page) {
			t.Fatalf("%q is no normal form", normal(page))
		}
	})
}
