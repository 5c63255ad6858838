package data

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Which line of a PDF is its headline, and which are headings: by the size of
// their letters.

// larger is how much larger than the body's a headline's letters are.
const larger = 1.2

// pdfTitle is the headline: what is set largest on the first page, else what the
// file says.
func pdfTitle(lines []pdfParagraph, said string) string {
	body := bodySize(lines)
	best := -1
	for i, l := range lines {
		if l.page > 0 {
			break
		}
		if l.size >= larger*body && utf8.RuneCountInString(l.text) <= maxTitle && len(strings.Fields(l.text)) > 1 && (best < 0 || l.size > lines[best].size*1.02) {
			best = i
		}
	}
	if best >= 0 {
		return oneLine(lines[best].text)
	}
	if junkTitle.MatchString(said) {
		return ""
	}
	return said
}

// junkTitle is a title that a program made up.
var junkTitle = regexp.MustCompile(`(?i)^(?:untitled.*|microsoft word.*|about:blank|.{0,100}\.(?:docx?|indd|pdf|qxd|pages|odt|html?|tex))$`)

// bodySize is the size in which most of the text is set.
func bodySize(lines []pdfParagraph) float64 {
	sizes := map[float64]int{}
	for _, l := range lines {
		sizes[math.Round(l.size*2)/2] += len(l.text)
	}
	best := 0.0
	for size, n := range sizes {
		if n > sizes[best] || n == sizes[best] && size < best {
			best = size
		}
	}
	return best
}

// pdfBlocks are the paragraphs below the title; what is set larger than the body
// is a heading. What stands above the title stays where it is, below.
func pdfBlocks(lines []pdfParagraph, title string) []block {
	body := bodySize(lines)
	var out []block
	for _, l := range lines {
		text := strings.Trim(spaces.ReplaceAllString(l.text, " "), " ")
		if oneLine(text) == title {
			continue
		}
		out = append(out, block{text: text, heading: l.size >= larger*body && len(text) < maxTitle && !endsSentence(text)})
	}
	return slices.DeleteFunc(out, func(b block) bool { return strings.TrimFunc(b.text, blank) == "" })
}

var spaces = regexp.MustCompile(` {2,}`)
