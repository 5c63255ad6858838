package main

import (
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/message/internal/markdown"
)

// A message in the web components that look like Discord.

// imports tells the browser where the components find their libraries.
const imports = `{"imports":{"lit":"/node_modules/lit/index.js","lit/":"/node_modules/lit/",
"lit-html":"/node_modules/lit-html/lit-html.js","lit-html/":"/node_modules/lit-html/",
"lit-element":"/node_modules/lit-element/index.js","lit-element/":"/node_modules/lit-element/",
"@lit/reactive-element":"/node_modules/@lit/reactive-element/reactive-element.js","@lit/reactive-element/":"/node_modules/@lit/reactive-element/",
"@lit/context":"/node_modules/@lit/context/index.js"}}`

func document(page []*discordgo.Message, light bool, width string) string {
	ground, theme := "#36393f", ""
	if light {
		ground, theme = "#ffffff", " light-theme"
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><meta charset="utf-8"><script type="importmap">%s</script>
<script type="module" src="/node_modules/@skyra/discord-components-core/dist/index.js"></script>
<style>body{margin:0;background:%s;font-family:"gg sans","Noto Sans",sans-serif}main{width:%spx}
discord-messages{border:0}discord-embed-description{overflow-wrap:anywhere}span{white-space:pre-wrap}</style><main><discord-messages%s>`,
		imports, ground, html.EscapeString(width), theme)
	for _, m := range page {
		b.WriteString(message(m))
	}
	b.WriteString("</discord-messages></main>")
	return b.String()
}

// avatar is a quotation mark on a ground.
const avatar = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 40'%3E%3Crect width='40' height='40' fill='%235865f2'/%3E%3Ctext x='20' y='46' font-size='52' font-family='serif' text-anchor='middle' fill='white'%3E“%3C/text%3E%3C/svg%3E"

func message(m *discordgo.Message) string {
	var b strings.Builder
	b.WriteString(`<discord-message author="On Record" bot timestamp="04/03/2031" avatar="` + avatar + `">`)
	for _, e := range m.Embeds {
		fmt.Fprintf(&b, `<discord-embed slot="embeds" color="#%06x" embed-title="%s"><discord-embed-description slot="description">%s</discord-embed-description>`,
			e.Color, html.EscapeString(markdown.Plain(markdown.Parse(e.Title))), nodes(markdown.Parse(e.Description)))
		if e.Footer != nil {
			fmt.Fprintf(&b, `<discord-embed-footer slot="footer">%s</discord-embed-footer>`, html.EscapeString(e.Footer.Text))
		}
		b.WriteString("</discord-embed>")
	}
	if len(m.Components) > 0 {
		b.WriteString(`<discord-attachments slot="components">`)
		for _, row := range m.Components {
			b.WriteString("<discord-action-row>" + components(row) + "</discord-action-row>")
		}
		b.WriteString("</discord-attachments>")
	}
	return b.String() + "</discord-message>"
}

// styles are the components' names for Discord's styles of buttons.
var styles = map[discordgo.ButtonStyle]string{discordgo.PrimaryButton: "primary", discordgo.SecondaryButton: "secondary",
	discordgo.SuccessButton: "success", discordgo.DangerButton: "destructive"}

func components(c discordgo.MessageComponent) string {
	row, ok := c.(*discordgo.ActionsRow)
	if !ok {
		return ""
	}
	var b strings.Builder
	for _, inside := range row.Components {
		switch x := inside.(type) {
		case *discordgo.Button:
			off := ""
			if x.Disabled {
				off = " disabled"
			}
			fmt.Fprintf(&b, `<discord-button type="%s"%s>%s</discord-button>`, styles[x.Style], off, html.EscapeString(x.Label))
		case *discordgo.SelectMenu:
			fmt.Fprintf(&b, `<discord-string-select-menu placeholder="%s"></discord-string-select-menu>`, html.EscapeString(x.Placeholder))
		}
	}
	return b.String()
}

// tags are the elements for kinds of nodes, opening and closing.
var tags = map[markdown.Kind][2]string{
	markdown.Bold:      {"<discord-bold>", "</discord-bold>"},
	markdown.Italic:    {"<discord-italic>", "</discord-italic>"},
	markdown.Underline: {"<discord-underlined>", "</discord-underlined>"},
	markdown.Strike:    {"<s>", "</s>"},
	markdown.Spoiler:   {"<discord-spoiler>", "</discord-spoiler>"},
	markdown.Quote:     {"<discord-quote>", "</discord-quote>"},
	markdown.Small:     {"<discord-subscript>", "</discord-subscript>"},
	markdown.List:      {"<discord-unordered-list><discord-list-item>", "</discord-list-item></discord-unordered-list>"},
	markdown.Code:      {"<discord-code>", "</discord-code>"},
	markdown.Fence:     {"<discord-code multiline>", "</discord-code>"},
	markdown.Address:   {`<discord-link href="#">`, "</discord-link>"},
	markdown.Invite:    {`<discord-link href="#">`, "</discord-link>"},
	markdown.Mention:   {"<discord-mention>", "</discord-mention>"},
	markdown.Emoji:     {"<mark>", "</mark>"},
}

func nodes(all []markdown.Node) string {
	var b strings.Builder
	for _, n := range all {
		inner := nodes(n.Nodes)
		if n.Text != "" {
			inner = "<span>" + html.EscapeString(n.Text) + "</span>" // keeps its spaces and line ends
		}
		switch n.Kind {
		case markdown.Time:
			fmt.Fprintf(&b, "<discord-time>%s</discord-time>", when(n.Text))
		case markdown.Heading:
			fmt.Fprintf(&b, `<discord-header level="%d">%s</discord-header>`, n.Level, inner)
		case markdown.Link:
			fmt.Fprintf(&b, `<discord-link href="%s">%s</discord-link>`, html.EscapeString(n.To), inner)
		default:
			b.WriteString(tags[n.Kind][0] + inner + tags[n.Kind][1])
		}
	}
	return b.String()
}

// when is a time such as <t:1930000000:f>, not as long ago as a reader sees it but
// the day.
func when(mark string) string {
	fields := strings.Split(strings.Trim(mark, "<>"), ":")
	seconds, err := strconv.ParseInt(fields[min(1, len(fields)-1)], 10, 64)
	if err != nil {
		return html.EscapeString(mark)
	}
	return time.Unix(seconds, 0).UTC().Format("2 January 2006, 15:04")
}
