// Limits of embeds.

package discordtest

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Limits of embeds, in characters unless they count embeds or fields.
const (
	maxEmbeds           = 10
	maxEmbedTitle       = 256
	maxEmbedDescription = 4096
	maxEmbedFields      = 25
	maxFieldName        = 256
	maxFieldValue       = 1024
	maxFooter           = 2048
	maxEmbedAuthor      = 256
	maxEmbedsTogether   = 6000
)

// measure gathers what is too long or too short.
type measure struct {
	rule   Rule
	faults []fault
	total  int
}

// text checks the length of a text between at least and most characters.
func (m *measure) text(field, text string, least, most int) {
	n := utf8.RuneCountInString(text)
	m.total += n
	if n < least || n > most {
		m.faults = append(m.faults, faultf(m.rule, field, "%d characters, not %d to %d", n, least, most))
	}
}

// count checks a number of things.
func (m *measure) count(field string, n, least, most int) {
	if n < least || n > most {
		m.faults = append(m.faults, faultf(m.rule, field, "%d of them, not %d to %d", n, least, most))
	}
}

func (m *measure) add(field, format string, args ...any) {
	m.faults = append(m.faults, faultf(m.rule, field, format, args...))
}

func embedFaults(embeds []Embed) []fault {
	m := &measure{rule: RuleEmbed}
	m.count("embeds", len(embeds), 0, maxEmbeds)
	for i, e := range embeds {
		at := fmt.Sprintf("embeds[%d].", i)
		m.text(at+"title", e.Title, 0, maxEmbedTitle)
		m.text(at+"description", e.Description, 0, maxEmbedDescription)
		m.text(at+"footer.text", e.Footer.Text, 0, maxFooter)
		m.text(at+"author.name", e.Author.Name, 0, maxEmbedAuthor)
		if e.URL != "" && !strings.HasPrefix(e.URL, "http://") && !strings.HasPrefix(e.URL, "https://") {
			m.add(at+"url", "%q is not http or https", e.URL)
		}
		m.count(at+"fields", len(e.Fields), 0, maxEmbedFields)
		for j, f := range e.Fields {
			m.text(fmt.Sprintf("%sfields[%d].name", at, j), f.Name, 1, maxFieldName)
			m.text(fmt.Sprintf("%sfields[%d].value", at, j), f.Value, 1, maxFieldValue)
		}
	}
	if m.total > maxEmbedsTogether {
		m.add("embeds", "%d characters over all embeds, at most %d", m.total, maxEmbedsTogether)
	}
	return m.faults
}
