package discord

import (
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/gateway"
)

// Settings say who the bot is and how it behaves.
type Settings struct {
	gateway.Settings
	AdminUsers  []string // ADMIN_USER_IDS
	AdminRoles  []string // ADMIN_ROLE_IDS
	AdminGuilds []string // ADMIN_GUILD_IDS: servers in which Manage Server counts

	Channels       []string // CHANNEL_IDS: where it may answer; nil: everywhere
	RefuseDMs      bool     // DIRECT_MESSAGES=off
	PerUser        int      // QUESTIONS_PER_USER a minute; 0: as many as they like
	PerChannel     int      // QUESTIONS_PER_CHANNEL a minute; 0: as many as they like
	LogQuestions   bool     // LOG_QUESTIONS
	ReportsChannel string   // REPORTS_CHANNEL_ID: where "Wrong?" is told; "": in the log alone
	ReportsFile    string   // where it is noted; "": in the log alone
}

// Defaults of the limits: a person reads an answer in a few seconds, and a busy
// channel has several who ask.
const (
	DefaultPerUser    = 20
	DefaultPerChannel = 60
)

// Timing is what tests shorten. A zero field means its default.
type Timing struct {
	Patience  time.Duration // how long an answer may take before it is promised first; 150 ms
	Progress  time.Duration // between two looks at how far a reindex is; 2 s, below Discord's five edits in five seconds
	TokenLife time.Duration // how long an interaction's message can be edited; 14 min of Discord's 15
	Shutdown  time.Duration // for a reindex to stop when the bot is told to; 10 s
}

func (t *Timing) fill() {
	for _, d := range []struct {
		value *time.Duration
		def   time.Duration
	}{{&t.Patience, 150 * time.Millisecond}, {&t.Progress, 2 * time.Second}, {&t.TokenLife, 14 * time.Minute}, {&t.Shutdown, 10 * time.Second}} {
		if *d.value <= 0 {
			*d.value = d.def
		}
	}
}

// isAdmin tells whether who made an interaction may reindex and change the archive: one of the users,
// one with one of the roles, or one who manages one of the servers. Managing any
// other server means nothing: the archive is one for all.
func (s *Settings) isAdmin(i *discordgo.Interaction) bool {
	if slices.Contains(s.AdminUsers, userOf(i).ID) {
		return true
	}
	if i.Member == nil {
		return false
	}
	for _, role := range i.Member.Roles {
		if slices.Contains(s.AdminRoles, role) {
			return true
		}
	}
	manages := i.Member.Permissions&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0
	return manages && i.GuildID != "" && slices.Contains(s.AdminGuilds, i.GuildID)
}
