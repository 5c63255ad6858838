// Guilds, channels, users and members.

package discordtest

import (
	"slices"
	"strconv"
	"time"
)

// Permissions that tests need, as bits of a member's permissions.
const (
	PermissionAdministrator int64 = 1 << 3
	PermissionManageServer  int64 = 1 << 5
	PermissionViewChannel   int64 = 1 << 10
	PermissionSendMessages  int64 = 1 << 11
	PermissionReadHistory   int64 = 1 << 16
	// permissionsOfAll is what every member has.
	permissionsOfAll = PermissionViewChannel | PermissionSendMessages | PermissionReadHistory
)

// Types of channels.
const (
	channelText = 0
	channelDM   = 1
)

// User is a person, or a bot.
type User struct {
	ID, Name string
	// Bot is set on bots, the one under test among them.
	Bot bool
	// Locale is what the user's interactions say; "en-US" if not set.
	Locale string
}

// Member is a user in a guild.
type Member struct {
	User        *User
	Permissions int64
	Roles       []string
}

// Guild is a server with the bot in it.
type Guild struct {
	ID, Name string
	// Locale is the guild's own.
	Locale   string
	d        *Discord
	channels []*Channel
	members  []*Member
}

// Channel is a text channel of a guild, or the bot's direct messages with a user.
type Channel struct {
	ID, Name string
	Guild    *Guild // nil in direct messages
	User     *User  // of direct messages
	locked   bool   // the bot may not write there
}

func (d *Discord) populate() {
	d.bot = d.AddUser("on-record")
	d.bot.Bot = true
	d.Guild = d.AddGuild("Marnock Harbour")
	d.Channel = d.Guild.AddChannel("questions")
	d.User = d.AddUser("nina.ambledown")
	d.Guild.AddMember(d.User, 0)
}

// AddUser makes a user that is in no guild yet.
func (d *Discord) AddUser(name string) *User {
	d.mu.Lock()
	defer d.mu.Unlock()
	u := &User{ID: d.newID(), Name: name, Locale: "en-US"}
	d.users[u.ID] = u
	return u
}

// AddGuild makes a guild with the bot in it; sessions that are open are told by
// GUILD_CREATE.
func (d *Discord) AddGuild(name string) *Guild {
	d.mu.Lock()
	g := &Guild{ID: d.newID(), Name: name, Locale: "en-US", d: d}
	g.members = []*Member{{User: d.bot, Permissions: permissionsOfAll}}
	d.guilds = append(d.guilds, g)
	event := d.guildCreate(g)
	d.mu.Unlock()
	d.dispatch("GUILD_CREATE", event, event, intentGuilds, g)
	return g
}

// RemoveGuild throws the bot out of a guild; open sessions get GUILD_DELETE.
func (d *Discord) RemoveGuild(g *Guild) {
	d.mu.Lock()
	d.guilds = slices.DeleteFunc(d.guilds, func(other *Guild) bool { return other == g })
	d.mu.Unlock()
	event := object{"id": g.ID}
	d.dispatch("GUILD_DELETE", event, event, intentGuilds, g)
}

// AddChannel makes a text channel.
func (g *Guild) AddChannel(name string) *Channel {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	c := &Channel{ID: g.d.newID(), Name: name, Guild: g}
	g.channels = append(g.channels, c)
	g.d.channels[c.ID] = c
	return c
}

// AddMember puts a user into the guild, with these permissions beside those that
// everybody has, and these roles' ids.
func (g *Guild) AddMember(u *User, permissions int64, roles ...string) *Member {
	g.d.mu.Lock()
	defer g.d.mu.Unlock()
	m := &Member{User: u, Permissions: permissionsOfAll | permissions, Roles: roles}
	g.members = append(g.members, m)
	return m
}

// DM is the channel of direct messages between the bot and the user.
func (d *Discord) DM(u *User) *Channel {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.dm(u)
}

func (d *Discord) dm(u *User) *Channel {
	for _, c := range d.channels {
		if c.User == u {
			return c
		}
	}
	c := &Channel{ID: d.newID(), User: u}
	d.channels[c.ID] = c
	return c
}

// Lock takes the bot's permission to write in the channel away: 403 with code 50013,
// Missing Permissions.
func (d *Discord) Lock(c *Channel) {
	d.mu.Lock()
	defer d.mu.Unlock()
	c.locked = true
}

func (d *Discord) guild(id string) *Guild {
	for _, g := range d.guilds {
		if g.ID == id {
			return g
		}
	}
	return nil
}

func (g *Guild) member(userID string) *Member {
	for _, m := range g.members {
		if m.User.ID == userID {
			return m
		}
	}
	return nil
}

func (u *User) object() object {
	return object{
		"id": u.ID, "username": u.Name, "global_name": u.Name, "discriminator": "0", "avatar": nil,
		"public_flags": 0, "flags": 0, "primary_guild": nil, "bot": u.Bot,
	}
}

func (m *Member) object() object {
	roles := m.Roles
	if roles == nil {
		roles = []string{}
	}
	return object{
		"user": m.User.object(), "roles": roles, "nick": nil, "avatar": nil, "banner": nil,
		"communication_disabled_until": nil, "premium_since": nil, "flags": 0, "pending": false,
		"mute": false, "deaf": false, "joined_at": stamp(time.Unix(discordEpoch/1000, 0)),
	}
}

func (c *Channel) object() object {
	if c.User != nil {
		return object{"id": c.ID, "type": channelDM, "flags": 0, "recipients": []object{c.User.object()}}
	}
	return object{
		"id": c.ID, "type": channelText, "flags": 0, "guild_id": c.Guild.ID, "name": c.Name,
		"position": 0, "permission_overwrites": []object{}, "nsfw": false,
	}
}

// object is the guild as REST gives it; guildCreate as the gateway does.
func (g *Guild) object() object {
	return object{
		"id": g.ID, "name": g.Name, "icon": nil, "description": nil, "home_header": nil, "splash": nil,
		"discovery_splash": nil, "features": []string{}, "banner": nil, "owner_id": g.ID, "application_id": nil,
		"region": "deprecated", "afk_channel_id": nil, "afk_timeout": 300, "system_channel_id": nil,
		"system_channel_flags": 0, "widget_enabled": false, "widget_channel_id": nil, "verification_level": 0,
		"roles": g.roles(), "default_message_notifications": 0, "mfa_level": 0, "explicit_content_filter": 0,
		"max_presences": nil, "max_members": 250000, "max_stage_video_channel_users": 50,
		"max_video_channel_users": 25, "vanity_url_code": nil, "premium_tier": 0, "premium_subscription_count": 0,
		"preferred_locale": g.Locale, "rules_channel_id": nil, "safety_alerts_channel_id": nil,
		"public_updates_channel_id": nil, "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0,
		"emojis": []object{}, "stickers": []object{}, "incidents_data": nil,
	}
}

// roles are @everyone, which has the guild's id, and those that members have.
func (g *Guild) roles() []object {
	ids := []string{g.ID}
	for _, m := range g.members {
		for _, id := range m.Roles {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	var roles []object
	for i, id := range ids {
		roles = append(roles, object{
			"id": id, "name": "role " + id, "permissions": strconv.FormatInt(permissionsOfAll, 10), "position": i,
			"color": 0, "colors": object{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
			"hoist": false, "managed": false, "mentionable": false, "icon": nil, "unicode_emoji": nil, "flags": 0,
		})
	}
	return roles
}

func (d *Discord) guildCreate(g *Guild) object {
	event := g.object()
	channels, members := []object{}, []object{}
	for _, c := range g.channels {
		channels = append(channels, c.object())
	}
	for _, m := range g.members {
		if m.User == d.bot {
			members = append(members, m.object())
		}
	}
	event["channels"], event["members"], event["member_count"] = channels, members, len(g.members)
	event["unavailable"], event["large"], event["threads"] = false, false, []object{}
	event["joined_at"] = stamp(d.started)
	return event
}

// stamp writes a time as Discord does.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000+00:00") }
