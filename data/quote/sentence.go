package quote

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jdkato/prose/v3/segment"

	"onrecord/data/quote/pos"
)

// token is a word, a number or a punctuation mark. Quotation marks are no
// tokens: a tagger takes them for nouns.
type token struct {
	Span
	low  string // lower case, apostrophes straight
	word *word  // what else is known of these letters
	tag  string // Penn Treebank
	q    int    // the quotation it stands in, or -1
	sent int    // its sentence
}

func (t *token) quoted() bool  { return t.q >= 0 }
func (t *token) capital() bool { return t.word.shape&shapeUpper != 0 }
func (t *token) verb() bool    { return strings.HasPrefix(t.tag, "VB") }
func (t *token) proper() bool  { return strings.HasPrefix(t.tag, "NNP") }
func (t *token) noun() bool    { return strings.HasPrefix(t.tag, "NN") }
func (t *token) adverb() bool  { return strings.HasPrefix(t.tag, "RB") }
func (t *token) pronoun() bool { return t.tag == "PRP" || t.word.pronoun }

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
	tagger    *pos.Tagger
	priors    priors
	words     sync.Pool // of *vocabulary
}

// bytesPerToken is about how long a token of news is, with its space; it only
// saves growing.
const bytesPerToken = 5

func (r *reader) vocabulary() *vocabulary {
	if v, ok := r.words.Get().(*vocabulary); ok {
		return v
	}
	return newVocabulary(r.tagger, r.priors)
}

// read cuts the speaking paragraphs into sentences of tagged tokens.
func (r *reader) read(t Text, qs []quotation) ([]sentence, []token) {
	var sents []sentence
	toks := make([]token, 0, len(t.Source)/bytesPerToken)
	words := r.vocabulary()
	defer r.words.Put(words)
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
			toks = words.tokenize(toks, t.Source, span, qs, first, len(sents))
			s.hi = len(toks)
			r.tag(toks[s.lo:s.hi], t.Source)
			sents = append(sents, s)
		}
	}
	mendNames(toks)
	return sents, toks
}

// mendNames gives words that the article uses as proper names, and never in
// lower case, a name's tag where the tagger missed it: "Trump has" at the start
// of a sentence.
func mendNames(toks []token) {
	names := map[string]bool{}
	for i := 1; i < len(toks); i++ {
		if t := &toks[i]; t.capital() && t.proper() && toks[i-1].sent == t.sent {
			names[t.low] = true
		}
	}
	for i := range toks {
		if t := &toks[i]; !t.capital() && names[t.low] {
			delete(names, t.low)
		}
	}
	for i := range toks {
		if t := &toks[i]; t.capital() && !t.proper() && names[t.low] && t.low != "i" && demonyms[t.low] == "" {
			t.tag = "NNP"
		}
	}
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
	return titleAbbreviations.has(strings.ToLower(word)) || initial(word) && unicode.IsUpper(r) && len(end) > len(word)
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

func (r *reader) tag(toks []token, text string) {
	words := make([]*pos.Word, len(toks))
	for i, t := range toks {
		words[i] = t.word.tagged
	}
	r.tagger.Tag(words, func(i int, tag string) { toks[i].tag = tag })
	for i := range toks {
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
	case months.has(t.low) && unicode.IsUpper(c) && !(t.low == "may" && t.tag == "MD") && !(t.low == "march" && t.verb() && i == 0):
		t.tag = "NNP"
	case t.tag == "PRP" || t.tag == "PRP$":
	case t.adverb() && personNouns.has(t.low):
		t.tag = "NN"
	case t.proper() && lexicon.form(t.low) != nil && unicode.IsLower(c):
		t.tag = "VBD"
	}
}
