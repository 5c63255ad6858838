package message

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"onrecord/data"
	"onrecord/index"
)

// How a reindexing goes, for /reindex.

const (
	barLength  = 14 // pieces of the progress bar
	maxRefused = 5  // refused files that are named
	maxUnread  = 3  // likewise of those that could not be read
	maxPath    = 80
	maxWhy     = 160
)

// Reindexing shows how far an update is, and for how long it has run.
func Reindexing(p index.Progress, full bool, elapsed time.Duration, lang Lang) Message {
	t := lang.words()
	title := t.reindexing
	if full {
		title = t.rebuilding
	}
	if p.Total <= 0 {
		return single(neutral, title, t.looking+"\n-# "+took(elapsed))
	}
	done := min(max(p.Done, 0), p.Total)
	filled := done * barLength / p.Total
	bar := strings.Repeat("▰", filled) + strings.Repeat("▱", barLength-filled)
	return single(neutral, title, fmt.Sprintf("%s **%d %%**\n", bar, done*100/p.Total)+
		fmt.Sprintf(t.articlesRead, done, p.Total)+"\n-# "+took(elapsed))
}

// Reindexed shows what an update did.
func Reindexed(r index.Report, lang Lang) Message {
	t := lang.words()
	var b strings.Builder
	if !r.Changed() {
		b.WriteString(t.unchanged + "\n")
	}
	for _, l := range []string{counted(t.added, r.Added), counted(t.replaced, r.Replaced), counted(t.removed, r.Removed),
		counted(t.refused, len(r.Refused)), counted(t.faults, len(r.Faults)), counted(t.notes, len(r.Notes))} {
		if l != "" {
			b.WriteString("- " + l + "\n")
		}
	}
	b.WriteString(reasons(t.whyRefused, r.Refused, maxRefused) + reasons(t.whyUnread, unread(r.Faults), maxUnread))
	fmt.Fprintf(&b, "\n-# "+t.now+" · "+took(r.Took), r.Articles)
	c := yes
	if len(r.Refused)+len(r.Faults) > 0 {
		c = nearly
	}
	return single(c, t.reindexed, strings.TrimLeft(b.String(), "\n"))
}

// reasons lists files with what is wrong with them; nothing where there are none.
func reasons(heading string, all []index.Refusal, most int) string {
	if len(all) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n**" + heading + "**\n")
	for n, r := range all {
		if n == most {
			fmt.Fprintf(&b, "-# +%d\n", len(all)-n)
			break
		}
		b.WriteString("- " + shortLine(r.Path, maxPath) + ": " + shortLine(r.Reason, maxWhy) + "\n")
	}
	return b.String()
}

// unread are the files and folders that could not be read, and why: what names them
// once more is left out.
func unread(faults []data.Fault) (all []index.Refusal) {
	for _, f := range faults {
		why := f.Err
		var path *fs.PathError
		if errors.As(why, &path) {
			why = path.Err
		}
		all = append(all, index.Refusal{Path: f.Path, Reason: why.Error()})
	}
	return all
}

// took is a time that something took: "0.4 s", "1 min 20 s".
func took(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	s := int(d.Round(time.Second).Seconds())
	return fmt.Sprintf("%d min %d s", s/60, s%60)
}
