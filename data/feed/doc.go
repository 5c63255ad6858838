// Package feed keeps an archive fresh from the feeds of news sites: RSS, Atom and
// JSON feeds are polled, and the page behind each new item is stored as a file of
// the archive, so that a citation outlives its link.
//
// The way of an item, file by file:
//
//	reader.go   the feeds, each polled when it is due
//	poll.go     one poll: what is new in a feed, and its pages
//	parse.go    a feed's bytes become items
//	page.go     a page in UTF-8, with its address in it
//	name.go     the name of its file
//	store.go    the file, complete or not there
//	correct.go  stored pages, looked at again: what their sites corrected
//	state.go    what is remembered of each feed, over restarts too
//
// What a feed gives besides links (its summaries, its dates) is not taken for
// the article's: the page is read like any other saved page.
package feed
