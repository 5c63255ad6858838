// A message as a reader sees it, and as Discord stores it.

package discordtest

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"
)

// Flags of messages.
const (
	FlagSuppressEmbeds        = 1 << 2
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagComponentsV2          = 1 << 15
)

// Message is a message as it stands at one moment.
type Message struct {
	ID        string `json:"id"`
	ChannelID string `json:"channel_id"`
	Author    struct {
		ID       string `json:"id"`
		Username string `json:"username"`
	} `json:"author"`
	Content    string      `json:"content"`
	Embeds     []Embed     `json:"embeds"`
	Components []Component `json:"components"`
	Flags      int         `json:"flags"`
	Reference  struct {
		MessageID string `json:"message_id"`
	} `json:"message_reference"`

	// Edits counts how often it was edited; Deleted is set once it is gone.
	Edits   int  `json:"-"`
	Deleted bool `json:"-"`
	// JSON is the whole message as REST and gateway give it.
	JSON string `json:"-"`
}

// Embed is an embed's text.
type Embed struct {
	Title       string `json:"title"`
	Description string `json:"description"`
	URL         string `json:"url"`
	Fields      []struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	} `json:"fields"`
	Footer struct {
		Text string `json:"text"`
	} `json:"footer"`
	Author struct {
		Name string `json:"name"`
	} `json:"author"`
}

// Component is a component of any type; what others have is zero.
type Component struct {
	Type        int               `json:"type"`
	CustomID    string            `json:"custom_id"`
	Style       int               `json:"style"`
	Label       string            `json:"label"`
	Disabled    bool              `json:"disabled"`
	URL         string            `json:"url"`
	Placeholder string            `json:"placeholder"`
	Options     []ComponentOption `json:"options"`
	Content     string            `json:"content"`
	Emoji       json.RawMessage   `json:"emoji"`
	SKU         string            `json:"sku_id"`
	Components  []Component       `json:"components"`
	Accessory   *Component        `json:"accessory"`
	// Component is what a modal’s label holds.
	Component *Component `json:"component"`
}

// ComponentOption is an option of a select menu.
type ComponentOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description"`
}

// Types of components.
const (
	ComponentRow          = 1
	ComponentButton       = 2
	ComponentSelect       = 3
	ComponentTextInput    = 4
	ComponentSection      = 9
	ComponentText         = 10
	ComponentThumbnail    = 11
	ComponentMediaGallery = 12
	ComponentFile         = 13
	ComponentSeparator    = 14
	ComponentContainer    = 17
	ComponentLabel        = 18
)

// Text is all that a reader can read, from top to bottom, a line each.
func (m Message) Text() string {
	lines := []string{m.Content}
	for _, e := range m.Embeds {
		lines = append(lines, e.Author.Name, e.Title, e.Description)
		for _, f := range e.Fields {
			lines = append(lines, f.Name, f.Value)
		}
		lines = append(lines, e.Footer.Text)
	}
	for _, c := range m.Parts() {
		lines = append(lines, c.Content, c.Label, c.Placeholder)
	}
	return strings.Join(slices.DeleteFunc(lines, func(s string) bool { return s == "" }), "\n")
}

// Parts are all components, those inside others too, from top to bottom.
func (m Message) Parts() []Component { return flatten(m.Components) }

func flatten(components []Component) []Component {
	var all []Component
	for _, c := range components {
		all = append(all, c)
		all = append(all, flatten(c.Components)...)
		for _, inside := range []*Component{c.Accessory, c.Component} {
			if inside != nil {
				all = append(all, flatten([]Component{*inside})...)
			}
		}
	}
	return all
}

// Button is the custom_id of the button with this label; "" if there is none.
func (m Message) Button(label string) string {
	for _, c := range m.Parts() {
		if c.Type == ComponentButton && c.Label == label {
			return c.CustomID
		}
	}
	return ""
}

// Ephemeral reports whether only one user sees it.
func (m Message) Ephemeral() bool { return m.Flags&FlagEphemeral != 0 }

// Thinking reports whether it still says that the bot is thinking.
func (m Message) Thinking() bool { return m.Flags&FlagLoading != 0 }

// stored is a message that Discord keeps.
type stored struct {
	object  object
	id      string
	channel *Channel
	author  *User
	edits   int
	deleted bool
	answers *Interaction // nil if it answers none
	nonce   string
	at      time.Time
}

// message is what a reader sees of it; d.mu is held.
func (s *stored) message() Message {
	var m Message
	if s == nil {
		return m
	}
	data, err := json.Marshal(s.object)
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		panic("discordtest: a stored message: " + err.Error()) // it was made from JSON
	}
	m.Edits, m.Deleted, m.JSON = s.edits, s.deleted, string(data)
	return m
}

// store keeps a new message; d.mu is held.
func (d *Discord) store(channel *Channel, author *User, draft draft) *stored {
	s := &stored{id: d.newID(), channel: channel, author: author, at: time.Now()}
	s.object = object{
		"id": s.id, "channel_id": channel.ID, "type": 0, "author": author.object(), "timestamp": stamp(s.at),
		"edited_timestamp": nil, "tts": false, "mention_everyone": false, "mentions": []object{},
		"mention_roles": []string{}, "attachments": []object{}, "pinned": false,
	}
	draft.into(s.object)
	d.messages[s.id] = s
	d.ordered = append(d.ordered, s)
	return s
}

// copy is for who reads when d.mu is free again: edits replace a message's fields
// and never change what is in them.
func (s *stored) copy() object { return maps.Clone(s.object) }

// hiddenFrom reports whether a user can't see it: an ephemeral answer is for who asked.
func (s *stored) hiddenFrom(u *User) bool {
	return s.deleted || s.flags()&FlagEphemeral != 0 && s.answers != nil && s.answers.User != u
}

// flags are the message's own.
func (s *stored) flags() int {
	flags, _ := s.object["flags"].(int)
	return flags
}
