package bot

import (
	"fmt"
	"log/slog"
	"unicode/utf8"

	"onrecord/data"
	"onrecord/data/quote"
	"onrecord/index"
)

// proof holds excerpts against the stored articles of one answer.
type proof struct {
	ix    *index.Index
	log   *slog.Logger
	texts map[string]article
	heads map[string]index.Article // articles without their texts
	fault error                    // the first damage met
}

type article struct {
	index.Article
	text string
	bad  bool
}

func newProof(ix *index.Index, log *slog.Logger) *proof {
	return &proof{ix: ix, log: log, texts: map[string]article{}, heads: map[string]index.Article{}}
}

// article is a stored article whose text matches its checksum; one that does
// not is a fault, and nothing of it is shown.
func (p *proof) article(path string) (article, bool) {
	a, ok := p.texts[path]
	if !ok {
		meta, text, err := p.ix.Text(path)
		if err != nil {
			p.note(err)
		}
		a = article{meta, text, err != nil}
		p.texts[path] = a
	}
	return a, !a.bad
}

// about is what an article says of itself, for ordering; nothing of it is shown.
func (p *proof) about(path string) index.Article {
	if a, ok := p.texts[path]; ok {
		return a.Article
	}
	a, ok := p.heads[path]
	if !ok {
		var err error
		if a, err = p.ix.Article(path); err != nil {
			p.note(err)
		}
		p.heads[path] = a
	}
	return a
}

// note keeps the first damage, which ends the answer: what is on record can't
// be told while a part of it can't be read.
func (p *proof) note(err error) {
	p.log.Error("the index differs from what was stored", "fault", err)
	if p.fault == nil {
		p.fault = err
	}
}

// statement makes a found statement ready to show, if every excerpt of it is
// bytes of its article and the words are those that were indexed.
func (p *proof) statement(s index.Statement, name string) (Statement, bool) {
	a, ok := p.article(s.Article)
	if !ok {
		return Statement{}, false
	}
	for i, span := range s.Parts {
		if !within(a.text, span) || i >= len(s.Words) || span.Of(a.text) != s.Words[i] {
			p.note(fmt.Errorf("%w: statement %d of %s differs from its article", index.ErrDamaged, s.Number, s.Article))
			return Statement{}, false
		}
	}
	for _, span := range []quote.Span{s.Cue, s.Mention, s.Addressee, s.Venue, s.When} {
		if span != (quote.Span{}) && !within(a.text, span) {
			p.note(fmt.Errorf("%w: statement %d of %s has offsets outside of its article", index.ErrDamaged, s.Number, s.Article))
			return Statement{}, false
		}
	}
	out := shown(a.Article, a.text, s.Paragraph, s.Statement)
	out.Speaker.Name = name
	return out, true
}

func (p *proof) passage(found index.Passage) (Passage, bool) {
	a, ok := p.article(found.Article)
	span := quote.Span{Start: found.Start, End: found.End}
	if !ok || !within(a.text, span) {
		return Passage{}, false
	}
	out := Passage{Article: a.Path, Paragraph: found.Paragraph, Start: span.Start, End: span.End, Text: span.Of(a.text), Citation: citation(a.Article)}
	if a.Language != data.English {
		out.Language = a.Language
	}
	return out, true
}

// within tells whether a span lies in a text, on the borders of characters.
func within(text string, s quote.Span) bool {
	return s.Start >= 0 && s.Start < s.End && s.End <= len(text) && utf8.RuneStart(text[s.Start]) && (s.End == len(text) || utf8.RuneStart(text[s.End]))
}
