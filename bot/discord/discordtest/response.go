// What a person sees of the answer to an interaction, and when.

package discordtest

import (
	"encoding/json"
	"fmt"
	"time"
)

// Response is the first callback to an interaction.
type Response struct {
	// Type is the callback's: 4 message, 5 deferred, 6 deferred update, 7 update,
	// 8 autocomplete, 9 modal.
	Type int
	// After is how long the person waited for it.
	After time.Duration
	// Message is what could be seen then: "thinking" if deferred.
	Message Message
}

// Types of callbacks.
const (
	CallbackPong           = 1
	CallbackMessage        = 4
	CallbackDeferred       = 5
	CallbackDeferredUpdate = 6
	CallbackUpdate         = 7
	CallbackAutocomplete   = 8
	CallbackModal          = 9
)

// FirstResponse waits for the first callback. Without one the test has failed, and
// the response is empty.
func (i *Interaction) FirstResponse(timeout time.Duration) Response {
	i.d.t.Helper()
	var first Response
	if !i.d.wait(timeout, func() bool {
		if i.answered {
			first = Response{i.callback, i.first, i.original.message()}
		}
		return i.answered
	}) {
		i.d.t.Errorf("%v: no response within %v", i, timeout)
	}
	return first
}

// Final waits until there is more to see than that the bot is thinking, and returns
// it. Without that the test has failed, and the message is empty.
func (i *Interaction) Final(timeout time.Duration) Message {
	i.d.t.Helper()
	return i.Until(timeout, func(m Message) bool { return !m.Thinking() })
}

// Until waits until the answer's message is what a test waits for.
func (i *Interaction) Until(timeout time.Duration, good func(Message) bool) Message {
	i.d.t.Helper()
	var m Message
	if !i.d.wait(timeout, func() bool {
		m = i.original.message()
		return i.settled && good(m)
	}) {
		i.d.t.Errorf("%v: not within %v; %s", i, timeout, i.state())
		return Message{}
	}
	return m
}

// state says how far an answer has come.
func (i *Interaction) state() string {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	switch {
	case i.settled:
		return fmt.Sprintf("it shows %q", i.original.message().Text())
	case i.answered:
		return "the bot is still thinking"
	case !i.delivered:
		return "the bot was not connected when the event was sent"
	}
	return "there was no callback"
}

// Took is the time from the question to the first thing to see but "thinking";
// zero if there is none yet.
func (i *Interaction) Took() time.Duration {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	return i.final
}

// Followups are the further messages so far.
func (i *Interaction) Followups() []Message {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	return i.further()
}

// WaitFollowups waits until there are n further messages.
func (i *Interaction) WaitFollowups(n int, timeout time.Duration) []Message {
	i.d.t.Helper()
	var all []Message
	if !i.d.wait(timeout, func() bool { all = i.further(); return len(all) >= n }) {
		i.d.t.Errorf("%v: %d followups within %v, want %d", i, len(all), timeout, n)
	}
	return all
}

func (i *Interaction) further() []Message {
	var all []Message
	for _, s := range i.followups {
		if !s.deleted {
			all = append(all, s.message())
		}
	}
	return all
}

// Choices waits for an autocomplete's answer.
func (i *Interaction) Choices(timeout time.Duration) []Choice {
	i.d.t.Helper()
	i.FirstResponse(timeout)
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	return i.choices
}

// Modal is the modal that answered; zero if none did.
func (i *Interaction) Modal() Modal {
	i.d.mu.Lock()
	defer i.d.mu.Unlock()
	var m Modal
	if data, err := json.Marshal(i.modal); err == nil {
		_ = json.Unmarshal(data, &m) // what is of the wrong type was refused
	}
	return m
}

// settle notes that there is something to see; d.mu is held.
func (i *Interaction) settle() {
	if !i.settled {
		i.settled, i.final = true, time.Since(i.asked)
	}
}
