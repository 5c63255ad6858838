package message

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot"
	"onrecord/bot/discord/message/internal/markdown"
	"onrecord/index"
)

// checkLimits holds a message against all that Discord would refuse it for.
func checkLimits(t *testing.T, name string, m Message) {
	t.Helper()
	within := func(what, s string, least, most int) {
		if n := length(s); n < least || n > most || !utf8.ValidString(s) {
			t.Errorf("%s: %s has %d characters, not %d to %d, or is no UTF-8: %.80q", name, what, n, least, most, s)
		}
	}
	all := 0
	for _, e := range m.Embeds {
		within("title", e.Title, 0, maxTitle)
		within("description", e.Description, 1, maxDescription)
		if strings.TrimSpace(e.Description) != e.Description {
			t.Errorf("%s: Discord would trim %q", name, e.Description)
		}
		all += length(e.Title) + length(e.Description)
		if e.Footer != nil {
			within("footer", e.Footer.Text, 1, maxFooter)
			all += length(e.Footer.Text)
		}
		if len(e.Fields) > 0 {
			t.Errorf("%s has fields, which nothing here checks", name)
		}
	}
	if all > maxEmbeds || len(m.Embeds) > 10 {
		t.Errorf("%s: %d embeds with %d characters", name, len(m.Embeds), all)
	}
	checkComponents(t, name, m.Components, within)
	for what, mentions := range map[string]*discordgo.MessageAllowedMentions{"send": m.Send(nil).AllowedMentions, "edit": m.Edit().AllowedMentions,
		"response": m.Response(true).AllowedMentions, "channel edit": m.ChannelEdit("1", "2").AllowedMentions} {
		if mentions == nil || mentions.Parse == nil || len(mentions.Parse)+len(mentions.Users)+len(mentions.Roles) > 0 || mentions.RepliedUser {
			t.Errorf("%s: a %s may ping: %v", name, what, mentions)
		}
	}
}

func checkComponents(t *testing.T, name string, rows []discordgo.MessageComponent, within func(string, string, int, int)) {
	t.Helper()
	if len(rows) > 5 {
		t.Errorf("%s has %d rows", name, len(rows))
	}
	seen := map[string]bool{}
	for _, c := range rows {
		inside := c.(discordgo.ActionsRow).Components
		if len(inside) < 1 || len(inside) > maxRow {
			t.Errorf("%s: a row has %d components", name, len(inside))
		}
		for _, b := range inside {
			id := customID(b)
			within("custom_id", id, 1, maxCustomID)
			if _, err := DecodeID(id); err != nil || seen[id] {
				t.Errorf("%s: custom_id %q: again %v, %v", name, id, seen[id], err)
			}
			seen[id] = true
			switch b := b.(type) {
			case discordgo.Button:
				within("label", b.Label, 1, maxLabel)
			case discordgo.SelectMenu:
				checkMenu(t, name, b, within)
			}
		}
	}
}

func checkMenu(t *testing.T, name string, menu discordgo.SelectMenu, within func(string, string, int, int)) {
	t.Helper()
	within("placeholder", menu.Placeholder, 1, 150)
	values := map[string]bool{}
	if len(menu.Options) < 1 || len(menu.Options) > maxOptions {
		t.Errorf("%s: %d options", name, len(menu.Options))
	}
	for _, o := range menu.Options {
		within("option", o.Label, 1, maxOption)
		within("option's value", o.Value, 1, maxOption)
		within("option's description", o.Description, 0, maxOption)
		if _, err := Chosen(discordgo.MessageComponentInteractionData{Values: []string{o.Value}}); err != nil || values[o.Value] {
			t.Errorf("%s: option %q: again %v, %v", name, o.Value, values[o.Value], err)
		}
		values[o.Value] = true
	}
}

// stuffed is an answer with a text wherever a text can be.
func stuffed(text string, v bot.Verdict) *bot.Answer {
	at := func(n int) *bot.Span { return &bot.Span{Start: n, End: n + len(text), Text: text} }
	c := bot.Citation{Title: text, Author: text, Source: text, Date: text, URL: "https://lantern.example/" + text}
	a := &bot.Answer{Question: text, Found: true, Intent: bot.Who, Verdict: v, Speakers: []string{text, "Nina Ambledown"}, About: text, Exact: true,
		Message: text, Suggestions: []string{text, "x" + text, "y", "z", "What now?", "And then?", "What now?"}, More: 3}
	for n := range 12 {
		s := bot.Statement{Article: text, Paragraph: n, Kind: []string{"direct", "indirect", "mixed"}[n%3], Act: []string{"said", "thought"}[n%2],
			Parts: []bot.Span{*at(n * 10), *at(n*10 + 5)}, Cue: at(0), Addressee: at(0), Where: at(1), When: &bot.When{Span: *at(2), Date: text},
			Speaker: bot.Speaker{Name: []string{text, "Nina Ambledown"}[n%2], Role: text}, Citation: c}
		for k := range 7 {
			s.Also = append(s.Also, bot.Place{Article: text + string(rune('a'+k)), Paragraph: k, Citation: c})
			s.Matched, s.Corrected, s.Person = append(s.Matched, text), text, s.Speaker.Name
			a.Notes = append(a.Notes, text)
			s.Differs = append(s.Differs, bot.Change{Asked: text, Said: text})
			a.Understood = append(a.Understood, text)
			a.Counts = append(a.Counts, bot.Count{Speaker: text, Statements: k + 2})
		}
		if n > 7 {
			s.Variant = 1
		}
		a.Statements = append(a.Statements, s)
		a.Passages = append(a.Passages, bot.Passage{Article: text, Paragraph: n, Start: n, End: n + len(text), Text: text,
			Marks: []bot.Span{{Start: n + len(text)/2, End: n + len(text), Text: text[len(text)/2:]}}, Citation: c})
	}
	return a
}

// FuzzAnswer: whatever stands in an answer, its pages keep Discord's limits,
// nothing in them is alive, and the question is found again.
func FuzzAnswer(f *testing.F) {
	for n, text := range hostile {
		if !testing.Short() || n%4 == 0 {
			f.Add(text)
		}
	}
	f.Add(strings.Repeat("*", 4000))
	f.Add(strings.Repeat("\u202e😀", 600))
	f.Fuzz(func(t *testing.T, text string) { checkHostile(t, text) })
}

func checkHostile(t *testing.T, text string) {
	t.Helper()
	for _, m := range others(text) {
		checkLimits(t, text, m)
		checkAlive(t, text, m)
	}
	for page, v := range []bot.Verdict{bot.Other, bot.Near, bot.None} {
		a := stuffed(text, v)
		a.Found = v != bot.None
		m := Answer(a, Options{Page: page, Private: true, Lang: Ukrainian})
		checkLimits(t, text, m)
		checkAlive(t, text, m)
		q, ok := Question(&discordgo.Message{Embeds: m.Embeds})
		if ok && q != a.Question || !ok && text != "" && length(EscapeLine(text)) <= maxQuestion {
			t.Errorf("the question %q is found again as %q, %v", a.Question, q, ok)
		}
	}
}

// others are the messages besides answers, with a text wherever a text can be.
func others(text string) []Message {
	a := stuffed(text, bot.Near)
	s, p := &a.Statements[0], &a.Passages[0]
	refused := make([]index.Refusal, 20)
	outlets := make([]Outlet, 30)
	for i := range refused {
		refused[i] = index.Refusal{Path: text, Reason: text}
	}
	for i := range outlets {
		outlets[i] = Outlet{text, i, text, text}
	}
	around := []bot.Passage{{Paragraph: 1, Text: text}, {Paragraph: 2, Text: text, Start: 3}, {Paragraph: 3, Text: text + text}}
	checks := make([]bot.Checked, 12)
	for i := range checks {
		checks[i] = bot.Checked{Words: text, Claimed: text, Verdict: []bot.Verdict{bot.Verbatim, bot.Near, bot.Other, bot.None}[i%4], Answer: a}
	}
	return []Message{Context(text, s, nil, around, Options{}), Context(text, nil, p, around, Options{Lang: Russian}),
		Checks(checks, 3, Options{}), Sources(Archive{First: text, Last: text, Outlets: outlets}, English),
		Reindexed(index.Report{Refused: refused}, Ukrainian), Refused("!" + text), Failed(text, English),
		Complaint{Ref: text, Question: text, Reason: text, Who: text, Statement: s, Where: "https://lantern.example/" + text}.Admins(Russian)}
}

// checkAlive allows what the bot itself writes: headings, bold, links to safe
// addresses.
func checkAlive(t *testing.T, text string, m Message) {
	t.Helper()
	var walk func(all []markdown.Node)
	walk = func(all []markdown.Node) {
		for _, n := range all {
			switch n.Kind {
			case markdown.Text, markdown.Quote, markdown.Heading, markdown.Bold, markdown.Italic, markdown.Small, markdown.List:
			case markdown.Link:
				if !strings.HasPrefix(n.To, "https://lantern.example/") {
					t.Errorf("%q: a link to %q", text, n.To)
				}
			default:
				t.Errorf("%q shows a %s %q in %q", text, n.Kind, n.Text, m.Embeds[0].Description)
			}
			walk(n.Nodes)
		}
	}
	walk(markdown.Parse(m.Embeds[0].Description))
}
