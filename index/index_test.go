package index

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"onrecord/data"
	"onrecord/data/quote"
)

func extractor(t testing.TB) *quote.Extractor {
	t.Helper()
	ex, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	return ex
}

// memory is an archive of files in memory.
func memory(files map[string]string) data.Archive {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return data.Archive{Dir: "memory", FS: m}
}

func built(t *testing.T, a data.Archive) *Index {
	t.Helper()
	dir := t.TempDir()
	if _, err := Update(t.Context(), dir, a, extractor(t), Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return ix
}

var harbour = map[string]string{
	"a.txt": "Toll at Zwolke\n\n“The toll is fair,” said Tamsin Plimpette, the mayor of Zwolke.\n\nShe told reporters in Zwolke that the cease-fire with the ferrymen would hold.\n",
	"b.txt": "Ferries at Zwolke\n\nThe council of Zwolke denied that ferries were late.\n\nPlimpette said on Monday that “nobody need wait.”\n",
}

// TestStatementsAreFound searches by speaker, by words, by hyphens either way,
// and by the setting.
func TestStatementsAreFound(t *testing.T) {
	t.Parallel()
	ix := built(t, memory(harbour))
	for _, test := range []struct {
		name  string
		query StatementQuery
		want  []string // the first part of each, best first
	}{
		{"of a speaker", StatementQuery{Speakers: []string{"Tamsin Plimpette"}}, []string{"“The toll is fair,”", "that the cease-fire with the ferrymen would hold"}},
		{"under a surname", StatementQuery{Speakers: []string{"Plimpette"}}, []string{"“nobody need wait.”"}},
		{"on a topic", StatementQuery{Words: []Word{{Forms: []string{"tolls"}}}, AtLeast: 1}, []string{"“The toll is fair,”", "that the cease-fire with the ferrymen would hold"}},
		{"without the hyphen", StatementQuery{Words: []Word{{Forms: []string{"ceasefire"}}}}, []string{"that the cease-fire with the ferrymen would hold"}},
		{"in their setting", StatementQuery{Words: []Word{{Forms: []string{"reporters"}}}}, []string{"that the cease-fire with the ferrymen would hold"}},
		{"by a synonym", StatementQuery{Words: []Word{{Forms: []string{"truce", "cease-fire"}}}, Speakers: []string{"Tamsin Plimpette"}}, []string{"that the cease-fire with the ferrymen would hold"}},
		{"of nobody", StatementQuery{Speakers: []string{"Osric Bramblewick"}}, nil},
		{"of no speakers", StatementQuery{Speakers: []string{}}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			test.query.Limit = 10
			found, err := ix.Statements(t.Context(), test.query)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range found {
				got = append(got, s.Words[0])
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("found %q, not %q", got, test.want)
			}
		})
	}
}

// TestSpeakersAreCounted lists everybody with statements and how they are
// described.
func TestSpeakersAreCounted(t *testing.T) {
	t.Parallel()
	got, err := built(t, memory(harbour)).Speakers()
	if err != nil {
		t.Fatal(err)
	}
	want := "[{plimpette Plimpette true 1} {plimpette Tamsin Plimpette true 2}]"
	if fmt.Sprint(got) != want {
		t.Errorf("speakers are %v, not %s", got, want)
	}
}

// TestCountsHoldAfterTermsOfOne counts speakers, roles, outlets and words as many
// times as documents have them, whatever stands before them in the alphabet, and not
// what was removed.
func TestCountsHoldAfterTermsOfOne(t *testing.T) {
	t.Parallel()
	files := map[string]string{"one.txt": "Zwolke\n\n“The weir is shut,” said Ada Ambledown, the keeper.\n"}
	for i := range 7 {
		files[fmt.Sprintf("%d.txt", i)] = fmt.Sprintf("Zwolke\n\n“Ferry %d sails,” said Tamsin Plimpette, the harbour pilot.\n", i)
	}
	dir, ex := t.TempDir(), extractor(t)
	for _, plimpettes := range []int{7, 6} {
		if _, err := Update(t.Context(), dir, memory(files), ex, Options{}); err != nil {
			t.Fatal(err)
		}
		ix, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		all, err := ix.Speakers()
		family, familyErr := ix.Family("plimpette")
		roles, rolesErr := ix.Roles("Tamsin Plimpette", true)
		pilots, pilotsErr := ix.Holders("pilot")
		words := map[string]int{}
		likeErr := ix.Like("ferri", 0, every, func(term string, passages int) { words[term] = passages })
		if err := errors.Join(err, familyErr, rolesErr, pilotsErr, likeErr, ix.Close()); err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprint(all, family, roles, pilots, words)
		plimpette := fmt.Sprintf("{plimpette Tamsin Plimpette true %d}", plimpettes)
		want := fmt.Sprintf("[{ambledown Ada Ambledown true 1} %s] [%[1]s] [{the harbour pilot %[2]d}] [{Tamsin Plimpette the harbour pilot %[2]d}] map[ferri:%[2]d]", plimpette, plimpettes)
		if got != want {
			t.Errorf("counted %s, not %s", got, want)
		}
		delete(files, "3.txt")
	}
}

// vanishing is a file system that lists a file and then does not have it.
type vanishing struct {
	fs.FS
	name string
}

func (v vanishing) Open(name string) (fs.File, error) {
	if name == v.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return v.FS.Open(name)
}

func (v vanishing) Stat(name string) (fs.FileInfo, error) { return fs.Stat(v.FS, name) }

// TestFileVanishes: a file that goes between the listing and the reading is kept:
// all others may have gone with it. The next run sees.
func TestFileVanishes(t *testing.T) {
	t.Parallel()
	a := memory(harbour)
	dir := t.TempDir()
	full, err := Update(t.Context(), dir, a, extractor(t), Options{})
	if err != nil || full.Added != 2 {
		t.Fatalf("added %d: %v", full.Added, err)
	}
	a.FS = vanishing{a.FS, "b.txt"}
	report, err := Update(t.Context(), dir, a, extractor(t), Options{Check: true})
	if err != nil || report.Changed() || report.Articles != 2 {
		t.Fatalf("while it vanishes: %+v: %v", report, err)
	}
	report, err = Update(t.Context(), dir, memory(map[string]string{"a.txt": harbour["a.txt"]}), extractor(t), Options{})
	if err != nil || report.Removed != 1 || report.Articles != 1 {
		t.Fatalf("when it is not listed any more: %+v: %v", report, err)
	}
}

// unreadable is a file system with a folder that can't be listed.
type unreadable struct {
	fs.FS
	name string
}

func (u unreadable) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == u.name {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return fs.ReadDir(u.FS, name)
}

// TestFolderUnreadable: what lies in a folder that can't be read just now is
// not taken for removed.
func TestFolderUnreadable(t *testing.T) {
	t.Parallel()
	files := memory(map[string]string{"a.txt": harbour["a.txt"], "shut/b.txt": harbour["b.txt"]})
	dir := t.TempDir()
	if _, err := Update(t.Context(), dir, files, extractor(t), Options{}); err != nil {
		t.Fatal(err)
	}
	files.FS = unreadable{files.FS, "shut"}
	report, err := Update(t.Context(), dir, files, extractor(t), Options{Check: true})
	if err != nil {
		t.Fatal(err)
	}
	if report.Articles != 2 || report.Removed != 0 || len(report.Faults) != 1 || report.Faults[0].Path != "shut" {
		t.Errorf("an unreadable folder was taken for an empty one: %+v", report)
	}
}

// TestStoppedUpdateGoesOn: an update that is stopped leaves the old state, and
// the next run takes up what it had done.
func TestStoppedUpdateGoesOn(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for i := range 400 {
		files[fmt.Sprintf("%03d.txt", i)] = harbour["a.txt"] + strings.Repeat("\nThe canal is long.\n", 5)
	}
	a, dir := memory(files), t.TempDir()
	ctx, stop := context.WithCancel(t.Context())
	_, err := Update(ctx, dir, a, extractor(t), Options{Progress: func(p Progress) {
		if p.Done == 300 {
			stop()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped, but: %v", err)
	}
	if _, err := Open(dir); !errors.Is(err, ErrNone) {
		t.Fatalf("half an index is no index, but: %v", err)
	}
	report, err := Update(t.Context(), dir, a, extractor(t), Options{})
	if err != nil || report.Articles != 400 {
		t.Fatalf("%+v: %v", report, err)
	}
	if report.Added > 350 {
		t.Errorf("%d of 400 articles were read again", report.Added)
	}
}

// TestReaderKeepsItsState: who has an index open goes on seeing what it was.
func TestReaderKeepsItsState(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	a := memory(harbour)
	if _, err := Update(t.Context(), dir, a, extractor(t), Options{}); err != nil {
		t.Fatal(err)
	}
	old, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer old.Close()
	if _, err := Update(t.Context(), dir, memory(map[string]string{"a.txt": harbour["a.txt"]}), extractor(t), Options{}); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[*Index]int{old: 1} {
		found, err := path.Statements(t.Context(), StatementQuery{Speakers: []string{"Plimpette"}, Limit: 5})
		if err != nil || len(found) != want {
			t.Errorf("found %d, not %d: %v", len(found), want, err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "g*")); len(left) != 1 {
		t.Errorf("old generations are left: %v", left)
	}
}

// TestWindows: a long paragraph is cut after sentences, without loss and on the
// borders of characters.
func TestWindows(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"sentences":    strings.Repeat("Одна короткая фраза. ", 100),
		"no full stop": strings.Repeat("слово ", 500),
		"no space":     strings.Repeat("ж", 2000),
		"short":        "One sentence.",
		"quotations":   strings.Repeat("“We sail on Friday.” ", 100),
		"blank":        strings.Repeat(" ", 2000),
	} {
		at := 0
		for _, w := range windows(text, 0, len(text)) {
			if w.Len() > maxWindow || w.Len() == 0 {
				t.Errorf("%s: a window of %d bytes", name, w.Len())
			}
			if gap := text[at:w.Start]; strings.TrimSpace(gap) != "" {
				t.Errorf("%s: %q is lost", name, gap)
			}
			if s := w.Of(text); strings.ToValidUTF8(s, "") != s {
				t.Errorf("%s: a character is cut in %q", name, s)
			}
			at = w.End
		}
		if strings.TrimSpace(text[at:]) != "" {
			t.Errorf("%s: the end is lost", name)
		}
	}
}

// TestSearchableJoinsHyphens: a hyphenated word is also indexed in one piece.
func TestSearchableJoinsHyphens(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a cease-fire now":       "a cease-fire now \n ceasefire",
		"no hyphen":              "no hyphen",
		"a-b":                    "a-b",
		"a cease-ﬁre":            "a cease-fire \n ceasefire",
		"con\u00adﬁrmed\u00a0it": "confirmed it",
	} {
		if got := searchable(in); got != want {
			t.Errorf("searchable(%q) is %q, not %q", in, got, want)
		}
	}
}
