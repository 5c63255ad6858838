package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"onrecord/bot"
	"onrecord/bot/terminal"
)

// Default limits of an answer: what fits a screen, and what a program reads.
const (
	limitPeople = 5
	limitJSON   = 10
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
	if a.Limit < 0 {
		return fmt.Errorf("--limit %d: it should be 1 or more: %w", a.Limit, errUsage)
	}
	if a.Question == nil && !a.JSON && isTerminal(s.in) {
		return fmt.Errorf("ask what? For example: onrecord ask \"what did Ushakov say?\": %w", errUsage)
	}
	ix, err := c.open(ctx, s, a.Stale)
	if err != nil {
		return err
	}
	defer ix.Close()
	b := bot.New(ix, newLog(s.err))
	if a.Question != nil {
		return a.answer(ctx, b, strings.Join(a.Question, " "), s)
	}
	return eachLine(s.in, func(question string) error { return a.answer(ctx, b, question, s) })
}

func (a *askCommand) answer(ctx context.Context, b *bot.Bot, question string, s streams) error {
	limit := a.Limit
	if limit == 0 {
		limit = limitPeople
		if a.JSON {
			limit = limitJSON
		}
	}
	answer, err := b.Answer(ctx, question, limit)
	if err != nil {
		return fmt.Errorf("answering: %w", err)
	}
	if a.JSON {
		return writeJSON(s.out, answer)
	}
	return terminal.Write(s.out, answer, styleOf(s.out))
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
