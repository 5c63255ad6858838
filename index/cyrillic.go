package index

import (
	"strings"
	"unicode"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/russian"
)

// stemCyrillic puts its stem in place of every word in Cyrillic letters, as the
// analyser does for English ones. Ukrainian has no stemmer of its own here: the
// Russian one takes off the endings that the two languages share.
func stemCyrillic(s string) string {
	if !strings.ContainsFunc(s, isCyrillic) {
		return s
	}
	var b strings.Builder
	for len(s) > 0 {
		at := strings.IndexFunc(s, isCyrillic)
		if at < 0 {
			at = len(s)
		}
		b.WriteString(s[:at])
		s = s[at:]
		end := strings.IndexFunc(s, func(r rune) bool { return !isCyrillic(r) })
		if end < 0 {
			end = len(s)
		}
		b.WriteString(stemOf(s[:end]))
		s = s[end:]
	}
	return b.String()
}

// StemCyrillic is the stem under which a word in Cyrillic letters is indexed.
func StemCyrillic(word string) string { return stemOf(word) }

func stemOf(word string) string {
	env := snowballstem.NewEnv(strings.ReplaceAll(strings.ToLower(word), "ё", "е"))
	russian.Stem(env)
	return env.Current()
}

func isCyrillic(r rune) bool { return r > unicode.MaxLatin1 && unicode.Is(unicode.Cyrillic, r) }
