package bot

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestNewestOfMany: of more statements than are read, those of the last days of the
// archive are shown, or of its first, and all others are counted.
func TestNewestOfMany(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	day := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	const articles, each = 80, 4
	for i := range articles {
		n := i * 37 % articles // paths in another order than days
		text := fmt.Sprintf("---\ntitle: Ferries\ndate: %s\n---\n\n", day.AddDate(0, 0, n).Format(time.DateOnly))
		for k := range each {
			text += fmt.Sprintf("“Ferry %d of day %d sails,” said Tamsin Plimpette.\n\n", k, n)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.md", i)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	answersFirst(t, folderBot(t, dir), []asksFirst{
		{"What did Plimpette say?", "“Ferry 0 of day 79 sails,”", articles * each},
		{"What did Plimpette last say?", "“Ferry 0 of day 79 sails,”", 0},
		{"What did Plimpette say first?", "“Ferry 0 of day 0 sails,”", 0},
		{"What did Plimpette say about ferry 2 last?", "“Ferry 2 of day 79 sails,”", 0},
		{"What did Plimpette first say?", "“Ferry 0 of day 0 sails,”", 0},
		{"What did Plimpette say in January 2031?", "“Ferry 0 of day 30 sails,”", 0},
		{"What did Plimpette say since March 2031?", "“Ferry 0 of day 79 sails,”", 0},
	})
}

// asksFirst is a question with the words that have to be shown first, and how many
// statements there have to be; 0: any number.
type asksFirst struct {
	question, first string
	all             int
}

func answersFirst(t *testing.T, b *Bot, wanted []asksFirst) {
	t.Helper()
	for _, want := range wanted {
		a, err := b.Answer(t.Context(), want.question, 5)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Statements) == 0 || a.Statements[0].Parts[0].Text != want.first {
			t.Errorf("%s is answered with %+v, not with %s: %s %q", want.question, a.Statements, want.first, a.Message, a.Understood)
		}
		if n := len(a.Statements) + a.More; want.all > 0 && n != want.all {
			t.Errorf("%s has %d statements, not %d", want.question, n, want.all)
		}
	}
}

// TestNewestOnTopic: the days at an end of the archive are those asked about, and where
// they have too little of the topic, others are looked at.
func TestNewestOnTopic(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	day := time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range 400 {
		about := []string{"ropes", "tolls"}[n%2]
		if n < 4 {
			about = "ropes and tolls"
		}
		text := fmt.Sprintf("---\ntitle: Harbour\ndate: %s\n---\n\n“The %s of day %d are dear,” said Tamsin Plimpette.\n", day.AddDate(0, 0, n).Format(time.DateOnly), about, n)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%03d.md", n)), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	answersFirst(t, folderBot(t, dir), []asksFirst{
		{"What did Plimpette last say about ropes before June 2031?", "“The ropes of day 150 are dear,”", 0},
		{"What did Plimpette first say about ropes after June 2031?", "“The ropes of day 182 are dear,”", 0},
		{"What did Plimpette last say about ropes and tolls?", "“The ropes and tolls of day 3 are dear,”", 0},
		{"What did Plimpette say before June 2031?", "“The ropes of day 150 are dear,”", 151},
		{"What did Plimpette last say about tolls in January 2032?", "“The tolls of day 395 are dear,”", 0},
	})
}
