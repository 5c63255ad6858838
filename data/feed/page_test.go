package feed

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"onrecord/data/fetch"
)

// TestArticle stores pages in UTF-8 with their address, and else as they are.
func TestArticle(t *testing.T) {
	t.Parallel()
	const link = `<link rel="canonical" href="https://lantern.example/bridge?a=1&amp;b=2">`
	for _, test := range []struct{ name, header, page, want string }{
		{"no link", "text/html", "<!doctype html><html><head><title>x</title></head><p>y", "<!doctype html><html><head>" + link + "<title>x</title></head><p>y"},
		{"no head", "text/html", "<!doctype html>\n<p>y", "<!doctype html>" + link + "\n<p>y"},
		{"nothing", "text/html", "", link},
		{"its own link", "text/html", `<head><LINK href='https://l.example/x' REL='nofollow Canonical'></head>`, `<head><LINK href='https://l.example/x' REL='nofollow Canonical'></head>`},
		{"a relative link", "text/html", `<head><link rel=canonical href=/x></head>`, `<head><link rel="canonical" href="https://lantern.example/x"><link rel=canonical href=/x></head>`},
		{"an empty link", "text/html", `<head><link rel=canonical href=""></head>`, `<head>` + link + `<link rel=canonical href=""></head>`},
		{"a link that is none", "text/html", `<head><link rel=canonical href="mailto:a@b"></head>`, `<head>` + link + `<link rel=canonical href="mailto:a@b"></head>`},
		{"a link in the text", "text/html", `<head></head><body><link rel=canonical href=https://evil.example/>`, `<head>` + link + `</head><body><link rel=canonical href=https://evil.example/>`},
		{"a link in a script", "text/html", `<head><script>"<link rel=canonical href=https://evil.example/>"</script></head>`, `<head>` + link + `<script>"<link rel=canonical href=https://evil.example/>"</script></head>`},
		{"UTF-8 said to be something else", "text/html; charset=iso-8859-1", "<head></head>“dé”", "<head>" + link + "</head>“dé”"},
		{"a character set in the header", "text/html; charset=windows-1251", "<head></head>\xec\xee\xf1\xf2", "<head>" + link + "</head>мост"},
		{"a character set in the page", "text/html", "<head><meta charset=windows-1252></head>\x93d\xe9\x94", "<head>" + link + "<meta charset=windows-1252></head>“dé”"},
		{"UTF-16", "text/html", "\xff\xfe<\x00p\x00>\x00 \x20", link + "<p>\u2020"},
		{"a mark of byte order", "text/html", "\ufeff<head></head>", "<head>" + link + "</head>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			p := &fetch.Page{URL: "https://lantern.example/bridge?a=1&b=2", ContentType: test.header, Body: []byte(test.page)}
			if got := string(Content(p)); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestNames are safe on every system and the same for the same page.
func TestNames(t *testing.T) {
	t.Parallel()
	day := time.Date(2031, 4, 2, 23, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		link, title string
		published   time.Time
		want        string // with H for the checksum
	}{
		{"https://www.Lantern.example/news/Bridge_to-Open.html?id=3", "", day, "feeds/www.lantern.example/2031-04-02-bridge-to-open-H.html"},
		{"https://lantern.example/2031/04/02/1234567", "Ferry, “stops”", time.Time{}, "feeds/lantern.example/ferry-stops-H.html"},
		{"https://lantern.example/", "", time.Time{}, "feeds/lantern.example/H.html"},
		{"https://lantern.example/міст", "Міст", day, "feeds/lantern.example/2031-04-02-H.html"},
		{"https://ліхтар.example/a", "", day, "feeds/xn--80avqgo5h.example/2031-04-02-a-H.html"},
		{"https://con.example/nul", "", time.Time{}, "feeds/site-con.example/nul-H.html"},
		{"https://COM1/aux.html", "", time.Time{}, "feeds/site-com1/aux-H.html"},
		{"https://[2606:2800::1]:8443/a", "", time.Time{}, "feeds/2606-2800--1/a-H.html"},
		{"https://lantern.example./..%2f..%2fetc%2fpasswd", "", time.Time{}, "feeds/lantern.example/passwd-H.html"},
		{"https://../a", "", time.Time{}, "feeds/site-/a-H.html"},
		{"https://lantern.example/..", "../../x", time.Time{}, "feeds/lantern.example/x-H.html"},
		{"https://lantern.example/" + strings.Repeat("long-", 40), "", day, "feeds/lantern.example/2031-04-02-" + strings.TrimSuffix(strings.Repeat("long-", 12), "-") + "-H.html"},
	} {
		u, err := url.Parse(test.link)
		if err != nil {
			t.Fatal(err)
		}
		got := hostFolder(u) + "/" + fileName(Item{Title: test.title, Published: test.published}, u)
		if want := strings.Replace(test.want, "H.html", hashOf(u)+".html", 1); got != want {
			t.Errorf("%s is stored as %s, not %s", test.link, got, want)
		}
	}
}

// TestSamePage takes addresses for one page's that differ in what counts readers.
func TestSamePage(t *testing.T) {
	t.Parallel()
	hash := func(s string) string {
		u, err := url.Parse(s)
		if err != nil {
			t.Fatal(err)
		}
		return hashOf(u)
	}
	want := hash("https://lantern.example/bridge?id=1")
	for _, same := range []string{"http://Lantern.example/bridge?id=1#top", "https://lantern.example/bridge?utm_source=rss&id=1&utm_medium=feed"} {
		if hash(same) != want {
			t.Errorf("%s is another page", same)
		}
	}
	for _, other := range []string{"https://lantern.example/bridge", "https://lantern.example/Bridge?id=1", "https://lantern.example/bridge?id=2", "https://lantern.example:8443/bridge?id=1"} {
		if hash(other) == want {
			t.Errorf("%s is the same page", other)
		}
	}
}
