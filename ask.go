package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"onrecord/bot"
	"onrecord/bot/terminal"
	"onrecord/data"
	"onrecord/data/operator"
	"onrecord/index"
)

// Default limits of an answer: what fits a screen, and what a program reads.
const (
	limitPeople = 5
	limitJSON   = 10
	maxLimit    = 100_000
)

type askCommand struct {
	JSON     bool     `help:"Print each answer as one JSON object on one line." name:"json"`
	Limit    int      `help:"At most this many statements and this many passages (5, or 10 with --json)." placeholder:"N"`
	Stale    bool     `help:"Answer from the index as it is; don't look for changes in the archive."`
	Question []string `arg:"" optional:"" help:"The question; without it, one question a line from standard input."`
}

func (a *askCommand) Help() string {
	return `Examples:
  onrecord ask "what did Ushakov say?"
  onrecord ask "what did Putin say about gas supplies?"
  onrecord ask "did Trump say “It gives us nothing”?"
  onrecord ask "where did Witkoff land?"
  onrecord ask --json < questions.txt`
}

// Run answers the question, or every line of standard input.
func (a *askCommand) Run(ctx context.Context, c *commands, s streams) error {
	defer collectSeldom()()
	if a.Limit < 0 || a.Limit > maxLimit {
		return fmt.Errorf("--limit %d: it should be from 1 to %d: %w", a.Limit, maxLimit, errUsage)
	}
	if a.Question == nil && !a.JSON && isTerminal(s.in) {
		return fmt.Errorf("ask what? For example: onrecord ask \"what did Ushakov say?\": %w", errUsage)
	}
	if c.Archive == "" {
		s.say("From the sample archive in the program. For your own articles: --archive DIR")
	}
	d := &desk{commands: c, streams: s, stale: a.Stale}
	defer d.close()
	if err := d.open(ctx); err != nil {
		return err
	}
	if a.Question != nil {
		return a.answer(ctx, d, strings.Join(a.Question, " "))
	}
	return eachLine(s.in, func(question string) error {
		if !a.JSON {
			if _, err := fmt.Fprintf(s.out, "> %s\n\n", terminal.Visible(question)); err != nil {
				return err
			}
			defer fmt.Fprintln(s.out)
		}
		return a.answer(ctx, d, question)
	})
}

// desk is where questions are answered: the open index, and the way to mend it.
type desk struct {
	*commands
	streams
	stale bool
	ix    *index.Index
	bot   *bot.Bot
	noted []operator.Note // what was said of the operator's files

	temporary string // the folder of an index that goes when the desk is closed, or ""
}

func (d *desk) open(ctx context.Context) error {
	log, err := newLog(d.err)
	if err != nil {
		return err
	}
	if d.ix, err = d.commands.open(ctx, d.streams, d.stale); err != nil {
		if err = d.openTemporary(ctx, err); err != nil {
			return err
		}
	}
	archive, err := data.OpenArchive(d.Archive)
	if err != nil {
		return err
	}
	d.bot = bot.NewEdited(d.ix, log, operator.NewWatch(archive.FS))
	return nil
}

// openTemporary answers about the sample archive, which is small, where its index has
// no place to be kept: failed says why. The index is in a temporary folder then.
func (d *desk) openTemporary(ctx context.Context, failed error) error {
	var busy *index.BusyError
	if d.Archive != "" || d.stale || d.temporary != "" || errors.As(failed, &busy) || errors.Is(failed, context.Canceled) {
		return failed
	}
	dir, err := os.MkdirTemp("", "onrecord-")
	if err != nil {
		return failed
	}
	signal.Ignore(syscall.SIGPIPE) // a reader who leaves early must not end the program before the folder is gone
	d.temporary = dir
	d.say("The index can't be kept: %s. The answer is from a temporary one.", oneLine(failed))
	elsewhere := *d.commands
	elsewhere.Index = dir
	d.commands = &elsewhere
	d.ix, err = d.commands.open(ctx, d.streams, false)
	return err
}

// close lets go of the index, to which nothing was written, and of a temporary one
// altogether.
func (d *desk) close() {
	if d.ix != nil {
		_ = d.ix.Close()
	}
	if d.temporary != "" {
		if err := os.RemoveAll(d.temporary); err != nil {
			d.say("The temporary index could not be removed: %s", oneLine(err))
		}
	}
}

// sayNotes tells what is wrong in the operator's files, once until it changes.
func (d *desk) sayNotes() {
	notes, err := d.bot.Notes()
	if err != nil || slices.Equal(notes, d.noted) {
		return // a damaged index is met, and mended, by the answer
	}
	d.noted = notes
	sayOperatorNotes(d.streams, notes[:min(len(notes), maxNotes)])
	if more := len(notes) - maxNotes; more > 0 {
		d.say("note: %d more of these: onrecord index lists all", more)
	}
}

// maxNotes is how many notes on the operator's files ask shows: about a screen.
const maxNotes = 25

// mend builds a damaged index anew from the archive.
func (d *desk) mend(ctx context.Context, fault error) error {
	d.say("%s. It is built anew from the archive.", oneLine(fault))
	archive, err := data.OpenArchive(d.Archive)
	if err != nil {
		return err
	}
	if _, err := d.update(ctx, d.streams, archive, index.Options{Full: true}, quietFor); err != nil {
		return err
	}
	_ = d.ix.Close() // it was read only
	return d.open(ctx)
}

func (a *askCommand) answer(ctx context.Context, d *desk, question string) error {
	d.sayNotes()
	answer, err := d.bot.Answer(ctx, question, a.limit())
	if errors.Is(err, index.ErrDamaged) && !a.Stale {
		if err = d.mend(ctx, err); err == nil {
			answer, err = d.bot.Answer(ctx, question, a.limit())
		}
	}
	if errors.Is(err, index.ErrDamaged) {
		return fmt.Errorf("answering: %w: ask without --stale, or run onrecord index --full", err)
	}
	if err != nil {
		return fmt.Errorf("answering: %w", err)
	}
	if a.JSON {
		return writeJSON(d.out, answer)
	}
	return terminal.Write(d.out, answer, styleOf(d.out))
}

func (a *askCommand) limit() int {
	switch {
	case a.Limit > 0:
		return a.Limit
	case a.JSON:
		return limitJSON
	}
	return limitPeople
}

// eachLine hands over the lines of a stream as they come, however long, without
// their line ends.
func eachLine(r io.Reader, each func(string) error) error {
	in := bufio.NewReader(r)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) > 0 {
			line = bytes.TrimSuffix(line, []byte("\n"))
			if err := each(string(bytes.TrimRight(line, "\r"))); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("reading questions: %w", err)
		}
	}
}

// writeJSON writes one object on one line, its text as it is.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
