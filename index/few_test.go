package index

import (
	"fmt"
	"strings"
	"testing"
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
	r, err = Update(t.Context(), dir, memory(files), ex, Options{Files: gone[:3], Before: &r})
	if err != nil || r.Removed != 3 || len(r.Faults) != 1 || !r.Keeps(r.Faults[0]) {
		t.Errorf("three of them are gone: %+v, %v", r, err)
	}
	s, err := folder(dir).state()
	if err != nil || s.Places[0].Files != 2*manyGone-3 {
		t.Errorf("the archive is known to have %d files (%v)", s.Places[0].Files, err)
	}
}
