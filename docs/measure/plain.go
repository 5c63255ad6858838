package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"

	"onrecord/data"
)

// Plain Bleve is an index of the passages and nothing else: their words stemmed,
// with positions, and stored. It is set as it is fastest: a static mapping without
// a field of all fields and without doc values, batches of 1,000, garbage
// collected seldom.
const (
	plainBatch   = 1000
	plainGarbage = 400
)

func plainMapping() mapping.IndexMapping {
	body := bleve.NewTextFieldMapping()
	body.Analyzer, body.IncludeInAll, body.DocValues = en.AnalyzerName, false, false
	doc := bleve.NewDocumentStaticMapping()
	doc.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	doc.AddFieldMappingsAt("body", body)
	m := bleve.NewIndexMapping()
	m.DefaultMapping = doc
	return m
}

type passage struct {
	Body string `json:"body"`
}

// plainIndexed is what a plain index holds.
type plainIndexed struct{ Passages int }

// passagesOf are the passages of an archive, less what tells where they stand.
func passagesOf(archive string) ([]passage, error) {
	a, err := data.OpenArchive(archive)
	if err != nil {
		return nil, err
	}
	var all []passage
	entries, _ := a.List()
	for _, e := range entries {
		article, _, err := data.Read(a.FS, e.Path)
		if err != nil {
			return nil, err
		}
		for _, p := range article.Passages() {
			all = append(all, passage{strings.Clone(article.Text[p.Start:p.End])})
		}
	}
	return all, nil
}

func plainByBatches(archive, dir string) (spent, any, error) {
	all, err := passagesOf(archive)
	if err != nil {
		return spent{}, nil, err
	}
	debug.SetGCPercent(plainGarbage)
	s, err := timed(func() error {
		ix, err := bleve.NewUsing(dir, plainMapping(), scorch.Name, scorch.Name, nil)
		if err != nil {
			return err
		}
		batch := ix.NewBatch()
		for i, p := range all {
			err = errors.Join(err, batch.Index(fmt.Sprint(i), p))
			if batch.Size() >= plainBatch {
				err = errors.Join(err, ix.Batch(batch))
				batch = ix.NewBatch()
			}
		}
		return errors.Join(err, ix.Batch(batch), ix.Close())
	})
	return s, plainIndexed{len(all)}, err
}

func plainByBuilder(archive, dir string) (spent, any, error) {
	all, err := passagesOf(archive)
	if err != nil {
		return spent{}, nil, err
	}
	debug.SetGCPercent(plainGarbage)
	s, err := timed(func() error {
		builder, err := bleve.NewBuilder(dir, plainMapping(), map[string]any{"batchSize": plainBatch})
		if err != nil {
			return err
		}
		for i, p := range all {
			err = errors.Join(err, builder.Index(fmt.Sprint(i), p))
		}
		return errors.Join(err, builder.Close())
	})
	return s, plainIndexed{len(all)}, err
}

// plainSearch is what a match of a question's words takes.
type plainSearch struct{ P50, P99 time.Duration }

// plainMatch opens a plain index and asks it one thing.
func plainMatch(dir, text string) (spent, any, error) {
	ix, err := openPlain(dir)
	if err != nil {
		return spent{}, nil, err
	}
	defer ix.Close()
	return spent{}, plainSearch{}, match(ix, text)
}

// plainSearches asks a plain index what a serving program is asked.
func plainSearches(dir, archive string) (spent, any, error) {
	ix, err := openPlain(dir)
	if err != nil {
		return spent{}, nil, err
	}
	defer ix.Close()
	questions, err := questionsOf(archive)
	if err != nil {
		return spent{}, nil, err
	}
	p50, p99, err := ask(questions, func(q string) error { return match(ix, q) })
	return spent{}, plainSearch{p50, p99}, err
}

func openPlain(dir string) (bleve.Index, error) {
	return bleve.OpenUsing(dir, map[string]any{"read_only": true})
}

// match shows the ten best passages with the words found marked in them, as a
// search engine does.
func match(ix bleve.Index, text string) error {
	q := bleve.NewMatchQuery(text)
	q.SetField("body")
	r := bleve.NewSearchRequestOptions(q, 10, 0, false)
	r.Highlight, r.Fields = bleve.NewHighlight(), []string{"body"}
	_, err := ix.SearchInContext(context.Background(), r)
	return err
}
