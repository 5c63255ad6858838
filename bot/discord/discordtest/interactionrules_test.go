// Every rule for answers to interactions, broken once on purpose.

package discordtest_test

import (
	"fmt"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
)

// step is one request in answer to an interaction. Of the path, "callback" is the
// callback's, "typed" the callback's to an autocomplete, all else follows the webhook's.
type step struct{ method, path, body string }

// misanswer is an answer whose last step breaks a rule.
type misanswer struct {
	name         string
	rule         discordtest.Rule
	steps        []step
	status, code int
	options      discordtest.Options
}

const (
	hello    = `{"type":4,"data":{"content":"x",` + safe + `}}`
	helloV2  = `{"type":4,"data":{"flags":32768,"components":[{"type":10,"content":"x"}],` + safe + `}}`
	deferred = `{"type":5}`
	edit     = `{"content":"y",` + safe + `}`
	original = "/messages/@original"
)

// choices is an autocomplete's answer with n choices of this name.
func choices(n int, name string) string {
	one := func(int) string { return fmt.Sprintf(`{"name":%q,"value":"v"}`, name) }
	return `{"type":8,"data":{"choices":[` + times(n, one) + `]}}`
}

// badCallbacks are wrong from the first request on.
func badCallbacks() []misanswer {
	post := func(body string) step { return step{"POST", "callback", body} }
	typed := func(body string) []step { return []step{{"POST", "typed", body}} }
	input := row(`{"type":4,"custom_id":"t","style":1,"label":"l"}`)
	hasty := discordtest.Options{CallbackDeadline: time.Nanosecond}
	return []misanswer{
		{name: "twice", rule: discordtest.RuleTwice, steps: []step{post(hello), post(hello)}, status: 400, code: 40060},
		{name: "late", rule: discordtest.RuleLate, steps: []step{post(hello)}, status: 404, code: 10062, options: hasty},
		{name: "edit after a late one", rule: discordtest.RuleLate, steps: []step{post(deferred), {"PATCH", original, edit}}, status: 404, code: 10015, options: hasty},
		{name: "deferred with another flag", rule: discordtest.RuleFlags, steps: []step{post(`{"type":5,"data":{"flags":32768}}`)}, status: 204},
		{name: "no such type", rule: discordtest.RuleCallback, steps: []step{post(`{"type":3}`)}, status: 400, code: 50035},
		{name: "update without a message", rule: discordtest.RuleCallback, steps: []step{post(`{"type":7,"data":{"content":"x",` + safe + `}}`)}, status: 400, code: 50035},
		{name: "modal title", rule: discordtest.RuleCallback, steps: []step{post(`{"type":9,"data":{"custom_id":"m","title":"` + long(46) + `","components":[` + input + `]}}`)}, status: 400, code: 50035},
		{name: "empty", rule: discordtest.RuleContent, steps: []step{post(`{"type":4,"data":{"content":"",` + safe + `}}`)}, status: 400, code: 50006},
		{name: "pings", rule: discordtest.RuleMentions, steps: []step{post(`{"type":4,"data":{"content":"x"}}`)}, status: 204},
		{name: "deferred autocomplete", rule: discordtest.RuleCallback, steps: typed(deferred), status: 400, code: 50035},
		{name: "choices left out", rule: discordtest.RuleAutocomplete, steps: typed(`{"type":8,"data":{}}`), status: 400, code: 50035},
		{name: "too many choices", rule: discordtest.RuleAutocomplete, steps: typed(choices(26, "n")), status: 400, code: 50035},
		{name: "long choice", rule: discordtest.RuleAutocomplete, steps: typed(choices(1, long(101))), status: 400, code: 50035},
		{name: "nameless choice", rule: discordtest.RuleAutocomplete, steps: typed(choices(1, "")), status: 400, code: 50035},
	}
}

// badEdits go wrong after the callback, or without one.
func badEdits() []misanswer {
	after := func(callback string, s step) []step { return []step{{"POST", "callback", callback}, s} }
	patch := func(body string) step { return step{"PATCH", original, body} }
	short := discordtest.Options{TokenLife: time.Nanosecond}
	return []misanswer{
		{name: "before a callback", rule: discordtest.RuleToken, steps: []step{patch(edit)}, status: 404, code: 10015},
		{name: "old token", rule: discordtest.RuleToken, steps: after(deferred, patch(edit)), status: 401, code: 50027, options: short},
		{name: "ephemeral by an edit", rule: discordtest.RuleFlags, steps: after(deferred, patch(`{"content":"y","flags":64,`+safe+`}`)), status: 200},
		{name: "empty edit", rule: discordtest.RuleContent, steps: after(deferred, patch(`{"content":"",`+safe+`}`)), status: 400, code: 50006},
		{name: "pinging edit", rule: discordtest.RuleMentions, steps: after(deferred, patch(`{"content":"y"}`)), status: 200},
		{name: "content on V2", rule: discordtest.RuleComponentsV2, steps: after(helloV2, patch(edit)), status: 400, code: 50035},
		{name: "V2 on content", rule: discordtest.RuleComponentsV2, steps: after(hello, patch(`{"flags":32768,"components":[{"type":10,"content":"y"}],`+safe+`}`)), status: 400, code: 50035},
		{name: "V2 unset", rule: discordtest.RuleComponentsV2, steps: after(helloV2, patch(`{"flags":0,"components":[{"type":10,"content":"y"}],`+safe+`}`)), status: 400, code: 50035},
		{name: "long followup", rule: discordtest.RuleContent, steps: after(hello, step{"POST", "", `{"content":"` + long(2001) + `",` + safe + `}`}), status: 400, code: 50035},
		{name: "no such message", rule: discordtest.RuleUnknown, steps: after(hello, step{"DELETE", "/messages/1", ""}), status: 404, code: 10008},
	}
}

// TestInteractionRules answers interactions as they must not be answered.
func TestInteractionRules(t *testing.T) {
	t.Parallel()
	for _, test := range append(badCallbacks(), badEdits()...) {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			d := discordtest.New(t, test.options)
			d.Expect(test.rule)
			asked := d.Ask(d.User, d.Channel, "ask")
			typed := d.Autocomplete(d.User, d.Channel, "quotes", "speaker", "wex")
			var got answer
			for _, s := range test.steps {
				switch s.path {
				case "callback":
					got = respond(t, d, asked, s.body)
				case "typed":
					got = respond(t, d, typed, s.body)
				default:
					got = rest(t, d, s.method, hook(d, asked)+s.path, s.body)
				}
			}
			if got.status != test.status || got.code != test.code {
				t.Errorf("got %d with code %d, want %d with %d: %s", got.status, got.code, test.status, test.code, got.body)
			}
		})
	}
}

// TestUnknownTokens answers what nobody asked.
func TestUnknownTokens(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	d.Expect(discordtest.RuleToken)
	if got := rest(t, d, "POST", "/interactions/1/x/callback", hello); got.status != 404 || got.code != 10062 {
		t.Errorf("an unknown interaction gets %d %s", got.status, got.body)
	}
	if got := rest(t, d, "PATCH", "/webhooks/"+d.AppID()+"/x"+original, edit); got.status != 404 || got.code != 10015 {
		t.Errorf("an unknown token gets %d %s", got.status, got.body)
	}
	if v := d.WaitViolation(discordtest.RuleToken, patience); v.What == "" {
		t.Error("the breach does not say what was broken")
	}
}
