package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"onrecord/bot/live"
	"onrecord/data"
	"onrecord/data/quote"
	"onrecord/internal/cputime"
)

// serving is a program that answers from an archive.
type serving struct {
	Private  int64         // bytes of memory that no file backs, after all questions
	P50, P99 time.Duration // processor time of a question
	New      spent         // from a new article in the folder to an answer that shows it
}

// newArticle is the one that is put in. Nobody else says these words.
const (
	newArticle  = "Marsh engine\n\n“The quagmire engine hums at vespers,” said Ottoline Ferncastle, the keeper of the weir.\n"
	newQuestion = "what did Ottoline Ferncastle say?"
	newWords    = "hums at vespers"
)

// serve opens an archive as onrecord serve does, asks it, and puts an article into
// its folder, which it takes out again.
func serve(archive, ix string) (spent, any, error) {
	ctx := context.Background()
	a, err := data.OpenArchive(archive)
	if err != nil {
		return spent{}, nil, err
	}
	ex, err := quote.New()
	if err != nil {
		return spent{}, nil, err
	}
	l, err := live.Open(a, ix, ex, slog.New(slog.DiscardHandler))
	if err != nil {
		return spent{}, nil, err
	}
	defer l.Close()
	questions, err := questionsOf(archive)
	if err != nil {
		return spent{}, nil, err
	}
	var s serving
	s.P50, s.P99, err = ask(questions, func(q string) error {
		_, err := l.Answer(ctx, q, 10)
		return err
	})
	if err != nil {
		return spent{}, nil, err
	}
	debug.FreeOSMemory()
	s.Private = privateMemory()
	s.New, err = putIn(ctx, l, archive)
	return spent{}, s, err
}

// putIn measures how long a new article takes to be found, where somebody tells of it,
// as who watches the folder does.
func putIn(ctx context.Context, l *live.Archive, archive string) (spent, error) {
	const name = "measured.txt"
	file := filepath.Join(archive, name)
	defer func() {
		_ = os.Remove(file)
		_, _ = l.Update(ctx, false, nil) // the archive as it was
	}()
	l.Watcher(true, 0)
	if _, err := l.Update(ctx, false, nil); err != nil { // as at the start of a program that serves
		return spent{}, err
	}
	return timed(func() error {
		if err := os.WriteFile(file, []byte(newArticle), 0o644); err != nil {
			return err
		}
		if _, err := l.Settle(ctx, []string{name}, nil); err != nil {
			return err
		}
		answer, err := l.Answer(ctx, newQuestion, 1)
		if err != nil {
			return err
		}
		if len(answer.Statements) == 0 || !strings.Contains(answer.Statements[0].Parts[0].Text, newWords) {
			return errors.New("the new article does not answer")
		}
		return nil
	})
}

// asked is how many questions are asked.
const asked = 200

// questionsOf are questions such as people ask, of what an archive's articles say.
func questionsOf(archive string) ([]string, error) {
	a, err := data.OpenArchive(archive)
	if err != nil {
		return nil, err
	}
	ex, err := quote.New()
	if err != nil {
		return nil, err
	}
	var out []string
	entries, _ := a.List()
	for i := 0; i < asked; i++ {
		article, _, err := data.Read(a.FS, entries[i*len(entries)/asked].Path)
		if err != nil {
			return nil, err
		}
		for _, s := range article.Statements(ex) {
			words := strings.Fields(s.Parts[0].Of(article.Text))
			if s.Speaker.Name == "" || len(words) < 6 {
				continue
			}
			topic := slices.MaxFunc(words, func(x, y string) int { return len(x) - len(y) })
			out = append(out, [...]string{
				fmt.Sprintf("what did %s say?", s.Speaker.Name),
				fmt.Sprintf("what did %s say about %s?", s.Speaker.Name, strings.Trim(topic, "“”\",.")),
				fmt.Sprintf("who said “%s”?", strings.Trim(strings.Join(words[:5], " "), "“”\",.")),
				fmt.Sprintf("who talked about %s %s?", strings.Trim(topic, "“”\",."), words[3]),
			}[i%4])
			break
		}
	}
	return out, nil
}

// ask asks each question twice and takes the second time, so that what is read
// from disk once doesn't count.
func ask(questions []string, answer func(string) error) (p50, p99 time.Duration, err error) {
	var all []time.Duration
	for _, q := range questions {
		if err := answer(q); err != nil {
			return 0, 0, fmt.Errorf("%q: %w", q, err)
		}
		began := cputime.Used()
		if err := answer(q); err != nil {
			return 0, 0, fmt.Errorf("%q: %w", q, err)
		}
		all = append(all, cputime.Used()-began)
	}
	slices.Sort(all)
	return all[len(all)/2], all[len(all)*99/100], nil
}

// privateMemory is this process's memory that no file backs, in bytes; 0 where the
// system doesn't tell.
func privateMemory() int64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kilobytes int64
		if _, err := fmt.Sscanf(line, "RssAnon: %d kB", &kilobytes); err == nil {
			return kilobytes << 10
		}
	}
	return 0
}
