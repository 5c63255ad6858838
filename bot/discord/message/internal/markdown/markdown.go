// Package markdown reads Markdown as Discord's clients do, as far as On Record
// and those who would misuse it write it: to test that escaped text shows itself
// and nothing else, and to draw messages. It was written beside the escaping and
// not from it, and knows more than the bot uses: whatever could turn text into
// something else.
package markdown

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Kind is what a node of a text is.
type Kind string

// The kinds. Those of Live do something besides showing letters.
const (
	Text      Kind = "text"
	Bold      Kind = "bold"
	Italic    Kind = "italic"
	Underline Kind = "underline"
	Strike    Kind = "strike"
	Spoiler   Kind = "spoiler"
	Code      Kind = "code"
	Fence     Kind = "fence"
	Quote     Kind = "quote"
	Heading   Kind = "heading" // Level 1 to 3
	Small     Kind = "small"   // "-# "
	List      Kind = "list"
	Link      Kind = "link" // To is the address
	Address   Kind = "address"
	Invite    Kind = "invite"
	Mention   Kind = "mention" // of anybody, everyone, a channel, a command
	Emoji     Kind = "emoji"   // by name
	Time      Kind = "time"
)

// Node is a piece of a text.
type Node struct {
	Kind  Kind
	Text  string // of Text, Code, Address and what has no children
	To    string // of Link
	Level int    // of Heading
	Nodes []Node
}

// Parse reads a text.
func Parse(s string) []Node { return blocks(s, true) }

var (
	fence   = regexp.MustCompile("^```(?:[a-zA-Z0-9_+.#-]*\n)?([\\s\\S]*?)```")
	heading = regexp.MustCompile(`^ *(#{1,3}) +([^\n]*?) *(?:\n|$)`)
	small   = regexp.MustCompile(`^ *-# +([^\n]*)(?:\n|$)`)
	list    = regexp.MustCompile(`^ *(?:[-*]|\d+\.) +([^\n]*)(?:\n|$)`)
	allQuot = regexp.MustCompile(`^ *>>> ([\s\S]*)`)
	quote   = regexp.MustCompile(`^(?: *> [^\n]*(?:\n|$))+`)
	marker  = regexp.MustCompile(`(?m)^ *> `)
)

// blocks reads what begins lines; a quotation inside a quotation is text.
func blocks(s string, quotes bool) []Node {
	var out []Node
	for len(s) > 0 {
		if node, n := block(s, quotes); n > 0 {
			out = append(out, node)
			s = s[n:]
			continue
		}
		line := len(s)
		if n := strings.IndexByte(s, '\n'); n >= 0 && !inlineSpans(s, n) {
			line = n + 1
		}
		out = append(out, inline(s[:line])...)
		s = s[line:]
	}
	return merged(out)
}

// inlineSpans tells whether something that was opened in the first line of a
// text may close in a later one, so that the lines must be read together.
func inlineSpans(s string, line int) bool {
	first := s[:line]
	for _, open := range []string{"```", "**", "__", "~~", "||", "`"} {
		if strings.Count(first, open)%2 == 1 && strings.Contains(s[line:], open) {
			return true
		}
	}
	return false
}

func block(s string, quotes bool) (Node, int) {
	if m := fence.FindStringSubmatch(s); m != nil {
		return Node{Kind: Fence, Text: m[1]}, len(m[0])
	}
	if m := heading.FindStringSubmatch(s); m != nil {
		return Node{Kind: Heading, Level: len(m[1]), Nodes: inline(m[2])}, len(m[0])
	}
	if m := small.FindStringSubmatch(s); m != nil {
		return Node{Kind: Small, Nodes: inline(m[1])}, len(m[0])
	}
	if quotes {
		if m := allQuot.FindStringSubmatch(s); m != nil {
			return Node{Kind: Quote, Nodes: blocks(m[1], false)}, len(m[0])
		}
		if m := quote.FindString(s); m != "" {
			return Node{Kind: Quote, Nodes: blocks(strings.TrimSuffix(marker.ReplaceAllString(m, ""), "\n"), false)}, len(m)
		}
	}
	if m := list.FindStringSubmatch(s); m != nil {
		return Node{Kind: List, Nodes: inline(m[1])}, len(m[0])
	}
	return Node{}, 0
}

// rule is something inside of a line: its pattern, at the start of the rest.
type rule struct {
	kind  Kind
	re    *regexp.Regexp
	inner bool // its first group is Markdown again
}

var rules = []rule{
	{Mention, regexp.MustCompile(`^<(?:@[!&]?\d+|#\d+|/[^:>]+:\d+|id:[a-z]+)>`), false},
	{Mention, regexp.MustCompile(`^@(?:everyone|here|silent)`), false},
	{Time, regexp.MustCompile(`^<t:-?\d+(?::[tTdDfFR])?>`), false},
	{Emoji, regexp.MustCompile(`^<a?:\w+:\d+>`), false},
	{Emoji, regexp.MustCompile(`^:[^\s:]+?(?:::skin-tone-\d)?:`), false},
	{Address, regexp.MustCompile(`^<(?:https?|steam|mailto|tel|sms|discord)[:][^\s<>]+>`), false},
	{Address, regexp.MustCompile(`^<(?:[^\s<>@]+@[^\s<>@]+|\+[\d ()-]+)>`), false},
	{Address, regexp.MustCompile(`^(?:https?|steam|discord)://[^\s<]+`), false},
	{Invite, regexp.MustCompile(`^(?i)(?:www\.)?discord(?:app)?\.(?:gg|com/invite|com/channels)/[\w-]+`), false},
	{Code, regexp.MustCompile("^``([^\n]*?[^`])``(?:[^`]|$)"), false},
	{Code, regexp.MustCompile("^`([^`]+)`"), false},
	{Spoiler, regexp.MustCompile(`^\|\|([\s\S]+?)\|\|`), true},
	{Bold, regexp.MustCompile(`^\*\*((?:\\[\s\S]|[^\\])+?)\*\*`), true},
	{Underline, regexp.MustCompile(`^__((?:\\[\s\S]|[^\\])+?)__`), true},
	{Strike, regexp.MustCompile(`^~~((?:\\[\s\S]|[^\\])+?)~~`), true},
	{Italic, regexp.MustCompile(`^_((?:\\[\s\S]|[^\\_])+?)_`), true},
	{Italic, regexp.MustCompile(`^\*([^\s*][^*]*)\*`), true}, // which overlooks escapes
}

var (
	escape = regexp.MustCompile(`^\\([^0-9A-Za-z\s])`)
	link   = regexp.MustCompile(`^\[((?:\\.|[^\[\]\\])+)\]\(<?(https?://[^\s>]+?)>?\)`)
)

// starts are the characters that anything inside of a line may begin with: the
// letters are those of addresses.
const starts = "\\[<@:`|*_~hsdwHSDW"

func inline(s string) []Node {
	var out []Node
	text := func(s string) { out = append(out, Node{Kind: Text, Text: s}) }
	for len(s) > 0 {
		if n := strings.IndexAny(s, starts); n != 0 {
			if n < 0 {
				n = len(s)
			}
			text(s[:n])
			s = s[n:]
			continue
		}
		if m := escape.FindStringSubmatch(s); m != nil {
			text(m[1])
			s = s[len(m[0]):]
			continue
		}
		if m := link.FindStringSubmatch(s); m != nil {
			out = append(out, Node{Kind: Link, To: m[2], Nodes: inline(m[1])})
			s = s[len(m[0]):]
			continue
		}
		if node, n := span(s); n > 0 {
			out = append(out, node)
			s = s[n:]
			continue
		}
		_, n := utf8.DecodeRuneInString(s)
		text(s[:n])
		s = s[n:]
	}
	return merged(out)
}

func span(s string) (Node, int) {
	for _, r := range rules {
		m := r.re.FindStringSubmatch(s)
		if m == nil {
			continue
		}
		if r.inner {
			return Node{Kind: r.kind, Nodes: inline(m[1])}, len(m[0])
		}
		return Node{Kind: r.kind, Text: m[len(m)-1]}, len(m[0])
	}
	return Node{}, 0
}

// merged joins neighbouring texts.
func merged(all []Node) []Node {
	var out []Node
	for _, n := range all {
		if last := len(out) - 1; last >= 0 && n.Kind == Text && out[last].Kind == Text {
			out[last].Text += n.Text
			continue
		}
		out = append(out, n)
	}
	return out
}

// Plain is what a reader reads of nodes, without what they look like.
func Plain(all []Node) string {
	var b strings.Builder
	for _, n := range all {
		b.WriteString(n.Text + Plain(n.Nodes))
	}
	return b.String()
}
