// A message as a request would have it: what was written over what was there.

package discordtest

import (
	"encoding/json"
	"slices"
)

// writing is the body of a request that writes a message. A nil field was not
// in it.
type writing struct {
	Content    *string          `json:"content"`
	Embeds     *json.RawMessage `json:"embeds"`
	Components *json.RawMessage `json:"components"`
	Flags      *int             `json:"flags"`
	Mentions   *mentions        `json:"allowed_mentions"`
	Nonce      any              `json:"nonce"`
	Enforce    bool             `json:"enforce_nonce"`
	Reference  *struct {
		MessageID string `json:"message_id"`
		ChannelID string `json:"channel_id"`
		Must      *bool  `json:"fail_if_not_exists"`
	} `json:"message_reference"`
	Stickers []string        `json:"sticker_ids"`
	Poll     json.RawMessage `json:"poll"`

	present map[string]json.RawMessage
}

type mentions struct {
	Parse   *[]string `json:"parse"`
	Users   []string  `json:"users"`
	Roles   []string  `json:"roles"`
	Replied bool      `json:"replied_user"`
}

func (w *writing) UnmarshalJSON(data []byte) error {
	type plain writing
	if err := json.Unmarshal(data, (*plain)(w)); err != nil {
		return err
	}
	return json.Unmarshal(data, &w.present)
}

func (w *writing) has(key string) bool { _, ok := w.present[key]; return ok }

// draft is a message's changeable part.
type draft struct {
	Content    string
	Embeds     []any
	Components []any
	Flags      int
}

// over is the draft with what was written in place of what stood there; null
// empties a field, one that is left out stays.
func (w *writing) over(old draft) draft {
	if w.has("content") {
		old.Content = ""
		if w.Content != nil {
			old.Content = *w.Content
		}
	}
	if w.has("embeds") {
		old.Embeds = list(w.Embeds)
	}
	if w.has("components") {
		old.Components = list(w.Components)
	}
	if w.Flags != nil {
		old.Flags |= *w.Flags
	}
	return old
}

func list(data *json.RawMessage) []any {
	var values []any
	if data != nil {
		_ = json.Unmarshal(*data, &values) // what is no list stays empty; the schema says so
	}
	return values
}

// draft is the message as it stands, to be written over.
func (s *stored) draft() draft {
	content, _ := s.object["content"].(string)
	embeds, _ := s.object["embeds"].([]any)
	components, _ := s.object["components"].([]any)
	return draft{content, embeds, components, s.flags()}
}

// into writes the draft into a message, completed as Discord completes it.
func (d draft) into(message object) {
	number := 0
	message["content"], message["flags"] = d.Content, d.Flags
	message["embeds"], message["components"] = []any{}, []any{}
	if len(d.Embeds) > 0 {
		message["embeds"] = completed(d.Embeds, completeEmbed)
	}
	if len(d.Components) > 0 {
		message["components"] = completed(d.Components, func(c object) { completeComponent(c, &number) })
	}
}

// completed is a copy of the list without nulls, each object in it completed.
func completed(values []any, complete func(object)) []any {
	values, _ = withoutNulls(values).([]any)
	for _, v := range values {
		if o, isObject := v.(object); isObject {
			complete(o)
		}
	}
	return values
}

func withoutNulls(value any) any {
	switch v := value.(type) {
	case object:
		clean := object{}
		for key, inside := range v {
			if inside != nil {
				clean[key] = withoutNulls(inside)
			}
		}
		return clean
	case []any:
		clean := slices.Clone(v)
		for i := range clean {
			clean[i] = withoutNulls(clean[i])
		}
		return clean
	}
	return value
}

func setDefault(o object, key string, value any) {
	if _, ok := o[key]; !ok {
		o[key] = value
	}
}

func completeEmbed(e object) {
	e["type"] = "rich"
	fields, _ := e["fields"].([]any)
	for _, f := range fields {
		if field, ok := f.(object); ok {
			setDefault(field, "inline", false)
		}
	}
}

// completeComponent numbers a component and those inside it, and sets defaults.
func completeComponent(c object, number *int) {
	*number++
	setDefault(c, "id", *number)
	kind, _ := c["type"].(float64)
	switch int(kind) {
	case ComponentSelect:
		setDefault(c, "min_values", 1)
		setDefault(c, "max_values", 1)
	case ComponentSeparator:
		setDefault(c, "spacing", 1)
		setDefault(c, "divider", true)
	case ComponentContainer:
		setDefault(c, "accent_color", nil)
		setDefault(c, "spoiler", false)
	}
	inside, _ := c["components"].([]any)
	if accessory, ok := c["accessory"]; ok {
		inside = append(slices.Clone(inside), accessory)
	}
	for _, i := range inside {
		if component, ok := i.(object); ok {
			completeComponent(component, number)
		}
	}
}
