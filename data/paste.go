package data

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of what is taken for a title or a header, found on pasted articles.
const (
	maxTitle   = 250 // runes; the longest headlines seen pass 150
	maxHeader  = 16  // lines looked at for a byline, a caption, a date
	maxDeck    = 2   // lines of prose that a header may hold: standfirst and subtitle
	maxCaption = 700 // bytes
	maxLabel   = 6   // words of a line that may be a button or a job title
)

// readPaste reads an article as it is pasted from a web page: the file is the
// text, and each line is told apart by its place and its form.
func readPaste(a *Article, text string) {
	a.Text = text
	a.Paragraphs = Lines(text)
	p := &paste{Article: a}
	p.findTitle()
	p.findHeader()
	p.findFooter()
	p.findCaptions()
	p.findOutlet()
	if a.Title == "" {
		a.note("no title found: the first line reads like the article itself")
	}
}

type paste struct {
	*Article
	body int // index of the first paragraph after the header
}

// line is paragraph i without white space or a byte order mark around it: ""
// where it holds no more, a no-break space say.
func (p *paste) line(i int) string {
	return strings.TrimFunc(p.text(p.Paragraphs[i]), func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
}

func (p *paste) findTitle() {
	for p.body < len(p.Paragraphs) && p.line(p.body) == "" {
		p.Paragraphs[p.body].Role = Furniture
		p.body++
	}
	if p.body == len(p.Paragraphs) {
		return
	}
	p.skipMasthead()
	first := p.line(p.body)
	if !looksLikeTitle(first, len(p.Paragraphs)-p.body) {
		return
	}
	p.Paragraphs[p.body].Role = Title
	p.Title = first
	p.body++
}

func looksLikeTitle(s string, paragraphs int) bool {
	n := utf8.RuneCountInString(s)
	if n > maxTitle || datedAt.MatchString(s) || dateline.MatchString(s) {
		return false
	}
	ends := strings.ContainsAny(s[len(s)-1:], ".!?") || strings.HasSuffix(s, "”")
	if paragraphs == 1 {
		return !ends && n < maxTitle/2
	}
	sentences := strings.Count(s, ". ") + strings.Count(s, ".” ")
	return !(ends && sentences > 0 && n > 140)
}

// findHeader looks for the last byline, caption, date or button above the body.
// Prose before it is standfirst.
func (p *paste) findHeader() {
	prose, end := 0, p.body
	for i := p.body; i < len(p.Paragraphs) && i < maxHeader && prose <= maxDeck; i++ {
		role := p.headerRole(i)
		if role == Body {
			prose++
			continue
		}
		p.Paragraphs[i].Role = role
		end = i + 1
	}
	for i := p.body; i < len(p.Paragraphs) && i < maxHeader; i++ {
		switch {
		case i < end && p.Paragraphs[i].Role == Body:
			p.Paragraphs[i].Role = Standfirst
		case i >= end:
			p.Paragraphs[i].Role = Body
		}
	}
	p.body = end
	p.readHeader()
}

func (p *paste) headerRole(i int) Role {
	s := p.line(i)
	switch {
	case isByline(s):
		return Byline
	case s == "", s == p.Title, bareDay.MatchString(s), furnitureLine.MatchString(s), clockLine.MatchString(s), p.stamp(s), urlLine.MatchString(s):
		return Furniture
	case isCaption(s):
		return Caption
	case p.isName(i), p.isSigned(i):
		return Byline
	}
	return Body
}

// isSigned: "Marit Holloway in Lusmere", "Trudy Mapplebeck, Chief Reporter",
// beside a date.
func (p *paste) isSigned(i int) bool {
	if !signedLine.MatchString(p.line(i)) {
		return false
	}
	for _, k := range []int{i - 1, i + 1} {
		if k > 0 && k < len(p.Paragraphs) && p.stamp(p.line(k)) {
			return true
		}
	}
	return false
}

// isByline: "By" and a name, which more may follow, but no date in its place.
func isByline(s string) bool {
	name, _ := splitByline(s)
	return byLine.MatchString(s) && !strings.HasSuffix(s, ".") && FindDate(name) == "" && !bareDay.MatchString(name)
}

// splitByline parts "By Ann Onymous | The Daily Sample" at its first mark.
func splitByline(s string) (name, rest string) {
	if m := byLine.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if at := bylineMark.FindStringIndex(s); at != nil {
		return strings.TrimSpace(s[:at[0]]), s[at[1]:]
	}
	return strings.TrimSpace(s), ""
}

// stamp tells whether a line is a date and little else.
func (p *paste) stamp(s string) bool {
	return stampLine.MatchString(s) || len(s) <= 60 && FindDate(s) != "" && !strings.HasSuffix(s, ".")
}

// isName tells whether a line is an author's name: a name alone, which stands
// again in the file, or beside a button or a date.
func (p *paste) isName(i int) bool {
	s := p.line(i)
	if !nameLine.MatchString(s) || len(s) > 60 || sections[strings.ToLower(s)] {
		return false
	}
	for k := range p.Paragraphs {
		if k != i && p.line(k) == s {
			return true
		}
	}
	for _, k := range []int{i - 1, i + 1} {
		if k > 0 && k < len(p.Paragraphs) {
			if t := p.line(k); furnitureLine.MatchString(t) || clockLine.MatchString(t) || p.stamp(t) {
				return true
			}
		}
	}
	return false
}

// sections are outlets' section names that look like a person's name.
var sections = map[string]bool{"world news": true, "us politics": true, "middle east": true, "breaking news": true, "top stories": true}

// maxCredit is the most, in bytes, that a line of credits has.
const maxCredit = 400

// isCredit tells whether a line says who else worked on an article. To look for the plain
// words before the pattern is ten times as fast.
func isCredit(s string) bool {
	return len(s) < maxCredit && (creditLine.MatchString(s) ||
		strings.Contains(strings.ToLower(s), "contributed to this ") && contributed.MatchString(s))
}

func isCaption(s string) bool {
	return len(s) <= maxCaption && creditHint(s) &&
		(captionCredit.MatchString(s) || captionStart.MatchString(s) || captionPhoto.MatchString(s))
}

// creditHints are in every line that isCaption's patterns match; to look for
// them first is ten times as fast.
var creditHints = []string{"via ", "Getty", "AFP", "Reuters", "REUTERS", "AP", "EPA", "TASS", "utnik", "UTNIK", "hutterstock", "nadolu",
	"inhua", "Pool", "hoto", "HOTO", "mage", "MAGE", "icture", "ICTURE", "redit", "REDIT", "aption", "APTION"}

func creditHint(s string) bool {
	for _, hint := range creditHints {
		if strings.Contains(s, hint) {
			return true
		}
	}
	return false
}

// readHeader takes author, date and address from the header's lines. A
// caption's date is the picture's.
func (p *paste) readHeader() {
	var updated string
	for i := 0; i < p.body && i < len(p.Paragraphs); i++ {
		s := p.line(i)
		switch p.Paragraphs[i].Role {
		case Byline:
			p.readByline(s)
		case Furniture:
			if urlLine.MatchString(s) {
				p.URL = s
			} else if date := FindDate(s); date != "" {
				if strings.Contains(strings.ToLower(s), "updat") {
					updated = date
				} else if p.Date == "" {
					p.Date = date
				}
			}
		}
	}
	if p.Date == "" {
		p.Date = updated
	}
}

// readByline: "By Ann Onymous and Bo Gus, The Daily Sample | March 3, 2025".
func (p *paste) readByline(s string) {
	if date := FindDate(s); date != "" && p.Date == "" {
		p.Date = date
	}
	name, rest := splitByline(s)
	for _, part := range bylineMark.Split(rest, -1) {
		if p.Source == "" && FindDate(part) == "" && nameLine.MatchString(part) {
			p.Source = part
		}
	}
	if p.Author == "" {
		if m := signedLine.FindStringSubmatch(name); m != nil {
			name = m[1] // without place or office
		}
		p.Author = name
	}
}

// findFooter walks up from the end over credits, biographies and buttons to the
// last paragraph of the body.
func (p *paste) findFooter() {
	for i := len(p.Paragraphs) - 1; i >= p.body && i > 0; i-- {
		role := p.footerRole(i)
		if role == Body {
			break
		}
		p.Paragraphs[i].Role = role
	}
	for i := p.body; i < len(p.Paragraphs); i++ {
		if s := p.line(i); p.Paragraphs[i].Role == Body && isCredit(s) {
			p.Paragraphs[i].Role = Credit
		}
	}
}

func (p *paste) footerRole(i int) Role {
	s := p.line(i)
	switch {
	case s == "":
		return Furniture
	case isCredit(s):
		return Credit
	case urlLine.MatchString(s):
		p.URL = s
		return Furniture
	case furnitureLine.MatchString(s), clockLine.MatchString(s), copyrightLine.MatchString(s), p.stamp(s):
		return Furniture
	case p.isBiography(s):
		return Biography
	case isCaption(s):
		return Caption
	case p.Author != "" && s == p.Author:
		return Byline
	case p.Author != "" && short(s) && jobLine.MatchString(s):
		return Biography
	}
	return Body
}

func short(s string) bool {
	return len(strings.Fields(s)) <= maxLabel && !strings.ContainsAny(s[len(s)-1:], ".!?”\"")
}

// isBiography: "X is a correspondent for …", of the author or of somebody who
// writes for a living and says nothing else here.
func (p *paste) isBiography(s string) bool {
	m := biography.FindStringSubmatch(s)
	if m == nil || strings.ContainsAny(s, "“\"") {
		return false
	}
	if p.Author != "" && strings.Contains(p.Author, m[1]) {
		return true
	}
	head, _, _ := strings.Cut(s, ". ")
	return p.Author == "" && len(head) < 300 && journalist.MatchString(head) && (bioOutlet.MatchString(head) || bioWrites.MatchString(head))
}

func (p *paste) findCaptions() {
	for i := p.body; i < len(p.Paragraphs); i++ {
		if p.Paragraphs[i].Role != Body {
			continue
		}
		s := p.line(i)
		switch {
		case isCaption(s):
			p.Paragraphs[i].Role = Caption
		case s == "", furnitureLine.MatchString(s), s == p.Title, clockLine.MatchString(s):
			p.Paragraphs[i].Role = Furniture
		}
	}
}

// findOutlet looks where an outlet names itself: its author's biography, the
// copyright line, the dateline.
func (p *paste) findOutlet() {
	for i := range p.Paragraphs {
		s := p.line(i)
		switch p.Paragraphs[i].Role {
		case Biography:
			p.takeOutlet(bioOutlet.FindStringSubmatch(s))
			p.takeOutlet(bioWrites.FindStringSubmatch(s))
			if m := biography.FindStringSubmatch(s); m != nil && p.Author == "" && len(strings.Fields(m[1])) > 1 {
				p.Author = m[1]
			}
		case Furniture:
			p.takeOutlet(copyrightLine.FindStringSubmatch(s))
		}
	}
	if p.body < len(p.Paragraphs) {
		first := p.line(p.body)
		p.takeOutlet(dateline.FindStringSubmatch(first))
		if m := datedAt.FindString(first); m != "" && p.Date == "" {
			p.Date = FindDate(m)
		}
	}
}

func (p *paste) takeOutlet(match []string) {
	if match != nil && p.Source == "" {
		p.Source = strings.TrimRight(match[1], ". ")
	}
}
