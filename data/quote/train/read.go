package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"onrecord/data"
	"onrecord/data/quote"
)

// readAll reads the annotated articles of a folder that are wanted, by name.
func readAll(dir string, wanted func(name string) bool) ([]quote.Annotated, error) {
	texts, err := filepath.Glob(filepath.Join(dir, "text", "*.txt"))
	if err != nil {
		return nil, err
	}
	sort.Strings(texts)
	var all []quote.Annotated
	for _, path := range texts {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		marks, err := filepath.Glob(filepath.Join(dir, "attributions", name+"_*.ann"))
		if err != nil {
			return nil, err
		}
		if len(marks) == 0 || !wanted(name) {
			continue
		}
		sort.Strings(marks)
		one, err := readOne(path, marks[0])
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no annotated articles in %s: it should hold text/NAME.txt and attributions/NAME_*.ann", dir)
	}
	return all, nil
}

func readOne(path, marks string) (quote.Annotated, error) {
	dir, base := filepath.Split(path)
	a, _, err := data.Read(os.DirFS(dir), base)
	if err != nil {
		return quote.Annotated{}, err
	}
	lines, err := os.ReadFile(marks)
	if err != nil {
		return quote.Annotated{}, err
	}
	found, err := parse(string(lines), bytesOf(a.Text))
	if err != nil {
		return quote.Annotated{}, fmt.Errorf("reading %s: %w", marks, err)
	}
	return quote.Annotated{Text: a.Spoken(), Annotations: found}, nil
}

// bytesOf gives for each character of a text, and its end, the byte where it
// begins.
func bytesOf(text string) []int {
	var at []int
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// parse reads the lines of an .ann file.
func parse(lines string, at []int) ([]quote.Annotation, error) {
	spans := map[string][]quote.Span{}
	var out []quote.Annotation
	for n, line := range strings.Split(lines, "\n") {
		col := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if len(col) < 2 || col[0] == "" {
			continue
		}
		switch col[0][0] {
		case 'T':
			s, err := parseSpans(col[1], at)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n+1, err)
			}
			spans[col[0]] = s
		case 'E':
			if a := event(col[1], spans); len(a.Content) > 0 {
				out = append(out, a)
			}
		}
	}
	return out, nil
}

// parseSpans reads "Source 42 102;110 115".
func parseSpans(s string, at []int) ([]quote.Span, error) {
	_, list, _ := strings.Cut(s, " ")
	var out []quote.Span
	for _, pair := range strings.Split(list, ";") {
		from, to, _ := strings.Cut(pair, " ")
		start, err := strconv.Atoi(from)
		if err != nil {
			return nil, err
		}
		end, err := strconv.Atoi(to)
		if err != nil {
			return nil, err
		}
		if start < 0 || start > end || end >= len(at) {
			return nil, fmt.Errorf("%d to %d is not in the text", start, end)
		}
		out = append(out, quote.Span{Start: at[start], End: at[end]})
	}
	sort.Slice(out, func(i, k int) bool { return out[i].Start < out[k].Start })
	return out, nil
}

// event reads "Attribution:T4 Content:T3 Cue:T2 Source:T1".
func event(s string, spans map[string][]quote.Span) quote.Annotation {
	var a quote.Annotation
	for _, pair := range strings.Fields(s) {
		role, ref, _ := strings.Cut(pair, ":")
		switch strings.TrimRight(role, "0123456789") {
		case "Source":
			a.Source = append(a.Source, spans[ref]...)
		case "Cue":
			a.Cue = append(a.Cue, spans[ref]...)
		case "Content":
			a.Content = append(a.Content, spans[ref]...)
		}
	}
	return a
}
