// What people do with the bot's commands, buttons and modals.

package discordtest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Types of interactions.
const (
	interactionCommand      = 2
	interactionComponent    = 3
	interactionAutocomplete = 4
	interactionModal        = 5
)

// Interaction is something that a person did, and what comes of it.
type Interaction struct {
	ID, Token string
	User      *User
	Channel   *Channel

	d           *Discord
	kind        int
	name        string
	event       object
	asked       time.Time
	delivered   bool
	faultChange int

	answered  bool // a callback came in time
	late      bool // one came too late
	settled   bool // more than "thinking" can be seen
	callback  int
	first     time.Duration
	final     time.Duration
	original  *stored
	followups []*stored
	choices   []Choice
	modal     object
}

func (i *Interaction) String() string {
	return fmt.Sprintf("%s by %s", i.name, i.User.Name)
}

// Option is an option as a person fills it in.
type Option struct {
	Name  string
	Value any
}

// Opt is an option with a string, a bool, an int, a float64 or an *Attachment.
func Opt(name string, value any) Option { return Option{name, value} }

// Ask uses a chat command, "ask" or with its subcommand "archive add". Where the bot
// has registered commands, it must be one of them, with options that it has and all
// that it requires; else the test is at fault.
// default_member_permissions stop nobody, for a server's admins may override them.
func (d *Discord) Ask(u *User, c *Channel, command string, options ...Option) *Interaction {
	d.t.Helper()
	return d.command(interactionCommand, u, c, command, options, "")
}

// Autocomplete types into an option of a chat command.
func (d *Discord) Autocomplete(u *User, c *Channel, command, option, typed string, others ...Option) *Interaction {
	d.t.Helper()
	return d.command(interactionAutocomplete, u, c, command, append(others, Opt(option, typed)), option)
}

func (d *Discord) command(kind int, u *User, c *Channel, command string, options []Option, focused string) *Interaction {
	d.t.Helper()
	path := strings.Fields(command)
	d.mu.Lock()
	id, problem := d.usable(c, path, CommandChat, options, focused)
	d.mu.Unlock()
	if problem != "" {
		d.t.Errorf("/%s: %s", command, problem)
	}
	list, attachments := filledIn(options, focused)
	for n, kind := len(path)-1, optionSubcommand; n > 0; n, kind = n-1, optionSubcommandGroup {
		list = []object{{"name": path[n], "type": kind, "options": list}}
	}
	data := object{"id": id, "name": path[0], "type": CommandChat, "options": list}
	if len(attachments) > 0 {
		data["resolved"] = object{"attachments": attachments}
	}
	return d.interact(kind, "/"+command, u, c, data, nil)
}

// filledIn are options as an interaction carries them, and their attachments.
func filledIn(options []Option, focused string) (list []object, attachments object) {
	list, attachments = []object{}, object{}
	for _, o := range options {
		filled := object{"name": o.Name, "type": optionType(o.Value), "value": o.Value}
		if a, ok := o.Value.(*Attachment); ok {
			filled["value"], attachments[a.ID] = a.ID, a.object()
		}
		if o.Name == focused {
			filled["focused"] = true
		}
		list = append(list, filled)
	}
	return list, attachments
}

func optionType(value any) int {
	switch value.(type) {
	case int, int64:
		return optionInteger
	case bool:
		return optionBoolean
	case float64:
		return optionNumber
	case *Attachment:
		return optionAttachment
	}
	return optionString
}

// usable is the id of a command as a person finds it in the channel, and why it
// can't be used so; its path is its name with those of its subcommand. Before any
// command is registered all are usable; d.mu is held.
func (d *Discord) usable(c *Channel, path []string, kind int, options []Option, focused string) (string, string) {
	name := path[0]
	all, any := d.registered("", name), len(d.commands[""]) > 0
	if c.Guild != nil {
		all, any = append(d.registered(c.Guild.ID, name), all...), any || len(d.commands[c.Guild.ID]) > 0
	}
	if !any {
		return d.newID(), ""
	}
	at := slices.IndexFunc(all, func(r Command) bool { return r.Name == name && r.Type == kind })
	if at < 0 {
		return d.newID(), "no such command is registered here"
	}
	if c.Guild == nil && all[at].Contexts != nil && !slices.Contains(all[at].Contexts, 1) {
		return all[at].ID, "its contexts leave out direct messages with the bot"
	}
	return all[at].ID, unfit(all[at].Options, path[1:], options, focused)
}

// unfit says why a command that has some options can't be sent with these; "" if it
// can.
func unfit(has []CommandOption, path []string, options []Option, focused string) string {
	at := slices.IndexFunc(has, func(o CommandOption) bool { return o.isPart() && len(path) > 0 && o.Name == path[0] })
	switch {
	case at >= 0:
		return unfit(has[at].Options, path[1:], options, focused)
	case len(path) > 0:
		return fmt.Sprintf("it has no subcommand %q", path[0])
	case len(has) > 0 && has[0].isPart():
		return "it can only be used with one of its subcommands"
	}
	given := map[string]bool{}
	for _, o := range options {
		at := slices.IndexFunc(has, func(known CommandOption) bool { return known.Name == o.Name })
		switch {
		case at < 0:
			return fmt.Sprintf("it has no option %q", o.Name)
		case o.Name == focused && !has[at].Autocomplete:
			return fmt.Sprintf("the option %q has no autocomplete", o.Name)
		case o.Name != focused && optionType(o.Value) != has[at].Type:
			return fmt.Sprintf("the option %q is of type %d, not %d", o.Name, has[at].Type, optionType(o.Value))
		case !has[at].holds(o.Value):
			return fmt.Sprintf("the option %q takes no text of such a length", o.Name)
		}
		given[o.Name] = true
	}
	for _, o := range has {
		if o.Required && !given[o.Name] && focused == "" {
			return fmt.Sprintf("it requires the option %q", o.Name)
		}
	}
	return ""
}

// holds reports whether a value is of a length that the option takes.
func (o CommandOption) holds(value any) bool {
	text, ok := value.(string)
	n := utf8.RuneCountInString(text)
	return !ok || (o.MinLength == nil || n >= *o.MinLength) && (o.MaxLength == nil || n <= *o.MaxLength)
}

// MessageCommand uses a message command on a message, whose content the bot gets
// to see.
func (d *Discord) MessageCommand(u *User, command string, target Message) *Interaction {
	d.t.Helper()
	d.mu.Lock()
	s := d.messages[target.ID]
	if s == nil {
		d.mu.Unlock()
		d.t.Fatalf("%s: there is no message %q", command, target.ID)
		return nil
	}
	id, problem := d.usable(s.channel, []string{command}, CommandMessage, nil, "")
	message := s.copy()
	if s.hiddenFrom(u) {
		problem = "the message can't be seen"
	}
	d.mu.Unlock()
	if problem != "" {
		d.t.Errorf("%s: %s", command, problem)
	}
	return d.interact(interactionCommand, command, u, s.channel, object{
		"id": id, "name": command, "type": CommandMessage, "target_id": target.ID,
		"resolved": object{"messages": object{target.ID: message}},
	}, nil)
}

// Button presses the button with this custom_id.
func (d *Discord) Button(u *User, m Message, customID string) *Interaction {
	d.t.Helper()
	return d.component(u, m, customID, ComponentButton, nil)
}

// Select chooses values in the select menu with this custom_id.
func (d *Discord) Select(u *User, m Message, customID string, values ...string) *Interaction {
	d.t.Helper()
	return d.component(u, m, customID, ComponentSelect, values)
}

func (d *Discord) component(u *User, m Message, customID string, kind int, values []string) *Interaction {
	d.t.Helper()
	d.mu.Lock()
	s := d.messages[m.ID]
	if s == nil {
		d.mu.Unlock()
		d.t.Fatalf("pressing %q: there is no message %q", customID, m.ID)
		return nil
	}
	now, message, hidden := s.message(), s.copy(), s.hiddenFrom(u)
	d.mu.Unlock()
	at := slices.IndexFunc(now.Parts(), func(c Component) bool { return c.Type == kind && c.CustomID == customID })
	if hidden || at < 0 || now.Parts()[at].Disabled {
		d.t.Errorf("there is no component %q that %s can use", customID, u.Name)
	}
	data := object{"component_type": kind, "custom_id": customID, "id": at + 1}
	if kind != ComponentButton {
		data["values"] = values
	}
	return d.interact(interactionComponent, "the component "+customID, u, s.channel, data, object{"message": message})
}

// Modal is what the bot asked for with a modal.
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// ModalSubmit fills in the modal that answered an interaction and sends it.
func (d *Discord) ModalSubmit(shown *Interaction, fields map[string]string) *Interaction {
	d.t.Helper()
	modal := shown.Modal()
	if modal.CustomID == "" {
		d.t.Errorf("%v was not answered with a modal", shown)
	}
	var rows []object
	for _, c := range modal.Components {
		rows = append(rows, filled(c, fields))
	}
	data := object{"custom_id": modal.CustomID, "components": rows}
	d.mu.Lock()
	extra := object{}
	if shown.original != nil {
		extra["message"] = shown.original.copy()
	}
	d.mu.Unlock()
	return d.interact(interactionModal, "the modal "+modal.CustomID, shown.User, shown.Channel, data, extra)
}

// filled is a component of a modal with what was typed into it.
func filled(c Component, fields map[string]string) object {
	o := object{"type": c.Type}
	switch {
	case c.Component != nil:
		o["component"] = filled(*c.Component, fields)
	case len(c.Components) > 0:
		var inside []object
		for _, part := range c.Components {
			inside = append(inside, filled(part, fields))
		}
		o["components"] = inside
	default:
		o["custom_id"], o["value"] = c.CustomID, fields[c.CustomID]
	}
	return o
}

// interact makes an interaction and sends its event.
func (d *Discord) interact(kind int, name string, u *User, c *Channel, data, extra object) *Interaction {
	d.mu.Lock()
	i := &Interaction{
		ID: d.newID(), User: u, Channel: c, d: d, kind: kind, name: name, faultChange: d.faultChange,
	}
	i.Token = "interaction-token-" + strings.Repeat(i.ID, 8)
	i.event = d.interactionEvent(i, data)
	maps.Copy(i.event, extra)
	if message, ok := extra["message"].(object); ok {
		id, _ := message["id"].(string)
		i.original = d.messages[id]
	}
	d.interactions[i.ID], d.byToken[i.Token] = i, i
	i.asked = time.Now()
	d.mu.Unlock()
	delivered := d.dispatch("INTERACTION_CREATE", i.event, i.event, 0, c.Guild)
	d.mu.Lock()
	i.delivered = delivered
	d.mu.Unlock()
	return i
}

// interactionEvent is INTERACTION_CREATE's body; d.mu is held.
func (d *Discord) interactionEvent(i *Interaction, data object) object {
	event := object{
		"id": i.ID, "application_id": d.bot.ID, "type": i.kind, "token": i.Token, "version": 1, "data": data,
		"channel_id": i.Channel.ID, "channel": i.Channel.object(), "locale": i.User.locale(), "entitlements": []object{},
		"app_permissions": fmt.Sprint(permissionsOfAll), "attachment_size_limit": 10 << 20,
	}
	g := i.Channel.Guild
	if g == nil {
		event["user"], event["context"] = i.User.object(), 1
		event["authorizing_integration_owners"] = object{"0": "0"}
		return event
	}
	member := object{"user": i.User.object(), "permissions": "0"}
	if m := g.member(i.User.ID); m != nil {
		member = m.object()
		member["permissions"] = fmt.Sprint(m.Permissions)
	}
	event["member"], event["context"], event["guild_id"] = member, 0, g.ID
	event["guild"] = object{"id": g.ID, "locale": g.Locale, "features": []string{}}
	event["guild_locale"] = g.Locale
	event["authorizing_integration_owners"] = object{"0": g.ID}
	return event
}

func (u *User) locale() string {
	if u.Locale == "" {
		return "en-US"
	}
	return u.Locale
}

// Repeat sends an interaction's event once more, as Discord sometimes does.
func (d *Discord) Repeat(i *Interaction) {
	d.dispatch("INTERACTION_CREATE", i.event, i.event, 0, i.Channel.Guild)
}

// Raw sends an event with any body at all, a malformed one too: "null", `{"id":7}`.
func (d *Discord) Raw(event, body string) {
	d.dispatch(event, rawBody(body), rawBody(body), 0, nil)
}

// RawFrame sends bytes on every connection, JSON or not.
func (d *Discord) RawFrame(frame []byte) {
	for _, c := range d.liveConns() {
		c.writeRaw(frame)
	}
}

// rawBody is a body that is sent as it is.
type rawBody string

// MarshalJSON gives the bytes as they are; where they aren't JSON, the encoder
// refuses them and session.emit writes the event by hand.
func (r rawBody) MarshalJSON() ([]byte, error) { return []byte(r), nil }
