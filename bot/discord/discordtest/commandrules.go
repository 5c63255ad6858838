// Limits of application commands, from Discord's documentation of them.

package discordtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	maxCommandName        = 32
	maxDescription        = 100
	maxCommandOptions     = 25
	maxChoices            = 25
	maxChoiceText         = 100
	maxCommandCharacters  = 8000
	maxChatCommands       = 100
	maxContextCommands    = 15
	optionString          = 3
	optionInteger         = 4
	optionBoolean         = 5
	optionNumber          = 10
	optionAttachment      = 11
	maxTextLength         = 6000
	optionSubcommand      = 1
	optionSubcommandGroup = 2
)

// chatName is the form of a chat command's name, and of its options'.
var chatName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are Discord's.
var locales = strings.Fields("id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko")

// setFaults are the limits that a whole set of commands breaks.
func setFaults(commands []Command, scope string) []fault {
	m := &measure{rule: RuleCommand}
	seen, counts := map[string]bool{}, map[int]int{}
	for _, c := range commands {
		m.faults = append(m.faults, commandFaults(c, scope)...)
		kind := max(c.Type, CommandChat)
		counts[kind]++
		key := fmt.Sprintf("%d %s", kind, c.Name)
		if seen[key] {
			m.add(c.Name, "registered twice")
		}
		seen[key] = true
	}
	m.count("chat commands", counts[CommandChat], 0, maxChatCommands)
	m.count("message commands", counts[CommandMessage], 0, maxContextCommands)
	m.count("user commands", counts[CommandUser], 0, maxContextCommands)
	return m.faults
}

func commandFaults(c Command, scope string) []fault {
	m := &measure{rule: RuleCommand}
	m.localized(c.Name, c.Name, c.NameLocalizations, func(at, name string) { m.name(at, name, max(c.Type, CommandChat)) })
	if c.Type > CommandChat {
		m.text(c.Name+".description", c.Description, 0, 0)
		m.count(c.Name+".options", len(c.Options), 0, 0)
	} else {
		m.localized(c.Name+".description", c.Description, c.DescriptionLocalizations, m.description)
		m.options(c.Name, c.Options, 0)
	}
	if c.Permissions != nil && strings.Trim(*c.Permissions, "0123456789") != "" {
		m.add(c.Name+".default_member_permissions", "%q is no bit set written as a number", *c.Permissions)
	}
	if scope != "" && (c.Contexts != nil || c.IntegrationTypes != nil) {
		m.add(c.Name, "contexts and integration_types are for global commands only")
	}
	if n := commandCharacters(c); n > maxCommandCharacters {
		m.add(c.Name, "%d characters over names, descriptions and values, at most %d", n, maxCommandCharacters)
	}
	return m.faults
}

// localized checks a text and its translations alike.
func (m *measure) localized(field, text string, translations map[string]string, check func(at, text string)) {
	check(field, text)
	for locale, translation := range translations {
		if !slices.Contains(locales, locale) {
			m.add(field, "%q is no locale of Discord's", locale)
		}
		check(field+"("+locale+")", translation)
	}
}

func (m *measure) description(at, text string) { m.text(at, text, 1, maxDescription) }

// name checks a command's or an option's name.
func (m *measure) name(at, name string, kind int) {
	m.text(at+".name", name, 1, maxCommandName)
	if kind == CommandChat && (!chatName.MatchString(name) || strings.ToLower(name) != name) {
		m.add(at+".name", "%q: letters in lower case, digits, - and _ only", name)
	}
}

// options checks a command's options, or those inside of one of the type above.
func (m *measure) options(at string, options []CommandOption, above int) {
	m.count(at+".options", len(options), 0, maxCommandOptions)
	optional, seen, parts := false, map[string]bool{}, 0
	for _, o := range options {
		in := at + "." + o.Name
		m.localized(in, o.Name, o.NameLocalizations, func(at, name string) { m.name(at, name, CommandChat) })
		m.localized(in+".description", o.Description, o.DescriptionLocalizations, m.description)
		if optional && o.Required {
			m.add(in, "a required option after one that is not")
		}
		if seen[o.Name] {
			m.add(in, "an option of this name is there already")
		}
		optional, seen[o.Name] = optional || !o.Required, true
		m.choosing(in, o)
		m.lengths(in, o)
		if o.isPart() {
			parts++
			optional = false
		}
		m.nesting(in, o, above)
	}
	if parts > 0 && parts < len(options) {
		m.add(at, "subcommands beside other options")
	}
}

// isPart reports whether an option is a subcommand or a group of them.
func (o CommandOption) isPart() bool {
	return o.Type == optionSubcommand || o.Type == optionSubcommandGroup
}

// nesting checks what may be inside of what: options in subcommands, these in
// groups, and groups in the command alone.
func (m *measure) nesting(at string, o CommandOption, above int) {
	switch {
	case above == optionSubcommand && o.isPart(), above == optionSubcommandGroup && o.Type != optionSubcommand:
		m.add(at, "an option of type %d inside of one of type %d", o.Type, above)
	case o.Type == optionSubcommandGroup && len(o.Options) == 0:
		m.add(at, "a group without a subcommand")
	case o.isPart():
		m.options(at, o.Options, o.Type)
	case len(o.Options) > 0:
		m.add(at, "options inside of an option of type %d", o.Type)
	}
}

// lengths checks how long a text may be: only texts have a length.
func (m *measure) lengths(at string, o CommandOption) {
	for name, n := range map[string]*int{"min_length": o.MinLength, "max_length": o.MaxLength} {
		if n != nil && (o.Type != optionString || *n < 0 || *n > maxTextLength || name == "max_length" && *n == 0) {
			m.add(at+"."+name, "%d on an option of type %d", *n, o.Type)
		}
	}
}

// choosing checks choices and autocomplete, of which an option has one at most.
func (m *measure) choosing(at string, o CommandOption) {
	m.count(at+".choices", len(o.Choices), 0, maxChoices)
	m.choices(at+".choices", o.Choices)
	if o.Autocomplete && len(o.Choices) > 0 {
		m.add(at, "autocomplete and choices together")
	}
	if o.Autocomplete && o.Type != optionString && o.Type != optionInteger && o.Type != optionNumber {
		m.add(at, "autocomplete on an option of type %d", o.Type)
	}
}

func (m *measure) choices(at string, choices []Choice) {
	for i, c := range choices {
		in := fmt.Sprintf("%s[%d]", at, i)
		m.text(in+".name", c.Name, 1, maxChoiceText)
		switch v := c.Value.(type) {
		case string:
			m.text(in+".value", v, 1, maxChoiceText)
		case float64:
		default:
			m.add(in+".value", "%v is neither text nor number", c.Value)
		}
	}
}

// commandCharacters is what counts towards the limit of a command: of a text and its
// translations, the longest.
func commandCharacters(c Command) int {
	n := longest(c.Name, c.NameLocalizations) + longest(c.Description, c.DescriptionLocalizations)
	return n + optionCharacters(c.Options)
}

func optionCharacters(options []CommandOption) int {
	n := 0
	for _, o := range options {
		n += longest(o.Name, o.NameLocalizations) + longest(o.Description, o.DescriptionLocalizations)
		for _, c := range o.Choices {
			n += longest(c.Name, c.NameLocalizations)
			if value, ok := c.Value.(string); ok {
				n += utf8.RuneCountInString(value)
			}
		}
		n += optionCharacters(o.Options)
	}
	return n
}

func longest(text string, translations map[string]string) int {
	n := utf8.RuneCountInString(text)
	for _, t := range translations {
		n = max(n, utf8.RuneCountInString(t))
	}
	return n
}
