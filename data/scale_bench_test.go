package data_test

import (
	"fmt"
	"strings"
	"testing"

	"onrecord/data"
)

// BenchmarkNasty reads what no article holds, a hundred kilobytes and a megabyte
// of it, in both formats: the time per byte must stay where it is.
func BenchmarkNasty(b *testing.B) {
	for _, unit := range []string{
		"Our barges are late. ", "Our barges are late.\n\n", "Nina Ambledown\n", "By Nina Ambledown\n", "\n", " ", "\u00a0\n",
		"[", "](", "![", "*", "_a ", "`", "> ", "- ", "<", "<a ", "&", "# \n", "| a ", "[a]: b\n", "\\", "~~~\n", "\t", "1. ",
		"title: a\n", "---\n", "- a\n  ", "March 3, 2031 ", "Wilm Ostrander/", "A, ", "is a reporter for ",
	} {
		for _, size := range []int{100_000, 1_000_000} {
			for _, name := range []string{"a.txt", "a.md"} {
				b.Run(fmt.Sprintf("%q/%dk/%s", unit, size/1000, name), func(b *testing.B) {
					raw := []byte("x\n" + strings.Repeat(unit, size/len(unit)) + "\nx")
					b.SetBytes(int64(len(raw)))
					for b.Loop() {
						if _, err := data.Parse(name, raw); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}
