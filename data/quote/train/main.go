// Command train learns the models of package quote from annotated articles:
//
//	go run ./data/quote/train DIR
//
// DIR holds text/NAME.txt, an article, and attributions/NAME_*.ann, its
// attributions in the standoff format of brat: lines "T1 Source 42 102 words",
// offsets in characters, parts of a span after semicolons; and lines
// "E1 Attribution:T4 Content:T3 Cue:T2 Source:T1". The same folder gives the
// same model.
package main

import (
	"flag"
	"fmt"
	"hash/crc32"
	"os"
	"strings"

	"onrecord/data/quote"
)

func main() {
	out := flag.String("o", "data/quote/model.bin", "write the model to this `file`")
	skip := flag.String("skip", "0", "leave out the articles of these `fifths`, by the CRC-32 of their name: \"0\", \"01\", \"\" for none")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: go run ./data/quote/train [-o FILE] [-skip FIFTHS] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := train(flag.Arg(0), *out, *skip); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func train(dir, out, skip string) error {
	all, err := readAll(dir, func(name string) bool { return !strings.ContainsRune(skip, rune('0'+fifth(name))) })
	if err != nil {
		return err
	}
	model, err := quote.Learn(all, os.Stderr)
	if err != nil {
		return err
	}
	return os.WriteFile(out, model, 0o644)
}

// fifth is the part of the articles to which one belongs.
func fifth(name string) int { return int(crc32.ChecksumIEEE([]byte(name)) % 5) }
