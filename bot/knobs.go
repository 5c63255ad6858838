package bot

// Limits of what is read for one answer.
const (
	// maxCandidates bounds how many statements are ranked for one answer.
	maxCandidates = 2000
	// maxRead bounds how many statements are read where enough of them fit.
	maxRead = 300
	// enoughTimes and enoughMore tell how many statements that fit are enough: so
	// many times those shown, and so many more.
	enoughTimes, enoughMore = 3, 20
	// firstWindow is the least number of days in which the latest statements are
	// looked for.
	firstWindow = 30
	// common is from how many passages on that hold a word it is looked for first
	// in what was said itself.
	common = 5000
)
