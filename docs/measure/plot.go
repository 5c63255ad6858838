package main

import (
	"fmt"
	"math"
	"strings"
)

// The plot's size, and where in it the axes are, in pixels.
const (
	width, height            = 820, 560
	left, right, top, bottom = 70, 250, 40, 60
)

// curve is how a figure grows.
type curve struct {
	name, colour string
	of           func(figures) float64
}

var curves = []curve{
	{"full ingest, CPU", "#1b6ca8", func(f figures) float64 { return f.Ingest.CPU.Seconds() }},
	{"plain Bleve indexing, CPU", "#9bbcd6", func(f figures) float64 { return f.plain().CPU.Seconds() }},
	{"index size", "#5a8f29", func(f figures) float64 { return float64(f.Bytes) }},
	{"an unchanged archive, CPU", "#c46210", func(f figures) float64 { return f.Again.CPU.Seconds() }},
	{"cold start, CPU", "#8e44ad", func(f figures) float64 { return f.First.CPU.Seconds() }},
	{"private memory", "#7f8c8d", func(f figures) float64 { return float64(f.Serving.Private) }},
	{"one new article, CPU", "#c0392b", func(f figures) float64 { return f.Serving.New.CPU.Seconds() }},
	{"a question, p50 CPU", "#16a085", func(f figures) float64 { return f.Serving.P50.Seconds() }},
	{"plain Bleve match, p50 CPU", "#9fd8cb", func(f figures) float64 { return f.Plain.P50.Seconds() }},
}

// plot draws how much each figure is of what it is at the smallest archive, both
// axes by the logarithm: what is linear has the slope of the dashed line.
func plot(all []figures) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">`+"\n", width, height)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="white"/>`+"\n", width, height)
	if len(all) > 1 {
		drawAxes(&b, all)
		drawLine(&b, all, "#333", "6 4", func(f figures) float64 { return float64(f.Passages) })
		for i, c := range curves {
			drawLine(&b, all, c.colour, "", c.of)
			y := top + 20 + 22*i
			fmt.Fprintf(&b, `<line x1="%d" y1="%d" x2="%d" y2="%d" stroke="%s" stroke-width="2.5"/><text x="%d" y="%d">%s</text>`+"\n",
				width-right+20, y, width-right+44, y, c.colour, width-right+50, y+4, c.name)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// x and y are where in the plot so many passages and such a multiple are.
func x(all []figures, passages float64) float64 {
	from, to := math.Log10(float64(all[0].Passages)), math.Log10(float64(all[len(all)-1].Passages))
	return left + (math.Log10(passages)-from)/(to-from)*(width-left-right)
}

// The multiples that the plot shows.
const least, most = 0.3, 300

func y(multiple float64) float64 {
	at := (math.Log10(min(max(multiple, least), most)) - math.Log10(least)) / (math.Log10(most) - math.Log10(least))
	return height - bottom - at*(height-top-bottom)
}

func drawAxes(b *strings.Builder, all []figures) {
	for _, m := range []float64{1, 10, 100} {
		fmt.Fprintf(b, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#ddd"/><text x="%d" y="%.1f" text-anchor="end">×%.0f</text>`+"\n",
			left, y(m), width-right, y(m), left-8, y(m)+4, m)
	}
	for _, f := range all {
		at := x(all, float64(f.Passages))
		fmt.Fprintf(b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#ddd"/><text x="%.1f" y="%d" text-anchor="middle">%d</text>`+"\n",
			at, top, at, height-bottom, at, height-bottom+20, f.Passages)
	}
	fmt.Fprintf(b, `<text x="%d" y="%d" text-anchor="middle">passages</text>`+"\n", (left+width-right)/2, height-bottom+42)
	fmt.Fprintf(b, `<text x="%d" y="%d">multiple of the smallest archive's; dashed: linear</text>`+"\n", left, top-14)
}

func drawLine(b *strings.Builder, all []figures, colour, dashes string, of func(figures) float64) {
	first := of(all[0])
	if first <= 0 {
		return
	}
	var points []string
	for _, f := range all {
		if of(f) <= 0 {
			continue // not measured
		}
		points = append(points, fmt.Sprintf("%.1f,%.1f", x(all, float64(f.Passages)), y(of(f)/first)))
	}
	fmt.Fprintf(b, `<polyline points="%s" fill="none" stroke="%s" stroke-width="2.5" stroke-dasharray="%s"/>`+"\n", strings.Join(points, " "), colour, dashes)
}
