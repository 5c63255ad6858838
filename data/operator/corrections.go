package operator

import (
	"path"
	"strings"
)

// Correction points at a statement of an article and says what is wrong with it.
type Correction struct {
	Line      int
	Article   string // path below the archive
	Start     int    // byte of the article's text at which the statement begins; NoStart where it is not given
	Quotation string // words of the statement; "" where they are not given
	Hide      bool
	Speaker   string // who said it, where Hide is false; "" for nobody known
	Role      string
	Reason    string
}

// NoStart is the Start of a correction that gives none.
const NoStart = -1

// corrections reads corrections.yaml.
func corrections(raw []byte) ([]Correction, []Note) {
	r := &reader{file: CorrectionsFile}
	var out []Correction
	for _, e := range r.entries(raw) {
		e.only("article", "start", "quotation", "hide", "speaker", "role", "reason")
		c := Correction{Line: e.line, Article: archivePath(e.text("article")), Start: e.count("start", NoStart),
			Quotation: e.text("quotation"), Hide: e.flag("hide"), Speaker: e.text("speaker"), Role: e.text("role"), Reason: e.remark("reason")}
		if problem := e.problemOf(c); !e.bad && problem != "" {
			r.note(e.line, "%s", problem)
			e.bad = !c.Hide || c.Article == "" || c.Start == NoStart && c.Quotation == ""
		}
		if !e.bad {
			out = append(out, c)
		}
	}
	return out, r.notes
}

// problemOf is what keeps an entry from being clear, or "".
func (e *entry) problemOf(c Correction) string {
	switch {
	case c.Article == "":
		return "the entry names no article and is left out"
	case c.Start == NoStart && c.Quotation == "":
		return "the entry tells neither start nor quotation of the statement and is left out"
	case c.Hide && e.has("speaker"):
		return "the entry says both hide and speaker: the statement is hidden"
	case !c.Hide && !e.has("speaker"):
		return "the entry says neither “hide: true” nor a speaker and is left out"
	}
	return ""
}

// archivePath is a path as the archive lists it.
func archivePath(s string) string {
	if s == "" {
		return ""
	}
	return strings.TrimPrefix(path.Clean(strings.ReplaceAll(s, `\`, "/")), "/")
}
