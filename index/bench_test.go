package index

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"

	"onrecord/data"
	"onrecord/internal/cputime"
)

// news is the folder of articles that the benchmarks read where it is there,
// relative to this package.
const news = "../../shared/attributed-news/text"

var benchFolder = flag.String("archive", news, "the articles that the benchmarks index")

// benchArchive is the articles of the flag, or invented ones where they are not
// there.
func benchArchive(b *testing.B) data.Archive {
	b.Helper()
	if _, err := os.Stat(*benchFolder); err == nil {
		a, err := data.OpenArchive(*benchFolder)
		if err != nil {
			b.Fatal(err)
		}
		return a
	}
	b.Logf("%s is not there: invented articles are indexed", *benchFolder)
	files := map[string]string{}
	for i := range 500 {
		files[fmt.Sprintf("%03d.txt", i)] = harbour["a.txt"] + harbour["b.txt"]
	}
	return memory(files)
}

// BenchmarkIndex measures a full index with everything on, and in the same run
// plain Bleve indexing of the same passages, in the two ways that Bleve has. The
// ratio of the CPU times is what counts: to the cheaper of the two.
func BenchmarkIndex(b *testing.B) {
	archive, ex := benchArchive(b), extractor(b)
	bodies := bodiesOf(b, archive)
	var ours, batches, builder spent
	articles := 0
	for b.Loop() {
		ours.add(func() {
			report, err := Update(b.Context(), filepath.Join(b.TempDir(), "ix"), archive, ex, Options{})
			if err != nil {
				b.Fatal(err)
			}
			articles = report.Articles
		})
		b.StopTimer()
		batches.add(func() { plainBatches(b, bodies) })
		builder.add(func() { plainBuilder(b, bodies) })
		b.StartTimer()
	}
	n := float64(b.N)
	b.ReportMetric(float64(articles)*n/ours.wall.Seconds(), "articles/s")
	b.ReportMetric(1e3*ours.cpu.Seconds()/n/float64(articles), "CPU-ms/article")
	b.ReportMetric(1e3*batches.cpu.Seconds()/n/float64(articles), "batches-ms/article")
	b.ReportMetric(1e3*builder.cpu.Seconds()/n/float64(articles), "builder-ms/article")
	b.ReportMetric(ours.cpu.Seconds()/min(batches.cpu, builder.cpu).Seconds(), "×plain-CPU")
}

// spent is the time that a piece of work took, by the clock and of the
// processors.
type spent struct{ wall, cpu time.Duration }

func (s *spent) add(work func()) {
	runtime.GC()
	began, used := time.Now(), cputime.Used()
	work()
	s.wall += time.Since(began)
	s.cpu += cputime.Used() - used
}

func bodiesOf(b *testing.B, archive data.Archive) []string {
	b.Helper()
	var bodies []string
	entries, _ := archive.List()
	for _, e := range entries {
		a, _, err := data.Read(archive.FS, e.Path)
		if err != nil {
			b.Fatal(err)
		}
		for _, p := range a.Passages() {
			for _, w := range windows(a.Text, p.Start, p.End) {
				bodies = append(bodies, w.Of(a.Text))
			}
		}
	}
	return bodies
}

// plainMapping is passages and nothing else, with this package's settings:
// stored and with positions, and no field of all fields.
func plainMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	doc := bleve.NewDocumentStaticMapping()
	doc.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	f := bleve.NewTextFieldMapping()
	f.Analyzer = en.AnalyzerName
	f.Store, f.IncludeInAll, f.DocValues, f.IncludeTermVectors = true, false, false, true
	doc.AddFieldMappingsAt("body", f)
	m.DefaultMapping = doc
	return m
}

// plainBatch is how many documents plain Bleve is given at a time: batches of 100 cost it
// half as much again, and larger ones no less.
const plainBatch = 1000

// plainBatches fills a live index.
func plainBatches(b *testing.B, bodies []string) {
	b.Helper()
	ix, err := bleve.NewUsing(filepath.Join(b.TempDir(), "plain"), plainMapping(), scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	batch := ix.NewBatch()
	for i, body := range bodies {
		if err := batch.Index(fmt.Sprint(i), map[string]string{"body": body}); err != nil {
			b.Fatal(err)
		}
		if batch.Size() >= plainBatch {
			if err := ix.Batch(batch); err != nil {
				b.Fatal(err)
			}
			batch = ix.NewBatch()
		}
	}
	if err := errors.Join(ix.Batch(batch), ix.Close()); err != nil {
		b.Fatal(err)
	}
}

// plainBuilder builds an index that nobody reads meanwhile.
func plainBuilder(b *testing.B, bodies []string) {
	b.Helper()
	builder, err := bleve.NewBuilder(filepath.Join(b.TempDir(), "plain"), plainMapping(), map[string]any{"batchSize": plainBatch})
	if err != nil {
		b.Fatal(err)
	}
	for i, body := range bodies {
		if err := builder.Index(fmt.Sprint(i), map[string]string{"body": body}); err != nil {
			b.Fatal(err)
		}
	}
	if err := builder.Close(); err != nil {
		b.Fatal(err)
	}
}
