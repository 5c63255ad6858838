package index

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"onrecord/data"
)

// Files that hold articles. A container is looked into where its size or time
// changed; an article in it is read anew where its own bytes did. Its articles
// are written as all others are, each whole; the container's record follows when
// all of them are in, and those that it no longer has are removed then.

// task is a job for the workers: a file, or an article of a container.
type task struct {
	job
	item *data.Item // nil for a file
}

// article reads the task's article.
func (t task) article(fsys fs.FS) (*data.Article, data.Hash, error) {
	if t.item == nil {
		return data.Read(fsys, t.entry.Path)
	}
	a, err := t.item.Parse()
	return a, t.item.Hash, err
}

// holderRead is what becomes of a container. It is sent when it is opened, and
// again when all its articles were handed out.
type holderRead struct {
	count  int    // of its articles, about, when it is opened
	items  int    // that were handed out, when it is done
	hash   string // of the file
	done   bool
	failed bool   // it could not be read to its end
	why    string // it is refused
}

// feeder hands jobs to the workers, and looks into containers.
type feeder struct {
	*updater
	ctx   context.Context
	known known
	todo  chan task
	done  chan read
	files map[string]bool // paths of the archive's files
}

func pathsOf(entries []data.Entry) map[string]bool {
	m := map[string]bool{}
	for _, e := range entries {
		m[e.Path] = true
	}
	return m
}

// feed hands a task to a worker; it is false where the run is stopped.
func (f *feeder) feed(t task) bool {
	select {
	case f.todo <- t:
		return true
	case <-f.ctx.Done():
		return false
	}
}

func (f *feeder) send(r read) bool {
	select {
	case f.done <- r:
		return true
	case <-f.ctx.Done():
		return false
	}
}

// container looks into a container and hands out what is new in it.
func (f *feeder) container(j job) {
	c, err := data.OpenContainer(f.archive.FS, j.entry.Path)
	r := read{job: j}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.gone, r.holder = true, &holderRead{done: true}
	case err != nil && data.Refused(err):
		r.holder = &holderRead{done: true, why: reason(err)}
	case err != nil:
		r.fault, r.holder = &data.Fault{Path: j.entry.Path, Err: err}, &holderRead{done: true, failed: true}
	case j.held != nil && j.held.Refused == "" && j.held.Hash == hex.EncodeToString(c.Hash[:]):
		r.same, r.holder = true, &holderRead{done: true, hash: j.held.Hash}
	default:
		if f.send(read{job: j, holder: &holderRead{count: c.Count}}) {
			r.fault, r.holder = f.items(c, j)
			r.holder.hash = hex.EncodeToString(c.Hash[:])
			f.send(r)
		}
		return
	}
	f.send(r)
}

// items hands out a container's articles.
func (f *feeder) items(c *data.Container, j job) (*data.Fault, *holderRead) {
	h := &holderRead{done: true}
	for item, err := range c.Items() {
		if err != nil {
			h.failed = true
			return &data.Fault{Path: c.Path, Err: err}, h
		}
		if !f.feed(f.task(j, item)) {
			h.failed = true
			return nil, h
		}
		h.items++
	}
	return nil, h
}

// task is the reading of a container's article, with what is known of it. One
// that has the path of a file of the archive gives way to that.
func (f *feeder) task(j job, item data.Item) task {
	if f.files[item.Path] {
		item.Path, item.Err = fmt.Sprintf("%s (in %s)", item.Path, j.entry.Path), data.ErrNameUsed
	}
	t := task{item: &item}
	t.in = j.entry.Path
	t.entry = data.Entry{Path: item.Path, Size: int64(len(item.Raw)), Modified: j.entry.Modified}
	if old, ok := f.known.articles[item.Path]; ok && old.In == t.in {
		t.old = old
	}
	return t
}

// same tells whether a container's article is the one that the index has.
func (t task) same() bool {
	return t.item != nil && t.item.Err == nil && t.old != nil && t.old.Refused == "" && t.old.Hash == hex.EncodeToString(t.item.Hash[:])
}

// holdings are the containers whose articles are being read.
type holdings struct {
	*updater
	w     *writer
	known known
	open  map[string]*holding
}

// holding is how far a container is.
type holding struct {
	seen map[string]bool // paths of its articles that were read
	end  *read           // what becomes of it, once all were handed out
}

func newHoldings(u *updater, w *writer, k known) *holdings {
	return &holdings{updater: u, w: w, known: k, open: map[string]*holding{}}
}

// take notes what was read, and closes the container that it was the last of.
func (h *holdings) take(r read) {
	name := r.in
	if r.holder != nil {
		name = r.entry.Path
	}
	if name == "" {
		return
	}
	one := h.open[name]
	if one == nil {
		one = &holding{seen: map[string]bool{}}
		h.open[name] = one
	}
	switch {
	case r.holder == nil:
		one.seen[r.entry.Path] = true
	case r.holder.done:
		one.end = &r
	default:
		h.w.drop(name) // a run that is killed from here on looks into it again
	}
	if one.end != nil && len(one.seen) == one.end.holder.items {
		h.close(*one.end, one.seen)
		delete(h.open, name)
	}
}

// close writes a container's record, and removes the articles that it no longer
// has. Where it could not be read, all that was known of it stays.
func (h *holdings) close(r read, seen map[string]bool) {
	path := r.entry.Path
	rec := containerRecord{Path: path, Size: r.entry.Size, Modified: r.entry.Modified, Hash: r.holder.hash, Refused: r.holder.why}
	switch {
	case r.fault != nil:
		h.report.Faults = append(h.report.Faults, *r.fault)
		return
	case r.holder.failed, r.gone: // the next run sees whether it alone is gone
		return
	case r.same:
		h.stayed(path)
		if r.looksTheSame() {
			return
		}
	default:
		h.removeAllBut(path, seen)
	}
	h.w.put("c/"+path, document{Kind: "c", Record: mustJSON(rec)})
}

// stayed counts the articles of a container that has only another time.
func (h *holdings) stayed(path string) {
	for _, inside := range h.known.inside[path] {
		if h.known.articles[inside].Refused == "" {
			h.report.Unchanged++
		}
	}
}

func (h *holdings) removeAllBut(path string, seen map[string]bool) {
	for _, inside := range h.known.inside[path] {
		if !seen[inside] {
			old := h.known.articles[inside]
			h.w.remove(old)
			h.countRemoved(old)
		}
	}
}

// step counts what was read: a container's articles when it is opened, for
// nobody knows of them before.
func (p *Progress) step(r read) {
	if r.holder != nil && !r.holder.done {
		p.Total += r.holder.count
		return
	}
	p.Done++
	p.Total = max(p.Total, p.Done)
}
