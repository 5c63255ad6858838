// What REST tells about the bot, the gateway, and who and what there is.

package discordtest

import (
	"net/http"
	"slices"
	"time"
)

func (d *Discord) getGateway(*call) reply { return ok(object{"url": d.gatewayURL()}) }

func (d *Discord) getGatewayBot(*call) reply {
	now := time.Now()
	d.renewIdentifies(now)
	reset := d.options.IdentifyReset - now.Sub(d.started)
	return ok(object{"url": d.gatewayURL(), "shards": d.options.Shards, "session_start_limit": object{
		"total": identifiesPerDay, "remaining": d.identifyLeft, "reset_after": max(reset.Milliseconds(), 0),
		"max_concurrency": d.options.MaxConcurrency,
	}})
}

func (d *Discord) getMe(*call) reply {
	me := d.bot.object()
	me["mfa_enabled"], me["locale"], me["verified"], me["email"] = false, "en-US", true, nil
	return ok(me)
}

func (d *Discord) getApplication(*call) reply {
	return ok(object{
		"id": d.bot.ID, "name": d.bot.Name, "icon": nil, "description": "", "type": nil, "verify_key": "00",
		"flags": 0, "flags_new": "0", "redirect_uris": []string{}, "interactions_endpoint_url": nil,
		"role_connections_verification_url": nil, "owner": d.User.object(), "approximate_guild_count": len(d.guilds),
		"approximate_user_install_count": 0, "approximate_user_authorization_count": 0, "explicit_content_filter": 0,
		"team": nil, "eligible_oauth2_scopes": []string{}, "bot": d.bot.object(), "bot_public": true,
		"bot_require_code_grant": false,
	})
}

func (d *Discord) getChannel(c *call) reply {
	channel, refused, found := d.channel(c)
	if !found {
		return refused
	}
	return ok(channel.object())
}

func (d *Discord) postTyping(c *call) reply {
	channel, refused, found := d.channel(c)
	if !found {
		return refused
	}
	d.typing[channel.ID]++
	return reply{http.StatusNoContent, nil}
}

func (d *Discord) postDM(c *call) reply {
	var body struct {
		Recipient string `json:"recipient_id"`
	}
	if err := c.read(&body); err != nil {
		return d.invalid(c, RuleSchema, "body", "%v", err)
	}
	u := d.users[body.Recipient]
	if u == nil || u.Bot {
		d.violate(RuleUnknown, "direct messages with the user %q", body.Recipient)
		return fail(http.StatusBadRequest, codeInvalidRecipient, "Invalid Recipient(s)")
	}
	return ok(d.dm(u).object())
}

func (d *Discord) getGuild(c *call) reply {
	g := d.guild(c.value("guild_id"))
	if g == nil {
		return fail(http.StatusNotFound, codeUnknownGuild, "Unknown Guild")
	}
	return ok(g.object())
}

func (d *Discord) getMember(c *call) reply {
	g := d.guild(c.value("guild_id"))
	if g == nil {
		return fail(http.StatusNotFound, codeUnknownGuild, "Unknown Guild")
	}
	m := g.member(c.value("user_id"))
	if m == nil {
		return fail(http.StatusNotFound, codeUnknownMember, "Unknown Member")
	}
	return ok(m.object())
}

// Typing is how often the bot showed that it is typing in the channel.
func (d *Discord) Typing(c *Channel) int {
	return d.counted(func() int { return d.typing[c.ID] })
}

// sentIn are the bot's messages in the channel, but not those that answer
// interactions; d.mu is held.
func (d *Discord) sentIn(c *Channel) []Message {
	var all []Message
	for _, s := range d.ordered {
		if s.channel == c && s.author == d.bot && s.answers == nil && !s.deleted {
			all = append(all, s.message())
		}
	}
	return slices.Clip(all)
}
