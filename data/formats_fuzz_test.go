package data_test

import (
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/rogpeppe/go-internal/txtar"

	"onrecord/data"
	"onrecord/data/quote"
)

// formatNames are names of every format that is no plain text, in an order that
// the fuzzer's seeds keep.
var formatNames = []string{"a.html", "a.pdf", "a.eml", "a.xml", "a.json", "a.jsonl", "a.zip", "a.tar.gz"}

// FuzzFormats hands any bytes to the readers of all formats: they read or refuse,
// and what they read is a text with paragraphs and statements of it.
func FuzzFormats(f *testing.F) {
	seedFormats(f)
	e, err := quote.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte, format uint8) {
		name := formatNames[int(format)%len(formatNames)]
		if !data.IsContainer(name) {
			if a, err := data.Parse(name, raw); err == nil {
				checkArticle(t, a, e)
			} else if !data.Refused(err) {
				t.Errorf("%s: %v is no refusal", name, err)
			}
			return
		}
		c, err := data.OpenContainer(fstest.MapFS{name: {Data: raw}}, name)
		if err != nil {
			if !data.Refused(err) {
				t.Errorf("%s: %v is no refusal", name, err)
			}
			return
		}
		seen := map[string]bool{}
		for item, err := range c.Items() {
			if err != nil {
				t.Errorf("%s: %v", name, err)
				return
			}
			if holder, ok := data.Inside(item.Path); !ok || holder != name || seen[item.Path] {
				t.Errorf("%q is in %q, or there twice", item.Path, holder)
			}
			seen[item.Path] = true
			if a, err := item.Parse(); err == nil {
				checkArticle(t, a, e)
			}
		}
	})
}

func checkArticle(t *testing.T, a *data.Article, e *quote.Extractor) {
	t.Helper()
	checkParagraphs(t, a)
	for _, s := range a.Statements(e) {
		for _, p := range append(s.Parts, s.Sentence) {
			checkBytes(t, a.Text, p.Start, p.End)
		}
		for _, p := range []quote.Span{s.Mention, s.Cue, s.Addressee, s.Venue, s.When} {
			if p.Len() != 0 {
				checkBytes(t, a.Text, p.Start, p.End)
			}
		}
	}
}

// seedFormats adds the articles of the stories, and what no text can hold.
func seedFormats(f *testing.F) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		story, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for i, name := range formatNames {
			if filepath.Ext(story.Files[0].Name) == filepath.Ext(name) {
				f.Add(story.Files[0].Data, uint8(i))
			}
		}
	}
	for i, s := range []string{
		page("", "<p>“<q>a<q>b</q></q>” <q><p>c</p></q><a>“d</a>\u00ad\ufb01\u00a0said\u00a0Corin\u00a0Wexmoor.</p>"),
		string(pdfOf(f, "<< /Title (T) >>", lines(72, 680, "“It held,” said Corin Wexmoor.", "It was old."))),
		"Subject: =?utf-8?q?=E2?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=x-none\n\n> “a”\n-- \nb\n--b\n",
		"<nitf><body><body.content><p><q>a</q></p></wrong><br/><p>b",
		`{"headline":"\u0000","body_text":"a\u2028b\u000bc\r\rd","bodies":7}`,
		"{\"id\":1,\"text\":\"\\ud800 a\"}\n\n[]\n{\"id\":1,\"body\":\"“b,” said Corin Wexmoor.\"}",
		string(zipped(f, inside{"../a.txt", weir}, inside{"w.jsonl", `{"text":"a"}`}, inside{"w.jsonl", `{"text":"a"}`})),
		string(tarred(f, inside{"a.txt", weir}, inside{"a.txt", weir})),
	} {
		f.Add([]byte(s), uint8(i))
	}
}
