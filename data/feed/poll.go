package feed

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"onrecord/data/fetch"
)

const (
	// maxTries is how often a page is asked for: with twice the pause after each
	// time, over four days at the default interval.
	maxTries = 10
	// forgetAfter is how long an item is remembered that is no longer in its feed.
	forgetAfter = 90 * 24 * time.Hour
	// batch is after how many new files the archive is told of them, while more
	// are coming.
	batch = 20
)

// errMissing: the archive does not look like the one that was written into.
var errMissing = errors.New("the archive's folder feeds is gone, with the pages stored in it: is a disk not mounted? If you removed it, make an empty one")

// Report is what a poll did.
type Report struct {
	Items     int       // in the feed
	New       int       // of them not known before
	Unusable  int       // without a link that may be fetched, or too many
	Unchanged bool      // the feed is as it was
	Stored    int       // pages
	Corrected int       // stored pages that took an earlier version's place
	Refused   int       // pages that were given up
	Waiting   int       // pages that are still to be got
	Next      time.Time // when the feed is due again
}

// feedTypes are the media types of feeds, those that they should not have but
// often do included.
func feedTypes() []string {
	return []string{"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
		"application/xml", "text/xml", "application/json", "text/plain", "text/html", "application/octet-stream"}
}

// Poll reads a feed once, whether it is due or not, and gets the pages that are
// new in it. What it has done is remembered, also where it fails halfway.
func (r *Reader) Poll(ctx context.Context, feed string) (report Report, err error) {
	k := r.memory.get(feed)
	if k.stored() && r.store.missing() {
		k.Next, k.Fault = r.Now().Add(r.Interval), errMissing.Error()
		k.Failures++
		return Report{Next: k.Next}, errors.Join(errMissing, r.memory.put(feed, k))
	}
	err = r.list(ctx, feed, k, &report)
	if err == nil || ctx.Err() == nil {
		err = errors.Join(err, r.pages(ctx, feed, k, &report))
	}
	if err == nil {
		err = r.corrections(ctx, feed, k, &report)
	}
	if ctx.Err() == nil {
		r.schedule(k, err)
	}
	report.Next = k.Next
	for _, f := range k.Items {
		if f.Waiting != nil {
			report.Waiting++
		}
	}
	if report.Stored%batch > 0 || report.Corrected > 0 {
		r.tell()
	}
	return report, errors.Join(err, r.memory.put(feed, k))
}

// list reads the feed itself and remembers what is new in it.
func (r *Reader) list(ctx context.Context, feed string, k *known, report *Report) error {
	page, err := r.Client.Get(ctx, fetch.Request{URL: feed, Types: feedTypes(), MaxBytes: maxFeedBytes, ETag: k.ETag, LastModified: k.LastModified})
	if err != nil {
		return err
	}
	if page.NotModified {
		report.Unchanged = true
		return nil
	}
	parsed, err := Parse(page.Body, page.URL)
	if err != nil {
		return err
	}
	k.ETag, k.LastModified = page.ETag, page.LastModified
	report.Items, report.Unusable = len(parsed.Items), parsed.Unusable
	report.New = k.see(parsed.Items, r.Now())
	return nil
}

// see notes the items that are in a feed now, and forgets those that have long
// been out of it. It tells how many are new.
func (k *known) see(items []Item, now time.Time) (fresh int) {
	for _, item := range items {
		if k.Items[item.ID] == nil {
			k.Items[item.ID] = &fate{Waiting: &item}
			fresh++
		}
		k.Items[item.ID].seen(item, now)
	}
	for id, f := range k.Items {
		if now.Sub(f.Seen) > forgetAfter {
			delete(k.Items, id)
		}
	}
	return fresh
}

// pages gets the pages that are waiting and due, the newest first. It fails only
// where going on makes no sense: the archive can't be written to, or ctx ended.
func (r *Reader) pages(ctx context.Context, feed string, k *known, report *Report) error {
	for _, f := range k.due(r.Now(), r.longest()) {
		item := *f.Waiting
		file, page, err := r.store.add(ctx, r.Client, fetch.Request{URL: item.Link}, item)
		var unwritten *StoreError
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.As(err, &unwritten):
			return err
		case err != nil:
			r.failed(feed, f, err, report)
		default:
			f.File, f.Waiting, f.Tries, f.Next = file, nil, 0, time.Time{}
			if page == nil {
				break // it was there
			}
			f.Page = newVersion(item, page)
			f.again(r.Now())
			if report.Stored++; report.Stored%batch == 0 {
				r.tell()
			}
		}
	}
	return nil
}

// tell says that there are new files.
func (r *Reader) tell() {
	if r.Stored != nil {
		r.Stored()
	}
}

// due are the items whose pages may be got now. What is to wait for longer than
// anything waits was noted before the clock was set back.
func (k *known) due(now time.Time, longest time.Duration) []*fate {
	var out []*fate
	for _, f := range k.Items {
		if wait := f.Next.Sub(now); f.Waiting != nil && (wait <= 0 || wait > longest) {
			out = append(out, f)
		}
	}
	slices.SortFunc(out, func(a, b *fate) int {
		if c := b.Waiting.Published.Compare(a.Waiting.Published); c != 0 {
			return c
		}
		return strings.Compare(a.Waiting.ID, b.Waiting.ID)
	})
	return out
}

// failed notes that a page could not be got: it is tried again later, or given up.
func (r *Reader) failed(feed string, f *fate, err error, report *Report) {
	f.Tries++
	if fetch.Lasting(err) || f.Tries >= maxTries {
		r.Log.Warn("a page of a feed was left out", "feed", feed, "page", f.Waiting.Link, "fault", err)
		f.Refused, f.Waiting, f.Next = err.Error(), nil, time.Time{}
		report.Refused++
		return
	}
	f.Next = r.Now().Add(r.backoff(f.Tries))
	if until := fetch.Until(err); until.After(f.Next) {
		f.Next = until
	}
	r.Log.Debug("a page of a feed is tried again", "feed", feed, "page", f.Waiting.Link, "fault", err, "again", f.Next)
}

// schedule says when a feed is due again.
func (r *Reader) schedule(k *known, err error) {
	if err == nil {
		k.Failures, k.Fault = 0, ""
		k.Next = r.Now().Add(r.Interval)
		return
	}
	k.Failures++
	k.Fault = err.Error()
	k.Next = r.Now().Add(r.backoff(k.Failures))
	if until := fetch.Until(err); until.After(k.Next) {
		k.Next = until
	}
}
