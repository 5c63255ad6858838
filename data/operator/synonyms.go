package operator

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// synonyms reads synonyms.txt: a group a line, its words parted by commas; what
// begins with # is a remark. A line that is no group is noted and left out.
func synonyms(raw []byte) ([][]string, []Note) {
	r := &reader{file: SynonymsFile}
	var out [][]string
	n := 0
	for line := range bytes.Lines(bytes.TrimPrefix(raw, []byte("\ufeff"))) {
		n++
		text := strings.TrimSpace(string(line))
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		if group := r.group(n, text); len(group) > 1 {
			out = append(out, group)
		}
	}
	return out, r.notes
}

// group reads the words of a line; nil, and a note, where it is none.
func (r *reader) group(n int, text string) []string {
	if !utf8.ValidString(text) {
		r.note(n, "the line is not valid UTF-8 and is left out: save the file as UTF-8")
		return nil
	}
	var out []string
	seen := map[string]bool{}
	for _, word := range strings.Split(text, ",") {
		word = strings.ToLower(oneLine(word))
		if !strings.ContainsFunc(word, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) }) {
			r.note(n, "between two commas, or at an end, there is no word; the line is left out")
			return nil
		}
		if !seen[word] {
			seen[word] = true
			out = append(out, word)
		}
	}
	if len(out) < 2 {
		r.note(n, "“%s” stands alone and is left out: a group has at least two words, parted by commas", out[0])
	}
	return out
}
