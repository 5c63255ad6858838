package gateway

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// This file makes every body safe to send: nobody is pinged by a text from an
// article, no secret goes out, and what discordgo writes as null is left out.

// shape is what kind of body a request has.
type shape int

const (
	plain    shape = iota // no message inside
	creates               // a message
	edits                 // a change of a message: what is left out stays
	responds              // an answer to an interaction, with a message inside or not
)

// componentsV2 is the flag of a message made of components alone.
// Source: discord.com/developers/docs/components/reference
const componentsV2 = 1 << 15

// encode turns a body into JSON as it is sent.
func (s shape) encode(body any, secrets *Secrets) ([]byte, error) {
	raw, err := json.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("encoding the body: %w", err)
	}
	if s == plain {
		return raw, nil
	}
	var object map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&object); err != nil {
		return nil, fmt.Errorf("encoding the body: it must be an object: %w", err)
	}
	s.mend(object)
	return json.Marshal(redactAll(object, secrets))
}

func (s shape) mend(object map[string]any) {
	switch s {
	case creates:
		dropNulls(object)
		mendMessage(object)
	case edits:
		noMentions(object)
	case responds:
		dropNulls(object)
		mendResponse(object)
	}
}

// mendResponse keeps of an answer's data what belongs to its type: discordgo
// writes an empty text into all.
func mendResponse(response map[string]any) {
	data, _ := response["data"].(map[string]any)
	switch kind := discordgo.InteractionResponseType(number(response["type"])); kind {
	case discordgo.InteractionResponseChannelMessageWithSource, discordgo.InteractionResponseUpdateMessage:
		if data == nil {
			data = map[string]any{}
			response["data"] = data
		}
		if kind == discordgo.InteractionResponseChannelMessageWithSource {
			mendMessage(data)
		}
		noContentBesideV2(data)
		noMentions(data)
	case discordgo.InteractionApplicationCommandAutocompleteResult:
		if data["choices"] == nil {
			response["data"] = map[string]any{"choices": []any{}}
		} else {
			keep(data, "choices")
		}
	case discordgo.InteractionResponseModal:
		keep(data, "custom_id", "title", "components")
	case discordgo.InteractionResponseDeferredChannelMessageWithSource:
		keep(data, "flags")
	case discordgo.InteractionResponseDeferredMessageUpdate:
		delete(response, "data")
	}
}

// mendMessage is for a new message: an empty text is none.
func mendMessage(m map[string]any) {
	if m["content"] == "" {
		delete(m, "content")
	}
	noContentBesideV2(m)
	noMentions(m)
}

func noContentBesideV2(m map[string]any) {
	if number(m["flags"])&componentsV2 == 0 {
		return
	}
	if m["content"] == "" {
		delete(m, "content")
	}
	if list, ok := m["embeds"].([]any); ok && len(list) == 0 {
		delete(m, "embeds")
	}
}

// noMentions makes a message ping nobody, but the author of a message that it
// replies to where the caller wants that.
func noMentions(m map[string]any) {
	allowed := map[string]any{"parse": []any{}}
	if asked, ok := m["allowed_mentions"].(map[string]any); ok && asked["replied_user"] == true {
		allowed["replied_user"] = true
	}
	m["allowed_mentions"] = allowed
}

func keep(m map[string]any, keys ...string) {
	for k := range m {
		if !strings.Contains(" "+strings.Join(keys, " ")+" ", " "+k+" ") {
			delete(m, k)
		}
	}
}

// number reads a whole number, 0 where there is none.
func number(v any) int64 {
	n, _ := v.(json.Number)
	i, _ := n.Int64()
	return i
}

// dropNulls removes what is null at any depth: to Discord it is what is left out.
func dropNulls(v any) {
	switch v := v.(type) {
	case map[string]any:
		for k, inside := range v {
			if inside == nil {
				delete(v, k)
			} else {
				dropNulls(inside)
			}
		}
	case []any:
		for _, inside := range v {
			dropNulls(inside)
		}
	}
}

// redactAll takes secrets out of every text.
func redactAll(v any, secrets *Secrets) any {
	switch v := v.(type) {
	case string:
		return secrets.redactKnown(v)
	case map[string]any:
		for k, inside := range v {
			v[k] = redactAll(inside, secrets)
		}
	case []any:
		for i, inside := range v {
			v[i] = redactAll(inside, secrets)
		}
	}
	return v
}
