package quote_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"

	"onrecord/data"
	"onrecord/data/quote"
)

// releases are official transcripts, speeches and reports beside the project.
const releases = "../../../shared/press-releases"

// drawSize is how many releases a draw takes.
const drawSize = 100

// draws are the releases whose turns stand in testdata/turns, each with its
// speaker: colons after names and the openings of releases were read one by one.
// A release of a draw that has no line there has no turn. What an earlier draw
// took, a later one leaves.
var draws = []struct {
	gold  string
	seed  uint64
	least int64 // bytes of a file: long ones hold most turns
}{
	{"first.tsv", 1, 0},
	{"second.tsv", 2, 0},
	{"long.tsv", 3, 5000},
	{"fresh.tsv", 4, 2500},
}

// leastRight is the share of turns that must have the right speaker.
const leastRight = 0.97

// goldTurn is a turn as read by hand: the byte at which its words begin, after
// the label, and who speaks, "" where the release names nobody.
type goldTurn struct {
	at   int
	name string
}

// TestTurns holds who speaks in official releases against what was read by hand.
func TestTurns(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(releases)
	if err != nil {
		t.Skipf("the releases are not there: %v", err)
	}
	e := newExtractor(t)
	drawn := map[string]bool{}
	for _, d := range draws {
		gold := readTurns(t, filepath.Join("testdata", "turns", d.gold))
		var sum turnScore
		for _, name := range draw(t, entries, d.seed, d.least, drawn) {
			sum.hold(t, e, name, gold[name])
			delete(gold, name)
		}
		if len(gold) > 0 {
			t.Errorf("%s: %d releases were not drawn: are these the releases that were read?", d.gold, len(gold))
		}
		t.Logf("%s: %d of %d turns have the right speaker, %d nobody or no turn, %d another; %d turns that are none; %d statements, %d under another name",
			d.gold, sum.right, sum.turns, sum.turns-sum.right-sum.wrong, sum.wrong, sum.extra, sum.statements, sum.misnamed)
		if sum.wrong+sum.misnamed+sum.extra > 0 || float64(sum.right) < leastRight*float64(sum.turns) {
			t.Errorf("%s: want %v of the turns right, and none under another name", d.gold, leastRight)
		}
	}
}

// draw takes releases of at least so many bytes by a seed.
func draw(t *testing.T, entries []os.DirEntry, seed uint64, least int64, drawn map[string]bool) []string {
	t.Helper()
	var names, out []string
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() >= least {
			names = append(names, e.Name())
		}
	}
	sort.Strings(names)
	for _, i := range rand.New(rand.NewPCG(seed, 0)).Perm(len(names)) {
		if !drawn[names[i]] && len(out) < drawSize {
			drawn[names[i]] = true
			out = append(out, names[i])
		}
	}
	return out
}

// readTurns reads a file of lines "release, byte, speaker".
func readTurns(t *testing.T, file string) map[string][]goldTurn {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]goldTurn{}
	for line := range strings.Lines(string(raw)) {
		field := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(field) != 3 {
			t.Fatalf("%s: not three fields: %q", file, line)
		}
		at, err := strconv.Atoi(field[1])
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out[field[0]] = append(out[field[0]], goldTurn{at, field[2]})
	}
	return out
}

// turnScore counts.
type turnScore struct{ turns, right, wrong, extra, statements, misnamed int }

// hold compares one release with what was read in it.
func (s *turnScore) hold(t *testing.T, e *quote.Extractor, name string, gold []goldTurn) {
	t.Helper()
	a, _, err := data.Read(os.DirFS(releases), name)
	if err != nil {
		t.Fatal(err)
	}
	s.turns += len(gold)
	met := map[int]bool{}
	turn := 0
	for _, st := range a.Statements(e) {
		if st.Turn == 0 {
			continue
		}
		s.statements++
		if n := st.Parts[0].Len(); n > 1000 {
			t.Errorf("%s: at %d, a statement of %d bytes", name, st.Parts[0].Start, n)
		}
		i := sort.Search(len(gold), func(i int) bool { return gold[i].at > st.Parts[0].Start }) - 1
		if k := i + 1; k < len(gold) && gold[k].at < st.Parts[0].End && gold[k].name != st.Speaker.Name {
			s.misnamed++
			t.Logf("%s: at %d, words of %q are in a statement of %q", name, gold[k].at, gold[k].name, st.Speaker.Name)
		}
		if st.Turn != turn {
			turn = st.Turn
			s.holdTurn(t, a, st, gold, i, met)
		} else if st.Speaker.Name != "" && (i < 0 || gold[i].name != st.Speaker.Name) {
			s.misnamed++
			t.Logf("%s: at %d, %q is not said by %s", name, st.Parts[0].Start, opening(st.Parts[0].Of(a.Text)), st.Speaker.Name)
		}
	}
	for i, g := range gold {
		if !met[i] {
			t.Logf("%s: at %d, a turn of %q is missing", name, g.at, g.name)
		}
	}
}

// holdTurn compares a turn's first statement with turn i of those read by hand.
func (s *turnScore) holdTurn(t *testing.T, a *data.Article, st quote.Statement, gold []goldTurn, i int, met map[int]bool) {
	t.Helper()
	at, words := st.Parts[0].Start, opening(st.Parts[0].Of(a.Text))
	switch {
	case i < 0 || met[i] || !onlyNotes(a.Text[gold[i].at:at]):
		s.extra++
		t.Logf("%s: at %d, %q of %q is no turn", a.Path, at, words, st.Speaker.Name)
		return
	case gold[i].name == st.Speaker.Name:
		s.right++
	default:
		if st.Speaker.Name != "" {
			s.wrong++
		}
		t.Logf("%s: at %d, %q is said by %q, not by %q", a.Path, at, words, gold[i].name, st.Speaker.Name)
	}
	met[i] = true
}

// opening is the first words of a statement.
func opening(s string) string { return strings.ToValidUTF8(s[:min(len(s), 60)], "") }

// onlyNotes tells whether nothing but space and notes in brackets stands in s.
func onlyNotes(s string) bool {
	s = strings.TrimLeft(s, " \u00a0")
	if s == "" {
		return true
	}
	closing, ok := map[byte]string{'(': ")", '[': "]", '<': ">"}[s[0]]
	_, rest, found := strings.Cut(s, closing)
	return ok && found && onlyNotes(rest)
}
