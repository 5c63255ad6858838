package index

import (
	"fmt"
	"unicode/utf8"
)

// sureLetters is how many first letters of a word are taken for right when its
// spelling is mended: without any, every term of the dictionary would be looked at.
const sureLetters = 2

// Like calls each with the terms of passages that begin like a term and are at
// most so many letters longer or shorter, and with how many passages hold each.
func (x *Index) Like(term string, most int, each func(term string, passages int)) (err error) {
	defer mendPanic(&err)
	letters := []rune(term)
	if len(letters) < sureLetters {
		return nil
	}
	d, err := x.ix.FieldDictPrefix(fieldBody, []byte(string(letters[:sureLetters])))
	if err != nil {
		return fmt.Errorf("%w: listing words like %q: %v", ErrDamaged, term, err)
	}
	length := len(letters)
	for e, err := d.Next(); e != nil; e, err = d.Next() {
		if err != nil {
			_ = d.Close()
			return fmt.Errorf("%w: listing words like %q: %v", ErrDamaged, term, err)
		}
		if n := utf8.RuneCountInString(e.Term) - length; n <= most && -n <= most {
			each(e.Term, int(e.Count))
		}
	}
	return d.Close()
}
