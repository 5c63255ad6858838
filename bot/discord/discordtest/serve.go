// REST: the endpoints, and the way of one request through faults, limits,
// authorization and schema to its handler.

package discordtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Codes of Discord's errors, from its documentation's list of JSON error codes.
const (
	codeUnknownApplication = 10002
	codeUnknownChannel     = 10003
	codeUnknownGuild       = 10004
	codeUnknownMember      = 10007
	codeUnknownMessage     = 10008
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeUnknownCommand     = 10063
	codeAcknowledged       = 40060
	codeMissingAccess      = 50001
	codeNotOwnMessage      = 50005
	codeEmptyMessage       = 50006
	codeMissingPermissions = 50013
	codeInvalidToken       = 50027
	codeInvalidRecipient   = 50033
	codeInvalidForm        = 50035
)

// endpoint is a method and a path as the OpenAPI file writes it.
type endpoint struct {
	method, path string
	// open endpoints belong to an interaction's token: they need no authorization
	// and don't count towards the global limit.
	open   bool
	handle func(*Discord, *call) reply
}

// call is one request on its way.
type call struct {
	*endpoint
	r     *http.Request
	body  []byte
	after []func() // run when d.mu is free again and the response is written
}

// reply is a status and what goes out as JSON; no body at all if nil.
type reply struct {
	status int
	body   any
}

func ok(body any) reply { return reply{http.StatusOK, body} }

// fail is an error as Discord writes it.
func fail(status, code int, message string) reply {
	return reply{status, object{"message": message, "code": code}}
}

// invalid notes a breach and is Discord's answer to it.
func (d *Discord) invalid(c *call, rule Rule, field, format string, args ...any) reply {
	what := fmt.Sprintf(format, args...)
	d.violate(rule, "%s %s: %s: %s", c.method, c.r.URL.Path, field, what)
	fault := object{"_errors": []object{{"code": "BASE_TYPE_BAD", "message": what}}}
	return reply{http.StatusBadRequest, object{"message": "Invalid Form Body", "code": codeInvalidForm, "errors": object{field: fault}}}
}

func endpoints() []*endpoint {
	const (
		hook     = "/webhooks/{webhook_id}/{webhook_token}"
		original = hook + "/messages/@original"
		followup = hook + "/messages/{message_id}"
		global   = "/applications/{application_id}/commands"
		local    = "/applications/{application_id}/guilds/{guild_id}/commands"
		messages = "/channels/{channel_id}/messages"
		message  = messages + "/{message_id}"
	)
	return []*endpoint{
		{"GET", "/gateway", true, (*Discord).getGateway},
		{"GET", "/gateway/bot", false, (*Discord).getGatewayBot},
		{"GET", "/users/@me", false, (*Discord).getMe},
		{"POST", "/users/@me/channels", false, (*Discord).postDM},
		{"GET", "/applications/@me", false, (*Discord).getApplication},
		{"GET", "/oauth2/applications/@me", false, (*Discord).getApplication},
		{"GET", global, false, (*Discord).getCommands},
		{"PUT", global, false, (*Discord).putCommands},
		{"POST", global, false, (*Discord).postCommand},
		{"DELETE", global + "/{command_id}", false, (*Discord).deleteCommand},
		{"GET", local, false, (*Discord).getCommands},
		{"PUT", local, false, (*Discord).putCommands},
		{"POST", local, false, (*Discord).postCommand},
		{"DELETE", local + "/{command_id}", false, (*Discord).deleteCommand},
		{"POST", "/interactions/{interaction_id}/{interaction_token}/callback", true, (*Discord).postCallback},
		{"GET", original, true, (*Discord).getFollowup},
		{"PATCH", original, true, (*Discord).patchFollowup},
		{"DELETE", original, true, (*Discord).deleteFollowup},
		{"POST", hook, true, (*Discord).postFollowup},
		{"GET", followup, true, (*Discord).getFollowup},
		{"PATCH", followup, true, (*Discord).patchFollowup},
		{"DELETE", followup, true, (*Discord).deleteFollowup},
		{"GET", "/channels/{channel_id}", false, (*Discord).getChannel},
		{"POST", "/channels/{channel_id}/typing", false, (*Discord).postTyping},
		{"GET", messages, false, (*Discord).getMessages},
		{"POST", messages, false, (*Discord).postMessage},
		{"GET", message, false, (*Discord).getMessage},
		{"PATCH", message, false, (*Discord).patchMessage},
		{"DELETE", message, false, (*Discord).deleteMessage},
		{"GET", "/guilds/{guild_id}", false, (*Discord).getGuild},
		{"GET", "/guilds/{guild_id}/members/{user_id}", false, (*Discord).getMember},
	}
}

// routes serves the endpoints under /api/v9 and /api/v10, and the gateway.
func (d *Discord) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, e := range endpoints() {
		for _, version := range []string{"v9", "v10"} {
			mux.HandleFunc(e.method+" /api/"+version+e.path, func(w http.ResponseWriter, r *http.Request) { d.serveREST(w, r, e) })
		}
	}
	mux.HandleFunc("GET /attachments/{channel}/{id}/{name}", d.serveAttachment)
	mux.HandleFunc("/gateway/", d.serveGateway)
	mux.HandleFunc("/gateway", d.serveGateway)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.violate(RuleEndpoint, "%s %s", r.Method, r.URL.Path)
		d.mu.Unlock()
		write(w, fail(http.StatusNotFound, 0, "404: Not Found"))
	})
	return mux
}

// serveREST is the way of one request.
func (d *Discord) serveREST(w http.ResponseWriter, r *http.Request, e *endpoint) {
	if !d.enter() {
		return
	}
	defer d.working.Done()
	c := &call{endpoint: e, r: r}
	body, err := io.ReadAll(r.Body)
	if err != nil || !d.delay(r) {
		return // the client went away
	}
	d.mu.Lock()
	answer, refused := d.refuse(w.Header(), c)
	if !refused {
		answer = d.run(c, body)
	}
	d.countInvalid(answer.status)
	d.limits.calls = append(d.limits.calls, fmt.Sprintf("%s %s %d", e.method, e.path, answer.status))
	d.broadcast()
	d.mu.Unlock()
	write(w, answer)
	for _, do := range c.after {
		do()
	}
}

// enter lets work begin that the end waits for; false if the end has come.
func (d *Discord) enter() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.closed {
		return false
	}
	d.working.Add(1)
	return true
}

// refuse is what happens to a request before anybody looks at its body.
func (d *Discord) refuse(header http.Header, c *call) (reply, bool) {
	if !strings.HasPrefix(c.r.UserAgent(), "DiscordBot (") {
		d.violate(RuleUserAgent, "%s %s says %q, not \"DiscordBot (URL, VERSION)\"", c.method, c.path, c.r.UserAgent())
	}
	if answer, failing := d.failing(header, c); failing {
		return answer, true
	}
	if answer, limited := d.limited(header, c); limited {
		return answer, true
	}
	if !c.open && (d.faults.Unauthorized || c.r.Header.Get("Authorization") != "Bot "+d.token) {
		return fail(http.StatusUnauthorized, 0, "401: Unauthorized"), true
	}
	return reply{}, false
}

// run reads the body, lets the endpoint answer, and holds both against the schema.
func (d *Discord) run(c *call, body []byte) reply {
	var err error
	if c.body, err = payload(c.r, body); err != nil {
		return d.invalid(c, RuleBody, "body", "%v", err)
	}
	answer := c.handle(d, c)
	if answer.status >= http.StatusBadRequest {
		return answer
	}
	if err := d.schema.request(c.endpoint, c.body); err != nil {
		return d.invalid(c, RuleSchema, "body", "%v", err)
	}
	if err := d.schema.response(c.endpoint, answer); err != nil {
		d.t.Errorf("discordtest's own answer to %s %s: %v", c.method, c.path, err)
	}
	return answer
}

// payload is the JSON of a body; of a multipart body, its payload_json.
func payload(r *http.Request, body []byte) ([]byte, error) {
	if len(body) == 0 {
		return nil, nil
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, fmt.Errorf("reading the content type %q: %w", r.Header.Get("Content-Type"), err)
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	switch kind {
	case "application/json":
	case "multipart/form-data":
		body = []byte(r.FormValue("payload_json"))
	default:
		return nil, fmt.Errorf("the content type is %q, not application/json", kind)
	}
	if !json.Valid(body) {
		return nil, fmt.Errorf("not JSON: %.60q", body)
	}
	return body, nil
}

// read decodes the call's body; what doesn't fit is left to the schema to say.
func (c *call) read(into any) error {
	if err := json.Unmarshal(c.body, into); err != nil {
		return fmt.Errorf("reading the body of %s %s: %w", c.method, c.path, err)
	}
	return nil
}

// value is a part of the path.
func (c *call) value(name string) string { return c.r.PathValue(name) }

// delay sleeps as long as slow REST takes; false if the client went away.
func (d *Discord) delay(r *http.Request) bool {
	d.mu.Lock()
	latency := d.faults.Latency
	d.mu.Unlock()
	if latency == 0 {
		return true
	}
	timer := time.NewTimer(latency)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

func write(w http.ResponseWriter, answer reply) {
	if answer.body == nil {
		w.WriteHeader(answer.status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(answer.status)
	_ = json.NewEncoder(w).Encode(answer.body) // a client that went away is no news
}

// param is a name in braces in an endpoint's path.
var param = regexp.MustCompile(`\{(\w+)\}`)
