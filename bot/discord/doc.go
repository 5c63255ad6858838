// Package discord is the Discord bot: it turns events into questions and Answers
// into messages, and decides nothing about answers.
//
//	gateway/       the connection: events in, REST calls out
//	message/       an Answer as a message, and what its buttons carry
//	discordtest/   a Discord on loopback, for tests
//
// Here, in the order of an event's way:
//
//	settings.go      who is an admin, where the bot answers, how often
//	bot.go           the bot: what it is made of, and Run
//	event.go         where an event comes from, and whether it is answered there
//	limit.go         how often one user and one channel may ask
//	interaction.go   an interaction goes to its command, button or form
//	commands.go      /ask, /quotes, /whosaid, /sources, /help, Check quotes
//	respond.go       within three seconds, at once or promised and then edited
//	buttons.go       pages, context, sharing, suggestions
//	complaint.go     "Wrong?": what a reader tells the admins
//	mention.go       mentions, direct messages, and replies that go on
//	reindex.go       /reindex; who is let through to what admins do
//	archive.go       /archive add, remove and status
//	removal.go       the buttons that remove an article and put it back
//	progress.go      long work, with the message that shows how far it is
//	fault.go         an error: a sentence for the user, the cause in the log
//	metrics.go       figures for Prometheus
//	health.go        the HTTP side: /healthz, /readyz, /metrics
//
// The bot keeps no state between events but counters and limits: what a button
// needs is in its custom_id or in the message that it hangs on. What users ask is
// written nowhere, unless LOG_QUESTIONS is on.
package discord
