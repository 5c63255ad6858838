package main

import (
	"os"
	"path/filepath"
	"testing"
)

// Offsets are characters in the annotations and bytes in what is read.
func TestReadAll(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"text/norrby.txt": "Bridge closed\n\n“Stängt,” said Ada Lund, the mayor.\n",
		"text/alone.txt":  "Nobody annotated this\n\nIt rained.\n",
		"attributions/norrby_1a.ann": "T1\tSource 30 48\tAda Lund, the mayor\nT2\tCue 25 29\tsaid\nT3\tContent 15 22;22 24\t“Stängt,”\n" +
			"T4\tAttribution 25 29\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all, err := readAll(dir, func(string) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 1 || len(all[0].Annotations) != 1 {
		t.Fatalf("got %v", all)
	}
	a, text := all[0].Annotations[0], all[0].Source
	if got := a.Cue[0].Of(text); got != "said" {
		t.Errorf("cue %q", got)
	}
	if got := a.Content[0].Of(text) + a.Content[1].Of(text); got != "“Stängt,”" {
		t.Errorf("content %q", got)
	}
	if _, err := readAll(t.TempDir(), func(string) bool { return true }); err == nil {
		t.Error("an empty folder was read")
	}
}
