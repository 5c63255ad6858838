package data

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The order in which a PDF's strings are read: lines of each page, columns where
// most lines leave the same gap free, paragraphs by gaps, indents and short last
// lines, and paragraphs put together again that a column or a page cuts.

// Limits of the layout, in multiples of the size of the letters. Found on pages of
// one to three columns, set with and without indents.
const (
	sameLine   = 0.35 // how far apart strings of one line may stand, up or down
	wordGap    = 0.18 // a gap this wide is a space
	columnGap  = 1.1  // a gap this wide parts columns, where lines above and below have it too
	indent     = 0.8  // a first line's
	otherSize  = 0.12 // another size of letters, as a share: another paragraph
	looseLines = 1.35 // a gap of so many usual ones parts paragraphs
)

// segment is a stretch of a line without wide gaps.
type segment struct {
	x, end, y, size float64
	right           float64 // how far its column reaches
	s               string
}

// pdfParagraph is a paragraph of a PDF.
type pdfParagraph struct {
	text string
	size float64 // of its letters, in points
	page int
}

// layOut makes paragraphs of a document's pages.
func layOut(pages [][]run) []pdfParagraph {
	lines := make([][]segment, len(pages))
	for i, runs := range pages {
		lines[i] = columns(segments(runs), 0)
	}
	dropRunning(lines)
	words := wordsOf(lines)
	var out []pdfParagraph
	for i, page := range lines {
		for _, p := range paragraphs(page, words) {
			p.page = i
			if n := len(out) - 1; n >= 0 && cutBetween(out[n], p) {
				out[n].text = joinLines(out[n].text, p.text, words)
				out[n].page = i
			} else {
				out = append(out, p)
			}
		}
	}
	return out
}

// segments puts strings together that stand on one line without a wide gap, from
// the top of the page down, each line from the left. Strings at one place keep
// their order.
func segments(runs []run) []segment {
	runs = slices.Clone(runs)
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(b.y, a.y) })
	var out []segment
	for len(runs) > 0 {
		n := 1
		for n < len(runs) && runs[0].y-runs[n].y <= sameLine*math.Max(runs[0].size, runs[n].size) {
			n++
		}
		line := runs[:n]
		slices.SortStableFunc(line, func(a, b run) int { return cmp.Compare(a.x, b.x) })
		out = append(out, lineSegments(line)...)
		runs = runs[n:]
	}
	return out
}

func lineSegments(line []run) []segment {
	var out []segment
	for _, r := range line {
		n := len(out) - 1
		switch {
		case strings.TrimSpace(r.s) == "" && n < 0:
		case n < 0 || r.x-out[n].end > columnGap*math.Max(r.size, out[n].size):
			if strings.TrimSpace(r.s) != "" {
				out = append(out, segment{x: r.x, end: r.x + r.w, y: r.y, size: r.size, s: strings.TrimLeft(r.s, " ")})
			}
		default:
			s := &out[n]
			if r.x-s.end > wordGap*r.size && !strings.HasSuffix(s.s, " ") && !strings.HasPrefix(r.s, " ") {
				s.s += " "
			}
			s.s += r.s
			if strings.TrimSpace(r.s) != "" {
				s.end, s.size = math.Max(s.end, r.x+r.w), math.Max(s.size, r.size)
			}
		}
	}
	return out
}

// maxColumns bounds how often a page is cut into columns.
const maxColumns = 4

// columns orders segments: where a gap parts most of them, what stands left of it
// comes before what stands right, between lines that cross it.
func columns(all []segment, depth int) []segment {
	gap, ok := gutter(all)
	if !ok || depth == maxColumns {
		return withEdges(all)
	}
	var out, left, right, across []segment
	flush := func() {
		out = append(out, withEdges(across)...)
		out = append(append(out, columns(left, depth+1)...), columns(right, depth+1)...)
		left, right, across = nil, nil, nil
	}
	for _, s := range all {
		switch {
		case s.end <= gap:
			left = append(left, s)
		case s.x >= gap:
			right = append(right, s)
		default:
			if left != nil || right != nil {
				flush()
			}
			across = append(across, s)
		}
	}
	flush()
	return out
}

// withEdges notes how far the lines of a column reach: the widest of those that
// are set alike and begin about where a line does.
func withEdges(column []segment) []segment {
	for i := range column {
		l := &column[i]
		for _, other := range column[max(0, i-nearLines):min(len(column), i+nearLines)] {
			if math.Abs(other.x-l.x) < 3*l.size && math.Abs(other.size-l.size) <= otherSize*l.size {
				l.right = math.Max(l.right, other.end)
			}
		}
	}
	return column
}

// nearLines is how many lines up and down tell how wide a column is.
const nearLines = 40

// leastColumn is how many lines make a column.
const leastColumn = 3

// manySegments are too many to look for columns, for that takes time with their
// square: a page of a newspaper has under a thousand.
const manySegments = 3000

// gutter finds where a page parts in two: a place that few lines cross, with
// lines on both sides of it.
func gutter(all []segment) (float64, bool) {
	best, least := 0.0, math.MaxInt
	if len(all) > manySegments {
		return 0, false
	}
	for _, candidate := range all {
		at := candidate.x
		left, right, across, overlap := 0, 0, 0, 0
		var bottom, top = math.Inf(1), math.Inf(-1)
		for _, s := range all {
			switch {
			case s.end <= at-s.size/2:
				left++
				bottom, top = math.Min(bottom, s.y), math.Max(top, s.y)
			case s.x >= at-0.5:
				right++
			default:
				across++
			}
		}
		for _, s := range all {
			if s.x >= at-0.5 && s.y >= bottom && s.y <= top {
				overlap++
			}
		}
		if left >= leastColumn && overlap >= leastColumn && across*3 <= left+right && across < least {
			best, least = at-0.5, across
		}
	}
	return best, least < math.MaxInt
}

// edgeLines is how many lines at a page's top and bottom may be running heads.
const edgeLines = 2

var digits = regexp.MustCompile(`\d+`)

// dropRunning takes out what stands at the top or the bottom of several pages,
// numbers apart, and page numbers.
func dropRunning(pages [][]segment) {
	seen := map[string]int{}
	for _, page := range pages {
		for _, s := range edges(page) {
			seen[s.running()]++
		}
	}
	for i, page := range pages {
		at := edges(page)
		pages[i] = slices.DeleteFunc(page, func(s segment) bool {
			text := strings.TrimSpace(s.s)
			if !slices.Contains(at, s) {
				return false
			}
			return clockLine.MatchString(text) || len(pages) > 2 && seen[s.running()]*2 > len(pages)
		})
	}
}

// running tells a running head from others: its height and its words.
func (s segment) running() string {
	return fmt.Sprintf("%.0f %s", s.y, digits.ReplaceAllString(strings.TrimSpace(s.s), "0"))
}

// edges are the highest and lowest segments of a page.
func edges(page []segment) []segment {
	sorted := slices.Clone(page)
	slices.SortStableFunc(sorted, func(a, b segment) int { return cmp.Compare(b.y, a.y) })
	if len(sorted) <= 2*edgeLines {
		return sorted
	}
	return append(sorted[:edgeLines:edgeLines], sorted[len(sorted)-edgeLines:]...)
}

// paragraphs puts lines together.
func paragraphs(lines []segment, words map[string]bool) []pdfParagraph {
	usual := leading(lines)
	var out []pdfParagraph
	for i, l := range lines {
		text := strings.Trim(l.s, htmlSpace)
		if text == "" {
			continue
		}
		if n := len(out) - 1; n >= 0 && i > 0 && follows(lines[i-1], l, usual) {
			out[n].text = joinLines(out[n].text, text, words)
			continue
		}
		out = append(out, pdfParagraph{text: text, size: l.size})
	}
	return out
}

// follows tells whether a line goes on with the paragraph of the one above.
func follows(above, l segment, usual float64) bool {
	down := above.y - l.y
	switch {
	case down <= 0 || down > looseLines*math.Max(usual, 1.05*l.size):
		return false
	case math.Abs(above.size-l.size) > otherSize*math.Max(above.size, l.size):
		return false
	case l.x-above.x > indent*l.size && l.x-above.x < 5*l.size && !opensIndented(above):
		return false
	}
	short, stub := above.end < above.right-4*above.size, above.end-above.x < halfLine*(above.right-above.x)
	return !(short && endsSentence(above.s)) && !(stub && !opensLower(l.s))
}

// halfLine is the share of its column below which a line ends a paragraph without
// a full stop: a byline, a date.
const halfLine = 0.6

func opensLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, quoteMarks+" "))
	return unicode.IsLower(r)
}

// opensIndented tells whether a line is an item's mark, which those below are set
// in from.
func opensIndented(s segment) bool { return listMark.MatchString(s.s) }

func endsSentence(s string) bool {
	s = strings.TrimRight(s, " "+quoteMarks+")")
	return strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") || strings.HasSuffix(s, ":")
}

// leading is the usual distance of two lines.
func leading(lines []segment) float64 {
	var all []float64
	for i := 1; i < len(lines); i++ {
		if d := lines[i-1].y - lines[i].y; d > 0 && d < 4*lines[i].size {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[len(all)/3] // paragraphs set apart make the larger ones
}

// cutBetween tells whether a column or a page ends within a paragraph.
func cutBetween(above, below pdfParagraph) bool {
	if above.page == below.page || math.Abs(above.size-below.size) > otherSize*above.size || endsSentence(above.text) {
		return false
	}
	return opensLower(below.text)
}

// joinLines joins two lines of a paragraph. A hyphen at the end of the first
// stays, unless the whole word stands elsewhere without one: "cease-" and "fire",
// but "govern-" and "ment".
func joinLines(a, b string, words map[string]bool) string {
	if strings.HasSuffix(a, "\u00ad") {
		return strings.TrimSuffix(a, "\u00ad") + b
	}
	if !strings.HasSuffix(a, "-") || strings.HasSuffix(a, " -") {
		return a + " " + b
	}
	head, tail := lastWord(strings.TrimSuffix(a, "-")), firstWord(b)
	if words[strings.ToLower(head+tail)] && !words[strings.ToLower(head+"-"+tail)] {
		return strings.TrimSuffix(a, "-") + b
	}
	return a + b
}

var pdfWord = regexp.MustCompile(`[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*`)

// wordsOf are all words that stand whole on a line.
func wordsOf(pages [][]segment) map[string]bool {
	out := map[string]bool{}
	for _, page := range pages {
		for _, s := range page {
			for _, w := range pdfWord.FindAllString(strings.ToLower(s.s), -1) {
				out[w] = true
			}
		}
	}
	return out
}

func lastWord(s string) string {
	return s[strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
}

func firstWord(s string) string {
	if at := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); at >= 0 {
		return s[:at]
	}
	return s
}
