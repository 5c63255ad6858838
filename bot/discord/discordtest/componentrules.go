// Limits of components, of the first version (rows alone) and the second.

package discordtest

import (
	"fmt"
	"slices"
	"strings"
)

// Limits of components.
const (
	maxRows          = 5
	maxRowButtons    = 5
	maxCustomID      = 100
	maxLabel         = 80
	maxButtonURL     = 512
	maxSelectOptions = 25
	maxOptionText    = 100
	maxPlaceholder   = 150
	maxV2Components  = 40
	maxV2Text        = 4000
	maxSectionTexts  = 3
)

// Styles of buttons that differ in what they need.
const (
	buttonLink    = 5
	buttonPremium = 6
)

// rowFaults checks components of the first version: rows, and what stands in them.
func rowFaults(components []Component) []fault {
	m := &measure{rule: RuleComponents}
	m.count("components", len(components), 0, maxRows)
	for i, row := range components {
		at := fmt.Sprintf("components[%d]", i)
		if row.Type != ComponentRow {
			m.faults = append(m.faults, faultf(RuleComponentsV2, at, "type %d needs the Components V2 flag", row.Type))
			continue
		}
		m.row(at, row)
	}
	m.unique(flatten(components))
	return m.faults
}

// row is five buttons or one select.
func (m *measure) row(at string, row Component) {
	m.count(at+".components", len(row.Components), 1, maxRowButtons)
	for j, c := range row.Components {
		inside := fmt.Sprintf("%s.components[%d]", at, j)
		switch c.Type {
		case ComponentButton:
			m.button(inside, c)
		case ComponentSelect, 5, 6, 7, 8: // string, user, role, mentionable and channel selects
			m.count(at+".components", len(row.Components), 1, 1)
			m.selectMenu(inside, c)
		default:
			m.add(inside, "type %d has no place in a row", c.Type)
		}
	}
}

// button has a custom_id or a URL, and a label or an emoji.
func (m *measure) button(at string, c Component) {
	m.text(at+".label", c.Label, 0, maxLabel)
	switch c.Style {
	case buttonLink:
		m.text(at+".url", c.URL, 1, maxButtonURL)
		if c.CustomID != "" {
			m.add(at+".custom_id", "a link button has none")
		}
		if c.URL != "" && !hasScheme(c.URL) {
			m.add(at+".url", "%q is not http, https or discord", c.URL)
		}
	case buttonPremium:
	case 1, 2, 3, 4:
		m.text(at+".custom_id", c.CustomID, 1, maxCustomID)
		if c.URL != "" {
			m.add(at+".url", "only a link button has one")
		}
	default:
		m.add(at+".style", "%d is no style", c.Style)
	}
	if c.Style != buttonPremium && c.Label == "" && (len(c.Emoji) == 0 || string(c.Emoji) == "null") {
		m.add(at, "a button needs a label or an emoji")
	}
}

func hasScheme(url string) bool {
	return slices.ContainsFunc([]string{"http://", "https://", "discord://"}, func(s string) bool { return strings.HasPrefix(url, s) })
}

func (m *measure) selectMenu(at string, c Component) {
	m.text(at+".custom_id", c.CustomID, 1, maxCustomID)
	m.text(at+".placeholder", c.Placeholder, 0, maxPlaceholder)
	if c.Type != ComponentSelect {
		return
	}
	m.count(at+".options", len(c.Options), 1, maxSelectOptions)
	seen := map[string]bool{}
	for i, o := range c.Options {
		in := fmt.Sprintf("%s.options[%d]", at, i)
		m.text(in+".label", o.Label, 1, maxOptionText)
		m.text(in+".value", o.Value, 1, maxOptionText)
		m.text(in+".description", o.Description, 0, maxOptionText)
		if seen[o.Value] {
			m.add(in+".value", "%q twice in one menu", o.Value)
		}
		seen[o.Value] = true
	}
}

// unique wants every custom_id once in a message.
func (m *measure) unique(all []Component) {
	seen := map[string]bool{}
	for _, c := range all {
		if c.CustomID != "" && seen[c.CustomID] {
			m.add("components", "custom_id %q twice in one message", c.CustomID)
		}
		seen[c.CustomID] = true
	}
}

// v2Faults checks a message of the second version.
func v2Faults(d draft, components []Component) []fault {
	m := &measure{rule: RuleComponentsV2}
	if d.Content != "" || len(d.Embeds) > 0 {
		m.add("flags", "content or embeds together with the Components V2 flag")
	}
	all := flatten(components)
	m.count("components", len(all), 1, maxV2Components)
	total := 0
	for i, c := range components {
		m.part(fmt.Sprintf("components[%d]", i), c, false)
	}
	for _, c := range all {
		if c.Type == ComponentText {
			total += len([]rune(c.Content))
		}
	}
	if total > maxV2Text {
		m.add("components", "%d characters over all text displays, at most %d", total, maxV2Text)
	}
	m.unique(all)
	return m.faults
}

// part checks a component at the top of a V2 message, or in a container.
func (m *measure) part(at string, c Component, contained bool) {
	switch c.Type {
	case ComponentRow:
		m.row(at, c)
	case ComponentText:
		m.text(at+".content", c.Content, 1, maxV2Text)
	case ComponentSection:
		m.section(at, c)
	case ComponentMediaGallery, ComponentFile, ComponentSeparator:
	case ComponentContainer:
		if contained {
			m.add(at, "a container in a container")
		}
		m.count(at+".components", len(c.Components), 1, maxV2Components)
		for i, inside := range c.Components {
			m.part(fmt.Sprintf("%s.components[%d]", at, i), inside, true)
		}
	default:
		m.add(at, "type %d has no place here", c.Type)
	}
}

// section is one to three texts beside a button or a thumbnail.
func (m *measure) section(at string, c Component) {
	m.count(at+".components", len(c.Components), 1, maxSectionTexts)
	for i, inside := range c.Components {
		if inside.Type != ComponentText {
			m.add(fmt.Sprintf("%s.components[%d]", at, i), "type %d in a section, not a text display", inside.Type)
		}
	}
	switch {
	case c.Accessory == nil:
		m.add(at+".accessory", "left out")
	case c.Accessory.Type == ComponentButton:
		m.button(at+".accessory", *c.Accessory)
	case c.Accessory.Type != ComponentThumbnail:
		m.add(at+".accessory", "type %d, neither button nor thumbnail", c.Accessory.Type)
	}
}
