package discord

import (
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// maxLimited is how many users, and how many channels, are remembered: a minute's
// askers of a very large bot. Who is forgotten starts anew.
const maxLimited = 20_000

// limits are how often one user and one channel may ask.
type limits struct {
	users, channels *bucketSet
	told            *bucketSet // users who were told why they get no answer
	closed          *lru.Cache[string, time.Time]
}

func newLimits(perUser, perChannel int) *limits {
	closed, err := lru.New[string, time.Time](maxLimited)
	if err != nil {
		panic(err) // only of a size below one
	}
	return &limits{newBuckets(perUser), newBuckets(perChannel), newBuckets(tellings), closed}
}

// take counts a question. Where it is one too many it tells how long to wait.
func (l *limits) take(user, channel string, now time.Time) (wait time.Duration, ok bool) {
	if wait, ok = l.users.take(user, now); !ok {
		return wait, false
	}
	return l.channels.take(channel, now)
}

// tellings is how often a minute a user is told in public why there is no answer:
// what is meant to help must not become noise.
const tellings = 1

// tellOnce tells whether it is time to tell a user so.
func (l *limits) tellOnce(user string, now time.Time) bool {
	_, ok := l.told.take(user, now)
	return ok
}

// closedFor is how long a channel is left alone in which Discord did not let the
// bot write: after 10,000 refusals in ten minutes it bans the bot's address.
const closedFor = 10 * time.Minute

// close notes that the bot may not write in a channel.
func (l *limits) close(channel string, now time.Time) { l.closed.Add(channel, now) }

// isClosed tells whether it was so a short while ago.
func (l *limits) isClosed(channel string, now time.Time) bool {
	at, ok := l.closed.Get(channel)
	return ok && now.Sub(at) < closedFor
}

// bucketSet is a token bucket for each key.
type bucketSet struct {
	perMinute int
	all       *lru.Cache[string, *rate.Limiter]
}

func newBuckets(perMinute int) *bucketSet {
	all, err := lru.New[string, *rate.Limiter](maxLimited)
	if err != nil {
		panic(err) // only of a size below one
	}
	return &bucketSet{perMinute, all}
}

// burst is the share of a minute's questions that may come at once.
const burst = 4

func (b *bucketSet) take(key string, now time.Time) (time.Duration, bool) {
	if b.perMinute <= 0 {
		return 0, true
	}
	fresh := rate.NewLimiter(rate.Limit(float64(b.perMinute)/60), max(1, b.perMinute/burst))
	bucket, known, _ := b.all.PeekOrAdd(key, fresh)
	if !known {
		bucket = fresh
	} else {
		b.all.Get(key) // it was used just now
	}
	r := bucket.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return wait, false
	}
	return 0, true
}
