package gateway

import (
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/gorilla/websocket"
)

// This file says why a connection to the gateway ended, and what follows from
// it: resume the session, begin a fresh one, or stop for good.

var (
	errReconnect  = errors.New("a new connection was asked for (opcode 7)")
	errInvalid    = errors.New("the session was declared invalid (opcode 9)")
	errResumable  = errors.New("a resume was asked for (opcode 9, resumable)")
	errZombie     = errors.New("a heartbeat was not acknowledged before the next one was due")
	errWrite      = errors.New("the connection to Discord broke")
	errSilent     = errors.New("nothing was heard for two heartbeats")
	errUnready    = errors.New("the handshake did not get to READY in time")
	errStopped    = errors.New("the bot stops")
	errLibrary    = errors.New("discordgo closed the connection")
	errLibraryOff = errors.New("discordgo did not return from connecting or closing")
)

// FinalError is a refusal that no new attempt will change: Run returns it.
type FinalError struct {
	Reason string // what Discord refused
	Advice string // what to do about it
	Err    error
}

func (e *FinalError) Error() string {
	return fmt.Sprintf("Discord refuses the bot: %s. %s (%v)", e.Reason, e.Advice, e.Err)
}

func (e *FinalError) Unwrap() error { return e.Err }

const newToken = "Copy a new token from https://discord.com/developers/applications, Bot, and set DISCORD_TOKEN"

// fatalCloses are the close codes after which Discord will not take the bot
// again as it is.
// Source: discord.com/developers/docs/topics/opcodes-and-status-codes
var fatalCloses = map[int]FinalError{
	4004: {Reason: "the token is wrong or was reset", Advice: newToken},
	4010: {Reason: "an invalid shard was sent", Advice: "Start the bot again; if it stays, report it as a fault"},
	4011: {Reason: "the bot is in too many servers for its number of shards", Advice: "Start the bot again: it asks how many are needed"},
	4012: {Reason: "this version of the gateway is no longer served", Advice: "Update the program"},
	4013: {Reason: "the intents are invalid", Advice: "Update the program"},
	4014: {Reason: "an intent is not allowed", Advice: "Check the bot's privileged intents in the developer portal; none of them is needed"},
}

// freshCloses are the close codes after which the session is gone.
var freshCloses = map[int]bool{4003: true, 4007: true, 4009: true}

// asFinal returns the refusal that an error means, or nil where trying again
// may help.
func asFinal(err error) *FinalError {
	var final *FinalError
	if errors.As(err, &final) {
		return final
	}
	var closed *websocket.CloseError
	if errors.As(err, &closed) {
		if f, ok := fatalCloses[closed.Code]; ok {
			f.Err = err
			return &f
		}
	}
	var api *APIError
	if errors.As(err, &api) && api.Status == http.StatusUnauthorized {
		return &FinalError{Reason: "the token is wrong or was reset", Advice: newToken, Err: err}
	}
	return nil
}

// canResume reports whether the session outlives such an end.
func canResume(err error) bool {
	var closed *websocket.CloseError
	if errors.As(err, &closed) && freshCloses[closed.Code] {
		return false
	}
	for _, gone := range []error{errInvalid, errUnready, errLibrary, errLibraryOff} {
		if errors.Is(err, gone) {
			return false
		}
	}
	return true
}

// readError names what a failed read from Discord means.
func readError(err error, ready bool) error {
	var closed *websocket.CloseError
	var network net.Error
	switch {
	case errors.As(err, &closed) && closed.Code != websocket.CloseAbnormalClosure:
		return fmt.Errorf("the connection was closed: %w", err)
	case errors.As(err, &network) && network.Timeout() && ready:
		return errSilent
	case errors.As(err, &network) && network.Timeout():
		return errUnready
	}
	return fmt.Errorf("the connection to Discord broke: %w", err)
}
