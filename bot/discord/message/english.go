package message

import "onrecord/bot"

// english are the texts that readers of no other language see.
var english = words{
	how: map[bot.How]string{bot.Paraphrased: "paraphrased", bot.Partly: "partly in their own words", "asked": "asked",
		"denied": "denied", "declined": "not said", "planned": "not said yet", "thought": "thought"},
	by:           map[bot.By]string{bot.BySaid: "said", bot.ByPublished: "published"},
	to:           "to %s",
	unnamed:      "Source not named",
	alsoWorded:   "also worded so",
	moreWordings: "%d more wordings",
	cut:          "[cut: the rest is in the source]",
	cutFront:     "[cut: what stands before is in the source]",
	notOnRecord:  "not on record: %s",
	leftOut:      "left out by the question: %s",
	differs:      "asked: %s → on record: %s",
	matchedBy:    "found by:",
	corrected:    "speaker corrected by the archive’s operator:",
	statements:   "%d on record",
	fromArticles: "From the articles",

	sources: "Sources",
	noDate:  "no date given",
	link:    "read it",

	verbatim:        "Yes, word for word.",
	notInTheseWords: "Not in these words.",
	nearest:         "The nearest on record:",
	notFrom:         "Not on record from %s.",
	partlyQuoted:    "On record in these words; the quotation marks show which are the speaker’s own:",
	notAsQuotation:  "On record in these words, but not as a direct quotation:",
	recordedOf:      "On record from %s:",
	saidBy:          "Said by %s:",
	them:            "them",
	spoke:           "Who spoke about it:",
	nothing:         "Nothing on record.",
	unclear:         "That can’t be answered as it stands.",
	youCouldAsk:     "You could ask:",
	more:            "%d more on record: ask more narrowly to see them",
	noTurning:       "page %d of %d: the question is too long to turn pages, ask it in fewer words",

	moreContext: "More context",
	contextOf:   "More context: choose a quotation",
	share:       "Share",
	wrong:       "Wrong?",

	context:      "More context",
	sharedBy:     "Shared by",
	reportTitle:  "What is wrong with this answer?",
	reportReason: "What is wrong",
	reportHint:   "somebody else said it, it is not in the article, it answers something else…",
	reported:     "An answer is reported as wrong",
	question:     "Question",
	toMessage:    "go to the message",

	checks:     "The quotations, checked",
	notChecked: "%d more quotations were not checked",

	sourcesTitle: "What is on record",
	sample:       "This is the small sample that comes with the program, until an admin names a folder of articles.",
	holds:        "Articles: %d · statements: %d",
	speakers:     "speakers: %d",
	dates:        "Dated:",
	undated:      "Without a date: %d",
	indexed:      "Last brought up to date:",
	outlets:      "Outlets",
	noOutlet:     "outlet not named",

	reindexing:   "Reading what has changed",
	rebuilding:   "Building the index anew",
	looking:      "Looking for changes…",
	articlesRead: "Articles read: %d of %d. Questions are answered all the while.",
	reindexed:    "The index is up to date",
	unchanged:    "Nothing had changed.",
	added:        "added: %d",
	replaced:     "replaced: %d",
	removed:      "removed: %d",
	refused:      "refused: %d",
	faults:       "could not be read, what was known of them is kept: %d",
	notes:        "with a note for the operator in the log: %d",
	whyRefused:   "Refused, and why",
	now:          "Articles now: %d",

	failed:      "That went wrong, and it is not your fault: try again, and if it stays so, tell an admin “ref %s”.",
	rateLimited: "That is a lot of questions at once: please ask again in %d s.",
	notices: map[Notice]string{
		NotAdmin:     "Only admins of the archive can do that; the operator names them in the settings.",
		DMsOff:       "I don’t answer direct messages here: ask me in a server that I am in.",
		Unreadable:   "I can't read your message because its ping was off: reply again with the @ switched on, mention me, or use **/ask**.",
		Outdated:     "This button is from an older version of me: please ask again.",
		Changed:      "The archive has changed since this answer: please ask again.",
		NoQuestion:   "I can't tell which question this message answers: please ask again.",
		NoQuotations: "I find no quotation in that message: what stands in quotation marks can be checked.",
		Busy:         "The archive is being read already: its progress is shown where that was started.",
		Starting:     "The archive is being read for the first time: please ask again in a moment.",
		Mending:      "The index was damaged and is being built anew from the articles: please ask again in a few minutes.",
		NotHere:      "I don’t answer in this channel: ask where the operators let me, or in a direct message.",
		Stopped:      "I was told to stop: the archive stays as it was before, and the next start goes on.",
		Reported:     "Thank you: the admins see what you wrote, with the answer.",
	},
	help: `I show what somebody **said**, word for word, and where it stands. I never rephrase: what is not on record, I don't say.

**Ask**
- **/ask** what did Ushakov say about the cease-fire?
- **/quotes** the words of one person, by subject, time and outlet
- **/whosaid** “It gives us nothing”
- **Apps → Check quotes** on any message: is that what they said?
- **/sources** which articles I know
Mention me with a question, or reply to an answer to go on: “and about gas?”

**Read**
> “Words in quotation marks are the speaker’s own.”
> _paraphrased:_ what stands behind such a word is the article’s account
> _hoped:_ and this was not said but hoped, thought, planned or refused
An ellipsis … stands where the article has other words between. ⟨U+202E⟩ stands for a character that can’t be seen.

**Wrong?** under an answer tells the admins.`,

	commands: map[string]described{
		"ask":            {"ask", "Ask what somebody said, who said it, or what happened"},
		"ask question":   {"question", "Your question: what did X say about Y?"},
		"quotes":         {"quotes", "What somebody said, narrowed by subject, time and outlet"},
		"quotes speaker": {"speaker", "Who said it"},
		"quotes about":   {"about", "What it is about"},
		"quotes from":    {"from", "From which day on: 2025-03-01, March 2025"},
		"quotes to":      {"to", "Until which day: 2025-03-31, March 2025"},
		"quotes source":  {"source", "Only from this outlet"},
		"whosaid":        {"whosaid", "Find out who said these words"},
		"whosaid words":  {"words", "The words, as exactly as you have them"},
		"sources":        {"sources", "Which outlets, articles and dates the archive covers"},
		"help":           {"help", "What you can ask, and how to read the answers"},
		"reindex":        {"reindex", "For admins: read the changed articles of the archive"},
		"reindex full":   {"full", "Build the whole index anew"},
		"Check quotes":   {"Check quotes", ""},
	},
}
