package message

import (
	"errors"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot"
)

// TestIDs: what a button says is read as it was written.
func TestIDs(t *testing.T) {
	t.Parallel()
	key := Key("some/article.txt", 4328)
	for _, id := range []ID{
		{Action: ShowPage, Lang: English, Page: 12}, {Action: Share, Lang: Russian}, {Action: Around, Lang: Ukrainian},
		{Action: Around, Lang: English, Statement: key}, {Action: Report, Lang: English, Page: 3}, {Action: Report, Lang: English, Page: 3, Statement: key},
		{Action: Remove, Lang: English, File: FileKey("some/article.txt")}, {Action: Leave, Lang: Russian}, {Action: PutBack, Lang: Ukrainian, File: FileKey("x")},
		{Action: Ask, Lang: English, Question: "What did A. B. Ambledown say. About “it”?"},
	} {
		if got, err := DecodeID(id.String()); err != nil || got != id || !id.Fits() {
			t.Errorf("%q is read as %+v, %v", id, got, err)
		}
	}
}

// TestForgedIDs: what this version does not write gives an error that says so.
func TestForgedIDs(t *testing.T) {
	t.Parallel()
	key := Key("a", 1)
	for _, s := range []string{"", ".", "1", "1.p", "1.p.en", "1.p.en.", "1.p.en.-1", "1.p.en.+1", "1.p.en.01", "1.p.en.1000", "1.p.en.9999999999999999999",
		"0.p.en.1", "2.p.en.1", "1.p.de.1", "1.p..1", "1.x.en.1", "1..en.1", "1.c.en.short-1", "1.c.en." + key + "x", "1.c.en." + strings.ToUpper(key),
		"1.w.en.", "1.w.en.1", "1.w.en.1.nokey", "1.x.en.", "1.x.en." + key, "1.x.en.../../etc/passwd", "1.b.en." + FileKey("a") + "x", "1.k.en.x", "1.a.en.", "1.a.en.  ", "1.n.en.x", "1.a.en." + strings.Repeat("x", 100), "page:2", "1.p.en.1\x00"} {
		if id, err := DecodeID(s); !errors.Is(err, ErrID) {
			t.Errorf("%q is read as %+v, %v", s, id, err)
		}
	}
}

// FuzzDecodeID: whatever is sent, an ID that is read is written the same.
func FuzzDecodeID(f *testing.F) {
	for _, s := range []string{"1.p.en.2", "1.w.ru.0." + Key("a", 7), "1.a.uk.What?", "1.c.en.", "1.n.en.", "1.k.en.", "1.x.en." + FileKey("a"), "1.b.ru." + FileKey("b")} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := DecodeID(s)
		if err == nil && id.String() != s {
			t.Errorf("%q is read as %+v, which is %q", s, id, id)
		}
		if err != nil && !errors.Is(err, ErrID) {
			t.Errorf("%q gives %v", s, err)
		}
	})
}

// TestFind: a Key finds its statement or passage in the answer asked again, and
// nothing where that has changed.
func TestFind(t *testing.T) {
	t.Parallel()
	a := readAnswer(t, "unnamed")
	if s, p := Find(a, Key("toll.txt", 100)); p != nil || s == nil || s.Paragraph != 5 {
		t.Errorf("found %v, %v", s, p)
	}
	if s, p := Find(a, Key("toll.txt", 200)); s != nil || p == nil || p.Paragraph != 7 {
		t.Errorf("found %v, %v", s, p)
	}
	if s, p := Find(a, Key("toll.txt", 101)); s != nil || p != nil {
		t.Errorf("found %v, %v", s, p)
	}
}

// TestQuestionFromAMessage: only answers hold a question, and only a whole one.
func TestQuestionFromAMessage(t *testing.T) {
	t.Parallel()
	received := func(m Message) *discordgo.Message { return &discordgo.Message{Embeds: m.Embeds} }
	for name, m := range map[string]*discordgo.Message{
		"nothing": nil, "empty": {}, "nil embed": {Embeds: []*discordgo.MessageEmbed{nil}},
		"help": received(Help(English, true)), "a notice": received(Tell(NotAdmin, English)), "a failure": received(Failed("3f2a", English)),
		"too long": received(Answer(&bot.Answer{Question: strings.Repeat("Why? ", 300)}, Options{})),
		"no words": received(Answer(&bot.Answer{}, Options{})),
	} {
		if q, ok := Question(m); ok {
			t.Errorf("%s holds the question %q", name, q)
		}
	}
	long := received(Answer(&bot.Answer{Question: strings.Repeat("Why? ", 119) + "Why"}, Options{}))
	if q, ok := Question(long); !ok || q != strings.Repeat("Why? ", 119)+"Why" {
		t.Errorf("a long question is %q, %v", q, ok)
	}
	forged := received(Answer(&bot.Answer{Question: "a **…**"}, Options{}))
	if q, ok := Question(forged); !ok || q != "a **…**" {
		t.Errorf("a question that looks cut is %q, %v", q, ok)
	}
}

// TestShared: a shared answer is the private one without its Share button.
func TestShared(t *testing.T) {
	t.Parallel()
	private := Answer(readAnswer(t, "acts"), Options{Private: true})
	m := &discordgo.Message{Embeds: private.Embeds}
	for _, c := range private.Components {
		raw, err := c.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		received, err := discordgo.MessageComponentFromJSON(raw)
		if err != nil {
			t.Fatal(err)
		}
		m.Components = append(m.Components, received)
	}
	shared := Shared(m, "reader\u202e_one", English)
	public := Answer(readAnswer(t, "acts"), Options{})
	if shared.Embeds[0].Description != public.Embeds[0].Description || shared.Embeds[0].Footer.Text != "Shared by reader⟨U+202E⟩_one" {
		t.Errorf("shared as %q with %+v", shared.Embeds[0].Description, shared.Embeds[0].Footer)
	}
	if got, want := ids(shared), ids(public); got != want {
		t.Errorf("shared with %s, not %s", got, want)
	}
}

func ids(m Message) string {
	var out []string
	for _, c := range m.Components {
		for _, b := range c.(discordgo.ActionsRow).Components {
			out = append(out, customID(b))
		}
	}
	return strings.Join(out, " ")
}

// TestReport: the modal carries the button's id on, and its text comes back.
func TestReport(t *testing.T) {
	t.Parallel()
	for lang := range texts {
		id := ID{Action: Report, Lang: lang, Page: 2, Statement: Key("a", 3)}
		modal := ReportModal(id)
		in := modal.Components[0].(discordgo.ActionsRow).Components[0].(discordgo.TextInput)
		if got, err := DecodeID(modal.CustomID); err != nil || got != id {
			t.Errorf("the modal's id is %q: %v", modal.CustomID, err)
		}
		if length(modal.Title) > maxModalTitle || length(in.Label) > maxModalTitle || length(in.Placeholder) > 100 || strings.Contains(modal.Title+in.Label, "…") {
			t.Errorf("%s: %q, %q, %q are too long for a modal", lang, modal.Title, in.Label, in.Placeholder)
		}
		in.Value = "  it was not her "
		sent := discordgo.ModalSubmitInteractionData{Components: []discordgo.MessageComponent{&discordgo.ActionsRow{Components: []discordgo.MessageComponent{&in}}}}
		if got := Reason(sent); got != "it was not her" {
			t.Errorf("the reason is %q", got)
		}
	}
	if got := Reason(discordgo.ModalSubmitInteractionData{}); got != "" {
		t.Errorf("no modal has the reason %q", got)
	}
}
