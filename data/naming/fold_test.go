package naming

import (
	"strings"
	"testing"
)

// Every transliteration is made, however the name is let go early.
func TestFoldLetsNothingGo(t *testing.T) {
	for _, pair := range []string{"iyi", "yi", "yy", "iy", "ij", "yj", "ii", "iak", "iuk", "skyi'", "skyy'", "skiy'", "zelenski", "kh", "dimitri", "dmitri", "sergei", "andrei", "aleksandr", "wexmoor", "ky", "i", "j"} {
		for _, name := range []string{pair, "x" + pair, pair + " x", "Ada " + strings.ToUpper(pair), pair + "s", "é" + pair} {
			want := strings.Join(strings.Fields(transliterations.Replace(accents.Replace(strings.ToLower(Straight(name)))+" ")), " ")
			if got := Fold(name); got != want {
				t.Errorf("Fold(%q) is %q, not %q", name, got, want)
			}
		}
	}
}
