package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"
)

// How robots.txt files are kept.
const (
	// maxRobotsBytes is how much of one is read: at least 500 KiB must be (RFC
	// 9309, 2.5).
	maxRobotsBytes = 500 << 10
	// robotsFor is how long one is believed; at most a day should it be (2.4).
	robotsFor = time.Hour
	// robotsAgain is when one that could not be had is asked for again.
	robotsAgain = 5 * time.Minute
)

// wish is a site's robots.txt as it was last got.
type wish struct {
	rules rules
	err   error // it could not be had: then nothing of the site is fetched (2.3.1.4)
	until time.Time
}

// wishes are what the robots.txt of a URL's site says to us.
func (c *Client) wishes(ctx context.Context, u *url.URL) (rules, error) {
	site := u.Scheme + "://" + u.Host
	known, ok := c.robots.Get(site)
	if ok && c.options.Now().Before(known.until) {
		return known.rules, known.err
	}
	w := c.askWishes(ctx, site)
	if ctx.Err() != nil {
		return rules{}, ctx.Err()
	}
	c.robots.Add(site, w)
	return w.rules, w.err
}

// askWishes gets a robots.txt. One that is not there (4xx, or a redirect without
// end) wishes nothing.
func (c *Client) askWishes(ctx context.Context, site string) wish {
	page, err := c.get(ctx, job{Request: Request{URL: site + "/robots.txt", Asked: true}, max: maxRobotsBytes, cut: true})
	now := c.options.Now()
	var status *StatusError
	switch {
	case err == nil:
		return wish{rules: parseRobots(string(page.Body), Name), until: now.Add(robotsFor)}
	case errors.As(err, &status) && status.Gone(), errors.Is(err, errRedirects):
		return wish{until: now.Add(robotsFor)}
	case errors.Is(err, ErrForbidden):
		return wish{err: errors.Unwrap(err), until: now}
	}
	return wish{err: fmt.Errorf("what the site wishes is not known: %w", err), until: now.Add(robotsAgain)}
}
