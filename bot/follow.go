package bot

import (
	"cmp"
	"slices"

	"onrecord/index"
)

// following are passages of an article that answer a question of fact for one that
// was found in it: that one is about what is asked and hasn't what the question
// word asks for, and these have it, stand near it and share a word with the
// question. "The meeting was held in Zwolke" follows "Plimpette met Wexmoor".
func (a *asking) following(found index.Passage, words []index.Word) ([]index.Passage, error) {
	if a.expects == nil || a.hasExpected(found) {
		return nil, nil
	}
	all, err := a.Bot.ix.PassagesOf(found.Article, maxFollowed)
	if err != nil {
		return nil, err
	}
	var out []index.Passage
	for _, p := range all {
		if d := p.Paragraph - found.Paragraph; d == 0 || d < -nearParagraphs || d > nearParagraphs || !a.hasExpected(p) {
			continue
		}
		if p.Score = a.coverage(words, a.passageText(p)); p.Score >= sharesEnough {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(x, y index.Passage) int { return cmp.Compare(y.Score, x.Score) })
	return out[:min(len(out), 1)], nil
}

// hasExpected tells whether a passage has what the question word asks for.
func (a *asking) hasExpected(p index.Passage) bool { return a.expects.in(a.passageText(p)) }

// passageText is a passage's text, "" where it may not be shown.
func (a *asking) passageText(p index.Passage) string {
	art, ok := a.proof.article(p.Article)
	if !ok || a.ix.hides(p.Article, p.Start, p.End) || p.Start < 0 || p.End > len(art.text) || p.Start >= p.End {
		return ""
	}
	return art.text[p.Start:p.End]
}
