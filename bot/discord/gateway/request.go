package gateway

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"github.com/bwmarrin/discordgo"
)

// This file says what a REST call is and turns it into HTTP.

// request is one call.
type request struct {
	method string
	route  string // the path with names for its parameters: for logs and errors
	path   string // below the API's address
	limit  string // the key of its rate limit; "": method and route
	auth   bool   // with the bot's token; an interaction's token is enough by itself
	repeat bool   // safe to repeat where nobody knows whether Discord received it

	shape   shape
	body    any // nil: none
	files   []*discordgo.File
	patient bool // worth PatientTries: somebody waits for it

	content []byte // the body as sent
	mime    string
}

// maxAnswer bounds what is read of an answer, in bytes.
const maxAnswer = 8 << 20

func (r *request) name() string { return r.method + " " + r.route }

func (r *request) key() string {
	if r.limit != "" {
		return r.limit
	}
	return r.name()
}

// encode makes the body once, for all tries.
func (r *request) encode(secrets *Secrets) error {
	if r.body == nil {
		return nil
	}
	content, err := r.shape.encode(r.body, secrets)
	if err != nil {
		return fmt.Errorf("%s: %w", r.name(), err)
	}
	r.content, r.mime = content, "application/json"
	if len(r.files) > 0 {
		r.mime, r.content, err = discordgo.MultipartBodyWithJSON(json.RawMessage(content), r.files)
		if err != nil {
			return fmt.Errorf("%s: attaching files: %w", r.name(), err)
		}
	}
	return nil
}

// idempotent reports whether a call does the same once or twice.
func (r *request) idempotent() bool { return r.repeat || r.method != http.MethodPost }

// httpRequest makes the request of one try.
func (c *Client) httpRequest(ctx context.Context, r *request) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, c.opts.APIURL+r.path, bytes.NewReader(r.content))
	if err != nil {
		return nil, transportError(r.name(), err)
	}
	if r.auth {
		req.Header.Set("Authorization", "Bot "+string(c.opts.Token))
	}
	if r.content != nil {
		req.Header.Set("Content-Type", r.mime)
	}
	req.Header.Set("User-Agent", c.opts.UserAgent)
	return req, nil
}

// readAnswer reads an answer's body and closes it.
func readAnswer(resp *http.Response) ([]byte, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxAnswer {
		return nil, fmt.Errorf("the answer has more than %d bytes", maxAnswer)
	}
	return body, nil
}
