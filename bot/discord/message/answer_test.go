package message

import (
	"log/slog"
	"testing"

	"onrecord/bot"
	"onrecord/data"
	"onrecord/data/quote"
	"onrecord/index"
)

// sampleBot answers from the sample archive.
func sampleBot(t testing.TB) *bot.Bot {
	t.Helper()
	ex, err := quote.New()
	if err != nil {
		t.Fatal(err)
	}
	archive, err := data.OpenArchive("")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := index.Update(t.Context(), dir, archive, ex, index.Options{}); err != nil {
		t.Fatal(err)
	}
	ix, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = ix.Close() })
	return bot.New(ix, slog.New(slog.DiscardHandler))
}
func TestX(t *testing.T) {
	b := sampleBot(t)
	for _, q := range []string{"what did Ushakov say?", "did Trump say “It gives us nothing”?", "who has talked about sanctions", "where did Witkoff land?", "What did Putin and Trump say?", "what did Lavrov say?", "what did he say?"} {
		a, _ := b.Answer(t.Context(), q, 10)
		m := Answer(a, Options{Private: true})
		t.Log("\n" + m.Embeds[0].Description)
		for _, c := range m.Components {
			raw, _ := c.MarshalJSON()
			t.Log(string(raw))
		}
	}
}
