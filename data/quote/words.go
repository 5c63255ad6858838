package quote

// Closed classes of words. Proper names of places and given names are in
// places.txt and given.txt.

// Pronouns that may stand for a source, with what they may mean.
const (
	masculine = 1 << iota
	feminine
	neuter
	plural
	firstPerson
	relative
)

var pronouns = map[string]int{
	"he": masculine, "she": feminine, "it": neuter, "they": plural,
	"i": firstPerson, "we": firstPerson, "you": firstPerson,
	"who": relative, "which": relative,
}

var months = set(`january february march april may june july august september october november december
	jan feb mar apr jun jul aug sept sep oct nov dec
	jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec.`)

var weekdays = set("monday tuesday wednesday thursday friday saturday sunday")

// timeNouns head phrases that say when, not who.
var timeNouns = set(`day days week weeks weekend month months year years hour hours minute minutes moment morning
	afternoon evening night noon midnight today yesterday tomorrow tonight time times decade century spring summer
	autumn fall winter past future later earlier ago`)

// titleAbbreviations never end a sentence: a name follows.
var titleAbbreviations = set(`mr. mrs. ms. dr. sen. sens. rep. reps. gov. govs. gen. lt. col. maj. capt. cmdr. adm. sgt. brig.
	prof. rev. st. hon. pres. amb. atty. supt. det. u.s. u.k. e.u. u.n. vs. no.`)

// abbreviations keep their full stop as part of the word.
var abbreviations = set(`mr. mrs. ms. dr. sen. sens. rep. reps. gov. govs. gen. lt. col. maj. capt. cmdr. adm. sgt. brig. prof.
	rev. st. hon. pres. amb. atty. supt. det. vs. jr. sr. inc. corp. co. ltd. jan. feb. mar. apr. jun. jul. aug. sept.
	sep. oct. nov. dec. d. r. etc. pres.`)

// titles stand before a person's name and are no part of it.
var titles = set(`president vice-president vice prime minister chancellor premier king queen prince princess emperor pope
	patriarch secretary undersecretary senator sen. sens. representative rep. reps. congressman congresswoman governor
	gov. mayor ambassador envoy general gen. lieutenant lt. colonel col. major maj. captain capt. commander cmdr. admiral
	adm. sergeant sgt. brigadier brig. marshal judge justice attorney dr. doctor professor prof. mr. mrs. ms. miss mr
	mrs ms sir lord lady dame reverend rev. rabbi father imam bishop archbishop cardinal spokesman spokeswoman
	spokesperson director chairman chairwoman chair chairperson chief ceo speaker leader candidate nominee aide adviser
	advisor strategist analyst officer inspector detective sheriff deputy coach manager editor correspondent reporter
	columnist author founder co-founder treasurer counsel delegate lawmaker head commissioner republican democrat
	democratic former ex-president then-president president-elect incumbent billionaire businessman businesswoman frontrunner
	front-runner contender hopeful co-chairman co-chair co-anchor co-host editor-in-chief neurosurgeon pres.`)

// personNouns head descriptions of one person.
var personNouns = set(`president minister premier chancellor king queen prince pope patriarch secretary undersecretary
	senator congressman congresswoman representative governor mayor ambassador envoy diplomat general colonel major
	captain commander admiral sergeant officer soldier marshal judge justice attorney lawyer prosecutor doctor physician
	professor scholar researcher scientist economist historian analyst expert strategist consultant pollster spokesman
	spokeswoman spokesperson director chairman chairwoman chair chief boss ceo executive speaker leader candidate nominee
	front-runner frontrunner aide adviser advisor assistant negotiator mediator activist organizer campaigner journalist
	reporter correspondent columnist editor author writer host anchor moderator founder owner businessman businesswoman
	entrepreneur billionaire investor manager trader farmer teacher student driver worker resident voter neighbor
	neighbour witness survivor veteran pilot coach player man woman boy girl father mother son daughter brother sister
	wife husband widow friend colleague successor predecessor official lawmaker legislator politician deputy delegate
	counsel counselor head coordinator inspector detective sheriff commissioner ally critic opponent rival supporter
	member democrat republican conservative liberal socialist mogul magnate tycoon star actor actress singer director
	bishop priest pastor rabbi imam nurse paramedic engineer programmer volunteer refugee immigrant
	contender hopeful surgeon neurosurgeon developer co-host co-chairman co-founder comedian musician
	novelist poet filmmaker assemblywoman dean principal superintendent treasurer auditor freshman newcomer outsider maverick firebrand
	lobbyist operative attorney-general legislator assemblyman councilman councilwoman alderman
	publisher curator blogger pundit commentator theologian evangelist preacher biographer fundraiser donor
	gambler heiress standard-bearer teen teenager native mother-in-law son-in-law daughter-in-law aunt
	uncle cousin grandfather grandmother niece nephew fiancee fiance girlfriend boyfriend ex-wife ex-husband`)

// vagueNouns describe one person of many: such a source never gets a name.
var vagueNouns = set(`official person source resident voter witness soldier officer man woman supporter critic member
	expert worker neighbor neighbour colleague friend observer insider participant employee someone somebody anyone
	everyone nobody one`)

// bodyWords mark a proper name as a body's, a place's or a thing's.
var bodyWords = set(`house states state kingdom union nations nation federation republic council committee commission
	ministry department office agency bureau service court parliament senate congress duma rada assembly party campaign
	administration government cabinet army navy force forces guard corps police military bank fund group company
	corporation inc inc. corp corp. co. ltd organization organisation association society institute institution
	foundation center centre university college school academy church press news times post journal herald tribune
	guardian telegraph gazette magazine review street media network television tv radio channel agency images studio
	studios city county region province district territory island islands east west north south ocean sea river
	mountain lake airport station square hall palace tower airlines airways industries systems international team league
	coalition alliance treaty pact accord act plan war day conference summit forum convention kremlin pentagon
	washington moscow kyiv brussels nato telegram twitter facebook instagram youtube reuters sputnik tass interfax
	bloomberg cnn nbc abc cbs fox bbc pac pacs computer technologies motors poll polls survey project projects labs
	partners holdings capital ventures airways enterprises studies consulting christian evangelical muslim jewish catholic
	wars games show awards politico buzzfeed breitbart univision`)

// plurals of people: groups that speak without a name.
var groupNouns = set(`officials critics supporters analysts experts sources observers voters residents people lawmakers
	republicans democrats conservatives liberals aides allies advisers advisors authorities investigators prosecutors
	police witnesses reporters journalists diplomats leaders ministers senators members others many some most those
	opponents activists economists scientists researchers historians media troops soldiers commanders lawyers`)

// demonyms make a description out of a country: "the Russian president".
var demonyms = map[string]string{
	"russian": "russia", "ukrainian": "ukraine", "american": "united states", "u.s.": "united states", "us": "united states",
	"british": "britain", "french": "france", "german": "germany", "polish": "poland", "chinese": "china",
	"turkish": "turkey", "iranian": "iran", "israeli": "israel", "saudi": "saudi arabia", "belarusian": "belarus",
	"hungarian": "hungary", "italian": "italy", "spanish": "spain", "japanese": "japan", "finnish": "finland",
	"swedish": "sweden", "norwegian": "norway", "dutch": "netherlands", "canadian": "canada", "indian": "india",
	"lithuanian": "lithuania", "latvian": "latvia", "estonian": "estonia", "georgian": "georgia", "moldovan": "moldova",
}

// nameParticles stand inside a name in lower case.
var nameParticles = set("von van der den de del della di da la le el al bin ibn ben dos ter zu")

// neverNames are no part of a name, whatever their capital letter at the start of
// a sentence or in a headline. "Will", "May" and "Mark" are.
var neverNames = set(`though although while whereas because since unless until when whenever where wherever if had has have
	does did do was were is are could would should must cannot between beyond inside outside among amid before after despite
	like unlike along alongside simply yet still also even only just perhaps maybe here there then thus hence however
	most many several some other others both each every all any few more less such no nor neither either and or but so
	not about above across against around at behind below beneath beside besides by concerning considering during
	except following for from in into near of off on onto out over past regarding throughout to toward towards under
	upon via with within without what why how who whom whose which that this these those instead meanwhile moreover
	nevertheless nonetheless otherwise therefore wait keep listen let look see read watch`)

// auxiliaries open a verb group.
var auxiliaries = set(`have has had having is are was were be been being am do does did will would shall should can could
	may might must 's 've 'd 'll 're 'm`)

var negations = set("not n't never no neither nor hardly")
