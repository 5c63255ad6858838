package discord

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
)

// TestMentionAndConversation asks by mention, and goes on by replying.
func TestMentionAndConversation(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	asked := s.Say(s.User, s.Channel, "what did Wexmoor say about the toll?", discordtest.MentionBot())
	answer := s.WaitReply(asked, patient)
	wants(t, answer.Text(), "“The toll is three coins,”")
	if answer.Ephemeral() {
		t.Error("an answer to a mention is private")
	}
	ropes := s.Say(s.User, s.Channel, "and about ropes?", discordtest.ReplyTo(answer))
	wants(t, s.WaitReply(ropes, patient).Text(), "what did Wexmoor say about ropes?", "the ropes were rotten")
	other := s.Say(s.User, s.Channel, "what about Ambledown?", discordtest.ReplyTo(answer))
	wants(t, s.WaitReply(other, patient).Text(), "the toll was too high")
	when := s.Say(s.User, s.Channel, "when?", discordtest.ReplyTo(answer))
	wants(t, s.WaitReply(when, patient).Text(), "2031-04-02")
	bare := s.Say(s.User, s.Channel, "", discordtest.MentionBot())
	wants(t, s.WaitReply(bare, patient).Text(), "/ask")
}

// TestMentionInOtherLanguages answers in the language of the message, of which
// Discord says no locale.
func TestMentionInOtherLanguages(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	for text, word := range map[string]string{
		"что сказал Wexmoor о паромах и мостах?": "В архиве ничего нет", "що сказав Wexmoor про пороми та мости?": "В архіві нічого немає",
		"what did Wexmoor say?": "Sources",
	} {
		m := s.Say(s.User, s.Channel, text, discordtest.MentionBot())
		wants(t, s.WaitReply(m, patient).Text(), word)
	}
}

// TestSilentReply tells somebody whose reply Discord empties what to do, once.
func TestSilentReply(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	asked := s.Say(s.User, s.Channel, "what did Wexmoor say about the toll?", discordtest.MentionBot())
	answer := s.WaitReply(asked, patient)
	silent := s.Say(s.User, s.Channel, "and about ropes?", discordtest.ReplySilently(answer))
	wants(t, s.WaitReply(silent, patient).Text(), "switched off")
	s.Say(s.User, s.Channel, "they talk on", discordtest.ReplySilently(answer))
	last := s.Say(s.User, s.Channel, "what did Wexmoor say about ropes?", discordtest.MentionBot())
	s.WaitReply(last, patient)
	if sent := s.Sent(s.Channel); len(sent) != 3 {
		t.Errorf("%d messages were sent, want 3", len(sent))
	}
}

// TestDirectMessages answers in direct messages; where those are off it says so.
func TestDirectMessages(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	m := s.Say(s.User, s.DM(s.User), "what did Wexmoor say about ropes?")
	answer := s.WaitReply(m, patient)
	wants(t, answer.Text(), "the ropes were rotten")
	more := s.Say(s.User, s.DM(s.User), "and about the toll?", discordtest.ReplySilently(answer))
	wants(t, s.WaitReply(more, patient).Text(), "“The toll is three coins,”")
	off := start(t, discordtest.Options{}, func(o *Options, _ *discordtest.Discord) { o.Settings.RefuseDMs = true })
	m = off.Say(off.User, off.DM(off.User), "what did Wexmoor say about ropes?")
	wants(t, off.WaitReply(m, patient).Text(), "direct messages")
	off.Say(off.User, off.DM(off.User), "what did Wexmoor say about ropes?") // who was told is not told again at once
	i := off.Ask(off.User, off.DM(off.User), "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?"))
	wants(t, i.Final(patient).Text(), "direct messages")
	if sent := off.Sent(off.DM(off.User)); len(sent) != 1 {
		t.Errorf("%d messages say that direct ones are off, want 1", len(sent))
	}
}

// TestIgnored answers no bot, no webhook, nobody who does not speak to it, and
// nothing twice.
func TestIgnored(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	robot := s.AddUser("robot")
	robot.Bot = true
	s.Guild.AddMember(robot, 0)
	s.Say(robot, s.Channel, "what did Wexmoor say?", discordtest.MentionBot())
	s.Say(s.User, s.Channel, "what did Wexmoor say?", discordtest.MentionBot(), discordtest.ByWebhook())
	s.Say(s.User, s.Channel, "what did Wexmoor say?")
	for _, body := range []string{"null", "{}", `{"id":7}`, `{"id":"9","author":null,"content":"x"}`, `[]`, `"x"`} {
		s.Raw("MESSAGE_CREATE", body)
		s.Raw("INTERACTION_CREATE", body)
		s.Raw("GUILD_CREATE", body)
	}
	s.Raw("MESSAGE_CREATE", fmt.Sprintf(`{"id":"77","type":6,"channel_id":%q,"content":"","author":{"id":%q,"username":"nina"}}`,
		s.DM(s.User).ID, s.User.ID)) // a message was pinned
	m := s.Say(s.User, s.Channel, "what did Wexmoor say about ropes?", discordtest.MentionBot())
	s.Raw("MESSAGE_CREATE", m.JSON)
	s.WaitReply(m, patient)
	i := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?"))
	s.Repeat(i)
	i.Final(patient)
	if sent := append(s.Sent(s.Channel), s.Sent(s.DM(s.User))...); len(sent) != 1 {
		t.Errorf("%d messages were sent, want 1", len(sent))
	}
}

// TestLimits holds users to their questions a minute, and tells them.
func TestLimits(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, func(o *Options, _ *discordtest.Discord) { o.Settings.PerUser = 4 })
	ask := func() string {
		return s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?")).Final(patient).Text()
	}
	wants(t, ask(), "the ropes were rotten")
	wants(t, ask(), "ask again in 15 s")
	other := s.AddUser("other")
	s.Guild.AddMember(other, 0)
	i := s.Ask(other, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?"))
	wants(t, i.Final(patient).Text(), "the ropes were rotten")
}

// TestLimitsPassWithTime counts by a clock of its own.
func TestLimitsPassWithTime(t *testing.T) {
	t.Parallel()
	l := newLimits(4, 0)
	now := time.Date(2031, 4, 2, 12, 0, 0, 0, time.UTC)
	if _, ok := l.take("a", "c", now); !ok {
		t.Error("the first question is one too many")
	}
	if wait, ok := l.take("a", "c", now); ok || wait != 15*time.Second {
		t.Errorf("the second may be asked after %v, %v", wait, ok)
	}
	if _, ok := l.take("b", "c", now); !ok {
		t.Error("another user has the same limit")
	}
	if _, ok := l.take("a", "c", now.Add(15*time.Second)); !ok {
		t.Error("waiting does not help")
	}
	if _, ok := newLimits(0, 0).take("a", "c", now); !ok {
		t.Error("no limit is a limit")
	}
}

// TestChannels answers only where the operator lets it.
func TestChannels(t *testing.T) {
	t.Parallel()
	var quiet *discordtest.Channel
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		quiet = d.Guild.AddChannel("quiet")
		o.Settings.Channels = []string{d.Channel.ID}
	})
	i := s.Ask(s.User, quiet, "ask", discordtest.Opt("question", "what did Wexmoor say?"))
	wants(t, i.Final(patient).Text(), "channel")
	s.Say(s.User, quiet, "what did Wexmoor say?", discordtest.MentionBot())
	m := s.Say(s.User, s.Channel, "what did Wexmoor say about ropes?", discordtest.MentionBot())
	wants(t, s.WaitReply(m, patient).Text(), "the ropes were rotten")
	if sent := s.Sent(quiet); len(sent) != 0 {
		t.Errorf("it answered in a channel that is closed to it: %v", sent)
	}
}

// TestHostileText shows what is hostile exactly, and nothing of it works.
func TestHostileText(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	s.write(t, "hostile.txt", "Traps\n\n“@everyone join discord.gg/abc **now** ||here|| <@1> [free](https://evil.example) `x` \u202e backwards,” said Petra Snarelock.\n")
	if _, err := s.archive.Update(t.Context(), false, nil); err != nil {
		t.Fatal(err)
	}
	m := s.Say(s.User, s.Channel, "what did Snarelock say?", discordtest.MentionBot())
	text := s.WaitReply(m, patient).Text()
	for _, trap := range []string{"\u202e", "discord.gg/abc", "](https://evil", "||here||", "<@1>"} {
		if strings.Contains(text, trap) {
			t.Errorf("%q is in\n%s", trap, text)
		}
	}
	wants(t, text, "now", "here", "free", "backwards")
	const trap = "discord.gg/x ** || "
	s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "@everyone "+strings.Repeat(trap, 25))).Final(patient)
	s.WaitReply(s.Say(s.User, s.Channel, "@everyone "+strings.Repeat(trap, 100), discordtest.MentionBot()), patient)
}
