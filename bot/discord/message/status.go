package message

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"onrecord/data"
	"onrecord/index"
)

// How the archive is, for /archive status.

// Status is what admins are shown of the archive, its index and its feeds.
type Status struct {
	Sample   bool // it is the sample in the program
	Ready    bool // there is an index; without, Size is zero
	Size     index.Size
	Updated  time.Time       // when the last update ended; zero where there was none yet
	Took     time.Duration   // what it took
	Refused  []index.Refusal // by it
	Faults   []data.Fault    // what it could not read
	Notes    int             // articles with something to mend
	Updating *index.Progress // an update that runs; nil where none does
	Feeds    []Feed
}

// Feed is how a feed is.
type Feed struct {
	URL                      string
	Stored, Waiting, LeftOut int       // pages
	Next                     time.Time // when it is asked again; zero if now
	Failures                 int       // in a row
	Fault                    string    // why; "" where it is well
}

// What there is room for.
const (
	maxFeeds = 5
)

// StatusOf shows how the archive is.
func StatusOf(s Status, lang Lang) Message {
	t := lang.words()
	var b strings.Builder
	if s.Sample {
		b.WriteString(t.sample + "\n\n")
	}
	if s.Updating != nil {
		b.WriteString("**" + Indexing{At: s.Updating}.progress(t) + "**\n")
	}
	if !s.Ready {
		b.WriteString(t.notices[Starting] + "\n")
	} else {
		b.WriteString("- " + fmt.Sprintf(t.holds, s.Size.Articles, s.Size.Statements) + "\n")
		b.WriteString("- " + fmt.Sprintf(t.indexSize, bytesOf(s.Size.Bytes)) + "\n")
	}
	if !s.Updated.IsZero() {
		b.WriteString("- " + t.indexed + " " + stamp(s.Updated) + " · " + took(s.Took) + "\n")
	} else if s.Ready {
		b.WriteString("- " + t.notSince + " " + stamp(s.Size.Written) + "\n")
	}
	if s.Notes > 0 {
		b.WriteString("- " + fmt.Sprintf(t.toMend, s.Notes) + "\n")
	}
	b.WriteString(reasons(fmt.Sprintf("%s: %d", t.whyRefused, len(s.Refused)), s.Refused, maxRefused) +
		reasons(t.whyUnread, unread(s.Faults), maxUnread) + feeds(s.Feeds, t))
	c := yes
	if len(s.Refused)+len(s.Faults) > 0 || !s.Ready || failing(s.Feeds) {
		c = nearly
	}
	return single(c, t.statusTitle, b.String())
}

// feeds lists feeds, those that fail first.
func feeds(all []Feed, t *words) string {
	if len(all) == 0 {
		return ""
	}
	var failed, well []string
	for _, f := range all {
		if line := f.line(t); f.Fault != "" {
			failed = append(failed, line)
		} else {
			well = append(well, line)
		}
	}
	lines := append(failed, well...)
	text := "\n**" + t.feeds + "**\n" + strings.Join(lines[:min(len(lines), maxFeeds)], "\n")
	if more := len(lines) - maxFeeds; more > 0 {
		text += fmt.Sprintf("\n-# +%d", more)
	}
	return text + "\n"
}

func (f Feed) line(t *words) string {
	line := "- " + shortLine(feedName(f.URL), maxPath) + "\n-# " + fmt.Sprintf(t.pagesStored, f.Stored)
	for _, more := range []string{counted(t.pagesWaiting, f.Waiting), counted(t.pagesLeftOut, f.LeftOut)} {
		if more != "" {
			line += " · " + more
		}
	}
	if f.Fault != "" {
		line += " · " + fmt.Sprintf(t.feedFailed, f.Failures, shortLine(f.Fault, maxWhy))
	}
	if !f.Next.IsZero() {
		line += " · " + t.feedNext + fmt.Sprintf(" <t:%d:R>", f.Next.Unix())
	}
	return line
}

func failing(all []Feed) bool {
	for _, f := range all {
		if f.Fault != "" {
			return true
		}
	}
	return false
}

// feedName is a feed's address without what all have and what may be secret.
func feedName(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return u.Host + u.Path
}

// hostOf is the host of a web address, "" where it has none.
func hostOf(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return ""
	}
	return u.Host
}

// stamp is a time as its reader writes it, and how long ago that was.
func stamp(at time.Time) string { return fmt.Sprintf("<t:%[1]d:f> (<t:%[1]d:R>)", at.Unix()) }

// bytesOf is a size for people: "12.3 MB".
func bytesOf(n int64) string {
	size, unit := float64(n)/1e3, "kB"
	for _, next := range []string{"MB", "GB", "TB"} {
		if size < 1000 {
			break
		}
		size, unit = size/1e3, next
	}
	return fmt.Sprintf("%.1f %s", size, unit)
}
