package index

import (
	"cmp"
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
	containers, err := records[containerRecord](x.ix, "c")
	if err != nil {
		return nil, err
	}
	for _, r := range containers {
		holders[r.Path] = &File{Path: r.Path, Refused: r.Refused}
	}
	articles, err := records[articleRecord](x.ix, "a")
	for _, r := range articles {
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
	}
	for _, f := range holders {
		all = append(all, *f)
	}
	slices.SortFunc(all, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
	return all, err
}
