package index

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/data"
)

// onDisk is an archive of a new folder.
func onDisk(t *testing.T) (data.Archive, string) {
	t.Helper()
	dir := t.TempDir()
	a, err := data.OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	return a, dir
}

// put writes a file that says it was changed at a time.
func put(t *testing.T, name string, content []byte, at time.Time) {
	t.Helper()
	if err := os.WriteFile(name, content, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(name, at, at); err != nil {
		t.Fatal(err)
	}
}

func zipped(t *testing.T, name, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = f.Write([]byte(text))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	late  = "Ferries\n\n“Boat one is late,” said Nina Ambledown.\n"
	early = "Ferries\n\n“Boat two is here,” said Nina Ambledown.\n"
)

// TestChangeWithinATick changes a file twice at what its file system calls the same
// moment, with the index reading it in between, and to the same size: the change is
// seen where that can have happened, and only there are files read again.
func TestChangeWithinATick(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for _, test := range []struct {
		name string
		at   time.Time
		seen bool
	}{
		{"just now", now, true},
		{"on a clock that is ahead", now.Add(time.Hour), true},
		{"on a clock of another century", now.AddDate(80, 0, 0), true},
		{"a second before", now.Add(-time.Second), true},
		{"long before", now.Add(-time.Hour), false}, // only --check finds who forges times
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, dir := onDisk(t)
			file, holder := filepath.Join(dir, "a.txt"), filepath.Join(dir, "b.zip")
			put(t, file, []byte(late), test.at)
			put(t, holder, zipped(t, "in.txt", late), test.at)
			u := &updater{folder: folder(t.TempDir()), archive: a, key: a.Key(), extractor: extractor(t), began: now}
			if err := u.run(t.Context()); err != nil || u.report.Added != 2 {
				t.Fatalf("at first: %+v, %v", u.report, err)
			}
			ix, ex := string(u.folder), u.extractor
			put(t, file, []byte(early), test.at)
			put(t, holder, zipped(t, "in.txt", early), test.at)
			r, err := Update(t.Context(), ix, a, ex, Options{})
			if err != nil || (r.Replaced == 2) != test.seen || r.Replaced+r.Unchanged != 2 {
				t.Errorf("after the change: %+v, %v", r, err)
			}
			r, err = Update(t.Context(), ix, a, ex, Options{Check: true})
			if err != nil || (r.Replaced == 0) != test.seen {
				t.Errorf("checked: %+v, %v", r, err)
			}
		})
	}
}

// TestTimesThatGoBack: a file that is older than before has changed too.
func TestTimesThatGoBack(t *testing.T) {
	t.Parallel()
	ex, ix := extractor(t), t.TempDir()
	a, dir := onDisk(t)
	file := filepath.Join(dir, "a.txt")
	now := time.Now()
	put(t, file, []byte(late), now.Add(-time.Hour))
	if _, err := Update(t.Context(), ix, a, ex, Options{}); err != nil {
		t.Fatal(err)
	}
	put(t, file, []byte(early), now.AddDate(-30, 0, 0))
	if r, err := Update(t.Context(), ix, a, ex, Options{}); err != nil || r.Replaced != 1 {
		t.Errorf("set back: %+v, %v", r, err)
	}
}

// TestReadAgainIsNotWrittenAgain: what has to be read again since its time tells
// nothing, and is the same, changes nothing in the index, and once its time lies
// back it is read no more.
func TestReadAgainIsNotWrittenAgain(t *testing.T) {
	t.Parallel()
	ex, ix := extractor(t), t.TempDir()
	a, dir := onDisk(t)
	file := filepath.Join(dir, "a.txt")
	at := time.Now()
	put(t, file, []byte(late), at)
	if _, err := Update(t.Context(), ix, a, ex, Options{}); err != nil {
		t.Fatal(err)
	}
	_, was := liveFolder(t, ix)
	if !was.Read.Before(at.Add(tick)) { // on a machine that is slow enough
		t.Skip("the file had no near time any more when it was read")
	}
	u := &updater{folder: folder(ix), archive: a, key: a.Key(), extractor: ex, began: at.Add(tick + time.Second)}
	if err := u.run(t.Context()); err != nil || u.report.Changed() || u.report.Unchanged != 1 {
		t.Fatalf("later: %+v, %v", u.report, err)
	}
	_, is := liveFolder(t, ix)
	if !is.same(was) || !is.Read.Equal(u.began) {
		t.Errorf("the state was %+v and is %+v", was, is)
	}
	// Nobody can now tell that it changed.
	put(t, file, []byte(strings.Replace(late, "one", "two", 1)), at)
	if r, err := Update(t.Context(), ix, a, ex, Options{}); err != nil || r.Unchanged != 1 {
		t.Errorf("it was read once more: %+v, %v", r, err)
	}
}
