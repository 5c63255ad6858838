package gateway

import (
	"sync/atomic"
	"time"
)

// This file holds the figures for health checks and metrics.

// State is how the connection does. Counts are since the start.
type State struct {
	Connected  bool          // every shard is
	Latency    time.Duration // of the last heartbeat, the slowest shard's; 0: not known yet
	Reconnects int64         // attempts to connect again
	Shards     []ShardState

	Events     int64 // handed to a handler
	InFlight   int64 // handlers at work now
	Busy       int64 // events answered "busy"
	Dropped    int64 // events dropped for want of a handler's place, or at the end
	Duplicates int64 // events seen before
	Broken     int64 // events that were half-filled
	Panics     int64 // handlers that panicked

	Requests    int64 // sent to the REST API
	Retries     int64 // of them, after a failure
	Errors      int64 // calls that failed in the end
	RateLimited int64 // answers of status 429
	Invalid     int   // refusals (401, 403, 429) in the last ten minutes
}

// ShardState is how one shard does.
type ShardState struct {
	ID         int
	Connected  bool
	Latency    time.Duration
	Reconnects int64
}

type shardState struct {
	link       atomic.Pointer[link] // nil: not connected
	reconnects atomic.Int64
}

func (s *shardState) read(id int) ShardState {
	out := ShardState{ID: id, Reconnects: s.reconnects.Load()}
	if l := s.link.Load(); l != nil {
		out.Connected = !isClosed(l.ended)
		out.Latency = time.Duration(l.latency.Load())
	}
	return out
}

// counts are the figures that grow.
type counts struct {
	events, inFlight, busy, dropped, duplicates, broken, panics atomic.Int64
	requests, retries, errors, rateLimited                      atomic.Int64
}

func (c *counts) fill(s *State) {
	s.Events, s.InFlight, s.Busy, s.Dropped = c.events.Load(), c.inFlight.Load(), c.busy.Load(), c.dropped.Load()
	s.Duplicates, s.Broken, s.Panics = c.duplicates.Load(), c.broken.Load(), c.panics.Load()
	s.Requests, s.Retries, s.Errors, s.RateLimited = c.requests.Load(), c.retries.Load(), c.errors.Load(), c.rateLimited.Load()
}

func (s *State) add(shard ShardState) {
	s.Shards = append(s.Shards, shard)
	s.Connected = shard.Connected && (s.Connected || len(s.Shards) == 1)
	s.Latency = max(s.Latency, shard.Latency)
	s.Reconnects += shard.Reconnects
}
