package index

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/data"
)

// TestFew looks at the files alone that are said to have changed, and at everything
// where that doesn't do.
func TestFew(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	for n := range 5 {
		s.put(fmt.Sprintf("%d.txt", n), said(fmt.Sprint(n)))
	}
	s.put("empty.txt", "")
	before := s.update(Options{})
	few := func(counts string, paths ...string) {
		t.Helper()
		before = s.update(Options{Files: paths, Before: &before})
		if got := fmt.Sprint(before.Added, before.Replaced, before.Removed, before.Unchanged, before.Articles, before.Refused, before.Faults); got != counts {
			t.Errorf("after %q: %s, not %s", paths, got, counts)
		}
	}

	s.put("new.txt", said("new"))
	s.put("0.txt", said("late"))
	delete(s.files, "1.txt")
	s.put("2.txt", said("not named"))
	few("1 1 1 3 5 [{empty.txt the file is empty}] []", "0.txt", "1.txt", "new.txt")
	if got := strings.Join(s.said(), " "); got != "0.txt “late,” 2.txt “2,” 3.txt “3,” 4.txt “4,” new.txt “new,”" {
		t.Errorf("said: %s", got)
	}

	s.put("empty.txt", said("empty"))
	s.put("blank.txt", " ")
	few("0 1 0 5 6 [{blank.txt the file is empty}] []", "blank.txt", "empty.txt")
	few("0 0 0 6 6 [{blank.txt the file is empty}] []", "blank.txt", "3.txt")
	s.put("pack.zip", zipOf(t, map[string]string{"in.txt": said("packed")}))
	few("1 1 0 5 7 [{blank.txt the file is empty}] []", "pack.zip") // that takes a look at all
	if got := strings.Join(s.said(), " "); got != "0.txt “late,” 2.txt “not named,” 3.txt “3,” 4.txt “4,” empty.txt “empty,” new.txt “new,” pack.zip/in.txt “packed,”" {
		t.Errorf("said: %s", got)
	}

	stale := before
	s.put("4.txt", said("late"))
	few("0 1 0 6 7 [{blank.txt the file is empty}] []", "4.txt")
	s.put("3.txt", said("late"))
	before = stale // what this report says holds no longer
	few("0 1 0 6 7 [{blank.txt the file is empty}] []", "blank.txt")
	if last := s.update(Options{}); last.Changed() || last.Articles != 7 {
		t.Errorf("a look at all finds %+v", last)
	}
}

// TestFewOfMany: files that are gone as if a disk were not mounted are kept, whoever
// says that they have changed.
func TestFewOfMany(t *testing.T) {
	t.Parallel()
	files, dir, ex := ferries(2*manyGone), t.TempDir(), extractor(t)
	first, err := Update(t.Context(), dir, memory(files), ex, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var gone []string
	for i := range manyGone + 5 {
		gone = append(gone, fmt.Sprintf("%03d.txt", i))
		delete(files, gone[i])
	}
	r, err := Update(t.Context(), dir, memory(files), ex, Options{Files: gone, Before: &first})
	if err != nil || r.Removed > 0 || len(r.Faults) != 1 || r.Articles != 2*manyGone {
		t.Errorf("%d are gone: %+v, %v", len(gone), r, err)
	}
	// Some of them named alone change nothing in that, and when all are back it is over.
	r, err = Update(t.Context(), dir, memory(files), ex, Options{Files: gone[:3], Before: &r})
	if err != nil || r.Removed > 0 || len(r.Faults) != 1 {
		t.Errorf("three of them are named: %+v, %v", r, err)
	}
	files = ferries(2 * manyGone)
	r, err = Update(t.Context(), dir, memory(files), ex, Options{Files: gone, Before: &r})
	if err != nil || r.Changed() || r.Faults != nil || r.Articles != 2*manyGone {
		t.Errorf("they are back: %+v, %v", r, err)
	}
	delete(files, gone[0])
	r, err = Update(t.Context(), dir, memory(files), ex, Options{Files: gone[:1], Before: &r})
	if s, stateErr := folder(dir).state(); err != nil || stateErr != nil || r.Removed != 1 || s.Places[0].Files != 2*manyGone-1 {
		t.Errorf("one is removed: %+v, of %d (%v, %v)", r, s.Places[0].Files, err, stateErr)
	}
}

// TestFewOfNone: a file is not removed because its folder, or the archive's, is not
// there, nor because it is a link to nothing.
func TestFewOfNone(t *testing.T) {
	t.Parallel()
	away, dir, ex := t.TempDir(), t.TempDir(), extractor(t)
	at := filepath.Join(away, "archive")
	write := func(name, text string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(filepath.Dir(filepath.Join(at, name)), 0o755), os.WriteFile(filepath.Join(at, name), []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for n := range 4 {
		write(fmt.Sprintf("%d.txt", n), said("ferry"))
		write(fmt.Sprintf("sub/%d.txt", n), said("ferry"))
	}
	archive, err := data.OpenArchive(at)
	if err != nil {
		t.Fatal(err)
	}
	before, err := Update(t.Context(), dir, archive, ex, Options{})
	if err != nil {
		t.Fatal(err)
	}
	opt := Options{Files: []string{"1.txt", "sub/2.txt"}, Before: &before}
	if err := os.Rename(at, at+".away"); err != nil {
		t.Fatal(err)
	}
	if r, err := Update(t.Context(), dir, archive, ex, opt); err == nil || r.Removed > 0 {
		t.Errorf("with the archive away: %+v, %v", r, err)
	}
	if err := os.Rename(at+".away", at); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Remove(filepath.Join(at, "1.txt")), os.Symlink("nowhere", filepath.Join(at, "1.txt"))); err != nil {
		t.Skip("no links here: ", err)
	}
	if r, err := Update(t.Context(), dir, archive, ex, opt); err != nil || len(r.Faults) != 1 { // a look at all tells of it
		t.Errorf("with a link to nothing: %+v, %v", r, err)
	}
}

// TestFewMeetsDamage: where what is known of a file is damaged in a segment that no
// checksum of its file tells of, the index is built anew as a look at all would.
func TestFewMeetsDamage(t *testing.T) {
	t.Parallel()
	files, dir, ex := ferries(4), t.TempDir(), extractor(t)
	before, err := Update(t.Context(), dir, memory(files), ex, Options{})
	if err != nil {
		t.Fatal(err)
	}
	live, _ := liveFolder(t, dir)
	segments, err := filepath.Glob(filepath.Join(live, "store", "*.zap"))
	if err != nil || len(segments) != 1 {
		t.Fatal(segments, err)
	}
	const key = "a/003.txt"
	raw, err := os.ReadFile(segments[0])
	if err != nil || bytes.Count(raw, []byte(key)) == 0 {
		t.Fatalf("%s is not in the segment (%v)", key, err)
	}
	raw[bytes.Index(raw, []byte(key))+len(key)+40] ^= 1 // in the record that follows its key
	if err := os.WriteFile(segments[0], raw, 0o644); err != nil {
		t.Fatal(err)
	}
	sumAnew(t, dir)
	_, s := liveFolder(t, dir)
	before.of = s.Checksums
	r, err := Update(t.Context(), dir, memory(files), ex, Options{Files: []string{"003.txt"}, Before: &before})
	if err != nil || r.Anew == "" || r.Articles != 4 {
		t.Errorf("with damage in a record: %+v, %v", r, err)
	}
	if r, err := Update(t.Context(), dir, memory(files), ex, Options{Check: true}); err != nil || r.Changed() || r.Unchanged != 4 {
		t.Errorf("after it: %+v, %v", r, err)
	}
}
