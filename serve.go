package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"onrecord/bot/discord"
	"onrecord/bot/discord/gateway"
	"onrecord/bot/live"
	"onrecord/data"
	"onrecord/data/fetch"
	"onrecord/data/quote"
	"onrecord/index"
)

type serveCommand struct{}

func (serveCommand) Help() string {
	return `Settings are environment variables, or lines of a file .env; see .env.example.
The README tells how to make an application on Discord and invite it.

Examples:
  onrecord serve
  HTTP_ADDR=127.0.0.1:8080 onrecord serve`
}

// reportsFile is where, in the index folder, readers' reports are noted.
const reportsFile = "reports.jsonl"

// serveGC is how much the heap of a server may grow, in percent, before garbage is
// collected, instead of Go's 100, where GOGC does not say otherwise. Questions make
// much garbage beside a small heap: over 100,000 passages this takes some 50 MB
// more and saves an eighth of the CPU time; 400 would save another tenth.
const serveGC = 200

// Run answers on Discord until it is told to stop.
func (serveCommand) Run(ctx context.Context, c *commands, s streams) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(serveGC)
	}
	settings, err := discordSettings(os.Getenv)
	if err != nil {
		return err
	}
	e := &environment{get: os.Getenv}
	addr := e.address("HTTP_ADDR")
	fed := readFeedSettings(e)
	watched := readWatchSettings(e)
	if e.err != nil {
		return e.err
	}
	secrets := gateway.NewSecrets(settings.Token)
	log, err := serveLog(s, secrets)
	if err != nil {
		return err
	}
	gateway.LogLibrary(log, secrets)
	feeds, err := c.feeds(fed, fetch.Options{}, log)
	if err != nil {
		return err
	}
	archive, err := c.live(log)
	if err != nil {
		return err
	}
	defer archive.Close()
	if settings.ReportsFile, err = c.reports(); err != nil {
		return err
	}
	door, err := c.intake(feeds, fetch.Options{Contact: fed.contact})
	if err != nil {
		return err
	}
	bot, err := discord.New(discord.Options{Settings: settings, Archive: archive, Intake: door, Feeds: feeds.states, Log: log, Secrets: secrets})
	if err != nil {
		return err
	}
	stopHTTP, err := serveHTTP(addr, bot.Handler(), log)
	if err != nil {
		return err
	}
	defer stopHTTP()
	ctx, cancel := context.WithCancel(ctx)
	var beside sync.WaitGroup
	beside.Go(func() {
		watcher := watched.watcher(archive) // what changes while the archive is read is noticed
		firstUpdate(ctx, archive, log)
		if watcher != nil {
			beside.Go(func() { watcher.Run(ctx) })
		}
		follow(ctx, archive, log)
	})
	beside.Go(func() { archive.Watch(ctx) })
	beside.Go(func() { tellNotes(ctx, archive.Notes, newNotebook(log, nil)) })
	beside.Go(func() { feeds.run(ctx, archive, log) })
	err = bot.Run(ctx)
	cancel()
	beside.Wait()
	if err == nil {
		log.Info("stopped")
	}
	return err
}

// serveLog makes the log of a server, without secrets.
func serveLog(s streams, secrets *gateway.Secrets) (*slog.Logger, error) {
	log, err := newLog(s.err)
	if err != nil {
		return nil, err
	}
	return slog.New(secrets.Handler(log.Handler())), nil
}

// live opens the archive for answering while it is updated.
func (c *commands) live(log *slog.Logger) (*live.Archive, error) {
	archive, err := data.OpenArchive(c.Archive)
	if err != nil {
		return nil, err
	}
	dir, err := c.indexDir(archive)
	if err != nil {
		return nil, err
	}
	ex, err := quote.New()
	if err != nil {
		return nil, err
	}
	return live.Open(archive, dir, ex, log)
}

// reports is the file of readers' reports, in a folder that is there.
func (c *commands) reports() (string, error) {
	archive, err := data.OpenArchive(c.Archive)
	if err != nil {
		return "", err
	}
	dir, err := c.indexDir(archive)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("making the index folder: %w: name another one with --index or INDEX_DIR", err)
	}
	return filepath.Join(dir, reportsFile), nil
}

// busyEvery is how often it is looked whether another process still updates the
// index, and followEvery whether one has.
const (
	busyEvery   = 3 * time.Second
	followEvery = 30 * time.Second
)

// firstUpdate brings the index up to date; questions are answered meanwhile from
// what there is. Where another process is at it already, it waits for that one.
func firstUpdate(ctx context.Context, archive *live.Archive, log *slog.Logger) {
	last := time.Now()
	tell := func(p index.Progress) {
		if now := time.Now(); now.Sub(last) >= lineEvery {
			last = now
			log.Info("reading the archive", "done", p.Done, "of", p.Total)
		}
	}
	report, err := archive.Update(ctx, false, tell)
	for told := false; isBusy(err); told = true {
		if !told {
			log.Info("waiting until another process has updated the index", "reason", err)
		}
		if !pause(ctx, busyEvery) {
			return
		}
		report, err = archive.Update(ctx, false, tell)
	}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, live.ErrUpdating): // an admin was faster
	case err != nil:
		log.Error("the index was not brought up to date; answers are from its last complete state", "fault", err)
	default:
		tellFaults(log, report)
		log.Info("the archive is read", "articles", report.Articles, "added", report.Added, "replaced", report.Replaced,
			"removed", report.Removed, "refused", len(report.Refused), "took", report.Took.Round(time.Millisecond))
	}
}

// tellFaults logs what an operator should know of an update.
func tellFaults(log *slog.Logger, r index.Report) {
	if r.Interrupted != nil {
		log.Warn(r.Interrupted.String())
	}
	if r.Anew != "" && r.Anew != index.First {
		log.Warn("the index was built anew", "reason", r.Anew)
	}
	for _, f := range r.Faults {
		log.Warn("something of the archive could not be read", "path", f.Path, "fault", f.Err, "known before and kept", r.Keeps(f))
	}
}

func isBusy(err error) bool {
	var busy *index.BusyError
	return errors.As(err, &busy)
}

// follow takes over what other processes make of the index, until ctx ends.
func follow(ctx context.Context, archive *live.Archive, log *slog.Logger) {
	for pause(ctx, followEvery) {
		if err := archive.Refresh(); err != nil {
			log.Error("answers stay as they were", "fault", err)
		}
	}
}

// pause waits; false where ctx ends first.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}

// httpTimeout bounds reading a request and stopping; writing an answer may take
// twice as long.
const httpTimeout = 5 * time.Second

// serveHTTP serves the HTTP side until the function that it returns is called.
func serveHTTP(addr string, handler http.Handler, log *slog.Logger) (stop func(), err error) {
	if addr == "" {
		return func() {}, nil
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listening on HTTP_ADDR %q: %w: is another program there already?", addr, err)
	}
	server := &http.Server{Handler: handler, ReadHeaderTimeout: httpTimeout, ReadTimeout: httpTimeout, WriteTimeout: 2 * httpTimeout, IdleTimeout: time.Minute, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	log.Info("listening", "address", listener.Addr().String())
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the HTTP side ended", "fault", err)
		}
	}()
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), httpTimeout)
		defer cancel()
		_ = server.Shutdown(ctx) // the program is ending
	}, nil
}
