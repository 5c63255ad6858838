package data_test

import (
	"strings"
	"testing"

	"onrecord/data"
)

// TestLanguage tells in which language an article is: as its front matter says,
// else by its letters and commonest words. Short texts in Latin letters are
// English, for names decide nothing.
func TestLanguage(t *testing.T) {
	t.Parallel()
	german := `Die Brücke von Zwolk wird im Frühjahr geöffnet, wie der Stadtrat am Dienstag mitteilte. Der Bürgermeister sagte,
		die Arbeiten seien abgeschlossen, und niemand müsse länger auf die Fähre warten, die seit dem letzten Winter zwischen
		den beiden Ufern verkehrt. Die Fischer fordern trotzdem, dass der Zoll gesenkt wird, weil sie jeden Morgen hinüber müssen.`
	polish := `Most w Zwolku zostanie otwarty wiosną, poinformowała we wtorek rada miasta. Burmistrz powiedziała, że prace są
		zakończone i nikt nie będzie musiał dłużej czekać na prom, który od ostatniej zimy pływa między brzegami rzeki. Rybacy
		domagają się jednak obniżenia opłaty, ponieważ każdego ranka muszą przeprawiać się na drugą stronę.`
	french := `Le pont de Zwolk ouvrira au printemps, a annoncé mardi le conseil municipal. La maire a déclaré que les travaux
		étaient terminés et que personne ne devrait plus attendre le bac qui relie les deux rives depuis l’hiver dernier. Les
		pêcheurs demandent toutefois une baisse du péage, car ils doivent traverser chaque matin.`
	for _, test := range []struct{ name, said, text, want string }{
		{"news", "", "“We sail on Sunday,” said Ines Larkspur.", "en"},
		{"names alone", "", strings.Repeat("Nina Ambledown, Corin Wexmoor, Osric Bramblewick\n\n", 20), "en"},
		{"figures alone", "", "12 : 4, 7 : 7", "en"},
		{"Russian quoted in English", "", "“Мы не боимся,” wrote Corin Wexmoor on the wall of the harbour office, and the mayor wrote “Не надо” below it.", "en"},
		{"Russian", "", "Мэр сказала, что мост откроется весной.", "ru"},
		{"Ukrainian", "", "Мер сказала, що міст відкриється навесні.", "uk"},
		{"Ukrainian without letters of its own but і", "", "Місто чекає на паром.", "uk"},
		{"Belarusian", "", "Мэр сказаў, што мост адкрыецца вясной.", "be"},
		{"Greek", "", "Η γέφυρα θα ανοίξει την άνοιξη, είπε η δήμαρχος.", "el"},
		{"Arabic", "", "قالت رئيسة البلدية إن الجسر سيفتح في الربيع.", "ar"},
		{"Chinese", "", "市长说，大桥将于春天开放。", "zh"},
		{"German", "", german, "de"},
		{"Polish", "", polish, "pl"},
		{"French", "", french, "fr"},
		{"said, as a code", "uk", "“We sail on Sunday,” said Ines Larkspur.", "uk"},
		{"said, with a country", "en-GB", german, "en"},
		{"said, in words", "Russian", "...", "ru"},
		{"said, with three letters", "ukr", "...", "uk"},
		{"said, but unknown", "Zwolkish", "Мер сказала, що міст відкриється навесні.", "uk"},
	} {
		front := "---\ntitle: Bridge\n"
		if test.said != "" {
			front += "language: " + test.said + "\n"
		}
		a, err := data.Parse("a.md", []byte(front+"---\n\n"+test.text))
		if err != nil {
			t.Fatal(err)
		}
		if a.Language != test.want {
			t.Errorf("%s: taken for %s, not %s", test.name, a.Language, test.want)
		}
		if noted := len(a.Notes) > 0; noted != (test.said == "Zwolkish") {
			t.Errorf("%s: the notes are %q", test.name, a.Notes)
		}
	}
}
