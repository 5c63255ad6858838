package terminal

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/bot"
)

var update = flag.Bool("update", false, "write what is shown into the golden files")

// TestAnswersAsShown shows every testdata/*.json, an Answer, plainly and on a
// coloured terminal of 60 columns, and compares with the files beside it.
func TestAnswersAsShown(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.json")
	if err != nil || len(names) == 0 {
		t.Fatalf("no answers to show: %v", err)
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var a bot.Answer
		if err := json.Unmarshal(raw, &a); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		base := strings.TrimSuffix(name, ".json")
		compare(t, base+".plain", &a, Style{})
		compare(t, base+".terminal", &a, Style{Colour: true, Width: 60})
	}
}

func compare(t *testing.T, golden string, a *bot.Answer, s Style) {
	t.Helper()
	var got bytes.Buffer
	if err := Write(&got, a, s); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("%s: shown as\n%s\nand not as\n%s", golden, got.String(), want)
	}
}

// TestForeignTextCannotDriveTheTerminal: no escape, bell or direction mark of an
// article reaches the screen.
func TestForeignTextCannotDriveTheTerminal(t *testing.T) {
	t.Parallel()
	bad := "a\x1b[31mb\x07c\u202ed\u2066e\x00f\x7fg\u0085h"
	a := &bot.Answer{Found: true, Statements: []bot.Statement{{Kind: "direct", Act: "said", Article: bad,
		Speaker: bot.Speaker{Name: bad, Role: bad}, Parts: []bot.Span{{Text: bad}}, Citation: bot.Citation{Title: bad, URL: bad}}}}
	var got bytes.Buffer
	if err := Write(&got, a, Style{}); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexAny(got.String(), "\x1b\x07\u202e\u2066\x00\x7f\u0085"); i >= 0 {
		t.Errorf("%q holds a control character", got.String())
	}
	if !strings.Contains(got.String(), "a␛[31mb␇c") {
		t.Errorf("%q does not show what was there", got.String())
	}
}
