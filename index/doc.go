// Package index keeps what an archive says in a form that can be searched:
// passages, and statements with who made them. It knows no question; what is
// asked, and what answers it, is decided in package bot.
//
// # What is stored
//
// An index is a folder:
//
//	current         JSON, written last and whole: format, generation, archive
//	lock            held by the one process that writes
//	progress.json   what that process is doing, for others to tell; left over, and
//	                told by the next run, where it was killed
//	g000007/        the generation that current names: a Bleve index, with
//	                checksums.json, the CRC-32C of its other files, and onrecord.json,
//	                what it was begun as
//	g000008/        the next one while it is built; else left over, and removed
//
// A generation never changes once current names it. An update hard-links the
// live generation's segments (they are immutable) into the next one, adds and
// deletes there, and then replaces current by a rename. So a reader always sees
// a complete state without asking the writer, a killed run leaves the old state,
// and what it had done so far is taken up by the next.
//
// # How damage is found
//
// Bleve serves a damaged segment without a word. So every generation has a list of
// its files' sizes and checksums, made when it is complete and before current names
// it; current has the checksum of the list. A read-only open writes to none of these
// files, Bleve's root.bolt included. A file that is linked on from the generation
// before keeps the checksum that it was written with, so that an update reads only
// what it wrote. Segments that it merged, and that are gone from the new
// generation, are held against their checksums once more before the new one gets
// its own: damage is not merged on.
//
//	when              what is read (checksum.go, damage.go)
//	a state is opened the list, all sizes, and the smallest files whole, up to 32 MB
//	                  of them: some 25,000 passages, or of more the newest segments
//	a record is read  its own checksum, CRC-32C, which covers its key; all it takes
//	                  of a damaged large segment that nobody has noticed yet is right
//	a text is read    the SHA-256 in its article's record
//	index --check     everything, and every article of the archive
//	serve, each day   everything, a fifth of the time reading, the rest resting
//
// What is damaged is named, with what differs, and the index is built anew from the
// archive. What a large segment lists for a word or a name has no checksum of its
// own: until the daily check has found damage there, something may be missing in an
// answer, but nothing in it is wrong.
//
// # How changes are found
//
// A file is read again where its size or time of change differs from the record of
// it, and where its time tells nothing (racy.go): it is no older than two seconds
// before the last run that looked at it began, or in the future. It is indexed again
// where its bytes differ. What is gone from the archive is removed, unless it is
// gone as if a disk were not mounted (missing.go).
//
// Who watches the folder knows which files have changed: then they alone are looked at
// (few.go), and what the report before says of all others holds.
//
// A generation holds five kinds of document. PATH is an article's path below the
// archive, N counts from 0:
//
//	a/PATH       the article: [articleRecord] as JSON, stored. No text.
//	c/PATH       a container, a file that holds articles: [containerRecord] as
//	             JSON, stored
//	t/PATH       its text as data.Article.Text, stored; checked by hash when read.
//	             What tells its copies: a sketch, stored, and terms of it
//	p/PATH#N     a passage, a paragraph or a window of a long one: its paragraph's
//	             number and its offsets, stored; its words, indexed
//	s/PATH#N     a statement: [statementRecord] as JSON, stored; its words, its
//	             setting, its context, its speaker and roles, indexed
//
// All documents of an article are written in one batch, and a batch is in a
// generation whole or not at all: a segment, as Bleve calls a file of its own, which
// package segment writes. A container's own document is written after its
// articles: where a run is killed among them, the next one looks into the container
// again, and writes those only that it does not find as they are.
//
// # Fields that are indexed
//
//	kind      a keyword: a, c, t, p or s
//	body      p: the paragraph's words, stemmed
//	words     s: the words of the parts, stemmed
//	setting   s: the words of the cue's sentence that are not content: to whom,
//	          where, when
//	context   s: the words of the same speaker's statement just before
//	cue       s: the cue's words, stemmed
//	family    s: the last word of the speaker's name, as naming.Family gives it
//	person    s: family and name of the speaker where it is a person, parted by a
//	          tab, as one term
//	body_name s: the same where it is a body
//	role      s: name and role, parted by a tab, as one term
//	office    s: each head of a person's role, name and role, parted by tabs
//	day       s: when it was made, else when it was published, ISO 8601 cut to
//	          what is known
//	month     s: the month of day, where it is known; year: likewise
//	published a: when it was published, likewise
//	language  a: its language, as data.Article.Language
//	source    s: the outlet of its article, as one term
//	outlet    a: the same
//	url       a: its canonical address, as one term
//	copies    t: the bands of its sketch, each as one term: see copies.go
//
// No field keeps positions, for nothing looks for phrases.
//
// Words are analysed in analyse.go, by Bleve's English analyser once for each run of
// letters, and what stands for them in a query is analysed by the same.
//
// Hyphens join: "cease-fire" is indexed as its two words and as "ceasefire".
// Words in Cyrillic letters are indexed by their Russian stems.
package index

// format is the version of all that is described above, and of what the
// extraction puts in. Another number makes an index be built anew.
const format = 18
