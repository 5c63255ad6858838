package index

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"onrecord/data"
)

// wire is an agency's story of some 230 words, a paragraph a line.
const wire = `PELLWORTH — The ferry company that serves the islands of the Marnock Sound will stop its night crossings at the end of the month, its director said on Tuesday, after three years in which fewer and fewer people used them.
“Nobody rows to Pellworth at night, and hardly anybody sails there,” said Nina Ambledown, who has led the company since its founding. “We have carried an empty boat across the water four times a night, and the council has paid for it.”
The council of Pellworth had asked the company in spring to keep one crossing for nurses and bakers, who work when others sleep. Ambledown said that she had offered it a smaller boat, and that the council had never answered her letter.
Corin Wexmoor, the keeper of the lighthouse, who is also a member of the council, denied that. He said the letter had been answered within a week, and that the company had asked for twice the money for half the seats.
Islanders who gathered at the pier on Monday evening said they had heard of the plan from a notice on the ticket office. Some of them remembered the winter of the long ice, when no boat came for nineteen days and bread was brought over on sledges.
The company, which has eleven boats and employs sixty people, lost a tenth of its passengers last year. Its contract with the council ends next summer, and neither side would say on Tuesday whether there will be another one.`

// reprint is the story under another headline, with words put in and its end cut.
var reprint = "No more boats at night\n" + strings.NewReplacer("on Tuesday, after", "Tuesday after", "hardly anybody", "almost nobody", "who has led the company since its founding", "the company's director").Replace(wire[:strings.LastIndex(wire, "\n")])

// other is another story of the same people and places.
const other = `PELLWORTH — The council of Pellworth will build a bakery beside the lighthouse, the keeper said on Thursday, so that bread need no longer come by boat.
“We have talked of it since the winter of the long ice,” said Corin Wexmoor, the keeper of the lighthouse, who is also a member of the council. The bakery is to have two ovens, and a room above them for the baker, whom the council has yet to find.
Nina Ambledown, who has led the ferry company since its founding, said her boats would carry the flour for nothing in the first year. She wished the baker luck with the damp.
The building will cost as much as a small boat, according to the council, which hopes for gifts. Islanders who gathered at the pier on Monday evening said that they would give what they could, and some said what they would not.
A bakery stood in the same place until the great storm forty years ago, which took its roof and its chimney. The old oven is still there, under nettles, and children roast chestnuts in it when nobody looks. Wexmoor, who was one of those children, said that the oven would stay.
The council meets again next week to choose among three plans. One has a tower, which nobody but its architect is known to like, and one has a window towards the sea, from which the baker could see the ferries come.`

// oath is a release of which there is one for each of many.
func oath(number, name string) string {
	return "The Marnock Guard honoured the " + number + " Company of Lamplighters.\nThe message reads, in part: “It is a great honour and a sign of your merits, of patience and steadiness shown in keeping the lamps of the sound. You can be proud of the long nights of your company. I am sure that the people of " + name + " will go on to be faithful to the lamps, and keep ships from the rocks.”\n"
}

// TestCopies finds reprints, and takes nothing else for one.
func TestCopies(t *testing.T) {
	t.Parallel()
	ix := built(t, memory(map[string]string{
		"agency.md":      "---\ntitle: Ferries stop\ndate: 2031-04-02\n---\n\n" + wire,
		"lantern.md":     "---\ntitle: No more boats\ndate: 2031-04-03\n---\n\n" + reprint,
		"ledger.md":      "---\ntitle: Night ferries end\n---\n\n" + strings.ToUpper(wire[:20]) + wire[20:] + "\nThe Ledger’s own reporter was at the pier and saw no sledge.\n",
		"bakery.md":      "---\ntitle: Bread\ndate: 2031-04-02\n---\n\n" + other,
		"oath-3.md":      "---\ntitle: An honour\n---\n\n" + oath("3rd", "Pellworth"),
		"oath-4.md":      "---\ntitle: An honour\n---\n\n" + oath("4th", "Zwolke"),
		"oath-copied.md": "---\ntitle: Lamps\n---\n\n" + oath("3rd", "Pellworth") + "It was read out at the pier.\n",
		"short.md":       "---\ntitle: Tide\n---\n\nThe tide is wrong.\n",
		"short-too.md":   "---\ntitle: Tide\n---\n\nThe tide is wrong.\n",
	}))
	for path, want := range map[string][]string{
		"agency.md":      {"agency.md", "lantern.md", "ledger.md"},
		"lantern.md":     {"agency.md", "lantern.md", "ledger.md"},
		"ledger.md":      {"agency.md", "lantern.md", "ledger.md"},
		"bakery.md":      {"bakery.md"},
		"oath-3.md":      {"oath-3.md", "oath-copied.md"},
		"oath-4.md":      {"oath-4.md"},
		"oath-copied.md": {"oath-3.md", "oath-copied.md"},
		"short.md":       {"short.md"}, // too short to tell
	} {
		for range 2 { // again, from what is kept
			var got []string
			all, err := ix.Copies(path)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range all {
				got = append(got, a.Path)
			}
			if !slices.Equal(got, want) {
				t.Errorf("copies of %s: %v, not %v", path, got, want)
			}
		}
	}
}

// TestVersions looks up what has one address.
func TestVersions(t *testing.T) {
	t.Parallel()
	files := map[string]string{}
	for _, name := range []string{"b", "a", "c"} {
		files[name+".md"] = "---\ntitle: Tide\nurl: https://lantern.example/tide\n---\n\nThe tide is wrong.\n"
	}
	files["one.md"] = "---\ntitle: Tide\nurl: https://lantern.example/one\n---\n\nThe tide is wrong.\n"
	for n := range maxVersions + 1 {
		files[fmt.Sprintf("front%d.md", n)] = "---\ntitle: Tide\nurl: https://lantern.example/\n---\n\nThe tide is wrong.\n"
	}
	ix := built(t, memory(files))
	for url, want := range map[string]string{"https://lantern.example/tide": "a.md b.md c.md", "https://lantern.example/one": "", "https://lantern.example/": "", "": ""} {
		all, err := ix.Versions(url)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range all {
			got = append(got, a.Path)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s has %v", url, got)
		}
	}
}

// TestCopiesChange: copies that are changed or removed are copies no longer.
func TestCopiesChange(t *testing.T) {
	t.Parallel()
	dir, ex := t.TempDir(), extractor(t)
	for n, files := range []map[string]string{
		{"a.txt": "Ferries\n\n" + wire, "b.txt": "Boats\n\n" + wire},
		{"a.txt": "Ferries\n\n" + wire, "b.txt": "Boats\n\n" + other},
		{"a.txt": "Ferries\n\n" + wire, "b.txt": "Boats\n\n" + other, "c.txt": "Ships\n\n" + reprint},
		{"b.txt": "Boats\n\n" + other, "c.txt": "Ships\n\n" + reprint},
	} {
		if _, err := Update(t.Context(), dir, memory(files), ex, Options{Check: true}); err != nil {
			t.Fatal(err)
		}
		ix, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, path := range []string{"a.txt", "b.txt", "c.txt"} {
			if files[path] == "" {
				continue
			}
			all, err := ix.copiesOf(path)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, strings.Join(all, "+"))
		}
		want := [][]string{{"a.txt+b.txt", "b.txt+a.txt"}, {"a.txt", "b.txt"}, {"a.txt+c.txt", "b.txt", "c.txt+a.txt"}, {"b.txt", "c.txt"}}[n]
		if !slices.Equal(got, want) {
			t.Errorf("after update %d: %v, not %v", n, got, want)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCopiesOfRealArticles finds the reprints among newspaper articles, and none
// among official releases but one that was published twice.
func TestCopiesOfRealArticles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		dir  string
		want []string // pairs, by the beginnings of their names
	}{
		{"../../shared/attributed-news/text", []string{"breitbart_2016-03-15_the-latest-k", "nyt_2015-11-25_golf-courses-", "nyt_2016-03-04_republicans-h", "nyt_2016-03-15_sanders-advan", "usa-today_2016-04-06_sander", "wash-post_2015-12-12_misinf", "wash-post_2015-12-22_as-spo"}},
		{"../../shared/press-releases", []string{"ukraine-2021-12-02-71837.md"}},
	} {
		archive, err := data.OpenArchive(test.dir)
		if err != nil {
			t.Skip("the articles that this is measured on are not here")
		}
		entries, _ := archive.List()
		var paths []string
		var sketches []sketch
		var found []string
		for _, e := range entries {
			a, _, err := data.Read(archive.FS, e.Path)
			if err != nil {
				continue
			}
			s, ok := sketchOf(a)
			for k, o := range sketches {
				if ok && s.copies(o) {
					found = append(found, paths[k])
					if !slices.ContainsFunc(s.terms(), func(term string) bool { return slices.Contains(o.terms(), term) }) {
						t.Errorf("%s and %s are copies and have no term in common", paths[k], a.Path)
					}
					t.Logf("%s and %s share %.2f", paths[k], a.Path, s.share(o))
				}
			}
			if ok {
				paths, sketches = append(paths, a.Path), append(sketches, s)
			}
		}
		slices.Sort(found)
		if !slices.EqualFunc(found, test.want, strings.HasPrefix) {
			t.Errorf("%s: copies of %v", test.dir, found)
		}
	}
}

// TestSeen keeps when an article was first seen and last changed, over updates and
// over an index that is built anew.
func TestSeen(t *testing.T) {
	t.Parallel()
	dir, ex := t.TempDir(), extractor(t)
	at := time.Date(2031, 4, 2, 8, 0, 0, 0, time.UTC)
	text := "Tides\n\n“The tide is wrong,” said Bertil Gadling.\n"
	for n, step := range []struct {
		text string
		full bool
		want string // minutes after the beginning, of each
	}{
		{text: text, want: "0 - -"},
		{text: text, want: "0 - -"},
		{text: text + "\nMore of a slow copy.\n", want: "0 8 -"},
		{text: strings.Replace(text, "wrong", "right", 1), want: "0 12 12"},
		{text: strings.Replace(text, "wrong", "right", 1), full: true, want: "0 12 12"},
		{text: strings.Replace(text, "wrong", "right", 1) + "\nA correction: it was wrong.\n", want: "0 20 20"},
		{text: "\x00", full: true, want: "0 20 20"}, // what is no article any more
		{text: text, want: "0 20 20"},
	} {
		now := at.Add(time.Duration(n) * 4 * time.Minute)
		opt := Options{Check: true, Full: step.full, Now: func() time.Time { return now }}
		if _, err := Update(t.Context(), dir, memory(map[string]string{"a.txt": step.text}), ex, opt); err != nil {
			t.Fatal(err)
		}
		ix, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if a, err := ix.Article("a.txt"); err != nil {
			t.Fatal(err)
		} else if got := minutes(at, a.FirstSeen) + " " + minutes(at, a.Changed) + " " + minutes(at, a.Corrected); got != step.want {
			t.Errorf("after step %d: %s, not %s", n, got, step.want)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// minutes is the time between two moments, "-" where the second never was.
func minutes(from, to time.Time) string {
	if to.IsZero() {
		return "-"
	}
	return strconv.Itoa(int(to.Sub(from).Minutes()))
}

func BenchmarkSketch(b *testing.B) {
	a, err := data.Parse("a.txt", []byte("Ferries\n\n"+wire+"\n"+other))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		sketchOf(a)
	}
}

// TestSeenOverVersions: an index of another version of the program, too, tells when
// articles were first seen; one of another archive does not.
func TestSeenOverVersions(t *testing.T) {
	t.Parallel()
	dir, ex := t.TempDir(), extractor(t)
	at := time.Date(2031, 4, 2, 8, 0, 0, 0, time.UTC)
	archive := memory(map[string]string{"a.txt": "Tides\n\n“The tide is wrong,” said Bertil Gadling.\n"})
	other := archive
	other.Dir = "other"
	for n, step := range []struct {
		archive data.Archive
		spoil   func(*state)
		want    string
	}{
		{archive, nil, "0"},
		{archive, func(s *state) { s.Format-- }, "0"},
		{other, nil, "20"},
		{other, func(s *state) { s.Documents++ }, "30"}, // damaged: nothing in it is believed
	} {
		f := folder(dir)
		if step.spoil != nil {
			s, err := f.state()
			if err != nil {
				t.Fatal(err)
			}
			step.spoil(&s)
			if err := f.setState(s); err != nil {
				t.Fatal(err)
			}
		}
		opt := Options{Now: func() time.Time { return at.Add(time.Duration(n) * 10 * time.Minute) }}
		if report, err := Update(t.Context(), dir, step.archive, ex, opt); err != nil || report.Anew == "" {
			t.Fatalf("step %d: %+v, %v", n, report, err)
		}
		ix, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		a, err := ix.Article("a.txt")
		if err != nil {
			t.Fatal(err)
		}
		if got := minutes(at, a.FirstSeen); got != step.want {
			t.Errorf("step %d: first seen at %s, not %s", n, got, step.want)
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestGrowing leaves files that are still being written as they are known.
func TestGrowing(t *testing.T) {
	t.Parallel()
	dir, ex := t.TempDir(), extractor(t)
	files := map[string]string{"a.txt": "Tides\n\n“The tide is wrong,” said Bertil Gadling.\n"}
	update := func(growing ...string) string {
		t.Helper()
		opt := Options{Growing: map[string]bool{}, Check: true}
		for _, g := range growing {
			opt.Growing[g] = true
		}
		r, err := Update(t.Context(), dir, memory(files), ex, opt)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join([]string{strconv.Itoa(r.Added), strconv.Itoa(r.Replaced), strconv.Itoa(r.Removed), strconv.Itoa(r.Unchanged), strconv.Itoa(r.Articles)}, " ")
	}
	check := func(what, got, want string) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %s, not %s", what, got, want)
		}
	}
	check("first", update(), "1 0 0 0 1")
	files["a.txt"], files["b.txt"] = "Ti", "Boats\n\nThe boat is"
	check("both growing", update("a.txt", "b.txt"), "0 0 0 1 1")
	files["b.txt"] += " in.\n"
	check("one growing", update("a.txt"), "1 0 0 1 2")
	delete(files, "a.txt")
	check("and gone", update("a.txt"), "0 0 1 1 1")
}

// FuzzSketch: what is read back is what was stored, and nothing else makes it fail.
func FuzzSketch(f *testing.F) {
	a, err := data.Parse("a.txt", []byte("Ferries\n\n"+wire))
	if err != nil {
		f.Fatal(err)
	}
	s, ok := sketchOf(a)
	if again, read := readSketch(s.stored()); !ok || !read || again != s {
		f.Fatalf("read back as %+v", again)
	}
	f.Add(s.stored())
	f.Add("")
	f.Add("\x80")
	f.Fuzz(func(t *testing.T, raw string) {
		o, ok := readSketch(raw)
		if ok && (len(o.terms()) != bands || o.copies(s) != s.copies(o)) {
			t.Errorf("%+v", o)
		}
	})
}
