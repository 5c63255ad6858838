package message

import (
	"errors"
	"strings"
	"testing"
	"time"

	"onrecord/data"
	"onrecord/index"
)

// addFiles are the messages about what admins do with the archive's files.
func addFiles(t *testing.T, out map[string]Message) {
	acts := readAnswer(t, "acts")
	bridge := Added{Path: "added/bridge.html", Articles: 1, Statements: acts.Statements, Article: &data.Article{Path: "added/bridge.html",
		Title: "Bridge at Zwolke to Open in Spring", Author: "Ada Quillhand", Source: "Marnock Lantern", Date: "2031-04-02", URL: "https://lantern.example/bridge", Language: data.English}}
	report := &index.Report{Articles: 853}
	out["adding"], out["added"] = Adding(English), AddedTo(bridge, Indexing{Report: report}, English)
	out["added-indexing"] = AddedTo(bridge, Indexing{At: &index.Progress{Done: 3, Total: 12}}, English)
	out["added-ru"], out["added-uk"] = AddedTo(bridge, Indexing{Report: report}, Russian), AddedTo(bridge, Indexing{Report: report}, Ukrainian)
	known := bridge
	known.Known = true
	out["added-known"] = AddedTo(known, Indexing{Report: report}, English)
	out["added-bare"] = AddedTo(Added{Path: "added/message.txt", Articles: 1, Article: &data.Article{Title: "*Boats* @everyone", Language: data.English,
		Notes: []string{"the front matter can't be read: line 3", "no title: the first line is taken for it"}}}, Indexing{Failed: "3f2a"}, English)
	out["added-ukrainian"] = AddedTo(Added{Path: "added/mist.txt", Articles: 1, Article: &data.Article{Title: "Міст", Language: "uk"}}, Indexing{Report: report}, English)
	many := bridge
	many.Path, many.Articles = "added/news.zip", 120
	many.Refused = []index.Refusal{{Path: "news.zip/empty.txt", Reason: "the file is empty"}, {Path: "news.zip/scan.pdf", Reason: data.ErrScanned.Error()}}
	out["added-many"] = AddedTo(many, Indexing{Report: report}, English)
	out["added-refused"] = AddedTo(bridge, Indexing{Report: &index.Report{Articles: 852, Refused: []index.Refusal{{Path: bridge.Path, Reason: "another has its path"}}}}, English)
	out["not-added"] = NotAdded(data.ErrScanned.Error(), English)
	out["not-added-uk"] = NotAdded("getting \"https://lantern.example/bridge\": the host answered 404 Not Found", Ukrainian)
	out["sample-only"], out["cant-change"] = Tell(SampleOnly, English), CantChange("no space left on device", "3f2a", English)
	file := index.File{Path: "feeds/lantern.example/2031-04-02-bridge.html", Title: "Bridge at Zwolke to Open in Spring", Source: "Marnock Lantern", Date: "2031-04-02", Articles: 1, Statements: 7}
	out["removing"], out["removing-ru"] = Removing(file, English), Removing(file, Russian)
	out["removing-many"] = Removing(index.File{Path: "news.zip", Articles: 120, Statements: 940}, English)
	out["removing-refused"] = Removing(index.File{Path: "scan.pdf", Refused: data.ErrScanned.Error()}, English)
	out["removing-unread"] = Removing(index.File{Path: "new.txt"}, English)
	out["removed"] = Removed(file.Path, ".removed/20310403-060000/"+file.Path, Indexing{Report: report}, English)
	out["removed-kept"] = Removed(file.Path, ".removed/20310403-060000/"+file.Path, Indexing{Report: &index.Report{Articles: 853, Faults: []data.Fault{
		{Path: ".", Err: errors.New("2 files are there where 853 were, as if its disk were not mounted")}}}}, English)
	out["restored"] = Restored(file.Path, Indexing{Failed: "3f2a"}, English)
	out["status"] = StatusOf(Status{Ready: true, Size: index.Size{Articles: 853, Statements: 12034, Bytes: 23_400_000}, Updated: time.Date(2031, 4, 3, 6, 0, 0, 0, time.UTC),
		Took: 7200 * time.Millisecond, Notes: 2, Faults: []data.Fault{{Path: "old", Err: errors.New("permission denied")}}, Updating: &index.Progress{Done: 3, Total: 12}, Refused: []index.Refusal{{Path: "old/scan_*.pdf", Reason: "it is a picture"}},
		Feeds: []Feed{{URL: "https://lantern.example/rss?key=canary", Stored: 31, Waiting: 2, Next: time.Date(2031, 4, 3, 6, 15, 0, 0, time.UTC)},
			{URL: "https://wire.example/atom", Stored: 4, LeftOut: 1, Failures: 3, Fault: "the host answered 503 Service Unavailable", Next: time.Date(2031, 4, 3, 8, 0, 0, 0, time.UTC)}}}, English)
	out["status-sample"] = StatusOf(Status{Sample: true, Ready: true, Size: index.Size{Articles: 10, Statements: 60, Bytes: 190_000, Written: time.Date(2031, 4, 3, 6, 0, 0, 0, time.UTC)}}, Ukrainian)
	out["status-new"] = StatusOf(Status{Updating: &index.Progress{}}, English)
}

// TestFilesOfAllSizes keeps Discord's limits whatever articles and files hold.
func TestFilesOfAllSizes(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "x", strings.Repeat("*", 5000), strings.Repeat("\u202e@everyone ", 900), strings.Repeat("“Ja” 🚢 ", 700)} {
		var refused []index.Refusal
		var notes []string
		var all []Feed
		for range 40 {
			refused, notes = append(refused, index.Refusal{Path: text, Reason: text}), append(notes, text)
			all = append(all, Feed{URL: "https://lantern.example/" + text, Stored: 1, Waiting: 2, LeftOut: 3, Failures: 4, Fault: text, Next: time.Unix(1, 0)})
		}
		a := Added{Path: text, Articles: 3, Refused: refused, Statements: stuffed(text, "").Statements,
			Article: &data.Article{Title: text, Author: text, Source: text, Date: text, URL: "https://lantern.example/" + text, Language: data.English, Notes: notes}}
		faults := []data.Fault{{Path: ".", Err: errors.New(text)}, {Path: text, Err: errors.New(text)}, {Path: text, Err: errors.New(text)}, {Path: text, Err: errors.New(text)}}
		at := Indexing{Report: &index.Report{Refused: refused, Faults: faults}}
		file := index.File{Path: text, Title: text, Source: text, Date: text, Articles: 1, Refused: text}
		for _, l := range []Lang{English, Russian, Ukrainian} {
			for name, m := range map[string]Message{"added": AddedTo(a, at, l), "failed": AddedTo(a, Indexing{Failed: text}, l), "not added": NotAdded(text, l),
				"removing": Removing(file, l), "removed": Removed(text, text, Indexing{}, l), "restored": Restored(text, at, l), "reindexed": Reindexed(*at.Report, l), "can't change": CantChange(text, text, l),
				"status": StatusOf(Status{Ready: true, Refused: refused, Faults: faults, Notes: 3, Feeds: all, Updating: &index.Progress{Done: 9, Total: 3}}, l)} {
				checkLimits(t, name+" "+string(l), m)
			}
		}
	}
}

// TestFileChoices offers files by title and path, each of which is found again by
// what Discord sends of it.
func TestFileChoices(t *testing.T) {
	t.Parallel()
	long := "feeds/" + strings.Repeat("lantern.", 12) + "example/2031-04-02-bridge-at-zwolke-to-open-in-spring-says-its-engineer-0123456789ab.html"
	files := []index.File{{Path: "bridge.md", Title: "Bridge to open"}, {Path: long, Title: strings.Repeat("Bridge ", 30)}, {Path: "scan.pdf"}, {Path: long + "x"},
		{Path: " a\u202eb.txt", Title: "Boats"}, {Path: "#1.txt"}}
	choices := FileChoices(files)
	if len(choices) != len(files) || choices[0].Name != "Bridge to open · bridge.md" || choices[2].Name != "scan.pdf" {
		t.Fatalf("offered are %+v", choices)
	}
	seen := map[any]bool{}
	for n, c := range choices {
		value, _ := c.Value.(string)
		if length(c.Name) > maxOption || length(value) > maxOption || value == "" || c.Name == "" || seen[value] || strings.Contains(c.Name, "\u202e") {
			t.Errorf("%s is offered as %q, %q", files[n].Path, c.Name, value)
		}
		seen[value] = true
		for m, f := range files {
			if got := FileChosen(value, f); got != (n == m) {
				t.Errorf("%q means %q: %v", value, f.Path, got)
			}
		}
	}
	if !FileChosen("bridge TO open ", files[0]) || FileChosen("Bridge to", files[0]) || FileChosen("", index.File{Path: "x"}) {
		t.Error("a title that was typed means another file")
	}
	if choices := FileChoices(nil); choices == nil || len(choices) != 0 {
		t.Errorf("no files are %v", choices)
	}
}

// TestSentence writes reasons as sentences, and leaves names as they are.
func TestSentence(t *testing.T) {
	t.Parallel()
	for reason, want := range map[string]string{"": ".", "the file is empty": "The file is empty.", "news.zip: damaged": `news.zip\: damaged.`, "E-mail.": "E-mail.",
		"ёлка": "ёлка.", "a": "A.", "*x*": `\*x\*.`} {
		if got := sentence(reason); got != want {
			t.Errorf("%q is written %q, want %q", reason, got, want)
		}
	}
}
