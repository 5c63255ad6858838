package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

var update = flag.Bool("update", false, "write golden files anew")

// What each call puts on the wire, whatever it was given: testdata/bodies.txt.
func TestBodies(t *testing.T) {
	t.Parallel()
	everyone := &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{discordgo.AllowedMentionTypeEveryone}, Users: []string{"3"}}
	row := []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{discordgo.Button{Label: "More", CustomID: "more", Style: discordgo.PrimaryButton}}}}
	display := []discordgo.MessageComponent{discordgo.TextDisplay{Content: "It stands in paragraph 3."}}
	embeds := []*discordgo.MessageEmbed{{Title: "Marnock Lantern", Description: "@everyone “Quite so”"}}
	respond := func(kind discordgo.InteractionResponseType, data *discordgo.InteractionResponseData) func(context.Context, *Client) error {
		return func(ctx context.Context, c *Client) error {
			return c.Respond(ctx, asked(), &discordgo.InteractionResponse{Type: kind, Data: data})
		}
	}
	edit := func(e *Edit) func(context.Context, *Client) error {
		return func(ctx context.Context, c *Client) error { _, err := c.Edit(ctx, asked(), e); return err }
	}
	message := func(m *discordgo.MessageSend) func(context.Context, *Client) error {
		return func(ctx context.Context, c *Client) error { _, err := c.Send(ctx, "9", "m-8", m); return err }
	}
	const message4, update7 = discordgo.InteractionResponseChannelMessageWithSource, discordgo.InteractionResponseUpdateMessage
	tests := []struct {
		name string
		call func(context.Context, *Client) error
	}{
		{"message, nothing said of mentions", message(&discordgo.MessageSend{Content: "@everyone"})},
		{"message, the zero value of mentions", message(&discordgo.MessageSend{Content: "@everyone", AllowedMentions: &discordgo.MessageAllowedMentions{}})},
		{"message, everyone", message(&discordgo.MessageSend{Embeds: embeds, AllowedMentions: everyone})},
		{"reply that pings its author", message(&discordgo.MessageSend{
			Content: "Yes.", Reference: &discordgo.MessageReference{MessageID: "8"}, AllowedMentions: &discordgo.MessageAllowedMentions{RepliedUser: true},
		})},
		{"message with a secret", message(&discordgo.MessageSend{Content: "failed: " + canaryToken})},
		{"response", respond(message4, &discordgo.InteractionResponseData{Content: "@everyone", Components: row})},
		{"response, everyone", respond(message4, &discordgo.InteractionResponseData{Embeds: embeds, AllowedMentions: everyone})},
		{"response of components", respond(message4, &discordgo.InteractionResponseData{Components: display, Flags: componentsV2})},
		{"update, which clears the text", respond(update7, &discordgo.InteractionResponseData{Embeds: embeds, AllowedMentions: everyone})},
		{"update of components", respond(update7, &discordgo.InteractionResponseData{Components: display, Embeds: []*discordgo.MessageEmbed{}, Flags: componentsV2})},
		{"defer", func(ctx context.Context, c *Client) error { return c.Defer(ctx, asked(), false) }},
		{"defer, ephemeral", func(ctx context.Context, c *Client) error { return c.Defer(ctx, asked(), true) }},
		{"defer an update", func(ctx context.Context, c *Client) error { return c.DeferUpdate(ctx, asked()) }},
		{"no choices", func(ctx context.Context, c *Client) error { return c.Autocomplete(ctx, asked(), nil) }},
		{"no choices, by Respond", respond(discordgo.InteractionApplicationCommandAutocompleteResult, nil)},
		{"a choice", func(ctx context.Context, c *Client) error {
			return c.Autocomplete(ctx, asked(), []*discordgo.ApplicationCommandOptionChoice{{Name: "Nina Ambledown", Value: "nina"}})
		}},
		{"modal", func(ctx context.Context, c *Client) error {
			return c.Modal(ctx, asked(), &discordgo.InteractionResponseData{CustomID: "narrow", Title: "Narrow down", Components: row})
		}},
		{"edit", edit(content("@everyone"))},
		{"edit, everyone", edit(&Edit{WebhookEdit: discordgo.WebhookEdit{Embeds: &embeds, AllowedMentions: everyone}})},
		{"edit into components", edit(&Edit{WebhookEdit: discordgo.WebhookEdit{Components: &display}, Flags: componentsV2})},
		{"edit of a message", func(ctx context.Context, c *Client) error {
			_, err := c.EditMessage(ctx, discordgo.NewMessageEdit("9", "8").SetContent("@everyone"))
			return err
		}},
	}
	var got strings.Builder
	for _, test := range tests {
		f := newFake(t)
		f.on("*", func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			_, _ = fmt.Fprintf(&got, "-- %s --\n%s %s\n%s\n", test.name, r.Method, strings.ReplaceAll(r.URL.RequestURI(), canaryRandom, "TOKEN"), body)
			_, _ = io.WriteString(w, `{"id":"10"}`)
		})
		if err := test.call(t.Context(), f.gateway(Handlers{}).Client()); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	golden(t, "testdata/bodies.txt", got.String())
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal([]byte(got), want) {
		t.Errorf("%s differs (run with -update and look at the diff). Got:\n%s", file, got)
	}
}

func TestRegisterCommands(t *testing.T) {
	t.Parallel()
	admins := int64(discordgo.PermissionManageGuild)
	contexts := []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM}
	commands := []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask what somebody said", Contexts: &contexts, Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "The question", Required: true},
		}},
		{Name: "reindex", Description: "Read the archive again", DefaultMemberPermissions: &admins},
		{Name: "Check quotes", Type: discordgo.MessageApplicationCommand},
	}
	// As Discord lists them: in an order of its own, with ids and defaults.
	const same = `[
		{"id":"1","application_id":"77","version":"5","type":3,"name":"Check quotes","description":"","options":null,"nsfw":false,"contexts":null,"integration_types":[0],"default_member_permissions":null,"name_localizations":null},
		{"id":"2","application_id":"77","version":"6","type":1,"name":"ask","description":"Ask what somebody said","nsfw":false,"contexts":[0,1],"integration_types":[0,1],
			"options":[{"type":3,"name":"question","name_localizations":null,"description":"The question","required":true}]},
		{"id":"3","application_id":"77","version":"7","type":1,"name":"reindex","description":"Read the archive again","default_member_permissions":"32","dm_permission":true}]`
	tests := []struct {
		name, there string
		changed     bool
	}{
		{"the same", same, false},
		{"none", `[]`, true},
		{"another description", strings.Replace(same, "The question", "Your question", 1), true},
		{"an option is no longer required", strings.Replace(same, `"required":true`, `"required":false`, 1), true},
		{"other contexts", strings.Replace(same, "[0,1],\"int", "[0],\"int", 1), true},
		{"everybody may reindex", strings.Replace(same, `"32"`, "null", 1), true},
		{"a localisation that is gone", strings.Replace(same, `"name_localizations":null}`, `"name_localizations":{"de":"Zitate prüfen"}}`, 1), true},
		{"another type", strings.Replace(same, `"type":3,"name":"Check`, `"type":2,"name":"Check`, 1), true},
	}
	for _, test := range tests {
		for guild, base := range map[string]string{"": "/applications/77/commands", "5": "/applications/77/guilds/5/commands"} {
			t.Run(test.name+" "+guild, func(t *testing.T) {
				t.Parallel()
				f := newFake(t)
				var put []map[string]any
				f.on("GET "+base, status(200, test.there))
				f.on("PUT "+base, func(w http.ResponseWriter, r *http.Request) {
					if err := json.NewDecoder(r.Body).Decode(&put); err != nil {
						t.Error(err)
					}
					_, _ = io.WriteString(w, "[]")
				})
				o := f.options(Handlers{})
				o.GuildID = guild
				changed, err := f.newGateway(o).Client().RegisterCommands(t.Context(), commands)
				if err != nil || changed != test.changed {
					t.Errorf("changed %v, %v", changed, err)
				}
				if test.changed && (len(put) != 3 || put[1]["default_member_permissions"] != "32") {
					t.Errorf("put %v", put)
				}
				if !test.changed && put != nil {
					t.Errorf("put %v", put)
				}
			})
		}
	}
}
