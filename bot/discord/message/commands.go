package message

import (
	"github.com/bwmarrin/discordgo"
)

// The commands that the bot registers. Their English names are the contract's;
// Discord shows the localised ones to readers of those languages and sends the
// English ones to the bot.

// Names of the commands and of their options, as interactions carry them.
const (
	CommandAsk     = "ask"
	CommandQuotes  = "quotes"
	CommandWhoSaid = "whosaid"
	CommandSources = "sources"
	CommandHelp    = "help"
	CommandReindex = "reindex"
	CommandArchive = "archive"
	CommandCheck   = "Check quotes" // on a message

	OptionQuestion = "question"
	OptionSpeaker  = "speaker"
	OptionAbout    = "about"
	OptionFrom     = "from"
	OptionTo       = "to"
	OptionSource   = "source"
	OptionWords    = "words"
	OptionFull     = "full"
	OptionFile     = "file"
	OptionURL      = "url"
	OptionArticle  = "article"

	// Subcommands of CommandArchive.
	ArchiveAdd    = "add"
	ArchiveRemove = "remove"
	ArchiveStatus = "status"
)

// How long an option's text may be, in characters.
const (
	maxAsked   = 500
	maxNarrow  = 100 // a name, a topic, a date, an outlet
	maxAddress = 2000
	maxTyped   = 500 // a path or a title
)

// Commands are the definitions to register everywhere: they work in servers, in
// direct messages with the bot, and between people where one installed it.
func Commands() []*discordgo.ApplicationCommand {
	all := GuildCommands()
	for _, c := range all {
		where := []discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM,
			discordgo.InteractionContextPrivateChannel}
		installs := []discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall,
			discordgo.ApplicationIntegrationUserInstall}
		if c.DefaultMemberPermissions != nil {
			// Nobody but admins has a use for it: not in every chat of whoever
			// installed the bot.
			where, installs = where[:2], installs[:1]
		}
		c.Contexts, c.IntegrationTypes = &where, &installs
	}
	return all
}

// GuildCommands are the same definitions for one server, where Discord takes no
// contexts.
func GuildCommands() []*discordgo.ApplicationCommand {
	reindex := chat(CommandReindex, &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionBoolean, Name: OptionFull})
	check := &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: CommandCheck}
	all := []*discordgo.ApplicationCommand{
		chat(CommandAsk, text(OptionQuestion, maxAsked, required)),
		chat(CommandQuotes, text(OptionSpeaker, maxNarrow, required|completed), text(OptionAbout, maxNarrow, 0),
			text(OptionFrom, maxNarrow, 0), text(OptionTo, maxNarrow, 0), text(OptionSource, maxNarrow, completed)),
		chat(CommandWhoSaid, text(OptionWords, maxAsked, required)),
		chat(CommandSources), chat(CommandHelp), forAdmins(reindex), forAdmins(archive()), check,
	}
	for _, c := range all {
		localise(c)
	}
	return all
}

// archive is the command with what admins do to the archive.
func archive() *discordgo.ApplicationCommand {
	part := func(name string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommandOption {
		return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionSubCommand, Name: name, Options: options}
	}
	return chat(CommandArchive,
		part(ArchiveAdd, &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionAttachment, Name: OptionFile}, text(OptionURL, maxAddress, 0)),
		part(ArchiveRemove, text(OptionArticle, maxTyped, required|completed)),
		part(ArchiveStatus))
}

// forAdmins shows a command to those alone who manage the server, until its admins
// decide otherwise. Who may use it is checked when it is used.
func forAdmins(c *discordgo.ApplicationCommand) *discordgo.ApplicationCommand {
	manageServer := int64(discordgo.PermissionManageGuild)
	c.DefaultMemberPermissions = &manageServer
	return c
}

func chat(name string, options ...*discordgo.ApplicationCommandOption) *discordgo.ApplicationCommand {
	return &discordgo.ApplicationCommand{Type: discordgo.ChatApplicationCommand, Name: name, Options: options}
}

// kind of an option.
type kind int

const (
	required kind = 1 << iota
	completed
)

func text(name string, longest int, k kind) *discordgo.ApplicationCommandOption {
	return &discordgo.ApplicationCommandOption{Type: discordgo.ApplicationCommandOptionString, Name: name,
		Required: k&required != 0, Autocomplete: k&completed != 0, MaxLength: longest}
}

// Choices are names to choose from while an option is typed, the first that
// Discord takes: at most 25, each of at most 100 characters and once.
func Choices(names []string) []*discordgo.ApplicationCommandOptionChoice {
	out := []*discordgo.ApplicationCommandOptionChoice{}
	seen := map[string]bool{}
	for _, n := range names {
		if len(out) < maxOptions && !seen[n] && n != "" && length(n) <= maxOption && n == Visible(n) {
			seen[n] = true
			out = append(out, &discordgo.ApplicationCommandOptionChoice{Name: n, Value: n})
		}
	}
	return out
}

// localise enters the descriptions, and names and descriptions by language.
func localise(c *discordgo.ApplicationCommand) {
	names, about := map[discordgo.Locale]string{}, map[discordgo.Locale]string{}
	if c.Type == discordgo.ChatApplicationCommand {
		c.Description, c.DescriptionLocalizations = english.commands[c.Name].about, &about
	}
	c.NameLocalizations = &names
	for locale, t := range localised {
		names[locale], about[locale] = t.commands[c.Name].name, t.commands[c.Name].about
	}
	localiseOptions(c.Name, c.Options)
}

// localiseOptions does the same for options, those of subcommands too.
func localiseOptions(above string, options []*discordgo.ApplicationCommandOption) {
	for _, o := range options {
		key := above + " " + o.Name
		o.Description = english.commands[key].about
		o.NameLocalizations, o.DescriptionLocalizations = map[discordgo.Locale]string{}, map[discordgo.Locale]string{}
		for locale, t := range localised {
			o.NameLocalizations[locale] = t.commands[key].name
			o.DescriptionLocalizations[locale] = t.commands[key].about
		}
		localiseOptions(key, o.Options)
	}
}

// localised are the languages besides the default one.
var localised = map[discordgo.Locale]*words{discordgo.Russian: &russian, discordgo.Ukrainian: &ukrainian}
