// Package naming reads names and offices as news articles spell them: what makes two
// spellings of a name alike, which of its words is the surname, and which word of a
// role tells the office. Package index files speakers by it, and package bot looks
// them up by the same.
package naming

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Fold makes spellings of a name alike: lower case, no accents, one
// transliteration.
func Fold(s string) string {
	if !isASCII(s) {
		s = accents.Replace(strings.ToLower(Straight(s)))
	} else {
		s = strings.ToLower(s)
	}
	s += " "
	if slices.ContainsFunc(partsOfTransliterations, func(part string) bool { return strings.Contains(s, part) }) {
		s = transliterations.Replace(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

// Straight replaces typographic apostrophes and quotation marks by typewriter ones.
func Straight(s string) string { return typographic.Replace(s) }

var typographic = strings.NewReplacer("’", "'", "‘", "'", "“", "\"", "”", "\"", "«", "\"", "»", "\"", "„", "\"")

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "é", "e", "è", "e", "ê", "e", "ë", "e",
	"í", "i", "ì", "i", "î", "i", "ï", "i", "ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ú", "u", "ù", "u", "û", "u",
	"ü", "u", "ç", "c", "ñ", "n", "š", "s", "ž", "z", "č", "c", "ř", "r", "ł", "l", "ğ", "g", "ı", "i", "ş", "s", "ý", "y", "ń", "n", "ć", "c",
	"ė", "e", "ę", "e", "ě", "e", "ē", "e", "ą", "a", "ā", "a", "ă", "a", "ų", "u", "ū", "u", "ů", "u", "ű", "u", "į", "i", "ī", "i",
	"ő", "o", "ź", "z", "ż", "z", "ś", "s", "ș", "s", "ţ", "t", "ț", "t", "ť", "t", "ď", "d", "ň", "n", "ņ", "n", "ķ", "k", "ļ", "l", "ģ", "g", "đ", "d")

// transliterations are endings and letters of Slavic names that outlets spell
// in several ways.
var transliterations = strings.NewReplacer("iyi ", "y ", "yi ", "y ", "yy ", "y ", "iy ", "y ", "ij ", "y ", "yj ", "y ", "ii ", "y ", "iak ", "yak ", "iuk ", "yuk ",
	"skyi'", "sky'", "skyy'", "sky'", "skiy'", "sky'", "zelenski ", "zelensky ", "kh", "h", "dimitri", "dmitry", "dmitri ", "dmitry ",
	"sergei ", "sergey ", "andrei ", "andrey ", "aleksandr", "alexandr")

// partsOfTransliterations are such that each of what transliterations replaces
// has one: most names have none, and are let go sooner.
var partsOfTransliterations = []string{"i ", "j ", "yy ", "iy ", "iak ", "iuk ", "ky", "kiy", "kh", "dimitri", "aleksandr"}
