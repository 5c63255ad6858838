// Package live keeps an archive answerable for as long as a program runs:
// questions are answered from the newest complete state of its index, while the
// next one is built beside it. One update runs at a time; when it has changed
// something, the new state takes over, and the old one is closed once the last
// question that reads it is answered. What changes in the archive's folder is taken
// over by watch.go. Only as many questions are worked on at a
// time as there are cores for; the others wait, and take their turns in the order
// in which they came.
package live

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"onrecord/bot"
	"onrecord/data"
	"onrecord/data/operator"
	"onrecord/data/quote"
	"onrecord/index"
)

var (
	// ErrUpdating: an update is running already.
	ErrUpdating = errors.New("the index is being updated already")
	// ErrNotReady: there is no complete state to answer from yet.
	ErrNotReady error = notReady("the archive is being read for the first time")
	// ErrMending: there is none because it was damaged. It is an ErrNotReady.
	ErrMending error = notReady("the index was damaged and is being built anew from the archive")
)

type notReady string

func (e notReady) Error() string { return string(e) }

func (e notReady) Is(target error) bool { return target == ErrNotReady }

// Archive answers questions from the newest state of an index. It is safe for
// concurrent use.
type Archive struct {
	archive   data.Archive
	dir       string
	extractor *quote.Extractor
	files     *operator.Watch
	log       *slog.Logger

	updating sync.Mutex                     // held while an update runs
	at       atomic.Pointer[index.Progress] // how far it is; nil while none runs

	// turns holds an element for each question that is worked on. More than there
	// are cores would make all of them slower and none sooner, take memory, and
	// keep those waiting who are to be told that an answer is on its way.
	turns chan struct{}

	listed  atomic.Pointer[[]index.File] // the files, as they were read last; nil before
	watched atomic.Bool                  // somebody watches the folder for what changes
	names   atomic.Pointer[[]string]     // of those who said most, as they were known last

	mu     sync.RWMutex
	state  *state // nil until there is one
	none   error  // why there is none
	report index.Report
	looked time.Time // when the last update ended well
}

// state is an open index with how many read it.
type state struct {
	*bot.Bot
	ix    *index.Index
	files func() ([]index.File, error)
	users sync.WaitGroup
}

// Open makes an archive live from what the index folder holds. Where that is
// nothing that can be read, the archive is not ready until Update has run.
func Open(archive data.Archive, dir string, ex *quote.Extractor, log *slog.Logger) (*Archive, error) {
	l := &Archive{archive: archive, dir: dir, extractor: ex, files: operator.NewWatch(archive.FS), log: log,
		turns: make(chan struct{}, runtime.GOMAXPROCS(0)), none: ErrNotReady}
	l.names.Store(new([]string))
	err := l.swap()
	switch {
	case errors.Is(err, index.ErrDamaged):
		log.Error("the index is damaged; nothing is answered until it is built anew from the archive", "fault", err)
		l.none = ErrMending
		return l, nil
	case errors.Is(err, index.ErrNone), errors.Is(err, index.ErrOtherVersion):
		log.Info("there is no index to answer from yet", "reason", err)
		return l, nil
	}
	return l, err
}

// swap opens the folder's newest state and lets go of the one before.
func (l *Archive) swap() error {
	ix, err := index.Open(l.dir)
	if err != nil {
		return err
	}
	next := &state{Bot: bot.NewEdited(ix, l.log, l.files), ix: ix, files: filesOf(ix)}
	if err := next.warm(context.Background(), *l.names.Load()); err != nil {
		return errors.Join(err, ix.Close())
	}
	l.mu.Lock()
	old := l.state
	l.state = next
	l.mu.Unlock()
	go l.learnNames()
	l.release(old)
	return nil
}

// release closes a state when nobody reads it any more.
func (l *Archive) release(old *state) {
	if old == nil {
		return
	}
	old.users.Wait()
	if err := old.ix.Close(); err != nil {
		l.log.Warn("closing an old state of the index", "fault", err)
	}
}

// use calls f with the newest state, which stays open meanwhile.
func (l *Archive) use(f func(*state) error) error {
	l.mu.RLock()
	s := l.state
	if s == nil {
		defer l.mu.RUnlock()
		return l.none
	}
	s.users.Add(1)
	l.mu.RUnlock()
	defer s.users.Done()
	return f(s)
}

// work calls f as use does, when its turn has come.
func (l *Archive) work(ctx context.Context, f func(*state) error) error {
	select {
	case l.turns <- struct{}{}:
	case <-ctx.Done():
		return fmt.Errorf("waiting for a question's turn: %w", context.Cause(ctx))
	}
	defer func() { <-l.turns }()
	return l.use(f)
}

// Close lets go of the index.
func (l *Archive) Close() {
	l.mu.Lock()
	old := l.state
	l.state = nil
	l.mu.Unlock()
	l.release(old)
}

// Name is the archive's, for people.
func (l *Archive) Name() string { return l.archive.Name() }

// Ready tells whether there is a state to answer from.
func (l *Archive) Ready() bool {
	return l.use(func(*state) error { return nil }) == nil
}

// Update brings the index up to date, or with full builds it anew, and then
// answers from it. It fails at once with ErrUpdating while another one runs. On
// an error the old state goes on answering. With full, files that are gone were
// removed on purpose.
func (l *Archive) Update(ctx context.Context, full bool, progress func(index.Progress)) (index.Report, error) {
	return l.update(ctx, index.Options{Full: full, Removed: full, Progress: progress})
}

func (l *Archive) update(ctx context.Context, opt index.Options) (index.Report, error) {
	if !l.updating.TryLock() {
		return index.Report{}, ErrUpdating
	}
	defer l.updating.Unlock()
	defer l.at.Store(nil)
	opt.Progress = l.noting(opt.Progress)
	opt.Before = l.before()
	report, err := index.Update(ctx, l.dir, l.archive, l.extractor, opt)
	if err != nil {
		return report, fmt.Errorf("updating the index of %s: %w", l.archive.Name(), err)
	}
	if report.Changed() || !l.newest() {
		if err := l.swap(); err != nil {
			return report, fmt.Errorf("opening the new index: %w", err)
		}
	}
	l.mu.Lock()
	l.report, l.looked = report, time.Now()
	l.mu.Unlock()
	return report, nil
}

// before is the report of the last update, nil where there was none.
func (l *Archive) before() *index.Report {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.looked.IsZero() {
		return nil
	}
	report := l.report
	return &report
}

// newest tells whether questions are answered from the folder's live state.
func (l *Archive) newest() bool {
	return l.use(func(s *state) error {
		if !s.ix.Live() {
			return errOvertaken
		}
		return nil
	}) == nil
}

var errOvertaken = errors.New("another process has updated the index")

// Refresh answers from what another process has made of the index, where it has;
// where none has, it does nothing.
func (l *Archive) Refresh() error {
	if !l.updating.TryLock() {
		return nil // Update looks for itself
	}
	defer l.updating.Unlock()
	if l.newest() {
		return nil
	}
	err := l.swap()
	if errors.Is(err, index.ErrNone) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("opening the index that another process made: %w", err)
	}
	l.log.Info("answering from what another process made of the index")
	return nil
}

// Answer answers a question; see bot.Bot.
func (l *Archive) Answer(ctx context.Context, question string, limit int) (answer *bot.Answer, err error) {
	err = l.work(ctx, func(s *state) error {
		answer, err = s.Answer(ctx, question, limit)
		return err
	})
	return answer, err
}

// FollowUp makes one question of two; see bot.Bot.
func (l *Archive) FollowUp(previous, next string) (question string, err error) {
	err = l.use(func(s *state) error {
		question, err = s.FollowUp(previous, next)
		return err
	})
	return question, err
}

// CheckQuotes holds the quotations of a text against the archive; see bot.Bot.
func (l *Archive) CheckQuotes(ctx context.Context, text string, limit int) (all []bot.Checked, skipped int, err error) {
	err = l.work(ctx, func(s *state) error {
		all, skipped, err = s.CheckQuotes(ctx, l.extractor, text, limit)
		return err
	})
	return all, skipped, err
}

// Around is the paragraphs around one; see bot.Bot.
func (l *Archive) Around(article string, paragraph, n int) (out []bot.Passage, err error) {
	err = l.use(func(s *state) error {
		out, err = s.Around(article, paragraph, n)
		return err
	})
	return out, err
}

// CompleteSpeaker and CompleteSource go on with what somebody types; see bot.Bot.
func (l *Archive) CompleteSpeaker(typed string, n int) (out []string, err error) {
	err = l.use(func(s *state) error {
		out, err = s.CompleteSpeaker(typed, n)
		return err
	})
	return out, err
}

// CompleteSource: see CompleteSpeaker.
func (l *Archive) CompleteSource(typed string, n int) (out []string, err error) {
	err = l.use(func(s *state) error {
		out, err = s.CompleteSource(typed, n)
		return err
	})
	return out, err
}

// Size is how much the newest state holds.
func (l *Archive) Size(ctx context.Context) (size index.Size, err error) {
	err = l.use(func(s *state) error {
		size, err = s.ix.Size(ctx)
		return err
	})
	return size, err
}

// Notes are what an operator should mend in the files beside the archive; see
// bot.Bot.
func (l *Archive) Notes() (notes []operator.Note, err error) {
	err = l.use(func(s *state) error {
		notes, err = s.Notes()
		return err
	})
	return notes, err
}

// Overview is what an archive holds.
type Overview struct {
	Name        string // of the archive
	Size        index.Size
	First, Last string         // dates covered, ISO 8601 cut to what is known; "" where no article has one
	Sources     []index.Source // those with most articles first
	Speakers    int
	Checked     time.Time // when it was last held against the archive; zero if not yet
	Refused     int       // files that are no articles
	Sample      bool      // it is the sample in the program
}

// Overview tells what the newest state holds.
func (l *Archive) Overview(ctx context.Context) (o Overview, err error) {
	err = l.use(func(s *state) error {
		held, err := s.Held(ctx)
		if err != nil {
			return err
		}
		o.Size, o.Speakers = held.Size, held.Speakers
		if o.First, o.Last, err = s.ix.Covered(); err != nil {
			return err
		}
		o.Sources, err = s.ix.Sources()
		return err
	})
	l.mu.RLock()
	defer l.mu.RUnlock()
	o.Name, o.Sample, o.Checked, o.Refused = l.archive.Name(), l.archive.Sample(), l.looked, len(l.report.Refused)
	return o, err
}

// Sample tells whether the archive is the sample in the program.
func (l *Archive) Sample() bool { return l.archive.Sample() }
