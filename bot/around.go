package bot

import (
	"fmt"

	"onrecord/data"
	"onrecord/index"
)

// Around is the paragraphs of an article from n before a paragraph to n after it,
// as bytes of the stored article, which is held against its checksum. Paragraphs
// count from 1, without empty ones; one with words that the operator hides is
// left out. It fails with index.ErrNoArticle where the
// archive no longer has that paragraph.
func (b *Bot) Around(path string, paragraph, n int) ([]Passage, error) {
	e, err := b.editions.now()
	if err != nil {
		return nil, err
	}
	meta, text, err := b.ix.Text(path)
	if err != nil {
		return nil, err
	}
	var out []Passage
	for _, p := range data.Lines(text) {
		if p.Number >= paragraph-n && p.Number <= paragraph+n && !e.record.hides(path, p.Start, p.End) {
			out = append(out, Passage{Article: path, Paragraph: p.Number, Start: p.Start, End: p.End, Text: text[p.Start:p.End], Citation: citation(meta)})
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("paragraph %d of %s: %w", paragraph, path, index.ErrNoArticle)
	}
	return out, nil
}
