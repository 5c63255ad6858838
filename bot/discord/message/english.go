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
	statements:   "%d on record",
	fromArticles: "From the articles",

	sources: "Sources",
	noDate:  "no date given",
	link:    "read it",

	verbatim:        "Yes, word for word.",
	notInTheseWords: "Not in these words.",
	nearest:         "The nearest on record:",
	notFrom:         "Not on record from %s.",
	saidBy:          "Said by %s:",
	them:            "them",
	spoke:           "Who spoke about it:",
	nothing:         "Nothing on record.",
	unclear:         "That needs another word.",
	youCouldAsk:     "You could ask:",
	more:            "%d more on record: ask more narrowly to see them",
	noTurning:       "page %d of %d: the question is too long to turn pages, ask it in fewer words",

	moreContext: "More context",
	contextOf:   "More context: choose a quotation",
	share:       "Share",
	wrong:       "Wrong?",

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
