package data

import (
	"regexp"
	"strings"
)

// What stands above a headline in a paste: the outlet, a section, a date.
var (
	outletLine  = regexp.MustCompile(`^(?:The )?(?:\p{Lu}[\p{L}&’'-]*\s)*(?:News|Post|Times|Ledger|Herald|Tribune|Journal|Gazette|Guardian|Telegraph|Wire|Press|Today|Chronicle|Observer|Mail|Express|Independent|Standard|Star|Mirror|Courier|Globe|Bulletin|Dispatch|Monitor|Review|Echo|Radio|Television|TV|BBC|CNN|Reuters|Agency)(?:\s\p{Lu}[\p{L}]*)?$|^The(?:\s\p{Lu}[\p{L}’'-]*){1,3}$`)
	sectionLine = regexp.MustCompile(`^(?i:news|live|opinion|analysis|comment|world|politics|business|sport|europe|asia|war|interview|exclusive|breaking|video|explainer|feature|editorial|home|latest|top stories|world news|breaking news|middle east|us politics)\b(?:\s*[|/›>:]\s*.{0,40})?$|^.{1,30}\s*\|\s*.{1,30}$`)
)

// maxMasthead is how many lines may stand above a headline.
const maxMasthead = 4

// skipMasthead passes over an outlet's name, a section and a date above the
// headline, where a headline follows them.
func (p *paste) skipMasthead() {
	for n := 0; n < maxMasthead && p.body+1 < len(p.Paragraphs); n++ {
		s := p.line(p.body)
		outlet := outletLine.MatchString(s)
		if !outlet && !sectionLine.MatchString(s) && !p.dateLine(s) && !furnitureLine.MatchString(s) && !clockLine.MatchString(s) {
			return
		}
		if !p.headlineFollows() {
			return
		}
		if outlet && p.Source == "" && strings.Contains(s, " ") {
			p.Source = s
		}
		if date := FindDate(s); date != "" && p.Date == "" {
			p.Date = date
		}
		p.Paragraphs[p.body].Role = Furniture
		p.body++
	}
}

// dateLine tells whether a line is a date and little else.
func (p *paste) dateLine(s string) bool { return len(s) <= 60 && FindDate(s) != "" && p.stamp(s) }

// minHeadline is how many words tell a headline from a section.
const minHeadline = 4

func (p *paste) headlineFollows() bool {
	for i := p.body + 1; i < len(p.Paragraphs) && i <= p.body+maxMasthead; i++ {
		s := p.line(i)
		if p.headerRole(i) != Body {
			continue
		}
		if len(strings.Fields(s)) < minHeadline {
			if outletLine.MatchString(s) || sectionLine.MatchString(s) {
				continue
			}
			return false
		}
		return looksLikeTitle(s, len(p.Paragraphs)-i) && !strings.HasSuffix(strings.TrimRight(s, "”\"’'"), ".") && !strings.HasSuffix(s, ",”")
	}
	return false
}
