package main

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"onrecord/bot/discord"
	"onrecord/bot/discord/gateway"
	"onrecord/data/fetch"
)

// environment reads settings and keeps the first thing that is wrong.
type environment struct {
	get func(string) string
	err error
}

func (e *environment) fail(format string, args ...any) {
	if e.err == nil {
		e.err = fmt.Errorf(format, args...)
	}
}

func (e *environment) text(name string) string { return strings.TrimSpace(e.get(name)) }

var idPattern = regexp.MustCompile(`^[0-9]{1,20}$`)

// ids reads ids parted by commas.
func (e *environment) ids(name string) []string {
	var out []string
	for _, id := range strings.Split(e.text(name), ",") {
		if id = strings.TrimSpace(id); id == "" {
			continue
		}
		if !idPattern.MatchString(id) {
			e.fail("%s is %q: it should be ids of digits, parted by commas, such as 1098765432109876543", name, e.text(name))
			return nil
		}
		out = append(out, id)
	}
	return out
}

func (e *environment) id(name string) string {
	all := e.ids(name)
	if len(all) > 1 {
		e.fail("%s is %q: it should be one id", name, e.text(name))
	}
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// on reads a switch.
func (e *environment) on(name string, otherwise bool) bool {
	switch strings.ToLower(e.text(name)) {
	case "":
		return otherwise
	case "on", "yes", "true", "1":
		return true
	case "off", "no", "false", "0":
		return false
	}
	e.fail("%s is %q: it should be on or off", name, e.text(name))
	return otherwise
}

// count reads a number from 0 up.
func (e *environment) count(name string, otherwise int) int {
	set := e.text(name)
	if set == "" {
		return otherwise
	}
	n, err := strconv.Atoi(set)
	if err != nil || n < 0 {
		e.fail("%s is %q: it should be a whole number, 0 for no limit", name, set)
	}
	return n
}

// address reads where to listen.
func (e *environment) address(name string) string {
	set := e.text(name)
	if set == "" {
		return ""
	}
	if _, _, err := net.SplitHostPort(set); err != nil {
		e.fail("%s is %q: it should be an address with a port, such as 127.0.0.1:8080", name, set)
	}
	return set
}

// link reads the address of a web page.
func (e *environment) link(name string) string {
	set := strings.TrimRight(e.text(name), "/")
	if u, err := url.Parse(set); set != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
		e.fail("%s is %q: it should be an address such as https://onrecord.example", name, set)
	}
	return set
}

// feeds reads addresses of feeds, parted by commas.
func (e *environment) feeds(name string) []string {
	var out []string
	for _, raw := range strings.Split(e.text(name), ",") {
		if raw = strings.TrimSpace(raw); raw == "" {
			continue
		}
		if _, err := fetch.CheckURL(raw); err != nil {
			e.fail("%s has %s: %w. It should be addresses of feeds, parted by commas, such as https://ledger.example/rss", name, fetch.Shown(raw), err)
			return nil
		}
		if !slices.Contains(out, raw) {
			out = append(out, raw)
		}
	}
	return out
}

// duration reads a time of at least so long.
func (e *environment) duration(name string, otherwise, least time.Duration) time.Duration {
	set := e.text(name)
	if set == "" {
		return otherwise
	}
	d, err := time.ParseDuration(set)
	if err != nil || d < least {
		e.fail("%s is %q: it should be a time of at least %s, such as %s", name, set, shortTime(least), shortTime(otherwise))
	}
	return d
}

// shortTime is a time of whole minutes as people write it: 15m.
func shortTime(d time.Duration) string { return strings.TrimSuffix(d.String(), "0s") }

// contact reads whom web sites may write to; without it, where the program's own
// pages are.
func (e *environment) contact(name string) string {
	set := e.text(name)
	if err := fetch.CheckContact(set); err != nil {
		e.fail("%s is %q: it should be a mail address or a URL, such as desk@ledger.example", name, set)
	}
	if set == "" {
		set = e.link("PUBLIC_URL")
	}
	return set
}

// discordSettings reads the settings of the Discord bot. A secret's value is in
// no error.
func discordSettings(get func(string) string) (discord.Settings, error) {
	e := &environment{get: get}
	s := discord.Settings{
		Settings: gateway.Settings{Token: gateway.Token(e.text("DISCORD_TOKEN")), AppID: e.id("DISCORD_APP_ID"),
			GuildID: e.id("DISCORD_GUILD_ID"), APIURL: e.text("DISCORD_API_URL")},
		AdminUsers: e.ids("ADMIN_USER_IDS"), AdminRoles: e.ids("ADMIN_ROLE_IDS"), AdminGuilds: e.ids("ADMIN_GUILD_IDS"),
		Channels: e.ids("CHANNEL_IDS"), RefuseDMs: !e.on("DIRECT_MESSAGES", true),
		PerUser: e.count("QUESTIONS_PER_USER", discord.DefaultPerUser), PerChannel: e.count("QUESTIONS_PER_CHANNEL", discord.DefaultPerChannel),
		LogQuestions: e.on("LOG_QUESTIONS", false), ReportsChannel: e.id("REPORTS_CHANNEL_ID"),
	}
	e.link("PUBLIC_URL") // a wrong one is named at the start, whatever uses it
	if s.AdminGuilds == nil && s.GuildID != "" {
		s.AdminGuilds = []string{s.GuildID}
	}
	return s, e.err
}
