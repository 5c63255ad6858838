package bot

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// fold makes spellings of a name alike: lower case, no accents, one
// transliteration.
func fold(s string) string {
	if !isASCII(s) {
		s = accents.Replace(strings.ToLower(straight(s)))
	} else {
		s = strings.ToLower(s)
	}
	s += " "
	if slices.ContainsFunc(partsOfTransliterations, func(part string) bool { return strings.Contains(s, part) }) {
		s = transliterations.Replace(s)
	}
	return strings.Join(strings.Fields(s), " ")
}

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

// distance is the least number of letters put in, left out, changed or swapped
// with their neighbour that makes a into b.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	if d := len(x) - len(y); d > 3 || d < -3 {
		return 4 // more than anybody asks for
	}
	before, row := make([]int, len(y)+1), make([]int, len(y)+1)
	two := make([]int, len(y)+1)
	for k := range row {
		row[k] = k
	}
	for i := 1; i <= len(x); i++ {
		two, before, row = before, row, two
		row[0] = i
		for k := 1; k <= len(y); k++ {
			cost := 1
			if x[i-1] == y[k-1] {
				cost = 0
			}
			row[k] = min(before[k]+1, row[k-1]+1, before[k-1]+cost)
			if i > 1 && k > 1 && x[i-1] == y[k-2] && x[i-2] == y[k-1] {
				row[k] = min(row[k], two[k-2]+1)
			}
		}
	}
	return row[len(y)]
}
