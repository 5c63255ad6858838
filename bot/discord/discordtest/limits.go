// Rate limits: per route, over all routes, and of invalid requests.

package discordtest

import (
	"fmt"
	"hash/fnv"
	"math"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	// invalidRequests is how many 401, 403 and 429 Discord lets pass in ten minutes
	// before it blocks the address.
	invalidRequests = 10_000
	// retryGrace is how long after a 429 requests may still come that were on their
	// way; retrySlack is how much too early a retry may be, for clocks differ.
	retryGrace = 250 * time.Millisecond
	retrySlack = 25 * time.Millisecond
	// globalKey is the block of all routes.
	globalKey = "global"
)

// limits is what the rate limits know; d.mu guards it.
type limits struct {
	recent  []time.Time // requests of the last second that count towards the global limit
	buckets map[string]*bucket
	blocks  map[string]block
	invalid int
	calls   []string
}

// bucket counts the requests of one route in one window.
type bucket struct {
	from time.Time
	used int
}

// block is a 429 that was sent.
type block struct{ told, until time.Time }

// limited counts a request, writes the limits' headers, and answers 429 where the
// request is one too many.
func (d *Discord) limited(header http.Header, c *call) (reply, bool) {
	now := time.Now()
	key := bucketKey(c)
	d.noteEarly(c, key, now)
	if !c.open && d.overGlobal(now) {
		return d.tooMany(header, globalKey, time.Second-now.Sub(d.limits.recent[0]), true), true
	}
	if d.limits.buckets == nil {
		d.limits.buckets = map[string]*bucket{}
	}
	b := d.limits.buckets[key]
	if b == nil || now.Sub(b.from) >= d.options.RouteWindow {
		b = &bucket{from: now}
		d.limits.buckets[key] = b
	}
	resetAfter := d.options.RouteWindow - now.Sub(b.from)
	b.used++
	bucketHeaders(header, key, d.options.RouteRequests, b.used, now, resetAfter)
	if b.used > d.options.RouteRequests {
		return d.tooMany(header, key, resetAfter, false), true
	}
	return reply{}, false
}

// overGlobal reports whether the last second holds as many requests as it may.
func (d *Discord) overGlobal(now time.Time) bool {
	recent := d.limits.recent
	for len(recent) > 0 && now.Sub(recent[0]) >= time.Second {
		recent = recent[1:]
	}
	over := len(recent) >= d.options.GlobalPerSecond
	if !over {
		recent = append(recent, now)
	}
	d.limits.recent = recent
	return over
}

// tooMany is a 429, remembered so that retries before its time are noticed.
func (d *Discord) tooMany(header http.Header, key string, after time.Duration, global bool) reply {
	if d.limits.blocks == nil {
		d.limits.blocks = map[string]block{}
	}
	now := time.Now()
	b := d.limits.blocks[key]
	if !b.until.After(now) {
		b.told = now // a block that goes on was told of when it began
	}
	b.until = now.Add(after)
	d.limits.blocks[key] = b
	header.Set("Retry-After", strconv.Itoa(int(math.Ceil(after.Seconds()))))
	header.Set("X-RateLimit-Scope", "user")
	if global {
		header.Set("X-RateLimit-Global", "true")
		header.Set("X-RateLimit-Scope", "global")
	}
	return reply{http.StatusTooManyRequests, object{
		"message": "You are being rate limited.", "retry_after": after.Seconds(), "global": global,
	}}
}

// noteEarly notes a request that didn't wait as a 429 told it to.
func (d *Discord) noteEarly(c *call, key string, now time.Time) {
	for _, k := range []string{key, globalKey} {
		b, blocked := d.limits.blocks[k]
		if blocked && now.Sub(b.told) > retryGrace && b.until.Sub(now) > retrySlack && (k != globalKey || !c.open) {
			d.violate(RuleEarlyRetry, "%s %s came %v before the end of a 429's Retry-After", c.method, c.path, b.until.Sub(now).Round(time.Millisecond))
		}
	}
}

// bucketKey is the route with the parameters that have limits of their own: channel,
// guild, and webhook with its token.
func bucketKey(c *call) string {
	return c.method + " " + param.ReplaceAllStringFunc(c.path, func(name string) string {
		switch name {
		case "{channel_id}", "{guild_id}", "{webhook_id}", "{webhook_token}", "{interaction_token}":
			return c.value(strings.Trim(name, "{}"))
		}
		return name
	})
}

func bucketHeaders(header http.Header, key string, limit, used int, now time.Time, resetAfter time.Duration) {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(key))
	seconds := func(s float64) string { return strconv.FormatFloat(s, 'f', 3, 64) }
	header.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	header.Set("X-RateLimit-Remaining", strconv.Itoa(max(limit-used, 0)))
	header.Set("X-RateLimit-Reset", seconds(float64(now.Add(resetAfter).UnixMilli())/1000))
	header.Set("X-RateLimit-Reset-After", seconds(resetAfter.Seconds()))
	header.Set("X-RateLimit-Bucket", fmt.Sprintf("%016x", hash.Sum64()))
}

// countInvalid counts towards the limit of invalid requests.
func (d *Discord) countInvalid(status int) {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		d.limits.invalid++
		if d.limits.invalid == invalidRequests+1 {
			d.violate(RuleInvalidRequests, "more than %d", invalidRequests)
		}
	}
}

// Invalid is how many requests got 401, 403 or 429 so far: with 10,000 in ten
// minutes Discord blocks the address.
func (d *Discord) Invalid() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.limits.invalid
}

// Calls are the REST requests so far and their statuses, one a line:
// "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original 200".
func (d *Discord) Calls() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.limits.calls)
}
