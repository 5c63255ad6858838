package message

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"onrecord/index"
)

// What /archive remove asks before it removes, and what became of it.

// FileChoices are files to choose from while the option is typed, by title and
// path. The values are for FileChosen.
func FileChoices(files []index.File) []*discordgo.ApplicationCommandOptionChoice {
	out := []*discordgo.ApplicationCommandOptionChoice{}
	for _, f := range files[:min(len(files), maxOptions)] {
		out = append(out, &discordgo.ApplicationCommandOptionChoice{Name: choiceName(f), Value: choiceValue(f.Path)})
	}
	return out
}

// maxChoicePath leaves a title of the 100 characters of a choice about as many.
const maxChoicePath = 50

// choiceName: "Bridge to open · feeds/lantern.example/…", the path's end shown, for
// it is there that paths differ.
func choiceName(f index.File) string {
	path := []rune(Visible(f.Path))
	if room := maxOption - length(" · ") - length(Visible(f.Title)); f.Title != "" && len(path) > max(maxChoicePath, room) {
		path = append([]rune("…"), path[len(path)-max(maxChoicePath, room)+1:]...)
	}
	if f.Title == "" {
		return shortLabel(f.Path, maxOption)
	}
	end := " · " + string(path)
	return shortLabel(f.Title, max(maxOption-length(end), 1)) + end
}

// choiceValue is the path, or a key for one that is longer than a value may be.
func choiceValue(path string) string {
	if length(path) <= maxOption && path == Visible(path) && !strings.HasPrefix(path, keyMark) {
		return path
	}
	return keyMark + FileKey(path)
}

// keyMark begins values that are no paths.
const keyMark = "#"

// FileChosen tells whether what was chosen, or typed, means the file of a path or
// of a title; titles only where they are typed as they are.
func FileChosen(chosen string, f index.File) bool {
	chosen = strings.TrimSpace(chosen)
	return chosen == f.Path || chosen == keyMark+FileKey(f.Path) || f.Title != "" && strings.EqualFold(chosen, f.Title)
}

// Removing asks whether a file is to be removed.
func Removing(f index.File, lang Lang) Message {
	t := lang.words()
	var b strings.Builder
	switch {
	case f.Refused != "":
		b.WriteString(fmt.Sprintf(t.wasRefused, shortLine(f.Refused, maxWhy)) + "\n")
	case f.Articles == 0:
		b.WriteString(t.notIndexedYet + "\n")
	case f.Title == "" && f.Articles > 1:
		b.WriteString(fmt.Sprintf(t.removesMany, f.Articles, f.Statements) + "\n")
	default:
		b.WriteString("**" + shortLine(cmp.Or(f.Title, f.Path), maxField) + "**\n-# " + shortLine(strings.Join([]string{cmp.Or(f.Source, t.noOutlet), cmp.Or(f.Date, t.noDate)}, " · "), maxField) + "\n" +
			fmt.Sprintf(t.statementsIn, f.Statements) + "\n")
	}
	b.WriteString("-# " + t.file + " " + shortLine(f.Path, maxPathShown) + "\n\n")
	if f.Refused == "" {
		b.WriteString(t.removes + " ")
	}
	b.WriteString(t.keeps)
	m := single(nearly, t.removeTitle, b.String())
	key := FileKey(f.Path)
	m.Components = []discordgo.MessageComponent{row(
		button(t.removeYes, discordgo.DangerButton, ID{Action: Remove, Lang: lang.known(), File: key}),
		button(t.removeNo, discordgo.SecondaryButton, ID{Action: Leave, Lang: lang.known()}))}
	return m
}

// Removed tells where a file is kept that was removed, and how the index is with it.
func Removed(path, kept string, at Indexing, lang Lang) Message {
	t := lang.words()
	m := moved(t.removedTitle, path, fmt.Sprintf(t.keptAt, shortLine(kept, maxPathShown)), at, t.goneNow, t)
	m.Components = []discordgo.MessageComponent{row(button(t.putBack, discordgo.SecondaryButton, ID{Action: PutBack, Lang: lang.known(), File: FileKey(kept)}))}
	return m
}

// Restored tells that a file is one of the archive again.
func Restored(path string, at Indexing, lang Lang) Message {
	t := lang.words()
	return moved(t.backTitle, path, "", at, t.findable, t)
}

// kept is why the index goes on with what it knows of a file, whatever became of that.
func (at Indexing) kept(path string) string {
	if at.Report != nil {
		for n, f := range at.Report.Faults {
			if f.Under(path) {
				return unread(at.Report.Faults)[n].Reason
			}
		}
	}
	return ""
}

// moved is a file that came or went; done is said once the index knows it.
func moved(title, path, where string, at Indexing, done string, t *words) Message {
	line, c := at.progress(t), yes
	switch {
	case at.Canceled:
		line, c = t.stopped, nearly
	case at.Failed != "":
		line, c = fmt.Sprintf(t.notUpdated, shortLine(at.Failed, maxName)), nearly
	case at.kept(path) != "":
		line, c = fmt.Sprintf(t.keptInIndex, shortLine(at.kept(path), maxWhy)), nearly
	case at.Report != nil:
		line = done + " " + fmt.Sprintf(t.now, at.Report.Articles) + "."
	}
	if where != "" {
		where += "\n\n"
	}
	return single(c, title, "**"+shortLine(path, maxPathShown)+"**\n"+where+line)
}
