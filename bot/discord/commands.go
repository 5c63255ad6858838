package discord

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot"
	"onrecord/bot/discord/message"
	"onrecord/bot/live"
)

// limitShown is how many statements and passages an answer has at most, over all
// its pages.
const limitShown = 25

// command runs a slash command or a message command.
func (b *Bot) command(ctx context.Context, i *discordgo.Interaction) {
	d := i.ApplicationCommandData()
	opt := options(d.Options)
	lang := message.LangOf(i.Locale)
	switch d.Name {
	case message.CommandHelp:
		b.tell(ctx, i, message.Help(lang, b.settings.isAdmin(i)))
		return
	case message.CommandReindex:
		b.reindex(ctx, i, opt.yes(message.OptionFull))
		return
	case message.CommandArchive:
		b.archiveCommand(ctx, i, d)
		return
	}
	if !b.admitted(ctx, i) {
		return
	}
	switch d.Name {
	case message.CommandAsk:
		b.respond(ctx, i, true, b.answering(i, opt.text(message.OptionQuestion), true))
	case message.CommandWhoSaid:
		b.respond(ctx, i, true, b.answering(i, bot.WhoSaidQuestion(opt.text(message.OptionWords)), true))
	case message.CommandQuotes:
		b.quotes(ctx, i, opt)
	case message.CommandSources:
		b.respond(ctx, i, true, func(ctx context.Context) (message.Message, error) { return b.sources(ctx, lang) })
	case message.CommandCheck:
		b.respond(ctx, i, true, func(ctx context.Context) (message.Message, error) { return b.check(ctx, d, lang) })
	default:
		b.log.Warn("an unknown command", "command", d.Name)
		b.tell(ctx, i, message.Help(lang, b.settings.isAdmin(i)))
	}
}

// answering is the work of answering a question.
func (b *Bot) answering(i *discordgo.Interaction, question string, private bool) job {
	return func(ctx context.Context) (message.Message, error) {
		a, err := b.ask(ctx, question)
		if err != nil {
			return message.Message{}, err
		}
		return message.Answer(a, b.shown(message.LangOf(i.Locale), 0, private)), nil
	}
}

// page is the work of showing a page of an answer again: nobody asked anew.
func (b *Bot) page(i *discordgo.Interaction, question string, page int, private bool) job {
	return func(ctx context.Context) (message.Message, error) {
		a, err := b.archive.Answer(ctx, question, limitShown)
		if err != nil {
			return message.Message{}, err
		}
		return message.Answer(a, b.shown(message.LangOf(i.Locale), page, private)), nil
	}
}

// ask answers a question and counts it.
func (b *Bot) ask(ctx context.Context, question string) (*bot.Answer, error) {
	if b.settings.LogQuestions {
		b.log.Info("asked", "question", question)
	}
	a, err := b.archive.Answer(ctx, question, limitShown)
	if err == nil {
		b.metrics.asked(a)
	}
	return a, err
}

func (b *Bot) shown(lang message.Lang, page int, private bool) message.Options {
	return message.Options{Lang: lang, Page: page, Private: private}
}

// quotes answers the form of /quotes.
func (b *Bot) quotes(ctx context.Context, i *discordgo.Interaction, opt values) {
	form := bot.QuotesForm{Speaker: opt.text(message.OptionSpeaker), About: opt.text(message.OptionAbout),
		From: opt.text(message.OptionFrom), To: opt.text(message.OptionTo), Source: opt.text(message.OptionSource)}
	if err := form.Check(); err != nil {
		b.tell(ctx, i, message.Refused(err.Error()))
		return
	}
	b.respond(ctx, i, true, b.answering(i, form.Question(), true))
}

func (b *Bot) sources(ctx context.Context, lang message.Lang) (message.Message, error) {
	o, err := b.archive.Overview(ctx)
	if err != nil {
		return message.Message{}, err
	}
	a := message.Archive{Articles: o.Size.Articles, Statements: o.Size.Statements, Speakers: o.Speakers,
		First: o.First, Last: o.Last, Indexed: o.Size.Written, Sample: o.Sample}
	if o.Checked.After(a.Indexed) {
		a.Indexed = o.Checked
	}
	for _, s := range o.Sources {
		a.Outlets = append(a.Outlets, message.Outlet{Name: s.Name, Articles: s.Articles})
	}
	return message.Sources(a, lang), nil
}

// check holds the quotations of the message that was pointed at against the
// archive.
func (b *Bot) check(ctx context.Context, d discordgo.ApplicationCommandInteractionData, lang message.Lang) (message.Message, error) {
	var text string
	if d.Resolved != nil && d.Resolved.Messages[d.TargetID] != nil {
		text = textOf(d.Resolved.Messages[d.TargetID])
	}
	found, more, err := b.archive.CheckQuotes(ctx, text, 1)
	if err != nil {
		return message.Message{}, err
	}
	for _, c := range found {
		b.metrics.asked(c.Answer)
	}
	return message.Checks(found, more, b.shown(lang, 0, true)), nil
}

// textOf is all that a message says: its content, and that of its embeds.
func textOf(m *discordgo.Message) string {
	parts := []string{m.Content}
	for _, e := range m.Embeds {
		parts = append(parts, e.Title, e.Description)
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}

// values are a command's options by their names.
type values map[string]*discordgo.ApplicationCommandInteractionDataOption

func options(all []*discordgo.ApplicationCommandInteractionDataOption) values {
	v := values{}
	for _, o := range all {
		if o != nil {
			v[o.Name] = o
		}
	}
	return v
}

// text is an option's text, "" where it was not given.
func (v values) text(name string) string {
	if o := v[name]; o != nil {
		s, _ := o.Value.(string)
		return s
	}
	return ""
}

func (v values) yes(name string) bool {
	if o := v[name]; o != nil {
		yes, _ := o.Value.(bool)
		return yes
	}
	return false
}

// maxChoices is how many choices Discord shows.
const maxChoices = 25

// completeTimeout is how long names may take: Discord waits three seconds, and
// who types has gone on by then.
const completeTimeout = 2 * time.Second

// complete offers speakers, outlets and files as they are typed.
func (b *Bot) complete(ctx context.Context, i *discordgo.Interaction) {
	result := make(chan []*discordgo.ApplicationCommandOptionChoice, 1)
	go func() { result <- b.completions(i) }()
	var choices []*discordgo.ApplicationCommandOptionChoice
	select {
	case choices = <-result:
	case <-time.After(completeTimeout):
	}
	b.sent(i, b.client.Autocomplete(ctx, i, choices))
}

// completions are what fits what is typed; nothing where that can't be told.
func (b *Bot) completions(i *discordgo.Interaction) (choices []*discordgo.ApplicationCommandOptionChoice) {
	defer func() {
		if p := recover(); p != nil {
			b.notePanic(p)
		}
	}()
	o := focused(i.ApplicationCommandData().Options)
	if o == nil {
		return nil
	}
	typed, _ := o.Value.(string)
	var names []string
	var err error
	switch o.Name {
	case message.OptionSpeaker:
		names, err = b.archive.CompleteSpeaker(typed, maxChoices)
		choices = message.Choices(names)
	case message.OptionSource:
		names, err = b.archive.CompleteSource(typed, maxChoices)
		choices = message.Choices(names)
	case message.OptionArticle:
		choices, err = b.completeFile(i, typed)
	}
	if err != nil && !errors.Is(err, live.ErrNotReady) {
		b.note(err)
	}
	return choices
}

// focused is the option that is typed into, in a subcommand too.
func focused(all []*discordgo.ApplicationCommandInteractionDataOption) *discordgo.ApplicationCommandInteractionDataOption {
	for _, o := range all {
		switch {
		case o == nil:
		case o.Focused:
			return o
		case len(o.Options) > 0:
			return focused(o.Options)
		}
	}
	return nil
}
