package quote_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"onrecord/data"
	"onrecord/data/quote"
)

var update = flag.Bool("update", false, "write what is found into the stories")

// TestStories reads the article of every testdata/*.txtar and compares who said
// what in it with the statements beside it. A new case is a new file: a line on
// what it shows, the article, and an empty "statements"; then
//
//	go test ./data/quote -run Stories -update
//
// fills that in, to be read before it is believed.
func TestStories(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	e := newExtractor(t)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			tell(t, e, file)
		})
	}
}

// tell compares one story, or rewrites its last file.
func tell(t *testing.T, e *quote.Extractor, file string) {
	story, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(story.Files) != 2 || story.Files[1].Name != "statements" {
		t.Fatalf("%s: want an article and its statements", file)
	}
	a, err := data.Parse(story.Files[0].Name, story.Files[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	statements := a.Statements(e)
	checkSpans(t, a.Text, statements)
	got := []byte(shown(a.Text, statements))
	want := story.Files[1].Data
	if *update {
		story.Files[1].Data = got
		if err := os.WriteFile(file, txtar.Format(story), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s\nfound:\n%s\nwant:\n%s", story.Comment, got, want)
	}
}

// shown writes statements for people to compare.
func shown(text string, all []quote.Statement) string {
	if len(all) == 0 {
		return "nobody says anything\n"
	}
	var b strings.Builder
	for i, s := range all {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s, %s: %s\n", s.Kind, s.Act, speaker(s.Speaker))
		line(&b, "role", s.Speaker.Role)
		line(&b, "mention", s.Mention.Of(text))
		line(&b, "cue", s.Cue.Of(text))
		line(&b, "to", s.Addressee.Of(text))
		line(&b, "where", s.Venue.Of(text))
		line(&b, "when", strings.TrimSpace(s.When.Of(text)+"  "+s.Date))
		if s.Turn > 0 {
			line(&b, "turn", fmt.Sprint(s.Turn))
		}
		for _, p := range s.Parts {
			line(&b, "part", p.Of(text))
		}
	}
	return b.String()
}

func speaker(s quote.Speaker) string {
	switch {
	case s.Name == "":
		return "nobody named"
	case !s.Person:
		return s.Name + " (no person)"
	}
	return s.Name
}

func line(b *strings.Builder, what, text string) {
	if text != "" {
		fmt.Fprintf(b, "    %-8s %s\n", what, text)
	}
}

func newExtractor(t testing.TB) *quote.Extractor {
	t.Helper()
	e, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	return e
}
