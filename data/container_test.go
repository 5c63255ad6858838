package data_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"onrecord/data"
)

// inside is a file of an archive that a test makes.
type inside struct{ name, content string }

func zipped(t testing.TB, files ...inside) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		f.into(t, w)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (f inside) into(t testing.TB, w *zip.Writer) {
	t.Helper()
	out, err := w.Create(f.name)
	if err == nil {
		_, err = out.Write([]byte(f.content))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func tarred(t testing.TB, files ...inside) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	for _, f := range files {
		h := &tar.Header{Name: f.name, Mode: 0o644, Size: int64(len(f.content)), Typeflag: tar.TypeReg}
		if strings.HasPrefix(f.content, "-> ") {
			h.Typeflag, h.Linkname, h.Size, f.content = tar.TypeSymlink, f.content[3:], 0, ""
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(f.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Close(), z.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// listed is what a container holds: a path and a title a line, or why it is
// refused.
func listed(t *testing.T, name string, raw []byte) (string, error) {
	t.Helper()
	c, err := data.OpenContainer(fstest.MapFS{name: {Data: raw}}, name)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	for item, err := range c.Items() {
		if err != nil {
			return b.String(), err
		}
		a, err := item.Parse()
		switch {
		case err != nil:
			fmt.Fprintf(&b, "%s: %v\n", item.Path, errors.Unwrap(err))
		default:
			checkParagraphs(t, a)
			fmt.Fprintf(&b, "%s: %s\n", a.Path, a.Title)
		}
	}
	return b.String(), nil
}

const weir = "The Weir Holds\n\n“It held,” said Wilm Ostrander.\n"

// TestArchives: what is in zip and tar.gz files, and what is passed over or
// refused there.
func TestArchives(t *testing.T) {
	t.Parallel()
	files := []inside{
		{"2031/a.txt", weir},
		{"2031/b.md", "# B\n\nIt held.\n"},
		{"c.html", page("", "")},
		{"wire.jsonl", `{"title":"D","text":"It held."}` + "\n" + `{"id":"x","title":"E","text":"It held."}`},
		{"picture.png", "\x89PNG"},
		{".hidden/f.txt", weir},
		{"__MACOSX/2031/a.txt", weir},
		{"empty.txt", ""},
		{"2031/a.txt", "Another\n\nText."},
		{"../../etc/out.txt", weir},
		{"/root.txt", weir},
		{`win\g.txt`, weir},
		{"more.zip", "PK"},
		{"./h.txt", weir},
	}
	const want = `N/2031/a.txt: The Weir Holds
N/2031/b.md: B
N/c.html: The Weir Holds
N/wire.jsonl#1: D
N/wire.jsonl#x: E
N/empty.txt: the file is empty
N/2031/a.txt (2): another one before it has its name or id
N/__/__/etc/out.txt: its path leads out of the archive that holds it
N/root.txt: its path leads out of the archive that holds it
N/win/g.txt: The Weir Holds
N/more.zip: an archive within an archive: unpack one of them
N/h.txt: The Weir Holds
`
	for name, raw := range map[string][]byte{"news.zip": zipped(t, files...), "news.tar.gz": tarred(t, files...), "NEWS.TGZ": tarred(t, files...)} {
		got, err := listed(t, name, raw)
		if wanted := strings.ReplaceAll(want, "N/", name+"/"); err != nil || got != wanted {
			t.Errorf("%v\nfound:\n%s\nwant:\n%s", err, got, wanted)
		}
	}
}

// TestLinksInArchivesAreNotFollowed: a link has no content of its own.
func TestLinksInArchivesAreNotFollowed(t *testing.T) {
	t.Parallel()
	got, err := listed(t, "a.tgz", tarred(t, inside{"a.txt", weir}, inside{"b.txt", "-> /etc/passwd"}))
	if err != nil || got != "a.tgz/a.txt: The Weir Holds\n" {
		t.Errorf("found %q, %v", got, err)
	}
}

// TestContainersAreRefused with the reason, bombs before they go off.
func TestContainersAreRefused(t *testing.T) {
	t.Parallel()
	good := zipped(t, inside{"a.txt", weir})
	shifted := tarred(t, inside{"a.txt", weir})
	shifted[len(shifted)-6] ^= 0x55
	var bomb []inside
	for i := range 16 {
		bomb = append(bomb, inside{fmt.Sprintf("%d.txt", i), strings.Repeat("a", 8<<20)})
	}
	for name, c := range map[string]struct {
		file string
		raw  []byte
		want error
	}{
		"empty":              {"a.zip", nil, data.ErrEmpty},
		"no zip":             {"a.zip", []byte(weir), data.ErrDamaged},
		"a zip cut off":      {"a.zip", good[:len(good)-10], data.ErrDamaged},
		"nothing to read":    {"a.zip", zipped(t, inside{"a.png", "x"}), data.ErrNone},
		"a zip bomb":         {"a.zip", zipped(t, bomb...), data.ErrBomb},
		"no tar.gz":          {"a.tar.gz", []byte(weir), data.ErrDamaged},
		"a tar.gz cut off":   {"a.tgz", shifted[:len(shifted)/2], data.ErrDamaged},
		"a tar.gz that lies": {"a.tgz", shifted, data.ErrDamaged},
		"a tar.gz bomb":      {"a.tgz", tarred(t, bomb...), data.ErrBomb},
		"not there":          {"b", nil, fs.ErrNotExist},
	} {
		fsys := fstest.MapFS{c.file: {Data: c.raw}}
		file := c.file
		if file == "b" {
			file = "gone.zip"
		}
		if _, err := data.OpenContainer(fsys, file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, not %v", name, err, c.want)
		}
	}
	if _, err := data.Parse("a.zip", good); !errors.Is(err, data.ErrHolder) {
		t.Errorf("a container is an article: %v", err)
	}
}

// TestAMemberThatIsDamaged is refused, and the others are read.
func TestAMemberThatIsDamaged(t *testing.T) {
	t.Parallel()
	raw := zipped(t, inside{"a.txt", weir + strings.Repeat("The canal is long.\n", 200)}, inside{"b.txt", weir}, inside{"c.txt", strings.Repeat("c", data.MaxFile+1)})
	raw[60] ^= 0xff
	got, err := listed(t, "a.zip", raw)
	if err != nil || !strings.HasPrefix(got, "a.zip/a.txt: it is damaged or cut off") || !strings.Contains(got, "a.zip/b.txt: The Weir Holds\n") || !strings.Contains(got, "a.zip/c.txt: the file is larger") {
		t.Errorf("found %q, %v", got, err)
	}
}

// TestJSONLines: an article a line, by its id or number.
func TestJSONLines(t *testing.T) {
	t.Parallel()
	raw := strings.Join([]string{
		"\ufeff" + `{"title":"The Weir Holds","author":["Gerta Pellam","Bo Gus"],"source":"The Lantern","date":"4 March 2031","url":"https://l.example/a","language":"en-GB","text":"“It held,” he said.\r\nIt was old.\n\n  \nEnd."}`,
		"",
		`{"id":"2031/ferry.txt","title":"Ferries","body":"They stop.","text":""}`,
		`{"id":17,"title":"Seventeen","text":"Text.","extra":[1]}`,
		`{"id":" odd\n","title":"Odd","text":"Text."}`,
		`{"id":17,"title":"Again","text":"Text."}`,
		`{"title":"No text"}`,
		`{"title":`,
		`[1]`,
		`{"title":7,"text":"A number for a title."}`,
		`{"title":"Last","text":"Text."}`,
	}, "\n")
	const want = `w.jsonl#1: The Weir Holds
w.jsonl#2031/ferry.txt: Ferries
w.jsonl#17: Seventeen
w.jsonl#5: Odd
w.jsonl#17 (2): another one before it has its name or id
w.jsonl#7: it has no article's text: a string in the field text or body
w.jsonl#8: it is no JSON object of an article's fields: unexpected end of JSON input
w.jsonl#9: it is no JSON object of an article's fields: it is a JSON array
w.jsonl#10: it is no JSON object of an article's fields: its field title is a JSON number
w.jsonl#11: Last
`
	got, err := listed(t, "w.jsonl", []byte(raw))
	if err != nil || got != want {
		t.Errorf("%v\nfound:\n%s\nwant:\n%s", err, got, want)
	}
	c, err := data.OpenContainer(fstest.MapFS{"w.jsonl": {Data: []byte(raw)}}, "w.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for item := range c.Items() {
		a, err := item.Parse()
		if err != nil {
			t.Fatal(err)
		}
		fields := []string{a.Text, a.Author, a.Source, a.Date, a.URL, a.Language}
		if want := []string{"The Weir Holds\n“It held,” he said.\nIt was old.\nEnd.\n", "Gerta Pellam, Bo Gus", "The Lantern", "2031-03-04", "https://l.example/a", "en"}; !slices.Equal(fields, want) {
			t.Errorf("read %q, want %q", fields, want)
		}
		break
	}
}

// TestALineThatIsTooLong is refused, and the next one is read.
func TestALineThatIsTooLong(t *testing.T) {
	t.Parallel()
	got, err := listed(t, "w.jsonl", []byte(`{"text":"`+strings.Repeat("a", data.MaxFile)+"\"}\n"+`{"title":"T","text":"Text."}`))
	if err != nil || !strings.HasPrefix(got, "w.jsonl#1: the file is larger") || !strings.HasSuffix(got, "w.jsonl#2: T\n") {
		t.Errorf("found %q, %v", got, err)
	}
}

// TestInside parts an article's path from its container's.
func TestInside(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"in/news.zip/2031/a.html": "in/news.zip", "wire.jsonl#12": "wire.jsonl", "a.tgz/w.jsonl#x": "a.tgz",
		"news.zip": "", "news.zip#1": "", "wire.jsonl/a": "", "a/b.txt": "", "": "",
	} {
		if got, ok := data.Inside(path); got != want || ok != (want != "") {
			t.Errorf("%q is in %q, not %q", path, got, want)
		}
	}
}
