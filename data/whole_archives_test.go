package data_test

import (
	"os"
	"testing"

	"onrecord/data"
	"onrecord/data/quote"
)

// wholeArchives are real articles beside the project.
var wholeArchives = []string{"../../shared/archive", "../../shared/attributed-news/text", "../../shared/press-releases"}

// TestEveryStatementIsBytesOfItsArticle reads whole archives: no statement
// leaves its article, cuts a character, or has a part twice.
func TestEveryStatementIsBytesOfItsArticle(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("not in a short run: it reads thousands of articles")
	}
	e, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range wholeArchives {
		if _, err := os.Stat(dir); err != nil {
			t.Skipf("%s is not there", dir)
		}
		archive, err := data.OpenArchive(dir)
		if err != nil {
			t.Fatal(err)
		}
		entries, faults := archive.List()
		if len(entries) == 0 || len(faults) > 0 {
			t.Fatalf("%s: %d articles, %v", dir, len(entries), faults)
		}
		for _, entry := range entries {
			a, _, err := data.Read(archive.FS, entry.Path)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range a.Statements(e) {
				checkStatement(t, a, s)
			}
		}
	}
}

// TestEnglishArchivesAreEnglish: no article of archives in English is taken for
// one in another language.
func TestEnglishArchivesAreEnglish(t *testing.T) {
	t.Parallel()
	for _, dir := range append([]string{""}, wholeArchives...) {
		if _, err := os.Stat(dir); dir != "" && err != nil {
			t.Skipf("%s is not there", dir)
		}
		archive, err := data.OpenArchive(dir)
		if err != nil {
			t.Fatal(err)
		}
		entries, _ := archive.List()
		for _, entry := range entries {
			a, _, err := data.Read(archive.FS, entry.Path)
			if err != nil {
				t.Fatal(err)
			}
			if a.Language != data.English {
				t.Errorf("%s is taken for %s", entry.Path, data.LanguageName(a.Language))
			}
		}
	}
}

func checkStatement(t *testing.T, a *data.Article, s quote.Statement) {
	t.Helper()
	end := 0
	for _, p := range s.Parts {
		checkBytes(t, a.Text, p.Start, p.End)
		if p.Start < end {
			t.Errorf("%s: the parts of a statement overlap: %v", a.Path, s.Parts)
		}
		end = p.End
	}
	for _, p := range []quote.Span{s.Mention, s.Cue, s.Addressee, s.Venue, s.When} {
		if p.Len() != 0 {
			checkBytes(t, a.Text, p.Start, p.End)
		}
	}
}
