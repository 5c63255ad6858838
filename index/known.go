package index

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/blevesearch/bleve/v2"

	"onrecord/data"
)

// known is what a generation holds: its articles and the containers of some of
// them.
type known struct {
	articles   map[string]articleRecord // by path
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
			return fmt.Errorf("reading %s as it is written: %w", id, err)
		}
		k.articles[r.Path] = r
	case strings.HasPrefix(id, "c/"):
		var r containerRecord
		if err := json.Unmarshal([]byte(record), &r); err != nil {
			return fmt.Errorf("reading %s as it is written: %w", id, err)
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
		j.old = &a
	}
	return j
}

// holder is the file whose change of size or time tells of an article's.
func (r articleRecord) holder() string {
	if r.In != "" {
		return r.In
	}
	return r.Path
}

// pageSize is how many records are fetched at once.
const pageSize = 5000

// articles are the records of all articles and containers in a generation.
func articles(ix bleve.Index) (k known, err error) {
	defer mendPanic(&err)
	k = known{map[string]articleRecord{}, map[string]containerRecord{}, map[string][]string{}}
	err = eachRecord(ix, "a", func(raw []byte) error {
		var r articleRecord
		if err := json.Unmarshal(raw, &r); err != nil {
			return err
		}
		k.articles[r.Path] = r
		if r.In != "" {
			k.inside[r.In] = append(k.inside[r.In], r.Path)
		}
		return nil
	})
	if err != nil {
		return k, err
	}
	return k, eachRecord(ix, "c", func(raw []byte) error {
		var r containerRecord
		if err := json.Unmarshal(raw, &r); err != nil {
			return err
		}
		k.containers[r.Path] = r
		return nil
	})
}

// eachRecord hands over the records of a kind of document.
func eachRecord(ix bleve.Index, kind string, use func([]byte) error) error {
	q := bleve.NewTermQuery(kind)
	q.SetField(fieldKind)
	var after []string
	for {
		req := bleve.NewSearchRequestOptions(q, pageSize, 0, false)
		req.Fields = []string{fieldRecord}
		req.SortBy([]string{"_id"})
		if after != nil {
			req.SearchAfter = after
		}
		res, err := ix.SearchInContext(context.Background(), req)
		if err != nil {
			return fmt.Errorf("%w: listing its articles: %v", ErrDamaged, err)
		}
		for _, hit := range res.Hits {
			raw, _ := hit.Fields[fieldRecord].(string)
			record, err := unseal(hit.ID, raw)
			if err != nil {
				return err
			}
			if err := use([]byte(record)); err != nil {
				return fmt.Errorf("%w: %s: %v", ErrDamaged, hit.ID, err)
			}
		}
		if len(res.Hits) < pageSize {
			return nil
		}
		after = []string{res.Hits[len(res.Hits)-1].ID}
	}
}
