package index

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"onrecord/data"
)

// said is an article in which Corin Wexmoor says something.
func said(words string) string {
	return "Notice of Pellworth\n\n“" + words + ",” said Corin Wexmoor, the clerk.\n"
}

func zipOf(t *testing.T, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range sortedKeys(files) {
		out, err := w.Create(name)
		if err == nil {
			_, err = out.Write([]byte(files[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// shelf is an archive that a test changes, with an index.
type shelf struct {
	*testing.T
	files fstest.MapFS
	dir   string
	clock time.Time
}

func newShelf(t *testing.T) *shelf {
	return &shelf{t, fstest.MapFS{}, t.TempDir(), time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// put writes a file, at another time each.
func (s *shelf) put(name, content string) {
	s.clock = s.clock.Add(time.Hour)
	s.files[name] = &fstest.MapFile{Data: []byte(content), Mode: 0o644, ModTime: s.clock}
}

func (s *shelf) archive() data.Archive { return data.Archive{Dir: "memory", FS: s.files} }

func (s *shelf) update(opt Options) Report {
	s.Helper()
	report, err := Update(s.Context(), s.dir, s.archive(), extractor(s), opt)
	if err != nil {
		s.Fatal(err)
	}
	return report
}

// wants an update to count so, and what is then said, by article.
func (s *shelf) wants(counts string, statements ...string) {
	s.Helper()
	r := s.update(Options{})
	got := fmt.Sprintf("%d articles, %d added, %d replaced, %d removed, %d unchanged, %d refused", r.Articles, r.Added, r.Replaced, r.Removed, r.Unchanged, len(r.Refused))
	if got != counts {
		s.Errorf("%s, not %s (%v)", got, counts, r.Refused)
	}
	if said := s.said(); !slices.Equal(said, statements) {
		s.Errorf("said: %q, not %q", said, statements)
	}
}

func (s *shelf) said() []string {
	s.Helper()
	ix, err := Open(s.dir)
	if err != nil {
		s.Fatal(err)
	}
	defer ix.Close()
	found, err := ix.Statements(s.Context(), StatementQuery{Speakers: []string{"Corin Wexmoor"}, Limit: 1000})
	if err != nil {
		s.Fatal(err)
	}
	var out []string
	for _, st := range found {
		_, text, err := ix.Text(st.Article)
		if err != nil || st.Parts[0].Of(text) != st.Words[0] {
			s.Errorf("%s: %v", st.Article, err)
		}
		out = append(out, st.Article+" "+st.Words[0])
	}
	slices.Sort(out)
	return out
}

// TestContainersFollowTheArchive: a container is one file, and each article in it
// is added, replaced and removed by itself.
func TestContainersFollowTheArchive(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.put("a.txt", said("plain"))
	s.put("n.zip", zipOf(t, map[string]string{"x/1.txt": said("one"), "x/2.txt": said("two"), "x/bad.txt": ""}))
	s.put("w.jsonl", `{"id":"k","text":"“Kay,” said Corin Wexmoor."}`+"\n"+`{"text":"“Line,” said Corin Wexmoor."}`)
	s.wants("5 articles, 5 added, 0 replaced, 0 removed, 0 unchanged, 1 refused",
		"a.txt “plain,”", "n.zip/x/1.txt “one,”", "n.zip/x/2.txt “two,”", "w.jsonl#2 “Line,”", "w.jsonl#k “Kay,”")
	all := s.said()
	s.wants("5 articles, 0 added, 0 replaced, 0 removed, 5 unchanged, 1 refused", all...)

	s.put("n.zip", string(s.files["n.zip"].Data)) // touched alone
	s.wants("5 articles, 0 added, 0 replaced, 0 removed, 5 unchanged, 1 refused", all...)

	s.put("n.zip", zipOf(t, map[string]string{"x/1.txt": said("one"), "x/2.txt": said("second"), "x/3.txt": said("three"), "x/bad.txt": ""}))
	s.put("w.jsonl", `{"text":"“Above,” said Corin Wexmoor."}`+"\n"+`{"id":"k","text":"“Kay,” said Corin Wexmoor."}`)
	s.wants("6 articles, 2 added, 1 replaced, 1 removed, 3 unchanged, 1 refused",
		"a.txt “plain,”", "n.zip/x/1.txt “one,”", "n.zip/x/2.txt “second,”", "n.zip/x/3.txt “three,”", "w.jsonl#1 “Above,”", "w.jsonl#k “Kay,”")

	s.put("n.zip", "no zip at all")
	s.wants("3 articles, 0 added, 0 replaced, 3 removed, 3 unchanged, 1 refused", "a.txt “plain,”", "w.jsonl#1 “Above,”", "w.jsonl#k “Kay,”")
	s.wants("3 articles, 0 added, 0 replaced, 0 removed, 3 unchanged, 1 refused", "a.txt “plain,”", "w.jsonl#1 “Above,”", "w.jsonl#k “Kay,”")

	delete(s.files, "n.zip")
	delete(s.files, "w.jsonl")
	s.wants("1 articles, 0 added, 0 replaced, 2 removed, 1 unchanged, 0 refused", "a.txt “plain,”")
	if r := s.update(Options{Check: true}); r.Unchanged != 1 || r.Changed() {
		t.Errorf("checked: %+v", r)
	}
}

// TestAFileKeepsItsPath where a container's article has the same.
func TestAFileKeepsItsPath(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.put("w.jsonl#k.txt", said("file"))
	s.put("w.jsonl", `{"id":"k.txt","text":"“Line,” said Corin Wexmoor."}`)
	s.wants("1 articles, 1 added, 0 replaced, 0 removed, 0 unchanged, 1 refused", "w.jsonl#k.txt “file,”")
	delete(s.files, "w.jsonl#k.txt")
	s.put("w.jsonl", string(s.files["w.jsonl"].Data)+"\n")
	s.wants("1 articles, 1 added, 0 replaced, 1 removed, 0 unchanged, 0 refused", "w.jsonl#k.txt “Line,”")
}

// manyInside is a container of n articles.
func manyInside(t *testing.T, n int, words string) string {
	t.Helper()
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("%03d.txt", i)] = said(fmt.Sprintf("%s %d", words, i)) + strings.Repeat("\nThe canal is long.\n", 5)
	}
	return zipOf(t, files)
}

// TestStoppedWithinAContainer: the old state stays, and the next run writes those
// only that the stopped one did not.
func TestStoppedWithinAContainer(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.put("n.zip", manyInside(t, 400, "first"))
	s.update(Options{})
	first := s.said()
	s.put("n.zip", manyInside(t, 400, "second"))
	ctx, stop := context.WithCancel(t.Context())
	_, err := Update(ctx, s.dir, s.archive(), extractor(t), Options{Progress: func(p Progress) {
		if p.Done == 300 {
			stop()
		}
		if p.Total < p.Done || p.Total > 401 {
			t.Errorf("progress: %+v", p)
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped, but: %v", err)
	}
	if !slices.Equal(s.said(), first) {
		t.Error("a stopped update changed what is on record")
	}
	r := s.update(Options{})
	if r.Articles != 400 || r.Replaced > 150 || r.Replaced+r.Unchanged != 400 {
		t.Errorf("%+v", r)
	}
	for i, got := range s.said() {
		if want := fmt.Sprintf("n.zip/%03d.txt “second %d,”", i, i); got != want {
			t.Fatalf("%q, not %q", got, want)
		}
	}
}

// TestStoppedAndTakenBack: a container that is as it was before a stopped update
// is looked into all the same, for some of its articles were replaced.
func TestStoppedAndTakenBack(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.put("n.zip", manyInside(t, 400, "first"))
	s.update(Options{})
	first, before := s.said(), s.files["n.zip"]
	s.put("n.zip", manyInside(t, 400, "second"))
	ctx, stop := context.WithCancel(t.Context())
	_, err := Update(ctx, s.dir, s.archive(), extractor(t), Options{Progress: func(p Progress) {
		if p.Done == 300 {
			stop()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped, but: %v", err)
	}
	s.files["n.zip"] = before
	s.put("other.txt", said("other"))
	s.update(Options{})
	if got := s.said(); !slices.Equal(got, append(first, "other.txt “other,”")) {
		t.Errorf("%d statements, not the %d of before and one more", len(got), len(first))
	}
}

// broken is a file system in which a file can't be read to its end.
type broken struct {
	fs.FS
	name string
}

func (b broken) Open(name string) (fs.File, error) {
	f, err := b.FS.Open(name)
	if err == nil && name == b.name {
		return brokenFile{f}, nil
	}
	return f, err
}

type brokenFile struct{ fs.File }

func (brokenFile) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: "disk", Err: errors.New("input/output error")}
}

// TestAContainerThatCannotBeRead is a fault: what was known of it is kept.
func TestAContainerThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.put("w.jsonl", `{"text":"“Line,” said Corin Wexmoor."}`)
	s.update(Options{})
	s.put("w.jsonl", `{"text":"“Other,” said Corin Wexmoor."}`)
	a := s.archive()
	a.FS = broken{a.FS, "w.jsonl"}
	r, err := Update(t.Context(), s.dir, a, extractor(t), Options{})
	if err != nil || len(r.Faults) != 1 || r.Faults[0].Path != "w.jsonl" || r.Articles != 1 || r.Changed() {
		t.Errorf("%+v, %v", r, err)
	}
	s.wants("1 articles, 0 added, 1 replaced, 0 removed, 0 unchanged, 0 refused", "w.jsonl#1 “Other,”")
}

// TestReportIsOfWhatIsThere: what an update says of the whole index, without reading
// it once more, is what the next one reads in it.
func TestReportIsOfWhatIsThere(t *testing.T) {
	t.Parallel()
	dir, ex := t.TempDir(), extractor(t)
	line := func(id, text string) string { return fmt.Sprintf(`{"id":%q,"text":%q}`+"\n", id, text) }
	for n, files := range []map[string]string{
		{"a.txt": late, "b.md": "---\ndate: [\n---\n\n" + early, "w.jsonl": line("1", late) + line("2", early) + "{\n", "bad.txt": ""},
		{"a.txt": early, "b.md": "# B\n\n" + early, "w.jsonl": line("2", late), "bad.txt": "", "c.txt": late},
		{"w.jsonl": "", "bad.txt": late, "c.txt": "\x00"},
		{"c.txt": late},
	} {
		a := memory(files)
		made, err := Update(t.Context(), dir, a, ex, Options{})
		if err != nil || !made.Changed() {
			t.Fatalf("archive %d: %+v, %v", n, made, err)
		}
		again, err := Update(t.Context(), dir, a, ex, Options{Verify: true})
		if err != nil || again.Changed() {
			t.Fatalf("archive %d again: %+v, %v", n, again, err)
		}
		of := func(r Report) string { return fmt.Sprint(r.Articles, r.Refused, r.Notes) }
		if of(made) != of(again) {
			t.Errorf("archive %d is reported as %s, and then as %s", n, of(made), of(again))
		}
	}
}
