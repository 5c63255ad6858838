package message

import (
	"fmt"
	"slices"
	"strings"

	"onrecord/bot"
	"onrecord/data"
	"onrecord/index"
)

// What came into the archive by /archive add, as it was understood: whoever added it
// sees at once what was read wrongly.

// Added is a file that came in.
type Added struct {
	Path       string
	Known      bool          // the archive had it before
	Article    *data.Article // the first
	Statements []bot.Statement
	Articles   int             // more than one in a file that holds many
	Refused    []index.Refusal // parts of such a file
}

// Indexing is how far the index is with what came in.
type Indexing struct {
	At       *index.Progress // so far; nil before it is known
	Report   *index.Report   // of the update that has it in; nil before
	Failed   string          // the reference of why there is none, in the log
	Canceled bool            // the program ends
}

const (
	maxNotes     = 3
	maxField     = 160
	maxPathShown = 160
	maxFirst     = 600 // of the first statement
)

// Adding is shown until it is known what came in.
func Adding(lang Lang) Message {
	t := lang.words()
	return single(neutral, t.addingTitle, t.adding)
}

// NotAdded is why something did not come in, in a sentence of another package.
func NotAdded(reason string, lang Lang) Message {
	t := lang.words()
	return single(nearly, t.notAddedTitle, sentence(reason)+"\n\n-# "+t.notAdded)
}

// sentence writes a reason as a sentence: with a capital, unless a name comes first,
// and a full stop.
func sentence(reason string) string {
	s := shortLine(reason, maxMessage)
	if first, _, _ := strings.Cut(reason, " "); first != "" && first[0] >= 'a' && first[0] <= 'z' && !strings.ContainsAny(first, "./_:") {
		s = strings.ToUpper(s[:1]) + s[1:]
	}
	if strings.HasSuffix(s, ".") || strings.HasSuffix(s, "…") {
		return s
	}
	return s + "."
}

// AddedTo shows what came in.
func AddedTo(a Added, at Indexing, lang Lang) Message {
	t := lang.words()
	var b strings.Builder
	if a.Articles > 1 || len(a.Refused) > 0 {
		b.WriteString(holding(a, t))
	}
	b.WriteString(fields(a.Article, t) + "\n")
	b.WriteString(firstWords(a, lang))
	for n, note := range a.Article.Notes {
		if n == 0 {
			b.WriteString("\n**" + t.noticed + "**\n")
		}
		if n == maxNotes {
			fmt.Fprintf(&b, "-# +%d\n", len(a.Article.Notes)-n)
			break
		}
		b.WriteString("- " + shortLine(note, maxWhy) + "\n")
	}
	b.WriteString("\n" + at.line(a, t) + "\n-# " + t.file + " " + shortLine(a.Path, maxPathShown))
	title, c := t.addedTitle, yes
	if a.Known {
		title, c = t.knownTitle, quiet
	}
	if at.Failed != "" || at.refusal(a.Path) != "" || len(a.Refused) > 0 || !a.speaks() {
		c = nearly
	}
	return single(c, title, strings.TrimLeft(b.String(), "\n"))
}

// speaks tells whether what was understood can be right: an article in English has
// statements.
func (a Added) speaks() bool { return len(a.Statements) > 0 || a.Article.Language != data.English }

// holding tells of a file that holds many articles.
func holding(a Added, t *words) string {
	return fmt.Sprintf(t.articlesIn+"\n", a.Articles) + reasons(fmt.Sprintf("%s: %d", t.whyRefused, len(a.Refused)), a.Refused, maxNotes) +
		"\n**" + t.firstArticle + "**\n"
}

// fields are what an article says of itself; what it does not say is named, for it
// may be that it was overlooked.
func fields(a *data.Article, t *words) string {
	var lines []string
	for _, f := range []struct{ name, value string }{{t.title, a.Title}, {t.author, a.Author}, {t.outlet, a.Source}, {t.date, a.Date}} {
		value := "_" + t.notFound + "_"
		if f.value != "" {
			value = "**" + shortLine(f.value, maxField) + "**"
		}
		lines = append(lines, "- "+f.name+": "+value)
	}
	if link := safeURL(a.URL); link != "" {
		lines = append(lines, "- "+t.address+": "+linkTo(hostOf(a.URL), link, t.link))
	}
	return strings.Join(lines, "\n") + "\n"
}

// firstWords are how many statements there are, and the first whose speaker is named,
// if there is one.
func firstWords(a Added, lang Lang) string {
	t := lang.words()
	switch {
	case a.Article.Language != data.English:
		return fmt.Sprintf(t.otherLanguage, shortLine(data.LanguageName(a.Article.Language), maxName)) + "\n"
	case len(a.Statements) == 0:
		return t.noStatements + "\n"
	}
	r := newRenderer(&bot.Answer{}, Options{Lang: lang})
	s := a.Statements[max(0, slices.IndexFunc(a.Statements, func(s bot.Statement) bool { return s.Who() != "" }))]
	text := fmt.Sprintf(t.statementsIn, len(a.Statements))
	if len(a.Statements) > 1 {
		text += " " + t.oneOfThem
	}
	text += "\n" + r.speaker(s) + r.block(s, maxFirst).quote + "\n"
	if notes := r.setting(s); notes != nil {
		text += "-# " + strings.Join(notes, " · ") + "\n"
	}
	return text
}

// line says whether questions find what came in.
func (at Indexing) line(a Added, t *words) string {
	switch {
	case at.Canceled:
		return t.stopped
	case at.Failed != "":
		return fmt.Sprintf(t.notIndexed, shortLine(at.Failed, maxName))
	case at.refusal(a.Path) != "":
		return fmt.Sprintf(t.indexRefused, shortLine(at.refusal(a.Path), maxWhy))
	case at.Report != nil:
		return t.findable + " " + fmt.Sprintf(t.now, at.Report.Articles) + ".\n" + t.takeOut
	}
	return at.progress(t)
}

// progress is how far the index is.
func (at Indexing) progress(t *words) string {
	if at.At == nil || at.At.Total == 0 {
		return t.indexingNow
	}
	return t.indexingNow + " " + fmt.Sprintf(t.readSoFar, min(at.At.Done, at.At.Total), at.At.Total)
}

// refusal is why the index did not take a file that is there, "" where it did.
func (at Indexing) refusal(path string) string {
	if at.Report != nil {
		for _, r := range append(slices.Clone(at.Report.Refused), unread(at.Report.Faults)...) {
			if r.Path == path {
				return r.Reason
			}
		}
	}
	return ""
}
