package gateway

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/bwmarrin/discordgo"
)

// This file answers interactions. Each has its own rate limit: with one for all,
// as discordgo has it, the final answer waits behind the answers to others.

// maxChoices is how many choices an autocompletion may offer.
const maxChoices = 25

// Edit is a change of an interaction's answer; what is nil stays. discordgo's
// WebhookEdit has no flags, which an answer of components needs.
type Edit struct {
	discordgo.WebhookEdit
	Flags discordgo.MessageFlags `json:"flags,omitempty"`
}

// Respond gives the first response to an interaction, within CallbackTimeout.
// Each interaction takes one. It is sent again after an error, never because
// Discord is slow; that Discord then calls the second one too many is a success.
func (c *Client) Respond(ctx context.Context, i *discordgo.Interaction, r *discordgo.InteractionResponse) error {
	c.secrets.remember(i.Token)
	ctx, cancel := context.WithTimeout(ctx, c.opts.CallbackTimeout)
	defer cancel()
	req := request{
		method: http.MethodPost, route: "/interactions/{id}/{token}/callback",
		path:  "/interactions/" + url.PathEscape(i.ID) + "/" + url.PathEscape(i.Token) + "/callback",
		limit: "callback " + i.ID, repeat: true,
		shape: responds, body: r,
	}
	if r.Data != nil {
		req.files = r.Data.Files
	}
	return c.do(ctx, req, nil)
}

// Defer promises an answer, which Edit then gives. Whether only the asker sees it
// is decided here.
func (c *Client) Defer(ctx context.Context, i *discordgo.Interaction, ephemeral bool) error {
	r := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
	if ephemeral {
		r.Data = &discordgo.InteractionResponseData{Flags: discordgo.MessageFlagsEphemeral}
	}
	return c.Respond(ctx, i, r)
}

// DeferUpdate promises a change of the message that a button hangs on.
func (c *Client) DeferUpdate(ctx context.Context, i *discordgo.Interaction) error {
	return c.Respond(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate})
}

// Autocomplete offers choices, of which Discord shows 25; none is fine too.
func (c *Client) Autocomplete(ctx context.Context, i *discordgo.Interaction, choices []*discordgo.ApplicationCommandOptionChoice) error {
	return c.Respond(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionApplicationCommandAutocompleteResult,
		Data: &discordgo.InteractionResponseData{Choices: choices[:min(len(choices), maxChoices)]},
	})
}

// Modal opens a form; of the data, CustomID, Title and Components count.
func (c *Client) Modal(ctx context.Context, i *discordgo.Interaction, data *discordgo.InteractionResponseData) error {
	return c.Respond(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseModal, Data: data})
}

// Edit changes the first response, or gives the answer that Defer promised.
func (c *Client) Edit(ctx context.Context, i *discordgo.Interaction, e *Edit) (*discordgo.Message, error) {
	r, err := c.webhook(ctx, i, http.MethodPatch, "/messages/@original")
	if err != nil {
		return nil, err
	}
	r.shape, r.body, r.files, r.patient = edits, e, e.Files, true
	return c.message(ctx, r)
}

// webhook is a call by an interaction's token.
func (c *Client) webhook(ctx context.Context, i *discordgo.Interaction, method, below string) (request, error) {
	c.secrets.remember(i.Token)
	app := i.AppID
	if app == "" {
		var err error
		if app, err = c.ApplicationID(ctx); err != nil {
			return request{}, fmt.Errorf("answering interaction %s: %w", i.ID, err)
		}
	}
	return request{
		method: method, route: "/webhooks/{app}/{token}" + below,
		path:  "/webhooks/" + url.PathEscape(app) + "/" + url.PathEscape(i.Token) + below,
		limit: "webhook " + i.ID + method + below,
	}, nil
}

func (c *Client) message(ctx context.Context, r request) (*discordgo.Message, error) {
	var m discordgo.Message
	if err := c.do(ctx, r, &m); err != nil {
		return nil, err
	}
	return &m, nil
}
