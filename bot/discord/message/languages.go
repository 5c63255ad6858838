package message

import (
	"slices"
	"strings"
	"unicode"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot"
)

// Lang is the language of a message's own words. Quotations, names and titles
// are never translated, nor is the sentence of bot.Answer.Message.
type Lang string

// The languages. The empty Lang is English.
const (
	English   Lang = "en"
	Russian   Lang = "ru"
	Ukrainian Lang = "uk"
)

// LangOf is the language for an interaction's locale: English where there is no
// other.
func LangOf(l discordgo.Locale) Lang { return Lang(strings.SplitN(string(l), "-", 2)[0]).known() }

// LangOfText is the language in which to answer a message, of which Discord says
// no locale: Ukrainian and Russian where it is written in Cyrillic letters, told
// apart by letters and little words that only one of them has; else English.
func LangOfText(text string) Lang {
	lower := strings.ToLower(text)
	cyrillic, latin := 0, 0
	for _, r := range lower {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	if cyrillic <= latin {
		return English
	}
	if strings.ContainsAny(lower, "іїєґ") {
		return Ukrainian
	}
	for _, word := range strings.FieldsFunc(lower, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if slices.Contains(onlyUkrainian, word) {
			return Ukrainian
		}
	}
	return Russian
}

// onlyUkrainian are words of questions that Russian has not, and that lack the
// letters that it has not.
var onlyUkrainian = []string{"що", "хто", "коли", "де", "чому", "сказав", "казав", "щодо"}

func (l Lang) known() Lang {
	if texts[l] == nil {
		return English
	}
	return l
}

func (l Lang) words() *words { return texts[l.known()] }

// texts are all words of the program by language, each in a file of its own.
var texts = map[Lang]*words{English: &english, Russian: &russian, Ukrainian: &ukrainian}

// words are what the messages say in one language. Verbs such as %d are filled
// in; what comes from people or articles is escaped before.
type words struct {
	// quotations
	how          map[bot.How]string
	by           map[bot.By]string
	to           string // whom
	unnamed      string
	alsoWorded   string
	moreWordings string // how many
	cut          string
	cutFront     string
	notOnRecord  string // words of the question
	leftOut      string // words on record
	differs      string // words of the question, words on record
	matchedBy    string // words follow
	corrected    string // a reason follows
	statements   string // how many
	fromArticles string

	// sources
	sources string
	noDate  string
	// revised goes before the day on which an article was corrected.
	revised string
	link    string

	// answers
	verbatim        string
	notSaid         string
	notInTheseWords string
	nearest         string
	notFrom         string // whom
	notAsQuotation  string
	partlyQuoted    string
	saidBy          string // by whom
	recordedOf      string // of whom
	them            string
	spoke           string
	nothing         string
	unclear         string
	youCouldAsk     string
	more            string // how many
	noTurning       string // page, pages

	// buttons
	moreContext string
	contextOf   string
	share       string
	wrong       string

	// the paragraphs around, sharing, reports
	context      string
	sharedBy     string // a name follows
	reportTitle  string // 45 characters at most, and the next
	reportReason string
	reportHint   string
	reported     string
	question     string
	toMessage    string

	// checks of quotations
	checks     string
	notChecked string // how many

	// what the archive holds
	sourcesTitle string
	sample       string
	holds        string // articles, statements
	speakers     string // how many
	dates        string
	undated      string // how many
	indexed      string
	outlets      string
	noOutlet     string

	// reindexing
	reindexing   string
	rebuilding   string
	looking      string
	articlesRead string // done, of all
	reindexed    string
	unchanged    string
	added        string // how many, and the next five
	replaced     string
	removed      string
	refused      string
	faults       string
	notes        string
	whyRefused   string
	whyUnread    string
	now          string // how many

	// what admins put into the archive
	addingTitle   string
	adding        string
	addedTitle    string
	knownTitle    string
	notAddedTitle string
	notAdded      string
	articlesIn    string // how many
	firstArticle  string
	title         string
	author        string
	outlet        string
	date          string
	address       string
	notFound      string
	statementsIn  string // how many
	oneOfThem     string
	noStatements  string
	otherLanguage string // which
	noticed       string
	file          string
	indexingNow   string
	readSoFar     string // done, of all
	findable      string
	takeOut       string
	notIndexed    string // ref
	stopped       string
	indexRefused  string // why

	// what they take out
	removeTitle   string
	wasRefused    string // why
	notIndexedYet string
	removesMany   string // articles, statements
	removes       string
	keeps         string
	removeYes     string
	removeNo      string
	removedTitle  string
	keptAt        string // where
	goneNow       string
	putBack       string
	backTitle     string
	notUpdated    string // ref
	keptInIndex   string // why

	// how the archive is
	statusTitle  string
	indexSize    string // bytes
	toMend       string // how many
	notSince     string
	feeds        string
	pagesStored  string // how many, and the next two
	pagesWaiting string
	pagesLeftOut string
	feedFailed   string // times, why
	feedNext     string

	// notices
	cantChange  string // why, ref
	failed      string // ref
	rateLimited string // seconds
	notices     map[Notice]string
	help        string
	helpAdmins  string

	commands map[string]described
}

// described is a command's or option's name and description.
type described struct{ name, about string }
