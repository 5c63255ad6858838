package bot

import "regexp"

// The forms that questions have, as regular expressions over their words.
const (
	aux       = `(?:did|does|do|has|have|had|is|was|were|are|'s|will|would|could|can)`
	adverbs   = `(?:(?:really|actually|ever|just|already|recently|also|once|first|last|lately|publicly|exactly|then|so far) )*`
	sayVerb   = `(?:say|says|said|saying|tell|tells|told|telling|speak|speaks|spoke|talk|talks|talked|talking|mention|mentions|mentioned|state|stated|comment|comments|commented|remark|remarks|remarked|think|thinks|thought|announce|announces|announced|report|reports|reported|write|writes|wrote|post|posts|posted|tweet|tweets|tweeted|have to say|had to say|go on record)`
	otherVerb = `(?:(?:claim|demand|promis|threaten|call|accus|suggest|propos|hop|want|support|oppos|reject|warn|urg|ask|believ|fear|expect|agree|add|argu|describ|insist|vow|pledg|offer|answer|respond|react|express|explain|acknowledg|confirm|declar|predict|criticiz|prais|complain|refus|plan|not|chid|demand|condemn|blam|welcom|dismiss|order|request|insist|doubt|endors|back|favor|favour|mock|label|dub|brand|term|hint|advocat|recommend|emphasiz|stress|boast|dream|disput|lament|regret|recall|reveal|disclos)(?:e|es|ed|d|s|ing|n?ned|n?ning)?|den(?:y|ies|ied)|repl(?:y|ies|ied)|worr(?:y|ies|ied)|admit(?:s|ted)?|intends?|sees?|saw|feels?|felt)`
	about     = `(?:about|on|regarding|of|over|concerning|re|as to|with regard to|when it comes to)`
	noun      = `(?:quotes?|quotations?|statements?|remarks?|words?|comments?|sayings?|position|views?|stance|opinions?|thoughts?|response|reaction|reply|answer|message|line|demands?|promises?|claims?|concerns?|take|terms|conditions|latest|proposals?|threats?|warnings?|complaints?|assessment|criticism|hopes|fears|wishes|verdict|attitude|explanation|announcement|pledges?|plans?|accusations?)`
)

// The same in Russian and Ukrainian.
const (
	cyrillicLead   = `(?:(?:а|и|і|та|так|скажи|скажите|скажіть|покажи|покажіть|найди|знайди),? )*`
	cyrillicSaying = `(?:сказа(?:л|ла|ли|в)|каза(?:в|ла|ли)|каже|кажуть|говори(?:л|ла|ли|в|т|ть)|говорят|говорять|заяви(?:л|ла|ли|в)|заявля(?:л|ла|ли|в|ет|є)|ответи(?:л|ла|ли)|отвеча(?:л|ла|ли|ет)|відпові(?:в|ла|ли)|відповіда(?:в|ла|ли|є)|дума(?:ет|ют|є|ють|л|ла|в)|упомина(?:л|ла|ли|ет)|упомяну(?:л|ла|ли)|згаду(?:вав|вала|вали|є)|згада(?:в|ла|ли)|обеща(?:л|ла|ли|ет)|пообеща(?:л|ла|ли)|обіця(?:в|ла|ли|є)|писа(?:л|ла|ли|в)|написа(?:л|ла|ли|в)|рассказа(?:л|ла|ли)|рассказыва(?:л|ла|ли|ет)|розпові(?:в|ла|ли)|розповіда(?:в|ла|ли|є)|высказа(?:лся|лась|лись)|высказыва(?:лся|лась|лись)|вислови(?:вся|лася|лись))`
	cyrillicAbout  = `(?:об|обо|о|про|насчёт|насчет|щодо|по поводу|з приводу|стосовно)`
)

// pattern reads one form of question. Its groups are named speaker, verb, topic.
type pattern struct {
	kind Kind
	form *regexp.Regexp
}

func form(kind Kind, expr string) pattern {
	return pattern{kind, regexp.MustCompile(`(?i)^` + expr + `$`)}
}

// patterns are tried in order; the first that matches decides.
var patterns = []pattern{
	form(AsksStatements, `according to (?P<speaker>[^,]+), (?P<topic>.+)`),
	form(AsksStatements, `according to (?P<speaker>.+?) (?P<topic>(?:what|who|when|where|why|how|which|could|will|is|are|does|did|should|would)\b.+)`),
	form(AsksStatements, `(?P<topic>.+?),? according to (?P<speaker>.+)`),
	form(AsksStatements, `(?P<topic>.+?), (?:says|said|claims|thinks) (?P<speaker>.+)`),
	form(AsksStatements, `in (?P<speaker>[^,]+?)(?:'s|s') (?:own )?(?:words|view|eyes|opinion|mind|telling),? (?P<topic>.+)`),
	form(AsksStatements, `(?P<topic>.+?),? in (?P<speaker>[^,]+?)(?:'s|s') (?:own )?(?:words|view|eyes|opinion|mind|telling),?(?P<topic>.*)`),
	form(AsksStatements, `what (?:was|has been|is|had been|were) `+adverbs+`(?P<verb>`+sayVerb+`|`+otherVerb+`)(?: `+about+` (?P<topic>.+?))? by (?P<speaker>.+?)(?: (?:about|on|regarding|in|at) (?P<topic>.+))?`),
	form(AsksStatements, `what (?P<verb>worries|concerns|frightens|scares|bothers|pleases|angers) (?P<speaker>.+)`),
	form(AsksSpeakers, `(?:who|which people|which politicians|which officials|which speakers|what people)(?: else| all)? (?:has |have |had )?`+adverbs+`(?:talk|talks|talked|talking|speak|speaks|spoke|spoken|speaking|comment|comments|commented|said anything|weighed in|opined|said something) (?:about|on|of|regarding|over) (?P<topic>.+)`),
	form(AsksWhoSaid, `which (?:[\w'-]+ ){1,3}?(?P<verb>`+sayVerb+`|`+otherVerb+`)(?: (?P<topic>.+))?`),
	form(AsksStatements, `when (?:did|does|has|had|was) (?P<speaker>.+?) (?:(?:first|last|originally) (?P<verb>`+sayVerb+`|`+otherVerb+`)|(?:say|said|talk|talked|speak|spoke|mention|mentioned|comment|commented|tweet|tweeted))(?: (?:`+about+` )?(?P<topic>.+))?`),
	form(AsksWhoSaid, `who (?:was|is|were) (?:the )?(?:very )?(?:first|last)(?: one| person)? to (?P<verb>`+sayVerb+`|`+otherVerb+`)(?: (?P<topic>.+))?`),
	form(AsksWhoSaid, `who (?P<topic>(?:in|at|from) .+?) (?P<verb>`+sayVerb+`|`+otherVerb+`) (?P<topic>.+)`),
	form(AsksWhoSaid, `(?:so |and )?(?:who|whom) (?:was it (?:that|who) |is it (?:that|who) |else |has |have |had |is |was )*`+adverbs+`(?P<verb>`+sayVerb+`|`+otherVerb+`)(?:ing)?(?: (?P<topic>.+))?`),
	form(AsksWhoSaid, `(?:whose|which person's) (?:words|quote|statement|quotation)s? (?:is|are|was|were) (?P<topic>.+)`),
	form(AsksStatements, `(?:so |and |ok |please )*(?:can you |could you )?(?:tell me |show me |give me |find |list )*(?:about )?(?:what|which things|anything|everything)(?: else| exactly| all)? ?`+aux+` (?P<speaker>.+?) `+adverbs+`(?P<verb>`+sayVerb+`|`+otherVerb+`)(?: (?:`+about+` )?(?P<topic>.+))?`),
	form(AsksStatements, `how (?:did|does|has|have|do) (?P<speaker>.+?) `+adverbs+`(?P<verb>respond|responded|react|reacted|answer|answered|reply|replied|comment|commented|describe|described|see|explain|explained|feel|view)(?: (?:`+about+`|to) )?(?P<topic>.*)`),
	form(AsksStatements, `(?:what|how)(?:'s| is| was| are| were| about) (?P<speaker>.+?)(?:'s|s'|s's) (?:\w+ )?`+noun+`(?: (?:`+about+`|to|for|in) (?P<topic>.+))?`),
	form(AsksStatements, `what (?:is|was|are|were) the (?:\w+ )?`+noun+` (?:of|by|from) (?P<speaker>.+?)(?: (?:about|on|regarding|to) (?P<topic>.+))?`),
	form(AsksStatements, `(?:show |list |find |give |me |any |all |the |some |latest |newest |recent )*`+noun+` (?:by|of|from) (?P<speaker>.+?)(?: (?:about|on|regarding|concerning) (?P<topic>.+))?`),
	form(AsksWhoSaid, `(?:show |list |find |give |me |any |all |the |some |latest |newest |recent )*`+noun+` (?:about|on|regarding|concerning) (?P<topic>.+)`),
	form(AsksStatements, `(?:tell me |show me |give me |find |list |anything |everything |all )*(?:that )?(?:what )?(?P<speaker>.+?) (?:has |have )?(?:says|said|told|thinks|stated|commented|spoke|talked)(?: (?:`+about+` )?(?P<topic>.+))?`),
	form(AsksDidSay, `(?:did|does|do|has|have|had|is it true that|was it) (?P<speaker>.+?) `+adverbs+`(?P<verb>`+sayVerb+`|`+otherVerb+`)(?: (?P<topic>.+))?`),
	form(AsksStatements, `why (?:did|does|do|has|have|is|was) (?P<speaker>.+?) (?P<verb>say|said|saying|think|thinks|claim|claimed|believe|believes) (?P<topic>.+)`),
	form(AsksStatements, `(?P<speaker>[^ ]+(?: [^ ]+){0,5}?)(?:'s)? (?:`+noun+` )?(?:about|on|regarding|re) (?P<topic>.+)`),
	form(AsksStatements, cyrillicLead+`(?:что|чего|о чём|о чем|що|шо|чого|про що)(?: ещё| еще| ще| именно| саме)* `+cyrillicSaying+` (?P<speaker>[^ ]+(?: [^ ]+){0,2}?)(?: `+cyrillicAbout+` (?P<topic>.+))?`),
	form(AsksStatements, cyrillicLead+`(?:что|чего|о чём|о чем|що|шо|чого|про що)(?: ещё| еще| ще| именно| саме)* (?P<speaker>[^ ]+(?: [^ ]+){0,2}?) `+cyrillicSaying+`(?: `+cyrillicAbout+` (?P<topic>.+))?`),
	form(AsksSpeakers, cyrillicLead+`(?:кто|хто)(?: ещё| еще| ще)* `+cyrillicSaying+` `+cyrillicAbout+` (?P<topic>.+)`),
	form(AsksWhoSaid, cyrillicLead+`(?:кто|хто)(?: ещё| еще| ще)* `+cyrillicSaying+`,? (?:что|що) (?P<topic>.+)`),
	form(AsksDidSay, cyrillicLead+`(?:(?:чи|разве|неужели|хіба|невже) `+cyrillicSaying+`|`+cyrillicSaying+` ли) (?P<speaker>[^ ]+(?: [^ ]+){0,2}?)(?:,? (?:`+cyrillicAbout+`|что|що) (?P<topic>.+))?`),
	form(AsksStatements, `(?P<speaker>[^ ]+(?: [^ ]+){0,2}?) `+cyrillicAbout+` (?P<topic>.+)`),
	form(AsksStatements, `(?P<speaker>[^ ]+(?: [^ ]+){0,3})(?:'s) `+noun+`(?: of (?P<topic>.+))?`),
}

var (
	// saysInCyrillic tells that a question in Russian or Ukrainian asks for words.
	saysInCyrillic = regexp.MustCompile(`(?i)(?:^|\s)` + cyrillicSaying + `(?:[\s,.?!]|$)`)
	greeting       = regexp.MustCompile(`(?i)^(?:hi|hello|hey|yo|good (?:morning|evening|day|afternoon)|thanks?|thank you|ok|okay|test|ping|help|please)(?: there| all| bot| you| everyone)?$`)
	// pronounAsked: a question about "he" or "she" with nobody before.
	pronounAsked = regexp.MustCompile(`(?i)^(?:(?:who|whom|what|when|where|why|which|how)(?: \w+)? )?(?:did|does|has|have|had|was|is|will|would|can|could) (he|she|they)\b`)
	polite       = regexp.MustCompile(`(?i)^(?:(?:hi|hey|hello|so|ok|okay|well|and|please|pls|plz|can you|could you|would you|will you|do you know|i want to know|i'd like to know|i wonder|tell me|tell us|show me|give me|remind me|any idea)[ ,]+)+`)
	quoted       = regexp.MustCompile(`"([^"]+)"`)
	emptyQuotes  = regexp.MustCompile(`"[^\pL\pN"]*"`)
	oddities     = regexp.MustCompile(`[\p{Cc}\p{Cf}]+`)
	factual      = regexp.MustCompile(`(?i)^(?:when|where|how (?:many|much|long|often|far|old|big)|which|who|whom|why|how|is|are|was|were|will|can)\b`)
)
