package bot

// Every number that ranking and its cost depend on. Thresholds are shares, 0 to
// 1, of the words asked for, each word weighed by how rare it is in the archive
// (see asking.weight). What each was chosen by, and what half and double of it
// do, is in testdata/ranking/knobs.txt.

// How statements are ranked: factors on the engine's score. They were chosen so
// that of equally fitting statements a person's own words come first.
const (
	preferDirect = 1.15 // the speaker's own words
	preferMixed  = 1.05
	lessThought  = 0.9 // not said, but thought, wanted, planned
	lessDeclined = 0.3 // what somebody did not say is the last to show
	preferVerb   = 1.5 // the cue is the question's verb: who "accused", who "called"
	besideOnly   = 0.3 // the topic stands beside what was said, not in it
	farFromBest  = 0.1 // what scores less than this share of the best is not shown
)

// What a statement must hold to answer.
const (
	// enoughCovered is the share of a topic's words that a statement must have with
	// its setting to be on the topic.
	enoughCovered = 0.5
	// nearEnough is the share of a quotation's words, stop words too, each counted
	// as one, that nearly the same words have.
	nearEnough = 0.75
	// nearTelling is the share of its words, stop words not, each weighed, that
	// nearly the same words have: "we will bomb the moon" is not "we will explore
	// the moon".
	nearTelling = 0.5
	// leastUnattributed is how many words that are no stop words a quotation must have
	// for a passage with it to be shown that names no speaker.
	leastUnattributed = 3
	meantEnough       = 0.75 // of "who said that …"
	calledEnough      = 0.65 // where the verb says what was done: "who accused", "who called"
	nearOfTheirs      = 0.5  // for the nearest of one person's statements
	saidByOther       = 0.85 // for somebody else to have said what is asked of X
	ownEnough         = 0.4  // of these in the statement itself, not beside it
	// togetherWords is how many words beside names a question of "who" may have that
	// must all stand together, with at most togetherReach others between them; of more
	// words a share will do.
	togetherWords, togetherReach = 2, 3
	allNames                     = 0.99 // of words of which none may lack; below 1 for rounding
)

// How passages are ranked, which answer questions of fact.
const (
	// answersFact is the share of a question's words that a passage must hold to
	// answer it; below, abstaining is better.
	answersFact = 0.62
	// expected is how much more a passage counts that has what the question word
	// asks for: a date for "when", a number for "how many".
	expected = 2.0
	// sharesEnough is the share of a question's words that a passage must have which
	// answers for another that has them, at most nearParagraphs away.
	sharesEnough = 0.2
	// answersFor is how much less than the other one such a passage counts.
	answersFor     = 0.6
	nearParagraphs = 3
	// tellsRole is how much more a passage counts that says who the person is whom
	// the question asks about.
	tellsRole = 3.0
)

// How names are understood.
const (
	// outspoken is how many times as many statements as the next one somebody must
	// have for an office that several had to mean them.
	outspoken = 4
	// longName is how many letters a name must have for two of them to be wrong;
	// in a shorter one it is one. "Biden" must not become "Linden".
	longName = 7
	// maxNear is how many near names are offered.
	maxNear = 3
	// maxNearErrors is how many letters of an offered name may be others.
	maxNearErrors = 2
	// maxSeveral is how many of those are listed whom a name or an office may mean.
	maxSeveral = 5
)

// How misspelt words of a topic are mended.
const (
	// leastMended is how many letters a word must have for its spelling to be
	// mended, shortMended how many its stem must have for more than a swap of two
	// letters to be, and longMended for two errors.
	leastMended, shortMended, longMended = 5, 6, 8
	// maxMended is for how many words of a question the dictionary is gone through.
	maxMended = 3
	// maxTopics is how many topics of a speaker are offered, and spokenTwice of how
	// many statements each must be.
	maxTopics, spokenTwice = 2, 2
)

// How statements are told to be wordings of one.
const (
	// shingle is how many words make the stretches by which wordings are compared.
	shingle = 3
	// sameWording is the share of two statements' stretches, of all that either
	// has, from which on they are wordings of one: two agencies' translations of a
	// sentence share about a half, sentences on one subject under a tenth.
	sameWording = 0.45
	// enoughWords is how many words both must have; short ones are alike by chance.
	enoughWords = 8
	// sameInCopies is the share of different words that two statements of one speaker
	// in copies of an article, or two passages of copies, must both have to be one:
	// copies differ in a word or two of a sentence.
	sameInCopies = 0.6
	// sameEnd is how many bytes at their beginning or end two passages of copies must
	// have alike to be looked at further.
	sameEnd = 12
)

// What bounds the cost of a question. BenchmarkQuestions measures it.
const (
	// maxParsed is how many runes of a question are read: people ask in under 200,
	// and what is pasted by mistake costs nothing.
	maxParsed = 700
	// maxTopicWords is how many different words of a topic are looked for, and
	// maxWord how many letters of each. Questions that people ask have under ten.
	maxTopicWords, maxWord = 12, 40
	// maxQuotedWords is how many different words of a quotation are compared, and
	// maxSought how many of them are searched for, the rarest.
	maxQuotedWords, maxSought = 40, 12
	// maxNamed is in how many words of a question a name is looked for, and
	// maxNameWords how many words it may have there.
	maxNamed, maxNameWords = 25, 5
	// maxDescribed is how many stretches of a question are held against what people
	// are, and maxBearers how many people each may describe: an office may have ten
	// thousand holders.
	maxDescribed, maxBearers = 3, 100
	// maxPassages is how many passages a search ranks, which are all read.
	maxPassages = 40
	// maxRead is how many statements are read where enough of them fit.
	maxRead = 80
	// maxTried is how many a search ranks, which are all read where few fit.
	maxTried = 120
	// maxCandidates is how many of a speaker's statements are looked through for
	// articles on a topic that none of them has.
	maxCandidates = 2000
	// enoughTimes and enoughMore tell how many statements that fit are enough: so
	// many times those shown, and so many more, for some repeat others.
	enoughTimes, enoughMore = 3, 20
	// enoughNarrowed is how many are where time or setting are looked at afterwards.
	enoughNarrowed = 150
	// maxBeside is how many words a topic may have that is looked for beside what was
	// said: all of them must be there.
	maxBeside = 4
	// wordsRare is of how many passages one, at most, may hold a word that is a topic
	// by a headline, and fewPassages how many may in a small archive.
	wordsRare, fewPassages = 100, 5
	// maxHeadlines is of how many articles the headline is looked at for a topic that
	// none of a speaker's statements has, and leadingParagraphs how many paragraphs
	// before a statement, and leadingBytes how many bytes, may tell what it is about.
	maxHeadlines, leadingParagraphs, leadingBytes = 100, 2, 1000
	// maxFollowed is of how many passages of an article one is looked for that answers
	// for another, and maxLed for how many of the best passages that is done.
	maxFollowed, maxLed = 60, 3
	// firstWindow is in how many days the latest statements are looked for first.
	firstWindow = 30
	// common is from how many passages on that hold a word it is looked for first
	// in what was said itself.
	common = 2000
)
