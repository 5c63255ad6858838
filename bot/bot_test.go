package bot

import (
	"flag"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"onrecord/data"
	"onrecord/data/operator"
	"onrecord/data/quote"
	"onrecord/index"
)

var update = flag.Bool("update", false, "write what was read into testdata/questions.txt")

// TestShownName gives a surname that an article has alone the commonest full form
// of the archive, and leaves all other names as their articles spell them.
func TestShownName(t *testing.T) {
	t.Parallel()
	r := newRoster(heard{
		{Name: "Wexmoor", Person: true, Statements: 20},
		{Name: "Ada Wexmoor", Person: true, Statements: 3},
		{Name: "Osric Wexmoor", Person: true, Statements: 5},
		{Name: "Plimpette", Person: true, Statements: 1},
		{Name: "Pellworth", Statements: 2},
		{Name: "Tamsin Pellworth", Person: true, Statements: 9},
	}, nil)
	for _, test := range []struct {
		stored string
		person bool
		want   string
	}{
		{"Wexmoor", true, "Osric Wexmoor"},
		{"Ada Wexmoor", true, "Ada Wexmoor"},
		{"Plimpette", true, "Plimpette"},
		{"Pellworth", false, "Pellworth"},
	} {
		if got := r.shownName(test.stored, test.person); got != test.want {
			t.Errorf("%s is shown as %s, want %s", test.stored, got, test.want)
		}
	}
}

// TestNames resolves names, titles and misspellings against a roster of invented
// people, and leaves alone who is not on it.
func TestNames(t *testing.T) {
	t.Parallel()
	r := newRoster(heard{
		{Name: "Volodymyr Pelenskyy", Person: true, Statements: 9, Roles: []string{"Zwolkian President"}},
		{Name: "Volodymyr Pelensky", Person: true, Statements: 2},
		{Name: "Pelenskiy", Person: true, Statements: 1},
		{Name: "Tamsin Plimpette", Person: true, Statements: 4, Roles: []string{"the Harbour’s top ferry aide", "a former ambassador to Pellworth"}},
		{Name: "Osric Wexmoor", Person: true, Statements: 5, Roles: []string{"Governor"}},
		{Name: "Ada Wexmoor", Person: true, Statements: 3, Roles: []string{"Russian President"}},
		{Name: "Ines Larkspur", Person: true, Statements: 1, Roles: []string{"Mayor", "friend of Pellworth"}},
		{Name: "Harbour Council", Statements: 2},
		{Name: "Pellworth", Statements: 2},
	}, nil)
	for _, test := range []struct{ asked, want string }{
		{"Pelenskyy", "Volodymyr Pelenskyy"},
		{"pelensky", "Volodymyr Pelenskyy"},
		{"Pelenskij", "Volodymyr Pelenskyy"},
		{"Volodimir Pelensky", "Volodymyr Pelenskyy"},
		{"President Pelenskyy", "Volodymyr Pelenskyy"},
		{"Boris Pelenskyy", ""},
		{"Plimpete", "Tamsin Plimpette"},
		{"Plompotte", "Tamsin Plimpette"},
		{"Plimsoll", ""},
		{"the Harbour's aide", "Tamsin Plimpette"},
		{"harbour adviser", "Tamsin Plimpette"},
		{"the Russian president", "Ada Wexmoor"},
		{"Russia's president", "Ada Wexmoor"},
		{"the Russian leader", "Ada Wexmoor"},
		{"the president", "? Volodymyr Pelenskyy Ada Wexmoor"},
		{"Wexmoor", "Osric Wexmoor Ada Wexmoor"},
		{"Ada Wexmoor", "Ada Wexmoor"},
		{"the harbour council", "Harbour Council"},
		{"Pellworth", "Pellworth"},
		{"Pellworth's ambassador", "Tamsin Plimpette"},
		{"the mayor", "Ines Larkspur"},
		{"the mayor of Pellworth", ""},
		{"Plimpette and Wexmoor", "Tamsin Plimpette Osric Wexmoor Ada Wexmoor"},
		{"Lavender", ""},
		{"", ""},
		{"the", ""},
	} {
		f := r.resolve(test.asked, func(string) int { return 0 })
		got := strings.Join(names(f.people), " ")
		if f.ambiguous {
			got = "? " + strings.Join(f.near, " ")
		}
		if sortedWords(got) != sortedWords(test.want) {
			t.Errorf("%q means %q, not %q", test.asked, got, test.want)
		}
	}
}

func sortedWords(s string) string {
	words := strings.Fields(s)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// TestTownOfAPersonsName: a body is not taken for a person of its name, nor counted
// and offered with them, whatever other names the operator's file gives people.
func TestTownOfAPersonsName(t *testing.T) {
	t.Parallel()
	names := heard{
		{Name: "Pellworth", Statements: 50},
		{Name: "Pellworth", Person: true, Statements: 2},
		{Name: "Ines Pellworth", Person: true, Statements: 9},
	}
	for _, people := range [][]operator.Person{nil, {{Line: 1, Name: "Ines Pellworth", Also: []string{"Pellworth"}}}} {
		r := newRoster(names, people)
		if town, person := r.called(nameOf{"Pellworth", false}), r.called(nameOf{"Pellworth", true}); town != "Pellworth" || person != "Ines Pellworth" {
			t.Errorf("the town counts as %s, the surname alone as %s", town, person)
		}
		if got := r.personOf(nameOf{"Pellworth", false}); got != "" {
			t.Errorf("the town is %s", got)
		}
		b := &Bot{editions: &editions{last: &edition{files: noFiles, roster: r}}}
		if offered, err := b.CompleteSpeaker("pell", 5); err != nil || !slices.Equal(offered, []string{"Pellworth", "Ines Pellworth"}) {
			t.Errorf("offered are %q (%v)", offered, err)
		}
		if n := r.count(); n != 2 {
			t.Errorf("%d have statements, not 2", n)
		}
	}
}

// TestNoMisspellingOfWhatStands: a word that the archive has is a name of its
// own, and never taken for another.
func TestNoMisspellingOfWhatStands(t *testing.T) {
	t.Parallel()
	r := newRoster(heard{{Name: "Tamsin Plimpette", Person: true, Statements: 4}}, nil)
	if f := r.resolve("Plimpetta", func(string) int { return 1 }); f.people != nil || !slices.Equal(f.near, []string{"Tamsin Plimpette"}) {
		t.Errorf("resolved to %v, near %v", names(f.people), f.near)
	}
}

// sampleBot answers from the sample archive.
func sampleBot(t testing.TB) *Bot {
	t.Helper()
	ex, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	archive, err := data.OpenArchive("")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := index.Update(t.Context(), dir, archive, ex, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return New(ix, slog.New(slog.DiscardHandler))
}

// TestSampleAnswers asks the sample archive what a newcomer would. A name with a
// colon is the first speaker; then what must be among the first five excerpts;
// "-" is an honest no.
func TestSampleAnswers(t *testing.T) {
	t.Parallel()
	b := sampleBot(t)
	for _, test := range []struct{ question, speaker, has string }{
		{"what did Ushakov say?", "Yuri Ushakov", "It gives us nothing"},
		{"ushakof on the truce", "Yuri Ushakov", "30-day cease-fire"},
		{"what did Putin say about gas supplies?", "Vladimir Putin", "Gas supplies for Europe could resume"},
		{"what did trump say about sanctions", "Donald Trump", "I can do things financially"},
		{"What did Zelensky say on Telegram?", "Volodymyr Zelenskyy", "slow in its response"},
		{"who called it a bloodbath", "Donald Trump", "bloodbath"},
		{"Who said “Hopefully, they’ll do the right thing”?", "Donald Trump", "do the right thing"},
		{"What does Russia claim about Kursk?", "Russia", "key town in Kursk"},
		{"What did Kyiv say?", "Kyiv", "ready to back a cease-fire"},
		{"what did the Russian president demand", "Vladimir Putin", "NATO be closed to Ukraine"},
		{"where did Witkoff land?", "", "landed in Moscow"},
		{"When did the United States agree to resume aid?", "", "March 11"},
		{"what did Witkoff say?", "-", ""},
		{"what did Lavrov say?", "-", ""},
		{"what did Ushakov say about gas?", "-", ""},
		{"what did Zelensky say about gas?", "-", ""},
		{"who said “we will never surrender to the fish”?", "-", ""},
		{"how many soldiers died?", "-", ""},
		{"what did he say?", "-", ""},
		{"", "-", ""},
	} {
		a, err := b.Answer(t.Context(), test.question, 5)
		if err != nil {
			t.Fatal(err)
		}
		if problem := fallsShort(a, test.speaker, test.has); problem != "" {
			t.Errorf("%s: %s", test.question, problem)
		}
	}
}

func fallsShort(a *Answer, speaker, has string) string {
	if speaker == "-" {
		if a.Found || len(a.Statements)+len(a.Passages) > 0 || a.Message == "" {
			return fmt.Sprintf("answered with %v %v %q", a.Statements, a.Passages, a.Message)
		}
		return ""
	}
	var all strings.Builder
	for _, s := range a.Statements {
		for _, p := range s.Parts {
			all.WriteString(p.Text + "\n")
		}
	}
	for _, p := range a.Passages {
		all.WriteString(p.Text + "\n")
	}
	switch {
	case !a.Found:
		return "not found: " + a.Message
	case speaker != "" && (len(a.Statements) == 0 || a.Statements[0].Speaker.Name != speaker):
		return fmt.Sprintf("the speakers are %q", a.Speakers)
	case !strings.Contains(all.String(), has):
		return fmt.Sprintf("%q is not in %q", has, all.String())
	}
	return ""
}

// TestVerdicts: did X say it.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	b := sampleBot(t)
	for question, want := range map[string]Verdict{
		"did Ushakov say “It gives us nothing”?":                                          Verbatim,
		"did Trump say “It gives us nothing”?":                                            Other,
		"did Witkoff say “It gives us nothing”?":                                          Other,
		"did Trump say “I would love to meet him and talk to him, but get it over with”?": Near,
		"did Trump say “the fish will never surrender”?":                                  None,
		"did Lavrov say “the fish will never surrender”?":                                 None,
	} {
		a, err := b.Answer(t.Context(), question, 5)
		if err != nil {
			t.Fatal(err)
		}
		if a.Verdict != want || a.Found != (want != None) || a.Intent != Who {
			t.Errorf("%s: the verdict is %q (found %v), not %q", question, a.Verdict, a.Found, want)
		}
	}
}

// TestOutside parts a sentence from the statement's words, which may go on behind it.
func TestOutside(t *testing.T) {
	t.Parallel()
	text := "“Eels,” she told the Lantern, “are late.” “They are always late.”"
	span := func(s string) quote.Span {
		at := strings.Index(text, s)
		return quote.Span{Start: at, End: at + len(s)}
	}
	parts := []quote.Span{span("“Eels,”"), span("“are late.”"), span("“They are always late.”")}
	got := outside(text, span("“Eels,” she told the Lantern, “are late.”"), parts)
	if want := []string{" she told the Lantern, "}; !slices.Equal(got, want) {
		t.Errorf("outside are %q, not %q", got, want)
	}
	got = outside(text, span("she told the Lantern,"), parts)
	if want := []string{"she told the Lantern,"}; !slices.Equal(got, want) {
		t.Errorf("outside are %q, not %q", got, want)
	}
	got = outside(text, quote.Span{Start: 0, End: len(text)}, parts[:1])
	if len(got) != 1 || !strings.HasSuffix(got[0], "always late.”") {
		t.Errorf("outside are %q", got)
	}
}
