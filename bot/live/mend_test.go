package live

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/index"
)

// damage changes a bit in the middle of every segment of an index.
func damage(t *testing.T, dir string) {
	t.Helper()
	segments, err := filepath.Glob(filepath.Join(dir, "g*", "store", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatal("there are no segments", err)
	}
	for _, name := range segments {
		f, err := os.OpenFile(name, os.O_RDWR, 0) // in place: who has it open sees it, and it never is shorter
		if err != nil {
			t.Fatal(err)
		}
		info, err := f.Stat()
		b := make([]byte, 1)
		if err == nil {
			_, err = f.ReadAt(b, info.Size()/2)
		}
		b[0] ^= 1
		if err == nil {
			_, err = f.WriteAt(b, info.Size()/2)
		}
		if err := errors.Join(err, f.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDamageIsMendedBeside: damage in the index that is answered from is found by
// the check and mended; nothing wrong is shown meanwhile, and all is right then.
func TestDamageIsMendedBeside(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	const said = "“Nobody rows to Pellworth at night,”"
	for n := range 30 {
		write(t, dir, fmt.Sprintf("%d.txt", n), fmt.Sprintf("Ferries %d\n\n%s said Nina Ambledown.\n", n, said))
	}
	if _, err := l.Update(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	if err := l.Check(t.Context()); err != nil {
		t.Fatalf("a sound index: %v", err)
	}
	damage(t, l.dir)
	a, err := l.Answer(t.Context(), "what did Ambledown say?", 50)
	if err == nil {
		for _, s := range a.Statements {
			if s.Parts[0].Text != said || s.Speaker.Name != "Nina Ambledown" {
				t.Errorf("the damaged index shows %+v", s)
			}
		}
	} else if !errors.Is(err, index.ErrDamaged) {
		t.Error(err)
	}
	if err := l.Check(t.Context()); err != nil {
		t.Fatalf("mending: %v", err)
	}
	if a, err = l.Answer(t.Context(), "what did Ambledown say?", 50); err != nil || !a.Found || a.Statements[0].Parts[0].Text != said {
		t.Errorf("mended: %+v, %v", a, err)
	}
	if _, err := index.Verify(t.Context(), l.dir, false); err != nil || !l.newest() {
		t.Errorf("the index that was made: %v", err)
	}
}

// TestDamagedAtTheStart: a damaged index is not answered from, and it is said why,
// until it is built anew.
func TestDamagedAtTheStart(t *testing.T) {
	t.Parallel()
	l, dir := open(t)
	write(t, dir, "one.txt", "Ferries\n\n“Nobody rows,” said Nina Ambledown.\n")
	if _, err := l.Update(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	damage(t, l.dir)
	again, err := Open(l.archive, l.dir, l.extractor, l.log)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	_, err = again.Answer(t.Context(), "what did Ambledown say?", 5)
	if !errors.Is(err, ErrMending) || !errors.Is(err, ErrNotReady) {
		t.Errorf("answered before it is mended: %v", err)
	}
	r, err := again.Update(t.Context(), false, nil)
	if err != nil || len(r.Damaged) == 0 || !strings.Contains(r.Anew, ".zap: it has other bytes") {
		t.Errorf("the update: %+v, %v", r, err)
	}
	if got := words(t, again, "what did Ambledown say?"); got != "“Nobody rows,”" {
		t.Errorf("answered %q", got)
	}
}
