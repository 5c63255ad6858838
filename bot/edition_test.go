package bot

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/data"
	"onrecord/data/operator"
	"onrecord/data/quote"
	"onrecord/data/when"
	"onrecord/index"
)

// harbour is an archive of invented articles, by file name.
var harbour = map[string]string{
	"ice.txt": "Harbour of Zwolke in Winter\n\n" +
		"“The harbour is closed,” said Nina Ambledown, the mayor of Zwolke. She said that she hoped the truce with the ice would hold.\n\n" +
		"“The ferry waits for nobody,” said Corin Wexmoor, a captain.\n\n" +
		"The pilots of Zwolke asked for twelve lanterns on Monday.\n",
	"thaw.txt": "Thaw in Zwolke\n\n“The cease-fire with the ice is over,” said Nina Ambledown.\n\n“We sail,” said Osric Bramblewick.\n\n“We sail,” Ambledown said.\n",
}

// offset is the byte at which some words of an article begin.
func offset(name, words string) string { return fmt.Sprint(strings.Index(harbour[name], words)) }

// desk is a bot over a folder of articles with the operator's files in it.
type desk struct {
	*testing.T
	dir string
	bot *Bot
	at  time.Time // the next file's time of change
}

func newDesk(t *testing.T, articles map[string]string) *desk {
	t.Helper()
	d := &desk{T: t, dir: t.TempDir(), at: time.Date(2031, 4, 2, 0, 0, 0, 0, time.UTC)}
	for name, text := range articles {
		d.write(name, text)
	}
	archive, err := data.OpenArchive(d.dir)
	if err != nil {
		t.Fatal(err)
	}
	ex, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	at := t.TempDir()
	if _, err := index.Update(t.Context(), at, archive, ex, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(at)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	d.bot = NewEdited(ix, slog.New(slog.DiscardHandler), operator.NewWatch(archive.FS))
	return d
}

func (d *desk) write(name, text string) {
	d.Helper()
	d.at = d.at.Add(time.Second)
	path := filepath.Join(d.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		d.Fatal(err)
	}
	if err := os.Chtimes(path, d.at, d.at); err != nil {
		d.Fatal(err)
	}
}

// ask shows an answer in short: the verdict, then who said what.
func (d *desk) ask(question string) string {
	d.Helper()
	a, err := d.bot.Answer(d.Context(), question, 10)
	if err != nil {
		d.Fatal(err)
	}
	var out []string
	if a.Verdict != "" {
		out = append(out, string(a.Verdict))
	}
	for _, s := range a.Statements {
		var parts []string
		for _, p := range s.Parts {
			parts = append(parts, p.Text)
		}
		said := s.Who() + ": " + strings.Join(parts, " … ")
		if s.Matched != nil {
			said += fmt.Sprint(" ", s.Matched)
		}
		out = append(out, said)
	}
	for _, p := range a.Passages {
		out = append(out, fmt.Sprint(p.Text, " ", p.Matched))
	}
	for _, c := range a.Counts {
		out = append(out, fmt.Sprint(c.Speaker, " ", c.Statements))
	}
	return strings.Join(out, " | ")
}

func (d *desk) notes() string {
	d.Helper()
	notes, err := d.bot.Notes()
	if err != nil {
		d.Fatal(err)
	}
	var out []string
	for _, n := range notes {
		out = append(out, n.String())
	}
	return strings.Join(out, " | ")
}

// TestCorrections hides statements and gives them to others, one set of
// corrections after the other over one open index.
func TestCorrections(t *testing.T) {
	t.Parallel()
	d := newDesk(t, harbour)
	starts := strings.NewReplacer("{closed}", offset("ice.txt", "“The harbour"), "{hoped}", offset("ice.txt", "that she hoped"),
		"{sail}", offset("thaw.txt", "“We sail,” said"), "{other}", offset("thaw.txt", "“We sail,” Ambledown"))
	for _, test := range []struct{ name, corrections, question, want, notes string }{
		{"nothing corrected", "", "what did Ambledown say about the ice?",
			"Nina Ambledown: “The cease-fire with the ice is over,” | Nina Ambledown: that she hoped the truce with the ice would hold", ""},
		{"hidden, and what stands inside with it", "- {article: ice.txt, quotation: the truce with the ice, hide: true}",
			"what did Ambledown say about the ice?", "Nina Ambledown: “The cease-fire with the ice is over,”", ""},
		{"hidden by its start takes what stands inside it", "- {article: ice.txt, start: {hoped}, hide: true}",
			"what did Ambledown say about the ice?", "Nina Ambledown: “The cease-fire with the ice is over,”", ""},
		{"another speaker's, with what stands inside", "- {article: ice.txt, start: {hoped}, speaker: Corin Wexmoor}",
			"what did Wexmoor say about the ice?", "Corin Wexmoor: that she hoped the truce with the ice would hold", ""},
		{"nobody's", "- {article: ice.txt, quotation: the ferry waits, speaker: ''}", "what did Wexmoor say?", "", ""},
		{"nobody's answers no who", "- {article: ice.txt, quotation: the ferry waits, speaker: ''}", "who said \"The ferry waits for nobody\"?", "", ""},
		{"in one article, not in another", "- {article: ice.txt, quotation: we sail, hide: true}",
			"who said \"we sail\"?", "Osric Bramblewick: “We sail,” | Nina Ambledown: “We sail,”", "corrections.yaml, line 1: no statement of ice.txt holds the words “we sail”"},
		{"all that hold the words", "- {article: thaw.txt, quotation: we sail, hide: true}", "who said \"we sail\"?", "", ""},
		{"two speakers", "- {article: thaw.txt, quotation: we sail, speaker: Corin Wexmoor}", "did Wexmoor say \"we sail\"?",
			"other | Osric Bramblewick: “We sail,” | Nina Ambledown: “We sail,”",
			"corrections.yaml, line 1: the entry fits statements of several speakers in thaw.txt, at {sail}, {other}, and is left out: give the start of one"},
		{"one of the two", "- {article: thaw.txt, start: {sail}, quotation: we sail, speaker: Corin Wexmoor}", "did Wexmoor say \"we sail\"?", "verbatim | Corin Wexmoor: “We sail,”", ""},
		{"hidden goes before another's", "- {article: thaw.txt, start: {sail}, speaker: Corin Wexmoor}\n- {article: thaw.txt, start: {sail}, hide: true}",
			"did Wexmoor say \"we sail\"?", "other | Nina Ambledown: “We sail,”",
			"corrections.yaml, line 2: the entry contradicts the one on line 1 about the statement at byte {sail} of thaw.txt; the one on line 2 holds"},
		{"the first goes before the second", "- {article: thaw.txt, start: {sail}, speaker: Corin Wexmoor}\n- {article: thaw.txt, start: {sail}, speaker: Nina Ambledown}",
			"did Wexmoor say \"we sail\"?", "verbatim | Corin Wexmoor: “We sail,”",
			"corrections.yaml, line 2: the entry contradicts the one on line 1 about the statement at byte {sail} of thaw.txt; the one on line 1 holds"},
		{"the same twice is no contradiction", "- {article: thaw.txt, start: {sail}, hide: true}\n- {article: thaw.txt, start: {sail}, hide: true}",
			"did Bramblewick say \"we sail\"?", "other | Nina Ambledown: “We sail,”", ""},
		{"counted for whom it is", "- {article: thaw.txt, start: {sail}, speaker: Nina Ambledown}", "who has talked about sailing?",
			"Nina Ambledown: “We sail,” | Nina Ambledown 2", ""},
		{"no passage shows hidden words", "- {article: ice.txt, start: {closed}, hide: true}", "when is the harbour of Zwolke closed?", "", ""},
		{"by an office", "- {article: ice.txt, quotation: the ferry waits, speaker: Hesper Ondaal, role: harbour director}", "what did the harbour director say?",
			"Hesper Ondaal: “The ferry waits for nobody,”", ""},
		{"not by the office of who did not say it", "- {article: ice.txt, start: {closed}, speaker: Hesper Ondaal}\n- {article: ice.txt, start: {hoped}, hide: true}",
			"what did the mayor of Zwolke say?", "", ""},
	} {
		d.write(operator.CorrectionsFile, starts.Replace(test.corrections))
		if got := d.ask(test.question); got != test.want {
			t.Errorf("%s: %s\nanswers %q,\nnot     %q", test.name, test.question, got, test.want)
		}
		if got, want := d.notes(), starts.Replace(test.notes); got != want {
			t.Errorf("%s: notes %q, not %q", test.name, got, want)
		}
	}
}

// TestSynonymsOfTheOperator finds by the operator's words, and says by which
// words it was found where they are not the asked ones.
func TestSynonymsOfTheOperator(t *testing.T) {
	t.Parallel()
	d := newDesk(t, harbour)
	for _, test := range []struct{ synonyms, question, want string }{
		{"", "what did Wexmoor say about the catamaran?", ""},
		{"catamaran, ferry", "what did Wexmoor say about the catamaran?", "Corin Wexmoor: “The ferry waits for nobody,” [ferry]"},
		{"catamaran, ferry", "what did Wexmoor say about the ferries?", "Corin Wexmoor: “The ferry waits for nobody,”"},
		{"", "how many lamps did the pilots of Zwolke want?", ""},
		{"lamps, lanterns", "how many lamps did the pilots of Zwolke ask for?", "The pilots of Zwolke asked for twelve lanterns on Monday. [lanterns]"},
		{"", "what did Ambledown say about the armistice with the ice?",
			"Nina Ambledown: “The cease-fire with the ice is over,” [cease-fire] | Nina Ambledown: that she hoped the truce with the ice would hold [truce]"},
		{"", "what did Ambledown say about the ceasefire with the ice?",
			"Nina Ambledown: “The cease-fire with the ice is over,” | Nina Ambledown: that she hoped the truce with the ice would hold [truce]"},
	} {
		d.write(operator.SynonymsFile, test.synonyms)
		if got := d.ask(test.question); got != test.want {
			t.Errorf("with %q: %s\nanswers %q,\nnot     %q", test.synonyms, test.question, got, test.want)
		}
	}
}

// TestPeopleOfTheOperator resolves names and offices by the operator's file,
// before all that the archive says.
func TestPeopleOfTheOperator(t *testing.T) {
	t.Parallel()
	archive := heard{
		{Name: "Ada Wexmoor", Person: true, Statements: 9, Roles: []string{"President of Zwolk"}},
		{Name: "Abel Wexmoor", Person: true, Statements: 4},
		{Name: "A. Wexmoor", Person: true, Statements: 2},
		{Name: "George Plimpette", Person: true, Statements: 5},
		{Name: "George W. Plimpette", Person: true, Statements: 3},
		{Name: "Hesper Ondal", Person: true, Statements: 2},
		{Name: "Ondaal", Person: true, Statements: 1},
		{Name: "Defence Office", Statements: 3},
		{Name: "Ministry of Defence", Statements: 2},
	}
	people := []operator.Person{
		{Line: 1, Name: "Hesper Ondaal", Also: []string{"Hesper Ondal", "Гесперія Ондал", "Hessie"}, Titles: []operator.Title{{Words: "president of Zwolk", Held: when.ISO("2031")}}},
		{Line: 2, Name: "Ada Wexmoor", Not: []string{"A. Wexmoor"}, Titles: []operator.Title{{Words: "president of Zwolk", Held: when.ISO("2030")}, {Words: "harbour pilot"}}},
		{Line: 3, Name: "Abel Wexmoor", Also: []string{"A. Wexmoor"}},
		{Line: 4, Name: "George W. Plimpette", Not: []string{"George Plimpette"}},
		{Line: 5, Name: "Ministry of Defence", Also: []string{"Defence Office"}, Body: true},
		{Line: 6, Name: "Ines Larkspur", Titles: []operator.Title{{Words: "harbour pilot"}}},
	}
	now := time.Date(2031, 4, 2, 0, 0, 0, 0, time.UTC)
	all := newRoster(archive, people)
	newest := map[string]time.Time{"old": time.Date(2030, 12, 31, 0, 0, 0, 0, time.UTC)}
	for _, test := range []struct{ asked, in, people, stored string }{
		{"Ondaal", "", "Hesper Ondaal", "Ondaal, Hesper Ondal"},
		{"Ondal", "", "Hesper Ondaal", "Ondaal, Hesper Ondal"},
		{"Ондал", "", "Hesper Ondaal", "Ondaal, Hesper Ondal"},
		{"Hessie", "", "Hesper Ondaal", "Ondaal, Hesper Ondal"},
		{"the president of Zwolk", "", "Hesper Ondaal", "Ondaal, Hesper Ondal"},
		{"the president of Zwolk", "old", "Ada Wexmoor", "Ada Wexmoor"}, // an archive that ends before
		{"the president of Zwolk", "2030-06", "Ada Wexmoor", "Ada Wexmoor"},
		{"the president of Zwolk", "2019", "Ada Wexmoor, Hesper Ondaal", ""},
		{"the harbour pilot", "", "Ada Wexmoor", "Ada Wexmoor"},
		{"Wexmoor", "", "Ada Wexmoor, Abel Wexmoor", "Ada Wexmoor, Abel Wexmoor, A. Wexmoor"},
		{"A. Wexmoor", "", "Abel Wexmoor", "Abel Wexmoor, A. Wexmoor"},
		{"George Plimpette", "", "George Plimpette", "George Plimpette"},
		{"President George W. Plimpette", "", "George W. Plimpette", "George W. Plimpette"},
		{"the Defence Office", "", "Ministry of Defence", "Ministry of Defence, Defence Office"},
		{"Ines Larkspur", "", "Ines Larkspur", ""},
	} {
		f := all.at(when.ISO(test.in), now, newest[test.in]).resolve(test.asked, func(string) int { return 0 })
		got, said := strings.Join(names(f.people), ", "), strings.Join(stored(f.people), ", ")
		if f.ambiguous {
			got = strings.Join(f.near, ", ")
		}
		if got != test.people || said != test.stored {
			t.Errorf("%q in %q means %q, stored as %q; not %q, as %q", test.asked, test.in, got, said, test.people, test.stored)
		}
	}
	if f := all.resolve("Larkspurr", func(string) int { return 1 }); f.near != nil {
		t.Errorf("%q with nothing on record are offered", f.near)
	}
}
