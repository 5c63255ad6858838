package quote

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v3/segment"
	"github.com/jdkato/prose/v3/tag"
)

// token is a word, a number or a punctuation mark. Quotation marks are no
// tokens: a tagger takes them for nouns.
type token struct {
	Span
	low  string // lower case, apostrophes straight
	tag  string // Penn Treebank
	q    int    // the quotation it stands in, or -1
	sent int    // its sentence
}

func (t token) quoted() bool  { return t.q >= 0 }
func (t token) verb() bool    { return strings.HasPrefix(t.tag, "VB") }
func (t token) proper() bool  { return strings.HasPrefix(t.tag, "NNP") }
func (t token) noun() bool    { return strings.HasPrefix(t.tag, "NN") }
func (t token) adverb() bool  { return strings.HasPrefix(t.tag, "RB") }
func (t token) pronoun() bool { return t.tag == "PRP" || pronouns[t.low] != 0 }

// sentence is a range of tokens. lo == hi where it holds none.
type sentence struct {
	Span
	para   int
	lo, hi int
}

// maxSentence bounds what is handled as one sentence, in bytes. Prose seldom
// passes 1,000; a megabyte without a full stop must not cost its square.
const maxSentence = 4000

// reader holds the models that cut and tag; it is safe for concurrent use.
type reader struct {
	segmenter *segment.Segmenter
	tagger    *tag.Tagger
}

// read cuts the speaking paragraphs into sentences of tagged tokens.
func (r *reader) read(t Text, qs []quotation) ([]sentence, []token) {
	var sents []sentence
	var toks []token
	first := 0 // first quotation that ends in or after the sentence
	for i, p := range t.Paragraphs {
		if p.Voice != Speaks {
			continue
		}
		for first < len(qs) && qs[first].para < i {
			first++
		}
		for _, span := range r.sentences(t.Source, p.Span) {
			for first < len(qs) && qs[first].End <= span.Start {
				first++
			}
			s := sentence{Span: span, para: i, lo: len(toks)}
			toks = tokenize(toks, t.Source, span, qs, first, len(sents))
			s.hi = len(toks)
			r.tag(toks[s.lo:s.hi], t.Source)
			sents = append(sents, s)
		}
	}
	mendNames(toks, t.Source)
	return sents, toks
}

// mendNames gives words that the article uses as proper names, and never in
// lower case, a name's tag where the tagger missed it: "Trump has" at the start
// of a sentence.
func mendNames(toks []token, text string) {
	proper, common := map[string]bool{}, map[string]bool{}
	for i, t := range toks {
		switch {
		case !capitalised(text, t):
			common[t.low] = true
		case t.proper() && i > 0 && toks[i-1].sent == t.sent:
			proper[t.low] = true
		}
	}
	for i, t := range toks {
		if proper[t.low] && !common[t.low] && !t.proper() && t.low != "i" && capitalised(text, t) && demonyms[t.low] == "" {
			toks[i].tag = "NNP"
		}
	}
}

func capitalised(text string, t token) bool {
	r, _ := utf8.DecodeRuneInString(text[t.Start:t.End])
	return unicode.IsUpper(r)
}

// sentences cuts a paragraph, mending what the segmenter gets wrong around
// quotation marks and titles.
func (r *reader) sentences(text string, p Span) []Span {
	var out []Span
	for _, column := range columns(text, p) {
		for _, s := range r.segmenter.Segment(column.Of(text)) {
			span := Span{column.Start + s.Start, column.Start + s.End()}
			for _, piece := range splitAfterMarks(text, span) {
				last := len(out) - 1
				if last >= 0 && piece.End-out[last].Start <= maxSentence && goesOnWith(text, out[last], piece) {
					out[last].End = piece.End
					continue
				}
				out = append(out, bounded(text, piece)...)
			}
		}
	}
	return out
}

// wideGap is how much white space, in bytes, parts two columns. The segmenter
// takes time with the square of it.
const wideGap = 100

// columns cuts a paragraph where it has nothing but white space for long.
func columns(text string, p Span) []Span {
	var out []Span
	start, gap := p.Start, p.Start // where the column and the last gap begin
	for i := p.Start; i < p.End; {
		r, n := utf8.DecodeRuneInString(text[i:p.End])
		if !unicode.IsSpace(r) {
			if i-gap > wideGap {
				out, start = append(out, Span{start, gap}), i
			}
			gap = i + n
		}
		i += n
	}
	return append(out, Span{start, gap})
}

// splitAfterMarks cuts where a sentence ends inside a closing mark and another
// begins: `no.” He left`.
func splitAfterMarks(text string, s Span) []Span {
	var out []Span
	start := s.Start
	for i := s.Start; i < s.End; {
		class, n := markAt(text, i)
		if class == noMark {
			i++
			continue
		}
		if i > start && strings.IndexByte(".!?", text[i-1]) >= 0 && i+n < s.End && text[i+n] == ' ' {
			rest := strings.TrimLeft(text[i+n:s.End], " ")
			if class != opensDouble && class != opensSingle && startsSentence(rest) {
				out = append(out, Span{start, i + n})
				start = s.End - len(rest)
			}
		}
		i += n
	}
	return append(out, Span{start, s.End})
}

func startsSentence(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || strings.ContainsRune("“\"„«‘", r)
}

// goesOnWith tells whether b, which the segmenter took for a new sentence, is
// still a's.
func goesOnWith(text string, a, b Span) bool {
	r, _ := utf8.DecodeRuneInString(text[b.Start:b.End])
	if unicode.IsLower(r) {
		return true
	}
	end := strings.TrimRight(a.Of(text), " ")
	word := end[strings.LastIndexAny(end, " (")+1:]
	return titleAbbreviations[strings.ToLower(word)] || initial(word) && unicode.IsUpper(r) && len(end) > len(word)
}

// initial tells whether a word is a capital and a full stop: "Laurence H. Tribe".
func initial(word string) bool {
	r, n := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r) && word[n:] == "." && r != 'I'
}

// bounded cuts a run-on into pieces of at most maxSentence bytes, at spaces
// where it has any.
func bounded(text string, s Span) []Span {
	var out []Span
	for s.Len() > maxSentence {
		cut := s.Start + maxSentence
		if at := strings.LastIndexByte(text[s.Start:cut], ' '); at > 0 {
			cut = s.Start + at + 1
		}
		for cut > s.Start && !utf8.RuneStart(text[cut]) {
			cut--
		}
		out = append(out, Span{s.Start, cut})
		s.Start = cut
	}
	return append(out, s)
}

// tokenize appends the tokens of a sentence. first is the first quotation that
// may touch it.
func tokenize(toks []token, text string, s Span, qs []quotation, first, sent int) []token {
	for i := s.Start; i < s.End; {
		for first < len(qs) && qs[first].End <= i {
			first++
		}
		q := -1
		if first < len(qs) && qs[first].Start <= i {
			q = first
			if i < qs[first].inner.Start {
				i = qs[first].inner.Start
				continue
			}
			if i >= qs[first].inner.End && i < qs[first].End {
				i = qs[first].End
				continue
			}
		}
		end := wordEnd(text, i, s.End)
		if q < 0 && first < len(qs) && end > qs[first].Start {
			end = max(qs[first].Start, i+1)
		}
		if q >= 0 && end > qs[q].inner.End {
			end = qs[q].inner.End
		}
		if !blank(text[i:end]) {
			toks = appendWord(toks, text, Span{i, end}, q, sent)
		}
		i = end
	}
	return toks
}

func blank(s string) bool { return strings.TrimFunc(s, unicode.IsSpace) == "" }

// wordEnd is where the token at i ends: a word with its inner hyphens, points
// and apostrophes, a number, or one other character.
func wordEnd(text string, i, limit int) int {
	r, n := utf8.DecodeRuneInString(text[i:limit])
	if !wordRune(r) {
		if strings.HasPrefix(text[i:limit], "--") {
			n = 2
		}
		return i + n
	}
	end := i + n
	for end < limit {
		r, n = utf8.DecodeRuneInString(text[end:limit])
		if wordRune(r) {
			end += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(text[end+n : limit])
		if !strings.ContainsRune("-.,'’:/&", r) || !wordRune(next) || !joins(text[i:end], r, next) {
			break
		}
		end += n
	}
	return withPoint(text, i, end, limit)
}

func wordRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// joins tells whether mark r between a word and a following rune is inside a
// word: "cease-fire", "U.S.", "3.5", "10:30", "don’t", but not "end.And".
func joins(word string, r, next rune) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	switch r {
	case '-', '\'', '’', '/', '&':
		return true
	case ',', ':':
		return unicode.IsDigit(last) && unicode.IsDigit(next)
	}
	return unicode.IsDigit(last) && unicode.IsDigit(next) || oneLetterParts(word)
}

// oneLetterParts is true of "U", "U.S", "a.m": letters parted by points.
func oneLetterParts(word string) bool {
	if len(word) > 12 {
		return false // longer than any such abbreviation, and no reason to look on
	}
	for _, part := range strings.Split(word[strings.LastIndexByte(word, '-')+1:], ".") {
		if utf8.RuneCountInString(part) != 1 {
			return false
		}
	}
	return true
}

// withPoint takes in the full stop of an abbreviation.
func withPoint(text string, i, end, limit int) int {
	if end >= limit || text[end] != '.' {
		return end
	}
	word := text[i:end]
	if abbreviations[strings.ToLower(word)+"."] || strings.Contains(word, ".") && oneLetterParts(word) ||
		utf8.RuneCountInString(word) == 1 && unicode.IsUpper(rune(word[0])) && end+1 < limit {
		return end + 1
	}
	return end
}

// appendWord appends a word, its clitic ("’s", "n’t", "’ll") as a token of its
// own, as the tagger was taught.
func appendWord(toks []token, text string, s Span, q, sent int) []token {
	low := strings.ReplaceAll(strings.ToLower(s.Of(text)), "’", "'")
	cut := clitic(low)
	if cut > 0 {
		at := s.End - (len(low) - cut) - strings.Count(s.Of(text), "’")*(len("’")-1)
		if at > s.Start && strings.ToLower(text[s.Start:at]) == low[:cut] {
			toks = append(toks, token{Span: Span{s.Start, at}, low: low[:cut], q: q, sent: sent})
			return append(toks, token{Span: Span{at, s.End}, low: low[cut:], q: q, sent: sent})
		}
	}
	return append(toks, token{Span: s, low: low, q: q, sent: sent})
}

func clitic(low string) int {
	if strings.HasSuffix(low, "n't") {
		return len(low) - 3
	}
	for _, c := range []string{"'s", "'d", "'m", "'ll", "'re", "'ve"} {
		if strings.HasSuffix(low, c) {
			return len(low) - len(c)
		}
	}
	return 0
}

func (r *reader) tag(toks []token, text string) {
	words := make([]tag.Token, len(toks))
	for i, t := range toks {
		words[i].Text = strings.ReplaceAll(t.Of(text), "’", "'")
	}
	r.tagger.TagTokens(words)
	for i := range toks {
		toks[i].tag = words[i].Tag
		mendTag(toks, i, text)
	}
}

// mendTag corrects what the tagger, taught on another decade's news, gets wrong
// often enough to hurt.
func mendTag(toks []token, i int, text string) {
	t := &toks[i]
	c, _ := utf8.DecodeRuneInString(text[t.Start:t.End])
	switch {
	case !unicode.IsLetter(c) && !unicode.IsDigit(c) && (t.noun() || t.verb() || t.tag == "JJ"):
		if len(t.low) > 0 && t.low[0] != '\'' && t.low[0] != '%' && t.low[0] != '$' {
			t.tag = ":"
		}
	case months[t.low] && unicode.IsUpper(c) && !(t.low == "may" && t.tag == "MD") && !(t.low == "march" && t.verb() && i == 0):
		t.tag = "NNP"
	case t.tag == "PRP" || t.tag == "PRP$":
	case t.adverb() && personNouns[t.low]:
		t.tag = "NN"
	case t.proper() && lexicon.form(t.low) != nil && unicode.IsLower(c):
		t.tag = "VBD"
	}
}
