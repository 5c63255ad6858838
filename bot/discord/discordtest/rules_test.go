// Every rule for REST, broken once on purpose.

package discordtest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
)

const safe = `"allowed_mentions":{"parse":[]}`

// button is a button in JSON.
func button(id, label string) string {
	return fmt.Sprintf(`{"type":2,"style":1,"custom_id":%q,"label":%q}`, id, label)
}

// row is a row of components in JSON.
func row(inside ...string) string {
	return `{"type":1,"components":[` + strings.Join(inside, ",") + `]}`
}

// times repeats something n times, with commas between.
func times(n int, thing func(int) string) string {
	var all []string
	for i := range n {
		all = append(all, thing(i))
	}
	return strings.Join(all, ",")
}

// TestMessageRules sends messages that Discord would refuse, and one after each that
// it takes.
func TestMessageRules(t *testing.T) {
	t.Parallel()
	buttons := func(i int) string { return button(fmt.Sprint("b", i), "go") }
	rows := func(i int) string { return row(button(fmt.Sprint("r", i), "go")) }
	field := func(int) string { return `{"name":"n","value":"v"}` }
	text := func(n int) func(int) string {
		return func(int) string { return fmt.Sprintf(`{"type":10,"content":%q}`, long(n)) }
	}
	option := func(i int) string { return fmt.Sprintf(`{"label":"l","value":"v%d"}`, i) }
	menu := func(n int) string {
		return row(`{"type":3,"custom_id":"m","options":[` + times(n, option) + `]}`)
	}
	for _, test := range []struct {
		name string
		rule discordtest.Rule
		bad  string
		good string
	}{
		{"content", discordtest.RuleContent, `"content":"` + long(2001) + `"`, `"content":"` + long(2000) + `"`},
		{"empty", discordtest.RuleContent, `"content":""`, `"content":"x"`},
		{"ten embeds", discordtest.RuleEmbed, `"embeds":[` + times(11, func(int) string { return `{"title":"t"}` }) + `]`, `"embeds":[` + times(10, func(int) string { return `{"title":"t"}` }) + `]`},
		{"embed title", discordtest.RuleEmbed, `"embeds":[{"title":"` + long(257) + `"}]`, `"embeds":[{"title":"` + long(256) + `"}]`},
		{"embed description", discordtest.RuleEmbed, `"embeds":[{"description":"` + long(4097) + `"}]`, `"embeds":[{"description":"` + long(4096) + `"}]`},
		{"embed footer", discordtest.RuleEmbed, `"embeds":[{"footer":{"text":"` + long(2049) + `"}}]`, `"embeds":[{"footer":{"text":"` + long(2048) + `"}}]`},
		{"embed fields", discordtest.RuleEmbed, `"embeds":[{"fields":[` + times(26, field) + `]}]`, `"embeds":[{"fields":[` + times(25, field) + `]}]`},
		{"field name", discordtest.RuleEmbed, `"embeds":[{"fields":[{"name":"` + long(257) + `","value":"v"}]}]`, `"embeds":[{"fields":[{"name":"` + long(256) + `","value":"v"}]}]`},
		{"field value", discordtest.RuleEmbed, `"embeds":[{"fields":[{"name":"n","value":"` + long(1025) + `"}]}]`, `"embeds":[{"fields":[{"name":"n","value":"` + long(1024) + `"}]}]`},
		{"empty field", discordtest.RuleEmbed, `"embeds":[{"fields":[{"name":"n","value":""}]}]`, `"embeds":[{"fields":[{"name":"n","value":"v"}]}]`},
		{"all embeds", discordtest.RuleEmbed, `"embeds":[{"description":"` + long(3001) + `"},{"description":"` + long(3000) + `"}]`, `"embeds":[{"description":"` + long(3000) + `"},{"description":"` + long(3000) + `"}]`},
		{"embed link", discordtest.RuleEmbed, `"embeds":[{"title":"t","url":"ftp://lantern.example"}]`, `"embeds":[{"title":"t","url":"https://lantern.example"}]`},
		{"rows", discordtest.RuleComponents, `"components":[` + times(6, rows) + `]`, `"components":[` + times(5, rows) + `]`},
		{"buttons of a row", discordtest.RuleComponents, `"components":[` + row(times(6, buttons)) + `]`, `"components":[` + row(times(5, buttons)) + `]`},
		{"custom_id", discordtest.RuleComponents, `"components":[` + row(button(strings.Repeat("a", 101), "go")) + `]`, `"components":[` + row(button(strings.Repeat("a", 100), "go")) + `]`},
		{"custom_id twice", discordtest.RuleComponents, `"components":[` + row(button("a", "go"), button("a", "stay")) + `]`, `"components":[` + row(button("a", "go"), button("b", "stay")) + `]`},
		{"label", discordtest.RuleComponents, `"components":[` + row(button("a", long(81))) + `]`, `"components":[` + row(button("a", long(80))) + `]`},
		{"link button", discordtest.RuleComponents, `"components":[` + row(`{"type":2,"style":5,"label":"l","url":"https://lantern.example/`+strings.Repeat("a", 500)+`"}`) + `]`, `"components":[` + row(`{"type":2,"style":5,"label":"l","url":"https://lantern.example/a"}`) + `]`},
		{"select", discordtest.RuleComponents, `"components":[` + menu(26) + `]`, `"components":[` + menu(25) + `]`},
		{"V2 without the flag", discordtest.RuleComponentsV2, `"components":[` + text(1)(0) + `]`, `"flags":32768,"components":[` + text(1)(0) + `]`},
		{"V2 with content", discordtest.RuleComponentsV2, `"content":"x","flags":32768,"components":[` + text(1)(0) + `]`, `"flags":32768,"components":[` + row(button("a", "go")) + `]`},
		{"V2 components", discordtest.RuleComponentsV2, `"flags":32768,"components":[` + times(41, text(1)) + `]`, `"flags":32768,"components":[` + times(40, text(1)) + `]`},
		{"V2 text", discordtest.RuleComponentsV2, `"flags":32768,"components":[` + times(2, text(2001)) + `]`, `"flags":32768,"components":[` + times(2, text(2000)) + `]`},
		{"V2 section", discordtest.RuleComponentsV2, `"flags":32768,"components":[{"type":9,"components":[` + times(4, text(1)) + `],"accessory":` + button("a", "go") + `}]`, `"flags":32768,"components":[{"type":17,"components":[{"type":9,"components":[` + times(3, text(1)) + `],"accessory":` + button("a", "go") + `},{"type":14}]}]`},
		{"flags", discordtest.RuleFlags, `"content":"x","flags":64`, `"content":"x","flags":4`},
		{"nonce", discordtest.RuleNonce, `"content":"x","nonce":"` + strings.Repeat("n", 26) + `"`, `"content":"x","nonce":"` + strings.Repeat("n", 25) + `"`},
		{"enforced nonce", discordtest.RuleNonce, `"content":"x","enforce_nonce":true`, `"content":"x","enforce_nonce":true,"nonce":"a"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{})
			path := "/channels/" + d.Channel.ID + "/messages"
			if got := rest(t, d, "POST", path, "{"+safe+","+test.good+"}"); got.status != http.StatusOK || len(d.Violations()) > 0 {
				t.Errorf("what is allowed gets %d %s", got.status, got.body)
			}
			d.Expect(test.rule)
			if got := rest(t, d, "POST", path, "{"+safe+","+test.bad+"}"); got.status != http.StatusBadRequest {
				t.Errorf("what is not allowed gets %d %s", got.status, got.body)
			}
		})
	}
}

// TestMentions wants allowed_mentions with an empty parse in every message.
func TestMentions(t *testing.T) {
	t.Parallel()
	for _, mentions := range []string{
		``, `,"allowed_mentions":{}`, `,"allowed_mentions":{"parse":null}`, `,"allowed_mentions":{"parse":["users"]}`,
		`,"allowed_mentions":{"parse":[],"users":["1"]}`, `,"allowed_mentions":{"parse":[],"replied_user":true}`,
	} {
		d := discordtest.New(t, discordtest.Options{})
		d.Expect(discordtest.RuleMentions)
		sent := rest(t, d, "POST", "/channels/"+d.Channel.ID+"/messages", `{"content":"x"`+mentions+`}`)
		if sent.status != http.StatusOK {
			t.Errorf("%s: %d %s", mentions, sent.status, sent.body)
		}
	}
}

// TestInteractionRules answers interactions as they must not be answered.
func TestInteractionRules(t *testing.T) {
	t.Parallel()
	const (
		hello    = `{"type":4,"data":{"content":"x",` + safe + `}}`
		deferred = `{"type":5}`
		edit     = `{"content":"y",` + safe + `}`
	)
	choices := func(n int, name string) string {
		return `{"type":8,"data":{"choices":[` + times(n, func(int) string { return fmt.Sprintf(`{"name":%q,"value":"v"}`, name) }) + `]}}`
	}
	type situation struct {
		*testing.T
		d    *discordtest.Discord
		ask  *discordtest.Interaction
		typo *discordtest.Interaction
	}
	for name, test := range map[string]struct {
		rule         discordtest.Rule
		options      discordtest.Options
		do           func(situation) answer
		status, code int
	}{
		"twice": {discordtest.RuleTwice, discordtest.Options{}, func(s situation) answer {
			respond(s.T, s.d, s.ask, hello)
			return respond(s.T, s.d, s.ask, hello)
		}, 400, 40060},
		"late": {discordtest.RuleLate, discordtest.Options{CallbackDeadline: time.Millisecond}, func(s situation) answer {
			time.Sleep(5 * time.Millisecond)
			return respond(s.T, s.d, s.ask, hello)
		}, 404, 10062},
		"unknown interaction": {discordtest.RuleToken, discordtest.Options{}, func(s situation) answer {
			return rest(s.T, s.d, "POST", "/interactions/1/x/callback", hello)
		}, 404, 10062},
		"unknown token": {discordtest.RuleToken, discordtest.Options{}, func(s situation) answer {
			return rest(s.T, s.d, "PATCH", "/webhooks/"+s.d.AppID()+"/x/messages/@original", edit)
		}, 404, 10015},
		"edit before a callback": {discordtest.RuleToken, discordtest.Options{}, func(s situation) answer {
			return rest(s.T, s.d, "PATCH", hook(s.d, s.ask)+"/messages/@original", edit)
		}, 404, 10015},
		"old token": {discordtest.RuleToken, discordtest.Options{TokenLife: time.Millisecond}, func(s situation) answer {
			respond(s.T, s.d, s.ask, deferred)
			time.Sleep(5 * time.Millisecond)
			return rest(s.T, s.d, "PATCH", hook(s.d, s.ask)+"/messages/@original", edit)
		}, 401, 50027},
		"deferred with another flag": {discordtest.RuleFlags, discordtest.Options{}, func(s situation) answer {
			return respond(s.T, s.d, s.ask, `{"type":5,"data":{"flags":32768}}`)
		}, 400, 50035},
		"ephemeral by an edit": {discordtest.RuleFlags, discordtest.Options{}, func(s situation) answer {
			respond(s.T, s.d, s.ask, deferred)
			return rest(s.T, s.d, "PATCH", hook(s.d, s.ask)+"/messages/@original", `{"content":"y","flags":64,`+safe+`}`)
		}, 400, 50035},
		"empty edit": {discordtest.RuleContent, discordtest.Options{}, func(s situation) answer {
			respond(s.T, s.d, s.ask, deferred)
			return rest(s.T, s.d, "PATCH", hook(s.d, s.ask)+"/messages/@original", `{"content":"",`+safe+`}`)
		}, 400, 50006},
		"content on V2": {discordtest.RuleComponentsV2, discordtest.Options{}, func(s situation) answer {
			respond(s.T, s.d, s.ask, `{"type":4,"data":{"flags":32768,"components":[{"type":10,"content":"x"}],`+safe+`}}`)
			return rest(s.T, s.d, "PATCH", hook(s.d, s.ask)+"/messages/@original", edit)
		}, 400, 50035},
		"V2 unset": {discordtest.RuleComponentsV2, discordtest.Options{}, func(s situation) answer {
			respond(s.T, s.d, s.ask, `{"type":4,"data":{"flags":32768,"components":[{"type":10,"content":"x"}],`+safe+`}}`)
			return rest(s.T, s.d, "PATCH", hook(s.d, s.ask)+"/messages/@original", `{"flags":0,"components":[{"type":10,"content":"y"}],`+safe+`}`)
		}, 400, 50035},
		"update without a message": {discordtest.RuleCallback, discordtest.Options{}, func(s situation) answer {
			return respond(s.T, s.d, s.ask, `{"type":7,"data":{"content":"x",`+safe+`}}`)
		}, 400, 50035},
		"modal title": {discordtest.RuleCallback, discordtest.Options{}, func(s situation) answer {
			return respond(s.T, s.d, s.ask, `{"type":9,"data":{"custom_id":"m","title":"`+long(46)+`","components":[{"type":1,"components":[{"type":4,"custom_id":"t","style":1,"label":"l"}]}]}}`)
		}, 400, 50035},
		"deferred autocomplete": {discordtest.RuleCallback, discordtest.Options{}, func(s situation) answer {
			return respond(s.T, s.d, s.typo, deferred)
		}, 400, 50035},
		"choices left out": {discordtest.RuleAutocomplete, discordtest.Options{}, func(s situation) answer {
			return respond(s.T, s.d, s.typo, `{"type":8,"data":{}}`)
		}, 400, 50035},
		"too many choices": {discordtest.RuleAutocomplete, discordtest.Options{}, func(s situation) answer {
			return respond(s.T, s.d, s.typo, choices(26, "n"))
		}, 400, 50035},
		"long choice": {discordtest.RuleAutocomplete, discordtest.Options{}, func(s situation) answer {
			return respond(s.T, s.d, s.typo, choices(1, long(101)))
		}, 400, 50035},
		"no such message": {discordtest.RuleUnknown, discordtest.Options{}, func(s situation) answer {
			respond(s.T, s.d, s.ask, hello)
			return rest(s.T, s.d, "DELETE", hook(s.d, s.ask)+"/messages/1", "")
		}, 404, 10008},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, test.options)
			d.Expect(test.rule)
			s := situation{t, d, d.Ask(d.User, d.Channel, "ask"), d.Autocomplete(d.User, d.Channel, "quotes", "speaker", "wex")}
			if got := test.do(s); got.status != test.status || got.code != test.code {
				t.Errorf("got %d with code %d, want %d with %d: %s", got.status, got.code, test.status, test.code, got.body)
			}
		})
	}
}

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

// TestCommandRules registers commands that Discord would refuse.
func TestCommandRules(t *testing.T) {
	t.Parallel()
	option := func(i int) string { return fmt.Sprintf(`{"type":3,"name":"o%d","description":"d"}`, i) }
	choice := func(i int) string { return fmt.Sprintf(`{"name":"c","value":"v%d"}`, i) }
	fat := func(i int) string {
		return fmt.Sprintf(`{"type":3,"name":"o%d","description":"d","choices":[%s]}`, i, times(25, func(int) string { return `{"name":"` + long(90) + `","value":"` + long(90) + `"}` }))
	}
	good := `[{"name":"ask","description":"d","default_member_permissions":"32","contexts":[0,1],"options":[` + times(25, option) + `]},{"type":3,"name":"Check quotes"}]`
	for name, body := range map[string]string{
		"capitals":             `[{"name":"Ask","description":"d"}]`,
		"blanks":               `[{"name":"ask me","description":"d"}]`,
		"long name":            `[{"name":"` + strings.Repeat("a", 33) + `","description":"d"}]`,
		"no description":       `[{"name":"ask"}]`,
		"long description":     `[{"name":"ask","description":"` + long(101) + `"}]`,
		"message description":  `[{"type":3,"name":"Check","description":"d"}]`,
		"options":              `[{"name":"ask","description":"d","options":[` + times(26, option) + `]}]`,
		"option twice":         `[{"name":"ask","description":"d","options":[` + option(1) + `,` + option(1) + `]}]`,
		"required last":        `[{"name":"ask","description":"d","options":[` + option(1) + `,{"type":3,"name":"p","description":"d","required":true}]}]`,
		"choices":              `[{"name":"ask","description":"d","options":[{"type":3,"name":"p","description":"d","choices":[` + times(26, choice) + `]}]}]`,
		"choices autocomplete": `[{"name":"ask","description":"d","options":[{"type":3,"name":"p","description":"d","autocomplete":true,"choices":[` + choice(1) + `]}]}]`,
		"locale":               `[{"name":"ask","description":"d","name_localizations":{"tlh":"ask"}}]`,
		"localised name":       `[{"name":"ask","description":"d","name_localizations":{"de":"Frage"}}]`,
		"permissions":          `[{"name":"ask","description":"d","default_member_permissions":"admin"}]`,
		"registered twice":     `[{"name":"ask","description":"d"},{"name":"ask","description":"e"}]`,
		"8,000 characters":     `[{"name":"ask","description":"d","options":[` + times(2, fat) + `]}]`,
		"101 commands":         `[` + times(101, func(i int) string { return fmt.Sprintf(`{"name":"c%d","description":"d"}`, i) }) + `]`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, discordtest.Options{})
			path := "/applications/" + d.AppID() + "/commands"
			if got := rest(t, d, "PUT", path, good); got.status != http.StatusOK || len(d.Violations()) > 0 {
				t.Errorf("what is allowed gets %d %s", got.status, got.body)
			}
			d.Expect(discordtest.RuleCommand)
			if got := rest(t, d, "PUT", path, body); got.status != http.StatusBadRequest {
				t.Errorf("what is not allowed gets %d", got.status)
			}
			if kept := d.Commands(nil); len(kept) != 2 {
				t.Errorf("a refused set left %d commands", len(kept))
			}
		})
	}
}
