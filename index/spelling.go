package index

import "unicode/utf8"

// sureLetters is how many first letters of a word are taken for right when its
// spelling is mended: without any, every term of the dictionary would be looked at.
const sureLetters = 2

// Like calls each with the terms of passages that begin like a term, are at most so
// many letters longer or shorter and that close wants, by the alphabet, and with how
// many passages hold each.
func (x *Index) Like(term string, most int, close func(term string) bool, each func(term string, passages int)) error {
	letters := []rune(term)
	if len(letters) < sureLetters {
		return nil
	}
	found, err := x.terms(fieldBody, string(letters[:sureLetters]), func(t string) bool {
		n := utf8.RuneCountInString(t) - len(letters)
		return n <= most && -n <= most && close(t)
	})
	for _, t := range found {
		each(t.term, t.count)
	}
	return err
}
