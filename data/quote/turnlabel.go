package quote

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What stands before the colon of a turn: "President of Ferrland Anton
// Grebelow", "Anton Grebelow (in Ferrish)", "ADA LUND, HOST", "Question".

// label is the name before a colon at the start of a turn.
type label struct {
	Span          // title and name
	end    int    // where the turn's words begin
	name   string // the name alone, "" for "Question"
	title  string // what stands with the name
	begins bool   // a sentence or a paragraph begins with it
	vouch  bool   // a given name or an office tells that it is somebody's
	office bool   // an office stands in it
	noted  bool   // a note stands before the colon
	number bool   // a number follows
	card   bool   // a name card, see cardName
}

// atLine tells whether a paragraph begins with the label.
func (l *label) atLine(text string) bool { return l.Start == 0 || text[l.Start-1] == '\n' }

// capital tells whether what follows begins as a sentence does.
func (l *label) capital(text string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(text[l.end:], " \u00a0"))
	return unicode.IsUpper(r)
}

// unnamedLabels open the turns of people without a name.
var unnamedLabels = set(`question answer journalist reporter moderator correspondent remark reply response interviewer host
	presenter voice interpreter translator q a`)

const (
	// maxLabelWords bounds a title and a name together: "Deputy Chief of Staff of
	// the Presidential Executive Office – Presidential Press Secretary …".
	maxLabelWords = 60
	// maxLabelBytes bounds how far back from a colon they are looked for, so that a
	// text of colons costs no more than its length.
	maxLabelBytes = 600
	// maxNoteBytes bounds a note between a name and its colon: "(commenting on the
	// idea of …)".
	maxNoteBytes = 200
	// maxNameWords bounds a name: "Mansoor bin Ebrahim al Mahmoud".
	maxNameWords = 5
)

func labelsIn(text string, p Span) []label {
	var out []label
	from := p.Start
	for i := p.Start; i < p.End; i++ {
		if text[i] != ':' {
			continue
		}
		words, number := speaksAfter(text[i+1 : p.End])
		if !words && !number {
			continue
		}
		if l, ok := labelBefore(text, from, i); ok {
			l.number = number
			out = append(out, l)
			from = i + 1
		}
	}
	return out
}

// speaksAfter tells whether words follow a colon, or a number after a space, and
// not a path or a time.
func speaksAfter(rest string) (words, number bool) {
	trimmed := strings.TrimLeft(rest, " \u00a0")
	r, _ := utf8.DecodeRuneInString(trimmed)
	return unicode.IsLetter(r) || strings.ContainsRune("“\"'‘(<[…‹«", r), unicode.IsDigit(r) && len(trimmed) < len(rest)
}

// labelBefore walks back from a colon over the capitalised words and the small
// ones of a title. from is where the text before may be looked at.
func labelBefore(text string, from, colon int) (label, bool) {
	paragraph := from
	from = max(from, colon-maxLabelBytes)
	end := noteBefore(text, from, colon)
	start := end
	for words := 0; words < maxLabelWords; words++ {
		word, at := wordBefore(text, from, start)
		if word == "" || !labelWord(word, start == end) {
			break
		}
		start = at
	}
	for start < end { // a title does not begin with a small word
		word, _, _ := strings.Cut(text[start:end], " ")
		if !smallWords.has(word) {
			break
		}
		start += len(word) + 1
	}
	if start >= end {
		return label{}, false
	}
	noted := strings.ContainsRune(text[end:colon], '(')
	l := label{Span: Span{start, end}, end: colon + 1, noted: noted}
	ok := l.read(text[start:end])
	l.begins = beginsAt(text, paragraph, l.Start)
	return l, ok
}

// noteBefore is where a label ends: before its colon, or before the note in
// "Question (in Russian):".
func noteBefore(text string, from, colon int) int {
	end := from + len(strings.TrimRight(text[from:colon], " \u00a0"))
	if end == from || text[end-1] != ')' {
		return end
	}
	open := strings.LastIndexByte(text[from:end], '(')
	if open < 0 || end-from-open > maxNoteBytes {
		return end
	}
	return from + len(strings.TrimRight(text[from:from+open], " \u00a0"))
}

// wordBefore is the word that ends before byte at, spaces skipped, and its start.
func wordBefore(text string, from, at int) (string, int) {
	end := from + len(strings.TrimRight(text[from:at], " \u00a0"))
	start := from + strings.LastIndexAny(text[from:end], " \u00a0") + 1
	if r, n := utf8.DecodeRuneInString(text[start:end]); r == '\u00a0' {
		start += n
	}
	for start < end && !utf8.RuneStart(text[start]) {
		start++
	}
	return text[start:end], start
}

var smallWords = set("of the for and to in on at – — - with")

// labelWord tells whether a word may stand in a label; the last one must be of a
// name.
func labelWord(word string, last bool) bool {
	if smallWords.has(word) || nameParticles.has(word) {
		return !last
	}
	if _, after, ok := strings.Cut(word, "-"); ok && nameParticles.has(word[:len(word)-len(after)-1]) {
		word = after // "el-Sisi"
	}
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(word, "–—-"))
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) || unicode.IsDigit(r) && last {
		return false
	}
	if end, _ := utf8.DecodeLastRuneInString(word); strings.ContainsRune(".!?…>)]”\"*;:", end) {
		if lower(word) == "no." || word == "I." {
			return false
		}
		return titleAbbreviations.has(lower(word)) || unicode.IsUpper(r) && utf8.RuneCountInString(word) == 2 // "J."
	}
	return true
}

// beginsAt tells whether a sentence may begin at byte at.
func beginsAt(text string, from, at int) bool {
	before := strings.TrimRight(text[from:at], " \u00a0")
	if before == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune("\n.!?…>)]”\"*:›»", r)
}

// addressed open what is said to somebody and names no speaker: "Dear friends:",
// "Mr President:".
var addressed = set("dear mr mr. mrs mrs. ms ms. madam comrade your my our")

// read takes a label's words apart, and tells whether they can be one.
func (l *label) read(text string) bool {
	if l.readAfterComma(text) {
		return true
	}
	words := strings.Fields(text)
	if len(words) > maxNameWords && text == strings.ToUpper(text) {
		return false // a heading
	}
	last := lower(words[len(words)-1])
	if unnamedLabels.has(last) {
		return len(words) <= 3
	}
	if name, rest := cardName(words); name != nil {
		l.named(name, rest)
		l.trim(text)
		l.card, l.office, l.vouch = true, true, true
		return true
	}
	name, office := labelName(words)
	if name == nil || titles.has(last) {
		return !addressed.has(lower(words[0])) // "Minister of Labour and Welfare"
	}
	l.named(name, words[:len(words)-len(name)])
	l.office = office
	l.vouch = office || givenNames[lower(name[0])] != 0
	l.trim(text)
	return !addressed.has(lower(words[0])) || len(name) < len(words)
}

// readAfterComma reads "ADA LUND, HOST".
func (l *label) readAfterComma(text string) bool {
	name, office, ok := strings.Cut(text, ",")
	words := strings.Fields(name)
	if !ok || len(words) < 2 || len(words) > maxNameWords || !hasOffice(strings.Fields(office)) || hasOffice(words) {
		return false
	}
	l.name, l.title, l.office, l.vouch = name, strings.TrimSpace(office), true, true
	return true
}

// named takes a name and the office before it. What is no office does not belong
// to the label.
func (l *label) named(name, before []string) {
	l.name, l.title = strings.Join(name, " "), ""
	if hasOffice(before) {
		whole := strings.Join(before, " ")
		l.title = lastOffice(whole)
		if partOfTitle(strings.TrimSuffix(whole, l.title)) {
			l.title = whole // "Head of the Office of the President of Ferrland"
		}
	}
}

// partOfTitle tells whether what stands before an office makes it a part of a longer
// title.
func partOfTitle(before string) bool {
	words := strings.Fields(lower(before))
	if n := len(words); n > 1 && words[n-1] == "the" {
		words = words[:n-1]
	}
	return len(words) > 1 && (words[len(words)-1] == "of" || words[len(words)-1] == "to")
}

// trim leaves out what runs into a label of that text: a heading without a full
// stop, "Thank you,".
func (l *label) trim(text string) {
	if cut := strings.LastIndex(text, strings.TrimSpace(l.title+" "+l.name)); cut > 0 {
		l.Start += cut
	}
}

// labelName is the name in a label, and whether an office stands with it. It is
// nil where an office stands without a name.
func labelName(words []string) (name []string, office bool) {
	if !hasOffice(words) && len(words) <= maxNameWords {
		return afterComma(words), false
	}
	office = hasOffice(words)
	from := max(0, len(words)-2)
	for from > 0 && inName(words[from-1], words[from]) {
		from--
	}
	if place := lastPlace(words); place >= 0 && len(words)-place <= maxNameWords && len(words)-place > 2 {
		for from = place + 1; from < len(words)-2 && titles.has(lower(words[from])); from++ {
		}
	}
	if only := words[len(words)-1:]; len(words) > 1 && titles.has(lower(words[len(words)-2])) && !hasOffice(only) && !places.has(lower(only[0])) {
		return only, office // "Patriarch Kiril", "SECRETARY LUND"
	}
	if smallWords.has(words[from]) || titles.has(lower(words[from])) && givenNames[lower(words[from])] == 0 || places.has(lower(words[len(words)-1])) {
		return nil, office
	}
	return words[from:], office
}

// afterComma are the words after the last comma, where two or more stand there:
// "Thank you, Ada Lund".
func afterComma(words []string) []string {
	for i := len(words) - 2; i > 0; i-- {
		if strings.HasSuffix(words[i-1], ",") {
			return words[i:]
		}
	}
	return words
}

// inName tells whether a word belongs to the name that goes on with next.
func inName(word, next string) bool {
	word, next = lower(word), lower(next)
	return nameParticles.has(next) || nameParticles.has(word) || givenNames[word] != 0 && !titles.has(word) && !smallWords.has(word)
}

func hasOffice(words []string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		w = strings.Trim(lower(w), ",–—-")
		return titles.has(w) || personNouns.has(w)
	})
}

// lastPlace is where a country stands in "President of Ferrland Xan Phuoc Dinh",
// or -1: what follows is the name.
func lastPlace(words []string) int {
	for i := len(words) - 2; i > 0; i-- {
		if places.has(lower(words[i])) && smallWords.has(words[i-1]) {
			return i
		}
	}
	return -1
}

// cardName reads a name card: "Sergei Lavrov Lavrov SergeiForeign Minister of
// Russia". The surname stands twice, and the second given name runs into the
// title or ends the card.
func cardName(words []string) (name, title []string) {
	for i := 0; i+3 < len(words); i++ {
		if words[i+1] != words[i+2] {
			continue
		}
		for k := i + 3; k < len(words) && k <= i+4; k++ {
			if strings.HasPrefix(words[k], words[i]) || runTogether(words[k]) {
				if titles.has(lower(words[i])) {
					return words[i+1 : i+2], words[i : i+1] // "Patriarch Kiril Kiril Patriarch of …"
				}
				if hasOffice(words[:i]) {
					return words[i : i+2], words[:i]
				}
				return words[i : i+2], append(lastCapitals(words[k]), words[k+1:]...)
			}
		}
	}
	return nil, nil
}

// runTogether tells whether two words stand in one: "SergeiForeign".
func runTogether(word string) bool { return len(lastCapitals(word)) > 0 }

// lastCapitals is the second of two words that run together.
func lastCapitals(word string) []string {
	small := false
	for i, r := range word {
		if unicode.IsUpper(r) && small {
			return []string{word[i:]}
		}
		small = unicode.IsLower(r)
	}
	return nil
}

// lastOffice is a label's title from a head of state's office on, where a
// heading without a full stop runs into it: "Supervisory Board President of
// Russia".
func lastOffice(title string) string {
	words := strings.Fields(title)
	for i := len(words) - 2; i > 0; i-- {
		if leaders.has(lower(words[i])) && words[i+1] == "of" {
			if deputy := lower(words[i-1]); deputy == "deputy" || deputy == "vice" || deputy == "prime" || deputy == "first" {
				return title
			}
			return strings.Join(words[i:], " ")
		}
	}
	return title
}
