package quote_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"onrecord/data"
	"onrecord/data/quote"
)

// BenchmarkNews reads the annotated articles where they are there, one after
// the other: articles/s on one core, and the memory that holds the heap, in MB.
func BenchmarkNews(b *testing.B) {
	texts := news(b)
	e := newExtractor(b)
	for b.Loop() {
		for _, t := range texts {
			e.Statements(t)
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(len(texts)*b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(m.HeapSys)/1e6, "MB")
}

func news(b *testing.B) []quote.Text {
	dir := filepath.Join("..", "..", "..", "shared", "attributed-news", "text")
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil || len(names) == 0 {
		b.Skip("no annotated articles in " + dir)
	}
	var texts []quote.Text
	for _, name := range names {
		a, _, err := data.Read(os.DirFS(dir), filepath.Base(name))
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, a.Spoken())
	}
	return texts
}

// BenchmarkLength reads an ordinary text once, ten times and a hundred times as
// long: ns/byte must stay where it is.
func BenchmarkLength(b *testing.B) {
	for _, times := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			perByte(b, strings.Repeat(strings.Join(seeds[2:10], "\n")+"\n", 10*times))
		})
	}
}

// BenchmarkNasty reads what no article holds, a hundred kilobytes and a megabyte
// of it.
func BenchmarkNasty(b *testing.B) {
	for _, n := range nasty {
		for _, size := range []int{100_000, 1_000_000} {
			b.Run(fmt.Sprintf("%s/%dk", n.name, size/1000), func(b *testing.B) {
				perByte(b, strings.Repeat(n.unit, size/len(n.unit)))
			})
		}
	}
}

func perByte(b *testing.B, s string) {
	e, t := newExtractor(b), everyLine(s)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		e.Statements(t)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(s)), "ns/byte")
}

var nasty = []struct{ name, unit string }{
	{"no full stop", "the eel went on and the river went on "},
	{"no space", "a.a.a."},
	{"letters", "a"},
	{"brackets", "("},
	{"colons", ":"},
	{"commas", ","},
	{"capitals", "Wexmoor "},
	{"distinct capitals", distinctNames()},
	{"said", "said "},
	{"he said", "he said "},
	{"he said that", "he said that "},
	{"he said, lines", "He said that it was so.\n"},
	{"she said, one line", "She said that it was so. "},
	{"and", "Harry Tansygate and "},
	{"who", "Harry Tansygate, who "},
	{"turns", "X: \n"},
	{"named turns", "Nina Ambledown: Yes.\n"},
	{"named turns, one line", "Nina Ambledown: Yes. "},
	{"long turn", "Nina Ambledown: yes\nNina Ambledown: " + strings.Repeat("word ", 200_000/5) + "\n"},
	{"curly pairs", "“Yes” "},
	{"curly pairs, lines", "“Yes.”\n"},
	{"opening curly", "“"},
	{"closing curly", "”"},
	{"opening lines", "“Yes\n"},
	{"straight", `"`},
	{"straight pairs", `"Yes" `},
	{"singles", "'"},
	{"single pairs", "'Yes,' "},
	{"opening singles", "‘a "},
	{"guillemets", "«"},
	{"low marks", "„"},
	{"backticks", "``"},
	{"nested", "“a ‘b „c "},
	{"quotation and cue", "“Yes,” he said. "},
	{"quotation and name", "“Yes,” said Nina Ambledown, the miller.\n"},
	{"split quotation", "“Yes,” he said, “no.” "},
	{"split for ever", "“Yes,” he said, “no,” he said, "},
	{"accents", "e\u0301\u0301\u0301"},
	{"dashes", "— "},
	{"hyphens", "a-"},
	{"apostrophes", "a’"},
	{"points", "."},
	{"titles", "Mr. "},
	{"according to", "according to Nina, "},
	{"the aide", "The aide said it. "},
	{"his aide", "Grebelow’s "},
	{"blank lines", "\n"},
	{"spaces", " "},
}

// distinctNames is a list of a thousand names, each another.
func distinctNames() string {
	var b strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&b, "Nina Amble%c%c%c said so. ", 'a'+i%26, 'a'+i/26%26, 'a'+i/676)
	}
	return b.String()
}
