package gateway

import (
	"errors"
	"sync"
	"time"
)

// This file counts refused requests. Discord bans an address that makes 10,000
// of them (401, 403, 429) in ten minutes, with every bot behind it.
// Source: discord.com/developers/docs/topics/rate-limits#invalid-request-limit

// ErrBackedOff is returned without asking Discord while too many requests of the
// last ten minutes were refused.
var ErrBackedOff = errors.New("too many requests were refused in the last ten minutes; no more are sent until that is past: look for 401, 403 and 429 in the log")

const invalidWindow = 10 // minutes

// invalid counts refusals by the minute.
type invalid struct {
	mu      sync.Mutex
	minutes [invalidWindow]struct {
		minute int64 // since 1970
		n      int
	}
}

func (v *invalid) add(now time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	minute := now.Unix() / 60
	slot := &v.minutes[minute%invalidWindow]
	if slot.minute != minute {
		slot.minute, slot.n = minute, 0
	}
	slot.n++
}

// count returns the refusals of the last ten minutes.
func (v *invalid) count(now time.Time) (n int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	oldest := now.Unix()/60 - invalidWindow
	for _, slot := range v.minutes {
		if slot.minute > oldest {
			n += slot.n
		}
	}
	return n
}
