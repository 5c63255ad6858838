package index

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	doc "github.com/blevesearch/bleve/v2/document"

	"onrecord/data"
	"onrecord/data/naming"
	"onrecord/data/quote"
)

// Limits of one batch. Batches of 1,000 documents cost a third less CPU than
// batches of 100; the bytes bound the memory where articles are long.
const (
	batchDocuments = 1000
	batchBytes     = 16 << 20
)

// tellEvery is how often other processes are told of the progress, and the next run
// should this one be killed. It takes some 50 µs.
const tellEvery = 100 * time.Millisecond

// read is an article as the index will hold it.
type read struct {
	job
	record articleRecord
	docs   []*doc.Document
	bytes  int
	gone   bool        // the file vanished after it was listed
	same   bool        // only its size or time changed
	fault  *data.Fault // it could not be read
	holder *holderRead // of a container: what becomes of it
}

// apply reads what changed and writes it, article by article.
// What the index knows then is in after.
func (u *updater) apply(ctx context.Context, ix bleve.Index, k, after known, entries []data.Entry) error {
	p := u.compare(k, entries)
	u.report.Unchanged = unchanged(k, entries, p)
	w := &writer{ix: ix, batch: ix.NewBatch(), wrote: &u.wrote, known: after}
	for _, old := range p.remove {
		w.remove(old)
		u.countRemoved(old)
	}
	for _, path := range p.drop {
		w.drop(path)
	}
	open := newHoldings(u, w, k)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	progress := Progress{PID: os.Getpid(), Total: len(p.read)}
	u.tell(progress)
	told := time.Time{}
	for r := range u.readAll(ctx, ix.Mapping().AnalyzerNamed(en.AnalyzerName), k, entries, p.read) {
		if r.holder == nil {
			u.take(w, r)
		}
		open.take(r)
		if err := w.flushIfFull(); err != nil {
			return err
		}
		progress.step(r)
		if u.opt.Progress != nil {
			u.opt.Progress(progress)
		}
		if time.Since(told) > tellEvery {
			u.tell(progress)
			told = time.Now()
		}
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("stopped after %d of %d articles, which the next run takes up%w", progress.Done, progress.Total, stopped{errors.Join(err, w.flush())})
	}
	return w.flush()
}

// stopped is the reason of an interruption, which is known to who caused it.
type stopped struct{ error }

func (s stopped) Error() string { return "" }
func (s stopped) Unwrap() error { return s.error }

// unchanged counts the articles that are neither read again nor refused.
func unchanged(k known, entries []data.Entry, p plan) int {
	kept := map[string]bool{}
	for _, e := range entries {
		kept[e.Path] = true
	}
	for _, j := range p.read {
		kept[j.entry.Path] = false
	}
	n := 0
	for _, r := range k.articles {
		if kept[r.holder()] && r.Refused == "" {
			n++
		}
	}
	return n
}

// countRemoved counts an article that is gone. What was refused was none.
func (u *updater) countRemoved(old *articleRecord) {
	if old.In == "" || old.Refused == "" {
		u.report.Removed++
	}
}

// take enters an article that was read into the batch and the report.
func (u *updater) take(w *writer, r read) {
	switch {
	case r.fault != nil:
		u.report.Faults = append(u.report.Faults, *r.fault)
	case r.gone: // the next run sees whether it alone is, or all with it
	case r.same:
		if r.in == "" && r.record.changed(*r.old) {
			w.put("a/"+r.entry.Path, articleDocument(r.record))
		}
		u.report.Unchanged++
	default:
		if r.old != nil && r.record.Refused != "" && r.old.Refused == r.record.Refused {
			if !r.record.changed(*r.old) {
				return
			}
			w.put("a/"+r.entry.Path, document{Kind: "a", Record: mustJSON(r.record)})
			return
		}
		if r.old != nil {
			w.remove(r.old)
			u.report.Replaced++
		} else if r.record.Refused == "" {
			u.report.Added++
		}
		for _, d := range r.docs {
			w.add(d)
		}
		record := r.record // all else of r is let go
		w.known.articles[record.Path] = &record
		w.bytes += r.bytes
	}
}

// writer collects whole articles into batches.
type writer struct {
	ix    bleve.Index
	batch *bleve.Batch
	bytes int
	err   error
	wrote *bool // set when something was written
	known known // what the index knows once the batch is written
}

// put enters the document of an article or a container, without words to analyse.
func (w *writer) put(id string, d document) {
	w.err = cmp.Or(w.err, w.known.learn(id, d.Record))
	w.add(d.forBleve(id, nil))
}

func (w *writer) add(d *doc.Document) {
	if err := w.batch.IndexAdvanced(d); err != nil && w.err == nil {
		w.err = fmt.Errorf("indexing %s: %w", d.ID(), err)
	}
}

// remove deletes every document of an article.
func (w *writer) remove(old *articleRecord) {
	delete(w.known.articles, old.Path)
	w.batch.Delete("a/" + old.Path)
	w.batch.Delete("t/" + old.Path)
	for n := range old.Passages {
		w.batch.Delete(numbered("p/", old.Path, n))
	}
	for n := range old.Statements {
		w.batch.Delete(numbered("s/", old.Path, n))
	}
}

// drop deletes the record of a container.
func (w *writer) drop(path string) {
	delete(w.known.containers, path)
	w.batch.Delete("c/" + path)
}

func numbered(kind, path string, n int) string { return kind + path + "#" + strconv.Itoa(n) }

func (w *writer) flushIfFull() error {
	if w.err != nil || w.batch.Size() >= batchDocuments || w.bytes >= batchBytes {
		return w.flush()
	}
	return nil
}

func (w *writer) flush() error {
	if w.err == nil && w.batch.Size() > 0 {
		if err := w.ix.Batch(w.batch); err != nil {
			w.err = fmt.Errorf("writing to the index: %w", err)
		}
		*w.wrote = true
		w.batch = w.ix.NewBatch()
		w.bytes = 0
	}
	return w.err
}

// readAll reads and takes apart articles on all cores. What it sends comes in
// no order, but a container's opening comes before its articles.
func (u *updater) readAll(ctx context.Context, english analysis.Analyzer, k known, entries []data.Entry, jobs []job) <-chan read {
	f := &feeder{updater: u, ctx: ctx, known: k, todo: make(chan task), done: make(chan read), files: pathsOf(entries)}
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			a := newAnalyser(english)
			for t := range f.todo {
				f.send(u.read(t, a))
			}
		})
	}
	go func() {
		defer close(f.done)
		defer workers.Wait()
		defer close(f.todo)
		for _, j := range jobs {
			if data.IsContainer(j.entry.Path) {
				f.container(j)
			} else if !f.feed(task{job: j}) {
				return
			}
		}
	}()
	return f.done
}

func (u *updater) read(t task, an *analyser) read {
	j := t.job
	r := read{job: j}
	if t.same() {
		r.same, r.record = true, *j.old
		return r
	}
	a, hash, err := t.article(u.archive.FS)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.gone = true
	case err != nil && !data.Refused(err):
		r.fault = &data.Fault{Path: j.entry.Path, Err: err}
	case err != nil:
		r.record = articleRecord{Path: j.entry.Path, In: j.in, Size: j.entry.Size, Modified: j.entry.Modified, Refused: reason(err)}
		u.age(&r.record, j)
		refused := document{Kind: "a", Record: mustJSON(r.record)}
		r.docs = []*doc.Document{refused.forBleve("a/"+j.entry.Path, an)}
	case j.old != nil && j.old.Hash == hex.EncodeToString(hash[:]) && j.old.Refused == "":
		r.same, r.record = true, *j.old
		r.record.Size, r.record.Modified = j.entry.Size, j.entry.Modified
	default:
		r.record, r.docs = u.documents(j, a, hash, a.Statements(u.extractor), an)
		r.bytes = 3 * len(a.Text)
	}
	return r
}

// reason is why a file was refused, without its name.
func reason(err error) string {
	if cause := errors.Unwrap(err); cause != nil {
		return cause.Error()
	}
	return err.Error()
}

// documents are all that the index holds of an article.
func (u *updater) documents(j job, a *data.Article, hash data.Hash, statements []quote.Statement, an *analyser) (articleRecord, []*doc.Document) {
	r := newArticleRecord(j, a, hash, sha256.Sum256([]byte(a.Text)))
	u.age(&r, j)
	var docs []*doc.Document
	add := func(id string, d document) { docs = append(docs, d.forBleve(id, an)) }
	add("t/"+a.Path, textDocument(a))
	for _, p := range a.Passages() {
		for _, w := range windows(a.Text, p.Start, p.End) {
			add(numbered("p/", a.Path, r.Passages), document{Kind: "p", Body: w.Of(a.Text),
				Record: mustJSON(passageRecord{Article: a.Path, Paragraph: p.Number, Start: w.Start, End: w.End})})
			r.Passages++
		}
	}
	for n := range statements {
		add(numbered("s/", a.Path, n), statementDocument(a, n, statements))
		r.Statements++
	}
	add("a/"+a.Path, articleDocument(r))
	return r, docs
}

func articleDocument(r articleRecord) document {
	return document{Kind: "a", Record: mustJSON(r), Published: r.Date, Language: r.Language, Outlet: r.Source, URL: r.URL}
}

func statementDocument(a *data.Article, n int, all []quote.Statement) document {
	s := all[n]
	rec := newStatementRecord(a, n, s)
	rec.Beside = leadingTo(a, all, n)
	day := cmp.Or(s.Date, a.Date)
	d := document{Kind: "s", Record: mustJSON(rec), Words: strings.Join(rec.Words, " "),
		Setting: setting(a.Text, s), Context: rec.Beside, Cue: s.Cue.Of(a.Text),
		Day: day, Month: cutDate(day, monthLayout), Year: cutDate(day, yearLayout), Source: a.Source}
	d.file(s.Speaker)
	return d
}

// file enters who speaks, so that they are found by surname and by office.
func (d *document) file(s quote.Speaker) {
	if s.Name == "" {
		return
	}
	d.Family = naming.Family(s.Name)
	if s.Person {
		d.Person = speakerTerm(s.Name)
	} else {
		d.BodyName = speakerTerm(s.Name)
	}
	if s.Role == "" {
		return
	}
	d.Role = s.Name + "\t" + s.Role
	if s.Person {
		for _, head := range naming.Heads(s.Role) {
			d.Offices = append(d.Offices, head+"\t"+d.Role)
		}
	}
}

// setting is the cue's sentence without content and source.
func setting(text string, s quote.Statement) string {
	if s.Turn > 0 {
		return ""
	}
	var b strings.Builder
	at := s.Sentence.Start
	cut := append(slices.Clone(s.Parts), s.Mention)
	slices.SortFunc(cut, func(x, y quote.Span) int { return x.Start - y.Start })
	for _, c := range cut {
		if c.Start > s.Sentence.End {
			break
		}
		if c.Start > at {
			b.WriteString(text[at:c.Start])
			b.WriteByte(' ')
		}
		at = max(at, c.End)
	}
	if at < s.Sentence.End {
		b.WriteString(text[at:s.Sentence.End])
	}
	return b.String()
}

// nearParagraphs is how far apart, in paragraphs, statements of one speaker may
// stand to be about one thing.
const nearParagraphs = 1

// leadingTo is what the same speaker says just before statement n: a quotation
// mostly follows the paraphrase that tells what it is about.
func leadingTo(a *data.Article, all []quote.Statement, n int) string {
	if n == 0 || all[n].Speaker.Name == "" || all[n-1].Speaker.Name != all[n].Speaker.Name || all[n-1].Turn != all[n].Turn {
		return ""
	}
	if a.ParagraphAt(all[n].Parts[0].Start)-a.ParagraphAt(all[n-1].Parts[0].Start) > nearParagraphs {
		return ""
	}
	var b strings.Builder
	for _, p := range all[n-1].Parts {
		b.WriteString(p.Of(a.Text))
		b.WriteByte(' ')
	}
	return b.String()
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
