package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
)

// TestAdmins lets those reindex whom the settings name, and nobody else: not the
// admin of another server that has the bot too.
func TestAdmins(t *testing.T) {
	t.Parallel()
	var byUser, byRole, manager, foreign *discordtest.User
	var elsewhere *discordtest.Channel
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		byUser, byRole, manager, foreign = d.AddUser("by-user"), d.AddUser("by-role"), d.AddUser("manager"), d.AddUser("foreign")
		other := d.AddGuild("elsewhere")
		elsewhere = other.AddChannel("general")
		d.Guild.AddMember(byUser, 0)
		d.Guild.AddMember(byRole, 0, "424242")
		d.Guild.AddMember(manager, discordtest.PermissionManageServer)
		other.AddMember(foreign, discordtest.PermissionAdministrator|discordtest.PermissionManageServer)
		other.AddMember(byUser, 0)
		o.Settings.AdminUsers = []string{byUser.ID}
		o.Settings.AdminRoles = []string{"424242"}
		o.Settings.AdminGuilds = []string{d.Guild.ID}
	})
	for _, test := range []struct {
		user *discordtest.User
		at   *discordtest.Channel
		may  bool
	}{
		{byUser, s.Channel, true}, {byUser, elsewhere, true}, {byUser, s.DM(byUser), true}, {byRole, s.Channel, true}, {manager, s.Channel, true},
		{foreign, elsewhere, false}, {s.User, s.Channel, false}, {manager, s.DM(manager), false},
	} {
		text := s.Ask(test.user, test.at, "reindex").Until(patient, func(m discordtest.Message) bool {
			return strings.Contains(m.Text(), "Only admins") || strings.Contains(m.Text(), "Nothing had changed")
		}).Text()
		if allowed := !strings.Contains(text, "Only admins"); allowed != test.may {
			t.Errorf("%s: allowed %v, want %v:\n%s", test.user.Name, allowed, test.may, text)
		}
	}
	log := s.log.String()
	wants(t, log, "audit: reindex refused", "user="+foreign.ID, "audit: reindexed", "user="+byRole.ID)
	if s.Invalid() != 0 {
		t.Error("Discord refused a request")
	}
}

// TestReindex shows progress while it runs and then what was done; a second one
// waits, and questions are answered all the while.
func TestReindex(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) { o.Settings.AdminUsers = []string{d.User.ID} })
	for n := range 400 {
		s.write(t, fmt.Sprintf("log-%d.txt", n), fmt.Sprintf("Log %d\n\n“Day %d was calm on the water of the harbour,” said Oleg Fennimarsh.\n", n, n))
	}
	s.write(t, "broken.txt", "")
	run := s.Ask(s.User, s.Channel, "reindex", discordtest.Opt("full", true))
	run.Until(patient, func(m discordtest.Message) bool { return strings.Contains(m.Text(), "Building") })
	second := s.Ask(s.User, s.Channel, "reindex")
	asked := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?"))
	wants(t, asked.Final(patient).Text(), "the ropes were rotten")
	done := run.Until(patient, func(m discordtest.Message) bool { return strings.Contains(m.Text(), "broken.txt") })
	wants(t, done.Text(), "403", "1")
	wants(t, second.Final(patient).Text(), "read already")
	after := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Fennimarsh say?"))
	wants(t, after.Final(patient).Text(), "Oleg Fennimarsh")
}

// TestReindexOutlivesItsToken goes on in an ordinary message when Discord no
// longer lets the answer be edited.
func TestReindexOutlivesItsToken(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		o.Settings.AdminUsers = []string{d.User.ID}
		o.Timing.TokenLife = time.Nanosecond
	})
	s.write(t, "more.txt", "More\n\n“It is calm,” said Oleg Fennimarsh.\n")
	s.Ask(s.User, s.Channel, "reindex")
	sent := s.WaitSent(s.Channel, 1, patient)[0]
	for range 200 {
		if strings.Contains(s.Message(sent.ID).Text(), "added") {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	wants(t, s.Message(sent.ID).Text(), "added")
}

// TestReindexWhereTheBotMayNotWrite goes on in direct messages with the admin then.
func TestReindexWhereTheBotMayNotWrite(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		o.Settings.AdminUsers = []string{d.User.ID}
		o.Timing.TokenLife = time.Nanosecond
	})
	s.Lock(s.Channel)
	s.Ask(s.User, s.Channel, "reindex")
	s.WaitSent(s.DM(s.User), 1, patient)
	if n := s.Invalid(); n != 1 {
		t.Errorf("%d requests were refused, want 1", n)
	}
}

// TestReindexEndsWithTheBot says so when the bot is told to stop meanwhile; the
// index stays as it was.
func TestReindexEndsWithTheBot(t *testing.T) {
	t.Parallel()
	s, release := heldStage(t)
	run := s.Ask(s.User, s.Channel, "reindex", discordtest.Opt("full", true))
	run.Until(patient, func(m discordtest.Message) bool { return strings.Contains(m.Text(), "Building") })
	context.AfterFunc(s.bot.ctx, func() { close(release) })
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	wants(t, run.Final(patient).Text(), "told to stop")
	if a, err := s.bot.archive.Answer(t.Context(), "what did Fennimarsh say?", 5); err != nil || a.Found {
		t.Errorf("the index did not stay as it was: %v, %v", a, err)
	}
}
