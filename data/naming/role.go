package naming

import "strings"

// Heads are the words that head a role, folded, one for each of its parts: "aide" and
// "envoy" of "top aide of the president, former envoy".
func Heads(role string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(role, func(r rune) bool { return strings.ContainsRune(",;–—", r) }) {
		if head := HeadOf(strings.Fields(Fold(part))); head != "" {
			out = append(out, head)
		}
	}
	return out
}

// HeadOf is the last word of a description before what it is of: "aide" in "top
// aide of the Russian president".
func HeadOf(words []string) string {
	head := ""
	for _, w := range words {
		switch w {
		case "of", "for", "to", "in", "at", "on", "from", "who", "whose", "which", "under", "with":
			if head != "" {
				return head
			}
		}
		head = strings.TrimSuffix(w, "'s")
	}
	return head
}
