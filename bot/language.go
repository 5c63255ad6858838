package bot

import (
	"fmt"
	"strings"

	"onrecord/data"
)

// noteLanguages says that articles in other languages give passages only: where
// the answer shows such a passage, and where it has no statement that was asked
// for, which such an article may hold.
func (a *asking) noteLanguages() {
	var which []string
	for _, p := range a.answer.Passages {
		if p.Language != "" && !contains(which, p.Language) {
			which = append(which, p.Language)
		}
	}
	asksWords := a.answer.Intent == Statements || a.answer.Intent == Who
	if !a.answer.Found && asksWords {
		which = a.languages
	}
	if len(which) == 0 {
		return
	}
	var names []string
	for _, code := range which {
		names = append(names, data.LanguageName(code))
	}
	a.answer.Notes = append(a.answer.Notes, fmt.Sprintf("Articles in %s give passages only: who said what is told in English ones.", listed(names)))
}

// listed: "Russian", "Russian and Ukrainian", "German, Russian and Ukrainian".
func listed(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
