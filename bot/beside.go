package bot

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onrecord/index"
)

// besideTopic finds what some people said in articles that are about a topic,
// where none of their statements has it: the headline tells it, or the paragraphs
// that lead to the statement. Every word of the topic must be there. One word alone
// must be rare for a headline to tell by it what an article is about: of "Democrats
// draw plan" nobody speaks about draw.
func (a *asking) besideTopic(who []*person) ([]index.Statement, error) {
	words := a.topicWords(who)
	if len(words) == 0 || len(words) > maxBeside || len(stored(who)) == 0 {
		return nil, nil
	}
	telling, err := a.articlesWith(words)
	if err != nil {
		return nil, err
	}
	q := index.StatementQuery{Speakers: stored(who), Sources: a.sources, When: a.period, Limit: maxCandidates}
	h, err := a.ix.Find(a.ctx, q)
	if err != nil {
		return nil, err
	}
	var out []index.Statement
	byHeadline := len(words) > 1 || a.count(words[0]) <= max(fewPassages, a.total/wordsRare)
	looked := map[string]bool{} // whether an article's headline has the topic
	for i, tried := 0, 0; i < h.Len() && len(out) < a.enough() && tried < maxTried; i++ {
		path := h.Article(i)
		titled, known := looked[path]
		if byHeadline && !known && len(looked) < maxHeadlines {
			titled = a.coverage(words, a.proof.about(path).Title) >= allNames
			looked[path] = titled
		}
		if !titled && !telling[path] {
			continue
		}
		tried++
		s, ok, err := a.ix.read(h, i, q)
		if err != nil {
			return nil, err
		}
		if ok && a.inPeriod(s) && (titled || s.Turn == 0 && a.coverage(words, a.leading(s)) >= allNames) {
			out = append(out, s)
		}
	}
	slices.SortStableFunc(out, func(x, y index.Statement) int { return cmp.Compare(preference(y), preference(x)) })
	return a.inTime(a.inSetting(a.atTime(out))), nil
}

// articlesWith are those with a passage that holds all words.
func (a *asking) articlesWith(words []index.Word) (map[string]bool, error) {
	h, err := a.ix.FindPassages(a.ctx, words, a.filters(words, allNames, false), len(words), maxPassages)
	if err != nil {
		return nil, err
	}
	out := map[string]bool{}
	for i := range h.Len() {
		out[h.Article(i)] = true
	}
	return out, nil
}

// leading is the paragraph in which a statement begins, and those before it that
// lead to it, no more of either than is near.
func (a *asking) leading(s index.Statement) string {
	art, ok := a.proof.article(s.Article)
	if !ok {
		return ""
	}
	at := s.Parts[0].Start
	start, end := at, min(len(art.text), at+leadingBytes)
	for before := 0; start > max(0, at-leadingBytes); start-- {
		if art.text[start-1] == '\n' && art.text[start] != '\n' {
			if before++; before > leadingParagraphs {
				break
			}
		}
	}
	if line := strings.IndexByte(art.text[at:end], '\n'); line >= 0 {
		end = at + line
	}
	return art.text[start:end]
}

// noteBeside says that the topic isn't in the words that are shown.
func (a *asking) noteBeside() {
	a.answer.Understood = append(a.answer.Understood, fmt.Sprintf("“%s” is what the article speaks of there; the words themselves don't have it", properly(a.q.Topic)))
}
