package data

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ledongthuc/pdf"
)

// PDF. A page is a list of strings with places; pdflayout.go makes lines, columns
// and paragraphs of them. Ligatures stay in the text as they are.
//
// Limits. A scan has no text and is refused. The date is that of a line that gives
// one, never the file's: a page may be printed years after it was written. Text in
// a font without a table of its letters can't be told. Tables and side boxes are
// read as columns, which may be the wrong order. Text that lies sideways is left
// out.

// Why a PDF is refused.
const (
	ErrNoPDF     = Refusal("it is no PDF, or one that can't be read")
	ErrScanned   = Refusal("the PDF has no text: it is a scan or a picture. Run character recognition over it first")
	ErrUnmapped  = Refusal("the PDF's letters can't be told: its fonts have no table of them")
	ErrManyPages = Refusal("the PDF has more than 2,000 pages: split it")
)

// Limits of a PDF.
const (
	maxPages = 2000
	// maxDrawn is how much a PDF's pages may unpack to, in bytes.
	maxDrawn = 128 << 20
	// maxForms is how deep forms, drawings within drawings, may nest.
	maxForms = 8
)

// readPDF reads a PDF. Its text is the title, then a paragraph a line.
func readPDF(a *Article, raw []byte) (err error) {
	defer func() {
		if r := recover(); r != nil { // the library panics on files that break its expectations
			err = fmt.Errorf("%w: %v", ErrNoPDF, r)
		}
	}()
	r, err := pdf.NewReader(bytes.NewReader(raw), int64(len(raw)))
	switch {
	case errors.Is(err, pdf.ErrInvalidPassword):
		return ErrLocked
	case err != nil:
		return fmt.Errorf("%w: %v", ErrNoPDF, err)
	case r.NumPage() > maxPages:
		return ErrManyPages
	}
	d := &drawing{fonts: map[string]*face{}}
	var pages [][]run
	for n := 1; n <= r.NumPage(); n++ {
		d.runs = nil
		if err := d.page(r.Page(n)); err != nil {
			a.note(fmt.Sprintf("page %d was read in part: %v", n, err))
		}
		if d.drawn > maxDrawn {
			return ErrBomb
		}
		pages = append(pages, d.runs)
	}
	return a.setPDF(layOut(pages), oneLine(clean(infoText(r, "Title"))), oneLine(clean(infoText(r, "Author"))))
}

func infoText(r *pdf.Reader, key string) string { return r.Trailer().Key("Info").Key(key).Text() }

// unmapped is the share of replacement characters from which on a text is none.
const unmapped = 0.3

func (a *Article) setPDF(lines []pdfParagraph, title, author string) error {
	var text strings.Builder
	for _, l := range lines {
		text.WriteString(l.text)
	}
	all := text.String()
	switch {
	case strings.TrimFunc(all, blank) == "":
		return ErrScanned
	case float64(strings.Count(all, "\uFFFD")) > unmapped*float64(len([]rune(all))):
		return ErrUnmapped
	}
	a.Title = pdfTitle(lines, title)
	a.Author = author
	a.laidOut = true
	a.setText(pdfBlocks(lines, a.Title))
	a.tellLines()
	if a.Title == "" {
		a.note("no title: no line is set larger than the others")
	}
	return nil
}

// drawing collects the strings of a page.
type drawing struct {
	runs  []run
	fonts map[string]*face // by their names and what they are
	drawn int64            // bytes of content so far
}

// run is a string with its place, in points from the lower left corner.
type run struct {
	x, y, w, size float64
	s             string
}

// page draws a page; what breaks off keeps what came before.
func (d *drawing) page(p pdf.Page) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	contents := p.V.Key("Contents")
	if contents.IsNull() {
		return nil
	}
	if err := d.count(contents); err != nil {
		return err
	}
	d.draw(contents, p.Resources(), newPen())
	return nil
}

// count adds up what content streams unpack to, and finds out whether they end
// within a string: there the library would read on without end.
func (d *drawing) count(v pdf.Value) error {
	t := &tailCheck{}
	streams := []pdf.Value{v}
	if v.Kind() == pdf.Array {
		streams = nil
		for i := range v.Len() {
			streams = append(streams, v.Index(i))
		}
	}
	for _, s := range streams {
		if s.Kind() != pdf.Stream {
			continue
		}
		r := s.Reader()
		n, err := io.Copy(t, io.LimitReader(r, maxDrawn-d.drawn+1))
		_ = r.Close() // it was read only
		if d.drawn += n; d.drawn > maxDrawn {
			return ErrBomb
		}
		if err != nil {
			return err
		}
	}
	if t.open {
		return errors.New("it breaks off within a string")
	}
	return nil
}

// tailCheck notes whether a "<" follows the last ">" of what is written.
type tailCheck struct{ open bool }

func (t *tailCheck) Write(b []byte) (int, error) {
	if open, shut := bytes.LastIndexByte(b, '<'), bytes.LastIndexByte(b, '>'); open != shut {
		t.open = open > shut
	}
	return len(b), nil
}

// draw follows the operators of a content stream.
func (d *drawing) draw(content, resources pdf.Value, p *pen) {
	pdf.Interpret(content, func(stack *pdf.Stack, op string) {
		args := make([]pdf.Value, stack.Len())
		for i := len(args) - 1; i >= 0; i-- {
			args[i] = stack.Pop()
		}
		switch op {
		case "Tf":
			if len(args) == 2 {
				p.state.face = d.face(resources, args[0].Name())
				p.state.size = args[1].Float64()
			}
		case "Do":
			if len(args) == 1 {
				d.form(resources.Key("XObject").Key(args[0].Name()), resources, p)
			}
		default:
			p.do(op, args)
		}
		d.runs = append(d.runs, p.take()...)
	})
}

// form draws a form where the pen is.
func (d *drawing) form(x, resources pdf.Value, p *pen) {
	if x.Key("Subtype").Name() != "Form" || p.forms >= maxForms || d.count(x) != nil {
		return
	}
	own := x.Key("Resources")
	if own.IsNull() {
		own = resources
	}
	inner := newPen()
	inner.forms = p.forms + 1
	inner.state.ctm = p.state.ctm
	if m := x.Key("Matrix"); m.Len() == 6 {
		inner.state.ctm = matrixOf(m.Index).mul(inner.state.ctm)
	}
	d.draw(x, own, inner)
}
