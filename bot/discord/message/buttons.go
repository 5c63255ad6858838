package message

import (
	"fmt"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot"
)

// The rows of buttons under an answer.

type buttons struct {
	lang    Lang
	t       *words
	page    int
	pages   int
	kept    bool // the question is in the message, so that others can find it there
	private bool
}

func (b buttons) rows(page []item, a *bot.Answer) []discordgo.MessageComponent {
	rows := []discordgo.MessageComponent{}
	if b.pages > 1 && b.kept {
		rows = append(rows, b.turning())
	}
	if s := b.suggestions(a); s != nil {
		rows = append(rows, *s)
	}
	choices := b.choices(page)
	if b.kept && len(choices) > 1 {
		rows = append(rows, row(b.chooser(choices)))
	}
	if last := b.last(page, choices); len(last) > 0 {
		rows = append(rows, row(last...))
	}
	return rows
}

func row(all ...discordgo.MessageComponent) discordgo.ActionsRow {
	return discordgo.ActionsRow{Components: all}
}

func button(label string, style discordgo.ButtonStyle, id ID) discordgo.Button {
	return discordgo.Button{Label: shortLabel(label, maxLabel), Style: style, CustomID: id.String()}
}

// turning is the row ◀ 1/3 ▶.
func (b buttons) turning() discordgo.ActionsRow {
	back := button("◀", discordgo.SecondaryButton, ID{Action: ShowPage, Lang: b.lang, Page: max(0, b.page-1)})
	next := button("▶", discordgo.SecondaryButton, ID{Action: ShowPage, Lang: b.lang, Page: b.page + 1})
	count := button(fmt.Sprintf("%d/%d", b.page+1, b.pages), discordgo.SecondaryButton, ID{Action: counter, Lang: b.lang})
	back.Disabled, count.Disabled, next.Disabled = b.page == 0, true, b.page == b.pages-1
	return row(back, count, next)
}

// suggestions are questions to ask instead; those that fit no custom_id are in
// the text.
func (b buttons) suggestions(a *bot.Answer) *discordgo.ActionsRow {
	var all []discordgo.MessageComponent
	seen := map[string]bool{}
	for _, s := range a.Suggestions {
		id := ID{Action: Ask, Lang: b.lang, Question: s}
		if len(all) < maxRow && id.Fits() && !seen[s] && shortLabel(s, maxLabel) != "" {
			seen[s] = true
			all = append(all, button(s, discordgo.PrimaryButton, id))
		}
	}
	if all == nil {
		return nil
	}
	r := row(all...)
	return &r
}

// choices are the statements and passages of a page, each once.
func (b buttons) choices(page []item) []item {
	var out []item
	seen := map[string]bool{}
	for _, it := range page {
		if !seen[it.key] && len(out) < maxOptions {
			seen[it.key] = true
			out = append(out, it)
		}
	}
	return out
}

// chooser lets the reader choose whose surroundings to see.
func (b buttons) chooser(choices []item) discordgo.SelectMenu {
	menu := discordgo.SelectMenu{MenuType: discordgo.StringSelectMenu, Placeholder: b.t.contextOf,
		CustomID: ID{Action: Around, Lang: b.lang}.String()}
	for _, it := range choices {
		menu.Options = append(menu.Options, discordgo.SelectMenuOption{Label: shortLabel(it.label, maxOption),
			Value: it.key, Description: shortLabel(it.who, maxOption)})
	}
	return menu
}

// Chosen is what was chosen from the menu of an answer, a Key.
func Chosen(d discordgo.MessageComponentInteractionData) (string, error) {
	if len(d.Values) != 1 || !isKey(d.Values[0]) {
		return "", fmt.Errorf("%w: chosen %.200q", ErrID, d.Values)
	}
	return d.Values[0], nil
}

func (b buttons) last(page, choices []item) []discordgo.MessageComponent {
	var out []discordgo.MessageComponent
	only := ""
	if len(choices) == 1 {
		only = choices[0].key
		if b.kept {
			out = append(out, button(b.t.moreContext, discordgo.SecondaryButton, ID{Action: Around, Lang: b.lang, Statement: only}))
		}
	}
	if b.private && b.kept && len(page) > 0 {
		out = append(out, button(b.t.share, discordgo.SecondaryButton, ID{Action: Share, Lang: b.lang, Page: b.page}))
	}
	if b.kept {
		out = append(out, button(b.t.wrong, discordgo.SecondaryButton, ID{Action: Report, Lang: b.lang, Page: b.page, Statement: only}))
	}
	return out
}
