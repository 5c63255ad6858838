package gateway

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"

	"github.com/bwmarrin/discordgo"
)

// This file sends and edits messages in channels, and asks who the bot is.

// nonceLength is how long a message's nonce may be.
const nonceLength = 25

// sending is a message with what discordgo's lacks: a nonce by which Discord
// knows a repetition of it.
type sending struct {
	*discordgo.MessageSend
	Nonce        string `json:"nonce"`
	EnforceNonce bool   `json:"enforce_nonce"`
}

// Send sends a message; m.Reference makes it a reply. For some minutes Discord
// takes a second message of the same nonce in the channel for the first, and
// sends none: a nonce made of the event's id keeps an answer from coming twice
// even after a restart. At most 25 characters; "" takes a random one.
func (c *Client) Send(ctx context.Context, channelID, nonce string, m *discordgo.MessageSend) (*discordgo.Message, error) {
	if len(nonce) > nonceLength {
		return nil, fmt.Errorf("sending a message: the nonce %q has more than %d characters", nonce, nonceLength)
	}
	if nonce == "" {
		nonce = rand.Text()[:nonceLength]
	}
	return c.message(ctx, request{
		method: http.MethodPost, route: "/channels/{channel}/messages", path: channelPath(channelID) + "/messages",
		limit: "send " + channelID, auth: true, repeat: true, patient: true,
		shape: creates, body: sending{m, nonce, true}, files: m.Files,
	})
}

// EditMessage changes a message of the bot's; what is nil in m stays. m.Channel
// and m.ID say which.
func (c *Client) EditMessage(ctx context.Context, m *discordgo.MessageEdit) (*discordgo.Message, error) {
	return c.message(ctx, request{
		method: http.MethodPatch, route: "/channels/{channel}/messages/{message}",
		path:  channelPath(m.Channel) + "/messages/" + url.PathEscape(m.ID),
		limit: "edit " + m.Channel, auth: true, patient: true,
		shape: edits, body: editing{m, none{}, none{}}, files: m.Files,
	})
}

// editing is a message's change without the two fields by which discordgo knows
// which message it is.
type editing struct {
	*discordgo.MessageEdit
	ID      none `json:"ID,omitzero"`
	Channel none `json:"Channel,omitzero"`
}

type none struct{}

// DirectChannel returns the channel of direct messages with a user. That it can
// be opened does not mean that the user takes messages.
func (c *Client) DirectChannel(ctx context.Context, userID string) (*discordgo.Channel, error) {
	var ch discordgo.Channel
	err := c.do(ctx, request{
		method: http.MethodPost, route: "/users/@me/channels", path: "/users/@me/channels", auth: true, repeat: true,
		body: map[string]string{"recipient_id": userID},
	}, &ch)
	if err != nil {
		return nil, fmt.Errorf("opening a direct channel: %w", err)
	}
	return &ch, nil
}

// Typing shows for ten seconds that the bot writes.
func (c *Client) Typing(ctx context.Context, channelID string) error {
	return c.do(ctx, request{
		method: http.MethodPost, route: "/channels/{channel}/typing", path: channelPath(channelID) + "/typing",
		limit: "typing " + channelID, auth: true, repeat: true,
	}, nil)
}

// Me returns the bot's own user, by which its token is known to be good.
func (c *Client) Me(ctx context.Context) (*discordgo.User, error) {
	var u discordgo.User
	err := c.do(ctx, request{method: http.MethodGet, route: "/users/@me", path: "/users/@me", auth: true}, &u)
	if err != nil {
		return nil, fmt.Errorf("asking Discord who the bot is: %w", err)
	}
	return &u, nil
}

// appID is the application's id, once it is known.
type appID struct {
	mu sync.Mutex
	id string
}

// ApplicationID is the setting, or else what Discord says.
func (c *Client) ApplicationID(ctx context.Context) (string, error) {
	if c.opts.AppID != "" {
		return c.opts.AppID, nil
	}
	c.app.mu.Lock()
	defer c.app.mu.Unlock()
	if c.app.id != "" {
		return c.app.id, nil
	}
	var app struct {
		ID string `json:"id"`
	}
	r := request{method: http.MethodGet, route: "/applications/@me", path: "/applications/@me", auth: true}
	if err := c.do(ctx, r, &app); err != nil {
		return "", fmt.Errorf("asking Discord for the application's id (DISCORD_APP_ID is not set): %w", err)
	}
	if app.ID == "" {
		return "", fmt.Errorf("asking Discord for the application's id: it gave none; set DISCORD_APP_ID")
	}
	c.app.id = app.ID
	return app.ID, nil
}

func channelPath(id string) string { return "/channels/" + url.PathEscape(id) }

// messagePath finds the calls whose bodies hold messages.
var messagePath = regexp.MustCompile(`^/(interactions/|webhooks/|channels/[^/]+/messages(/[^/]+)?/?$)`)

func holdsMessage(method, path string) bool {
	p, _, _ := strings.Cut(path, "?")
	return (method == http.MethodPost || method == http.MethodPatch || method == http.MethodPut) && messagePath.MatchString(p)
}

var idInPath = regexp.MustCompile(`/[0-9]+`)

// routeOf names a path for logs and errors.
func routeOf(path string) string {
	p, _, _ := strings.Cut(path, "?")
	return idInPath.ReplaceAllString(p, "/{id}")
}
