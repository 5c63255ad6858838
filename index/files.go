package index

import (
	"cmp"
	"encoding/json"
	"slices"
)

// File is a file of the archive as the index knows it.
type File struct {
	Path                string
	Title, Source, Date string // of the article; "" where it holds many
	Articles            int    // 0 where it was refused
	Statements          int
	Refused             string // why; "" for an article
}

// Files are the archive's files, in order of their paths: articles, those that
// hold articles, and those that were refused.
func (x *Index) Files() (all []File, err error) {
	defer mendPanic(&err)
	holders := map[string]*File{}
	err = eachRecord(x.ix, "c", func(raw []byte) error {
		var r containerRecord
		err := json.Unmarshal(raw, &r)
		holders[r.Path] = &File{Path: r.Path, Refused: r.Refused}
		return err
	})
	if err != nil {
		return nil, err
	}
	err = eachRecord(x.ix, "a", func(raw []byte) error {
		var r articleRecord
		err := json.Unmarshal(raw, &r)
		f := File{Path: r.Path, Title: r.Title, Source: r.Source, Date: r.Date, Statements: r.Statements, Refused: r.Refused}
		if r.Refused == "" {
			f.Articles = 1
		}
		if in := holders[r.In]; in != nil {
			in.Articles += f.Articles
			in.Statements += f.Statements
		} else if r.In == "" {
			all = append(all, f)
		}
		return err
	})
	for _, f := range holders {
		all = append(all, *f)
	}
	slices.SortFunc(all, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return all, err
}
