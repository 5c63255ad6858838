package data

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/abadojack/whatlanggo"
)

// Languages as Article.Language has them: ISO 639-1. Other than English means
// passages and no statements, for who says what is told from English grammar.
const (
	English   = "en"
	Russian   = "ru"
	Ukrainian = "uk"
	// Unknown is ISO 639's code for a language that can't be told.
	Unknown = "und"
)

const (
	// sampled is how much of an article's body tells its language, in bytes:
	// some five hundred words.
	sampled = 4096
	// fewWords is how many words a text in Latin letters must have before it is
	// taken for anything but English: in shorter ones names decide.
	fewWords = 30
	// leastEnglish is the share of words that must be of englishOnly. Of 2,180
	// English articles and transcripts all have 0.08 and more; German, French,
	// Spanish and Polish have under 0.02.
	leastEnglish = 0.03
)

// englishOnly are words that hardly a page of English goes without, and that are
// rare in other languages of Latin letters.
var englishOnly = wordSet(`the and of to that for with said his her it from by are have has had not be were this who
	they which but will would their its there been what you`)

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// setLanguage makes a code of what the article says, else tells the language
// from the text.
func (a *Article) setLanguage() {
	said, text := a.Language, a.sample()
	read := detectLanguage(text)
	a.Language = languageCode(said)
	switch {
	case said == "":
		a.Language = read
	case a.Language == "":
		a.Language = read
		a.note(fmt.Sprintf("the language %q is not known: write en, ru or uk, say; taken for %s", said, LanguageName(read)))
	case a.Language == English && read != English, a.Language != English && surelyEnglish(text):
		a.note(fmt.Sprintf("it says that it is in %s, but it reads like %s", LanguageName(a.Language), LanguageName(read)))
	}
}

// sample is the beginning of what the article says.
func (a *Article) sample() string {
	var b strings.Builder
	for _, p := range a.Passages() {
		if b.Len() >= sampled {
			break
		}
		b.WriteString(a.text(p))
		b.WriteByte('\n')
	}
	s := b.String()
	if len(s) > sampled {
		s = strings.ToValidUTF8(s[:sampled], "")
	}
	return s
}

// languageCode is the code of a language as people write it: "en-GB", "eng",
// "English"; "" for none that is known.
func languageCode(said string) string {
	name := strings.ToLower(strings.TrimSpace(said))
	code, _, _ := strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
	if known := languages().codes[name]; known != "" {
		return known
	}
	return languages().codes[code]
}

// languages are the names and codes of languages. The library makes its tables
// anew at each call.
var languages = sync.OnceValue(func() (l struct{ codes, names map[string]string }) {
	l.codes, l.names = map[string]string{}, map[string]string{}
	for lang, english := range whatlanggo.Langs {
		if iso := lang.Iso6391(); iso != "" {
			l.names[iso] = english
			l.codes[iso], l.codes[lang.Iso6393()], l.codes[strings.ToLower(english)] = iso, iso, iso
		}
	}
	return l
})

// LanguageName is the English name of a language.
func LanguageName(code string) string {
	if name := languages().names[code]; name != "" {
		return name
	}
	return "another language"
}

// detectLanguage tells the language of a text; English where nothing speaks
// against it.
func detectLanguage(text string) string {
	latin, cyrillic, other := 0, 0, 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf && !unicode.IsLetter(r):
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.IsLetter(r):
			other++
		}
	}
	switch {
	case latin >= cyrillic+other:
		return latinLanguage(text)
	case cyrillic > other:
		return cyrillicLanguage(text)
	}
	return codeOf(whatlanggo.DetectLang(text))
}

func codeOf(lang whatlanggo.Lang) string {
	if code := lang.Iso6391(); code != "" {
		return code
	}
	return Unknown
}

// latinLanguage tells English from other languages: by its commonest words, and
// only where these are missing by its letters.
func latinLanguage(text string) string {
	if words, english := countWords(text); words < fewWords || float64(english) >= leastEnglish*float64(words) {
		return English
	}
	info := whatlanggo.Detect(text)
	if info.Script != unicode.Latin || !info.IsReliable() {
		return English
	}
	return codeOf(info.Lang)
}

// surelyEnglish tells whether a text is English and long enough to tell.
func surelyEnglish(text string) bool {
	words, english := countWords(text)
	return words >= fewWords && float64(english) >= leastEnglish*float64(words)
}

// countWords counts a text's words and those of englishOnly.
func countWords(text string) (all, english int) {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		all++
		if englishOnly[w] {
			english++
		}
	}
	return all, english
}

// cyrillicLanguage goes by the letters that one language has and the others
// lack; where none stands, by what fits best.
func cyrillicLanguage(text string) string {
	low := strings.ToLower(text)
	russian, ukrainian := countAny(low, "ыэё"), countAny(low, "їєґ")
	switch {
	case strings.ContainsRune(low, 'ў'):
		return "be"
	case russian > ukrainian:
		return Russian
	case ukrainian > russian:
		return Ukrainian
	case strings.ContainsRune(low, 'і'):
		return Ukrainian
	}
	if info := whatlanggo.Detect(text); info.IsReliable() {
		return codeOf(info.Lang)
	}
	return codeOf(whatlanggo.DetectLangWithOptions(text, whatlanggo.Options{
		Whitelist: map[whatlanggo.Lang]bool{whatlanggo.Rus: true, whatlanggo.Ukr: true}}))
}

func countAny(s, letters string) int {
	n := 0
	for _, r := range s {
		if strings.ContainsRune(letters, r) {
			n++
		}
	}
	return n
}
