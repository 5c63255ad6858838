// Breaches of Discord's rules, and those that a test expects.

package discordtest

import (
	"fmt"
	"slices"
	"time"
)

// Rule names a rule of Discord's that a client can break.
type Rule string

// The rules, in the order in which a bot meets them.
const (
	RuleUserAgent       Rule = "user agent"           // "DiscordBot (URL, VERSION)", else Cloudflare blocks it
	RuleEndpoint        Rule = "unknown endpoint"     // 404
	RuleSchema          Rule = "schema"               // the body isn't what the OpenAPI file says
	RuleBody            Rule = "body"                 // the body is no JSON, or lacks its content type
	RuleUnknown         Rule = "unknown thing"        // a channel, guild, message or user that isn't there
	RuleEarlyRetry      Rule = "early retry"          // sent again before Retry-After was over
	RuleInvalidRequests Rule = "invalid requests"     // more than 10,000 of 401, 403 and 429 in ten minutes
	RuleCommand         Rule = "command"              // limits of application commands
	RuleLate            Rule = "late callback"        // after three seconds: 10062
	RuleUnanswered      Rule = "unanswered"           // no callback at all, or "thinking" until the token died
	RuleTwice           Rule = "second callback"      // 40060
	RuleCallback        Rule = "callback"             // a callback of the wrong kind, flags or size
	RuleToken           Rule = "interaction token"    // unknown (10015) or older than fifteen minutes (50027)
	RuleAutocomplete    Rule = "autocomplete"         // at most 25 choices, names 1–100
	RuleMentions        Rule = "allowed_mentions"     // absent, or anything but parse: []
	RuleContent         Rule = "content"              // empty, or over 2,000 characters
	RuleEmbed           Rule = "embed"                // limits of embeds
	RuleComponents      Rule = "components"           // limits of components
	RuleComponentsV2    Rule = "components v2"        // the flag with content or embeds, or unset, or absent
	RuleFlags           Rule = "flags"                // flags that don't belong there
	RuleNonce           Rule = "nonce"                // over 25 characters, or enforce_nonce without one
	RuleOwnMessage      Rule = "not its own message"  // editing what somebody else wrote: 50005
	RulePayload         Rule = "gateway payload"      // 4001, 4002
	RuleNotIdentified   Rule = "not identified"       // 4003
	RuleIdentifiedTwice Rule = "identified twice"     // 4005
	RuleIntents         Rule = "intents"              // 4013, 4014
	RuleShard           Rule = "shard"                // 4010
	RuleVersion         Rule = "gateway version"      // 4012
	RuleSequence        Rule = "sequence"             // 4007
	RuleHeartbeat       Rule = "heartbeat"            // 4009: none came in time
	RuleSends           Rule = "gateway rate limit"   // 4008: over 120 sends a minute
	RuleIdentify        Rule = "identify concurrency" // more than max_concurrency in five seconds
	RuleSessionStart    Rule = "session start limit"  // more identifies than are left
)

// Violation is one breach of a rule.
type Violation struct {
	Rule Rule
	What string
}

func (v Violation) String() string { return string(v.Rule) + ": " + v.What }

// violate notes a breach; d.mu is held.
func (d *Discord) violate(rule Rule, format string, args ...any) {
	d.violations = append(d.violations, Violation{rule, fmt.Sprintf(format, args...)})
	d.broadcast()
}

// Expect says that the client will break these rules. A breach of them does not
// fail the test; that there is none does.
func (d *Discord) Expect(rules ...Rule) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, rule := range rules {
		d.expected[rule]++
	}
}

// Violations are the breaches so far.
func (d *Discord) Violations() []Violation {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.violations)
}

// WaitViolation waits for a breach of the rule.
func (d *Discord) WaitViolation(rule Rule, timeout time.Duration) Violation {
	d.t.Helper()
	var found Violation
	if !d.wait(timeout, func() bool {
		i := slices.IndexFunc(d.violations, func(v Violation) bool { return v.Rule == rule })
		if i >= 0 {
			found = d.violations[i]
		}
		return i >= 0
	}) {
		d.t.Errorf("no breach of the rule %q within %v", rule, timeout)
	}
	return found
}

// shownBreaches is how many breaches of one rule a verdict shows in full.
const shownBreaches = 5

// judge fails the test for each breach that it did not expect, and for each that it
// expected in vain.
func (d *Discord) judge() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.findUnanswered()
	broken := map[Rule]int{}
	for _, v := range d.violations {
		broken[v.Rule]++
		if d.expected[v.Rule] == 0 && broken[v.Rule] <= shownBreaches {
			d.t.Errorf("Discord's rules broken: %v", v)
		}
	}
	for rule, times := range broken {
		if d.expected[rule] == 0 && times > shownBreaches {
			d.t.Errorf("and the rule %q another %d times", rule, times-shownBreaches)
		}
	}
	for rule := range d.expected {
		if broken[rule] == 0 {
			d.t.Errorf("the rule %q should have been broken, and was not", rule)
		}
	}
}

// findUnanswered notes interactions whose deadline passed without a callback, or
// whose token died while the bot was still thinking, where nothing was out of order
// that could excuse it.
func (d *Discord) findUnanswered() {
	for _, i := range d.interactions {
		waited := time.Since(i.asked)
		thinking := i.original != nil && i.original.flags()&FlagLoading != 0 && !i.original.deleted
		switch {
		case !i.delivered || i.late || d.excused(i):
		case !i.answered && waited > d.options.CallbackDeadline:
			d.violate(RuleUnanswered, "%v was never answered", i)
		case thinking && waited > d.options.TokenLife:
			d.violate(RuleUnanswered, "%v still says that the bot is thinking", i)
		}
	}
}
