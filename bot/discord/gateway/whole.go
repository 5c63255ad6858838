package gateway

import (
	"errors"

	"github.com/bwmarrin/discordgo"
)

// This file tells whole events from half-filled ones: discordgo passes on
// whatever it could decode.

// interactionFault says what a handler would miss in an interaction; nil: nothing.
func interactionFault(e *discordgo.InteractionCreate) error {
	switch {
	case e == nil || e.Interaction == nil:
		return errors.New("the interaction is empty")
	case e.ID == "" || e.Token == "":
		return errors.New("the interaction has no id or no token")
	case User(e.Interaction) == nil:
		return errors.New("the interaction says not from whom it is")
	case !dataFits(e.Interaction):
		return errors.New("the interaction's data is missing or not of its type")
	}
	return nil
}

// User returns who made an interaction, in a server or not; never nil for one that
// a handler got.
func User(i *discordgo.Interaction) *discordgo.User {
	user := i.User
	if i.Member != nil && i.Member.User != nil {
		user = i.Member.User
	}
	if user == nil || user.ID == "" {
		return nil
	}
	return user
}

func dataFits(i *discordgo.Interaction) bool {
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		return optionsWhole(data.Options) &&
			(i.Type == discordgo.InteractionApplicationCommand || i.Type == discordgo.InteractionApplicationCommandAutocomplete)
	case discordgo.MessageComponentInteractionData:
		return i.Type == discordgo.InteractionMessageComponent
	case discordgo.ModalSubmitInteractionData:
		return i.Type == discordgo.InteractionModalSubmit
	}
	return false
}

// optionsWhole reports whether no option is nil, at any depth: discordgo's own
// GetOption would crash.
func optionsWhole(options []*discordgo.ApplicationCommandInteractionDataOption) bool {
	for _, o := range options {
		if o == nil || !optionsWhole(o.Options) {
			return false
		}
	}
	return true
}

// messageFault says what a handler would miss in a message; nil: nothing.
func messageFault(e *discordgo.MessageCreate) error {
	switch {
	case e == nil || e.Message == nil:
		return errors.New("the message is empty")
	case e.ID == "" || e.ChannelID == "":
		return errors.New("the message has no id or no channel")
	case e.Author == nil || e.Author.ID == "":
		return errors.New("the message has no author")
	}
	return nil
}

// tidy removes the nulls from lists that handlers walk.
func tidy(m *discordgo.Message) {
	if m == nil {
		return
	}
	m.Mentions = present(m.Mentions)
	m.Embeds = present(m.Embeds)
	m.Attachments = present(m.Attachments)
	tidy(m.ReferencedMessage)
}

func present[T any](list []*T) []*T {
	kept := list[:0]
	for _, v := range list {
		if v != nil {
			kept = append(kept, v)
		}
	}
	return kept
}
