// Package sample holds the articles inside the binary: what On Record answers
// from until it is given an archive of its own.
//
// They are ten short articles on one story, the cease-fire proposed for
// Ukraine, one for each side of it. Each is a Markdown file with a title, a
// source and a language in its front matter; an author, an address or a date
// would be made up, so there is none. The articles were written for this
// program, but nothing that anybody says in them was: every quotation is taken
// word for word from the stock in quotations.txt, which the tests hold them to.
package sample

import (
	"embed"
	"io/fs"
)

//go:embed *.md
var articles embed.FS

// FS returns the sample archive: a flat folder of Markdown articles, read-only.
func FS() fs.FS { return articles }
