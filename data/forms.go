package data

import "regexp"

// What the lines of a pasted page look like, each found on pages.
var (
	furnitureLine = regexp.MustCompile(`(?i)^(?:updated|published|posted|last (?:updated|modified)|first published|created|modified|` +
		`save|saved|share|shares?|share this(?: article| story)?|print|email|e-mail|listen(?: to this article)?|play|pause|copy link|comments?|` +
		`\d+ comments?|follow(?: us)?(?: on .{1,20})?|subscribe.{0,40}|sign (?:up|in).{0,60}|log in|advertisement|ad|sponsored|read more.{0,80}|read also.*|also read.*|` +
		`related(?: articles| stories)?|more on this story|recommended|skip (?:to|past).{0,40}|twitter|x|facebook|whatsapp|telegram|linkedin|instagram|reddit|` +
		`pinterest|youtube|rss|newsletter|menu|home|search|top|tags?|topics?|\d+ min(?:ute)?s?(?: read| ago)?|\d+ hours? ago|link copied.*|bookmark|` +
		`text size|font size|a-|a\+|image source|about the author|editors?’? picks|follow)\s*[:.]?\s*$`)
	stampLine  = regexp.MustCompile(`(?i)^(?:updated|published|posted|last (?:updated|modified)|first published|created|modified)\b.{0,80}$`)
	clockLine  = regexp.MustCompile(`^[\d:./\s|–-]+$`)
	byLine     = regexp.MustCompile(`^(?i:by)\s+(\p{Lu}.{1,120})$`)
	bareDay    = regexp.MustCompile(`(?i)^(?:\w+day,?\s+)?(?:(?:` + monthNames + `)\s+\d{1,2}|\d{1,2}\s+(?:` + monthNames + `))$`)
	bylineMark = regexp.MustCompile(` [|·•–—] `)
	signedLine = regexp.MustCompile(`^(\p{Lu}[\p{L}.’'-]+(?:\s\p{Lu}[\p{L}.’'-]+){1,2})(?:\sin\s\p{Lu}[\p{L} ]{1,30}|,\s[\p{L} -]{0,40}(?i:reporter|correspondent|editor|writer|columnist|journalist))$`)
	nameLine   = regexp.MustCompile(`^\p{Lu}[\p{L}.’'-]*(?:\s(?:(?:de|van|von|der|al|bin|la|le)\s)?\p{Lu}[\p{L}.’'-]*){1,3}$`)
	urlLine    = regexp.MustCompile(`^https?://\S+$`)

	captionCredit = regexp.MustCompile(`(?:via (?:Getty Images|AP|Reuters|REUTERS|AFP|Shutterstock|TASS|Sputnik|Bloomberg|Anadolu|Zuma)|/\s?(?:Getty Images|AFP|AP|Reuters|REUTERS|EPA|TASS|SPUTNIK|Sputnik|Shutterstock|Anadolu|Xinhua|Pool)[\p{L}/ -]{0,40}|\bREUTERS/[\p{L} ./-]{2,60}|\bAP Photo(?:/[\p{L} .,/-]{2,60})?|Getty Images|Photograph: [\p{L}][\p{L} ./’'-]{2,60})\)?\.?$`)
	captionStart  = regexp.MustCompile(`^(?i:\(?(?:photo|image|picture|photograph|credit|caption|file photo|photo credit|image credit)s?(?:\s+by\b|\s+courtesy|\s*:))`)
	captionPhoto  = regexp.MustCompile(`\((?:Photo|Image|Picture|Photograph|Credit)(?: by|:| courtesy)[^)]{1,120}\)\.?$`)

	creditLine = regexp.MustCompile(`(?i)^(?:\(?(?:additional )?(?:reporting|writing|editing|compiled|translated) by\b|` +
		`with (?:reporting|files|additional reporting|assistance) (?:by|from)\b|this (?:article|story|report) (?:was|is) (?:originally |first )?published\b)`)
	contributed   = regexp.MustCompile(`(?i)contributed to this (?:report|article|story|piece|dispatch)`)
	copyrightLine = regexp.MustCompile(`(?i)^(?:copyright\s*)?(?:©|\(c\)|copyright)\s*(?:copyright\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?,?\s*(.{2,60}?)(?:\s*(?:\.|all rights reserved.*))?$`)

	writes     = `(?:reporter|correspondent|journalist|editor|writer|columnist|author|contributor|freelancer|bureau chief|news anchor|anchor|commentator|staff|producer|analyst|photographer)`
	biography  = regexp.MustCompile(`^(\p{Lu}[\p{L}.’'-]*(?:\s\p{Lu}[\p{L}.’'-]*){0,3})(?:,.{1,80},)?\s+(?:is|was|has been|covers|reports|writes|joined|works|worked)\b`)
	journalist = regexp.MustCompile(`(?i)\b` + writes + `s?\b`)
	jobLine    = regexp.MustCompile(`(?i)^[\p{L} ,&’'-]*\b` + writes + `\b[\p{L} ,&’'-]*$`)
	outletWord = `\p{Lu}[\p{L}\p{N}&’'-]*(?:\.\p{L}+)*`
	outletName = `((?:The )?` + outletWord + `(?:\s(?:(?:of|the|and|&)\s)?` + outletWord + `){0,4})`
	bioOutlet  = regexp.MustCompile(`(?i:` + writes + `)s?\b[^.]{0,60}?\s(?:for|at|with|in chief of|chief of)\s` + outletName)
	bioWrites  = regexp.MustCompile(`(?:writes|reports|covers|works)\b[^.]{0,60}?\sfor\s` + outletName)

	dateline = regexp.MustCompile(`^\p{Lu}[\p{L} .,/’'-]{1,60}?(?:,\s[^()—–-]{3,20})?\s*\(([\p{Lu}][\p{L} ]{1,30})\)\s*[—–-]`)
	datedAt  = regexp.MustCompile(`^\p{Lu}{2}[\p{L} .,/’'-]{0,60}?,\s[^()]{3,30}?\s*(?:\([^)]{2,30}\)\s*)?[—–-]`)
)
