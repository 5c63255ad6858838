// Package operator reads what an archive's operator writes beside the articles,
// in the archive's folder:
//
//	people.yaml        who is who: spellings, titles with their time, namesakes
//	corrections.yaml   statements to hide, or to give to another speaker
//	synonyms.txt       words that stand for one another
//
// The way of such a file, file by file:
//
//	watch.go        read when it is there and anew when it changes
//	yaml.go         a list of entries with their lines; what is no YAML costs one entry
//	people.go       entries that are people and bodies
//	corrections.go  entries that are corrections
//	synonyms.go     groups of words
//
// Nothing here fails: what can't be read becomes a [Note] that names the file and
// the line, and all else holds. How the files change answers is package bot's.
package operator

import "fmt"

// Names of the files, in the archive's folder itself and not below it.
const (
	PeopleFile      = "people.yaml"
	CorrectionsFile = "corrections.yaml"
	SynonymsFile    = "synonyms.txt"
)

// IsFile tells whether a path below the archive is one of these files, and so no
// article.
func IsFile(path string) bool {
	return path == PeopleFile || path == CorrectionsFile || path == SynonymsFile
}

// maxFile is the most that a file may hold, in bytes: some eight thousand
// entries, which take half a second to read.
const maxFile = 1 << 20

// Files is what the files say. It never changes once it is made.
type Files struct {
	People      []Person
	Corrections []Correction
	Synonyms    [][]string // groups of words, in lower case
	Notes       []Note     // in order of the files and their lines
}

// Note is something that an operator should mend.
type Note struct {
	File string
	Line int // from 1; 0 where it is about the whole file
	Text string
}

func (n Note) String() string {
	if n.Line == 0 {
		return fmt.Sprintf("%s: %s", n.File, n.Text)
	}
	return fmt.Sprintf("%s, line %d: %s", n.File, n.Line, n.Text)
}
