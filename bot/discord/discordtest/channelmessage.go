// Messages in channels over REST, and what else REST tells about the world.

package discordtest

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// messageFlags are the flags that a message in a channel may set.
const messageFlags = FlagSuppressEmbeds | FlagSuppressNotifications | FlagComponentsV2

// create checks and keeps a message of the bot's.
func (d *Discord) create(c *call, channel *Channel, w *writing, flags int, i *Interaction) (*stored, reply, bool) {
	made := w.over(draft{})
	faults := slices.Concat(w.flagFaults(flags), w.nonceFaults(), made.faults())
	if refused, wrong := d.refuseWriting(c, faults, w); wrong {
		return nil, refused, true
	}
	s := d.store(channel, d.bot, made)
	if s.nonce = w.nonce(); s.nonce != "" {
		s.object["nonce"] = s.nonce
	}
	if w.Reference != nil {
		s.object["type"] = 19
		s.object["message_reference"] = object{"type": 0, "message_id": w.Reference.MessageID, "channel_id": channel.ID}
	}
	if i != nil {
		i.mark(s)
	}
	d.announce(c, "MESSAGE_CREATE", s)
	return s, reply{}, false
}

// rewrite checks and makes an edit, and says when it can be seen.
func (d *Discord) rewrite(c *call, s *stored, w *writing, seen func()) (reply, bool) {
	loading := s.flags()&FlagLoading != 0
	for _, f := range w.flagFaults(editFlags) {
		d.violate(f.rule, "%s %s: an edit with flags that do nothing: %s", c.method, c.r.URL.Path, f.what)
		*w.Flags &= editFlags
	}
	made := w.over(s.draft())
	made.Flags &^= FlagLoading
	faults := slices.Concat(unsetFaults(s, w), made.faults())
	if refused, wrong := d.refuseWriting(c, faults, w); wrong {
		return refused, true
	}
	made.into(s.object)
	if !loading {
		s.edits++
		s.object["edited_timestamp"] = stamp(time.Now())
	}
	seen()
	event := "MESSAGE_UPDATE"
	if loading {
		event = "MESSAGE_CREATE"
	}
	d.announce(c, event, s)
	return reply{}, false
}

// unsetFaults notes an edit that would take back Components V2.
func unsetFaults(s *stored, w *writing) []fault {
	if s.flags()&FlagComponentsV2 != 0 && w.Flags != nil && *w.Flags&FlagComponentsV2 == 0 {
		return []fault{faultf(RuleComponentsV2, "flags", "Components V2 can't be unset")}
	}
	return nil
}

func (d *Discord) remove(c *call, s *stored) {
	s.deleted = true
	if s.flags()&FlagEphemeral != 0 {
		return
	}
	event := object{"id": s.id, "channel_id": s.channel.ID}
	intent := intentDirectMessages
	if g := s.channel.Guild; g != nil {
		event["guild_id"], intent = g.ID, intentGuildMessages
	}
	c.after = append(c.after, func() { d.dispatch("MESSAGE_DELETE", event, event, intent, s.channel.Guild) })
}

// announce tells the gateway of a message of the bot's own, if all can see it.
func (d *Discord) announce(c *call, event string, s *stored) {
	if s.flags()&(FlagEphemeral|FlagLoading) != 0 {
		return
	}
	body, intent := d.messageEvent(s)
	c.after = append(c.after, func() { d.dispatch(event, body, body, intent, s.channel.Guild) })
}

// messageEvent is a message as the gateway sends it, and the intent for it.
func (d *Discord) messageEvent(s *stored) (object, int) {
	event := maps.Clone(s.object)
	g := s.channel.Guild
	if g == nil {
		return event, intentDirectMessages
	}
	event["guild_id"] = g.ID
	if m := g.member(s.author.ID); m != nil {
		event["member"] = m.object()
		delete(event["member"].(object), "user")
	}
	return event, intentGuildMessages
}

// channel is the one in the path, if the bot may see it.
func (d *Discord) channel(c *call) (*Channel, reply, bool) {
	if found := d.channels[c.value("channel_id")]; found != nil {
		return found, reply{}, true
	}
	d.violate(RuleUnknown, "%s %s: no such channel", c.method, c.r.URL.Path)
	return nil, fail(http.StatusNotFound, codeUnknownChannel, "Unknown Channel"), false
}

// located is the message in the path.
func (d *Discord) located(c *call) (*stored, reply, bool) {
	channel, refused, found := d.channel(c)
	if !found {
		return nil, refused, false
	}
	s := d.messages[c.value("message_id")]
	if s == nil || s.channel != channel || s.deleted || s.flags()&FlagEphemeral != 0 {
		return nil, fail(http.StatusNotFound, codeUnknownMessage, "Unknown Message"), false
	}
	return s, reply{}, true
}

func (d *Discord) postMessage(c *call) reply {
	channel, refused, found := d.channel(c)
	if !found {
		return refused
	}
	w := &writing{}
	if err := c.read(w); err != nil {
		return d.invalid(c, RuleSchema, "body", "%v", err)
	}
	if channel.locked {
		return fail(http.StatusForbidden, codeMissingPermissions, "Missing Permissions")
	}
	if s := d.sameNonce(channel, w); s != nil {
		return ok(s.copy())
	}
	if refused, wrong := d.wrongReference(c, channel, w); wrong {
		return refused
	}
	made, refused, wrong := d.create(c, channel, w, messageFlags, nil)
	if wrong {
		return refused
	}
	return ok(made.copy())
}

// nonceLife is how long a nonce keeps a message from being sent twice: "the past few
// minutes", says the documentation.
const nonceLife = 5 * time.Minute

// sameNonce is a message with the same enforced nonce that was sent not long ago.
func (d *Discord) sameNonce(channel *Channel, w *writing) *stored {
	if !w.Enforce || w.nonce() == "" {
		return nil
	}
	for _, s := range d.ordered {
		if s.channel == channel && s.author == d.bot && s.nonce == w.nonce() && time.Since(s.at) < nonceLife {
			return s
		}
	}
	return nil
}

// wrongReference refuses a reply to a message that isn't there, unless it says
// that this doesn't matter.
func (d *Discord) wrongReference(c *call, channel *Channel, w *writing) (reply, bool) {
	if w.Reference == nil {
		return reply{}, false
	}
	s := d.messages[w.Reference.MessageID]
	if s != nil && s.channel == channel && !s.deleted {
		return reply{}, false
	}
	if w.Reference.Must != nil && !*w.Reference.Must {
		w.Reference = nil
		return reply{}, false
	}
	return reply{http.StatusBadRequest, object{"message": "Invalid Form Body", "code": codeInvalidForm, "errors": object{
		"message_reference": object{"_errors": []object{{"code": "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "message": "Unknown message"}}},
	}}}, true
}

func (d *Discord) getMessage(c *call) reply {
	s, refused, found := d.located(c)
	if !found {
		return refused
	}
	return ok(s.copy())
}

func (d *Discord) patchMessage(c *call) reply {
	s, refused, found := d.located(c)
	if !found {
		return refused
	}
	if s.author != d.bot {
		d.violate(RuleOwnMessage, "%s %s", c.method, c.r.URL.Path)
		return fail(http.StatusForbidden, codeNotOwnMessage, "Cannot edit a message authored by another user")
	}
	w := &writing{}
	if err := c.read(w); err != nil {
		return d.invalid(c, RuleSchema, "body", "%v", err)
	}
	if refused, wrong := d.rewrite(c, s, w, func() {}); wrong {
		return refused
	}
	return ok(s.copy())
}

func (d *Discord) deleteMessage(c *call) reply {
	s, refused, found := d.located(c)
	if !found {
		return refused
	}
	if s.author != d.bot {
		return fail(http.StatusForbidden, codeMissingPermissions, "Missing Permissions")
	}
	d.remove(c, s)
	return reply{http.StatusNoContent, nil}
}

// defaultMessages and maxMessages are how many messages GET gives.
const (
	defaultMessages = 50
	maxMessages     = 100
)

func (d *Discord) getMessages(c *call) reply {
	channel, refused, found := d.channel(c)
	if !found {
		return refused
	}
	limit, before, after := defaultMessages, c.r.URL.Query().Get("before"), c.r.URL.Query().Get("after")
	if text := c.r.URL.Query().Get("limit"); text != "" {
		var err error
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > maxMessages {
			return d.invalid(c, RuleSchema, "limit", "%q, not 1 to %d", text, maxMessages)
		}
	}
	listed := []object{}
	for _, s := range slices.Backward(d.ordered) {
		seen := s.channel == channel && !s.deleted && s.flags()&FlagEphemeral == 0
		inside := (before == "" || older(s.id, before)) && (after == "" || older(after, s.id))
		if seen && inside && len(listed) < limit {
			listed = append(listed, s.copy())
		}
	}
	return ok(listed)
}

// older compares ids, which are numbers.
func older(a, b string) bool { return len(a) < len(b) || len(a) == len(b) && a < b }
