package bot

// Limits of what is read for one answer.
const (
	// maxCandidates bounds how many statements are ranked for one answer.
	maxCandidates = 2000
	// maxRead bounds how many statements are read where enough of them fit.
	maxRead = 120
	// enoughTimes and enoughMore tell how many statements that fit are enough: so
	// many times those shown, and so many more.
	enoughTimes, enoughMore = 3, 20
	// enoughNarrowed are wanted where time or setting are looked at afterwards.
	enoughNarrowed = 150
	// firstWindow is the least number of days in which the latest statements are
	// looked for.
	firstWindow = 30
	// maxTopicWords bounds how many different words of a topic are looked for, and
	// maxWord how many letters of each. Questions that people ask have under ten.
	maxTopicWords, maxWord = 16, 40
	// maxNamed bounds in how many words of a question a name is looked for.
	maxNamed = 25
	// maxSought bounds how many words of a quotation are searched for, the rarest;
	// all of them are then held against what is found.
	maxSought = 12
	// leastMended is how many letters a word of a topic must have for its spelling
	// to be mended, shortMended how many its stem must have for more than a swap of
	// two letters to be, and longMended for two errors.
	leastMended, shortMended, longMended = 5, 6, 8
	// maxTopics is how many topics of a speaker are offered, and spokenTwice of how
	// many statements each must be.
	maxTopics, spokenTwice = 2, 2
	// wide is from how many days on a period isn't looked for in the index, where
	// each day costs a look, but kept to when statements are read.
	wide = 100
	// common is from how many passages on that hold a word it is looked for first
	// in what was said itself.
	common = 5000
)
