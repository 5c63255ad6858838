package data_test

import (
	"fmt"
	"html"
	"io/fs"
	"strings"
	"testing"

	"onrecord/data"
	"onrecord/data/quote"
	"onrecord/data/sample"
)

// newsPage dresses an article of the sample archive as a news site does: scripts,
// menus, boxes between its paragraphs, a list of other stories below.
func newsPage(b *testing.B) []byte {
	b.Helper()
	archive := data.Archive{FS: sample.FS()}
	entries, _ := archive.List()
	var longest *data.Article
	for _, e := range entries {
		if a, _, err := data.Read(archive.FS, e.Path); err == nil && (longest == nil || len(a.Text) > len(longest.Text)) {
			longest = a
		}
	}
	if longest == nil {
		b.Fatal(fs.ErrNotExist)
	}
	var body strings.Builder
	for i, p := range longest.Passages() {
		fmt.Fprintf(&body, "<p class=\"story__p\">%s</p>\n", html.EscapeString(longest.Text[p.Start:p.End]))
		if i%3 == 2 {
			body.WriteString("<div class=\"ad-slot\"><script>ads.push({})</script></div><aside class=\"related\"><ul><li><a href=\"/x\">Another story</a></li></ul></aside>")
		}
	}
	menu := strings.Repeat("<li class=\"menu__item\"><a href=\"/section\" class=\"menu__link\">Section</a></li>", 150)
	script := "<script>" + strings.Repeat("window.a=window.a||[];", 2000) + "</script>"
	cards := strings.Repeat("<div class=\"card\"><a href=\"/s\"><img src=\"s.jpg\"><h3 class=\"card__title\">Another story</h3></a><p class=\"card__text\">What another story is about.</p></div>", 40)
	return []byte(page(script, "<nav><ul>"+menu+"</ul></nav>"+body.String()+"<section class=\"recommended\">"+cards+"</section>") + script)
}

// BenchmarkReadHTML reads a page; BenchmarkAttributeHTML finds who said what in
// it, which should take longer.
func BenchmarkReadHTML(b *testing.B) {
	raw := newsPage(b)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		if _, err := data.Parse("a.html", raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAttributeHTML(b *testing.B) {
	a, err := data.Parse("a.html", newsPage(b))
	if err != nil {
		b.Fatal(err)
	}
	e, err := quote.New()
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(a.Text)))
	for b.Loop() {
		if len(a.Statements(e)) == 0 {
			b.Fatal("no statements")
		}
	}
}
