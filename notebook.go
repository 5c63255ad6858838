package main

import (
	"context"
	"log/slog"
	"time"

	"onrecord/bot"
	"onrecord/data"
	"onrecord/data/operator"
	"onrecord/index"
)

// notebook logs what an operator should mend in the files beside the archive, each
// note once for as long as it stands.
type notebook struct {
	log  *slog.Logger
	said map[operator.Note]bool
}

// newNotebook makes a notebook; those of said are known already.
func newNotebook(log *slog.Logger, said []operator.Note) *notebook {
	b := &notebook{log: log, said: map[operator.Note]bool{}}
	for _, n := range said {
		b.said[n] = true
	}
	return b
}

// take logs those of the notes, which are all there are now, that were not logged yet.
func (b *notebook) take(notes []operator.Note) {
	before := b.said
	b.said = make(map[operator.Note]bool, len(notes))
	for _, n := range notes {
		if b.said[n] = true; !before[n] {
			b.log.Warn("the archive's operator should mend this", "note", n.String())
		}
	}
	if len(notes) == 0 && len(before) > 0 {
		b.log.Info("the files beside the archive are in order again")
	}
}

// notesEvery is how often it is looked whether a file beside the archive has changed.
// It costs a stat for each.
const notesEvery = 2 * time.Second

// tellNotes logs the notes as they change, until ctx ends. While there is no index to
// hold the files against, nothing is known of them.
func tellNotes(ctx context.Context, notes func() ([]operator.Note, error), book *notebook) {
	for {
		if all, err := notes(); err == nil {
			book.take(all)
		}
		if !pause(ctx, notesEvery) {
			return
		}
	}
}

// operatorNotes gives what is wrong in the files beside an archive. The index is
// opened for it only when one of them has changed.
func (c *commands) operatorNotes(archive data.Archive) func() ([]operator.Note, error) {
	files := operator.NewWatch(archive.FS)
	var known *operator.Files
	var notes []operator.Note
	return func() ([]operator.Note, error) {
		now := files.Files()
		if now == known {
			return notes, nil
		}
		dir, err := c.indexDir(archive)
		if err != nil {
			return nil, err
		}
		ix, err := index.Open(dir)
		if err != nil {
			return nil, err
		}
		defer ix.Close()
		all, err := bot.NewEdited(ix, slog.New(slog.DiscardHandler), files).Notes()
		if err == nil {
			known, notes = now, all
		}
		return all, err
	}
}
