package markdown

import "testing"

// TestWhatIsAlive: what isn't escaped is taken for what Discord takes it for;
// were the model blind to it, a test that nothing is alive would prove nothing.
func TestWhatIsAlive(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Kind{
		"@everyone": Mention, "<@1>": Mention, "<@&1>": Mention, "<#1>": Mention, "</ask:1>": Mention, "<id:guide>": Mention,
		"<t:0:R>": Time, "<:a:1>": Emoji, ":smile:": Emoji,
		"https://a.example": Address, "<https://a.example>": Address, "<a@b.example>": Address, "discord.gg/x": Invite, "discord.com/invite/x": Invite,
		"[a](https://b.example)": Link, "[a](<https://b.example>)": Link,
		"||a||": Spoiler, "**a**": Bold, "__a__": Underline, "~~a~~": Strike, "*a*": Italic, "_a_": Italic, "`a`": Code, "``a`b``": Code,
		"```\na\n```": Fence, "# a": Heading, "### a": Heading, "-# a": Small, "- a": List, "* a": List, "1. a": List,
		"> a": Quote, "> a\n> b": Quote, ">>> a\nb": Quote,
	} {
		if got := Parse(text); len(got) != 1 || got[0].Kind != want {
			t.Errorf("%q is read as %v, not a %s", text, got, want)
		}
	}
}

// TestNested: what stands inside of quotations and links is read, and a backslash
// makes a character itself.
func TestNested(t *testing.T) {
	t.Parallel()
	got := Parse("> a **b** \\*c\\*\n-# [d\\]](<https://e.example>)\n\nf")
	if len(got) != 3 || got[0].Kind != Quote || got[1].Kind != Small || got[2].Text != "\nf" {
		t.Fatalf("read as %v", got)
	}
	if q := got[0].Nodes; len(q) != 3 || q[1].Kind != Bold || Plain(q) != "a b *c*" {
		t.Errorf("the quotation is read as %v", q)
	}
	if l := got[1].Nodes; len(l) != 1 || l[0].Kind != Link || l[0].To != "https://e.example" || Plain(l) != "d]" {
		t.Errorf("the small line is read as %v", l)
	}
}
