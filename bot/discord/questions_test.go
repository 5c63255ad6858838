package discord

import (
	"io"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"onrecord/bot/discord/discordtest"
)

// TestQuestionsAreNotLogged asks in every way and finds no word of it in the log,
// at its finest level, unless LOG_QUESTIONS is on.
func TestQuestionsAreNotLogged(t *testing.T) {
	t.Parallel()
	const canary = "Zwiebelkanarie"
	s := start(t, discordtest.Options{}, nil)
	for _, question := range []string{canary, "what did Wexmoor say about " + canary + "?", "what did " + canary + " say?", "who said “the " + canary + " toll is three coins”?"} {
		s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", question)).Final(patient)
		answer := s.WaitReply(s.Say(s.User, s.Channel, question, discordtest.MentionBot()), patient)
		s.WaitReply(s.Say(s.User, s.Channel, "and about "+canary+"?", discordtest.ReplyTo(answer)), patient)
	}
	s.Ask(s.User, s.Channel, "whosaid", discordtest.Opt("words", canary+" rows at night")).Final(patient)
	s.Ask(s.User, s.Channel, "quotes", discordtest.Opt("speaker", "Nina Ambledown"), discordtest.Opt("from", canary)).Final(patient)
	s.Autocomplete(s.User, s.Channel, "quotes", "speaker", canary).Choices(patient)
	s.MessageCommand(s.User, "Check quotes", s.Say(s.User, s.Channel, "“the "+canary+" is in the sea”")).Final(patient)
	if log := s.log.String(); strings.Contains(log, canary) {
		t.Errorf("the log has what was asked:\n%s", log)
	}
	loud := start(t, discordtest.Options{}, func(o *Options, _ *discordtest.Discord) { o.Settings.LogQuestions = true })
	loud.Ask(loud.User, loud.Channel, "ask", discordtest.Opt("question", canary)).Final(patient)
	wants(t, loud.log.String(), "question="+canary)
}

// TestFigures counts questions, not pages, and the first reaction to a mention too.
func TestFigures(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	m := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Marrable say?")).Final(patient)
	s.Button(s.User, m, m.Button("▶")).Final(patient)
	s.WaitReply(s.Say(s.User, s.Channel, "what did Osric Fennel say?", discordtest.MentionBot()), patient)
	s.waitIdle(t)
	recorder := httptest.NewRecorder()
	s.bot.Handler().ServeHTTP(recorder, httptest.NewRequest("GET", "/metrics", nil))
	figures, _ := io.ReadAll(recorder.Body)
	wants(t, string(figures), `onrecord_questions_total{kind="statements",outcome="found"} 1`, `onrecord_questions_total{kind="statements",outcome="nothing"} 1`,
		"onrecord_first_reaction_seconds_count 3", "onrecord_answer_seconds_count 3")
}

// TestDamage builds a damaged index anew by itself: who asks meanwhile is told that
// it failed, and answered soon after.
func TestDamage(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	files, err := filepath.Glob(filepath.Join(s.index, "g*", "store", "*.zap"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no segments: %v", err)
	}
	for _, name := range files {
		spoil(t, name)
	}
	ask := func() string {
		return s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?")).Final(patient).Text()
	}
	wants(t, ask(), "ref ")
	for range 4 {
		s.bot.background.Wait()
		if strings.Contains(ask(), "the ropes were rotten") {
			wants(t, s.log.String(), "the damaged index was built anew")
			return
		}
	}
	t.Errorf("it is never answered:\n%s", s.log)
}

// spoil changes bytes in the middle of a file.
func spoil(t *testing.T, name string) {
	t.Helper()
	f, err := os.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	b := make([]byte, info.Size()/2)
	if _, err := f.ReadAt(b, info.Size()/4); err != nil {
		t.Fatal(err)
	}
	for i := range b {
		b[i] ^= 0x5a
	}
	if _, err := f.WriteAt(b, info.Size()/4); err != nil {
		t.Fatal(err)
	}
}
