package feed

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write what is read into the golden files")

// TestParse reads feeds of all kinds: testdata/*.txtar hold a feed and what is
// taken of it.
func TestParse(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			a, err := txtar.ParseFile(name)
			if err != nil || len(a.Files) != 2 {
				t.Fatal(err)
			}
			got := told(Parse(a.Files[0].Data, "https://lantern.example/feeds/all"))
			if *update {
				a.Files[1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := string(a.Files[1].Data); got != want {
				t.Errorf("got\n%swant\n%s", got, want)
			}
		})
	}
}

func told(p *Parsed, err error) string {
	if err != nil {
		return fmt.Sprintln("error:", err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d unusable\n", p.Title, p.Unusable)
	for _, it := range p.Items {
		day := "no date"
		if !it.Published.IsZero() {
			day = it.Published.Format(time.RFC3339)
		}
		fmt.Fprintf(&b, "%s | %s | %s | %s\n", it.ID, it.Link, it.Title, day)
	}
	return b.String()
}

// TestParseGarbage says that what is no feed is none.
func TestParseGarbage(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"", "words", "<html><body>404", "{}", "[]", "null", `{"version": 1}`, "\x00\x01\x02", "<rss", "<feed xmlns='http://www.w3.org/2005/Atom'><entry>", "\xff\xfe<"} {
		if p, err := Parse([]byte(raw), "https://lantern.example/"); err == nil && len(p.Items) > 0 || err != nil && !errors.Is(err, ErrNoFeed) {
			t.Errorf("%q: %v, %v", raw, p, err)
		}
	}
}

// TestParseMany takes so many items and says how many it left.
func TestParseMany(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(`<rss version="2.0"><channel>`)
	for n := range maxItems + 3 {
		fmt.Fprintf(&b, "<item><link>/%d</link></item>", n)
	}
	b.WriteString("</channel></rss>")
	p, err := Parse([]byte(b.String()), "https://lantern.example/")
	if err != nil || len(p.Items) != maxItems || p.Unusable != 3 {
		t.Errorf("%d items, %d left: %v", len(p.Items), p.Unusable, err)
	}
}

// FuzzParse: what any feed gives are links that can be asked for and ids that fit.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(a.Files[0].Data)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		p, err := Parse(raw, "https://lantern.example/feed")
		if err != nil {
			return
		}
		for _, it := range p.Items {
			if !strings.HasPrefix(it.Link, "http://") && !strings.HasPrefix(it.Link, "https://") {
				t.Fatalf("link %q", it.Link)
			}
			if it.ID == "" || len(it.ID) > maxID || len(it.Title) > maxTitle {
				t.Fatalf("id %q, title %q", it.ID, it.Title)
			}
		}
	})
}
