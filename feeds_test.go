package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
	"onrecord/data/feed"
	"onrecord/data/fetch"
)

// lantern is a site with a feed of one story, on a real socket.
func lantern(t *testing.T) *httptest.Server {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/rss":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, `<rss version="2.0"><channel><item><title>Bridge to open</title><link>/bridge</link></item></channel></rss>`)
		case "/bridge":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, `<!doctype html><html><head><title>Bridge to open | Marnock Lantern</title></head><body>
<nav><a href="/">Home</a></nav><article><h1>Bridge to open</h1>
<p>The bridge over the Zwolke, closed since the flood, is to open again before the year is out, the harbour's engineers said.</p>
<p>“The bridge will open in spring,” said Nina Ambledown, the engineer who built it and now looks after it for the town.</p>
<p>Until then the ferry goes twice an hour, and the town pays for those who have to cross the river on their way to work.</p>
</article></body></html>`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(site.Close)
	return site
}

// logged waits until the log has some words.
func logged(t *testing.T, log *said, words string) {
	t.Helper()
	for n := 0; !strings.Contains(log.String(), words); n++ {
		if n == 1200 {
			t.Fatalf("the log never says %q:\n%s", words, log)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// TestFeeding stores what a feed has and answers from it, with the page's address.
func TestFeeding(t *testing.T) {
	t.Parallel()
	site := lantern(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tide.txt"), []byte("The tide is wrong\n\nIt was high at noon.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	c := &commands{Archive: dir, Index: filepath.Join(t.TempDir(), "index")}
	var said said
	log := slog.New(slog.NewTextHandler(&said, nil))
	web := fetch.Options{Delay: time.Millisecond, Allowed: []netip.AddrPort{netip.MustParseAddrPort(site.Listener.Addr().String())}}
	feeds, err := c.feeds(feedSettings{urls: []string{site.URL + "/rss"}, interval: feed.DefaultInterval, contact: "desk@lantern.example"}, web, log)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := c.live(log)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); feeds.run(ctx, archive, log) }()
	logged(t, &said, `msg="what the feeds gave is in the index"`)
	stop()
	<-ended
	stored, err := filepath.Glob(filepath.Join(dir, "feeds", "127.0.0.1", "bridge-*.html"))
	if err != nil || len(stored) != 1 {
		t.Errorf("stored are %v, %v:\n%s", stored, err, &said)
	}
	if _, err := os.Stat(filepath.Join(c.Index, feedsFile)); err != nil {
		t.Errorf("what is known of the feeds is gone from the index folder: %v", err)
	}
	answer, err := archive.Answer(t.Context(), "what did Nina Ambledown say?", 5)
	if err != nil || len(answer.Statements) != 1 {
		t.Fatalf("the answer is %+v, %v:\n%s", answer, err, &said)
	}
	got := answer.Statements[0]
	if got.Parts[0].Text != "“The bridge will open in spring,”" || got.Citation.URL != site.URL+"/bridge" {
		t.Errorf("the answer is %+v", got)
	}
}

// TestServeBadFeed answers on, whatever becomes of a feed, and says what.
func TestServeBadFeed(t *testing.T) {
	d := discordtest.New(t, discordtest.Options{})
	site := lantern(t)
	_, port, _ := strings.Cut(site.Listener.Addr().String(), ":")
	s := serve(t, d, map[string]string{"ARCHIVE_DIR": t.TempDir(), "FEEDS": "http://localhost:" + port + "/rss"})
	d.WaitReady(20 * time.Second)
	logged(t, &s.log, `msg="a feed was not read"`)
	s.stop()
	if status := s.ended(t); status != exitDone {
		t.Errorf("ended with %d:\n%s", status, &s.log)
	}
	if log := s.log.String(); !strings.Contains(log, "loopback address") || !strings.Contains(log, "FEED_CONTACT is empty") {
		t.Errorf("the log says\n%s", log)
	}
}

// TestCorrects tells a correction from what else changes in a page.
func TestCorrects(t *testing.T) {
	t.Parallel()
	page := func(menu, quotation string) []byte {
		return []byte(`<!doctype html><html><head><title>Bridge to open</title></head><body><nav><a href="/">` + menu + `</a></nav><article><h1>Bridge to open</h1>
<p>The bridge over the Zwolke, closed since the flood, is to open again before the year is out, the harbour's engineers said.</p>
<p>“` + quotation + `” said Nina Ambledown, the engineer who built it and now looks after it for the town.</p>
<p>Until then the ferry goes twice an hour, and the town pays for those who have to cross the river on their way to work.</p>
</article></body></html>`)
	}
	stored := page("Home", "The bridge will open in spring,")
	for name, test := range map[string]struct {
		page []byte
		want bool
	}{
		"the same":       {stored, false},
		"another menu":   {page("Weather", "The bridge will open in spring,"), false},
		"other words":    {page("Home", "The bridge may open in spring,"), true},
		"a subscription": {[]byte("<html><body><p>Read on with a subscription.</p></body></html>"), false},
		"nothing":        {nil, false},
	} {
		if got := corrects("bridge.html", stored, test.page); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	if !corrects("bridge.html", []byte("\x00"), stored) {
		t.Error("what was no article is not corrected by one")
	}
}
