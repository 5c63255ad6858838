package discord

import (
	"context"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/message"
	"onrecord/index"
)

// pressed does what a button or a menu is for. What is pressed on a message that
// others see too is answered to the one who pressed alone.
func (b *Bot) pressed(ctx context.Context, i *discordgo.Interaction) {
	d := i.MessageComponentData()
	id, err := message.DecodeID(d.CustomID)
	lang := message.LangOf(i.Locale)
	if err != nil {
		b.tell(ctx, i, b.explain(err, lang))
		return
	}
	if id.Action == message.Report {
		b.sent(i, b.client.Modal(ctx, i, message.ReportModal(id)))
		return
	}
	if changesArchive(id) {
		b.changeArchive(ctx, i, id)
		return
	}
	if !b.admitted(ctx, i) {
		return
	}
	question, kept := message.Question(i.Message)
	if id.Action == message.Ask {
		question, kept = id.Question, true
	}
	if !kept {
		b.tell(ctx, i, message.Tell(message.NoQuestion, lang))
		return
	}
	switch id.Action {
	case message.ShowPage:
		b.turn(ctx, i, b.page(i, question, id.Page, staysPrivate(i)))
	case message.Ask:
		b.turn(ctx, i, b.answering(i, question, staysPrivate(i)))
	case message.Around:
		b.respond(ctx, i, true, b.around(d, id, question, lang))
	case message.Share:
		b.respond(ctx, i, false, func(context.Context) (message.Message, error) {
			return message.Shared(i.Message, nameOf(i), lang), nil
		})
	default:
		b.tell(ctx, i, b.explain(fmt.Errorf("%w: action %q", message.ErrID, id.Action), lang))
	}
}

// staysPrivate tells whether what a press shows is seen by one person.
func staysPrivate(i *discordgo.Interaction) bool { return isPrivate(i.Message) || !isDirect(i) }

// turn shows a page in place of the one before, or, on a message that others see
// too, to the one who pressed.
func (b *Bot) turn(ctx context.Context, i *discordgo.Interaction, work job) {
	if isPrivate(i.Message) || isDirect(i) {
		b.replace(ctx, i, work)
		return
	}
	b.respond(ctx, i, true, work)
}

// around shows the paragraphs around a statement or passage of an answer.
func (b *Bot) around(d discordgo.MessageComponentInteractionData, id message.ID, question string, lang message.Lang) job {
	return func(ctx context.Context) (message.Message, error) {
		key := id.Statement
		if len(d.Values) > 0 {
			var err error
			if key, err = message.Chosen(d); err != nil {
				return message.Message{}, err
			}
		}
		a, err := b.archive.Answer(ctx, question, limitShown)
		if err != nil {
			return message.Message{}, err
		}
		s, p := message.Find(a, key)
		var article string
		var paragraph int
		switch {
		case s != nil:
			article, paragraph = s.Article, s.Paragraph
		case p != nil:
			article, paragraph = p.Article, p.Paragraph
		default:
			return message.Message{}, fmt.Errorf("finding a statement again: %w", index.ErrNoArticle)
		}
		near, err := b.archive.Around(article, paragraph, contextParagraphs)
		if err != nil {
			return message.Message{}, err
		}
		return message.Context(question, s, p, near, b.shown(lang, 0, true)), nil
	}
}

// contextParagraphs is how many paragraphs before and after are context.
const contextParagraphs = 2
