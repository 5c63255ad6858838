// Limits of messages. The figures are from Discord's documentation of messages,
// embeds and components.

package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"unicode/utf8"
)

const (
	maxContent = 2000
	maxNonce   = 25
)

// fault is a rule broken at a field. emptyMessage as what has a code of its own.
type fault struct {
	rule        Rule
	field, what string
}

const emptyMessage = "Cannot send an empty message"

func faultf(rule Rule, field, format string, args ...any) fault {
	return fault{rule, field, fmt.Sprintf(format, args...)}
}

// faults are the limits that the message breaks as it would stand.
func (d draft) faults() []fault {
	var all []fault
	if n := utf8.RuneCountInString(d.Content); n > maxContent {
		all = append(all, faultf(RuleContent, "content", "%d characters, at most %d", n, maxContent))
	}
	var embeds []Embed
	var components []Component
	all = append(all, again(d.Embeds, &embeds, "embeds")...)
	all = append(all, again(d.Components, &components, "components")...)
	all = append(all, embedFaults(embeds)...)
	if d.Flags&FlagComponentsV2 != 0 {
		return append(all, v2Faults(d, components)...)
	}
	if d.Content == "" && len(d.Embeds) == 0 && len(d.Components) == 0 {
		all = append(all, faultf(RuleContent, "content", emptyMessage))
	}
	return append(all, rowFaults(components)...)
}

// again decodes values into a type of ours.
func again(values []any, into any, field string) []fault {
	data, err := json.Marshal(values)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		return []fault{faultf(RuleSchema, field, "%v", err)}
	}
	return nil
}

// mentionFaults holds allowed_mentions against the safest value, parse: [].
func (w *writing) mentionFaults() []fault {
	m := w.Mentions
	switch {
	case m == nil:
		return []fault{faultf(RuleMentions, "allowed_mentions", "left out: the message pings all that its text names")}
	case m.Parse == nil:
		return []fault{faultf(RuleMentions, "allowed_mentions.parse", "left out or null, not []")}
	case len(*m.Parse)+len(m.Users)+len(m.Roles) > 0 || m.Replied:
		return []fault{faultf(RuleMentions, "allowed_mentions", "lets the message ping")}
	}
	return nil
}

// flagFaults notes flags that don't belong where they are set.
func (w *writing) flagFaults(allowed int) []fault {
	if w.Flags != nil && *w.Flags&^allowed != 0 {
		return []fault{faultf(RuleFlags, "flags", "%d has no place here: only bits of %d have", *w.Flags&^allowed, allowed)}
	}
	return nil
}

// nonceFaults checks nonce and enforce_nonce.
func (w *writing) nonceFaults() []fault {
	text := w.nonce()
	switch {
	case utf8.RuneCountInString(text) > maxNonce:
		return []fault{faultf(RuleNonce, "nonce", "%d characters, at most %d", utf8.RuneCountInString(text), maxNonce)}
	case w.Enforce && text == "":
		return []fault{faultf(RuleNonce, "enforce_nonce", "set without a nonce")}
	}
	return nil
}

// nonce is the nonce as text, "" for none.
func (w *writing) nonce() string {
	switch n := w.Nonce.(type) {
	case string:
		return n
	case float64:
		return fmt.Sprintf("%.0f", n)
	}
	return ""
}

// refuseWriting notes every fault and answers with the first; nothing found,
// false. allowed_mentions that ping are noted, but not refused: Discord takes them.
func (d *Discord) refuseWriting(c *call, faults []fault, w *writing) (reply, bool) {
	for _, f := range w.mentionFaults() {
		d.violate(f.rule, "%s %s: %s: %s", c.method, c.r.URL.Path, f.field, f.what)
	}
	return d.refuseAll(c, faults), len(faults) > 0
}

// refuseAll notes every fault and answers with the first.
func (d *Discord) refuseAll(c *call, faults []fault) reply {
	var first reply
	for n, f := range faults {
		answer := d.invalid(c, f.rule, f.field, "%s", f.what)
		if f.what == emptyMessage {
			answer = fail(http.StatusBadRequest, codeEmptyMessage, emptyMessage)
		}
		if n == 0 {
			first = answer
		}
	}
	return first
}
