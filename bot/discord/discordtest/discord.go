// A Discord: its options, its start and its end.

package discordtest

import (
	"encoding/base64"
	"net"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"
)

// Discord's own figures, from its documentation; Options overrides them.
const (
	callbackDeadline  = 3 * time.Second
	tokenLife         = 15 * time.Minute
	heartbeatInterval = 41250 * time.Millisecond
	identifyWindow    = 5 * time.Second
	identifiesPerDay  = 1000
	sendsPerMinute    = 120
	globalPerSecond   = 50
	// routeRequests in routeWindow is more than any test needs; Discord's own
	// figures differ by route and are not documented.
	routeRequests = 1000
	routeWindow   = time.Second
)

// Options changes a Discord's figures. The zero value is Discord as it is, with
// generous limits per route, and the intents for guild members, presences and
// message content not granted.
type Options struct {
	// CallbackDeadline is how long an interaction waits for its first callback.
	CallbackDeadline time.Duration
	// TokenLife is how long an interaction's token serves.
	TokenLife time.Duration
	// Heartbeat is the interval that HELLO asks for.
	Heartbeat time.Duration
	// IdentifyWindow is the time in which MaxConcurrency IDENTIFYs may come.
	IdentifyWindow time.Duration
	// MaxConcurrency is how many IDENTIFYs one window takes; 1 if not set.
	MaxConcurrency int
	// Identifies is how many IDENTIFYs are left of the day's 1,000; -1 means none.
	Identifies int
	// IdentifyReset is when a new day of IDENTIFYs begins, from the start on; a day if not set.
	IdentifyReset time.Duration
	// SendsPerMinute is how many messages a gateway connection may send.
	SendsPerMinute int
	// GlobalPerSecond is how many REST requests a second the bot may make.
	GlobalPerSecond int
	// RouteRequests in RouteWindow is the limit of each route.
	RouteRequests int
	RouteWindow   time.Duration
	// Privileged holds the privileged intents that the application was granted:
	// a sum of IntentGuildMembers, IntentGuildPresences, IntentMessageContent.
	Privileged int
	// Shards is what /gateway/bot recommends; 1 if not set.
	Shards int
}

// Discord is one Discord, with REST and gateway on a port of 127.0.0.1. Its methods
// may be called from any goroutine. Guild, Channel and User are there from the
// start: a guild with the bot in it, its text channel, and a member without any
// permission to manage.
type Discord struct {
	Guild   *Guild
	Channel *Channel
	User    *User

	t       testing.TB
	options Options
	address string
	token   string
	bot     *User
	schema  *schema
	mux     *http.ServeMux

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced when anything changes
	closed   bool
	lastID   int64
	started  time.Time
	guilds   []*Guild
	channels map[string]*Channel
	users    map[string]*User
	server   *http.Server

	commands     map[string][]object // by guild id; "" holds the global ones
	interactions map[string]*Interaction
	byToken      map[string]*Interaction
	messages     map[string]*stored
	attachments  map[string]*Attachment
	ordered      []*stored
	typing       map[string]int

	conns        map[*conn]bool
	sessions     map[string]*session
	identifies   []time.Time
	identifyLeft int
	resumes      int
	heartbeats   int
	limits       limits

	faults      Faults
	faultChange int
	violations  []Violation
	expected    map[Rule]int
	working     sync.WaitGroup
}

// object is a JSON object.
type object = map[string]any

// New starts a Discord that ends with the test. At the end, every breach of
// Discord's rules that the test did not expect fails it.
func New(t testing.TB, options Options) *Discord {
	t.Helper()
	d := &Discord{
		t: t, options: options.withDefaults(), changed: make(chan struct{}), started: time.Now(),
		channels: map[string]*Channel{}, users: map[string]*User{},
		commands: map[string][]object{}, interactions: map[string]*Interaction{}, byToken: map[string]*Interaction{},
		messages: map[string]*stored{}, attachments: map[string]*Attachment{}, typing: map[string]int{}, conns: map[*conn]bool{}, sessions: map[string]*session{},
		expected: map[Rule]int{},
	}
	d.identifyLeft = max(d.options.Identifies, 0)
	d.schema = openAPI(t)
	d.populate()
	d.token = base64.RawStdEncoding.EncodeToString([]byte(d.bot.ID)) + ".loopback.discordtest-secret-" + d.bot.ID
	d.mux = d.routes()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("starting a Discord on loopback: %v", err)
	}
	d.address = listener.Addr().String()
	d.serve(listener)
	t.Cleanup(d.close)
	return d
}

func (o Options) withDefaults() Options {
	or := func(value *int, standard int) {
		if *value == 0 {
			*value = standard
		}
	}
	orTime := func(value *time.Duration, standard time.Duration) {
		if *value == 0 {
			*value = standard
		}
	}
	orTime(&o.CallbackDeadline, callbackDeadline)
	orTime(&o.TokenLife, tokenLife)
	orTime(&o.Heartbeat, heartbeatInterval)
	orTime(&o.IdentifyWindow, identifyWindow)
	orTime(&o.IdentifyReset, 24*time.Hour)
	orTime(&o.RouteWindow, routeWindow)
	or(&o.MaxConcurrency, 1)
	or(&o.Identifies, identifiesPerDay)
	or(&o.SendsPerMinute, sendsPerMinute)
	or(&o.GlobalPerSecond, globalPerSecond)
	or(&o.RouteRequests, routeRequests)
	or(&o.Shards, 1)
	return o
}

// URL is where REST begins, as DISCORD_API_URL takes it.
func (d *Discord) URL() string { return "http://" + d.address + "/api/v10" }

// Token is the bot's token, without "Bot " before it.
func (d *Discord) Token() string { return d.token }

// AppID is the application's id; the bot's user has the same.
func (d *Discord) AppID() string { return d.bot.ID }

// Bot is the bot's own user.
func (d *Discord) Bot() *User { return d.bot }

func (d *Discord) gatewayURL() string { return "ws://" + d.address + "/gateway" }

// serve answers on the listener until stopServing.
func (d *Discord) serve(listener net.Listener) {
	server := &http.Server{Handler: d.mux, ReadHeaderTimeout: time.Minute}
	d.mu.Lock()
	d.server = server
	d.mu.Unlock()
	d.working.Go(func() { _ = server.Serve(listener) })
}

// stopServing ends the listener and every connection, as a machine that goes
// down does.
func (d *Discord) stopServing() {
	d.mu.Lock()
	server := d.server
	d.server = nil
	d.mu.Unlock()
	if server != nil {
		_ = server.Close()
	}
	for _, c := range d.liveConns() {
		c.drop()
	}
}

func (d *Discord) close() {
	d.mu.Lock()
	d.closed = true
	d.broadcast()
	d.mu.Unlock()
	d.stopServing()
	d.working.Wait()
	d.judge()
}

// broadcast wakes who waits; d.mu is held.
func (d *Discord) broadcast() {
	close(d.changed)
	d.changed = make(chan struct{})
}

// wait reports whether ok, which is called with d.mu held, came true in time.
func (d *Discord) wait(timeout time.Duration, ok func() bool) bool {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for {
		d.mu.Lock()
		done, changed := ok(), d.changed
		d.mu.Unlock()
		if done {
			return true
		}
		select {
		case <-changed:
		case <-timer.C:
			return false
		}
	}
}

// discordEpoch is the first millisecond of 2015, from which Discord's ids count.
const discordEpoch = 1420070400000

// newID is the next snowflake: milliseconds since discordEpoch, shifted by 22
// bits, and a count that keeps it unique; d.mu is held.
func (d *Discord) newID() string {
	d.lastID = max(d.lastID+1, (time.Now().UnixMilli()-discordEpoch)<<22)
	return strconv.FormatInt(d.lastID, 10)
}
