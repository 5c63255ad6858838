package feed

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/data/fetch"
)

func newStore(t *testing.T) (*Store, string) {
	t.Helper()
	dir := t.TempDir()
	s, err := NewStore(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s, dir
}

func page(body string) *fetch.Page {
	return &fetch.Page{URL: "https://lantern.example/bridge", ContentType: "text/html", Body: []byte(body)}
}

// files are all files below a folder.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, name)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestKeep stores a page once, and never over what is there.
func TestKeep(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	item := Item{Link: "https://lantern.example/bridge", Published: time.Date(2031, 4, 2, 0, 0, 0, 0, time.UTC)}
	name, err := s.Keep(item, page("<p>first"))
	if err != nil {
		t.Fatal(err)
	}
	item.Published = item.Published.AddDate(0, 0, 1) // the feed's date was corrected
	again, err := s.Keep(item, page("<p>second"))
	if err != nil || again != name {
		t.Errorf("stored as %s, then as %s: %v", name, again, err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil || !strings.HasSuffix(string(raw), "<p>first") {
		t.Errorf("it holds %q: %v", raw, err)
	}
	if got := files(t, dir); len(got) != 1 || got[0] != name {
		t.Errorf("the archive holds %v", got)
	}
	if has, err := s.Has("https://lantern.example/bridge?utm_source=x"); has != name || err != nil {
		t.Errorf("it is found as %q: %v", has, err)
	}
}

// TestKeepInside writes nothing outside of the archive, whatever links lie in it.
func TestKeepInside(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(dir, "feeds")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if name, err := s.Keep(Item{Link: "https://lantern.example/bridge"}, page("x")); err == nil {
		t.Errorf("stored as %s", name)
	}
	if got := files(t, outside); len(got) > 0 {
		t.Errorf("outside there are %v", got)
	}
}

// TestUnfinished removes what a killed run left, when it is nobody's any more.
func TestUnfinished(t *testing.T) {
	t.Parallel()
	s, dir := newStore(t)
	folder := filepath.Join(dir, "feeds", "lantern.example")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, age := range map[string]time.Duration{".onrecord-OLD": 2 * time.Hour, ".onrecord-NEW": time.Minute, ".else": 2 * time.Hour} {
		file := filepath.Join(folder, name)
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-age)
		if err := os.Chtimes(file, then, then); err != nil {
			t.Fatal(err)
		}
	}
	name, err := s.Keep(Item{Link: "https://lantern.example/bridge"}, page("x"))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(files(t, folder), " "); got != ".else .onrecord-NEW "+filepath.Base(name) {
		t.Errorf("there are %s", got)
	}
}

// TestNoArchive says what is needed where there is nothing to store into.
func TestNoArchive(t *testing.T) {
	t.Parallel()
	if _, err := NewStore(""); !errors.Is(err, ErrNoArchive) || !strings.Contains(err.Error(), "ARCHIVE_DIR") {
		t.Errorf("it says: %v", err)
	}
	s, err := NewStore(filepath.Join(t.TempDir(), "gone"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Keep(Item{Link: "https://lantern.example/bridge"}, page("x")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it says: %v", err)
	}
}
