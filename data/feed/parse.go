package feed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
)

// Limits of a feed.
const (
	// maxFeedBytes is how large one may be. Those of large papers have 10 to 500
	// KB; gofeed needs up to a second for a megabyte that is built to take long.
	maxFeedBytes = 4 << 20
	// maxItems is how many items of one are taken, its first.
	maxItems = 500
	// maxID and maxTitle are how much of an id and a title is remembered, in bytes.
	maxID    = 200
	maxTitle = 200
)

// ErrNoFeed: these bytes are no feed.
var ErrNoFeed = errors.New("it is no RSS, Atom or JSON feed")

// Item is an entry of a feed.
type Item struct {
	ID        string    `json:"-"` // its guid, or else its link; a checksum of what is longer than 200 bytes
	Link      string    `json:"link"`
	Title     string    `json:"title,omitempty"`
	Published time.Time `json:"published,omitzero"` // zero where the feed gives none that can be read
	Updated   time.Time `json:"updated,omitzero"`   // likewise
}

// Parsed is a feed that was read.
type Parsed struct {
	Title string
	Items []Item // in the feed's order, each id once
	// Unusable is how many items were left out: they have no link that may be
	// fetched, or are too many.
	Unusable int
}

// Parse reads an RSS, Atom or JSON feed that was got from an address.
func Parse(raw []byte, from string) (*Parsed, error) {
	feed, err := parseAny(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrNoFeed, err)
	}
	base := baseOf(feed, from)
	p := &Parsed{Title: cut(feed.Title, maxTitle)}
	known := map[string]bool{}
	for _, it := range feed.Items {
		item, ok := newItem(it, base)
		switch {
		case !ok || len(p.Items) == maxItems:
			p.Unusable++
		case !known[item.ID]:
			known[item.ID] = true
			p.Items = append(p.Items, item)
		}
	}
	return p, nil
}

// parseAny is gofeed's parser, of which a panic is an error: what it reads is
// written by anybody.
func parseAny(raw []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			feed, err = nil, fmt.Errorf("the parser failed: %v", r)
		}
	}()
	feed, err = gofeed.NewParser().Parse(bytes.NewReader(raw))
	if err == nil && feed == nil {
		err = errors.New("it is empty")
	}
	return feed, err
}

// baseOf is what a feed's relative links are relative to: in RSS, which has no
// rule for it, the site that it names, as readers commonly take it; else the feed.
func baseOf(feed *gofeed.Feed, from string) *url.URL {
	base, err := url.Parse(from)
	if err != nil {
		base = &url.URL{}
	}
	if feed.FeedType != "rss" {
		return base
	}
	site, err := base.Parse(strings.TrimSpace(feed.Link))
	if err != nil || feed.Link == "" {
		return base
	}
	return site
}

func newItem(it *gofeed.Item, base *url.URL) (Item, bool) {
	if it == nil {
		return Item{}, false
	}
	link := it.Link
	if link == "" && strings.HasPrefix(it.GUID, "http") {
		link = it.GUID // a permalink
	}
	u, err := base.Parse(strings.TrimSpace(link))
	if err != nil || link == "" || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return Item{}, false // whether its host may be asked is checked when it is
	}
	u.Fragment, u.RawFragment = "", ""
	item := Item{ID: it.GUID, Link: u.String(), Title: cut(strings.Join(strings.Fields(it.Title), " "), maxTitle)}
	if item.ID == "" {
		item.ID = item.Link
	}
	if len(item.ID) > maxID {
		sum := sha256.Sum256([]byte(item.ID))
		item.ID = hex.EncodeToString(sum[:])
	}
	if it.PublishedParsed != nil {
		item.Published = it.PublishedParsed.UTC()
	}
	if it.UpdatedParsed != nil {
		item.Updated = it.UpdatedParsed.UTC()
	}
	return item, true
}

// cut is a text of at most n bytes.
func cut(s string, n int) string {
	if len(s) > n {
		s = s[:n]
	}
	return strings.ToValidUTF8(s, "")
}
