package message

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"
)

// names of chat commands and options, by Discord's rules.
var names = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// TestCommandsKeepTheRules: names, descriptions and sizes as Discord takes them,
// in every language.
func TestCommandsKeepTheRules(t *testing.T) {
	t.Parallel()
	for _, c := range Commands() {
		chars := 0
		check := func(name, about string, chat bool) {
			if chat && (!names.MatchString(name) || strings.ToLower(name) != name) || name == "" || utf8.RuneCountInString(name) > 32 {
				t.Errorf("%s: the name %q", c.Name, name)
			}
			if n := utf8.RuneCountInString(about); n > 100 || chat == (n == 0) {
				t.Errorf("%s: the description %q", c.Name, about)
			}
			chars += len(name) + len(about)
		}
		chat := c.Type == discordgo.ChatApplicationCommand
		check(c.Name, c.Description, chat)
		for _, l := range []discordgo.Locale{discordgo.Russian, discordgo.Ukrainian} {
			about := ""
			if c.DescriptionLocalizations != nil {
				about = (*c.DescriptionLocalizations)[l]
			}
			check((*c.NameLocalizations)[l], about, chat)
		}
		checkOptions(t, c.Name, c.Options, check)
		if chars > 8000 {
			t.Errorf("%s has %d characters", c.Name, chars)
		}
		if c.Contexts == nil || c.IntegrationTypes == nil {
			t.Errorf("%s says not where it works", c.Name)
		}
	}
}

func checkOptions(t *testing.T, at string, options []*discordgo.ApplicationCommandOption, check func(string, string, bool)) {
	t.Helper()
	optional := false
	seen := map[string]bool{}
	for _, o := range options {
		check(o.Name, o.Description, true)
		for l, name := range o.NameLocalizations {
			check(name, o.DescriptionLocalizations[l], true)
			if key := string(l) + name; seen[key] {
				t.Errorf("%s has two options %q", at, name)
			} else {
				seen[key] = true
			}
		}
		if len(o.NameLocalizations) != len(localised) || o.Required && optional {
			t.Errorf("%s: the option %s", at, o.Name)
		}
		optional = optional || !o.Required && o.Type != discordgo.ApplicationCommandOptionSubCommand
		checkOptions(t, at+" "+o.Name, o.Options, check)
	}
}

// TestCommandsOfTheContract: what the contract promises is registered.
func TestCommandsOfTheContract(t *testing.T) {
	t.Parallel()
	var got []string
	for _, c := range GuildCommands() {
		text := c.Name + named(c.Options)
		if c.DefaultMemberPermissions != nil {
			raw, _ := json.Marshal(c)
			text += " " + regexp.MustCompile(`"default_member_permissions":"\d+"`).FindString(string(raw))
		}
		if c.Contexts != nil || c.IntegrationTypes != nil {
			t.Errorf("%s has contexts, which a server's commands can't have", c.Name)
		}
		got = append(got, text)
	}
	want := []string{"ask question", "quotes speaker… about from to source…", "whosaid words", "sources", "help",
		`reindex full "default_member_permissions":"32"`, `archive add (file url) remove (article…) status "default_member_permissions":"32"`, "Check quotes"}
	if !slices.Equal(got, want) {
		t.Errorf("registered are %q, not %q", got, want)
	}
}

// named are the names of options, those of subcommands in brackets.
func named(options []*discordgo.ApplicationCommandOption) (text string) {
	for _, o := range options {
		text += " " + o.Name
		if o.Autocomplete {
			text += "…"
		}
		if len(o.Options) > 0 {
			text += " (" + strings.TrimSpace(named(o.Options)) + ")"
		}
	}
	return text
}

// TestLanguagesAreComplete: every text is there in every language, with the same
// places to fill in.
func TestLanguagesAreComplete(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile(`%(?:\[\d\])?[a-z]`)
	var compare func(path string, a, b reflect.Value)
	compare = func(path string, a, b reflect.Value) {
		switch a.Kind() {
		case reflect.Struct:
			for i := range a.NumField() {
				compare(path+"."+a.Type().Field(i).Name, a.Field(i), b.Field(i))
			}
		case reflect.Map:
			for _, k := range a.MapKeys() {
				if !b.MapIndex(k).IsValid() {
					t.Errorf("%s lacks %v", path, k)
					continue
				}
				compare(path+"."+k.String(), a.MapIndex(k), b.MapIndex(k))
			}
		case reflect.String:
			if (a.String() == "") != (b.String() == "") || !slices.Equal(verbs.FindAllString(a.String(), -1), verbs.FindAllString(b.String(), -1)) {
				t.Errorf("%s is %q, in English %q", path, b, a)
			}
		}
	}
	for l, w := range texts {
		compare(string(l), reflect.ValueOf(english), reflect.ValueOf(*w))
	}
	if LangOf("en-GB") != English || LangOf("ru") != Russian || LangOf("uk") != Ukrainian || LangOf("de") != English || LangOf("") != English {
		t.Error("a locale has another language")
	}
}

// TestChoices: what Discord would refuse is left away, and no choices are an
// empty list.
func TestChoices(t *testing.T) {
	t.Parallel()
	if got := Choices(nil); got == nil || len(got) != 0 {
		t.Errorf("no names are %v", got)
	}
	many := []string{"Nina Ambledown", "", "Nina Ambledown", strings.Repeat("x", 101), "a\u202eb", strings.Repeat("y", 100)}
	if got := Choices(many); len(got) != 2 || got[0].Name != "Nina Ambledown" || got[1].Value != strings.Repeat("y", 100) {
		t.Errorf("chosen from are %v", got)
	}
	var names []string
	for i := range 40 {
		names = append(names, strings.Repeat("z", i+1))
	}
	if got := Choices(names); len(got) != 25 {
		t.Errorf("%d choices", len(got))
	}
}

// TestLangOfText tells the languages of questions apart.
func TestLangOfText(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Lang{
		"": English, "what did Путин say?": English, "что сказал Путин?": Russian, "Путин о NATO": Russian, "що сказав Путін?": Ukrainian,
		"хто казав про НАТО": Ukrainian, "коли?": Ukrainian, "123 ???": English, "was sagte Müller?": English,
	} {
		if got := LangOfText(text); got != want {
			t.Errorf("%q is in %s, want %s", text, got, want)
		}
	}
}
