package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"onrecord/bot"
	"onrecord/bot/terminal"
	"onrecord/data"
	"onrecord/data/quote"
)

type quotesCommand struct {
	JSON  bool     `help:"Print each statement as one JSON object on one line." name:"json"`
	Files []string `arg:"" name:"file" help:"Articles in any format that is read, or files that hold them."`
}

func (q *quotesCommand) Help() string {
	return `Shows what is understood of the files themselves, whatever archive they lie in:
statements that a corrections.yaml hides or gives to others are shown as in the
article.

Examples:
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
	Files []string `arg:"" name:"file" help:"Articles in any format that is read, or files that hold them."`
}

// Run prints the text that offsets refer to. Where a file holds articles, a line
// with its path stands above each; one named alone is printed alone.
func (t *textCommand) Run(s streams) error {
	return eachFile(t.Files, s, func(name string, a *data.Article) error {
		text := a.Text
		if !slices.Contains(t.Files, name) {
			text = fmt.Sprintf("==> %s <==\n%s", terminal.Visible(name), text)
		}
		_, err := io.WriteString(s.out, text)
		return err
	})
}

// eachFile reads files one by one, and goes on after one that can't be read.
func eachFile(names []string, s streams, each func(string, *data.Article) error) error {
	failed := 0
	for _, name := range names {
		bad := false
		for a, err := range articlesOf(name) {
			if err == nil {
				if err := each(a.Path, a); err != nil {
					return err
				}
				continue
			}
			var path *os.PathError
			if errors.As(err, &path) {
				err = fmt.Errorf("%s: %w", name, path.Err)
			}
			s.say("onrecord: %s", oneLine(err))
			bad = true
		}
		if bad {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d files could not be read", failed, len(names))
	}
	return nil
}

// articlesOf are the articles of a file: itself, those that it holds, or the one
// of these that its name means ("news.zip/a.html", "wire.jsonl#12"). Their paths
// begin as the name does.
func articlesOf(name string) iter.Seq2[*data.Article, error] {
	return func(yield func(*data.Article, error) bool) {
		file := name
		if holder, ok := data.Inside(filepath.ToSlash(name)); ok && isFile(holder) {
			file = holder
		}
		dir, base := filepath.Split(file)
		fsys := os.DirFS(cmp.Or(dir, "."))
		if !data.IsContainer(base) {
			a, _, err := data.Read(fsys, base)
			if a != nil {
				a.Path = name
			}
			yield(a, err)
			return
		}
		c, err := data.OpenContainer(fsys, base)
		if err != nil {
			yield(nil, err)
			return
		}
		found := false
		for item, err := range c.Items() {
			path := dir + item.Path
			if err == nil && file != name && filepath.ToSlash(path) != filepath.ToSlash(name) {
				continue
			}
			found = true
			if !yield(parsed(item, path, err)) {
				return
			}
		}
		if !found {
			yield(nil, fmt.Errorf("reading %s: %s holds no such article", name, file))
		}
	}
}

func parsed(item data.Item, path string, err error) (*data.Article, error) {
	if err != nil {
		return nil, err
	}
	a, err := item.Parse()
	if a != nil {
		a.Path = path
	}
	return a, err
}

// isFile tells whether a file of this name is there.
func isFile(name string) bool {
	info, err := os.Stat(filepath.FromSlash(name))
	return err == nil && info.Mode().IsRegular()
}
