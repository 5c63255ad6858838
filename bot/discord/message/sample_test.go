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
