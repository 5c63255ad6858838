package bot

import (
	"testing"
)

// TestFollowUp goes on with questions as people do in a conversation.
func TestFollowUp(t *testing.T) {
	t.Parallel()
	r := newRoster(heard{
		{Name: "Osric Wexmoor", Person: true, Statements: 5},
		{Name: "Nina Ambledown", Person: true, Statements: 3},
		{Name: "Harbour Council", Statements: 2},
	}, nil)
	lantern := func() (outlets, error) { return newOutlets([]string{"The Marnock Lantern"}), nil }
	b := &Bot{editions: &editions{last: &edition{files: noFiles, roster: r}}, outlets: lantern}
	for _, test := range []struct{ before, next, want string }{
		{"what did Wexmoor say about tolls?", "and about ropes?", "what did Wexmoor say about ropes?"},
		{"what did Wexmoor say about tolls?", "what about Ambledown?", "what did Ambledown say about tolls?"},
		{"what did Wexmoor say about tolls?", "And Nina Ambledown?", "what did Nina Ambledown say about tolls?"},
		{"what did Wexmoor say about tolls?", "ambledown", "what did ambledown say about tolls?"},
		{"what did Wexmoor say about tolls?", "what about the harbour council", "what did the harbour council say about tolls?"},
		{"what did Wexmoor say about tolls?", "what about the ropes?", "what did Wexmoor say about the ropes?"},
		{"what did Wexmoor say about tolls?", "the ropes?", "what did Wexmoor say about the ropes?"},
		{"what did Wexmoor say about tolls?", "when?", "what did Wexmoor first say about tolls?"},
		{"what did Wexmoor say about tolls?", "and in March 2031?", "what did Wexmoor say about tolls in March 2031?"},
		{"what did Wexmoor say in March 2031?", "since 2032?", "what did Wexmoor say since 2032?"},
		{"what did Wexmoor say about tolls?", "the latest?", "what did Wexmoor last say about tolls?"},
		{"what did Wexmoor say about tolls?", "did he say “it is late”?", "did Wexmoor say “it is late”?"},
		{"what did Wexmoor say about tolls?", "what did he say about ropes?", "what did Wexmoor say about ropes?"},
		{"what did Wexmoor say about tolls?", "what did Ambledown say about boats?", "what did Ambledown say about boats?"},
		{"what did Wexmoor say about tolls?", "who has talked about the bridge?", "who has talked about the bridge?"},
		{"who has talked about tolls?", "and about ropes?", "who has talked about ropes?"},
		{"where did the ferry land?", "and about ropes?", "and about ropes?"},
		{"what did Wexmoor tell reporters about tolls?", "and about ropes?", "what did Wexmoor tell reporters about ropes?"},
		{"quotes by Wexmoor", "about ropes", "what did Wexmoor say about ropes?"},
		{"what did Wexmoor say about tolls?", "", ""},
		{"What did Wexmoor say about tolls in The Marnock Lantern since 2031-04-01?", "and about ropes?", "what did Wexmoor say about ropes in The Marnock Lantern since 2031-04-01?"},
		{"What did Wexmoor say in The Marnock Lantern?", "what about Ambledown?", "what did Ambledown say in The Marnock Lantern?"},
		{"did Wexmoor say “it is late”?", "what about Ambledown?", "did Ambledown say “it is late”?"},
		{"did Wexmoor say “it is late”?", "when?", "did Wexmoor say “it is late”?"},
		{"did Wexmoor say “it is late”?", "and about ropes?", "what did Wexmoor say about ropes?"},
		{"who said “it is late”?", "when?", "who said “it is late”?"},
		{"what did Wexmoor say about tolls?", "who else?", "who has talked about tolls?"},
		{"what did Wexmoor say about tolls?", "why?", "why?"},
		{"what did Wexmoor say about tolls?", "а что насчёт Ambledown?", "what did Ambledown say about tolls?"},
		{"what did Wexmoor say about tolls?", "а що Ambledown?", "what did Ambledown say about tolls?"},
		{"", "and about ropes?", "and about ropes?"},
		{"а что сказал Wexmoor?", "и про ropes?", "what did Wexmoor say about ropes?"},
	} {
		got, err := b.FollowUp(test.before, test.next)
		if err != nil || got != test.want {
			t.Errorf("%q, then %q: %q, %v, want %q", test.before, test.next, got, err, test.want)
		}
	}
}
