// Every rule for commands, broken once on purpose.

package discordtest_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"onrecord/bot/discord/discordtest"
)

// TestCommandRules registers commands that Discord would refuse.
func TestCommandRules(t *testing.T) {
	t.Parallel()
	option := func(i int) string { return fmt.Sprintf(`{"type":3,"name":"o%d","description":"d"}`, i) }
	choice := func(i int) string { return fmt.Sprintf(`{"name":"c","value":"v%d"}`, i) }
	fat := func(i int) string {
		return fmt.Sprintf(`{"type":3,"name":"o%d","description":"d","choices":[%s]}`, i, times(25, func(int) string { return `{"name":"` + long(90) + `","value":"` + long(90) + `"}` }))
	}
	good := `[{"name":"ask","description":"d","default_member_permissions":"32","contexts":[0,1],"options":[` + times(25, option) + `]},
		{"name":"archive","description":"d","options":[{"type":1,"name":"add","description":"d","options":[{"type":11,"name":"file","description":"d","required":true},{"type":3,"name":"url","description":"d","max_length":6000}]},
			{"type":2,"name":"more","description":"d","options":[{"type":1,"name":"add","description":"d"}]}]},
		{"type":3,"name":"Check quotes"}]`
	for name, body := range map[string]string{
		"capitals":                 `[{"name":"Ask","description":"d"}]`,
		"blanks":                   `[{"name":"ask me","description":"d"}]`,
		"long name":                `[{"name":"` + strings.Repeat("a", 33) + `","description":"d"}]`,
		"no description":           `[{"name":"ask"}]`,
		"long description":         `[{"name":"ask","description":"` + long(101) + `"}]`,
		"message description":      `[{"type":3,"name":"Check","description":"d"}]`,
		"options":                  `[{"name":"ask","description":"d","options":[` + times(26, option) + `]}]`,
		"option twice":             `[{"name":"ask","description":"d","options":[` + option(1) + `,` + option(1) + `]}]`,
		"required last":            `[{"name":"ask","description":"d","options":[` + option(1) + `,{"type":3,"name":"p","description":"d","required":true}]}]`,
		"choices":                  `[{"name":"ask","description":"d","options":[{"type":3,"name":"p","description":"d","choices":[` + times(26, choice) + `]}]}]`,
		"choices autocomplete":     `[{"name":"ask","description":"d","options":[{"type":3,"name":"p","description":"d","autocomplete":true,"choices":[` + choice(1) + `]}]}]`,
		"locale":                   `[{"name":"ask","description":"d","name_localizations":{"tlh":"ask"}}]`,
		"localised name":           `[{"name":"ask","description":"d","name_localizations":{"de":"Frage"}}]`,
		"permissions":              `[{"name":"ask","description":"d","default_member_permissions":"admin"}]`,
		"registered twice":         `[{"name":"ask","description":"d"},{"name":"ask","description":"e"}]`,
		"8,000 characters":         `[{"name":"ask","description":"d","options":[` + times(2, fat) + `]}]`,
		"subcommand and option":    `[{"name":"ask","description":"d","options":[` + option(1) + `,{"type":1,"name":"add","description":"d"}]}]`,
		"subcommand inside":        `[{"name":"ask","description":"d","options":[{"type":1,"name":"add","description":"d","options":[{"type":1,"name":"b","description":"d"}]}]}]`,
		"option in a group":        `[{"name":"ask","description":"d","options":[{"type":2,"name":"add","description":"d","options":[` + option(1) + `]}]}]`,
		"empty group":              `[{"name":"ask","description":"d","options":[{"type":2,"name":"add","description":"d"}]}]`,
		"option in an option":      `[{"name":"ask","description":"d","options":[{"type":3,"name":"p","description":"d","options":[` + option(1) + `]}]}]`,
		"required in a subcommand": `[{"name":"ask","description":"d","options":[{"type":1,"name":"add","description":"d","options":[` + option(1) + `,{"type":3,"name":"p","description":"d","required":true}]}]}]`,
		"completed attachment":     `[{"name":"ask","description":"d","options":[{"type":11,"name":"p","description":"d","autocomplete":true}]}]`,
		"long attachment":          `[{"name":"ask","description":"d","options":[{"type":11,"name":"p","description":"d","max_length":5}]}]`,
		"no length":                `[{"name":"ask","description":"d","options":[{"type":3,"name":"p","description":"d","max_length":0}]}]`,
		"endless length":           `[{"name":"ask","description":"d","options":[{"type":3,"name":"p","description":"d","max_length":6001}]}]`,
		"101 commands":             `[` + times(101, func(i int) string { return fmt.Sprintf(`{"name":"c%d","description":"d"}`, i) }) + `]`,
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
			if kept := d.Commands(nil); len(kept) != 3 {
				t.Errorf("a refused set left %d commands", len(kept))
			}
		})
	}
}
