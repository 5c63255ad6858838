// Command onrecord answers questions from an archive of news articles with
// word-for-word quotations: who said it, and where it stands.
//
// The way of an answer through the packages, in order:
//
//	data            a file becomes an article: what is its title, what its body
//	data/operator   what the archive's operator says of people and statements
//	data/quote      the article's statements: which words, whose
//	data/sample     the articles inside the binary
//	data/fetch      pages from the web, from addresses that nobody has vouched for
//	data/feed       what is new in feeds, stored in the archive
//	index           both in a Bleve index on disk
//	bot             a question becomes an Answer
//	bot/terminal    the Answer as people read it
//	bot/live        the archive kept answerable while it is updated
//	bot/discord     the Answer on Discord
//
// This file holds the commands and wires the packages together.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"
	"github.com/joho/godotenv"
)

// Exit statuses, as the README lists them.
const (
	exitDone   = 0 // answered, or honestly nothing on record
	exitFailed = 1 // the work failed
	exitUsage  = 2 // the command line is wrong
)

const description = `Answers what somebody said from an archive of news articles, in their own words, with where they stand.

Examples:
  onrecord ask "what did Ushakov say?"
  onrecord ask "who said “It gives us nothing”?"
  onrecord ask --archive my-articles "what did Zelensky say about NATO?"
  onrecord ask --json < questions.txt > answers.jsonl
  onrecord quotes article.txt
  onrecord index --archive my-articles`

// commands is the command line.
type commands struct {
	Archive string `help:"Folder of the articles; without it, the sample archive inside the program." env:"ARCHIVE_DIR" placeholder:"DIR"`
	Index   string `help:"Folder of the index; without it, one in your cache folder for each archive." env:"INDEX_DIR" placeholder:"DIR"`

	Ask      askCommand    `cmd:"" help:"Answer a question, or one a line from standard input."`
	Quotes   quotesCommand `cmd:"" help:"Show every statement in these articles; needs no index."`
	Text     textCommand   `cmd:"" help:"Print the text of an article that all offsets refer to."`
	IndexNow indexCommand  `cmd:"" name:"index" help:"Bring the index up to date with the archive."`
	Fetch    fetchCommand  `cmd:"" help:"Store web pages as articles of the archive."`
	Serve    serveCommand  `cmd:"" help:"Run the Discord bot."`
}

// streams are what a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func (s streams) say(format string, args ...any) { fmt.Fprintf(s.err, format+"\n", args...) }

func main() {
	log.SetOutput(io.Discard) // Bleve's own remarks; what matters of them is an error here
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(status)
}

// errUsage marks errors of the command line that kong can't see.
var errUsage = errors.New("usage")

// finished ends a run that kong ended, with its status.
type finished int

// run is the program less the process around it.
func run(ctx context.Context, args []string, s streams) (status int) {
	defer func() {
		if r := recover(); r != nil {
			code, ok := r.(finished)
			if !ok {
				panic(r)
			}
			status = int(code)
		}
	}()
	if err := godotenv.Load(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		s.say("onrecord: reading the settings in .env: %s. Each line is NAME=value; see .env.example.", oneLine(err))
		return exitFailed
	}
	var c commands
	parser, err := kong.New(&c, kong.Name("onrecord"), kong.Description(description), kong.Writers(s.out, s.err),
		kong.Exit(func(code int) { panic(finished(code)) }), kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100}))
	if err != nil {
		s.say("onrecord: %s", oneLine(err))
		return exitFailed
	}
	parsed, err := parser.Parse(args)
	if err != nil && noCommand(err) {
		s.sayCommands(parser.Model)
		return exitUsage
	}
	if err != nil {
		s.say("onrecord: %s. Try: onrecord --help", strings.TrimRight(oneLine(err), "?. "))
		return exitUsage
	}
	if _, err := logLevel(); err != nil {
		s.say("onrecord: %s", err)
		return exitFailed
	}
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(&c, s)
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, errUsage):
		s.say("onrecord: %s", strings.TrimSuffix(oneLine(err), ": "+errUsage.Error()))
		return exitUsage
	case errors.Is(err, syscall.EPIPE):
		return exitDone // the reader has seen enough
	}
	s.say("onrecord: %s", oneLine(err))
	return exitFailed
}

// noCommand tells whether a command line is wrong in that it ends before a command.
func noCommand(err error) bool {
	var wrong *kong.ParseError
	return errors.As(err, &wrong) && wrong.Context.Command() == "" && strings.HasPrefix(wrong.Error(), "expected one of")
}

// sayCommands shows who gave no command which there are, and how to begin.
func (s streams) sayCommands(model *kong.Application) {
	s.say("onrecord: say which command. There are:\n")
	for _, c := range model.Children {
		s.say("  %-8s%s", c.Name, c.Help)
	}
	s.say(`
To begin with:
  onrecord ask "what did Ushakov say?"
  onrecord index --archive my-articles

All options: onrecord --help, or onrecord COMMAND --help`)
}

// oneLine is an error's text on one line.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
