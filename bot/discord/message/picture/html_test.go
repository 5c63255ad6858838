package main

import (
	"strings"
	"testing"

	"onrecord/bot/discord/message/internal/markdown"
)

// TestHonestPictures: what is alive is drawn alive, and no text becomes HTML.
func TestHonestPictures(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"**a**":              "<discord-bold><span>a</span></discord-bold>",
		`\*\*a\*\*`:          "<span>**a**</span>",
		"<script>&":          "<span>&lt;script&gt;&amp;</span>",
		"@everyone":          "<discord-mention><span>@everyone</span></discord-mention>",
		"> a":                "<discord-quote><span>a</span></discord-quote>",
		"[a](<https://b.c>)": `<discord-link href="https://b.c"><span>a</span></discord-link>`,
		"<t:1930000000:f>":   "<discord-time>27 February 2031, 23:06</discord-time>",
	} {
		if got := nodes(markdown.Parse(text)); got != want {
			t.Errorf("%q is drawn as %s, not %s", text, got, want)
		}
	}
}

// TestDocument: all messages of the golden files can be drawn.
func TestDocument(t *testing.T) {
	t.Chdir("../../../..")
	page, err := pageOf(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, light := range []bool{false, true} {
		doc := document(page, light, "400")
		if n := strings.Count(doc, "<discord-message "); n != len(page) || strings.Contains(doc, " light-theme") != light {
			t.Errorf("%d of %d messages are drawn", n, len(page))
		}
	}
	if _, err := pageOf([]string{"no such message"}); err == nil {
		t.Error("a message that isn't there is drawn")
	}
}
