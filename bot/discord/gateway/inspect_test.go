package gateway

import (
	"encoding/json"
	"log/slog"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// Whatever an event holds, what discordgo is shown of it is a dispatch of the same
// number that decodes without a panic; and what handlers are shown of that is
// whole.
func FuzzDispatch(f *testing.F) {
	for _, data := range []string{
		`null`, `{}`, `[]`, `{"id":"1","type":2,"token":"t","user":{"id":"3"},"data":{"options":[null]}}`,
		`{"id":"1","type":3,"token":"t","member":{"user":{"id":"3"}},"data":{"custom_id":"more","component_type":2},"message":{"id":"2","components":[{"type":99}]}}`,
		`{"id":"1","type":5,"token":"t","user":{"id":"3"},"data":{"custom_id":"m","components":[{"type":1,"components":[{"type":4,"custom_id":"q","value":"?"}]}]}}`,
		`{"id":"8","channel_id":"9","author":{"id":"3"},"mentions":[null],"referenced_message":{"id":"7","embeds":[null]}}`,
		`{"session_id":"s","guilds":[null]}`,
	} {
		for _, kind := range []string{"READY", "RESUMED", "INTERACTION_CREATE", "MESSAGE_CREATE", "GUILD_CREATE"} {
			f.Add(kind, data)
		}
	}
	f.Fuzz(func(t *testing.T, kind, data string) {
		if !json.Valid([]byte(data)) {
			return
		}
		seq := int64(7)
		m := message{Seq: &seq, Type: kind, Data: json.RawMessage(data)}
		l := &link{log: slog.New(slog.DiscardHandler), ready: make(chan struct{})}
		shown, err := l.dispatch(m, event(m, data))
		if err != nil {
			return
		}
		var got discordgo.Event
		if err := json.Unmarshal(shown, &got); err != nil || got.Sequence != seq {
			t.Fatalf("%s %s became %s: %v", kind, data, shown, err)
		}
		var i discordgo.InteractionCreate
		var c discordgo.MessageCreate
		_ = json.Unmarshal(got.RawData, &i)
		_ = json.Unmarshal(got.RawData, &c)
		if interactionFault(&i) == nil {
			_ = User(i.Interaction).ID
			tidy(i.Message)
		}
		if messageFault(&c) == nil {
			tidy(c.Message)
		}
	})
}
