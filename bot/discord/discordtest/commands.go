// Application commands over REST, and what is registered.

package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Types of commands.
const (
	CommandChat    = 1
	CommandUser    = 2
	CommandMessage = 3
)

// Command is a command as it is registered.
type Command struct {
	ID                       string            `json:"id"`
	GuildID                  string            `json:"guild_id"`
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []CommandOption   `json:"options"`
	Permissions              *string           `json:"default_member_permissions"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types"`
}

// CommandOption is an option of a command.
type CommandOption struct {
	Type                     int               `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Required                 bool              `json:"required"`
	Autocomplete             bool              `json:"autocomplete"`
	Choices                  []Choice          `json:"choices"`
	MinLength                *int              `json:"min_length"`
	MaxLength                *int              `json:"max_length"`
	Options                  []CommandOption   `json:"options"`
}

// Choice is a choice of an option, or of an autocomplete's answer.
type Choice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations"`
	Value             any               `json:"value"`
}

// Commands are the registered ones: of a guild, or the global ones if it is nil.
func (d *Discord) Commands(g *Guild) []Command {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.registered(scopeOf(g), "")
}

// WaitCommand waits until a command of this name is registered, in the guild or,
// if it is nil, globally.
func (d *Discord) WaitCommand(g *Guild, name string, timeout time.Duration) Command {
	d.t.Helper()
	var found Command
	if !d.wait(timeout, func() bool {
		for _, c := range d.registered(scopeOf(g), name) {
			found = c
		}
		return found.ID != ""
	}) {
		d.t.Errorf("the command %q was not registered within %v", name, timeout)
	}
	return found
}

func scopeOf(g *Guild) string {
	if g == nil {
		return ""
	}
	return g.ID
}

// registered are a scope's commands of a name, all if that is ""; d.mu is held.
func (d *Discord) registered(scope, name string) []Command {
	var all []Command
	for _, o := range d.commands[scope] {
		var c Command
		if name != "" && o["name"] != name {
			continue // to decode one costs as much as to send its event
		}
		if data, err := json.Marshal(o); err == nil && json.Unmarshal(data, &c) == nil {
			all = append(all, c)
		}
	}
	return all
}

// scope is the guild id in the path, "" for global commands.
func (d *Discord) scope(c *call) (string, reply, bool) {
	id := c.value("guild_id")
	if c.value("application_id") != d.bot.ID {
		d.violate(RuleUnknown, "application %q", c.value("application_id"))
		return "", fail(http.StatusNotFound, codeUnknownApplication, "Unknown Application"), false
	}
	if id != "" && d.guild(id) == nil {
		return "", fail(http.StatusForbidden, codeMissingAccess, "Missing Access"), false
	}
	return id, reply{}, true
}

func (d *Discord) getCommands(c *call) reply {
	scope, refused, known := d.scope(c)
	if !known {
		return refused
	}
	return ok(append([]object{}, d.commands[scope]...))
}

func (d *Discord) putCommands(c *call) reply {
	scope, refused, known := d.scope(c)
	if !known {
		return refused
	}
	var bodies []object
	if err := c.read(&bodies); err != nil {
		return d.invalid(c, RuleBody, "body", "%v", err)
	}
	var commands []Command
	_ = c.read(&commands) // of the wrong type in places: the schema says so
	if faults := setFaults(commands, scope); len(faults) > 0 {
		return d.refuseCommands(c, faults)
	}
	registered := []object{}
	for _, body := range bodies {
		registered = append(registered, d.completeCommand(scope, body))
	}
	d.commands[scope] = registered
	return ok(registered)
}

func (d *Discord) postCommand(c *call) reply {
	scope, refused, known := d.scope(c)
	if !known {
		return refused
	}
	var body object
	var command Command
	if err := c.read(&body); err != nil {
		return d.invalid(c, RuleBody, "body", "%v", err)
	}
	_ = c.read(&command)
	if faults := commandFaults(command, scope); len(faults) > 0 {
		return d.refuseCommands(c, faults)
	}
	made := d.completeCommand(scope, body)
	at := slices.IndexFunc(d.commands[scope], func(o object) bool { return o["id"] == made["id"] })
	if at >= 0 {
		d.commands[scope][at] = made
		return ok(made)
	}
	d.commands[scope] = append(d.commands[scope], made)
	return reply{http.StatusCreated, made}
}

func (d *Discord) deleteCommand(c *call) reply {
	scope, refused, known := d.scope(c)
	if !known {
		return refused
	}
	before := len(d.commands[scope])
	d.commands[scope] = slices.DeleteFunc(d.commands[scope], func(o object) bool { return o["id"] == c.value("command_id") })
	if len(d.commands[scope]) == before {
		d.violate(RuleUnknown, "command %q", c.value("command_id"))
		return fail(http.StatusNotFound, codeUnknownCommand, "Unknown application command")
	}
	return reply{http.StatusNoContent, nil}
}

// completeCommand completes a command as Discord does; one of the same name and type
// keeps its id.
func (d *Discord) completeCommand(scope string, body object) object {
	made, _ := withoutNulls(body).(object)
	setDefault(made, "type", float64(CommandChat))
	setDefault(made, "description", "")
	setDefault(made, "default_member_permissions", nil)
	if number, isNumber := made["default_member_permissions"].(float64); isNumber {
		made["default_member_permissions"] = fmt.Sprintf("%.0f", number)
	}
	made["id"], made["application_id"], made["version"] = d.newID(), d.bot.ID, d.newID()
	if scope != "" {
		made["guild_id"] = scope
	}
	for _, old := range d.commands[scope] {
		if old["name"] == made["name"] && old["type"] == made["type"] {
			made["id"] = old["id"]
		}
	}
	return made
}

func (d *Discord) refuseCommands(c *call, faults []fault) reply {
	var fields []string
	for _, f := range faults {
		d.violate(f.rule, "%s: %s", f.field, f.what)
		fields = append(fields, f.field+": "+f.what)
	}
	return reply{http.StatusBadRequest, object{
		"message": "Invalid Form Body", "code": codeInvalidForm,
		"errors": object{"_errors": []object{{"code": "APPLICATION_COMMANDS", "message": strings.Join(fields, "; ")}}},
	}}
}
