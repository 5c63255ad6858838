// Command measure repeats the figures of docs/performance.md: what the index costs
// and how that grows with the archive, beside plain Bleve with the same passages in
// the same run.
//
//	go run ./docs/measure -archives DIR [-largest N] [-out docs]
//
// DIR holds an archive for each size, a folder of articles that is named by their
// number: 680, 6800 and 68000, say. Each step is a process of its own, so that its
// processor time and memory are its alone:
//
//	main.go    the steps, one after the other
//	step.go    a step as a process, and what it took
//	plain.go   plain Bleve
//	live.go    a program that serves: its memory, a question, a new article
//	report.go  the tables, and plot.go the plot
//
// Times by the clock are of the machine and of what else runs on it; processor time
// and the ratios to plain Bleve are what to compare.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strconv"
)

func main() {
	log.SetFlags(0)
	archives := flag.String("archives", "", "folder that holds an archive for each size")
	work := flag.String("work", os.TempDir(), "folder for the indexes; the largest takes some gigabytes")
	out := flag.String("out", "docs", "folder for performance.json, to which the figures of each size are added, and performance.svg")
	kept := flag.String("kept", "", "folder with indexes made before, named as the archives are: these are measured, not made")
	role := flag.String("role", "", "for the program itself: which step this process is")
	largest := flag.Int("largest", 1<<30, "leave out archives of more articles than this")
	flag.Parse()
	if *role != "" {
		if err := runStep(*role, flag.Args()); err != nil {
			log.Fatal(err)
		}
		return
	}
	if err := measure(*archives, *work, *out, *kept, *largest); err != nil {
		log.Fatal("measure: ", err)
	}
}

// measure measures every size and reports.
func measure(archives, work, out, kept string, largest int) error {
	sizes, err := sizesIn(archives)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp(work, "measure-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{dir: dir, kept: kept}
	if b.program, err = buildProgram(dir); err != nil {
		return err
	}
	all, err := readFigures(out)
	if err != nil {
		return err
	}
	for _, n := range sizes {
		if n > largest {
			continue
		}
		f, err := b.size(filepath.Join(archives, strconv.Itoa(n)), n)
		if err != nil {
			return fmt.Errorf("%d articles: %w", n, err)
		}
		all = slices.DeleteFunc(all, func(old figures) bool { return old.Articles == n })
		all = append(all, f)
		slices.SortFunc(all, func(a, b figures) int { return a.Articles - b.Articles })
		fmt.Println(tables(all)) // what is known so far
		if err := writeFigures(out, all); err != nil {
			return err
		}
	}
	return nil
}

// figuresFile holds the figures of all sizes, so that each may be measured when
// there is time for it.
const figuresFile = "performance.json"

func readFigures(dir string) (all []figures, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, figuresFile))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return all, json.Unmarshal(raw, &all)
}

// writeFigures writes them, and the plot.
func writeFigures(dir string, all []figures) error {
	raw, err := json.MarshalIndent(all, "", "\t")
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(dir, figuresFile), append(raw, '\n'), 0o644),
		os.WriteFile(filepath.Join(dir, "performance.svg"), []byte(plot(all)), 0o644))
}

// sizesIn are the archives in a folder, the smallest first.
func sizesIn(archives string) ([]int, error) {
	entries, err := os.ReadDir(archives)
	if err != nil {
		return nil, fmt.Errorf("which archives? Name their folder with -archives: %w", err)
	}
	var sizes []int
	for _, e := range entries {
		if n, err := strconv.Atoi(e.Name()); err == nil {
			sizes = append(sizes, n)
		}
	}
	sort.Ints(sizes)
	return sizes, nil
}

// figures are what is known of one size.
type figures struct {
	Articles, Passages int
	Ingest             spent // a full index
	PlainBatches       spent // plain Bleve, as a live index filled in batches
	PlainBuilder       spent // plain Bleve, as an offline build
	Bytes, PlainBytes  int64
	Again              spent // nothing has changed
	First              spent // from start to the first answer
	PlainFirst         spent // the same of a match in plain Bleve
	Serving            serving
	Plain              plainSearch
}

// bench is where the measuring is done.
type bench struct{ dir, program, kept string }

// question is one that every archive of the news articles answers.
const question = "what did Trump say about the wall?"

func (b *bench) size(archive string, n int) (f figures, err error) {
	f.Articles = n
	ix := filepath.Join(b.dir, fmt.Sprint("index-", n))
	plain := filepath.Join(b.dir, fmt.Sprint("plain-", n))
	defer os.RemoveAll(ix)
	defer os.RemoveAll(plain)
	onrecord := func(args ...string) (spent, error) {
		return run(nil, b.program, append(args, "--archive", archive, "--index", ix)...)
	}
	var plainResult plainIndexed
	steps := []func() error{
		func() (err error) {
			if made := filepath.Join(b.kept, strconv.Itoa(n)); b.kept != "" {
				ix = made
				return nil
			}
			f.Ingest, err = onrecord("index")
			return err
		},
		func() (err error) { f.PlainBatches, err = b.step(&plainResult, "batches", archive, plain+"-b"); return },
		func() (err error) { f.PlainBuilder, err = b.step(&plainResult, "builder", archive, plain); return },
		func() (err error) { f.Again, err = onrecord("index"); return },
		func() (err error) { f.First, err = onrecord("ask", "--stale", "--json", question); return },
		func() (err error) { f.PlainFirst, err = b.step(&f.Plain, "match", plain, question); return },
		func() (err error) { _, err = b.step(&f.Plain, "search", plain, archive); return },
		func() (err error) { _, err = b.step(&f.Serving, "serve", archive, ix); return },
	}
	for i, s := range steps {
		if err := s(); err != nil {
			return f, fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	_ = os.RemoveAll(plain + "-b")
	f.Passages = plainResult.Passages
	f.Bytes, f.PlainBytes = bytesIn(ix), bytesIn(plain)
	return f, nil
}

func bytesIn(dir string) (sum int64) {
	_ = filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			sum += info.Size()
		}
		return nil
	})
	return sum
}
