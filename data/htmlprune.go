package data

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What is no part of a page's story, and is taken out before the story is looked
// for: by its element, by its class, by its words.

// pruned elements are never the story. An <aside> holds a pull quote or a box;
// what it quotes stands in the story as well.
var pruned = wordSet(`script style template noscript iframe object embed svg canvas video audio map form select textarea
	button input datalist nav aside figure figcaption dialog menu picture img link
	amp-ad amp-embed amp-img amp-video amp-iframe amp-sidebar amp-sticky-ad amp-social-share amp-consent amp-analytics
	amp-carousel amp-list amp-subscriptions amp-user-notification amp-accordion amp-lightbox amp-youtube amp-audio`)

// boxClass are classes and ids of boxes that are no story, as whole words of
// them: "article__related-links" has the word "related".
var boxClass = regexp.MustCompile(`(?:^|[\s_-])(?:ads?|advert\w*|adslot|adunit|dfp|gpt|sponsor\w*|promo\w*|teaser\w*|taboola|outbrain|revcontent|` +
	`related\w*|recirc\w*|recommend\w*|read-?(?:more|also|next)|also-?read|see-?also|more-?(?:on|from|stories|news)|most-?(?:read|popular)|popular|trending|` +
	`newsletter\w*|sign-?up|subscri\w*|paywall\w*|regwall|piano|meter(?:ed|ing)?|gate|premium-?box|` +
	`share\w*|sharing|social\w*|follow\w*|print-?tools|toolbar|tools|comments?|disqus|` +
	`author-?(?:bio\w*|box|card|info|description|profile)|about-?(?:the-?)?author|bio(?:graphy)?|contributor-?(?:bio|box)|` +
	`caption\w*|wp-caption\w*|credits?|photo-?credit|image-?credit|gallery|slideshow|lightbox|` +
	`byline\w*|dateline-?box|timestamp|published|updated|post-?meta|entry-?meta|article-?meta|article-?header-?meta|meta|` +
	`tags?|tag-?list|topics?|breadcrumbs?|cookie\w*|consent|gdpr|banner|modal|popup|overlay|skip-?link|visually-?hidden|sr-?only|screen-?reader-?text|` +
	`pull-?quotes?|pullquote|correction-?policy|audio-?player|video-?player|listen|jump-?nav|toc|table-of-contents|footer|site-?header|masthead)(?:$|[\s_-])`)

// gateClass are classes that sites also give to the paragraphs behind a paywall,
// which a saved page may hold whole: they count only where the words agree.
var gateClass = regexp.MustCompile(`(?:^|[\s_-])(?:paywall\w*|subscri\w*|piano|meter(?:ed|ing)?|gate|premium\w*|regwall|published|updated|meta|tools|listen|banner)(?:$|[\s_-])`)

// boxLine are paragraphs that stand between those of a story and are none of it.
var boxLine = regexp.MustCompile(`(?i)^(?:advertisement|(?:story|article) continues below.{0,40}|continue reading.{0,80}|(?:read|see|watch|listen)(?: also| more| next| too)?\s?[:›»>].{0,200}|` +
	`(?:also read|read also|related(?: (?:article|story|stories|content|coverage|reading))?|more on this|don['’]t miss|recommended|you may also like)\s*[:›»>].{0,200}|` +
	`(?:sign up|subscribe|register|log in|sign in)\b.{0,60}\b(?:newsletters?|inbox|briefing|account|to (?:continue|read|keep)|access|today|now)\b.{0,120}|` +
	`.{0,60}\b(?:subscribe|sign in|log in|register) to (?:continue|read|keep).{0,80}|already (?:a|have a) (?:subscriber|subscription|member).{0,80}|` +
	`this (?:article|story|content) is (?:only )?(?:for|available to) (?:our )?(?:subscribers|members).{0,120}|you have (?:reached|read|used|\d+).{0,60}(?:free )?articles?\b.{0,80}|` +
	`(?:share|follow us)(?: (?:this|on)\b.{0,40})?|(?:photo|image|picture|video)(?: credit)?:.{0,200}|getting your trinity audio player ready.*)$`)

// offerWords are in the stub that a paywall leaves.
var offerWords = regexp.MustCompile(`(?i)\b(?:subscrib\w+|sign in|log in|register|free articles?|full access|already a|newsletter|unlimited)\b`)

// Limits of what a class alone may take out.
const (
	// maxBox is the share of a page's text that a box may hold. Classes lie: what
	// holds more is the story, whatever its class.
	maxBox = 0.4
	// maxStub is how long, in bytes, the stub of a paywall may be.
	maxStub = 1200
)

// prune takes what is no story out of a page.
func prune(doc *html.Node) {
	p := &pruner{boxes: map[string]bool{}}
	for n := range doc.Descendants() {
		if n.Type == html.TextNode && within(n, doc, "p") {
			p.total += len(strings.TrimSpace(n.Data))
		}
	}
	p.children(doc)
}

type pruner struct {
	total int             // bytes of text in paragraphs of the page
	boxes map[string]bool // what boxClass says of a class, for menus repeat theirs
}

// boxName tells whether an element's names are a box's.
func (p *pruner) boxName(names string) bool {
	is, known := p.boxes[names]
	if !known {
		is = boxClass.MatchString(names)
		p.boxes[names] = is
	}
	return is
}

func (p *pruner) children(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.CommentNode || c.Type == html.ElementNode && p.drops(c) {
			n.RemoveChild(c)
		} else {
			disguise(c)
			p.children(c)
		}
		c = next
	}
}

// disguise keeps the library from taking parts of paragraphs for boxes or bylines,
// and who is quoted for the foot of the page.
func disguise(n *html.Node) {
	switch {
	case n.Type != html.ElementNode:
	case n.Data == "footer":
		n.Data, n.DataAtom = "div", atom.Div
	case !blockElements[n.Data]:
		n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key != "href" })
	}
}

// drops tells whether an element is no part of the story.
func (p *pruner) drops(n *html.Node) bool {
	switch n.Data {
	case "html", "head", "body":
		return false
	case "footer", "header":
		return n.Parent == nil || n.Parent.Data != "blockquote" && !holdsStory(n)
	case "p", "li", "h2", "h3", "h4", "h5", "h6", "div", "section":
		if p.isBoxLine(n) {
			return true
		}
	}
	if pruned[n.Data] {
		return true
	}
	if hidden(n) {
		return true
	}
	names := strings.ToLower(attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "data-component") + " " + attr(n, "data-testid"))
	if len(names) > 3 && p.boxName(names) {
		return p.isBox(n, names)
	}
	return false
}

// holdsStory tells whether a page's header or footer has paragraphs of a story.
func holdsStory(n *html.Node) bool { return paragraphBytes(n) >= leastStory }

// isBox tells whether an element whose class says so is a box.
func (p *pruner) isBox(n *html.Node, names string) bool {
	size := paragraphBytes(n)
	if float64(size) > maxBox*float64(p.total) && size > leastStory {
		return false
	}
	if !gateClass.MatchString(names) {
		return true
	}
	text := innerText(n)
	return len(text) <= maxStub && (size == 0 || offerWords.MatchString(text))
}

// maxBoxLine is the longest line that is looked at, in bytes.
const maxBoxLine = 300

func (p *pruner) isBoxLine(n *html.Node) bool {
	if sizeUpTo(n, 4*maxBoxLine) >= 4*maxBoxLine {
		return false
	}
	s := oneLine(innerText(n))
	return s != "" && len(s) <= maxBoxLine && boxHint(s) && boxLine.MatchString(s)
}

// boxHints are in every line that boxLine matches; to look for them first is much
// faster.
var boxHints = []string{"adve", "cont", "read", "see", "watch", "list", "rela", "more", "miss", "reco", "you", "sign", "subs", "regi", "log",
	"already", "this", "share", "follow", "photo", "image", "pict", "video", "don", "getting"}

func boxHint(s string) bool {
	s = strings.ToLower(s)
	for _, hint := range boxHints {
		if strings.HasPrefix(s, hint) {
			return true
		}
	}
	return strings.Contains(s, " to continue") || strings.Contains(s, " to read") || strings.Contains(s, " to keep")
}

// sizeUpTo is how much text lies below a node, counted no further than a limit.
func sizeUpTo(n *html.Node, limit int) int {
	size := 0
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			if size += len(c.Data); size >= limit {
				break
			}
		}
	}
	return size
}

// noDisplay is a style that hides its element.
var noDisplay = regexp.MustCompile(`(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)`)

// hidden tells whether an element is not shown. What a paywall hides by a style
// is not shown either.
func hidden(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" && blockElements[n.Data] { // a drop cap is hidden from readers of the screen alone
				return true
			}
		case "style":
			if noDisplay.MatchString(a.Val) {
				return true
			}
		}
	}
	return false
}

// dropHeader takes out what a page repeats above its story: the headline.
func dropHeader(blocks []block, a *Article) []block {
	for len(blocks) > 0 && (blocks[0].text == a.Title || isByline(blocks[0].text) && a.Author != "") {
		blocks = blocks[1:]
	}
	return blocks
}

// trimBlocks takes out headings after which nothing follows.
func trimBlocks(blocks []block) []block {
	for len(blocks) > 0 && blocks[len(blocks)-1].heading {
		blocks = blocks[:len(blocks)-1]
	}
	return blocks
}
