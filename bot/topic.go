package bot

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"

	"onrecord/data/naming"
	"onrecord/index"
)

//go:embed synonyms.txt
var synonymLines string

//go:embed spellings.txt
var spellingLines string

var (
	// synonyms are other words, which may mean something else, and spellings one
	// word written otherwise; likened has both.
	synonyms  = readGroups(synonymLines, strings.ToLower)
	spellings = readGroups(spellingLines, strings.ToLower)
	likened   = readGroups(synonymLines+"\n"+spellingLines, strings.ToLower)
)

// vocabulary gives each word the others that may stand in its place.
type vocabulary map[string][]string

// newVocabulary adds an operator's groups of words to those in the program.
func newVocabulary(groups [][]string) vocabulary {
	if len(groups) == 0 {
		return likened
	}
	m := vocabulary{}
	for w, others := range likened {
		m[w] = slices.Clone(others)
	}
	for _, g := range groups {
		m.join(g)
	}
	return m
}

// readGroups maps each word of a table of groups, a group a line, to the others
// of its groups, all as form makes them.
func readGroups(lines string, form func(string) string) vocabulary {
	m := vocabulary{}
	for _, line := range strings.Split(lines, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		group := strings.Split(line, ",")
		for i := range group {
			group[i] = form(strings.TrimSpace(group[i]))
		}
		m.join(group)
	}
	return m
}

// join makes the words of a group stand for one another.
func (v vocabulary) join(group []string) {
	for _, w := range group {
		for _, other := range group {
			if other != w {
				v[w] = append(v[w], other)
			}
		}
	}
}

// askingWords carry a question, not its topic.
var askingWords = set(`a an the and or but of to in on at by for from with about regarding concerning over into as than that this
	these those there here it its it's is are was were be been being am do does did done have has had having will would
	shall should can could may might must not no nor so too very just only also ever really actually already still yet
	what when where who whom whose which why how much many long often far he she they them his her their him himself
	herself i me my we us our you your say says said saying tell tells told telling speak speaks spoke spoken talk
	talked talking mention mentioned state stated commented please find show give list
	any anything something some somebody someone anyone everything every all more most other another same such own
	if whether because between after before during against up down out off again once then now latest recent recently
	last newest first earlier quote quotes quotation quotations words word position view views
	stance opinion opinions response reaction reply answer think thinks thought go get got happen happened make made
	called take took taken takes place occur occurred let lets one he'd she'd they'd he's she's i'd who's what's plz pls set sets use used uses job role office title function post verbatim ’s 's s`)

// topicOf makes searchable words of a text: no asking words, each with its
// synonyms, each once.
func (v vocabulary) topicOf(text string) []index.Word {
	var out []index.Word
	seen := map[string]bool{}
	for _, raw := range strings.FieldsFunc(text, parts) {
		w := strings.Trim(naming.Straight(raw), ".,;:!?\"'()[]–—-")
		w = strings.TrimSuffix(w, "'s")
		low := strings.ToLower(w)
		if strings.HasPrefix(raw, "U.S") || raw == "US" || raw == "UK" || raw == "UN" || raw == "EU" {
			low = strings.ToLower(strings.TrimSuffix(raw, "'s"))
		}
		if low == "" || seen[low] || askingWords[low] && raw != "US" || cyrillicAsking[low] {
			continue
		}
		seen[low] = true
		if len(out) == maxTopicWords {
			break
		}
		if r := []rune(low); len(r) > maxWord {
			low = string(r[:maxWord])
		}
		out = append(out, v.wordOf(low))
	}
	return out
}

func parts(r rune) bool {
	return unicode.IsSpace(r) || r == '/' || r == '—' || r == '–' || r == '“' || r == '”' || r == '"'
}

// wordOf is a word with all its forms: as asked, in one piece without hyphens,
// and its synonyms.
func (v vocabulary) wordOf(low string) index.Word {
	w := index.Word{Forms: []string{low}}
	if naming.IsCyrillic(low) {
		w.Forms = append(w.Forms, cyrillicForms(low)...)
	}
	joined := strings.ReplaceAll(low, "-", "")
	if joined != low && len(joined) > 3 {
		w.Forms = append(w.Forms, joined)
	}
	have := map[string]bool{low: true, joined: true}
	for _, k := range keysOf(low) {
		for _, other := range v[k] {
			if !have[other] {
				have[other] = true
				w.Forms = append(w.Forms, other)
			}
		}
	}
	return w
}

// keysOf are the words by which a table may have a word.
func keysOf(low string) []string {
	return []string{low, strings.ReplaceAll(low, "-", ""), strings.TrimSuffix(low, "."), strings.TrimSuffix(low, "s"), low + "s"}
}

// asAsked are words without the synonyms of the program: in other spellings and
// forms they are still what was asked, and the operator's words are by his word.
func asAsked(words []index.Word) []index.Word {
	out := make([]index.Word, len(words))
	for i, w := range words {
		out[i] = index.Word{Forms: slices.DeleteFunc(slices.Clone(w.Forms), func(form string) bool {
			return form != w.Forms[0] && isOf(synonyms, w.Forms[0], form) && !isOf(spellings, w.Forms[0], form)
		})}
	}
	return out
}

// isOf tells whether a table has a form for a word.
func isOf(table vocabulary, word, form string) bool {
	return slices.ContainsFunc(keysOf(word), func(k string) bool { return k == form || contains(table[k], form) })
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
