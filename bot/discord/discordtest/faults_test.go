// REST's faults and limits, and the verdict at a test's end.

package discordtest_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"onrecord/bot/discord/discordtest"
)

// TestRESTFaults answers with what is switched on, and as ever when it is off again.
func TestRESTFaults(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	get := func() answer { return rest(t, d, "GET", "/users/@me", "") }
	d.Fault(func(f *discordtest.Faults) { f.Status = http.StatusServiceUnavailable })
	if got := get(); got.status != http.StatusServiceUnavailable {
		t.Errorf("got %d, want 503", got.status)
	}
	d.Fault(func(f *discordtest.Faults) { f.Route = "GET /gateway/bot" })
	if got := get(); got.status != http.StatusOK {
		t.Errorf("another route than the failing one: %d", got.status)
	}
	d.Heal()
	d.Fault(func(f *discordtest.Faults) { f.TooManyFor, f.TooManyGlobal = 1500*time.Millisecond, true })
	limited := get()
	for header, want := range map[string]string{"Retry-After": "2", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"} {
		if got := limited.header.Get(header); got != want {
			t.Errorf("%s is %q, want %q", header, got, want)
		}
	}
	if !strings.Contains(limited.body, `"retry_after":1.5`) || limited.status != http.StatusTooManyRequests {
		t.Errorf("429 says %d %s", limited.status, limited.body)
	}
	d.Heal()
	d.Fault(func(f *discordtest.Faults) { f.Latency = 20 * time.Millisecond })
	start := time.Now()
	if got := get(); got.status != http.StatusOK || time.Since(start) < 20*time.Millisecond {
		t.Errorf("slow REST: %d after %v", got.status, time.Since(start))
	}
	want := []string{"GET /users/@me 503", "GET /users/@me 200", "GET /users/@me 429", "GET /users/@me 200"}
	if got := d.Calls(); !slices.Equal(got, want) {
		t.Errorf("the calls were %q, want %q", got, want)
	}
}

// TestLimits counts requests per route and over all.
func TestLimits(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{RouteRequests: 1, RouteWindow: time.Hour, GlobalPerSecond: 3})
	channel := func(c *discordtest.Channel) answer { return rest(t, d, "GET", "/channels/"+c.ID, "") }
	if first := channel(d.Channel); first.header.Get("X-RateLimit-Remaining") != "0" || first.header.Get("X-RateLimit-Bucket") == "" {
		t.Errorf("the headers are %v", first.header)
	}
	if second := channel(d.Channel); second.status != http.StatusTooManyRequests || second.header.Get("X-RateLimit-Global") != "" {
		t.Errorf("the second gets %d and %v", second.status, second.header)
	}
	if other := channel(d.Guild.AddChannel("elsewhere")); other.status != http.StatusOK {
		t.Errorf("another channel gets %d", other.status)
	}
	if fourth := channel(d.Guild.AddChannel("nowhere")); fourth.header.Get("X-RateLimit-Global") != "true" {
		t.Errorf("the fourth within a second gets %d and %v", fourth.status, fourth.header)
	}
	i := d.Ask(d.User, d.Channel, "ask")
	if got := respond(t, d, i, `{"type":5}`); got.status != http.StatusNoContent {
		t.Errorf("interactions don't count, and got %d", got.status)
	}
}

// TestEarlyRetry notices a client that doesn't wait.
func TestEarlyRetry(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	d.Expect(discordtest.RuleEarlyRetry)
	d.Fault(func(f *discordtest.Faults) { f.TooManyFor = time.Hour })
	for len(d.Violations()) == 0 && len(d.Calls()) < 1000 {
		rest(t, d, "GET", "/users/@me", "")
		time.Sleep(10 * time.Millisecond)
	}
}

// TestVerdict fails a test for what it didn't expect, and for what it expected in vain.
func TestVerdict(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	d := discordtest.New(r, discordtest.Options{CallbackDeadline: time.Millisecond})
	d.Expect(discordtest.RuleEmbed)
	s, _ := ready(t, d, 0)
	d.Ask(d.User, d.Channel, "ask")
	s.next(0, "INTERACTION_CREATE")
	rest(t, d, "POST", "/channels/"+d.Channel.ID+"/messages", `{"content":"ping @everyone"}`)
	d.Ask(d.User, d.Channel, "ask").Final(time.Millisecond)
	time.Sleep(5 * time.Millisecond)
	failures := strings.Join(r.end(), "\n")
	for _, want := range []string{"allowed_mentions", "was never answered", `"embed" should have been broken`, "there was no callback"} {
		if !strings.Contains(failures, want) {
			t.Errorf("the verdict does not say %q:\n%s", want, failures)
		}
	}
}

// TestStillThinking blames a client that leaves "thinking" until the token dies.
func TestStillThinking(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{TokenLife: time.Millisecond})
	d.Expect(discordtest.RuleUnanswered)
	s, _ := ready(t, d, 0)
	i := d.Ask(d.User, d.Channel, "ask")
	s.next(0, "INTERACTION_CREATE")
	respond(t, d, i, `{"type":5}`)
	time.Sleep(5 * time.Millisecond)
}

// TestExcuse doesn't blame a client for what it couldn't do.
func TestExcuse(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{CallbackDeadline: time.Millisecond})
	s, _ := ready(t, d, 0)
	i := d.Ask(d.User, d.Channel, "ask")
	s.next(0, "INTERACTION_CREATE")
	d.Fault(func(f *discordtest.Faults) { f.Status = http.StatusBadGateway })
	respond(t, d, i, `{"type":5}`)
	d.Heal()
	time.Sleep(5 * time.Millisecond)
	if got := respond(t, d, i, `{"type":5}`); got.code != 10062 {
		t.Errorf("too late: %d %s", got.status, got.body)
	}
}

// TestMisuse fails a test that lets people do what they can't.
func TestMisuse(t *testing.T) {
	t.Parallel()
	r := &recorder{TB: t}
	d := discordtest.New(r, discordtest.Options{})
	registered := rest(t, d, "POST", "/applications/"+d.AppID()+"/commands",
		`{"name":"ask","description":"d","contexts":[0],"options":[{"type":3,"name":"question","description":"d","required":true}]}`)
	if registered.status != http.StatusCreated {
		t.Fatalf("registering gets %d %s", registered.status, registered.body)
	}
	d.Ask(d.User, d.Channel, "asks")
	d.Ask(d.User, d.Channel, "ask")
	d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", 7))
	d.Ask(d.User, d.Channel, "ask", discordtest.Opt("answer", "x"))
	d.Ask(d.User, d.DM(d.User), "ask", discordtest.Opt("question", "x"))
	d.Autocomplete(d.User, d.Channel, "ask", "question", "x")
	d.Button(d.User, d.Say(d.User, d.Channel, "no button here"), "more")
	i := d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", "x"))
	respond(t, d, i, `{"type":4,"data":{"flags":64,"components":[`+row(button("more", "More"))+`],"content":"x",`+safe+`}}`)
	d.Button(d.AddUser("corin.wexmoor"), i.Final(patience), "more")
	d.Say(d.User, d.Channel, "yes", discordtest.ReplyTo(discordtest.Message{}))
	if failures := r.end(); len(failures) != 9 {
		t.Errorf("%d of 9 noticed: %q", len(failures), failures)
	}
}
