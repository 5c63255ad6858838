// Package message makes Discord messages of answers. It knows no network and no
// clock: an Answer goes in, what Discord is to be sent comes out.
//
// In the order of the work:
//
//	escape.go     hostile text as Markdown that shows it and nothing else
//	invisible.go  which characters can't be seen
//	cut.go        Discord's limits, and cuts that part no character and no escape
//	quotation.go  a statement or passage as a quotation with what must stand by it
//	marked.go     words in bold inside of foreign text
//	sources.go    the numbered sources, their links made safe
//	pages.go      as much as is pleasant to read at once
//	answer.go     all of it as a message
//	buttons.go    what a reader can press
//	id.go         what a press says
//	question.go   the question, found again in a message
//	context.go    the paragraphs around a statement
//	report.go     "Wrong?": what a reader tells the admins
//	check.go      the quotations of somebody's message, each with its verdict
//	archive.go    what the archive holds
//	reindex.go    how a reindexing goes
//	added.go      what came into the archive, as it was understood
//	removed.go    which file is to go, and where it went
//	status.go     how archive, index and feeds are
//	notice.go     help, and the sentences for when something can't be done
//	commands.go   the commands to register
//	languages.go  the words of the messages; one file for each language
//	send.go       a message in the forms in which discordgo sends it
//
// # Embeds, not Components V2
//
// Answers come after a deferred response, as an edit, and discordgo's WebhookEdit
// can't set the flag that Components V2 needs; a message that has it can never be
// without. Embeds also protect readers: nothing in an embed pings, no address in
// one unfurls into a preview or an invitation, and 4,096 characters of
// description are a page of quotations in one piece. So a message is one embed
// and rows of buttons, its content is empty, and allowed_mentions lets nothing
// ping on top of that.
//
// # State
//
// Nothing is remembered between two presses. A button's custom_id says what to do
// (DecodeID), the question is the heading of the message that it hangs on
// (Question), and asking it again gives the answer to turn pages in (Answer with
// Options.Page) or to find a statement in (Find). So a press works after a
// restart, in another process, and tells honestly when the archive has changed.
//
// A reply to an answer ("and about NATO?") goes on with it in the same way:
// Question of the message that is replied to is what was asked before, byte for
// byte. Ask it only of messages whose author is the bot.
//
// # Rules
//
// The words come first, as lines of a block quotation. Nothing but bytes of an
// article stands in it, but for a lead in italics that tells what is not simply
// the speaker's own words, and a note in italics and brackets where something is
// cut. Escaped text never has a bare underscore or asterisk, so neither can be
// forged. Italics are underscores: between asterisks Discord overlooks escapes.
package message
