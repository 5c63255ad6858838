// Answers as a reader sees them, step by step.

package discordtest_test

import (
	"net/http"
	"strings"
	"testing"

	"onrecord/bot/discord/discordtest"
)

// TestAnswerGrows shows thinking, then the answer, then its edit; then nothing.
func TestAnswerGrows(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	i := d.Ask(d.User, d.Channel, "ask")
	if got := respond(t, d, i, `{"type":5,"data":{"flags":64}}`); got.status != http.StatusNoContent {
		t.Fatalf("deferring gets %d %s", got.status, got.body)
	}
	first := i.FirstResponse(patience)
	if !first.Message.Thinking() || !first.Message.Ephemeral() || i.Took() != 0 {
		t.Errorf("at first there is %+v", first)
	}
	original := hook(d, i) + "/messages/@original"
	for n, text := range []string{"the answer", "a better answer"} {
		if got := rest(t, d, "PATCH", original, `{"content":"`+text+`",`+safe+`}`); got.status != http.StatusOK {
			t.Fatalf("editing gets %d %s", got.status, got.body)
		}
		if m := i.Final(patience); m.Content != text || m.Edits != n || !m.Ephemeral() {
			t.Errorf("there is %+v", m)
		}
	}
	if i.Took() == 0 {
		t.Error("the answer took no time")
	}
	rest(t, d, "DELETE", original, "")
	i.Until(patience, func(m discordtest.Message) bool { return m.Deleted })
	if sent := d.Sent(d.Channel); len(sent) != 0 {
		t.Errorf("an answer is no message that the bot sent: %v", sent)
	}
}

// TestFollowupInPlace puts the first followup where "thinking" stood.
func TestFollowupInPlace(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	i := d.Ask(d.User, d.Channel, "ask")
	respond(t, d, i, `{"type":5}`)
	for _, text := range []string{"first", "second"} {
		if got := rest(t, d, "POST", hook(d, i), `{"content":"`+text+`",`+safe+`}`); got.status != http.StatusOK {
			t.Errorf("a followup gets %d %s", got.status, got.body)
		}
	}
	if m := i.Final(patience); m.Content != "first" {
		t.Errorf("the answer is %q", m.Content)
	}
	if more := i.WaitFollowups(1, patience); len(more) != 1 || more[0].Content != "second" {
		t.Errorf("the followups are %v", more)
	}
}

// TestComponentsAndModals presses, chooses, fills in and types.
func TestComponentsAndModals(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	i := d.Ask(d.User, d.Channel, "ask")
	body := `{"type":4,"data":{"flags":32768,"components":[{"type":10,"content":"whom?"},` +
		row(`{"type":3,"custom_id":"who","options":[{"label":"Wexmoor","value":"w"}]}`) + `,` + row(button("why", "Why?")) + `],` + safe + `}}`
	if got := respond(t, d, i, body); got.status != http.StatusNoContent {
		t.Fatalf("got %d %s", got.status, got.body)
	}
	m := i.Final(patience)
	chosen := d.Select(d.User, m, "who", "w")
	respond(t, d, chosen, `{"type":7,"data":{"components":[{"type":10,"content":"Wexmoor it is"},`+row(button("why", "Why?"))+`],`+safe+`}}`)
	if now := d.Message(m.ID); now.Text() != "Wexmoor it is\nWhy?" || chosen.Final(patience).ID != m.ID {
		t.Errorf("the message reads %q", now.Text())
	}
	pressed := d.Button(d.User, d.Message(m.ID), "why")
	modal := `{"type":9,"data":{"custom_id":"reason","title":"Why?","components":[` + row(`{"type":4,"custom_id":"text","style":1,"label":"Why"}`) + `]}}`
	if got := respond(t, d, pressed, modal); got.status != http.StatusNoContent {
		t.Fatalf("a modal gets %d %s", got.status, got.body)
	}
	filled := d.ModalSubmit(pressed, map[string]string{"text": "because"})
	respond(t, d, filled, `{"type":4,"data":{"content":"thanks",`+safe+`}}`)
	if thanks := filled.Final(patience); thanks.Content != "thanks" || thanks.ID == m.ID {
		t.Errorf("the modal's answer is %+v", thanks)
	}
}

// TestAutocomplete reads the choices, and none.
func TestAutocomplete(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	for _, test := range []struct {
		choices string
		want    int
	}{{`[]`, 0}, {`[{"name":"Corin Wexmoor","value":"w"}]`, 1}} {
		i := d.Autocomplete(d.User, d.Channel, "quotes", "speaker", "we", discordtest.Opt("about", "ferries"))
		respond(t, d, i, `{"type":8,"data":{"choices":`+test.choices+`}}`)
		if got := i.Choices(patience); len(got) != test.want {
			t.Errorf("the choices are %v", got)
		}
	}
}

// TestChannels sends, edits, lists and deletes messages, and meets a locked channel.
func TestChannels(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	path := "/channels/" + d.Channel.ID + "/messages"
	said := d.Say(d.User, d.Channel, "hello", discordtest.ByWebhook())
	sent := rest(t, d, "POST", path, `{"content":"hello you","message_reference":{"message_id":"`+said.ID+`"},`+safe+`}`)
	if reply := d.WaitReply(said, patience); reply.ID != sent.id {
		t.Errorf("the reply is %+v", reply)
	}
	rest(t, d, "PATCH", path+"/"+sent.id, `{"content":"hello all",`+safe+`}`)
	if all := d.WaitSent(d.Channel, 1, patience); all[0].Content != "hello all" || all[0].Edits != 1 {
		t.Errorf("the bot sent %v", all)
	}
	d.Delete(said)
	if got := rest(t, d, "POST", path, `{"content":"still there?","message_reference":{"message_id":"`+said.ID+`"},`+safe+`}`); got.code != 50035 {
		t.Errorf("a reply to what is gone gets %d %s", got.status, got.body)
	}
	if got := rest(t, d, "DELETE", path+"/"+sent.id, ""); got.status != http.StatusNoContent || len(d.Sent(d.Channel)) != 0 {
		t.Errorf("deleting gets %d %s", got.status, got.body)
	}
	d.Lock(d.Channel)
	if got := rest(t, d, "POST", path, `{"content":"hello",`+safe+`}`); got.code != 50013 {
		t.Errorf("a locked channel gets %d %s", got.status, got.body)
	}
	if rest(t, d, "POST", "/channels/"+d.Channel.ID+"/typing", ""); d.Typing(d.Channel) != 1 {
		t.Errorf("typed %d times", d.Typing(d.Channel))
	}
}

// TestReading reads back what was written: answers, lists of messages, commands.
func TestReading(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	i := d.Ask(d.User, d.Channel, "ask")
	shown := rest(t, d, "POST", "/interactions/"+i.ID+"/"+i.Token+"/callback?with_response=true", hello)
	if !strings.Contains(shown.body, `"content":"x"`) {
		t.Errorf("with_response gives %d %s", shown.status, shown.body)
	}
	followup := rest(t, d, "POST", hook(d, i), `{"content":"y",`+safe+`}`)
	if got := rest(t, d, "GET", hook(d, i)+"/messages/"+followup.id, ""); got.id != followup.id {
		t.Errorf("the followup is %d %s", got.status, got.body)
	}
	list := "/channels/" + d.Channel.ID + "/messages"
	for query, want := range map[string]int{"": 2, "?limit=1": 1, "?before=" + followup.id: 1, "?after=" + followup.id: 0} {
		if got := rest(t, d, "GET", list+query, ""); strings.Count(got.body, `"content"`) != want {
			t.Errorf("%s lists %s", query, got.body)
		}
	}
	commands := "/applications/" + d.AppID() + "/guilds/" + d.Guild.ID + "/commands"
	made := rest(t, d, "POST", commands, `{"name":"ask","description":"d"}`)
	if again := rest(t, d, "POST", commands, `{"name":"ask","description":"e"}`); again.id != made.id || again.status != http.StatusOK {
		t.Errorf("the same command again gets %d %s", again.status, again.body)
	}
	if got := rest(t, d, "GET", commands, ""); !strings.Contains(got.body, `"description":"e"`) {
		t.Errorf("the commands are %s", got.body)
	}
	if got := rest(t, d, "DELETE", commands+"/"+made.id, ""); got.status != http.StatusNoContent || len(d.Commands(d.Guild)) != 0 {
		t.Errorf("deleting a command gets %d %s", got.status, got.body)
	}
}
