package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"onrecord/data/quote"
)

// How every transport words what a statement is: nothing here is for one of them
// alone, and nothing makes more of a statement than its article does.

// How tells what a statement's words are where they are not simply the speaker's
// own. The acts of the contract stand for themselves ("denied", "planned").
type How string

const (
	Own         How = ""            // the speaker's own words, or the cue tells what they are
	Paraphrased How = "paraphrased" // the article's account
	Partly      How = "partly"      // partly in the speaker's own words
)

// Lead is what must stand before a statement's words so that nobody takes them
// for more than they are. The zero Lead is of what somebody simply said.
type Lead struct {
	Cue string // the article's verb, where it tells more than that somebody spoke
	How How    // for what the cue doesn't tell
}

// Lead tells what a statement's words are.
func (s *Statement) Lead() Lead {
	switch {
	case s.Act != "said" && s.Cue != nil && quote.TellsAct(s.Cue.Text, quote.Act(s.Act)):
		return Lead{Cue: strings.TrimRight(s.Cue.Text, ":, ")}
	case s.Act == string(quote.Thought) && s.telling() != "":
		return Lead{Cue: s.telling()} // "expressed": another word for it would be ours
	case s.Act != "said":
		return Lead{s.telling(), How(s.Act)}
	case s.Kind == "indirect":
		return Lead{s.telling(), Paraphrased}
	case s.Kind == "mixed":
		return Lead{s.telling(), Partly}
	}
	return Lead{}
}

// plainCues say no more than that somebody spoke.
var plainCues = map[string]bool{"said": true, "says": true, "say": true, "saying": true, "told": true, "tells": true,
	"telling": true, "added": true, "adds": true, "adding": true, "according to": true}

// telling is the cue where it says how something was said: "accusing".
func (s *Statement) telling() string {
	if s.Cue == nil {
		return ""
	}
	cue := strings.TrimRight(s.Cue.Text, ":, ")
	words := strings.Fields(strings.ToLower(cue))
	if len(words) == 0 || plainCues[words[len(words)-1]] || plainCues[strings.Join(words, " ")] {
		return ""
	}
	return cue
}

// Words are a statement's parts, their gaps shown. The "that" that opens an
// indirect part is left out.
func (s *Statement) Words() string {
	var parts []string
	for _, part := range s.Parts {
		text := part.Text
		if s.Kind != "direct" {
			text = strings.TrimPrefix(text, "that ")
		}
		parts = append(parts, strings.TrimSpace(text))
	}
	return strings.Join(parts, " … ")
}

// Setting is where and when a statement was made, as far as its article tells:
// "on Telegram", "on Tuesday", "2031-04-01".
func (s *Statement) Setting() []string {
	var out []string
	if s.Where != nil {
		out = append(out, inSentence(s.Where.Text))
	}
	if s.When != nil {
		if s.Where == nil || s.Where.Start != s.When.Start {
			out = append(out, inSentence(s.When.Text))
		}
		if s.When.Date != "" {
			out = append(out, s.When.Date)
		}
	}
	return out
}

// inSentence writes a phrase small that opened its sentence; days and months
// stay large.
func inSentence(phrase string) string {
	for i := range 12 {
		if strings.HasPrefix(phrase, time.Weekday(i%7).String()) || strings.HasPrefix(phrase, time.Month(i + 1).String()[:3]) {
			return phrase
		}
	}
	r, n := utf8.DecodeRuneInString(phrase)
	return string(unicode.ToLower(r)) + phrase[n:]
}

// RoleOf is the longest role that an answer gives for a statement's speaker, for
// a heading; of one who is not named, what the article calls them.
func RoleOf(all []Statement, s Statement) string {
	role := s.Speaker.Role
	if role == "" && s.Who() == "" && s.Mention != nil {
		role = s.Mention.Text
	}
	for _, o := range all {
		if o.Who() == s.Who() && s.Who() != "" && len(o.Speaker.Role) > len(role) {
			role = o.Speaker.Role
		}
	}
	if rest, ok := strings.CutPrefix(role, "The "); ok {
		return "the " + rest // from the start of a sentence
	}
	return role
}

// Under is what tells whether statements stand under one heading: by one who is
// named, all do; of those who are not named, what one article says of people whom it
// calls by the same words.
func (s Statement) Under() string {
	if who := s.Who(); who != "" {
		return who
	}
	role := RoleOf(nil, s)
	under := "\x00" + s.Article + "\x00" + role
	if s.Mention != nil && indefinite.MatchString(role) {
		under += fmt.Sprintf("\x00%d", s.Mention.Start)
	}
	return under
}

// indefinite words bring up somebody new each time: “an official” and “an official”
// are not known to be one.
var indefinite = regexp.MustCompile(`^(?i:an?|another|one)\s`)

// Runs writes numbers in order, neighbours as a range: "27–28, 34".
func Runs(numbers []int) string {
	all := slices.Compact(slices.Sorted(slices.Values(numbers)))
	var out []string
	for i := 0; i < len(all); {
		k := i
		for k+1 < len(all) && all[k+1] == all[k]+1 {
			k++
		}
		if k > i {
			out = append(out, fmt.Sprintf("%d–%d", all[i], all[k]))
		} else {
			out = append(out, fmt.Sprint(all[i]))
		}
		i = k + 1
	}
	return strings.Join(out, ", ")
}
