package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestManyGone removes so many articles, of so many, from a folder that stays where
// it is: most of many at once are kept, until that is said to be meant.
func TestManyGone(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		articles, removed int
		kept              bool
	}{
		{manyGone - 1, manyGone - 1, false},
		{manyGone, manyGone, true},
		{2 * manyGone, manyGone, false},
		{2*manyGone - 1, manyGone, true},
	} {
		t.Run(fmt.Sprintf("%d of %d", test.removed, test.articles), func(t *testing.T) {
			t.Parallel()
			dir, ex, files := t.TempDir(), extractor(t), ferries(test.articles)
			if _, err := Update(t.Context(), dir, memory(files), ex, Options{}); err != nil {
				t.Fatal(err)
			}
			for i := range test.removed {
				delete(files, fmt.Sprintf("%03d.txt", i))
			}
			r, err := Update(t.Context(), dir, memory(files), ex, Options{})
			if err != nil || (r.Removed == 0) != test.kept || (len(r.Faults) == 1) != test.kept {
				t.Fatalf("removed: %+v, %v", r, err)
			}
			if !test.kept {
				return
			}
			var missing *MissingError
			if !errors.As(r.Faults[0].Err, &missing) || missing.Other || missing.Were != test.articles {
				t.Errorf("the fault is %v", r.Faults[0].Err)
			}
			files["new.txt"] = late // what comes meanwhile is taken all the same
			if r, err = Update(t.Context(), dir, memory(files), ex, Options{}); err != nil || r.Added != 1 {
				t.Errorf("added meanwhile: %+v, %v", r, err)
			}
			r, err = Update(t.Context(), dir, memory(files), ex, Options{Removed: true})
			if err != nil || r.Removed != test.removed || len(r.Faults) > 0 {
				t.Errorf("removed on purpose: %+v, %v", r, err)
			}
		})
	}
}

// TestMovedFilesAreNotMissing: where as many files are there as before, others or
// elsewhere, nothing is amiss.
func TestMovedFilesAreNotMissing(t *testing.T) {
	t.Parallel()
	dir, ex, files := t.TempDir(), extractor(t), ferries(2*manyGone)
	if _, err := Update(t.Context(), dir, memory(files), ex, Options{}); err != nil {
		t.Fatal(err)
	}
	moved := map[string]string{}
	for name, text := range files {
		moved["2031/"+name] = text
	}
	if r, err := Update(t.Context(), dir, memory(moved), ex, Options{}); err != nil || r.Removed != len(files) || r.Added != len(files) || r.Faults != nil {
		t.Errorf("moved: %+v, %v", r, err)
	}
}

// TestArchiveThatIsGone: an index is neither emptied nor built anew from an archive
// whose folder is not there.
func TestArchiveThatIsGone(t *testing.T) {
	t.Parallel()
	a, dir := onDisk(t)
	ix, ex := t.TempDir(), extractor(t)
	for name, text := range ferries(manyGone) {
		put(t, filepath.Join(dir, name), []byte(text), time.Now().Add(-time.Hour))
	}
	if _, err := Update(t.Context(), ix, a, ex, Options{}); err != nil {
		t.Fatal(err)
	}
	away := dir + " away"
	if err := os.Rename(dir, away); err != nil {
		t.Fatal(err)
	}
	for _, opt := range []Options{{}, {Check: true}, {Full: true}, {Removed: true}, {Full: true, Removed: true}} {
		_, err := Update(t.Context(), ix, a, ex, opt)
		if err == nil || !strings.Contains(err.Error(), "it is not there. What was known of it is kept; is its disk mounted?") {
			t.Errorf("%+v: %v", opt, err)
		}
	}
	// An empty folder in its place, and damage: nothing can be built from nothing.
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	live, _ := liveFolder(t, ix)
	if err := os.Remove(filepath.Join(live, "store", "root.bolt")); err != nil {
		t.Fatal(err)
	}
	_, err := Update(t.Context(), ix, a, ex, Options{})
	if !errors.Is(err, ErrArchiveGone) || !strings.Contains(err.Error(), "root.bolt: it is missing") {
		t.Errorf("damaged, without an archive: %v", err)
	}
	if err := errors.Join(os.Remove(dir), os.Rename(away, dir)); err != nil {
		t.Fatal(err)
	}
	if r, err := Update(t.Context(), ix, a, ex, Options{}); err != nil || r.Articles != manyGone || len(r.Damaged) != 1 {
		t.Errorf("with the archive again: %+v, %v", r, err)
	}
}

// TestLinkToNothing: what lies behind a link whose target is away is kept.
func TestLinkToNothing(t *testing.T) {
	t.Parallel()
	a, dir := onDisk(t)
	disk := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(disk, "a.txt"), []byte(late), time.Now().Add(-time.Hour))
	put(t, filepath.Join(dir, "b.txt"), []byte(early), time.Now().Add(-time.Hour))
	if err := os.Symlink(disk, filepath.Join(dir, "wire")); err != nil {
		t.Skip("no links here:", err)
	}
	ix, ex := t.TempDir(), extractor(t)
	want := func(what string, faults int, check func(Report) bool) {
		t.Helper()
		r, err := Update(t.Context(), ix, a, ex, Options{})
		if err != nil || !check(r) || len(r.Faults) != faults {
			t.Errorf("%s: %+v, %v", what, r, err)
		}
	}
	want("at first", 0, func(r Report) bool { return r.Added == 2 })
	if err := os.Rename(disk, disk+" away"); err != nil {
		t.Fatal(err)
	}
	want("away", 1, func(r Report) bool {
		return r.Articles == 2 && r.Unchanged == 2 && strings.Contains(fmt.Sprint(r.Faults), "wire the link leads to nothing")
	})
	if err := os.Remove(filepath.Join(dir, "wire")); err != nil {
		t.Fatal(err)
	}
	want("the link itself removed", 0, func(r Report) bool { return r.Removed == 1 })
}
