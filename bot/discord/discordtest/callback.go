// The REST side of answers to interactions: callbacks, @original and followups.

package discordtest

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"
)

// Flags that interaction messages may set when they are made, and when edited.
const (
	answerFlags = FlagSuppressEmbeds | FlagEphemeral | FlagSuppressNotifications | FlagComponentsV2
	editFlags   = FlagSuppressEmbeds | FlagComponentsV2
)

// Limits of modals.
const (
	maxModalTitle      = 45
	maxModalComponents = 5
)

// response is the body of a callback.
type response struct {
	Type int             `json:"type"`
	Data json.RawMessage `json:"data"`
}

func (d *Discord) postCallback(c *call) reply {
	i := d.interactions[c.value("interaction_id")]
	if i == nil || i.Token != c.value("interaction_token") {
		d.violate(RuleToken, "a callback to an interaction that does not exist")
		return fail(http.StatusNotFound, codeUnknownInteraction, "Unknown interaction")
	}
	var r response
	if err := c.read(&r); err != nil {
		return d.invalid(c, RuleBody, "body", "%v", err)
	}
	waited := time.Since(i.asked)
	switch {
	case i.answered:
		d.violate(RuleTwice, "%v was answered twice", i)
		return fail(http.StatusBadRequest, codeAcknowledged, "Interaction has already been acknowledged.")
	case waited > d.options.CallbackDeadline:
		i.late = true
		if !d.excused(i) {
			d.violate(RuleLate, "%v was answered after %v", i, waited.Round(time.Millisecond))
		}
		return fail(http.StatusNotFound, codeUnknownInteraction, "Unknown interaction")
	case !slices.Contains(allowedCallbacks(i), r.Type):
		return d.invalid(c, RuleCallback, "type", "a callback of type %d to %v", r.Type, i)
	}
	if refused, wrong := d.answer(c, i, r); wrong {
		return refused
	}
	i.answered, i.callback, i.first = true, r.Type, waited
	return d.acknowledged(c, i)
}

// allowedCallbacks are the types that an interaction can be answered with.
func allowedCallbacks(i *Interaction) []int {
	switch {
	case i.kind == interactionAutocomplete:
		return []int{CallbackAutocomplete}
	case i.kind == interactionComponent:
		return []int{CallbackMessage, CallbackDeferred, CallbackDeferredUpdate, CallbackUpdate, CallbackModal}
	case i.kind == interactionModal && i.original == nil:
		return []int{CallbackMessage, CallbackDeferred}
	case i.kind == interactionModal:
		return []int{CallbackMessage, CallbackDeferred, CallbackDeferredUpdate, CallbackUpdate}
	}
	return []int{CallbackMessage, CallbackDeferred, CallbackModal}
}

// answer does what a callback asks for.
func (d *Discord) answer(c *call, i *Interaction, r response) (reply, bool) {
	switch r.Type {
	case CallbackAutocomplete:
		return d.autocompleted(c, i, r.Data)
	case CallbackModal:
		return d.showModal(c, i, r.Data)
	case CallbackDeferredUpdate:
		return reply{}, false
	}
	w := &writing{}
	if len(r.Data) > 0 {
		if err := json.Unmarshal(r.Data, w); err != nil {
			return d.invalid(c, RuleSchema, "data", "%v", err), true
		}
	}
	switch r.Type {
	case CallbackDeferred:
		d.deferred(i, w)
		return reply{}, false
	case CallbackUpdate:
		return d.rewrite(c, i.original, w, i.settle)
	}
	made, refused, wrong := d.create(c, i.Channel, w, answerFlags, i)
	if !wrong {
		i.original = made
		i.settle()
	}
	return refused, wrong
}

// deferred shows that the bot is thinking. Of the flags only EPHEMERAL counts;
// Discord takes others, and they do nothing.
func (d *Discord) deferred(i *Interaction, w *writing) {
	for _, f := range w.flagFaults(FlagEphemeral) {
		d.violate(f.rule, "%v was deferred with flags that don't count: %s", i, f.what)
	}
	flags := FlagLoading
	if w.Flags != nil {
		flags |= *w.Flags & FlagEphemeral
	}
	i.original = d.store(i.Channel, d.bot, draft{Flags: flags})
	i.mark(i.original)
}

// mark makes a message the interaction's.
func (i *Interaction) mark(s *stored) {
	s.answers = i
	s.object["application_id"], s.object["webhook_id"] = i.d.bot.ID, i.d.bot.ID
}

func (d *Discord) autocompleted(c *call, i *Interaction, data json.RawMessage) (reply, bool) {
	var body struct {
		Choices *[]Choice `json:"choices"`
	}
	if err := json.Unmarshal(data, &body); err != nil || body.Choices == nil {
		return d.invalid(c, RuleAutocomplete, "data.choices", "left out or null; none are []"), true
	}
	m := &measure{rule: RuleAutocomplete}
	m.count("data.choices", len(*body.Choices), 0, maxChoices)
	m.choices("data.choices", *body.Choices)
	if len(m.faults) > 0 {
		return d.refuseAll(c, m.faults), true
	}
	i.choices = *body.Choices
	i.settle()
	return reply{}, false
}

func (d *Discord) showModal(c *call, i *Interaction, data json.RawMessage) (reply, bool) {
	var modal Modal
	if err := json.Unmarshal(data, &modal); err != nil {
		return d.invalid(c, RuleCallback, "data", "a modal: %v", err), true
	}
	m := &measure{rule: RuleCallback}
	m.text("data.custom_id", modal.CustomID, 1, maxCustomID)
	m.text("data.title", modal.Title, 1, maxModalTitle)
	m.count("data.components", len(modal.Components), 1, maxModalComponents)
	m.unique(flatten(modal.Components))
	if len(m.faults) > 0 {
		return d.refuseAll(c, m.faults), true
	}
	_ = json.Unmarshal(data, &i.modal) // it was an object just before
	i.settle()
	return reply{}, false
}

// acknowledged is 204, or the interaction if the client asks for it.
func (d *Discord) acknowledged(c *call, i *Interaction) reply {
	if c.r.URL.Query().Get("with_response") != "true" {
		return reply{http.StatusNoContent, nil}
	}
	body := object{"interaction": object{"id": i.ID, "type": i.kind}}
	if i.original != nil && (i.callback == CallbackMessage || i.callback == CallbackUpdate) {
		body["resource"] = object{"type": i.callback, "message": i.original.copy()}
	}
	return ok(body)
}

// held is the interaction whose token the path has, while the token lives.
func (d *Discord) held(c *call) (*Interaction, reply, bool) {
	i := d.byToken[c.value("webhook_token")]
	switch {
	case i == nil || c.value("webhook_id") != d.bot.ID || !i.answered && !i.late:
		d.violate(RuleToken, "%s %s: unknown, or not answered by a callback yet", c.method, c.path)
		return nil, fail(http.StatusNotFound, codeUnknownWebhook, "Unknown Webhook"), false
	case i.late:
		return nil, fail(http.StatusNotFound, codeUnknownWebhook, "Unknown Webhook"), false
	case time.Since(i.asked) > d.options.TokenLife:
		d.violate(RuleToken, "%s %s: older than %v", c.method, c.path, d.options.TokenLife)
		return nil, fail(http.StatusUnauthorized, codeInvalidToken, "Invalid Webhook Token"), false
	}
	return i, reply{}, true
}

// followup is the message that the path names: @original, or one by its id.
func (d *Discord) followup(c *call) (*Interaction, *stored, reply, bool) {
	i, refused, held := d.held(c)
	if !held {
		return nil, nil, refused, false
	}
	s := i.original
	if id := c.value("message_id"); id != "" && (s == nil || id != s.id) {
		at := slices.IndexFunc(i.followups, func(f *stored) bool { return f.id == id })
		s = nil
		if at >= 0 {
			s = i.followups[at]
		}
	}
	if s == nil || s.deleted {
		d.violate(RuleUnknown, "%s %s: %v has no such message", c.method, c.path, i)
		return nil, nil, fail(http.StatusNotFound, codeUnknownMessage, "Unknown Message"), false
	}
	return i, s, reply{}, true
}

func (d *Discord) getFollowup(c *call) reply {
	_, s, refused, found := d.followup(c)
	if !found {
		return refused
	}
	return ok(s.copy())
}

func (d *Discord) patchFollowup(c *call) reply {
	i, s, refused, found := d.followup(c)
	if !found {
		return refused
	}
	w := &writing{}
	if err := c.read(w); err != nil {
		return d.invalid(c, RuleSchema, "body", "%v", err)
	}
	settle := func() {}
	if s == i.original {
		settle = i.settle
	}
	if refused, wrong := d.rewrite(c, s, w, settle); wrong {
		return refused
	}
	return ok(s.copy())
}

func (d *Discord) deleteFollowup(c *call) reply {
	_, s, refused, found := d.followup(c)
	if !found {
		return refused
	}
	d.remove(c, s)
	return reply{http.StatusNoContent, nil}
}

// postFollowup makes a further message; while the bot is still thinking, it takes
// the place of that, with its ephemeral flag or none.
func (d *Discord) postFollowup(c *call) reply {
	i, refused, held := d.held(c)
	if !held {
		return refused
	}
	w := &writing{}
	if err := c.read(w); err != nil {
		return d.invalid(c, RuleSchema, "body", "%v", err)
	}
	if i.original != nil && i.original.flags()&FlagLoading != 0 {
		if w.Flags != nil {
			*w.Flags &^= FlagEphemeral
		}
		if refused, wrong := d.rewrite(c, i.original, w, i.settle); wrong {
			return refused
		}
		return ok(i.original.copy())
	}
	made, refused, wrong := d.create(c, i.Channel, w, answerFlags, i)
	if wrong {
		return refused
	}
	i.followups = append(i.followups, made)
	return ok(made.copy())
}
