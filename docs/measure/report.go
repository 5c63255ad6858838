package main

import (
	"fmt"
	"strings"
	"time"
)

// row is a line of the table: a figure of every size.
type row struct {
	name, must, aim string
	of              func(figures) string
}

var rows = []row{
	{"passages", "", "", func(f figures) string { return fmt.Sprint(f.Passages) }},
	{"full ingest, CPU against plain Bleve's", "4", "2.5", func(f figures) string {
		return fmt.Sprintf("%.1f", f.Ingest.CPU.Seconds()/f.plain().CPU.Seconds())
	}},
	{"full ingest, CPU an article", "", "", func(f figures) string { return each(f.Ingest.CPU, f.Articles) }},
	{"plain Bleve, CPU an article: batches", "", "", func(f figures) string { return each(f.PlainBatches.CPU, f.Articles) }},
	{"plain Bleve, CPU an article: builder", "", "", func(f figures) string { return each(f.PlainBuilder.CPU, f.Articles) }},
	{"articles a second by the clock", "120", "250", func(f figures) string {
		return fmt.Sprintf("%.0f", float64(f.Articles)/f.Ingest.Wall.Seconds())
	}},
	{"articles a second, were both cores its own", "120", "250", func(f figures) string {
		return fmt.Sprintf("%.0f", 2*float64(f.Articles)/f.Ingest.CPU.Seconds())
	}},
	{"peak memory of it", "1 GB", "500 MB", func(f figures) string { return megabytes(f.Ingest.Peak) }},
	{"index size a passage", "2.0 KB", "1.3 KB", func(f figures) string { return kilobytes(f.Bytes, f.Passages) }},
	{"plain Bleve, the same", "", "", func(f figures) string { return kilobytes(f.PlainBytes, f.Passages) }},
	{"private memory while serving", "200 MB", "80 MB", func(f figures) string { return megabytes(f.Serving.Private) }},
	{"cold start to first answer", "1 s", "200 ms", func(f figures) string { return both(f.First) }},
	{"plain Bleve, open and match", "", "", func(f figures) string { return both(f.PlainFirst) }},
	{"an unchanged archive, checked again", "15 s", "3 s", func(f figures) string { return both(f.Again) }},
	{"one new article visible to questions", "2 s", "300 ms", func(f figures) string { return both(f.Serving.New) }},
	{"a question, CPU, p50 and p99", "", "", func(f figures) string { return short(f.Serving.P50) + ", " + short(f.Serving.P99) }},
	{"plain Bleve, a match, the same", "", "", func(f figures) string { return short(f.Plain.P50) + ", " + short(f.Plain.P99) }},
}

// plain is the cheaper of the two ways in which plain Bleve indexes.
func (f figures) plain() spent {
	if f.PlainBuilder.CPU < f.PlainBatches.CPU {
		return f.PlainBuilder
	}
	return f.PlainBatches
}

// tables is the table in Markdown.
func tables(all []figures) string {
	var b strings.Builder
	b.WriteString("| figure | must | aim |")
	for _, f := range all {
		fmt.Fprintf(&b, " %d articles |", f.Articles)
	}
	b.WriteString("\n|---|---|---|" + strings.Repeat("---|", len(all)) + "\n")
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s | %s |", r.name, r.must, r.aim)
		for _, f := range all {
			value := r.of(f)
			if unmeasured[value] || strings.Contains(value, "Inf") || strings.Contains(value, "NaN") {
				value = "–"
			}
			fmt.Fprintf(&b, " %s |", value)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// unmeasured are figures of a step that was left out.
var unmeasured = map[string]bool{"0.00 ms": true, "0 MB": true, "0.00 KB": true, "0.0 ms (CPU 0.0 ms)": true, "0.0 ms, 0.0 ms": true}

func each(d time.Duration, n int) string {
	return fmt.Sprintf("%.2f ms", d.Seconds()*1e3/float64(n))
}

func short(d time.Duration) string {
	if d < time.Second {
		return fmt.Sprintf("%.1f ms", d.Seconds()*1e3)
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// both is a time by the clock and of the processors.
func both(s spent) string { return short(s.Wall) + " (CPU " + short(s.CPU) + ")" }

func megabytes(n int64) string { return fmt.Sprintf("%.0f MB", float64(n)/1e6) }

func kilobytes(n int64, of int) string { return fmt.Sprintf("%.2f KB", float64(n)/1e3/float64(of)) }
