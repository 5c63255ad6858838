package data

import (
	"math"
	"strings"

	"github.com/ledongthuc/pdf"
)

// How a PDF's operators place strings: section 9.4 of ISO 32000-1. The library's
// own account of it takes every font for one of single bytes, and gives letters of
// others no width.

// matrix is [a b 0; c d 0; e f 1] by rows.
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

func (m matrix) mul(n matrix) matrix {
	return matrix{m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d, m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f}
}

func matrixOf(at func(int) pdf.Value) matrix {
	return matrix{at(0).Float64(), at(1).Float64(), at(2).Float64(), at(3).Float64(), at(4).Float64(), at(5).Float64()}
}

// penState is what q saves and Q restores.
type penState struct {
	ctm                                      matrix
	face                                     *face
	size, leading, char, word, rise, stretch float64
}

// pen is where the next string goes.
type pen struct {
	state  penState
	saved  []penState
	tm, lm matrix
	forms  int // how deep this is in forms
	out    []run
}

func newPen() *pen {
	return &pen{state: penState{ctm: identity, stretch: 1}, tm: identity, lm: identity}
}

// take hands over what was drawn.
func (p *pen) take() []run {
	out := p.out
	p.out = nil
	return out
}

// operands is how many numbers an operator takes; others are passed over.
func operands(op string) int {
	switch op {
	case "cm", "Tm":
		return 6
	case "\"":
		return 3
	case "Td", "TD":
		return 2
	case "TL", "Tc", "Tw", "Tz", "Ts", "Tj", "TJ", "'":
		return 1
	}
	return 0
}

func (p *pen) do(op string, args []pdf.Value) {
	if len(args) < operands(op) {
		return
	}
	number := func(i int) float64 { return args[i].Float64() }
	at := func(i int) pdf.Value { return args[i] }
	switch op {
	case "q":
		p.saved = append(p.saved, p.state)
	case "Q":
		if n := len(p.saved); n > 0 {
			p.state, p.saved = p.saved[n-1], p.saved[:n-1]
		}
	case "cm":
		p.state.ctm = matrixOf(at).mul(p.state.ctm)
	case "BT":
		p.tm, p.lm = identity, identity
	case "Tm":
		p.tm = matrixOf(at)
		p.lm = p.tm
	case "Td":
		p.newLine(number(0), number(1))
	case "TD":
		p.state.leading = -number(1)
		p.newLine(number(0), number(1))
	case "T*":
		p.newLine(0, -p.state.leading)
	case "TL":
		p.state.leading = number(0)
	case "Tc":
		p.state.char = number(0)
	case "Tw":
		p.state.word = number(0)
	case "Tz":
		p.state.stretch = number(0) / 100
	case "Ts":
		p.state.rise = number(0)
	default:
		p.show(op, args)
	}
}

func (p *pen) show(op string, args []pdf.Value) {
	switch op {
	case "Tj":
		p.text(args[0].RawString())
	case "'":
		p.newLine(0, -p.state.leading)
		p.text(args[0].RawString())
	case "\"":
		p.state.word, p.state.char = args[0].Float64(), args[1].Float64()
		p.newLine(0, -p.state.leading)
		p.text(args[2].RawString())
	case "TJ":
		for i := range args[0].Len() {
			if v := args[0].Index(i); v.Kind() == pdf.String {
				p.text(v.RawString())
			} else {
				p.move(-v.Float64() / 1000 * p.state.size * p.state.stretch)
			}
		}
	}
}

func (p *pen) newLine(x, y float64) {
	p.lm = matrix{1, 0, 0, 1, x, y}.mul(p.lm)
	p.tm = p.lm
}

func (p *pen) move(x float64) { p.tm = matrix{1, 0, 0, 1, x, 0}.mul(p.tm) }

// text draws a string and moves on by its width. Text that is not level is left
// out.
func (p *pen) text(raw string) {
	if p.state.face == nil || raw == "" {
		return
	}
	s, width := p.state.face.decode(raw, p.state)
	place := matrix{1, 0, 0, 1, 0, p.state.rise}.mul(p.tm).mul(p.state.ctm)
	scale := math.Hypot(place.a, place.b)
	if level := math.Abs(place.b) < 0.1*math.Abs(place.a); level && place.a > 0 && s != "" && finite(place) {
		p.out = append(p.out, run{place.e, place.f, width * scale, math.Abs(p.state.size) * math.Hypot(place.c, place.d), s})
	}
	p.move(width)
}

func finite(m matrix) bool {
	for _, v := range []float64{m.a, m.b, m.c, m.d, m.e, m.f} {
		if math.IsNaN(v) || math.Abs(v) > 1e6 {
			return false
		}
	}
	return true
}

// face is a font: how its strings are read and how wide they are.
type face struct {
	font   pdf.Font
	double bool            // codes of two bytes
	widths map[int]float64 // of a font of two bytes
	mute   bool            // its table of letters can't be read
	usual  float64         // width of what has none, in thousandths of the size
}

// usualWidth is the width of a letter that the file gives none for: the standard
// fonts' average.
const usualWidth = 500

// face is the font of a name, made once.
func (d *drawing) face(resources pdf.Value, name string) *face {
	v := resources.Key("Font").Key(name)
	key := name + " " + v.String()
	if f := d.fonts[key]; f != nil {
		return f
	}
	f := &face{font: pdf.Font{V: v}, usual: usualWidth}
	f.mute = d.count(v.Key("ToUnicode")) != nil
	if v.Key("Subtype").Name() == "Type0" {
		f.readWide(v.Key("DescendantFonts").Index(0))
	}
	d.fonts[key] = f
	return f
}

// readWide reads the widths of a font of two bytes: [first [w w …] first last w …].
func (f *face) readWide(v pdf.Value) {
	f.double, f.widths, f.usual = true, map[int]float64{}, 1000
	if dw := v.Key("DW"); !dw.IsNull() {
		f.usual = dw.Float64()
	}
	w := v.Key("W")
	for i := 0; i+1 < w.Len(); {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for k := range list.Len() {
				f.widths[first+k] = list.Index(k).Float64()
			}
			i += 2
			continue
		}
		last := min(int(w.Index(i+1).Int64()), 1<<16)
		for code := max(first, 0); code <= last && i+2 < w.Len(); code++ {
			f.widths[code] = w.Index(i + 2).Float64()
		}
		i += 3
	}
}

// decode is a string's text, and its width before the page's scale.
func (f *face) decode(raw string, s penState) (string, float64) {
	text := "\uFFFD"
	if !f.mute {
		text = f.font.Encoder().Decode(raw)
	}
	text = strings.Map(noControl, strings.ToValidUTF8(text, "\uFFFD"))
	width, step := 0.0, 1
	if f.double {
		step = 2
	}
	for i := 0; i+step <= len(raw); i += step {
		w := f.width(raw[i : i+step])
		width += w/1000*s.size + s.char
		if step == 1 && raw[i] == ' ' {
			width += s.word
		}
	}
	return text, width * s.stretch
}

func (f *face) width(code string) float64 {
	if f.double {
		if w, ok := f.widths[int(code[0])<<8|int(code[1])]; ok {
			return w
		}
		return f.usual
	}
	if w := f.font.Width(int(code[0])); w > 0 {
		return w
	}
	return f.usual
}
