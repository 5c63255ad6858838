package operator

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// TestFiles reads files as operators write them, and wants what is understood,
// then the notes.
func TestFiles(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, file, content, want string }{
		{"a person", PeopleFile, "- name: Nina Ambledown\n  also: [Nina Ambeldan, Ніна Амблдаун]\n  titles: mayor of Zwolke\n  not: Ina Ambledown\n",
			"1 Nina Ambledown [Nina Ambeldan Ніна Амблдаун] false [mayor of Zwolke ] [Ina Ambledown]"},
		{"titles with their time", PeopleFile, "- name: Nina Ambledown\n  titles:\n    - {title: mayor, from: 2021, to: 2024-05}\n    - title: captain\n      to: 2020-06-01\n",
			"1 Nina Ambledown [] false [mayor 2021-01-01 to 2024-05-31 captain to 2020-06-01] []"},
		{"a body", PeopleFile, "- name: Harbour Council\n  body: true\n", "1 Harbour Council [] true [] []"},
		{"a name over lines", PeopleFile, "- name: >\n    Nina\n    Ambledown\n", "1 Nina Ambledown [] false [] []"},
		{"Windows line ends and a mark of UTF-8", PeopleFile, "\ufeff- name: Nina Ambledown\r\n- name: Corin Wexmoor\r\n",
			"1 Nina Ambledown [] false [] []; 2 Corin Wexmoor [] false [] []"},
		{"a remark before a name", PeopleFile, "# who is who\n\n- # the mayor\n  name: Nina Ambledown\n", "4 Nina Ambledown [] false [] []"},
		{"nothing", PeopleFile, "", ""},
		{"remarks alone", PeopleFile, "# nobody yet\n", ""},
		{"a body that is neither", PeopleFile, "- name: Harbour Council\n  body: maybe\n", "!2 body should be true or false"},
		{"a title without words", PeopleFile, "- name: Nina Ambledown\n  titles: [{from: 2021}]\n", "1 Nina Ambledown [] false [] []; !2 a title without words"},
		{"a title that is a number", PeopleFile, "- name: Nina Ambledown\n  titles: [7]\n", "!2 titles should be a list"},
		{"a broken entry among good ones", PeopleFile, "- name: Nina Ambledown\n- name: [\n- name: Corin Wexmoor\n",
			"1 Nina Ambledown [] false [] []; 3 Corin Wexmoor [] false [] []; !2 this is not YAML"},
		{"a field twice", PeopleFile, "- name: Nina Ambledown\n- name: Ines\n  name: Larkspur\n", "1 Nina Ambledown [] false [] []; !3 this is not YAML"},
		{"an alias of YAML", PeopleFile, "- name: &a Nina\n- name: *a\n", "!1 name should be text; !2 name should be text"},

		{"to hide", CorrectionsFile, "- article: a/b.txt\n  start: 12\n  hide: true\n", "1 a/b.txt 12 “” true “” “” “”"},
		{"another speaker", CorrectionsFile, "- article: b.txt\n  quotation: “We sail”\n  speaker: Corin Wexmoor\n  role: captain\n  reason: misread\n",
			"1 b.txt -1 ““We sail”” false “Corin Wexmoor” “captain” “misread”"},
		{"nobody known", CorrectionsFile, "- article: b.txt\n  start: 0\n  speaker: \"\"\n", "1 b.txt 0 “” false “” “” “”"},
		{"a path as on Windows", CorrectionsFile, "- article: .\\a\\b.txt\n  start: 1\n  hide: true\n", "1 a/b.txt 1 “” true “” “” “”"},
		{"a reason that is a number", CorrectionsFile, "- article: b.txt\n  start: 1\n  hide: true\n  reason: 2031\n", "1 b.txt 1 “” true “” “” “2031”"},
		{"both", CorrectionsFile, "- article: b.txt\n  start: 1\n  hide: true\n  speaker: Nina\n", "1 b.txt 1 “” true “Nina” “” “”; !1 the entry says both"},
		{"both, of nothing", CorrectionsFile, "- article: b.txt\n  hide: true\n  speaker: Nina\n", "!1 the entry tells neither start"},
		{"before the beginning", CorrectionsFile, "- article: b.txt\n  start: -1\n  hide: true\n", "!2 start should be a whole number"},
		{"beyond every end", CorrectionsFile, "- article: b.txt\n  start: 99999999999999999999\n  hide: true\n", "!2 start should be a whole number"},
		{"a speaker of nothing", CorrectionsFile, "- article: b.txt\n  start: 1\n  speaker:\n", "!3 speaker should be text"},

		{"groups", SynonymsFile, "# sea\nFerry, boat ,  Ice  Breaker\n\nquay,pier\n", "ferry|boat|ice breaker; quay|pier"},
		{"the same word twice", SynonymsFile, "ferry, Ferry\n", "!1 “ferry” stands alone"},
		{"a comma at the end", SynonymsFile, "ferry, boat,\n", "!1 between two commas"},
		{"not text", SynonymsFile, "ferry, boat\nf\xff, boat\n", "ferry|boat; !2 the line is not valid UTF-8"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := told(parseFile(test.file, []byte(test.content)))
			want := strings.Split(test.want, "; ")
			for n := range max(len(got), len(want)) {
				if n >= len(got) && test.want == "" {
					break
				}
				if n >= len(got) || n >= len(want) || !strings.HasPrefix(got[n], want[n]) || !strings.HasPrefix(want[n], "!") && got[n] != want[n] {
					t.Fatalf("read as\n%q, not\n%q", got, want)
				}
			}
		})
	}
}

// told shows what a file says, an entry or a note each.
func told(f Files) []string {
	var out []string
	for _, p := range f.People {
		var titles []string
		for _, title := range p.Titles {
			titles = append(titles, title.Words, strings.TrimPrefix(span(title), " "))
		}
		out = append(out, fmt.Sprintf("%d %s %v %v %v %v", p.Line, p.Name, p.Also, p.Body, titles, p.Not))
	}
	for _, c := range f.Corrections {
		out = append(out, fmt.Sprintf("%d %s %d “%s” %v “%s” “%s” “%s”", c.Line, c.Article, c.Start, c.Quotation, c.Hide, c.Speaker, c.Role, c.Reason))
	}
	for _, g := range f.Synonyms {
		out = append(out, strings.Join(g, "|"))
	}
	for _, n := range f.Notes {
		out = append(out, fmt.Sprintf("!%d %s", n.Line, n.Text))
	}
	return out
}

func span(t Title) string {
	s := ""
	if !t.Held.First.IsZero() {
		s = " " + t.Held.First.Format(time.DateOnly)
	}
	if !t.Held.Last.IsZero() {
		s += " to " + t.Held.Last.Format(time.DateOnly)
	}
	return s
}

// TestWatch follows files that appear, change, break and go.
func TestWatch(t *testing.T) {
	t.Parallel()
	day := time.Date(2031, 4, 2, 0, 0, 0, 0, time.UTC)
	archive := fstest.MapFS{}
	write := func(content string, minutes int) {
		archive[PeopleFile] = &fstest.MapFile{Data: []byte(content), ModTime: day.Add(time.Duration(minutes) * time.Minute)}
	}
	w := NewWatch(archive)
	if f := w.Files(); f.entries()+len(f.Notes) != 0 {
		t.Errorf("without files they say %v", told(*f))
	}
	write("- name: Nina Ambledown\n", 0)
	first := w.Files()
	if len(first.People) != 1 {
		t.Fatalf("a new file says %v", told(*first))
	}
	if w.Files() != first {
		t.Error("an unchanged file was read again")
	}
	write("- name: Corin Wexmoor0\n", 1) // of the same size
	if f := w.Files(); f.People[0].Name != "Corin Wexmoor0" || first.People[0].Name != "Nina Ambledown" {
		t.Errorf("a changed file says %v, and what was given before %v", told(*f), told(*first))
	}
	write("- name: [\n", 2)
	if f := w.Files(); len(f.People) != 1 || len(f.Notes) != 2 {
		t.Errorf("a broken file says %v", told(*f))
	}
	archive[PeopleFile] = &fstest.MapFile{Mode: 1 << 25} // a named pipe
	if f := w.Files(); len(f.People) != 1 || len(f.Notes) != 2 || !strings.Contains(f.Notes[1].String(), "not a regular file") {
		t.Errorf("a file that is none says %v", told(*f))
	}
	delete(archive, PeopleFile)
	if f := w.Files(); f.entries()+len(f.Notes) != 0 {
		t.Errorf("a file that is gone says %v", told(*f))
	}
}

// FuzzFiles reads anything: it must end, and each entry and note must have a line
// of the file.
func FuzzFiles(f *testing.F) {
	for _, name := range names {
		for _, seed := range []string{"", "- name: Nina Ambledown\n  also: [a, b]\n  titles:\n    - {title: mayor, from: 2021}\n",
			"- article: b.txt\n  start: 3\n  quotation: |\n    we\n    sail\n  hide: true\n- article: [\n", "ferry, boat\n,\n", "- *a\n- &a b\n", "{", "---\n...\n---\n- 1\n", "- ? a\n", "\ufeff- ", "-\t- -"} {
			f.Add(name, seed)
		}
	}
	f.Fuzz(func(t *testing.T, name, content string) {
		last := bytes.Count(lineEnds([]byte(content)), []byte("\n")) + 1
		said := parseFile(name, []byte(content))
		for _, p := range said.People {
			if p.Name == "" || p.Line < 1 || p.Line > last {
				t.Errorf("a person %+v of %d lines", p, last)
			}
		}
		for _, c := range said.Corrections {
			if c.Article == "" || c.Start < NoStart || c.Line < 1 || c.Line > last {
				t.Errorf("a correction %+v of %d lines", c, last)
			}
		}
		for _, g := range said.Synonyms {
			if len(g) < 2 {
				t.Errorf("a group %q", g)
			}
		}
		for _, n := range said.Notes {
			if n.Text == "" || n.Line < 0 || n.Line > last {
				t.Errorf("a note %+v of %d lines", n, last)
			}
		}
	})
}
