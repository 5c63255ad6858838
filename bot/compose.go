package bot

import (
	"fmt"
	"strings"
)

// QuotesForm is a question for somebody's statements as a form asks it: each
// field but the speaker may be empty.
type QuotesForm struct {
	Speaker  string
	About    string
	From, To string // days, months or years as people write them
	Source   string // an outlet
}

// Question is the form as a question in words, which Answer understands: whoever
// reads an answer sees what was asked, and can ask it again.
func (f QuotesForm) Question() string {
	var b strings.Builder
	fmt.Fprintf(&b, "What did %s say", oneSpace(f.Speaker))
	if about := oneSpace(f.About); about != "" {
		fmt.Fprintf(&b, " about %s", about)
	}
	if source := oneSpace(f.Source); source != "" {
		fmt.Fprintf(&b, " in %s", source)
	}
	switch from, to := oneSpace(f.From), oneSpace(f.To); {
	case from != "" && to != "":
		fmt.Fprintf(&b, " between %s and %s", from, to)
	case from != "":
		fmt.Fprintf(&b, " since %s", from)
	case to != "":
		fmt.Fprintf(&b, " until %s", to)
	}
	return b.String() + "?"
}

// Check tells what is wrong with a form, in words for the person who filled it
// in; nil where nothing is.
func (f QuotesForm) Check() error {
	if oneSpace(f.Speaker) == "" {
		return fmt.Errorf("whose statements? Name a speaker")
	}
	for _, day := range []string{f.From, f.To} {
		if day = oneSpace(day); day != "" && !isTime(day) {
			return fmt.Errorf("“%s” is no date that I can read: write 2022-03-12, March 2022 or 2022", properly(day))
		}
	}
	return nil
}

// WhoSaidQuestion asks who said some words, word for word.
func WhoSaidQuestion(words string) string {
	words = strings.NewReplacer("\"", "'", "“", "‘", "”", "’", "«", "‹", "»", "›", "„", "‚").Replace(oneSpace(words))
	return fmt.Sprintf("Who said “%s”?", words)
}
