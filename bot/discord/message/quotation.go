package message

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onrecord/bot"
)

// A statement or passage as Discord shows it: the words in a block quotation, led
// by what they are where they are not simply the speaker's own; below them, small,
// the numbers of their sources and when, where and how.

// How much of one thing is shown, in UTF-16 units of Markdown or in pieces. An
// item stays under maxItem and so under a message's limit with everything else.
const (
	maxItem     = 2000
	maxWords    = 1000 // of a statement; those of turns have at most 1,000 bytes
	maxVariant  = 300  // of another wording
	maxVariants = 2
	maxPassage  = 1300
	maxDiffers  = 3
	maxDiffer   = 60 // of one side of a difference
	maxCites    = 4  // of one statement
	maxName     = 100
	maxRole     = 160
	maxSetting  = 60 // of where, when or to whom
	maxCue      = 40
)

// cite is a place in the archive that something stands in.
type cite struct {
	article   string
	paragraph int
	citation  bot.Citation
}

// block is one quotation with what stands below it.
type block struct {
	quote string // Markdown, its lines marked as quoted
	cites []cite
	notes []string // Markdown, one line, each by itself
	more  int      // further citations that are not shown
}

// text is the block as Markdown, its sources numbered.
func (b block) text(number func(cite) int) string {
	refs := ""
	for _, c := range b.cites {
		refs += ref(number(c))
	}
	if b.more > 0 {
		refs += fmt.Sprintf(" +%d", b.more)
	}
	below := strings.Join(append([]string{refs}, b.notes...), " · ")
	return b.quote + "\n-# " + below + "\n"
}

func ref(n int) string { return fmt.Sprintf(`\[%d\]`, n) }

// item is a statement with its other wordings, or a passage: what a page has
// whole or not at all.
type item struct {
	key     string
	heading string // Markdown of who speaks; shown where under changes
	under   string // tells whether items stand under one heading
	label   string // plain, for choosing it
	who     string // plain
	blocks  []block
	lines   []string // small lines below the first block
}

func (it item) text(number func(cite) int) string {
	var b strings.Builder
	for n, bl := range it.blocks {
		if n > 0 {
			b.WriteString("\n")
		}
		b.WriteString(bl.text(number))
		if n == 0 {
			for _, l := range it.lines {
				b.WriteString("-# " + l + "\n")
			}
		}
	}
	return b.String()
}

// size is the item's length whatever its sources' numbers.
func (it item) size() int { return length(it.text(func(cite) int { return 99 })) }

// items are all that an answer shows, in its order.
func (r *renderer) items() []item {
	var out []item
	for n, s := range r.answer.Statements {
		if s.Repeat || s.Variant > 0 && s.Variant <= len(r.answer.Statements) && s.Variant != n+1 {
			continue // told at the statement that it repeats or words anew
		}
		out = append(out, r.statement(n, s))
	}
	for _, p := range r.answer.Passages {
		out = append(out, r.passage(p, len(out) > 0 && len(r.answer.Statements) > 0))
	}
	return out
}

func (r *renderer) statement(place int, s bot.Statement) item {
	it := item{key: keyOf(&s), heading: r.speaker(s), under: s.Under(), who: r.name(s), label: s.Words(),
		blocks: []block{r.block(s, maxWords)}, lines: append(r.differs(s), r.matched(s.Matched)...)}
	if s.Corrected != "" {
		it.lines = append(it.lines, r.t.corrected+" "+shortLine(s.Corrected, maxNote))
	}
	left := 0
	for _, v := range r.answer.Statements {
		if v.Variant != place+1 || v.Repeat {
			continue
		}
		variant := r.block(v, maxVariant)
		variant.notes = append([]string{"_" + r.t.alsoWorded + "_"}, variant.notes...)
		it.blocks = append(it.blocks, variant)
		if len(it.blocks) > 1+maxVariants || it.size() > maxItem {
			it.blocks = it.blocks[:len(it.blocks)-1]
			left++
		}
	}
	if left > 0 {
		it.lines = append(it.lines, fmt.Sprintf(r.t.moreWordings, left))
	}
	return it
}

// block is a statement's words, at most so long.
func (r *renderer) block(s bot.Statement, room int) block {
	words, cut := cutText(s.Words(), false, room)
	if cut {
		words += " … _" + r.t.cut + "_"
	}
	if lead := r.lead(s); lead != "" {
		words = "_" + lead + "_ " + words
	}
	b := block{quote: quoted(words), cites: []cite{{s.Article, s.Paragraph, s.Citation}}, notes: r.setting(s)}
	for _, also := range s.Also {
		b.cites = append(b.cites, cite{also.Article, also.Paragraph, also.Citation})
	}
	return b.fewer()
}

// fewer is the block with no more citations than are shown.
func (b block) fewer() block {
	if n := len(b.cites); n > maxCites {
		b.cites, b.more = b.cites[:maxCites], n-maxCites
	}
	return b
}

// quoted makes every line of a text one of a block quotation.
func quoted(markdown string) string {
	return "> " + strings.ReplaceAll(markdown, "\n", "\n> ")
}

// lead is what words are where they are not simply the speaker's own, and to
// whom they were said.
func (r *renderer) lead(s bot.Statement) string {
	l := s.Lead()
	var parts []string
	if l.Cue != "" {
		parts = append(parts, shortLine(l.Cue, maxCue))
	}
	if label := r.t.how[l.How]; label != "" {
		parts = append(parts, label)
	}
	if len(parts) == 0 {
		return ""
	}
	if s.Addressee != nil {
		parts = append(parts, fmt.Sprintf(r.t.to, shortLine(s.Addressee.Text, maxSetting)))
	}
	return strings.Join(parts, ", ") + ":"
}

// setting is where, when and, for a speaker's own words, to whom.
func (r *renderer) setting(s bot.Statement) []string {
	var out []string
	if s.Addressee != nil && s.Lead() == (bot.Lead{}) {
		out = append(out, fmt.Sprintf(r.t.to, shortLine(s.Addressee.Text, maxSetting)))
	}
	var setting []string
	for _, part := range s.Setting() {
		setting = append(setting, shortLine(part, maxSetting))
	}
	if setting != nil {
		out = append(out, strings.Join(setting, ", "))
	}
	if s.Dated != nil && s.When == nil {
		if by := r.t.by[s.Dated.By]; by != "" && s.Dated.Date != "" {
			out = append(out, by+" "+shortLine(s.Dated.Date, maxSetting))
		}
	}
	return out
}

// matched tells by which words something was found that are not the asked ones.
func (r *renderer) matched(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	return []string{r.t.matchedBy + " " + shortLine(strings.Join(words, ", "), maxNote)}
}

// differs tells where the words depart from those that were asked for.
func (r *renderer) differs(s bot.Statement) []string {
	var out []string
	for n, c := range s.Differs {
		if n == maxDiffers {
			return append(out, "…")
		}
		asked, said := "“"+shortLine(c.Asked, maxDiffer)+"”", "“"+shortLine(c.Said, maxDiffer)+"”"
		switch {
		case c.Said == "":
			out = append(out, fmt.Sprintf(r.t.notOnRecord, asked))
		case c.Asked == "":
			out = append(out, fmt.Sprintf(r.t.leftOut, said))
		default:
			out = append(out, fmt.Sprintf(r.t.differs, asked, said))
		}
	}
	return out
}

func (r *renderer) name(s bot.Statement) string {
	return cmp.Or(s.Who(), r.t.unnamed)
}

// speaker is the heading above what somebody said.
func (r *renderer) speaker(s bot.Statement) string {
	head := "**" + shortLine(r.name(s), maxName) + "**"
	at := slices.IndexFunc(r.answer.Counts, func(c bot.Count) bool { return c.Speaker == s.Who() })
	if at >= 0 && r.answer.Counts[at].Statements > 1 {
		head += fmt.Sprintf(" · "+r.t.statements, r.answer.Counts[at].Statements)
	}
	role := bot.RoleOf(r.answer.Statements, s)
	if role != "" {
		head += "\n-# " + shortLine(role, maxRole)
	}
	return head + "\n"
}

// passage is a paragraph with the words that answer in bold.
func (r *renderer) passage(p bot.Passage, besideStatements bool) item {
	it := item{key: Key(p.Article, p.Start), label: p.Text,
		blocks: []block{{quote: quoted(r.marked(p)), cites: []cite{{p.Article, p.Paragraph, p.Citation}}}},
		lines:  r.matched(p.Matched)}
	for _, also := range p.Also {
		it.blocks[0].cites = append(it.blocks[0].cites, cite{also.Article, also.Paragraph, also.Citation})
	}
	it.blocks[0] = it.blocks[0].fewer()
	if besideStatements {
		it.heading = "**" + r.t.fromArticles + "**\n"
		it.under = it.heading
	}
	return it
}
