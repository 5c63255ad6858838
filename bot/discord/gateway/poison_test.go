package gateway

import (
	"context"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// This file sends events that would crash discordgo, or that it can't read.

// Events that crash discordgo, or that nobody asked for, don't reach it; those
// after them do.
func TestPoisonedEvents(t *testing.T) {
	t.Parallel()
	poison := []string{
		`{"op":0,"s":2,"t":"GUILD_CREATE","d":null}`,
		`{"op":0,"s":3,"t":"GUILD_CREATE","d":{"id":"1","channels":[null],"members":[null]}}`,
		`{"op":0,"s":4,"t":"GUILD_UPDATE","d":null}`,
		`{"op":0,"s":5,"t":"VOICE_STATE_UPDATE","d":null}`,
		`{"op":0,"s":6,"t":"VOICE_SERVER_UPDATE","d":null}`,
		`{"op":0,"s":7,"t":"INTERACTION_CREATE","d":null}`,
		`{"op":0,"s":8,"t":"INTERACTION_CREATE","d":[]}`,
		`{"op":0,"s":9,"t":"INTERACTION_CREATE"}`,
		`{"op":0,"s":10,"t":"INTERACTION_CREATE","d":{"id":"1","type":2,"token":"` + canaryRandom + `"}}`,
		`{"op":0,"s":11,"t":"INTERACTION_CREATE","d":{"id":"1","type":2,"token":"` + canaryRandom + `","data":null,"user":null,"member":{"user":null}}}`,
		`{"op":0,"s":12,"t":"INTERACTION_CREATE","d":{"id":"1","type":2,"token":"` + canaryRandom + `","user":{"id":"3"},"data":{"options":[null]}}}`,
		`{"op":0,"s":13,"t":"INTERACTION_CREATE","d":{"id":"1","type":99,"token":"` + canaryRandom + `","user":{"id":"3"},"data":{}}}`,
		`{"op":0,"s":14,"t":"MESSAGE_CREATE","d":null}`,
		`{"op":0,"s":15,"t":"MESSAGE_CREATE","d":{"id":"1"}}`,
		`{"op":0,"s":16,"t":"MESSAGE_CREATE","d":{"id":1,"channel_id":{},"author":"x"}}`,
		`{"op":0,"s":17,"t":"NEVER_HEARD_OF","d":{}}`,
		`{"op":0,"s":18,"t":null,"d":null}`,
		`{"op":99,"d":null}`, `{"op":1,"d":null}`, `null`, `[]`, `7`, `not JSON`, ``,
	}
	got := make(chan string, 10)
	f := newFake(t, func(p *peer) {
		p.ready(beat)
		for _, raw := range poison {
			p.send("%s", raw)
		}
		p.send(`{"op":0,"s":19,"t":"MESSAGE_CREATE","d":{"id":"8","channel_id":"9","author":{"id":"3"},"mentions":[null],"content":"who said it?"}}`)
		p.stay()
	})
	g := f.gateway(Handlers{
		Interaction: func(_ context.Context, i *discordgo.Interaction) { t.Errorf("handled %+v", i) },
		Message:     func(_ context.Context, m *discordgo.Message) { got <- m.Content },
	})
	running(t, g)
	if text := receive(t, "the message after them", got); text != "who said it?" {
		t.Errorf("got %q", text)
	}
	if s := g.State(); s.Broken != 6 || s.Reconnects != 0 || s.Panics != 0 {
		t.Errorf("%+v\n%s", s, f.log)
	}
}

// Messages inside an event may have components that discordgo does not know.
func TestUnknownComponents(t *testing.T) {
	t.Parallel()
	got := make(chan string, 10)
	f := newFake(t, func(p *peer) {
		p.ready(beat)
		p.send(`{"op":0,"s":2,"t":"INTERACTION_CREATE","d":{"id":"1","type":2,"token":"` + canaryRandom + `","user":{"id":"3"},"data":{"id":"4","name":"Check quotes","type":3,"target_id":"5","resolved":{"messages":{"5":{"id":"5","content":"“Quite so”","components":[{"type":1,"components":[{"type":99}]}]}}}}}}`)
		p.send(`{"op":0,"s":3,"t":"MESSAGE_CREATE","d":{"id":"8","channel_id":"9","author":{"id":"3"},"content":"and then?","referenced_message":{"id":"7","channel_id":"9","author":{"id":"77","bot":true},"components":[{"type":99}]}}}`)
		p.stay()
	})
	running(t, f.gateway(Handlers{
		Interaction: func(_ context.Context, i *discordgo.Interaction) {
			got <- i.ApplicationCommandData().Resolved.Messages["5"].Content
		},
		Message: func(_ context.Context, m *discordgo.Message) { got <- m.Content + m.ReferencedMessage.Author.ID },
	}))
	texts := map[string]bool{receive(t, "an event", got): true, receive(t, "another", got): true}
	if !texts["“Quite so”"] || !texts["and then?77"] {
		t.Errorf("got %v", texts)
	}
}
