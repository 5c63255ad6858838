package bot

import (
	"strings"

	"onrecord/data/naming"
)

// outletLead stands before the outlet of "what did X say in the Lantern".
var outletLead = set("in from by per via to")

// maxOutletWords is how many words an outlet's name may have in a question.
const maxOutletWords = 7

// outlets are the outlets of an archive by their folded names, without "the".
type outlets map[string][]string

func newOutlets(names []string) outlets {
	o := outlets{}
	for _, name := range names {
		o[foldOutlet(name)] = append(o[foldOutlet(name)], name)
	}
	return o
}

func foldOutlet(name string) string { return strings.TrimPrefix(naming.Fold(name), "the ") }

// cut finds an outlet at the end of a topic: its names, and the topic before it.
func (o outlets) cut(topic string) (names []string, rest string) {
	words := strings.Fields(topic)
	for n := min(maxOutletWords, len(words)-1); n > 0; n-- {
		at := len(words) - n
		names := o[foldOutlet(strings.Join(words[at:], " "))]
		if strings.EqualFold(words[at-1], "the") {
			at--
		}
		if names == nil || at == 0 || !outletLead[strings.ToLower(words[at-1])] {
			continue
		}
		return names, strings.Join(words[:at-1], " ")
	}
	return nil, topic
}

// readOutlet takes an outlet out of the question's topic: only what that outlet
// wrote is asked for then.
func (a *asking) readOutlet() error {
	if a.q.Topic == "" || a.q.Kind == AsksFact {
		return nil
	}
	known, err := a.outlets()
	if err != nil {
		return err
	}
	if names, rest := known.cut(a.q.Topic); names != nil {
		a.sources, a.outletAsked = names, strings.TrimSpace(strings.TrimPrefix(a.q.Topic, rest))
		a.q.Topic = rest
	}
	return nil
}
