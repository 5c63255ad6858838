package gateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// This file holds what can go wrong with a REST call. No error holds a token:
// routes stand with their parameters' names, not with their values.

// APIError is a call that Discord refused.
type APIError struct {
	Route      string        // "POST /interactions/{id}/{token}/callback"
	Status     int           // HTTP status
	Code       int           // Discord's code, 0: none. See discordgo.ErrCode…
	Message    string        // Discord's explanation, at most maxExplanation bytes
	RetryAfter time.Duration // with status 429: how long Discord wants to be left alone
	global     bool
}

// maxExplanation bounds what of an answer goes into an error, in bytes.
const maxExplanation = 400

func (e *APIError) Error() string {
	text := fmt.Sprintf("%s: Discord answered %d %s", e.Route, e.Status, http.StatusText(e.Status))
	if e.Code != 0 {
		text += fmt.Sprintf(", code %d", e.Code)
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	if e.RetryAfter > 0 {
		text += fmt.Sprintf(" (try again in %v)", e.RetryAfter)
	}
	return text
}

// Code returns Discord's error code in err, 0 where there is none.
func Code(err error) int {
	var api *APIError
	if errors.As(err, &api) {
		return api.Code
	}
	return 0
}

// TransportError is a call that got no answer: Discord may or may not have
// received it.
type TransportError struct {
	Route string
	Err   error
}

func (e *TransportError) Error() string { return fmt.Sprintf("%s: no answer: %v", e.Route, e.Err) }
func (e *TransportError) Unwrap() error { return e.Err }

// transportError drops the address from what net/http says: it may hold a token.
func transportError(route string, err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return &TransportError{Route: route, Err: err}
}

// apiError reads a refusal. Discord's are JSON, those of what stands before it
// need not be.
func apiError(route string, resp *http.Response, body []byte, secrets *Secrets) *APIError {
	var said struct {
		Code       int             `json:"code"`
		Message    string          `json:"message"`
		Errors     json.RawMessage `json:"errors"`
		RetryAfter float64         `json:"retry_after"` // seconds
		Global     bool            `json:"global"`
	}
	e := &APIError{Route: route, Status: resp.StatusCode}
	if json.Unmarshal(body, &said) == nil {
		e.Code, e.global = said.Code, said.Global
		e.Message = said.Message
		if len(said.Errors) > 0 {
			e.Message += " " + string(said.Errors)
		}
	} else {
		e.Message = string(bytes.ToValidUTF8(bytes.TrimSpace(body), nil))
	}
	e.Message = secrets.Redact(e.Message)
	if len(e.Message) > maxExplanation {
		e.Message = e.Message[:maxExplanation] + "…"
	}
	e.global = e.global || resp.Header.Get("X-RateLimit-Global") != ""
	if e.Status == http.StatusTooManyRequests {
		e.RetryAfter = retryAfter(resp.Header, said.RetryAfter)
	}
	return e
}

// blindRetry is how long to wait after a 429 that doesn't say.
const blindRetry = 5 * time.Second

// retryAfter is the longer of what header and body say.
func retryAfter(h http.Header, body float64) time.Duration {
	said, err := strconv.ParseFloat(h.Get("Retry-After"), 64)
	if err != nil {
		said = 0
	}
	wait := seconds(max(said, body))
	if wait <= 0 {
		return blindRetry
	}
	return wait
}

// longestWait bounds a wait that a header asks for; none of Discord's is longer.
const longestWait = 24 * time.Hour

// seconds turns a header's figure into a duration, 0 for what makes no sense.
func seconds(s float64) time.Duration {
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, longestWait.Seconds()) * float64(time.Second))
}
