package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"onrecord/bot/live"
	"onrecord/data"
	"onrecord/data/feed"
	"onrecord/data/fetch"
	"onrecord/data/intake"
	"onrecord/index"
)

// This file holds what comes into the archive from the web: the feeds beside a
// server, and `onrecord fetch`.

// feedsFile is where, in the index folder, it is remembered what was done of each
// feed.
const feedsFile = "feeds.json"

// feedSettings are FEEDS and what belongs to it.
type feedSettings struct {
	urls     []string
	interval time.Duration
	contact  string
}

func readFeedSettings(e *environment) feedSettings {
	return feedSettings{urls: e.feeds("FEEDS"), interval: e.duration("FEED_INTERVAL", feed.DefaultInterval, feed.MinInterval), contact: e.contact("FEED_CONTACT")}
}

// feeding reads feeds beside a server.
type feeding struct {
	reader *feed.Reader
	client *fetch.Client
	stored chan struct{} // holds something while the archive has files that the index may not have
}

// feeds makes ready what the settings name; nil where they name no feeds.
func (c *commands) feeds(settings feedSettings, web fetch.Options, log *slog.Logger) (*feeding, error) {
	if len(settings.urls) == 0 {
		return nil, nil
	}
	if settings.contact == "" {
		log.Warn("FEED_CONTACT is empty: sites that are asked for feeds cannot tell whom to write to")
	}
	archive, err := data.OpenArchive(c.Archive)
	if err != nil {
		return nil, err
	}
	dir, err := c.indexDir(archive)
	if err != nil {
		return nil, err
	}
	web.Contact = settings.contact
	client, err := fetch.New(web)
	if err != nil {
		return nil, err
	}
	f := &feeding{client: client, stored: make(chan struct{}, 1)}
	f.reader, err = feed.New(feed.Options{Feeds: settings.urls, Dir: archive.Dir, State: filepath.Join(dir, feedsFile),
		Interval: settings.interval, Client: client, Log: log, Stored: f.tell, Corrects: corrects})
	if err != nil {
		return nil, fmt.Errorf("FEEDS is set: %w", err)
	}
	return f, nil
}

// corrects tells whether a page says other words than the one that is stored: what
// else changes in a page from day to day, its menus and advertisements, is no
// correction. Neither is what is no article, and what has less than half of it, as the
// page that asks for a subscription.
func corrects(name string, stored, page []byte) bool {
	now, err := data.Parse(name, page)
	if err != nil {
		return false
	}
	was, err := data.Parse(name, stored)
	if err != nil {
		return true
	}
	return now.Text != was.Text && 2*len(now.Text) >= len(was.Text)
}

// states are how the feeds are.
func (f *feeding) states() []feed.State {
	if f == nil {
		return nil
	}
	return f.reader.States()
}

// intake is how admins put articles into the archive. It asks web sites through the
// feeds' client, where there is one, so that no site is asked by both at once.
func (c *commands) intake(feeds *feeding, web fetch.Options) (*intake.Intake, error) {
	archive, err := data.OpenArchive(c.Archive)
	if err != nil {
		return nil, err
	}
	if feeds != nil {
		return intake.New(archive, feeds.client), nil
	}
	client, err := fetch.New(web)
	if err != nil {
		return nil, err
	}
	return intake.New(archive, client), nil
}

// tell notes that there are new files.
func (f *feeding) tell() {
	select {
	case f.stored <- struct{}{}:
	default: // it is noted already
	}
}

// run reads the feeds, and brings the index up to date with what they gave, until
// ctx ends.
func (f *feeding) run(ctx context.Context, archive *live.Archive, log *slog.Logger) {
	if f == nil {
		return
	}
	defer f.client.Close()
	var both sync.WaitGroup
	both.Go(func() { f.reader.Run(ctx) })
	both.Go(func() {
		for {
			select {
			case <-f.stored:
				updateForFeeds(ctx, archive, log)
			case <-ctx.Done():
				return
			}
		}
	})
	both.Wait()
}

// updateForFeeds brings the index up to date. An update that runs already may have
// looked before the new files were there, so that it is waited for.
func updateForFeeds(ctx context.Context, archive *live.Archive, log *slog.Logger) {
	report, err := archive.Update(ctx, false, func(index.Progress) {})
	for errors.Is(err, live.ErrUpdating) || isBusy(err) {
		if !pause(ctx, busyEvery) {
			return
		}
		report, err = archive.Update(ctx, false, func(index.Progress) {})
	}
	switch {
	case errors.Is(err, context.Canceled):
	case err != nil:
		log.Error("what the feeds gave is in the archive, but not in the index", "fault", err)
	case !report.Changed():
		log.Debug("what the feeds gave was in the index") // who watches the folder was faster
	default:
		log.Info("what the feeds gave is in the index", "added", report.Added, "refused", len(report.Refused))
	}
}

type fetchCommand struct {
	URLs []string `arg:"" name:"url" help:"Addresses of web pages."`
}

func (*fetchCommand) Help() string {
	return `Stores each page as a file of the archive, in its folder "feeds", and prints its path
there. A page that is stored already is not asked for again.

Example:
  onrecord fetch --archive my-articles https://ledger.example/bridge`
}

// Run stores pages; one that can't be had keeps none of the others out.
func (f *fetchCommand) Run(ctx context.Context, c *commands, s streams) error {
	e := &environment{get: os.Getenv}
	contact := e.contact("FEED_CONTACT")
	if e.err != nil {
		return e.err
	}
	archive, err := data.OpenArchive(c.Archive)
	if err != nil {
		return err
	}
	store, err := feed.NewStore(archive.Dir)
	if err != nil {
		return err
	}
	client, err := fetch.New(fetch.Options{Contact: contact})
	if err != nil {
		return err
	}
	defer client.Close()
	failed := 0
	for _, url := range f.URLs {
		file, _, err := store.Add(ctx, client, fetch.Request{URL: url, Asked: true}, feed.Item{ID: url, Link: url})
		if err == nil {
			_, err = fmt.Fprintln(s.out, file)
		}
		if err != nil {
			failed++
			s.say("%s", oneLine(err))
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %s not stored", failed, plural(len(f.URLs), "page"))
	}
	return nil
}
