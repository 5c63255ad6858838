package live

import (
	"context"
	"errors"
	"time"

	"onrecord/index"
)

// checkEvery is how often the whole index is held against its checksums: what a
// disk loses, it mostly loses between two looks of many months.
const checkEvery = 24 * time.Hour

// againAfter is when a check is made again that found damage while another update
// was running, so that it could not be mended.
const againAfter = time.Minute

// Watch holds the index against its checksums, now and every day, until ctx ends.
// Damage is told in the log and mended; meanwhile what is asked is answered from
// the state that is open: each record in it and each text has a checksum of its
// own, and is shown only where that is right.
func (l *Archive) Watch(ctx context.Context) {
	for {
		wait := checkEvery
		if l.Check(ctx) != nil {
			wait = againAfter
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// Check holds the index against its checksums once, and mends it. It fails where
// there is damage left.
func (l *Archive) Check(ctx context.Context) error {
	v, err := index.Verify(ctx, l.dir, true)
	switch {
	case ctx.Err() != nil, errors.Is(err, index.ErrNone), errors.Is(err, index.ErrOtherVersion):
	case errors.Is(err, index.ErrDamaged):
		l.log.Error("the index is damaged; it is built anew from the archive beside what is answered from", "fault", err)
		return l.mend(ctx, index.Options{Verify: true})
	case err != nil:
		l.log.Warn("the index could not be checked", "fault", err)
	default:
		l.log.Debug("the index is as it was written", "files", v.Files, "bytes", v.Bytes)
	}
	return nil
}

// Mend builds an index anew in which something damaged was met.
func (l *Archive) Mend(ctx context.Context) { _ = l.mend(ctx, index.Options{Full: true}) } // it is logged

func (l *Archive) mend(ctx context.Context, opt index.Options) error {
	report, err := l.update(ctx, opt)
	switch {
	case errors.Is(err, ErrUpdating), errors.Is(err, context.Canceled):
	case err != nil:
		l.log.Error("building the damaged index anew failed", "fault", err)
	default:
		l.log.Info("the damaged index was built anew", "articles", report.Articles, "took", report.Took)
	}
	return err
}
