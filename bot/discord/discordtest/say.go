// What people write in channels, and what the bot writes there.

package discordtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Utterance is how something is said.
type Utterance func(*utterance)

type utterance struct {
	text    string
	replyTo *stored
	ping    bool
	webhook bool
	d       *Discord
}

// MentionBot puts a mention of the bot before the text.
func MentionBot() Utterance {
	return func(u *utterance) { u.text = fmt.Sprintf("<@%s> %s", u.d.bot.ID, u.text) }
}

// ReplyTo replies to a message and pings its author.
func ReplyTo(m Message) Utterance {
	return func(u *utterance) { u.reply(m); u.ping = true }
}

// ReplySilently replies with the ping turned off. What the message says reaches
// the bot only with the intent for message content, or in direct messages.
func ReplySilently(m Message) Utterance {
	return func(u *utterance) { u.reply(m) }
}

func (u *utterance) reply(to Message) {
	if u.replyTo = u.d.messages[to.ID]; u.replyTo == nil || u.replyTo.deleted {
		u.d.t.Errorf("nobody can reply to the message %q, which is not there", to.ID)
	}
}

// ByWebhook lets a webhook of the user's name write it.
func ByWebhook() Utterance { return func(u *utterance) { u.webhook = true } }

// Say writes a message: in a guild's channel, or in direct messages. A user with Bot
// set writes as a bot does.
func (d *Discord) Say(user *User, c *Channel, text string, how ...Utterance) Message {
	d.mu.Lock()
	u := &utterance{text: text, d: d}
	for _, set := range how {
		set(u)
	}
	s := d.store(c, user, draft{Content: u.text})
	u.complete(s)
	event, intent := d.messageEvent(s)
	m := s.message()
	bare := event
	if c.Guild != nil && !slices.Contains(u.mentioned(), d.bot) && user != d.bot {
		bare = stripped(event)
	}
	d.mu.Unlock()
	d.dispatch("MESSAGE_CREATE", event, bare, intent, c.Guild)
	return m
}

// mentioned are the users that the message pings.
func (u *utterance) mentioned() []*User {
	var users []*User
	for _, user := range u.d.users {
		named := strings.Contains(u.text, "<@"+user.ID+">") || strings.Contains(u.text, "<@!"+user.ID+">")
		if named || u.ping && u.replyTo != nil && u.replyTo.author == user {
			users = append(users, user)
		}
	}
	return users
}

// complete adds mentions, reply and webhook to a message.
func (u *utterance) complete(s *stored) {
	mentions := []object{}
	for _, user := range u.mentioned() {
		mentions = append(mentions, user.object())
	}
	s.object["mentions"] = mentions
	s.object["mention_everyone"] = strings.Contains(u.text, "@everyone")
	if u.webhook {
		s.object["webhook_id"] = u.d.newID()
		author := s.author.object()
		author["bot"] = true
		s.object["author"] = author
	}
	if u.replyTo != nil {
		s.object["type"] = 19
		s.object["message_reference"] = object{"type": 0, "message_id": u.replyTo.id, "channel_id": s.channel.ID}
		s.object["referenced_message"] = u.replyTo.copy()
	}
}

// stripped is a message's event without what the intent for message content shows.
func stripped(event object) object {
	bare := maps.Clone(event)
	bare["content"] = ""
	for _, key := range []string{"embeds", "attachments", "components"} {
		bare[key] = []any{}
	}
	return bare
}

// Message is a message as it stands now.
func (d *Discord) Message(id string) Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.messages[id].message()
}

// Delete removes a message, as a moderator does.
func (d *Discord) Delete(m Message) {
	d.mu.Lock()
	c := &call{}
	if s := d.messages[m.ID]; s != nil {
		d.remove(c, s)
	}
	d.mu.Unlock()
	for _, do := range c.after {
		do()
	}
}

// Sent are the bot's messages in the channel, oldest first, as they stand now;
// without those that answer interactions.
func (d *Discord) Sent(c *Channel) []Message {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.sentIn(c)
}

// WaitSent waits until the bot has sent n messages to the channel.
func (d *Discord) WaitSent(c *Channel, n int, timeout time.Duration) []Message {
	d.t.Helper()
	var all []Message
	if !d.wait(timeout, func() bool { all = d.sentIn(c); return len(all) >= n }) {
		d.t.Errorf("%d messages in %q within %v, want %d", len(all), c.Name, timeout, n)
	}
	return all
}

// WaitReply waits for the bot's reply to a message.
func (d *Discord) WaitReply(to Message, timeout time.Duration) Message {
	d.t.Helper()
	var found Message
	if !d.wait(timeout, func() bool {
		for _, s := range d.ordered {
			if s.author == d.bot && !s.deleted && s.message().Reference.MessageID == to.ID {
				found = s.message()
			}
		}
		return found.ID != ""
	}) {
		d.t.Errorf("no reply to %q within %v", to.Content, timeout)
	}
	return found
}
