package index

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// ferries is an archive of n articles, with two statements in each.
func ferries(n int) map[string]string {
	names := []string{"Tamsin Plimpette", "Osric Bramblewick", "Nina Ambledown"}
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("%03d.txt", i)] = fmt.Sprintf("Ferry %d at Zwolke\n\n“Boat number %d is late,” said %s, the master of pier %d.\n\n“Pier %d is closed,” said %s on Monday.\n",
			i, i, names[i%3], i, i, names[(i+1)%3])
	}
	return files
}

// shown is all that an index shows of an archive: each statement with its bytes in
// the stored text, by whom, and its article; and each passage, for damaged lists of
// words lead to any.
func shown(t *testing.T, x *Index) (all map[string]string, faults int) {
	t.Helper()
	all = map[string]string{}
	use := func(key string, show func() (string, error)) {
		switch text, err := show(); {
		case err == nil:
			all[key] = text
		case errors.Is(err, ErrDamaged):
			faults++
		default:
			t.Errorf("%s: %v", key, err)
		}
	}
	h, err := x.Find(t.Context(), StatementQuery{Limit: 10_000})
	if err != nil {
		return all, 1
	}
	for i := range h.Len() {
		use(h.refs[i].id, func() (string, error) { return showStatement(x, h, i) })
	}
	p, err := x.FindPassages(t.Context(), []Word{{Forms: []string{"boat", "pier", "ferry"}}}, nil, 1, 10_000)
	if err != nil {
		return all, faults + 1
	}
	for i := range p.Len() {
		use(p.refs[i].id, func() (string, error) { return showPassage(x, p, i) })
	}
	return all, faults
}

func showStatement(x *Index, h *Hits, i int) (string, error) {
	s, err := h.Statement(i)
	if err != nil {
		return "", err
	}
	a, text, err := x.Text(s.Article)
	if err != nil {
		return "", err
	}
	var words []string
	for _, p := range s.Parts {
		words = append(words, p.Of(text))
	}
	a.FirstSeen = time.Time{} // an index that is damaged does not tell
	return fmt.Sprintf("%q %q %+v %+v", words, s.Words, s.Statement, a), nil
}

func showPassage(x *Index, h *Hits, i int) (string, error) {
	p, err := h.Passage(i)
	if err != nil {
		return "", err
	}
	a, text, err := x.Text(p.Article)
	if err != nil {
		return "", err
	}
	a.FirstSeen = time.Time{} // see showStatement
	return fmt.Sprintf("%d %q %+v", p.Paragraph, text[p.Start:p.End], a), nil
}

// copyFolder copies an index byte for byte: what is done to the copy is not done
// to the original.
func copyFolder(t *testing.T, from string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "ix")
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

func liveFolder(t *testing.T, dir string) (string, state) {
	t.Helper()
	s, err := folder(dir).state()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, s.Generation), s
}

// harms are the ways in which a file comes to harm, each of its bytes at the mercy
// of chance.
var harms = map[string]func(r *rand.Rand, b []byte) []byte{
	"a bit flipped":     func(r *rand.Rand, b []byte) []byte { b[r.IntN(len(b))] ^= 1 << r.IntN(8); return b },
	"a byte changed":    func(r *rand.Rand, b []byte) []byte { b[r.IntN(len(b))] += byte(1 + r.IntN(255)); return b },
	"cut off":           func(r *rand.Rand, b []byte) []byte { return b[:r.IntN(len(b))] },
	"another beginning": func(_ *rand.Rand, b []byte) []byte { return append([]byte("x"), b[1:]...) },
	"emptied":           func(*rand.Rand, []byte) []byte { return nil },
	"more behind it":    func(_ *rand.Rand, b []byte) []byte { return append(b, 0) },
	"gone":              nil,
}

// TestDamagedFiles harms every file of an index in every way: that is noticed when
// it is opened, with the file's name, and the next update mends it, wholly.
func TestDamagedFiles(t *testing.T) {
	t.Parallel()
	dir, ex := t.TempDir(), extractor(t)
	files := ferries(12)
	if _, err := Update(t.Context(), dir, memory(files), ex, Options{}); err != nil {
		t.Fatal(err)
	}
	files["new.txt"] = "Ferries\n\n“It sank,” said Osric Bramblewick.\n" // two segments
	if _, err := Update(t.Context(), dir, memory(files), ex, Options{}); err != nil {
		t.Fatal(err)
	}
	want := shownIn(t, dir)
	live, _ := liveFolder(t, dir)
	all, err := filesOf(live)
	if err != nil || len(all) < 4 {
		t.Fatalf("the index has %d files, %v", len(all), err)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for _, name := range append(sortedKeys(all), checksumsFile) {
		for _, how := range sortedKeys(harms) {
			damaged := copyFolder(t, dir)
			harm(t, random, filepath.Join(damaged, filepath.Base(live), name), harms[how])
			if _, err := Open(damaged); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), name) {
				t.Errorf("%s, %s: opened with %v", name, how, err)
			}
			r, err := Update(t.Context(), damaged, memory(files), ex, Options{})
			if err != nil || len(r.Damaged) != 1 || !strings.HasSuffix(r.Damaged[0].File, name) || !strings.Contains(r.Anew, name) {
				t.Errorf("%s, %s: mended as %+v, %v", name, how, r, err)
			}
			if got := shownIn(t, damaged); !maps.Equal(got, want) {
				t.Errorf("%s, %s: the mended index shows %d things, not the %d of before", name, how, len(got), len(want))
			}
		}
	}
}

func harm(t *testing.T, random *rand.Rand, name string, how func(*rand.Rand, []byte) []byte) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err == nil && how != nil {
		err = os.WriteFile(name, how(random, b), 0o644)
	} else if err == nil {
		err = os.Remove(name)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func shownIn(t *testing.T, dir string) map[string]string {
	t.Helper()
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	all, faults := shown(t, ix)
	if faults > 0 {
		t.Errorf("%d things could not be shown", faults)
	}
	return all
}

// TestDamageWhileOpen harms the bytes of an index that is open, so that no check at
// the start can help: whatever it shows then is right, to the byte, to the speaker
// and to the citation; all else is an error.
func TestDamageWhileOpen(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if _, err := Update(t.Context(), dir, memory(ferries(12)), extractor(t), Options{}); err != nil {
		t.Fatal(err)
	}
	want := shownIn(t, dir)
	live, s := liveFolder(t, dir)
	segments, err := filepath.Glob(filepath.Join(live, "store", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatal("there are no segments", err)
	}
	random := rand.New(rand.NewPCG(5, 6))
	right, refused, flips := 0, 0, 1500
	if testing.Short() {
		flips = 150
	}
	for range flips {
		undo := flip(t, random, segments[random.IntN(len(segments))])
		opened, err := openBleve(live, map[string]any{"read_only": true, "bolt_timeout": readTimeout.String()})
		if err != nil {
			refused++
			undo()
			continue
		}
		x, err := newIndex(opened, s, folder(dir))
		if err != nil {
			t.Fatal(err)
		}
		got, faults := shown(t, x)
		refused += faults
		for key, text := range got {
			if text != want[key] {
				t.Errorf("%s is shown as\n%s, not\n%s", key, text, want[key])
			}
			right++
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		undo()
	}
	if right == 0 || refused == 0 {
		t.Errorf("%d things were shown, %d refused: this tests nothing", right, refused)
	}
}

// flip changes a byte of a file in its place.
func flip(t *testing.T, random *rand.Rand, name string) (undo func()) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	at := random.Int64N(info.Size())
	b := make([]byte, 1)
	if _, err := f.ReadAt(b, at); err != nil {
		t.Fatal(err)
	}
	put := func(b byte) {
		if _, err := f.WriteAt([]byte{b}, at); err != nil {
			t.Fatal(err)
		}
	}
	put(b[0] ^ byte(1<<random.IntN(8)))
	return func() {
		put(b[0])
		_ = f.Close()
	}
}

// sumAnew takes the files of an index as they are now for what was written, and gives
// their checksums.
func sumAnew(t *testing.T, dir string) []fileSum {
	t.Helper()
	live, s := liveFolder(t, dir)
	sums, err := sumFiles(live, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Checksums, err = writeSums(live, sums); err != nil {
		t.Fatal(err)
	}
	if err := folder(dir).setState(s); err != nil {
		t.Fatal(err)
	}
	return sums
}

// TestDamageThatTheStartDoesNotSee is in a file too large to be read whenever an
// index is opened: Verify names it, and so does a run that is to check, which mends
// it.
func TestDamageThatTheStartDoesNotSee(t *testing.T) {
	t.Parallel()
	dir, ex, a := t.TempDir(), extractor(t), memory(ferries(3))
	if _, err := Update(t.Context(), dir, a, ex, Options{}); err != nil {
		t.Fatal(err)
	}
	live, _ := liveFolder(t, dir)
	large := filepath.Join(live, "store", "large")
	if err := os.WriteFile(large, make([]byte, checkedAtStart+1), 0o644); err != nil {
		t.Fatal(err)
	}
	sums := sumAnew(t, dir)
	if v, err := Verify(t.Context(), dir, true); err != nil || v.Files != len(sums) || v.Bytes <= checkedAtStart {
		t.Fatalf("a sound index is verified as %+v, %v", v, err)
	}
	flip(t, rand.New(rand.NewPCG(7, 8)), large)
	_, err := Verify(t.Context(), dir, false)
	if d := damagesIn(err); len(d) != 1 || !strings.HasSuffix(d[0].File, "/store/large") || !strings.Contains(d[0].What, "other bytes than were written") {
		t.Errorf("verified with %v", err)
	}
	if r, err := Update(t.Context(), dir, a, ex, Options{}); err != nil || r.Changed() {
		t.Errorf("a run that does not check: %+v, %v", r, err)
	}
	r, err := Update(t.Context(), dir, a, ex, Options{Verify: true})
	if err != nil || len(r.Damaged) != 1 || r.Articles != 3 {
		t.Errorf("a run that checks: %+v, %v", r, err)
	}
	if _, err := Verify(t.Context(), dir, false); err != nil {
		t.Errorf("after it: %v", err)
	}
}

// TestDamageIsNotMergedOn: an update that meets damage in what it copies or merges
// builds anew, so that no damaged bytes get a checksum that is right.
func TestDamageIsNotMergedOn(t *testing.T) {
	t.Parallel()
	before, after := t.TempDir(), t.TempDir()
	put := func(dir, name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put(before, "kept", "kept")
	put(before, "merged", "merged")
	if err := os.Link(filepath.Join(before, "kept"), filepath.Join(after, "kept")); err != nil {
		t.Skip("no hard links here:", err)
	}
	put(after, "new", "merged from it")
	sums, err := sumFiles(before, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	made, err := sumFiles(after, before, sums)
	if err != nil || len(made) != 2 || made[0] != sums[0] || made[1] != (fileSum{"new", 14, crcOf([]byte("merged from it"))}) {
		t.Errorf("the sums are %v, %v", made, err)
	}
	put(before, "merged", "mergeD")
	_, err = sumFiles(after, before, sums)
	if d := damagesIn(err); len(d) != 1 || !strings.HasSuffix(d[0].File, "/merged") {
		t.Errorf("with damage in what was merged: %v", err)
	}
	// What is only linked on keeps the checksum that it was written with.
	put(before, "merged", "merged")
	put(before, "kept", "kepT")
	made, err = sumFiles(after, before, sums)
	if err != nil || made[0] != sums[0] {
		t.Errorf("with damage in what is linked: %v, %v", made, err)
	}
}

// TestRecordsAreSealed: a record that was changed, or is another document's, is
// refused.
func TestRecordsAreSealed(t *testing.T) {
	t.Parallel()
	const id, record = "s/a.txt#0", `{"o":"Tamsin Plimpette"}`
	sealed := seal(id, record)
	if got, err := unseal(id, sealed); err != nil || got != record {
		t.Errorf("unsealed as %q, %v", got, err)
	}
	for _, wrong := range []string{"", "abc", record, strings.Replace(sealed, "Tamsin", "Tomsin", 1), sealed + " ", sealed[1:]} {
		if got, err := unseal(id, wrong); !errors.Is(err, ErrDamaged) {
			t.Errorf("%q is unsealed as %q, %v", wrong, got, err)
		}
	}
	if _, err := unseal("s/a.txt#1", sealed); !errors.Is(err, ErrDamaged) {
		t.Errorf("another document's record: %v", err)
	}
}

// TestCheckMendsNothingThatIsSound: a check of a sound index writes nothing.
func TestCheckMendsNothingThatIsSound(t *testing.T) {
	t.Parallel()
	dir, ex, a := t.TempDir(), extractor(t), memory(ferries(3))
	if _, err := Update(t.Context(), dir, a, ex, Options{}); err != nil {
		t.Fatal(err)
	}
	_, was := liveFolder(t, dir)
	r, err := Update(t.Context(), dir, a, ex, Options{Check: true})
	if err != nil || r.Changed() || r.Unchanged != 3 || r.Verified.Files < 4 || r.Verified.Bytes == 0 {
		t.Errorf("the check reports %+v, %v", r, err)
	}
	if _, is := liveFolder(t, dir); !is.same(was) {
		t.Errorf("the state was %+v and is %+v", was, is)
	}
	if left, err := fs.Glob(os.DirFS(dir), "g*"); err != nil || !slices.Equal(left, []string{was.Generation}) {
		t.Errorf("there are %q, %v", left, err)
	}
}
