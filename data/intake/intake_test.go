package intake

import (
	"errors"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"onrecord/data"
	"onrecord/data/feed"
	"onrecord/data/fetch"
)

const tide = "The tide is wrong\n\n“It was high at noon,” said Oleg Fennimarsh.\n"

// world is an archive with one article, and a host that has another.
func world(t *testing.T) (n *Intake, dir, url string) {
	t.Helper()
	dir = t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tide.txt"), []byte(tide), 0o644); err != nil {
		t.Fatal(err)
	}
	host := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte(strings.Repeat("x", len(r.URL.Path)) + "\n\n" + tide)) // another one under each path
	}))
	t.Cleanup(host.Close)
	client, err := fetch.New(fetch.Options{Delay: time.Millisecond, Allowed: []netip.AddrPort{netip.MustParseAddrPort(host.Listener.Addr().String())}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	archive, err := data.OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	return New(archive, client), dir, host.URL
}

// TestFolderInTheWay says what is wrong where the archive can't be written to.
func TestFolderInTheWay(t *testing.T) {
	t.Parallel()
	n, dir, url := world(t)
	if err := os.WriteFile(filepath.Join(dir, "added"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	var refused *Refusal
	added, err := n.Add(t.Context(), File{Name: "ebb.txt", URL: url})
	if err == nil || errors.As(err, &refused) || !strings.Contains(err.Error(), "ebb.txt") {
		t.Errorf("added %+v, %v", added, err)
	}
}

// TestArchiveIsGone says so, and takes nothing for removed.
func TestArchiveIsGone(t *testing.T) {
	t.Parallel()
	n, dir, url := world(t)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := n.Remove("tide.txt"); err == nil || errors.Is(err, ErrNoFile) {
		t.Errorf("removed: %v", err)
	}
	var refused *Refusal
	if _, err := n.Add(t.Context(), File{Name: "ebb.txt", URL: url}); err == nil || errors.As(err, &refused) {
		t.Errorf("added: %v", err)
	}
}

// TestNames keeps no sender from being told apart, and lets none lead anywhere.
func TestNames(t *testing.T) {
	t.Parallel()
	for sender, want := range map[string]string{
		"bridge.md": "bridge.md", "Bridge & tide.HTML": "Bridge-tide.HTML", "../../etc/passwd.txt": "passwd.txt", `..\..\boot.txt`: "boot.txt", ".hidden.txt": "hidden.txt",
		"міст.txt": "міст.txt", "news.tar.gz": "news.tar.gz", "...txt": "article.txt", ".txt": "article.txt", "con.txt": "article-con.txt", "LPT1.x.txt": "article-LPT1.x.txt",
		"a\x00b\u202e.txt": "a-b.txt", strings.Repeat("й", 200) + ".pdf": strings.Repeat("й", 60) + ".pdf",
	} {
		if got := fileName(sender); got != want {
			t.Errorf("%q is kept as %q, want %q", sender, got, want)
		}
	}
	if got := numbered("news.tar.gz", 3); got != "news-3.tar.gz" {
		t.Errorf("the third is %q", got)
	}
}

// FuzzNames makes of every name that is read one that is a plain file's.
func FuzzNames(f *testing.F) {
	for _, s := range []string{"a.txt", "../a.md", "a.tar.gz", "x/.", "..", "/", "a:b|c?.jsonl", "nul.html", "\xff.txt"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, sender string) {
		if !reads(sender) {
			return
		}
		for _, name := range []string{fileName(sender), numbered(fileName(sender), 2)} {
			if !fs.ValidPath(name) || strings.ContainsAny(name, `/\:*?"<>|`) || strings.HasPrefix(name, ".") || len(name) > 255 || !reads(name) ||
				strings.ContainsFunc(name, unicode.IsControl) {
				t.Errorf("%q is kept as %q", sender, name)
			}
			if data.IsContainer(name) != data.IsContainer(sender) {
				t.Errorf("%q, kept as %q, is of another format", sender, name)
			}
		}
	})
}

// TestSample refuses everything.
func TestSample(t *testing.T) {
	t.Parallel()
	archive, err := data.OpenArchive("")
	if err != nil {
		t.Fatal(err)
	}
	n := New(archive, nil)
	_, added := n.Add(t.Context(), File{Name: "a.txt", URL: "http://127.0.0.1:1/"})
	_, page := n.AddPage(t.Context(), "http://127.0.0.1:1/")
	_, removed := n.Remove("talks-in-saudi-arabia.md")
	_, back := n.PutBack(".removed/x/a.txt")
	for _, err := range []error{added, page, removed, back} {
		if !errors.Is(err, feed.ErrNoArchive) {
			t.Errorf("it says %v", err)
		}
	}
	if !n.Fixed() {
		t.Error("it can be changed")
	}
}
