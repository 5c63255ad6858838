package bot

import (
	"context"
	"regexp"
	"strings"

	"onrecord/data"
	"onrecord/data/quote"
)

// Checked is a quotation in somebody's text, held against the archive.
type Checked struct {
	Words   string  // between the marks, as the text has them
	Claimed string  // whose words the text says they are, or ""
	Verdict Verdict // Verbatim, Near, Other (somebody else's than claimed) or None
	Answer  *Answer // what is on record, with its sources
}

// Limits of a check: what a message holds, and what is too short to be anybody's.
const (
	maxChecked      = 10 // quotations of one text
	minCheckedWords = 3
)

// anyMarks is a quotation in any double marks, or in curly single ones, which
// stand inside of words too.
var anyMarks = regexp.MustCompile(`[“"«„]([^“”"«»„]+)[”"»“]|‘((?:[^‘’“”"]|’\pL)+)’`)

// CheckQuotes holds every quotation of a text against the archive: who said it,
// and whether that is whom the text names. It looks at the first ten quotations
// of three words and more; skipped counts the others.
func (b *Bot) CheckQuotes(ctx context.Context, ex *quote.Extractor, text string, limit int) (all []Checked, skipped int, err error) {
	claims := claimed(ex, text)
	for _, m := range anyMarks.FindAllStringSubmatchIndex(text, -1) {
		start, end := max(m[2], m[4]), max(m[3], m[5]) // of the one that matched; -1 of the other
		words := strings.TrimSpace(text[start:end])
		if len(strings.Fields(words)) < minCheckedWords || len(all) == maxChecked {
			skipped++
			continue
		}
		c := Checked{Words: words, Claimed: claims.at(start)}
		if err := b.check(ctx, &c, limit); err != nil {
			return all, skipped, err
		}
		all = append(all, c)
	}
	return all, skipped, nil
}

// check asks the archive for one quotation.
func (b *Bot) check(ctx context.Context, c *Checked, limit int) error {
	question := WhoSaidQuestion(c.Words)
	if c.Claimed != "" {
		question = strings.Replace(question, "Who said", "Did "+c.Claimed+" say", 1)
	}
	answer, err := b.Answer(ctx, question, limit)
	if err != nil {
		return err
	}
	c.Answer, c.Verdict = answer, answer.Verdict
	if c.Verdict == "" {
		switch {
		case !answer.Found:
			c.Verdict = None
		case len(answer.Statements) > 0 && answer.Statements[0].Differs != nil:
			c.Verdict = Near
		default:
			c.Verdict = Verbatim
		}
	}
	answer.Verdict, answer.Exact = c.Verdict, true
	return nil
}

// claims are whose words the quotations of a text are said to be.
type claims []quote.Statement

func claimed(ex *quote.Extractor, text string) claims {
	src := quote.Text{Source: text}
	for _, p := range data.Lines(text) {
		src.Paragraphs = append(src.Paragraphs, quote.Paragraph{Span: quote.Span{Start: p.Start, End: p.End}, Voice: quote.Speaks})
	}
	return ex.Statements(src)
}

func (c claims) at(i int) string {
	for _, s := range c {
		for _, p := range s.Parts {
			if s.Speaker.Name != "" && p.Start <= i && i < p.End {
				return s.Speaker.Name
			}
		}
	}
	return ""
}
