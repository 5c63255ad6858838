package data_test

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
)

var update = flag.Bool("update", false, "write what is read into the stories")

// TestStories reads the article of every testdata/*.txtar and compares what each
// of its lines was taken for. A new case is a new file: a line on what it shows,
// the article, and an empty "read"; then
//
//	go test ./data -run Stories -update
//
// fills that in, to be looked over before it is believed.
func TestStories(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			tell(t, file)
		})
	}
}

// tell compares one story, or rewrites its last file.
func tell(t *testing.T, file string) {
	story, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(story.Files) != 2 || story.Files[1].Name != "read" {
		t.Fatalf("%s: want an article and what is read of it", file)
	}
	a, err := data.Parse(story.Files[0].Name, story.Files[0].Data)
	if err != nil {
		t.Fatal(err)
	}
	checkParagraphs(t, a)
	got, want := []byte(shown(a)), story.Files[1].Data
	if *update {
		story.Files[1].Data = got
		if err := os.WriteFile(file, txtar.Format(story), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s\nread:\n%s\nwant:\n%s", story.Comment, got, want)
	}
}

// shown writes an article for people to compare; long lines are cut.
func shown(a *data.Article) string {
	var b strings.Builder
	for _, f := range [][2]string{
		{"title", a.Title}, {"author", a.Author}, {"source", a.Source}, {"date", a.Date}, {"url", a.URL}, {"language", strings.TrimPrefix(a.Language, data.English)},
		{"note", strings.Join(a.Notes, "; ")},
	} {
		if f[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", f[0], f[1])
		}
	}
	b.WriteByte('\n')
	for _, p := range a.Paragraphs {
		line := []rune(a.Text[p.Start:p.End])
		fmt.Fprintf(&b, "%2d %-10s %s\n", p.Number, p.Role, string(line[:min(len(line), 60)]))
	}
	return b.String()
}
