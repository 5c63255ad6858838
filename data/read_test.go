package data_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"onrecord/data"
)

func TestWhatIsNoTextIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, file, content string
		want                error
	}{
		{"empty", "a.txt", "", data.ErrEmpty},
		{"blank", "a.txt", " \n\t\r\n\u00a0", data.ErrEmpty},
		{"a byte order mark alone", "a.md", "\ufeff\n", data.ErrEmpty},
		{"a zero byte", "a.txt", "text\x00text", data.ErrBinary},
		{"a picture", "a.md", "\x89PNG\r\n\x1a\n\x01\x02\x03\x04", data.ErrBinary},
		{"another encoding", "a.txt", "Le ma\xeetre est parti.", data.ErrUTF8},
		{"a cut character", "a.txt", "Wexmoor \xe2\x80", data.ErrUTF8},
		{"a byte too many", "a.txt", strings.Repeat("a", data.MaxFile+1), data.ErrTooBig},
		{"another format", "a.doc", "text", data.ErrFormat},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := data.Parse(c.file, []byte(c.content))
			if !errors.Is(err, c.want) {
				t.Errorf("Parse: %v, want %v", err, c.want)
			}
			if err != nil && !strings.Contains(err.Error(), c.file) {
				t.Errorf("%q does not name the file", err)
			}
			folder := fstest.MapFS{c.file: {Data: []byte(c.content)}}
			if _, _, err := data.Read(folder, c.file); !errors.Is(err, c.want) {
				t.Errorf("Read: %v, want %v", err, c.want)
			}
		})
	}
}

func TestWhatIsNoFileIsRefused(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	pipe(t, filepath.Join(dir, "pipe.txt"))
	write(t, dir, "folder.txt/a.txt", "A\n\nText.")
	for name, want := range map[string]error{"pipe.txt": data.ErrSpecial, "folder.txt": data.ErrSpecial, "gone.txt": fs.ErrNotExist} {
		if _, _, err := data.Read(os.DirFS(dir), name); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}

func TestTheHashIsOfTheFile(t *testing.T) {
	t.Parallel()
	folder := fstest.MapFS{"a.md": {Data: []byte("# A\n\nText.")}, "b.md": {Data: []byte("# A\n\nText.\n")}}
	a, one, err := data.Read(folder, "a.md")
	if err != nil {
		t.Fatal(err)
	}
	b, two, err := data.Read(folder, "b.md")
	if err != nil {
		t.Fatal(err)
	}
	if one == two || a.Text != b.Text {
		t.Errorf("files that differ in a last line end have the hashes %x and %x, and texts %q and %q", one, two, a.Text, b.Text)
	}
}

func TestListFindsArticles(t *testing.T) {
	t.Parallel()
	dir, elsewhere := t.TempDir(), t.TempDir()
	write(t, elsewhere, "c.txt", "C\n\nText.")
	for _, name := range []string{"b.txt", "a.md", "LOUD.TXT", "in/d.txt", "in/folder.txt/e.md", "z.docx", "README", ".hidden.txt", ".git/f.txt"} {
		write(t, dir, name, "T\n\nText.")
	}
	link(t, filepath.Join(elsewhere, "c.txt"), filepath.Join(dir, "linked.txt"))
	link(t, elsewhere, filepath.Join(dir, "linked"))
	entries, faults := list(t, dir)
	want := []string{"LOUD.TXT", "a.md", "b.txt", "in/d.txt", "in/folder.txt/e.md", "linked.txt", "linked/c.txt"}
	if !slices.Equal(entries, want) {
		t.Errorf("found %q, want %q", entries, want)
	}
	if len(faults) != 0 {
		t.Errorf("faults: %v", faults)
	}
}

func TestListTellsWhatItCouldNotRead(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "in/a.txt", "A\n\nText.")
	link(t, "..", filepath.Join(dir, "in", "loop"))
	link(t, filepath.Join(dir, "nowhere"), filepath.Join(dir, "vanished.txt"))
	link(t, filepath.Join(dir, "nowhere"), filepath.Join(dir, "vanished")) // no article by its name
	pipe(t, filepath.Join(dir, "pipe.txt"))
	entries, faults := list(t, dir)
	if want := []string{"in/a.txt"}; !slices.Equal(entries, want) {
		t.Errorf("found %q, want %q", entries, want)
	}
	var paths []string
	for _, f := range faults {
		paths = append(paths, f.Path)
	}
	slices.Sort(paths)
	if want := []string{"in/loop", "pipe.txt", "vanished.txt"}; !slices.Equal(paths, want) {
		t.Errorf("faults %v, want ones of %q", faults, want)
	}
}

func TestAFolderThatCannotBeReadHidesWhatIsInIt(t *testing.T) {
	t.Parallel()
	closed := locked{fstest.MapFS{"a.txt": {Data: []byte("A")}, "shut/b.txt": {Data: []byte("B")}}}
	entries, faults := data.Archive{FS: closed}.List()
	if len(entries) != 1 || entries[0].Path != "a.txt" {
		t.Errorf("found %v", entries)
	}
	if len(faults) != 1 || !errors.Is(faults[0].Err, fs.ErrPermission) {
		t.Fatalf("faults: %v", faults)
	}
	for name, want := range map[string]bool{"shut": true, "shut/b.txt": true, "shutters.txt": false, "a.txt": false} {
		if got := faults[0].Under(name); got != want {
			t.Errorf("%s is under the closed folder: %v", name, got)
		}
	}
}

// locked is a file system whose folder "shut" may not be read. Tests may run as
// a user whom permissions don't stop.
type locked struct{ fs.FS }

func (l locked) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "shut" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return fs.ReadDir(l.FS, name)
}

func TestOpeningAnArchiveSaysWhatToDo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "a.txt", "A\n\nText.")
	for path, want := range map[string]string{filepath.Join(dir, "none"): "make it", filepath.Join(dir, "a.txt"): "not a folder"} {
		if _, err := data.OpenArchive(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
	if a, err := data.OpenArchive(""); err != nil || !a.Sample() {
		t.Errorf("no folder opens %v, %v, not the sample", a.Name(), err)
	}
}

func list(t *testing.T, dir string) (paths []string, faults []data.Fault) {
	t.Helper()
	a, err := data.OpenArchive(dir)
	if err != nil {
		t.Fatal(err)
	}
	entries, faults := a.List()
	for _, e := range entries {
		paths = append(paths, e.Path)
		if e.Size == 0 || e.Modified.IsZero() {
			t.Errorf("%s has no size or time: %+v", e.Path, e)
		}
	}
	return paths, faults
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, from string) {
	t.Helper()
	if err := os.Symlink(to, from); err != nil {
		t.Skipf("no links here: %v", err)
	}
}
