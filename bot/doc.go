// Package bot answers questions from an archive: a question in, an Answer out.
// It knows no transport; the command line, the web and Discord show the same
// Answer.
//
// The way of a question, file by file:
//
//	question.go   what is asked: the kind of question, about whom, about what
//	topic.go      which words count, and what may stand in their place
//	mend.go       words of a topic with typing errors
//	edition.go    the index with what its operator says of it, renewed when that changes
//	record.go     what comes out of the index, corrections applied
//	corrections.go which statements the operator's corrections mean
//	people.go     who is who by the operator's file
//	names.go      whom a name or a misspelling of one means
//	roles.go      whom an office means: "the Russian president"
//	roster.go     who is on record, read from the index when they are asked about
//	family.go     names of one surname, joined where they mean one person
//	directory.go  all names, for those who begin to type one
//	nameinside.go questions of no known form that name somebody
//	answer.go     what an Answer is, as JSON
//	answerer.go   kind by kind, what answers it
//	statements.go what somebody said
//	beside.go     what somebody said in an article on the topic, where no words have it
//	order.go      in which order statements are shown
//	whosaid.go    who said it
//	asasked.go    what must be in the asked words, no synonyms: who said it, did they
//	didsay.go     did somebody say it
//	passages.go   questions of fact
//	expected.go   what the answer to a question word looks like
//	follow.go     the passage that answers for one that is about what is asked
//	copies.go     what copies of an article say, as one
//	pick.go       how much of what a search finds is read, and so what a question costs
//	offer.go      what somebody did speak about, where nothing fits
//	matched.go    which other words than the asked ones it was found by
//	language.go   what articles in other languages can't answer
//	check.go      every excerpt held against the stored article
//
// Every number that ranking and cost depend on is in knobs.go, and what changing
// it does in testdata/ranking/knobs.txt.
//
// The rule above all others: nobody is given words that the archive does not
// give him. Where nothing fits, the answer says so.
package bot
