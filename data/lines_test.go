package data_test

import (
	"strings"
	"testing"

	"onrecord/data"
)

// TestLineEndsAndOrderMarks: what other systems put into a file changes nothing
// of what is read.
func TestLineEndsAndOrderMarks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, file, content string }{
		{"plain", "a.txt", "The Weir\nBy Gerta Pellam\n\nIt held.\n"},
		{"from Windows", "a.txt", "The Weir\r\nBy Gerta Pellam\r\n\r\nIt held.\r\n"},
		{"with an order mark", "a.txt", "\ufeffThe Weir\nBy Gerta Pellam\n\nIt held."},
		{"under a mark alone", "a.txt", "\ufeff\nThe Weir\nBy Gerta Pellam\n\nIt held."},
		{"indented", "a.txt", "  The Weir\n\tBy Gerta Pellam  \n\n  It held.\t\n"},
		{"Markdown", "a.md", "---\ntitle: The Weir\nauthor: Gerta Pellam\n---\n\nIt held.\n"},
		{"Markdown from Windows", "a.md", "---\r\ntitle: The Weir\r\nauthor: Gerta Pellam\r\n---\r\n\r\nIt held.\r\n"},
		{"Markdown with an order mark", "a.md", "\ufeff---\ntitle: The Weir\nauthor: Gerta Pellam\n---\nIt held."},
		{"never closed, from Windows", "a.md", "---\r\ntitle: The Weir\r\nauthor: Gerta Pellam\r\n\r\nIt held.\r\n"},
		{"no blank line at all", "a.md", "---\ntitle: The Weir\nauthor: Gerta Pellam\nIt held.\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a, err := data.Parse(c.file, []byte(c.content))
			if err != nil {
				t.Fatal(err)
			}
			checkParagraphs(t, a)
			if a.Title != "The Weir" || a.Author != "Gerta Pellam" {
				t.Errorf("%q by %q", a.Title, a.Author)
			}
			passages := a.Passages()
			if len(passages) != 1 {
				t.Fatalf("passages: %+v", passages)
			}
			if got := strings.TrimSpace(a.Text[passages[0].Start:passages[0].End]); got != "It held." {
				t.Errorf("the passage is %q", got)
			}
		})
	}
}

// TestOffsetsAreBytes: in a text of many alphabets, spans are of its bytes, and
// paragraphs are counted as whoever checks answers counts them.
func TestOffsetsAreBytes(t *testing.T) {
	t.Parallel()
	const text = "Das Wehr hält — плотина держится\n\n\u2028\n“Ça tient,” said Zoë Ångbræk.\n \v\f\n水は止まった。\n\u00a0\nEnd 🦢\n"
	a, err := data.Parse("a.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	checkParagraphs(t, a)
	want := []string{"Das Wehr hält — плотина держится", "\u2028", "“Ça tient,” said Zoë Ångbræk.", "水は止まった。", "\u00a0", "End 🦢"}
	for i, p := range a.Paragraphs {
		if got := a.Text[p.Start:p.End]; i >= len(want) || got != want[i] {
			t.Errorf("paragraph %d is %q", i+1, got)
		}
		if at := a.ParagraphAt(p.End - 1); at != p.Number {
			t.Errorf("byte %d is in paragraph %d, not %d", p.End-1, at, p.Number)
		}
	}
	if len(a.Paragraphs) != len(want) {
		t.Errorf("%d paragraphs, want %d", len(a.Paragraphs), len(want))
	}
	if (&data.Article{}).ParagraphAt(3) != 0 {
		t.Error("an article without paragraphs has one")
	}
}

func TestFindDate(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2031-03-04":                       "2031-03-04",
		"2031-03-04T10:30:00Z":             "2031-03-04",
		"on 2031-03":                       "2031-03",
		"2031":                             "2031",
		"March 4, 2031":                    "2031-03-04",
		"Sept. 4th 2031":                   "2031-09-04",
		"Tuesday, 4 March 2031, 10:30":     "2031-03-04",
		"4th of March":                     "",
		"March 2031":                       "2031-03",
		"May 2031 be better":               "2031-05",
		"March 4":                          "",
		"3/4/2031":                         "",
		"February 30, 2031":                "",
		"2031-13-01":                       "",
		"in 2031 somewhere":                "",
		"":                                 "",
		"32 March 2031":                    "",
		"Updated March 4, 2031 at 5 p.m.":  "2031-03-04",
		"Marchioness 4, 2031 of Pellworth": "",
	} {
		if got := data.FindDate(text); got != want {
			t.Errorf("%q is dated %q, want %q", text, got, want)
		}
	}
}
