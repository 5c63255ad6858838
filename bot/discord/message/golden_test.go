package message

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onrecord/bot"
	"onrecord/data"
	"onrecord/index"
)

var update = flag.Bool("update", false, "write the messages into the golden files")

// sampleQuestions are asked of the sample archive.
var sampleQuestions = map[string]string{
	"sample-ushakov":       "what did Ushakov say?",
	"sample-two-speakers":  "What did Putin and Trump say about the cease-fire?",
	"sample-verbatim":      "did Ushakov say “It gives us nothing”?",
	"sample-other":         "did Trump say “It gives us nothing”?",
	"sample-near":          "did Trump say “I would love to meet him and talk to him, but get it over with”?",
	"sample-none":          "did Trump say “the fish will never surrender”?",
	"sample-passages":      "where did Witkoff land?",
	"sample-who-said":      "who called it a bloodbath",
	"sample-misspelt":      "ushakof on the truce",
	"sample-nothing":       "what did Lavrov say?",
	"sample-clarify":       "what did he say?",
	"sample-two-of-kursk":  "What does Russia claim about Kursk?",
	"sample-zelensky-said": "What did Zelensky say on Telegram?",
}

// TestSampleContext shows the paragraphs around what the sample archive answers.
func TestSampleContext(t *testing.T) {
	t.Parallel()
	b := sampleBot(t)
	a, err := b.Answer(t.Context(), sampleQuestions["sample-ushakov"], 10)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := Find(a, keyOf(&a.Statements[0]))
	around, err := b.Around(s.Article, s.Paragraph, 2)
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "sample-context", Context(a.Question, s, nil, around, Options{}))
}

// TestMessages compares the messages for answers of the sample archive, for
// those in testdata/answers, and all others with testdata/golden: NAME.json is
// what Discord is sent, NAME.md its text for eyes.
func TestMessages(t *testing.T) {
	t.Parallel()
	b := sampleBot(t)
	for name, q := range sampleQuestions {
		a, err := b.Answer(t.Context(), q, 10)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name, Answer(a, Options{Private: name == "sample-ushakov"}))
	}
	for name, m := range invented(t) {
		golden(t, name, m)
	}
}

// invented are messages for answers that no archive gave.
func invented(t *testing.T) map[string]Message {
	page := func(article string, paragraph int) string {
		return "https://onrecord.example/" + article
	}
	out := map[string]Message{}
	for _, name := range []string{"acts", "who-spoke", "passages", "nothing", "unnamed", "hostile", "edited"} {
		out[name] = Answer(readAnswer(t, name), Options{Link: page})
	}
	acts := readAnswer(t, "acts")
	out["acts-page-2"] = Answer(acts, Options{Page: 1})
	out["acts-ru"] = Answer(acts, Options{Lang: Russian, Private: true})
	out["acts-uk"] = Answer(acts, Options{Lang: Ukrainian})
	out["nothing-uk"] = Answer(readAnswer(t, "nothing"), Options{Lang: Ukrainian})
	out["long"] = Answer(long(), Options{})
	out["context"] = contextOf(acts)
	out["complaint"] = Complaint{Ref: "3f2a", Question: acts.Question, Reason: "It was *not* her, see [here](https://x.example)", Who: "reader_one",
		Statement: &acts.Statements[0], Where: "https://discord.com/channels/1/2/3"}.Admins(English)
	out["checks"] = Checks([]bot.Checked{checked("The bridge will open", verdict(acts, bot.Verbatim, "")), checked("the fish will never surrender", readAnswer(t, "nothing")),
		checked("It only wants some paint", verdict(acts, bot.Near, "")), checked("The bridge will open", verdict(acts, bot.Other, "Corin Wexmoor"))}, 2, Options{})
	thought := *acts
	thought.Statements = acts.Statements[3:4]
	out["verbatim-thought"] = Answer(verdict(&thought, bot.Verbatim, ""), Options{})
	partly := *acts
	partly.Statements = acts.Statements[2:3]
	out["verbatim-partly"] = Answer(verdict(&partly, bot.Verbatim, ""), Options{})
	out["other-thought"] = Answer(verdict(&thought, bot.Other, "Corin Wexmoor"), Options{})
	out["refused"] = Refused("“*someday*” is no date that I can read.")
	out["reindexing"] = Reindexing(index.Progress{Done: 340, Total: 840}, true, 3400*time.Millisecond, English)
	out["reindexing-ru"] = Reindexing(index.Progress{Done: 840, Total: 840}, false, 95*time.Second, Russian)
	out["reindexed"] = Reindexed(index.Report{Added: 12, Replaced: 3, Removed: 1, Articles: 852, Took: 7200 * time.Millisecond,
		Refused: []index.Refusal{{Path: "old/scan_*.txt", Reason: "empty"}, {Path: "big.txt", Reason: "17 MB, more than 16"}}, Faults: []data.Fault{{Path: "old", Err: &fs.PathError{Op: "open", Path: "old", Err: errors.New("permission denied")}}}}, English)
	out["reindexed-nothing"] = Reindexed(index.Report{Articles: 852, Unchanged: 852, Took: 40 * time.Millisecond}, Ukrainian)
	out["sources"] = Sources(Archive{Articles: 840, Statements: 12034, Speakers: 3100, First: "2019-02", Last: "2031-04-02", Undated: 31,
		Outlets: []Outlet{{"Marnock Lantern", 610, "2019-02", "2031-04-02"}, {"Harbour_Wire", 199, "2031-03", "2031-04"}, {"", 31, "", ""}},
		Indexed: time.Date(2031, 4, 3, 6, 0, 0, 0, time.UTC)}, English)
	out["sources-sample"] = Sources(Archive{Articles: 10, Statements: 60, Speakers: 12, Sample: true}, Russian)
	addFiles(t, out)
	for _, l := range []Lang{English, Russian, Ukrainian} {
		out["help-"+string(l)] = Help(l, l == Ukrainian)
		out["failed-"+string(l)] = Failed("3f2a", l)
		out["limited-"+string(l)] = RateLimited(2500*time.Millisecond, l)
	}
	out["unreadable"], out["not-admin"], out["reported"] = Tell(Unreadable, English), Tell(NotAdmin, English), Tell(Reported, English)
	return out
}

func readAnswer(t *testing.T, name string) *bot.Answer {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "answers", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var a bot.Answer
	if err := json.Unmarshal(raw, &a); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return &a
}

// verdict is an answer with another verdict, and how its first statement differs.
func verdict(a *bot.Answer, v bot.Verdict, about string) *bot.Answer {
	out := *a
	out.Verdict, out.About, out.Exact = v, about, true
	out.Statements = append([]bot.Statement{}, a.Statements...)
	if v == bot.Near {
		out.Statements[0].Differs = []bot.Change{{Asked: "some", Said: "a coat of"}}
	}
	return &out
}

func checked(words string, a *bot.Answer) bot.Checked {
	return bot.Checked{Words: words, Verdict: a.Verdict, Answer: a}
}

// long is an answer whose statement is longer than a message shows.
func long() *bot.Answer {
	text := strings.Repeat("The ferry goes, and the ferry comes, and nobody asks it why. ", 40)
	return &bot.Answer{Question: "what did Wexmoor say?", Found: true, Intent: bot.Statements, Speakers: []string{"Corin Wexmoor"},
		Statements: []bot.Statement{{Article: "speech.txt", Paragraph: 1, Kind: "direct", Act: "said", Turn: 1, Speaker: bot.Speaker{Name: "Corin Wexmoor"},
			Parts: []bot.Span{{Start: 0, End: len(text), Text: text}}, Citation: bot.Citation{Title: "The speech", Source: "Marnock Lantern", Date: "2031"}}},
		Passages: []bot.Passage{{Article: "speech.txt", Paragraph: 9, Start: 9000, End: 9000 + len(text), Text: text,
			Marks: []bot.Span{{Start: 9000 + 1804, End: 9000 + 1809, Text: "ferry"}}, Citation: bot.Citation{Title: "The speech", Source: "Marnock Lantern", Date: "2031"}}}}
}

func contextOf(a *bot.Answer) Message {
	before := bot.Passage{Paragraph: 7, Text: "The council met late."}
	own := bot.Passage{Paragraph: 8, Start: 22, Text: "It was loud. Then: “The bridge will open,” said Nina Ambledown. “It only wants a coat of paint.”"}
	after := bot.Passage{Paragraph: 9, Start: 22 + len(own.Text) + 1, Text: "Nobody asked her *when*."}
	s := a.Statements[0]
	s.Parts = nil
	for _, words := range []string{"“The bridge will open,”", "“It only wants a coat of paint.”"} {
		at := own.Start + strings.Index(own.Text, words)
		s.Parts = append(s.Parts, bot.Span{Start: at, End: at + len(words), Text: words})
	}
	return Context(a.Question, &s, nil, []bot.Passage{before, own, after}, Options{})
}

func golden(t *testing.T, name string, m Message) {
	t.Helper()
	checkLimits(t, name, m)
	var payload bytes.Buffer
	e := json.NewEncoder(&payload)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(m.Send(nil)); err != nil {
		t.Fatal(err)
	}
	compare(t, filepath.Join("testdata", "golden", name+".json"), payload.String())
	compare(t, filepath.Join("testdata", "golden", name+".md"), m.Embeds[0].Description+"\n")
}

func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run the test with -update", err)
	}
	if got != string(want) {
		t.Errorf("%s: the message is\n%s\nand not\n%s", path, got, want)
	}
}
