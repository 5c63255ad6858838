// Every rule that all requests have in common, broken once on purpose.

package discordtest_test

import (
	"net/http"
	"testing"

	"onrecord/bot/discord/discordtest"
)

// TestRequestRules breaks what all requests have in common.
func TestRequestRules(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	path := "/channels/" + d.Channel.ID + "/messages"
	said := d.Say(d.User, d.Channel, "hello")
	d.Expect(discordtest.RuleUserAgent, discordtest.RuleEndpoint, discordtest.RuleBody, discordtest.RuleUnknown, discordtest.RuleOwnMessage)
	agent := http.Header{"User-Agent": {"DiscordBot (https://example.org, 1)"}}
	if got := restAs(t, d, "GET", "/users/@me", "", agent); got.status != http.StatusUnauthorized {
		t.Errorf("without a token: %d", got.status)
	}
	if d.Invalid() != 1 {
		t.Errorf("%d invalid requests counted", d.Invalid())
	}
	if got := restAs(t, d, "GET", "/users/@me", "", http.Header{"Authorization": {"Bot " + d.Token()}}); got.status != http.StatusOK {
		t.Errorf("without a user agent: %d", got.status)
	}
	for _, test := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/users/@you", "", 404},
		{"POST", path, `{"content":`, 400},
		{"GET", "/channels/1", "", 404},
		{"PATCH", path + "/" + said.ID, `{"content":"mine"}`, 403},
		{"GET", path + "/" + said.ID, "", 200},
		{"GET", path + "?limit=1", "", 200},
		{"GET", "/guilds/" + d.Guild.ID, "", 200},
		{"GET", "/guilds/" + d.Guild.ID + "/members/" + d.User.ID, "", 200},
		{"GET", "/channels/" + d.Channel.ID, "", 200},
		{"POST", "/users/@me/channels", `{"recipient_id":"` + d.User.ID + `"}`, 200},
		{"GET", "/applications/@me", "", 200},
		{"GET", "/gateway/bot", "", 200},
	} {
		if got := rest(t, d, test.method, test.path, test.body); got.status != test.status {
			t.Errorf("%s %s: %d %s", test.method, test.path, got.status, got.body)
		}
	}
}

// TestSchema notices what only Discord's own file knows: here, the type of a colour.
func TestSchema(t *testing.T) {
	t.Parallel()
	if !discordtest.SchemaAtHand() {
		t.Skip("no ../shared/discord-openapi.json beside the project")
	}
	d := discordtest.New(t, discordtest.Options{})
	d.Expect(discordtest.RuleSchema)
	body := `{` + safe + `,"embeds":[{"title":"t","color":"red"}]}`
	if got := rest(t, d, "POST", "/channels/"+d.Channel.ID+"/messages", body); got.status != http.StatusBadRequest {
		t.Errorf("got %d %s", got.status, got.body)
	}
}

// TestNonce sends one message twice, which makes one message.
func TestNonce(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	path, body := "/channels/"+d.Channel.ID+"/messages", `{"content":"x","nonce":"n1","enforce_nonce":true,`+safe+`}`
	first, second := rest(t, d, "POST", path, body), rest(t, d, "POST", path, body)
	if first.id != second.id || len(d.Sent(d.Channel)) != 1 {
		t.Errorf("ids %s and %s, %d messages", first.id, second.id, len(d.Sent(d.Channel)))
	}
}
