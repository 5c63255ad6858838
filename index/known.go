package index

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"golang.org/x/sync/errgroup"

	"onrecord/data"
)

// known is what a generation holds: its articles and the containers of some of
// them.
type known struct {
	articles   map[string]*articleRecord // by path; nobody changes one
	containers map[string]containerRecord
	inside     map[string][]string // a container's articles' paths
}

// clone is a copy that may be changed, but for what is inside of containers.
func (k known) clone() known {
	return known{maps.Clone(k.articles), maps.Clone(k.containers), nil}
}

// learn notes the record of an article or a container that is written.
func (k known) learn(id, record string) error {
	switch {
	case strings.HasPrefix(id, "a/"):
		var r articleRecord
		if err := json.Unmarshal([]byte(record), &r); err != nil {
			return fmt.Errorf("reading the record of %s: %w", id, err)
		}
		k.articles[r.Path] = &r
	case strings.HasPrefix(id, "c/"):
		var r containerRecord
		if err := json.Unmarshal([]byte(record), &r); err != nil {
			return fmt.Errorf("reading the record of %s: %w", id, err)
		}
		k.containers[r.Path] = r
	}
	return nil
}

// job is a file as the listing has it, with what is known of it.
func (k known) job(e data.Entry) job {
	j := job{entry: e}
	if c, ok := k.containers[e.Path]; ok {
		j.held = &c
	}
	if a, ok := k.articles[e.Path]; ok && a.In == "" {
		j.old = a
	}
	return j
}

// holder is the file whose change of size or time tells of an article's.
func (r *articleRecord) holder() string {
	if r.In != "" {
		return r.In
	}
	return r.Path
}

// articles are the records of all articles and containers in a generation.
func articles(ix bleve.Index) (k known, err error) {
	k = known{map[string]*articleRecord{}, map[string]containerRecord{}, map[string][]string{}}
	all, err := records[articleRecord](ix, "a")
	if err != nil {
		return k, err
	}
	for i := range all {
		r := &all[i]
		k.articles[r.Path] = r
		if r.In != "" {
			k.inside[r.In] = append(k.inside[r.In], r.Path)
		}
	}
	containers, err := records[containerRecord](ix, "c")
	for _, r := range containers {
		k.containers[r.Path] = r
	}
	return k, err
}

// records are the records of a kind of document, in no order. They are read
// segment by segment, on all cores: a search that sorts them and fetches them page
// by page takes ten times as long where there are 68,000.
func records[R any](ix bleve.Index, kind string) ([]R, error) {
	snapshot, err := snapshotOf(ix)
	if err != nil {
		return nil, err
	}
	defer snapshot.Close()
	segments := snapshot.Segments()
	found := make([][]R, len(segments))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, s := range segments {
		g.Go(func() (err error) {
			defer mendPanic(&err)
			return eachRecord(s, kind, func(raw []byte) error {
				var r R
				err := json.Unmarshal(raw, &r)
				found[i] = append(found[i], r)
				return err
			})
		})
	}
	err = g.Wait()
	return slices.Concat(found...), err
}

// snapshotOf is an index as it is now, with its segments.
func snapshotOf(ix bleve.Index) (*scorch.IndexSnapshot, error) {
	inner, err := ix.Advanced()
	if err != nil {
		return nil, fmt.Errorf("%w: listing its articles: %v", ErrDamaged, err)
	}
	reader, err := inner.Reader()
	if err != nil {
		return nil, fmt.Errorf("%w: listing its articles: %v", ErrDamaged, err)
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(fmt.Errorf("%w: it is no scorch index but a %T", ErrDamaged, reader), reader.Close())
	}
	return snapshot, nil
}

// eachRecord hands over the records of a kind of document in a segment.
func eachRecord(s *scorch.SegmentSnapshot, kind string, use func([]byte) error) error {
	terms, err := s.Segment().Dictionary(fieldKind)
	if err != nil {
		return fmt.Errorf("%w: listing its articles: %v", ErrDamaged, err)
	}
	list, err := terms.PostingsList([]byte(kind), s.Deleted(), nil)
	if err != nil {
		return fmt.Errorf("%w: listing its articles: %v", ErrDamaged, err)
	}
	documents := list.Iterator(false, false, false, nil)
	for {
		d, err := documents.Next()
		if err != nil {
			return fmt.Errorf("%w: listing its articles: %v", ErrDamaged, err)
		}
		if d == nil {
			return nil
		}
		if err := useRecord(s, d.Number(), use); err != nil {
			return err
		}
	}
}

func useRecord(s *scorch.SegmentSnapshot, number uint64, use func([]byte) error) error {
	var id, sealed string
	err := s.VisitDocument(number, func(field string, _ byte, value []byte, _ []uint64) bool {
		switch field {
		case "_id":
			id = string(value)
		case fieldRecord:
			sealed = string(value) // the segment's own memory
		}
		return true
	})
	if err != nil {
		return fmt.Errorf("%w: reading an article's record: %v", ErrDamaged, err)
	}
	raw, err := unseal(id, sealed)
	if err != nil {
		return err
	}
	if err := use([]byte(raw)); err != nil {
		return fmt.Errorf("%w: %s: %v", ErrDamaged, id, err)
	}
	return nil
}
