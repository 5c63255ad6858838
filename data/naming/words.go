package naming

import "strings"

// Words are the words of a name, folded and in Latin letters; articles, forms of
// address and "Jr." are left out.
func Words(name string) []string {
	var out []string
	for _, raw := range strings.Fields(Fold(name)) {
		w := strings.TrimSuffix(strings.Trim(raw, ".,;:!?\"'()"), "'s")
		if IsCyrillic(w) {
			w = Fold(Latin(w))
		}
		if w != "" && (!besideNames[w] || raw == "a.") { // the initial is no article
			out = append(out, w)
		}
	}
	return out
}

// besideNames are words beside a name that are no part of it.
var besideNames = map[string]bool{"the": true, "a": true, "mr": true, "mrs": true, "ms": true, "miss": true, "'s": true,
	"jr": true, "sr": true, "ii": true, "iii": true}

// Beside tells whether a word in lower case stands beside names and is no part of
// them: "Jr.", "Mrs".
func Beside(word string) bool { return besideNames[strings.Trim(word, ".,")] }

// Family is the last word of a name, the surname of most people; "" where it has no
// words.
func Family(name string) string {
	words := Words(name)
	if len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}
