package index

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"onrecord/data"
)

// news is the folder of articles that the benchmarks read where it is there,
// relative to this package.
const news = "../../shared/attributed-news/text"

// benchArchive is the news articles, or invented ones where they are not there.
func benchArchive(b *testing.B) data.Archive {
	b.Helper()
	if _, err := os.Stat(news); err == nil {
		a, err := data.OpenArchive(news)
		if err != nil {
			b.Fatal(err)
		}
		return a
	}
	b.Logf("%s is not there: invented articles are indexed", news)
	files := map[string]string{}
	for i := range 500 {
		files[fmt.Sprintf("%03d.txt", i)] = harbour["a.txt"] + harbour["b.txt"]
	}
	return memory(files)
}

// BenchmarkIndex measures a full index with everything on, and in the same run
// plain Bleve indexing of the same passages with the same settings; the ratio
// of their times is what counts.
func BenchmarkIndex(b *testing.B) {
	archive, ex := benchArchive(b), extractor(b)
	var ours, plain time.Duration
	articles, passages := 0, 0
	for b.Loop() {
		began := time.Now()
		report, err := Update(b.Context(), filepath.Join(b.TempDir(), "ix"), archive, ex, Options{})
		if err != nil {
			b.Fatal(err)
		}
		ours += time.Since(began)
		articles = report.Articles

		b.StopTimer()
		bodies := bodiesOf(b, archive)
		passages = len(bodies)
		b.StartTimer()
		began = time.Now()
		plainBleve(b, bodies)
		plain += time.Since(began)
	}
	n := float64(b.N)
	b.ReportMetric(float64(articles)*n/ours.Seconds(), "articles/s")
	b.ReportMetric(float64(passages)*n/ours.Seconds(), "passages/s")
	b.ReportMetric(float64(passages)*n/plain.Seconds(), "plain-passages/s")
	b.ReportMetric(ours.Seconds()/plain.Seconds(), "×plain")
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

// plainBleve indexes passages and nothing else, with this package's settings:
// stored and with positions, in batches of as many documents.
func plainBleve(b *testing.B, bodies []string) {
	b.Helper()
	m := bleve.NewIndexMapping()
	doc := bleve.NewDocumentStaticMapping()
	f := indexed("en", true)
	f.Store = true
	doc.AddFieldMappingsAt("body", f)
	m.DefaultMapping = doc
	ix, err := bleve.NewUsing(filepath.Join(b.TempDir(), "plain"), m, scorch.Name, scorch.Name, nil)
	if err != nil {
		b.Fatal(err)
	}
	batch := ix.NewBatch()
	for i, body := range bodies {
		if err := batch.Index(fmt.Sprint(i), map[string]string{"body": body}); err != nil {
			b.Fatal(err)
		}
		if batch.Size() >= batchDocuments {
			if err := ix.Batch(batch); err != nil {
				b.Fatal(err)
			}
			batch = ix.NewBatch()
		}
	}
	if err := ix.Batch(batch); err != nil {
		b.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		b.Fatal(err)
	}
}
