package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"onrecord/bot/terminal"
	"onrecord/data"
	"onrecord/data/operator"
	"onrecord/data/quote"
	"onrecord/data/watch"
	"onrecord/index"
)

type indexCommand struct {
	Check   bool `help:"Read every article, even one whose size and time are as before, and hold the whole index against its checksums; mend what is damaged."`
	Full    bool `help:"Build the index anew."`
	Removed bool `help:"Articles that are gone were removed on purpose, however many they are."`
	Watch   bool `help:"Go on until it is stopped, with what changes in the archive's folder."`
}

func (i *indexCommand) Help() string {
	return `Examples:
  onrecord index --archive my-articles
  onrecord index --archive my-articles --check
  onrecord index --archive my-articles --watch`
}

// Run brings the index up to date and reports what was done.
func (i *indexCommand) Run(ctx context.Context, c *commands, s streams) error {
	defer collectSeldom()()
	archive, err := data.OpenArchive(c.Archive)
	if err != nil {
		return err
	}
	var watcher *watch.Watcher // what changes while the archive is read is noticed
	if i.Watch {
		if watcher, err = c.watcher(s, archive); err != nil {
			return err
		}
	}
	report, err := c.update(ctx, s, archive, index.Options{Check: i.Check, Full: i.Full, Removed: i.Removed}, 0)
	if err != nil {
		var busy *index.BusyError
		if errors.As(err, &busy) {
			return fmt.Errorf("%w. Wait for it to end, or name another folder with --index", err)
		}
		return err
	}
	sayFaults(s, report)
	for _, r := range report.Refused {
		s.say("refused: %s: %s", terminal.Visible(r.Path), r.Reason)
	}
	for _, n := range report.Notes {
		s.say("note: %s: %s", terminal.Visible(n.Path), terminal.Visible(n.Text))
	}
	sayOthers(s, report.Others)
	operatorNotes := c.operatorNotes(archive)
	notes, err := operatorNotes()
	sayOperatorNotes(s, notes)
	if err != nil {
		return err
	}
	if i.Check {
		if err := sayChecked(s, report); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(s.out, "%s: %s. %d added, %d replaced, %d removed, %d unchanged, %d refused, in %s.\n",
		archive.Name(), plural(report.Articles, "article"), report.Added, report.Replaced, report.Removed, report.Unchanged,
		len(report.Refused), report.Took.Round(time.Millisecond))
	if watcher != nil && err == nil {
		s.say("Watching %s.", archive.Name())
		return watching(ctx, s, watcher, operatorNotes, notes)
	}
	return err
}

// sayChecked tells what --check found in the index.
func sayChecked(s streams, r index.Report) error {
	var err error
	switch v := r.Verified; {
	case len(r.Damaged) > 0:
		for _, d := range r.Damaged {
			s.say("damaged: %s", d)
		}
		_, err = fmt.Fprintf(s.out, "The index is mended: %s damaged, and it was built anew from the articles.\n", was(len(r.Damaged), "file"))
	case v.Files > 0:
		_, err = fmt.Fprintf(s.out, "The index is sound: %s of it, %s, are as they were written.\n", plural(v.Files, "file"), size(v.Bytes))
	}
	return err
}

func was(n int, noun string) string {
	if n == 1 {
		return "1 " + noun + " was"
	}
	return plural(n, noun) + " were"
}

// size is a number of bytes for people.
func size(bytes int64) string {
	const kb, mb, gb = 1e3, 1e6, 1e9
	switch b := float64(bytes); {
	case b < mb:
		return fmt.Sprintf("%.0f KB", b/kb)
	case b < gb:
		return fmt.Sprintf("%.1f MB", b/mb)
	default:
		return fmt.Sprintf("%.2f GB", b/gb)
	}
}

func sayOperatorNotes(s streams, notes []operator.Note) {
	for _, n := range notes {
		s.say("note: %s", terminal.Visible(n.String()))
	}
}

// maxOthers is how many files of formats that are not read a line names.
const maxOthers = 5

// sayOthers tells in a line which files were left out for their format.
func sayOthers(s streams, others []string) {
	if len(others) == 0 {
		return
	}
	var names []string
	for _, name := range others[:min(len(others), maxOthers)] {
		names = append(names, terminal.Visible(name))
	}
	if len(others) > maxOthers {
		names = append(names, "…")
	}
	what := "1 file of another format"
	if len(others) > 1 {
		what = fmt.Sprintf("%d files of other formats", len(others))
	}
	s.say("%s left out: %s", what, strings.Join(names, ", "))
}

func asSentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func sayFaults(s streams, r index.Report) {
	for _, f := range r.Faults {
		name := f.Path
		if name == "." {
			name = "the archive"
		}
		kept := ""
		if r.Keeps(f) {
			kept = "; what was known of it is kept"
		}
		s.say("could not read %s: %s%s", terminal.Visible(name), oneLine(f.Err), kept)
	}
}

// quietFor is how long an update may take before ask tells of it.
const quietFor = time.Second

// open makes the index ready to answer from: up to date, unless it should be
// left as it is or another process is at it.
func (c *commands) open(ctx context.Context, s streams, stale bool) (*index.Index, error) {
	archive, err := data.OpenArchive(c.Archive)
	if err != nil {
		return nil, err
	}
	dir, err := c.indexDir(archive)
	if err != nil {
		return nil, err
	}
	if !stale {
		report, err := c.update(ctx, s, archive, index.Options{}, quietFor)
		if err != nil {
			return c.openLast(s, dir, err)
		}
		sayFaults(s, report)
		if report.Articles == 0 {
			s.say("There are no articles in %s: put .txt, .md, .html or other files that are read there: see the README.", archive.Name())
			sayOthers(s, report.Others)
		}
		if n := len(report.Refused); n > 0 && report.Changed() {
			s.say("%s refused: onrecord index names them and why.", plural(n, "file"))
		}
	}
	ix, err := index.Open(dir)
	switch {
	case errors.Is(err, index.ErrNone):
		return nil, fmt.Errorf("%w for %s: ask without --stale, or run onrecord index", err, archive.Name())
	case errors.Is(err, index.ErrOtherVersion), errors.Is(err, index.ErrDamaged):
		return nil, fmt.Errorf("%w: ask without --stale, or run onrecord index --full", err)
	}
	return ix, err
}

// openLast answers from the last complete state where bringing it up to date
// failed, and says so.
func (c *commands) openLast(s streams, dir string, failed error) (*index.Index, error) {
	if errors.Is(failed, context.Canceled) {
		return nil, failed
	}
	ix, err := index.Open(dir)
	var busy *index.BusyError
	switch {
	case err == nil:
		s.say("The index was not brought up to date: %s. The answer is from its last complete state.", oneLine(failed))
		return ix, nil
	case errors.As(failed, &busy):
		return nil, fmt.Errorf("there is no complete index yet: %w. Ask again when it has ended", failed)
	}
	return nil, failed
}

// indexDir is the folder of an archive's index.
func (c *commands) indexDir(a data.Archive) (string, error) {
	if c.Index != "" {
		return c.Index, nil
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("finding a place for the index: %w: name a folder with --index or INDEX_DIR", err)
	}
	name := "sample"
	if !a.Sample() {
		sum := sha256.Sum256([]byte(a.Dir))
		name = filepath.Base(a.Dir) + "-" + hex.EncodeToString(sum[:6])
	}
	return filepath.Join(cache, "onrecord", name), nil
}

// update runs an update, telling of its progress once it takes longer than
// quiet.
func (c *commands) update(ctx context.Context, s streams, a data.Archive, opt index.Options, quiet time.Duration) (index.Report, error) {
	dir, err := c.indexDir(a)
	if err != nil {
		return index.Report{}, err
	}
	ex, err := quote.New()
	if err != nil {
		return index.Report{}, err
	}
	p := newProgress(s.err, quiet)
	opt.Progress = p.tell
	report, err := index.Update(ctx, dir, a, ex, opt)
	p.end()
	if report.Interrupted != nil {
		s.say("%s.", asSentence(report.Interrupted.String()))
	}
	if err != nil {
		return report, err
	}
	if report.Anew != "" && report.Anew != index.First {
		s.say("The index was built anew: %s.", report.Anew)
	}
	return report, nil
}

// progress shows an update: a bar on a terminal, a line now and then elsewhere.
type progress struct {
	w     io.Writer
	quiet time.Duration
	began time.Time
	last  time.Time
	bar   *progressbar.ProgressBar
}

// lineEvery is how often a line of progress is written where no bar can be.
const lineEvery = 3 * time.Second

func newProgress(w io.Writer, quiet time.Duration) *progress {
	now := time.Now()
	return &progress{w: w, quiet: quiet, began: now, last: now}
}

func (p *progress) tell(at index.Progress) {
	now := time.Now()
	if now.Sub(p.began) < p.quiet {
		return
	}
	if isTerminal(p.w) {
		if p.bar == nil {
			p.bar = progressbar.NewOptions(at.Total, progressbar.OptionSetWriter(p.w), progressbar.OptionSetDescription("indexing"),
				progressbar.OptionShowCount(), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(),
				progressbar.OptionThrottle(100*time.Millisecond))
		}
		if p.bar.GetMax() != at.Total { // a file that holds articles was opened
			p.bar.ChangeMax(at.Total)
		}
		_ = p.bar.Set(at.Done) // a bar that can't be drawn is no fault of the work
		return
	}
	if now.Sub(p.last) >= lineEvery {
		p.last = now
		fmt.Fprintf(p.w, "indexing: %d of %d articles\n", at.Done, at.Total)
	}
}

func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

// logLevel is what LOG_LEVEL sets.
func logLevel() (slog.Level, error) {
	level := slog.LevelInfo
	if set := os.Getenv("LOG_LEVEL"); set != "" {
		if err := level.UnmarshalText([]byte(set)); err != nil {
			return level, fmt.Errorf("LOG_LEVEL is %q: it should be debug, info, warn or error", set)
		}
	}
	return level, nil
}

// newLog makes the log, at the level that LOG_LEVEL sets.
func newLog(w io.Writer) (*slog.Logger, error) {
	level, err := logLevel()
	if err != nil {
		return nil, err
	}
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level})), nil
}

// isTerminal tells whether a stream is a terminal.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// styleOf is colour and wrapping for a terminal, and neither elsewhere.
func styleOf(w io.Writer) terminal.Style {
	f, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return terminal.Style{}
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil {
		width = 80
	}
	return terminal.Style{Width: width, Colour: os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"}
}
