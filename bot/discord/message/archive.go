package message

import (
	"fmt"
	"strings"
	"time"
)

// What the archive holds, for /sources.

// Archive is what there is to answer from. Dates are ISO 8601 as far as known,
// "" where no article has one.
type Archive struct {
	Articles, Statements int
	Speakers             int // 0 where they were not counted
	First, Last          string
	Undated              int // articles without a date
	Outlets              []Outlet
	Indexed              time.Time // when it was last brought up to date; zero if unknown
	Sample               bool      // it is the sample in the program
}

// Outlet is who published articles; those with most first.
type Outlet struct {
	Name        string // "" for articles that name none
	Articles    int
	First, Last string // "" where they are not known
}

// maxListed bounds the outlets that are named.
const maxListed = 20

// Sources shows what the archive holds.
func Sources(a Archive, lang Lang) Message {
	t := lang.words()
	var b strings.Builder
	if a.Sample {
		b.WriteString(t.sample + "\n\n")
	}
	b.WriteString("**" + fmt.Sprintf(t.holds, a.Articles, a.Statements))
	if a.Speakers > 0 {
		b.WriteString(" · " + fmt.Sprintf(t.speakers, a.Speakers))
	}
	b.WriteString("**\n")
	if a.First != "" {
		b.WriteString(t.dates + " " + period(a.First, a.Last) + "\n")
	}
	if a.Undated > 0 {
		fmt.Fprintf(&b, t.undated+"\n", a.Undated)
	}
	if !a.Indexed.IsZero() {
		// Discord writes a time as its reader does, and how long ago it was.
		fmt.Fprintf(&b, t.indexed+" <t:%[1]d:f> (<t:%[1]d:R>)\n", a.Indexed.Unix())
	}
	if len(a.Outlets) > 0 {
		b.WriteString("\n**" + t.outlets + "**\n")
	}
	for n, o := range a.Outlets {
		if n == maxListed {
			fmt.Fprintf(&b, "-# +%d\n", len(a.Outlets)-n)
			break
		}
		b.WriteString(outlet(o, t) + "\n")
	}
	return single(neutral, t.sourcesTitle, strings.TrimRight(b.String(), "\n"))
}

func outlet(o Outlet, t *words) string {
	name := shortLine(o.Name, maxOutlet)
	if o.Name == "" {
		name = "_" + t.noOutlet + "_"
	}
	line := fmt.Sprintf("- %s · %d", name, o.Articles)
	if o.First != "" {
		line += " · " + period(o.First, o.Last)
	}
	return line
}

// period: "2025-03-01 – 2025-03-31", one date where they are the same.
func period(first, last string) string {
	if last == "" || first == last {
		return shortLine(first, maxOutlet)
	}
	return shortLine(first, maxOutlet) + " – " + shortLine(last, maxOutlet)
}
