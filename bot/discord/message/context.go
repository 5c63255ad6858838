package message

import (
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot"
)

// The paragraphs around a statement or passage, its own words in bold.

// maxAround bounds all paragraphs together, in UTF-16 units.
const maxAround = 2400

// Context shows paragraphs of the article of a statement or passage, those that
// Find and bot.Around found; one of the two is nil. question is what the answer
// that they are from answers, so that the buttons find them again.
func Context(question string, s *bot.Statement, p *bot.Passage, around []bot.Passage, o Options) Message {
	r := newRenderer(&bot.Answer{Question: question}, o)
	at, who, spans := excerpt(s, p)
	head, kept := heading(question)
	head += "**" + r.t.context + "**"
	if who != "" {
		head += " · " + shortLine(who, maxName)
	}
	head += "\n"
	var b strings.Builder
	cited := &source{cite: at}
	for _, para := range around {
		text, cut := boldIn(para.Text, 0, para.Start, clipped(spans, para), maxAround/len(around))
		if cut {
			text += " … _" + r.t.cut + "_"
		}
		cited.paragraphs = append(cited.paragraphs, para.Paragraph)
		fmt.Fprintf(&b, "%s\n-# ¶ %d\n\n", quoted(text), para.Paragraph)
	}
	if around == nil {
		cited.paragraphs = []int{at.paragraph}
	}
	m := single(neutral, "", head+b.String()+r.describe(cited, true))
	if key := keyOfEither(s, p); kept && key != "" {
		m.Components = append(m.Components, row(button(r.t.wrong, discordgo.SecondaryButton, ID{Action: Report, Lang: r.lang, Statement: key})))
	}
	return m
}

// excerpt is where a statement or passage stands, whose it is, and its words.
func excerpt(s *bot.Statement, p *bot.Passage) (at cite, who string, spans []bot.Span) {
	switch {
	case s != nil:
		return cite{s.Article, s.Paragraph, s.Citation}, s.Who(), s.Parts
	case p != nil:
		return cite{p.Article, p.Paragraph, p.Citation}, "", []bot.Span{{Start: p.Start, End: p.End, Text: p.Text}}
	}
	return cite{}, "", nil
}

func keyOfEither(s *bot.Statement, p *bot.Passage) string {
	switch {
	case s != nil:
		return keyOf(s)
	case p != nil:
		return Key(p.Article, p.Start)
	}
	return ""
}

// clipped are spans as far as they are in a paragraph.
func clipped(spans []bot.Span, p bot.Passage) []bot.Span {
	var out []bot.Span
	for _, s := range spans {
		s.Start, s.End = max(s.Start, p.Start), min(s.End, p.Start+len(p.Text))
		if s.Start < s.End {
			out = append(out, s)
		}
	}
	return out
}

// Shared is a private answer for all to see: what the message shows, without its
// Share button, and who shared it.
func Shared(m *discordgo.Message, by string, lang Lang) Message {
	out := Message{Embeds: []*discordgo.MessageEmbed{}, Components: []discordgo.MessageComponent{}}
	for _, e := range m.Embeds {
		out.Embeds = append(out.Embeds, &discordgo.MessageEmbed{Title: e.Title, Description: e.Description, Color: e.Color})
	}
	if len(out.Embeds) > 0 && by != "" {
		out.Embeds[0].Footer = &discordgo.MessageEmbedFooter{Text: lang.words().sharedBy + " " + shortLabel(by, maxName)}
	}
	for _, c := range m.Components {
		if kept := withoutShare(c); len(kept) > 0 {
			out.Components = append(out.Components, row(kept...))
		}
	}
	return out
}

// withoutShare is what a row has besides the Share button.
func withoutShare(c discordgo.MessageComponent) []discordgo.MessageComponent {
	var inside []discordgo.MessageComponent
	switch r := c.(type) {
	case *discordgo.ActionsRow:
		inside = r.Components
	case discordgo.ActionsRow:
		inside = r.Components
	}
	var out []discordgo.MessageComponent
	for _, b := range inside {
		if id, err := DecodeID(customID(b)); err != nil || id.Action != Share {
			out = append(out, b)
		}
	}
	return out
}

func customID(c discordgo.MessageComponent) string {
	switch b := c.(type) {
	case *discordgo.Button:
		return b.CustomID
	case discordgo.Button:
		return b.CustomID
	case *discordgo.SelectMenu:
		return b.CustomID
	case discordgo.SelectMenu:
		return b.CustomID
	}
	return ""
}
