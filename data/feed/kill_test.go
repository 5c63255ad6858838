package feed_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/data/feed"
	"onrecord/data/fetch"
)

// storeInto names, in the environment of a child of the tests, the archive that it
// stores pages into until it is killed.
const storeInto = "ONRECORD_TEST_STORE_INTO"

// pageEnd is how each of its pages ends.
const pageEnd = "<p>the end</html>"

// storeForever stores pages, telling of each when it is stored.
func storeForever(dir string) error {
	store, err := feed.NewStore(dir)
	if err != nil {
		return err
	}
	body := []byte("<html>" + strings.Repeat("<p>The tide is wrong.</p>\n", 20_000) + pageEnd)
	for n := 0; ; n++ {
		link := fmt.Sprintf("https://lantern.example/%d/story-%d", os.Getpid(), n)
		name, err := store.Keep(feed.Item{Link: link}, &fetch.Page{URL: link, ContentType: "text/html", Body: body})
		if err != nil {
			return err
		}
		fmt.Println(name)
	}
}

// TestKilled kills a process that stores pages, again and again: what it told of is
// there, and every page in the archive is whole.
func TestKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for n := range 10 {
		child := exec.CommandContext(t.Context(), self)
		child.Env = append(os.Environ(), storeInto+"="+dir)
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		told := bufio.NewScanner(out)
		for range n + 1 {
			if !told.Scan() {
				t.Fatal("it stored nothing")
			}
			if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(told.Text()))); err != nil {
				t.Error(err)
			}
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = child.Wait() // it was killed
	}
	whole := 0
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		raw, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
		if !bytes.HasSuffix(raw, []byte(pageEnd)) {
			t.Errorf("%s ends after %d bytes", name, len(raw))
		}
		whole++
		return err
	})
	if err != nil || whole < 55 {
		t.Errorf("%d pages are there: %v", whole, err)
	}
}

// correctIn names, in the environment of a child of the tests, the archive in which it
// corrects a page until it is killed.
const correctIn = "ONRECORD_TEST_CORRECT_IN"

// corrected is the page that it corrects.
const corrected = "feeds/lantern.example/story.html"

// correctForever puts version after version of a page in its place, telling of each
// when it is there.
func correctForever(dir string) error {
	store, err := feed.NewStore(dir)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		text := fmt.Sprintf("%d-%d", os.Getpid(), n)
		if _, err := store.Replace(corrected, []byte("<html>"+text+strings.Repeat("<p>The tide is wrong.</p>\n", 20_000)+pageEnd), time.Now()); err != nil {
			return err
		}
		fmt.Println(text)
	}
}

// TestKilledCorrecting kills a process that puts corrected pages in others' places,
// again and again: the page is whole, and so is every earlier version, none missing.
func TestKilledCorrecting(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	page := filepath.Join(dir, filepath.FromSlash(corrected))
	self, err := os.Executable()
	if err := errors.Join(err, os.MkdirAll(filepath.Dir(page), 0o755), os.WriteFile(page, []byte("<html>first"+pageEnd), 0o644)); err != nil {
		t.Fatal(err)
	}
	versions := []string{"first"}
	for n := range 8 {
		child := exec.CommandContext(t.Context(), self)
		child.Env = append(os.Environ(), correctIn+"="+dir)
		out, err := child.StdoutPipe()
		if err := errors.Join(err, child.Start()); err != nil {
			t.Fatal(err)
		}
		told := bufio.NewScanner(out)
		for range n%3 + 1 {
			if !told.Scan() {
				t.Fatal("it corrected nothing")
			}
			versions = append(versions, told.Text())
		}
		_ = child.Process.Kill()
		_ = child.Wait() // it was killed
	}
	earlier, err := filepath.Glob(filepath.Join(filepath.Dir(page), ".earlier", "story-*.html"))
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]bool{}
	for _, name := range append(earlier, page) {
		raw, err := os.ReadFile(name)
		text, _, _ := strings.Cut(strings.TrimPrefix(string(raw), "<html>"), "<")
		if err != nil || !strings.HasSuffix(string(raw), pageEnd) {
			t.Errorf("%s ends after %d bytes: %v", name, len(raw), err)
		}
		have[text] = true
	}
	for _, v := range versions {
		if !have[v] {
			t.Errorf("version %s is lost", v)
		}
	}
}
