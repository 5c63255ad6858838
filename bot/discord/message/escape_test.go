package message

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"onrecord/bot/discord/message/internal/markdown"
)

// hostile are texts that try to be something else than text.
var hostile = []string{
	"", " ", "\n", "plain words", "It’s “fine”, she said — again…",
	"@everyone and @here", "<@1> <@!1> <@&2> <#3> </ask:4> <id:guide>", "<t:1700000000:R>", "<:smile:123> <a:dance:4> :smile: :a::skin-tone-2:",
	"[click](https://evil.example)", "[click](<https://evil.example>)", "https://evil.example/x_y_z", "http://a.b http://c.d", "<https://evil.example>",
	"discord.gg/abc discord.com/invite/abc www.discord.gg/abc discordapp.com/invite/x", "mail <me@evil.example> <tel:+123> <+123 456>",
	"||secret||", "**bold** *it* _it_ __under__ ~~gone~~ ***all***", "`code` ``co`de`` ```go\nfence```", "```", "``` open\n and on",
	"# big\n## less\n### small\n-# subtle", "- a\n- b\n* c\n+ d\n 1. e\n12. f\n3) g", "> quote\n>>> all of it\nmore", "\n\n# after blank lines",
	`back\slash \* \\ \n \`, `¯\_(ツ)_/¯`, "a_b_c snake_case 2*3*4", "10:30 a: b:c :", "No. 1. is 1.5", "1.", "1. x",
	"right\u202eot tfel\u202c \u2066iso\u2069 \u200e\u200f\u061c", "zero\u200bwidth\u200cnon\u200djoin\ufeffbom\u2060", "soft\u00adhyphen",
	"bell\x07 esc\x1b[31m nul\x00 del\x7f c1\u0085", "line\r\nline\rline\u2028sep\u2029par\ttab", "bad\xff\xfebytes\xc3", "private\ue000use \U000f0000",
	"👩‍👩‍👧 👍🏽 ❤️ 1️⃣ #️⃣ *️⃣ 🇺🇦 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f ☎︎", "a\ufe0fb \u200d👩 👩\u200d",
	"e\u0301 и\u0306 Z" + strings.Repeat("\u0301", 40), "\u0301leading mark", "\u202e\u0301", "한국어 العربية עברית हिन्दी ไทย", "ㅤ\u3164\u2800\u115f",
	"⟨U+202E⟩ ⟨0xFF⟩ ⟨ ↵ ⟩ ⟨U+⟩", " leading and trailing ", "\u00a0nbsp\u00a0", "two  spaces", "\n\nblank\n\n\nlines\n",
	strings.Repeat("😀", 50), strings.Repeat("Nina Ambledown ", 300), strings.Repeat("*", 200), strings.Repeat("\u200d👩", 30),
}

// FuzzEscape: whatever the text, Discord's Markdown shows the text and nothing
// else, and unescaping gives its bytes back.
func FuzzEscape(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { checkShown(t, text) })
}

// end stands behind a text where Markdown wants a letter.
const end = "◆"

func checkShown(t *testing.T, text string) {
	t.Helper()
	for name, s := range map[string]string{"Escape": Escape(text), "EscapeLine": EscapeLine(text)} {
		if got := Unescape(s); got != text {
			t.Errorf("%s: %q is unescaped to %q", name, text, got)
		}
		if i := strings.IndexFunc(s, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x202e || r == 0xfeff || r == 0x200b }); i >= 0 {
			t.Errorf("%s: %q holds what can't be seen", name, s)
		}
		around := map[string]string{"alone": s, "in bold": "**" + s + end + "**", "after a lead": "_led:_ " + s, "before a mark": s + ` \[1\]`}
		switch {
		case name == "Escape" && !strings.HasSuffix(text, "\n"): // words are shown without spaces around them
			around["quoted"] = quoted(s)
		case name == "EscapeLine":
			around["in a lead"] = "_" + s + end + "_"
			around["as heading"] = headingMark + s + "\n"
			around["as a link"] = "[" + s + end + "](<https://lantern.example>)"
		}
		for place, m := range around {
			checkLetters(t, place+" "+name, text, m)
		}
	}
}

// checkLetters looks at what a text became where it stands in other Markdown.
func checkLetters(t *testing.T, place, text, md string) {
	t.Helper()
	nodes := markdown.Parse(md)
	shown := markdown.Plain(nodes)
	if n := live(nodes); n != nil {
		t.Errorf("%s: %q shows a %s %q", place, text, n.Kind, n.Text)
	}
	bare := strings.TrimSuffix(shown, end)
	if strings.Contains(place, "after a lead") {
		bare = strings.TrimPrefix(bare, "led: ")
	} else if strings.Contains(place, "before a mark") {
		bare = strings.TrimSuffix(bare, " [1]")
	}
	if got := unmarked(bare); got != text && !strings.HasSuffix(text, end) {
		t.Errorf("%s: of %q is seen %q", place, text, shown)
	}
}

// live finds what does more than show letters.
func live(all []markdown.Node) *markdown.Node {
	for i, n := range all {
		switch n.Kind {
		case markdown.Text, markdown.Quote, markdown.Heading, markdown.Bold, markdown.Italic, markdown.Link:
		default:
			return &all[i]
		}
		if l := live(n.Nodes); l != nil {
			return l
		}
	}
	return nil
}

var marks = regexp.MustCompile(`⟨U\+([0-9A-F]{4,6})⟩|⟨0x([0-9A-F]{2})⟩|↵`)

// unmarked is a text as seen, its marks read by a person who knows them.
func unmarked(s string) string {
	return marks.ReplaceAllStringFunc(s, func(m string) string {
		found := marks.FindStringSubmatch(m)
		if n, err := strconv.ParseInt(found[1], 16, 32); err == nil {
			return string(rune(n))
		}
		if n, err := strconv.ParseUint(found[2], 16, 8); err == nil {
			return string([]byte{byte(n)})
		}
		return "\n"
	})
}

// TestEscapeLeavesProseAlone: ordinary prose stays readable as Markdown too.
func TestEscapeLeavesProseAlone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"“It gives us nothing,” she said.":   "“It gives us nothing,” she said.",
		"a 30-day cease-fire: no more":       `a 30-day cease-fire\: no more`,
		"Kyiv’s forces (all of them) — 100%": "Kyiv’s forces (all of them) — 100%",
		"- no":                               `\- no`,
		"1. no":                              `1\. no`,
		"@everyone":                          `\@everyone`,
		"https://x.example":                  `https\:\/\/x.example`,
		"👩‍👩‍👧 1️⃣":                          "👩‍👩‍👧 1️⃣",
		"a\u202eb":                           "a⟨U+202E⟩b",
		"a\nb":                               "a\nb",
		"⟨U+202E⟩":                           "⟨U+27E8⟩U+202E⟩",
	} {
		if got := Escape(text); got != want {
			t.Errorf("%q is escaped to %q, not %q", text, got, want)
		}
	}
}

// TestCutsPartNothing: a cut text is whole atoms of the text, and fits.
func TestCutsPartNothing(t *testing.T) {
	t.Parallel()
	for _, text := range hostile {
		whole := atoms(text, false)
		for room := range 60 {
			s, cut := cutAtoms(whole, room)
			if soon, also := cutText(text, false, room); soon != s || also != cut {
				t.Errorf("%q cut to %d is %q, or %q", text, room, s, soon)
			}
			if length(s) > room {
				t.Errorf("%q cut to %d has %d", text, room, length(s))
			}
			if !cut && s != Escape(text) {
				t.Errorf("%q is cut to %q and does not say so", text, s)
			}
			if back := Unescape(s); !strings.HasPrefix(text, back) {
				t.Errorf("%q cut to %q says %q", text, s, back)
			}
		}
	}
	if s, _ := cutAtoms(atoms("👩‍👩‍👧*", false), 4); s != "" {
		t.Errorf("a family is parted: %q", s)
	}
	if s, _ := cutAtoms(atoms("ab*", false), 3); s != "ab" {
		t.Errorf("an escape is parted: %q", s)
	}
}
