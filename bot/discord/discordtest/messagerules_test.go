// Every rule for messages, broken once on purpose.

package discordtest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

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

// breach is a message's body that is refused, beside one that is just allowed.
type breach struct {
	name string
	rule discordtest.Rule
	bad  string
	good string
}

// textBreaches break limits of content and embeds.
func textBreaches() []breach {
	field := func(int) string { return `{"name":"n","value":"v"}` }
	return []breach{
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
	}
}

// rowBreaches break limits of components of the first version.
func rowBreaches() []breach {
	buttons := func(i int) string { return button(fmt.Sprint("b", i), "go") }
	rows := func(i int) string { return row(button(fmt.Sprint("r", i), "go")) }
	option := func(i int) string { return fmt.Sprintf(`{"label":"l","value":"v%d"}`, i) }
	menu := func(n int) string {
		return row(`{"type":3,"custom_id":"m","options":[` + times(n, option) + `]}`)
	}
	good := `"components":[` + row(button("a", "go")) + `]`
	return []breach{
		{"rows", discordtest.RuleComponents, `"components":[` + times(6, rows) + `]`, `"components":[` + times(5, rows) + `]`},
		{"buttons of a row", discordtest.RuleComponents, `"components":[` + row(times(6, buttons)) + `]`, `"components":[` + row(times(5, buttons)) + `]`},
		{"custom_id", discordtest.RuleComponents, `"components":[` + row(button(strings.Repeat("a", 101), "go")) + `]`, `"components":[` + row(button(strings.Repeat("a", 100), "go")) + `]`},
		{"custom_id twice", discordtest.RuleComponents, `"components":[` + row(button("a", "go"), button("a", "stay")) + `]`, `"components":[` + row(button("a", "go"), button("b", "stay")) + `]`},
		{"label", discordtest.RuleComponents, `"components":[` + row(button("a", long(81))) + `]`, `"components":[` + row(button("a", long(80))) + `]`},
		{"link button", discordtest.RuleComponents, `"components":[` + row(`{"type":2,"style":5,"label":"l","url":"https://lantern.example/`+strings.Repeat("a", 500)+`"}`) + `]`, `"components":[` + row(`{"type":2,"style":5,"label":"l","url":"https://lantern.example/a"}`) + `]`},
		{"select", discordtest.RuleComponents, `"components":[` + menu(26) + `]`, `"components":[` + menu(25) + `]`},
		{"bare button", discordtest.RuleComponents, `"components":[` + row(button("a", "")) + `]`, good},
		{"no such style", discordtest.RuleComponents, `"components":[` + row(`{"type":2,"style":9,"custom_id":"a","label":"l"}`) + `]`, good},
		{"link with an id", discordtest.RuleComponents, `"components":[` + row(`{"type":2,"style":5,"custom_id":"a","label":"l","url":"https://lantern.example"}`) + `]`, good},
		{"button with a link", discordtest.RuleComponents, `"components":[` + row(`{"type":2,"style":1,"custom_id":"a","label":"l","url":"https://lantern.example"}`) + `]`, good},
		{"link to a file", discordtest.RuleComponents, `"components":[` + row(`{"type":2,"style":5,"label":"l","url":"file:///lantern"}`) + `]`, good},
		{"empty row", discordtest.RuleComponents, `"components":[` + row() + `]`, good},
		{"select and button", discordtest.RuleComponents, `"components":[` + row(button("a", "go"), `{"type":3,"custom_id":"m","options":[`+option(1)+`]}`) + `]`, good},
		{"value twice", discordtest.RuleComponents, `"components":[` + row(`{"type":3,"custom_id":"m","options":[`+option(1)+`,`+option(1)+`]}`) + `]`, good},
	}
}

// v2Breaches break rules of Components V2, of flags and of nonces.
func v2Breaches() []breach {
	text := func(n int) func(int) string {
		return func(int) string { return fmt.Sprintf(`{"type":10,"content":%q}`, long(n)) }
	}
	good := `"flags":32768,"components":[` + text(1)(0) + `]`
	return []breach{
		{"V2 without the flag", discordtest.RuleComponentsV2, `"components":[` + text(1)(0) + `]`, `"flags":32768,"components":[` + text(1)(0) + `]`},
		{"V2 with content", discordtest.RuleComponentsV2, `"content":"x","flags":32768,"components":[` + text(1)(0) + `]`, `"flags":32768,"components":[` + row(button("a", "go")) + `]`},
		{"V2 components", discordtest.RuleComponentsV2, `"flags":32768,"components":[` + times(41, text(1)) + `]`, `"flags":32768,"components":[` + times(40, text(1)) + `]`},
		{"V2 text", discordtest.RuleComponentsV2, `"flags":32768,"components":[` + times(2, text(2001)) + `]`, `"flags":32768,"components":[` + times(2, text(2000)) + `]`},
		{"V2 section", discordtest.RuleComponentsV2, `"flags":32768,"components":[{"type":9,"components":[` + times(4, text(1)) + `],"accessory":` + button("a", "go") + `}]`, `"flags":32768,"components":[{"type":17,"components":[{"type":9,"components":[` + times(3, text(1)) + `],"accessory":` + button("a", "go") + `},{"type":14}]}]`},
		{"flags", discordtest.RuleFlags, `"content":"x","flags":64`, `"content":"x","flags":4`},
		{"nonce", discordtest.RuleNonce, `"content":"x","nonce":"` + strings.Repeat("n", 26) + `"`, `"content":"x","nonce":"` + strings.Repeat("n", 25) + `"`},
		{"enforced nonce", discordtest.RuleNonce, `"content":"x","enforce_nonce":true`, `"content":"x","enforce_nonce":true,"nonce":"a"`},
		{"V2 bare section", discordtest.RuleComponentsV2, `"flags":32768,"components":[{"type":9,"components":[` + text(1)(0) + `]}]`, good},
		{"V2 nested", discordtest.RuleComponentsV2, `"flags":32768,"components":[{"type":17,"components":[{"type":17,"components":[` + text(1)(0) + `]}]}]`, good},
		{"V2 loose button", discordtest.RuleComponentsV2, `"flags":32768,"components":[` + button("a", "go") + `]`, good},
		{"V2 empty", discordtest.RuleComponentsV2, `"flags":32768`, good},
	}
}

// TestMessageRules sends messages that Discord would refuse, and one before each that
// it takes.
func TestMessageRules(t *testing.T) {
	t.Parallel()
	for _, test := range slices.Concat(textBreaches(), rowBreaches(), v2Breaches()) {
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
