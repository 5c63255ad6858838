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
	if a.hasExpected(found) != missing {
		return nil, nil
	}
	all, err := a.Bot.ix.PassagesOf(found.Article, maxFollowed)
	if err != nil {
		return nil, err
	}
	var out []index.Passage
	for _, p := range all {
		if d := p.Paragraph - found.Paragraph; d == 0 || d < -nearParagraphs || d > nearParagraphs || a.hasExpected(p) != present {
			continue
		}
		if p.Score = a.coverage(words, a.passageText(p)); p.Score >= sharesEnough {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(x, y index.Passage) int { return cmp.Compare(y.Score, x.Score) })
	return out[:min(len(out), 1)], nil
}

// whether tells whether a passage has what a question word asks for.
type whether int

const (
	nothingAsked whether = iota
	missing
	present
)

func (a *asking) hasExpected(p index.Passage) whether {
	switch {
	case a.expects == nil:
		return nothingAsked
	case a.expects.in(a.passageText(p)):
		return present
	}
	return missing
}

// passageText is a passage's text, "" where it may not be shown.
func (a *asking) passageText(p index.Passage) string {
	art, ok := a.proof.article(p.Article)
	if !ok || a.ix.hides(p.Article, p.Start, p.End) || p.Start < 0 || p.End > len(art.text) || p.Start >= p.End {
		return ""
	}
	return art.text[p.Start:p.End]
}
