package intake

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"onrecord/data/folder"
)

// maxName is how long a file's name may be, in bytes: systems allow 255, and a
// number may be put in.
const maxName = 120

// fileName is the name under which a file is kept that its sender calls so: its
// letters and digits in any script, full stops, hyphens and underscores, all else a
// hyphen. It is no path, is not hidden, and ends as the sender's does, for that
// tells its format.
func fileName(sender string) string {
	last := path.Base(strings.ReplaceAll(sender, `\`, "/"))
	stem, ends := cutEnding(norm.NFC.String(strings.ToValidUTF8(last, "-")))
	stem = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r) || strings.ContainsRune("._-", r) {
			return r
		}
		return '-'
	}, stem)
	for strings.Contains(stem, "--") {
		stem = strings.ReplaceAll(stem, "--", "-")
	}
	if len(stem) > maxName {
		stem = stem[:maxName]
		for !utf8.ValidString(stem) {
			stem = stem[:len(stem)-1]
		}
	}
	if stem = strings.Trim(stem, ".-_ "); stem == "" || folder.Reserved(stem) {
		stem = strings.TrimRight("article-"+stem, "-")
	}
	return stem + ends
}

// cutEnding parts a name from the ending that tells its format.
func cutEnding(name string) (stem, ends string) {
	ends = path.Ext(name)
	if stem = strings.TrimSuffix(name, ends); strings.EqualFold(path.Ext(stem), ".tar") {
		ends = path.Ext(stem) + ends
	}
	return strings.TrimSuffix(name, ends), ends
}

// numbered is the n-th file of a name: "bridge.txt", "bridge-2.txt".
func numbered(name string, n int) string {
	if n == 1 {
		return name
	}
	stem, ends := cutEnding(name)
	return fmt.Sprintf("%s-%d%s", stem, n, ends)
}
