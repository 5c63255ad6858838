package data_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"onrecord/data"
	"onrecord/data/quote"
)

// put is a line of a PDF page: where it begins, how large it is, what it says.
type put struct {
	x, y, size float64
	s          string
}

// pdfOf makes a PDF of pages in a standard font, whose widths it does not give.
func pdfOf(t testing.TB, info string, pages ...[]put) []byte {
	t.Helper()
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>", info}
	var kids []string
	for _, page := range pages {
		var c strings.Builder
		for _, p := range page {
			raw, err := charmap.Windows1252.NewEncoder().String(p.s)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&c, "BT /F1 %g Tf 1 0 0 1 %g %g Tm <%x> Tj ET\n", p.size, p.x, p.y, raw)
		}
		n := len(objects) + 1
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>", n+1),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", c.Len(), c.String()))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages))
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}

// lines puts lines under one another.
func lines(x, y float64, all ...string) []put {
	var out []put
	for i, s := range all {
		out = append(out, put{x, y - 12*float64(i), 10, s})
	}
	return out
}

// TestPDFColumns reads a page of two columns as a browser printed it: in reading
// order, with its ligatures, and its statements with the ligatures' bytes.
func TestPDFColumns(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile(filepath.Join("testdata", "columns.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	a, err := data.Parse("a.pdf", raw)
	if err != nil {
		t.Fatal(err)
	}
	checkParagraphs(t, a)
	const want = "Bridge at Zwolke to open in spring, engineer conﬁrms\n" +
		"By Ada Quillhand\n" +
		"April 2, 2031\n" +
		"The bridge at Zwolke will open in spring, its engineer said on Wednesday, after eleven years of work and three changes of plan that nobody in the town had asked for.\n" +
		"“The bridge will open,” said Tamsin Plimpette, the engineer who built it. “It is a diﬀicult oﬀice to ﬁll, and we have ﬁlled it,” she conﬁrmed.\n" +
		"The council has said that the toll will be two ﬂorins, and that the cease-ﬁre with the ferrymen, which was signed at Marnock in the ﬁrst week of March, will hold through the whole of the summer.\n"
	if !strings.HasPrefix(a.Text, want) {
		t.Errorf("read:\n%s\nwant:\n%s", a.Text, want)
	}
	if a.Author != "Ada Quillhand" || a.Date != "2031-04-02" {
		t.Errorf("by %q on %q", a.Author, a.Date)
	}
	e, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range a.Statements(e) {
		if p := s.Parts[len(s.Parts)-1].Of(a.Text); strings.HasSuffix(p, "we have ﬁlled it,”") && s.Speaker.Name == "Tamsin Plimpette" {
			return
		}
	}
	t.Error("Tamsin Plimpette did not say that the office is filled")
}

// TestPDFLayout: what becomes one paragraph, in which order.
func TestPDFLayout(t *testing.T) {
	t.Parallel()
	title := put{72, 720, 20, "The Weir Holds at Pellworth"}
	long := strings.Repeat("The canal is long and slow. ", 2)
	for name, c := range map[string]struct {
		pages [][]put
		want  string
	}{
		"wrapped lines": {[][]put{append(lines(72, 680, "The weir held through the night of the flood,", "the warden said, and “nothing broke.”"), title)},
			"The weir held through the night of the flood, the warden said, and “nothing broke.”\n"},
		"paragraphs set apart": {[][]put{append(append(lines(72, 680, "The weir held through the night", "of the flood at Pellworth today."), lines(72, 640, "It is old and it is made of oak."+"")...), title)},
			"The weir held through the night of the flood at Pellworth today.\nIt is old and it is made of oak.\n"},
		"paragraphs set in": {[][]put{append(append(lines(72, 680, "The weir held through the night", "of the flood at Pellworth today."), append(lines(88, 656, "It is old and it is made of"), lines(72, 644, "oak from the hills of Marnock.")...)...), title)},
			"The weir held through the night of the flood at Pellworth today.\nIt is old and it is made of oak from the hills of Marnock.\n"},
		"a word that is cut": {[][]put{append(lines(72, 680, "The government kept the cease-", "fire, and nobody in the govern-", "ment said a word about a weir."), title)},
			"The government kept the cease-fire, and nobody in the government said a word about a weir.\n"},
		"two columns": {[][]put{append(append(lines(72, 680, "“The weir held,” said Wilm", "Ostrander, who has kept it", "for forty years and a day."), lines(330, 680, "“It is made of oak,” he said", "to those who had come to see", "the flood from the bridge.")...), title)},
			"“The weir held,” said Wilm Ostrander, who has kept it for forty years and a day.\n“It is made of oak,” he said to those who had come to see the flood from the bridge.\n"},
		"a page's end within a paragraph": {[][]put{
			append(lines(72, 680, long, "and the barges on it are"), title, put{300, 30, 8, "Page 1 of 3"}),
			append(lines(72, 720, "slow, the keepers say.", "Barges are slow. They are old and long."), put{300, 30, 8, "Page 2 of 3"}),
			append(lines(72, 720, "The end."), put{300, 30, 8, "Page 3 of 3"})},
			strings.TrimSpace(long) + " and the barges on it are slow, the keepers say.\n" + "Barges are slow. They are old and long.\nThe end.\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, err := data.Parse("a.pdf", pdfOf(t, "<< >>", c.pages...))
			if err != nil {
				t.Fatal(err)
			}
			checkParagraphs(t, a)
			if want := "The Weir Holds at Pellworth\n" + c.want; a.Text != want {
				t.Errorf("read:\n%s\nwant:\n%s", a.Text, want)
			}
		})
	}
}

// TestPDFTitles: the largest line, else what the file says, unless a program made
// that up; the day it was printed on is not the article's.
func TestPDFTitles(t *testing.T) {
	t.Parallel()
	body := lines(72, 680, "The weir held through the night.")
	for info, want := range map[string]string{
		"<< /Title (The Weir) /Author (Gerta Pellam) /CreationDate (D:20400101) >>": "The Weir|Gerta Pellam|",
		"<< /Title (Microsoft Word - weir.docx) >>":                                 "||",
		"<< /Title (weir.html) >>":                                                  "||",
	} {
		a, err := data.Parse("a.pdf", pdfOf(t, info, body))
		if err != nil {
			t.Fatal(err)
		}
		if got := a.Title + "|" + a.Author + "|" + a.Date; got != want {
			t.Errorf("%s is read as %q, not %q", info, got, want)
		}
	}
}

// TestPDFsThatAreNoArticles are refused with a reason.
func TestPDFsThatAreNoArticles(t *testing.T) {
	t.Parallel()
	good := pdfOf(t, "<< >>", lines(72, 680, "The weir held."))
	locked := bytes.Replace(good, []byte("/Info 4 0 R"), []byte("/Info 4 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /O (oooooooooooooooooooooooooooooooo) /U (uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu) /P -1 >> /ID [(a) (b)]"), 1)
	for name, c := range map[string]struct {
		raw  []byte
		want error
	}{
		"empty":      {nil, data.ErrEmpty},
		"no PDF":     {[]byte("The weir held."), data.ErrNoPDF},
		"cut off":    {good[:len(good)/2], data.ErrNoPDF},
		"a scan":     {pdfOf(t, "<< >>", nil), data.ErrScanned},
		"a password": {locked, data.ErrLocked},
	} {
		if _, err := data.Parse("a.pdf", c.raw); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, not %v", name, err, c.want)
		}
	}
}
