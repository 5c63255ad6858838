package gateway

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"reflect"

	"github.com/bwmarrin/discordgo"
)

// This file registers commands, when those that Discord has differ.

// RegisterCommands makes the bot's commands those given: in the server of
// DISCORD_GUILD_ID at once, or everywhere if that is not set. It reports whether
// they differed and were written.
func (c *Client) RegisterCommands(ctx context.Context, commands []*discordgo.ApplicationCommand) (changed bool, err error) {
	app, err := c.ApplicationID(ctx)
	if err != nil {
		return false, err
	}
	r := request{method: http.MethodGet, route: "/applications/{app}/commands", path: "/applications/" + url.PathEscape(app), auth: true}
	if c.opts.GuildID != "" {
		r.route = "/applications/{app}/guilds/{guild}/commands"
		r.path += "/guilds/" + url.PathEscape(c.opts.GuildID)
	}
	r.path += "/commands"
	wanted, err := asObjects(commands)
	if err != nil {
		return false, err
	}
	same, err := c.registered(ctx, r, wanted)
	if err != nil || same {
		return false, err
	}
	r.method, r.body = http.MethodPut, wanted
	if err := c.do(ctx, r, nil); err != nil {
		return false, fmt.Errorf("registering %d commands: %w", len(commands), err)
	}
	return true, nil
}

// registered reports whether Discord has these commands already.
func (c *Client) registered(ctx context.Context, r request, wanted []map[string]any) (bool, error) {
	r.path += "?with_localizations=true"
	var there []map[string]any
	if err := c.do(ctx, r, &there); err != nil {
		return false, fmt.Errorf("asking which commands are registered: %w", err)
	}
	if len(there) != len(wanted) {
		return false, nil
	}
	byName := map[string]map[string]any{}
	for _, command := range there {
		byName[commandKey(command)] = command
	}
	for _, command := range wanted {
		other, ok := byName[commandKey(command)]
		if !ok || !sameCommand(command, other) {
			return false, nil
		}
	}
	return true, nil
}

// asObjects returns the commands as JSON objects without nulls.
func asObjects(commands []*discordgo.ApplicationCommand) ([]map[string]any, error) {
	raw, err := json.Marshal(commands)
	if err != nil {
		return nil, fmt.Errorf("encoding the commands: %w", err)
	}
	objects := []map[string]any{}
	if err := json.Unmarshal(raw, &objects); err != nil {
		return nil, fmt.Errorf("encoding the commands: %w", err)
	}
	for _, o := range objects {
		dropNulls(o)
	}
	return objects, nil
}

// commandKey is what makes a command one: two may share a name if their types
// differ. The type left out is a chat command's.
func commandKey(command map[string]any) string {
	kind, ok := command["type"].(float64)
	if !ok {
		kind = float64(discordgo.ChatApplicationCommand)
	}
	return fmt.Sprint(kind, command["name"])
}

// decided are the fields that Discord fills in where the bot leaves them out.
var decided = []string{"contexts", "integration_types"}

// ours are the fields of a command that the bot may set.
var ours = []string{
	"name", "name_localizations", "description", "description_localizations", "options",
	"default_member_permissions", "nsfw", "contexts", "integration_types",
}

// sameCommand compares what the bot may set; what is empty is as if left out.
func sameCommand(wanted, there map[string]any) bool {
	a, b := significant(wanted), significant(there)
	for _, key := range decided {
		if _, ok := a[key]; !ok {
			delete(b, key)
		}
	}
	return reflect.DeepEqual(a, b)
}

func significant(command map[string]any) map[string]any {
	out := map[string]any{}
	for _, key := range ours {
		if v := withoutEmpty(command[key]); v != nil {
			out[key] = v
		}
	}
	return out
}

// withoutEmpty returns a copy without what says nothing, nil if that is all.
func withoutEmpty(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, inside := range v {
			if inside = withoutEmpty(inside); inside != nil {
				out[k] = inside
			}
		}
		if len(out) > 0 {
			return out
		}
		return nil
	case []any:
		var out []any
		for _, inside := range v {
			out = append(out, withoutEmpty(inside))
		}
		if len(out) > 0 {
			return out
		}
		return nil
	case bool:
		if !v {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	}
	return v
}
