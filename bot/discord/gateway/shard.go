package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file keeps one shard connected: it connects, watches, and connects again,
// resuming where that is possible, until the context ends or Discord refuses for
// good.

type shard struct {
	id, count int
	opts      *Options
	log       *slog.Logger
	events    *events
	starts    *starts
	jitter    *jitter
	state     *shardState

	session   *discordgo.Session // nil: the next connection identifies
	address   string             // of the gateway, as last asked
	resumeURL string             // where READY told to resume, if anywhere
	refusals  int                // attempts to resume, one after another, that failed once connected
}

// maxResumes is how often a session is tried to be resumed before a fresh one
// begins; Discord keeps sessions for some minutes only.
const maxResumes = 3

// run returns nil when the context ends, or a FinalError.
func (s *shard) run(ctx context.Context) error {
	for failures := 0; ; failures++ {
		lived, err := s.connect(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if final := asFinal(err); final != nil {
			return final
		}
		if lived >= s.opts.StableAfter {
			failures = 0
		}
		s.forget(err)
		wait := s.wait(err, failures)
		s.log.Warn("not connected to Discord; connecting again", "error", err, "resume", s.session != nil, "wait", wait)
		if pause(ctx, wait) != nil {
			return nil
		}
		s.state.reconnects.Add(1)
	}
}

// forget drops the session that can't be resumed after such an end.
func (s *shard) forget(err error) {
	if !canResume(err) {
		s.session, s.resumeURL = nil, ""
	}
}

// wait is longer after every failure. After an invalid session Discord asks for
// one to five seconds, of which backing off keeps at least the first.
func (s *shard) wait(err error, failures int) time.Duration {
	wait := s.jitter.backoff(failures, s.opts.BackoffBase, s.opts.BackoffCap)
	if errors.Is(err, errInvalid) {
		wait += s.jitter.between(s.opts.BackoffBase, 4*s.opts.BackoffBase)
	}
	return wait
}

// connect makes one connection and returns how long it was up and why it ended.
func (s *shard) connect(ctx context.Context) (lived time.Duration, err error) {
	leave, err := s.where(ctx)
	if err != nil {
		return 0, err
	}
	address, err := gatewayAddress(leave.address, apiVersion(s.opts.APIURL))
	if err != nil {
		return 0, err
	}
	l, err := dialLink(ctx, address, time.Now().Add(s.opts.HandshakeTimeout), leave.sent, s.log)
	if err != nil {
		s.resumeURL = "" // if that was it, the next attempt asks anew
		return 0, err
	}
	resuming := s.session != nil
	if !resuming {
		if s.session, err = newSession(s.opts.Token, s.id, s.count, s.events); err != nil {
			l.shut(errStopped)
			return 0, err
		}
	}
	err = openSession(ctx, s.session, l, pipeTimeout)
	begun := time.Now()
	if err == nil {
		s.up(l, resuming)
		err = s.watch(ctx, l)
		lived = max(time.Since(begun), 1)
	}
	s.down(l, err)
	s.judge(resuming, lived > 0)
	return lived, err
}

// judge drops a session that never was, and one that Discord won't resume though
// it does not say so.
func (s *shard) judge(resuming, ready bool) {
	switch {
	case ready:
		s.refusals = 0
	case resuming:
		s.refusals++
	}
	if (!resuming && !ready) || s.refusals >= maxResumes {
		s.session, s.resumeURL, s.refusals = nil, "", 0
	}
}

// where returns where to connect. A fresh session waits for leave first.
func (s *shard) where(ctx context.Context) (leave, error) {
	resume := leave{s.resumeURL, func() {}}
	if s.session != nil && resume.address != "" {
		return resume, nil
	}
	if s.session == nil {
		leave, err := s.starts.acquire(ctx, s.id)
		s.address = leave.address
		return leave, err
	}
	g, err := s.starts.client.gatewayBot(ctx)
	if err != nil {
		return resume, err
	}
	s.address, resume.address = g.URL, g.URL
	return resume, nil
}

// up notes a connection that is ready.
func (s *shard) up(l *link, resumed bool) {
	if !resumed && mayResumeAt(l.session.ResumeURL, s.address, s.opts.APIURL) {
		s.resumeURL = l.session.ResumeURL
	}
	s.state.link.Store(l)
	s.log.Info("connected to Discord", "resumed", resumed)
}

// watch waits for the connection's end.
func (s *shard) watch(ctx context.Context, l *link) error {
	select {
	case <-l.ended:
		return l.why
	case <-ctx.Done():
		l.end(errStopped)
		return errStopped
	}
}

// down frees what the connection held. A session that does not close is left
// behind.
func (s *shard) down(l *link, why error) {
	s.state.link.Store(nil)
	l.end(why)
	if errors.Is(why, errLibraryOff) || !closeSession(s.session, closeTimeout) {
		s.log.Error("discordgo hung; its session is left behind", "error", why)
		s.session = nil
	}
	l.shut(why)
}

// mayResumeAt reports whether READY's address for resuming is to be used. With
// another API than Discord's, the gateway's address is always asked of that: an
// address elsewhere would lead past a proxy.
func mayResumeAt(resume, gateway, api string) bool {
	r, err := url.Parse(resume)
	if err != nil || (r.Scheme != "ws" && r.Scheme != "wss") || r.Host == "" {
		return false
	}
	g, err := url.Parse(gateway)
	return api == DefaultAPIURL || (err == nil && g.Host == r.Host)
}

// apiVersion is the version that the API's address ends in, "10" where it names
// none.
func apiVersion(api string) string {
	last := api[strings.LastIndexByte(api, '/')+1:]
	var n int
	if _, err := fmt.Sscanf(last, "v%d", &n); err == nil && n > 0 {
		return fmt.Sprint(n)
	}
	return "10"
}
