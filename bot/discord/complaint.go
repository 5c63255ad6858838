package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot"
	"onrecord/bot/discord/message"
)

// noted is a line of the file of reports, as JSON.
type noted struct {
	Time      time.Time      `json:"time"`
	Ref       string         `json:"ref"`
	Reason    string         `json:"reason"`
	Question  string         `json:"question"`
	Page      int            `json:"page"`                // of the answer, from 0
	Answer    string         `json:"answer"`              // the page as it was shown, in Markdown
	Statement *bot.Statement `json:"statement,omitempty"` // the one meant; nil for all that the answer shows
	User      string         `json:"user"`                // the id of who reported it
}

// submitted takes the form of "Wrong?".
func (b *Bot) submitted(ctx context.Context, i *discordgo.Interaction) {
	d := i.ModalSubmitData()
	lang := message.LangOf(i.Locale)
	id, err := message.DecodeID(d.CustomID)
	if err != nil || id.Action != message.Report {
		b.tell(ctx, i, message.Tell(message.Outdated, lang))
		return
	}
	if !b.admitted(ctx, i) {
		return
	}
	b.respond(ctx, i, true, func(ctx context.Context) (message.Message, error) {
		if err := b.complain(ctx, i, id, message.Reason(d)); err != nil {
			return message.Message{}, err
		}
		return message.Tell(message.Reported, lang), nil
	})
}

// complain notes a report in the log, in the file, and in the admins' channel. It
// fails where it is noted in neither of the last two.
func (b *Bot) complain(ctx context.Context, i *discordgo.Interaction, id message.ID, reason string) error {
	n := noted{Time: time.Now().UTC(), Ref: newRef(), Reason: reason, User: userOf(i).ID, Page: id.Page}
	n.Question, _ = message.Question(i.Message)
	if i.Message != nil && len(i.Message.Embeds) > 0 {
		n.Answer = i.Message.Embeds[0].Description
	}
	if id.Statement != "" && n.Question != "" {
		a, err := b.archive.Answer(ctx, n.Question, limitShown)
		if err != nil {
			b.note(err) // what was shown is noted all the same
		} else {
			n.Statement, _ = message.Find(a, id.Statement)
		}
	}
	at := ""
	if n.Statement != nil {
		at = fmt.Sprintf("%s:%d", n.Statement.Article, n.Statement.Parts[0].Start)
	}
	b.log.Info("reported as wrong", "ref", n.Ref, "statement", at, "user", n.User)
	b.metrics.reported()
	kept, told := b.keep(n), b.tellAdmins(ctx, i, n)
	if kept != nil && told != nil || kept != nil && b.settings.ReportsChannel == "" {
		return kept
	}
	for _, err := range []error{kept, told} {
		if err != nil {
			b.log.Error("a report is noted in one place only", "ref", n.Ref, "fault", err)
		}
	}
	return nil
}

// tellAdmins shows a report in the admins' channel, if there is one.
func (b *Bot) tellAdmins(ctx context.Context, i *discordgo.Interaction, n noted) error {
	if b.settings.ReportsChannel == "" {
		return nil
	}
	c := message.Complaint{Ref: n.Ref, Question: n.Question, Reason: n.Reason, Who: nameOf(i), Statement: n.Statement, Where: linkOf(i)}
	if i.Message != nil && n.Statement == nil {
		c.Shown = i.Message.Embeds
	}
	_, err := b.client.Send(ctx, b.settings.ReportsChannel, i.ID, c.Admins(message.English).Send(nil))
	return err
}

// linkOf is the address of the message on which a public button was pressed.
func linkOf(i *discordgo.Interaction) string {
	if i.Message == nil || i.GuildID == "" || isPrivate(i.Message) {
		return ""
	}
	return fmt.Sprintf("https://discord.com/channels/%s/%s/%s", i.GuildID, i.ChannelID, i.Message.ID)
}

// keep adds a line to the file of reports.
func (b *Bot) keep(n noted) error {
	if b.settings.ReportsFile == "" {
		return nil
	}
	line, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("noting a report: %w", err)
	}
	b.notes.Lock()
	defer b.notes.Unlock()
	f, err := os.OpenFile(b.settings.ReportsFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("noting a report: %w", err)
	}
	if _, err := f.Write(append(line, '\n')); err != nil {
		_ = f.Close()
		return fmt.Errorf("noting a report in %s: %w", b.settings.ReportsFile, err)
	}
	return f.Close()
}
