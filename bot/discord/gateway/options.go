package gateway

import (
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file holds the settings of the connection and every limit it keeps, with
// its default and where that comes from.

// DefaultAPIURL is where Discord's REST API is.
const DefaultAPIURL = "https://discord.com/api/v10"

// Settings say which bot this is and where its Discord is.
type Settings struct {
	Token   Token  // DISCORD_TOKEN, without "Bot " before it
	AppID   string // DISCORD_APP_ID; empty: asked of Discord
	GuildID string // DISCORD_GUILD_ID: where commands are registered; empty: everywhere
	APIURL  string // DISCORD_API_URL; empty: DefaultAPIURL. Plain http is fine
}

var snowflake = regexp.MustCompile(`^[0-9]{1,20}$`)

// cleaned returns the settings without spaces and slashes around them, with
// defaults filled in, or what is wrong with them. A token's value is never part
// of an error.
func (s Settings) cleaned() (Settings, error) {
	s.Token = Token(strings.TrimPrefix(strings.TrimSpace(string(s.Token)), "Bot "))
	s.APIURL = strings.TrimRight(strings.TrimSpace(s.APIURL), "/")
	if s.APIURL == "" {
		s.APIURL = DefaultAPIURL
	}
	if s.Token == "" {
		return s, fmt.Errorf("DISCORD_TOKEN is empty: copy the bot's token from https://discord.com/developers/applications, Bot")
	}
	if strings.ContainsFunc(string(s.Token), func(r rune) bool { return r <= ' ' || r > '~' }) {
		return s, fmt.Errorf("DISCORD_TOKEN holds a space, a line break or another character that no token has: copy it anew")
	}
	for _, id := range []struct{ name, value string }{{"DISCORD_APP_ID", s.AppID}, {"DISCORD_GUILD_ID", s.GuildID}} {
		if id.value != "" && !snowflake.MatchString(id.value) {
			return s, fmt.Errorf("%s is %q: it should be an id of digits, such as 1098765432109876543", id.name, id.value)
		}
	}
	u, err := url.Parse(s.APIURL)
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.RawQuery != "" {
		return s, fmt.Errorf("DISCORD_API_URL is %q: it should be an address such as %s", s.APIURL, DefaultAPIURL)
	}
	return s, nil
}

// Options are the settings with the handlers and the limits. A zero limit means
// its default.
type Options struct {
	Settings
	Handlers Handlers
	Log      *slog.Logger // nil: nothing is logged. Secrets are redacted on the way
	Secrets  *Secrets     // what the program's own logger redacts too; nil: a new one

	UserAgent string // "" is defaultUserAgent

	// Connecting.
	HandshakeTimeout time.Duration // from dialling to READY; default 30 s
	IdentifySpacing  time.Duration // between identifies of one concurrency bucket; 5 s, Discord's rule
	BackoffBase      time.Duration // the first wait before connecting again; 1 s
	BackoffCap       time.Duration // the longest; 2 min, at most 720 of the 1,000 identifies of a day
	StableAfter      time.Duration // a connection this old was good: waits begin anew; 1 min
	Seed             uint64        // of the jitter; 0: a random one

	// Events.
	MaxInFlight  int           // handlers at a time, most of them waiting; 512, five seconds of a hundred a second
	MaxBusy      int           // answers "busy" at a time beyond that; 16
	BusyTimeout  time.Duration // for such an answer; 2.5 s, Discord gives 3
	EventTimeout time.Duration // for a handler; 15 min, as long as an interaction's token lives
	DrainTimeout time.Duration // for handlers in flight at the end; 10 s
	SeenIDs      int           // ids remembered against doubles; 8,192

	// REST.
	Tries           int           // of one call; 5
	PatientTries    int           // of sending or editing a message; 24, which outlast a minute and a half however chance falls
	TryTimeout      time.Duration // of one try; 10 s
	CallbackTimeout time.Duration // of an interaction's first response, all tries; 3 s, Discord's rule
	RetryBase       time.Duration // the first wait after a failure; 250 ms, doubled each time
	RequestsASecond int           // to Discord; 45 of the 50 that it allows
	InvalidLimit    int           // refusals (401, 403, 429) in 10 min that stop REST; 2,000 of Discord's 10,000
}

// defaultUserAgent has the form that Discord asks for: an address and a version.
// Source: discord.com/developers/docs/reference#user-agent
const defaultUserAgent = "DiscordBot (https://github.com/bwmarrin/discordgo, v" + discordgo.VERSION + ")"

func (o *Options) fill() {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.UserAgent == "" {
		o.UserAgent = defaultUserAgent
	}
	for _, d := range []struct {
		value *time.Duration
		def   time.Duration
	}{
		{&o.HandshakeTimeout, 30 * time.Second}, {&o.IdentifySpacing, 5 * time.Second},
		{&o.BackoffBase, time.Second}, {&o.BackoffCap, 2 * time.Minute}, {&o.StableAfter, time.Minute},
		{&o.BusyTimeout, 2500 * time.Millisecond}, {&o.EventTimeout, 15 * time.Minute}, {&o.DrainTimeout, 10 * time.Second},
		{&o.TryTimeout, 10 * time.Second}, {&o.CallbackTimeout, 3 * time.Second}, {&o.RetryBase, 250 * time.Millisecond},
	} {
		if *d.value <= 0 {
			*d.value = d.def
		}
	}
	for _, n := range []struct {
		value *int
		def   int
	}{
		{&o.MaxInFlight, 512}, {&o.MaxBusy, 16}, {&o.SeenIDs, 8192},
		{&o.Tries, 5}, {&o.PatientTries, 24}, {&o.RequestsASecond, 45}, {&o.InvalidLimit, 2000},
	} {
		if *n.value <= 0 {
			*n.value = n.def
		}
	}
}
