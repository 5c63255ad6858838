package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"onrecord/bot"
	"onrecord/bot/terminal"
	"onrecord/data"
	"onrecord/data/quote"
)

type quotesCommand struct {
	JSON  bool     `help:"Print each statement as one JSON object on one line." name:"json"`
	Files []string `arg:"" name:"file" help:"Articles, .txt or .md."`
}

func (q *quotesCommand) Help() string {
	return `Examples:
  onrecord quotes article.txt
  onrecord quotes --json articles/*.txt > statements.jsonl`
}

// Run shows the statements of each file. A file that can't be read is named,
// and the others are shown all the same.
func (q *quotesCommand) Run(s streams) error {
	ex, err := quote.New()
	if err != nil {
		return err
	}
	return eachFile(q.Files, s, func(name string, a *data.Article) error {
		all := []bot.Statement{}
		for _, st := range a.Statements(ex) {
			all = append(all, bot.FromArticle(name, a, st))
		}
		switch {
		case a.Language != data.English:
			s.say("%s: it is in %s: who said what is told in English articles only", terminal.Visible(name), data.LanguageName(a.Language))
		case len(all) == 0 && !q.JSON:
			s.say("%s: no statements found", terminal.Visible(name))
		}
		if !q.JSON {
			return terminal.Write(s.out, &bot.Answer{Found: true, Statements: all}, styleOf(s.out))
		}
		for _, st := range all {
			if err := writeJSON(s.out, st); err != nil {
				return err
			}
		}
		return nil
	})
}

type textCommand struct {
	Files []string `arg:"" name:"file" help:"Articles, .txt or .md."`
}

// Run prints the text that offsets refer to.
func (t *textCommand) Run(s streams) error {
	return eachFile(t.Files, s, func(_ string, a *data.Article) error {
		_, err := io.WriteString(s.out, a.Text)
		return err
	})
}

// eachFile reads files one by one, and goes on after one that can't be read.
func eachFile(names []string, s streams, each func(string, *data.Article) error) error {
	failed := 0
	for _, name := range names {
		dir, base := filepath.Split(name)
		if dir == "" {
			dir = "."
		}
		a, _, err := data.Read(os.DirFS(dir), base)
		if err != nil {
			var path *os.PathError
			if errors.As(err, &path) {
				err = fmt.Errorf("%s: %w", name, path.Err)
			}
			s.say("onrecord: %s", oneLine(err))
			failed++
			continue
		}
		if err := each(name, a); err != nil {
			return err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d files could not be read", failed, len(names))
	}
	return nil
}
