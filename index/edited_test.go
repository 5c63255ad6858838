package index

import (
	"errors"
	"slices"
	"testing"
)

// TestStatementsTakenForSomebodys are found with the speaker's own, scored alike,
// and only where they fit the rest of the query.
func TestStatementsTakenForSomebodys(t *testing.T) {
	t.Parallel()
	ix := built(t, memory(harbour))
	of, err := ix.StatementsOf("a.txt")
	if err != nil || len(of) != 2 {
		t.Fatalf("a.txt has %v, %v", of, err)
	}
	also := []ID{of[0].ID(), of[1].ID()}
	for _, test := range []struct {
		name  string
		query StatementQuery
		want  []string
	}{
		{"beside a speaker's own", StatementQuery{Speakers: []string{"Plimpette"}, Also: also[:1]}, []string{"“The toll is fair,”", "“nobody need wait.”"}},
		{"of nobody on record", StatementQuery{Speakers: []string{"Osric Bramblewick"}, Also: also[1:]}, []string{"that the cease-fire with the ferrymen would hold"}},
		{"on a topic", StatementQuery{Speakers: []string{}, Also: also, Words: []Word{{Forms: []string{"ferrymen"}}}}, []string{"that the cease-fire with the ferrymen would hold"}},
		{"where all are asked for", StatementQuery{Also: also, Words: []Word{{Forms: []string{"wait"}}}}, []string{"“nobody need wait.”"}},
	} {
		test.query.Limit = 10
		found, err := ix.Statements(t.Context(), test.query)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range found {
			got = append(got, s.Words[0])
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: found %q, not %q", test.name, got, test.want)
		}
	}
	if _, err := ix.StatementsOf("c.txt"); !errors.Is(err, ErrNoArticle) {
		t.Errorf("the statements of no article: %v", err)
	}
}

// TestLanguages lists the languages that articles are in now, whatever they were
// in before, and finds no statements in them.
func TestLanguages(t *testing.T) {
	t.Parallel()
	dir, ex := t.TempDir(), extractor(t)
	files := map[string]string{"a.txt": harbour["a.txt"],
		"b.txt": "Міст у Цволле\n\n«Міст відкриється навесні», — сказала Тамсін Плімпетт.\n",
		"c.txt": "Мост в Цволле\n\nМост откроется весной.\n"}
	for _, want := range [][]string{{"ru", "uk"}, {"uk"}, nil} {
		if _, err := Update(t.Context(), dir, memory(files), ex, Options{}); err != nil {
			t.Fatal(err)
		}
		ix, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ix.Languages()
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("the languages are %q, not %q (%v)", got, want, err)
		}
		if want != nil {
			said, err := ix.StatementsOf("b.txt")
			article, _, textErr := ix.Text("b.txt")
			if len(said) > 0 || err != nil || article.Language != "uk" || textErr != nil {
				t.Errorf("an article in %q has statements %v (%v, %v)", article.Language, said, err, textErr)
			}
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
		if want != nil {
			delete(files, map[int]string{2: "c.txt", 1: "b.txt"}[len(want)])
		}
	}
}

// TestCyrillicWordsAreFoundInAnyForm searches Russian and Ukrainian passages by
// other forms of their words.
func TestCyrillicWordsAreFoundInAnyForm(t *testing.T) {
	t.Parallel()
	ix := built(t, memory(map[string]string{
		"a.txt": "Мост в Цволле\n\nМосты откроются весной, рыбаки ждут этого.\n",
		"b.txt": "Міст у Цволле\n\nПором ходить щодня, а рибалки чекають.\n",
	}))
	for word, want := range map[string]int{"мост": 1, "мостов": 1, "РЫБАКАМИ": 1, "пором": 1, "порому": 1, "рибалками": 1, "лодка": 0} {
		w := Word{Forms: []string{word}}
		found, err := ix.FindPassages(t.Context(), []Word{w}, nil, 1, 5)
		if err != nil {
			t.Fatal(err)
		}
		n, err := ix.Count(t.Context(), w)
		if err != nil || found.Len() != want || n != want {
			t.Errorf("%q is found %d times and counted %d times, not %d (%v)", word, found.Len(), n, want, err)
		}
	}
}
