package discord

import (
	"os"
	"strings"
	"testing"

	"onrecord/bot/discord/discordtest"
)

// TestAsk asks by command: the answer is private, quotes, and names its source.
func TestAsk(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	i := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about the toll?"))
	m := i.Final(patient)
	wants(t, m.Text(), "what did Wexmoor say about the toll?", "“The toll is three coins,”", "Corin Wexmoor", "Tolls rise at Marnock", "The Marnock Lantern", "2031-04-02")
	if !m.Ephemeral() {
		t.Error("the answer is not private")
	}
	s.Repeat(i)
	i = s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Osric Fennel say?"))
	wants(t, i.Final(patient).Text(), "Osric Fennel", "on record")
}

// TestOtherCommands uses every other command once.
func TestOtherCommands(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	quotes := s.Ask(s.User, s.Channel, "quotes", discordtest.Opt("speaker", "Nina Ambledown"), discordtest.Opt("about", "toll"),
		discordtest.Opt("from", "2031-04-01"), discordtest.Opt("source", "The Marnock Lantern"))
	text := quotes.Final(patient).Text()
	wants(t, text, "the toll was too high")
	if strings.Contains(text, "Nobody rows") {
		t.Errorf("another outlet's article is in\n%s", text)
	}
	wrong := s.Ask(s.User, s.Channel, "quotes", discordtest.Opt("speaker", "Nina Ambledown"), discordtest.Opt("from", "the other day"))
	wants(t, wrong.Final(patient).Text(), "the other day", "2022-03-12")
	who := s.Ask(s.User, s.Channel, "whosaid", discordtest.Opt("words", "nobody rows to Pellworth"))
	wants(t, who.Final(patient).Text(), "Nina Ambledown", "“Nobody rows to Pellworth at night,”")
	sources := s.Ask(s.User, s.Channel, "sources")
	wants(t, sources.Final(patient).Text(), "The Marnock Lantern", "2031-04-02")
	help := s.Ask(s.User, s.Channel, "help")
	wants(t, help.Final(patient).Text(), "/ask", "/whosaid")
}

// TestLanguages answers in the language of the one who asks; quotations stay.
func TestLanguages(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	for locale, word := range map[string]string{"ru": "Показываю", "uk": "Показую", "de": "I show"} {
		u := s.AddUser("reader-" + locale)
		u.Locale = locale
		s.Guild.AddMember(u, 0)
		help := s.Ask(u, s.Channel, "help").Final(patient).Text()
		if !strings.Contains(help, word) {
			t.Errorf("%s: %q is not in\n%s", locale, word, help)
		}
		answer := s.Ask(u, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about the toll?"))
		wants(t, answer.Final(patient).Text(), "“The toll is three coins,”")
	}
}

// TestAutocomplete offers names as they are typed, typing errors included.
func TestAutocomplete(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	for typed, want := range map[string]string{"wex": "Corin Wexmoor", "Ambeldown": "Nina Ambledown", "nina a": "Nina Ambledown"} {
		choices := s.Autocomplete(s.User, s.Channel, "quotes", "speaker", typed).Choices(patient)
		if len(choices) != 1 || choices[0].Name != want {
			t.Errorf("%q is completed with %v, want %s", typed, choices, want)
		}
	}
	if choices := s.Autocomplete(s.User, s.Channel, "quotes", "speaker", "zzzz").Choices(patient); len(choices) != 0 {
		t.Errorf("nonsense is completed with %v", choices)
	}
	for option, want := range map[string]int{"speaker": 3, "source": 1} { // some articles name no outlet
		if choices := s.Autocomplete(s.User, s.Channel, "quotes", option, "").Choices(patient); len(choices) != want {
			t.Errorf("before anything is typed, %s is completed with %v", option, choices)
		}
	}
	if choices := s.Autocomplete(s.User, s.Channel, "quotes", "source", "marn").Choices(patient); len(choices) != 1 || choices[0].Name != "The Marnock Lantern" {
		t.Errorf("the outlets are %v", choices)
	}
}

// TestCheckQuotes checks the quotations of somebody's message.
func TestCheckQuotes(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	m := s.Say(s.User, s.Channel, "“The toll is three coins,” said Corin Wexmoor. And “Nobody rows to Pellworth at night,” said Corin Wexmoor. “The moon has fallen into the sea.”")
	text := s.MessageCommand(s.User, "Check quotes", m).Final(patient).Text()
	wants(t, text, "The toll is three coins", "Nina Ambledown", "The moon has fallen into the sea")
	none := s.Say(s.User, s.Channel, "no quotation here")
	wants(t, s.MessageCommand(s.User, "Check quotes", none).Final(patient).Text(), "no quotation")
}

// TestPages turns pages: in a private answer in place, for others as a private
// copy; and the buttons of a bot that was started anew still work.
func TestPages(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	i := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Marrable say?"))
	first := i.Final(patient)
	wants(t, first.Text(), "1/")
	turned := s.Button(s.User, first, first.Button("▶"))
	second := turned.Final(patient)
	if second.ID != first.ID || !strings.Contains(second.Text(), "2/") {
		t.Errorf("the page was not turned in place:\n%s", second.Text())
	}
	asked := s.Say(s.User, s.Channel, "what did Marrable say?", discordtest.MentionBot())
	public := s.WaitReply(asked, patient)
	reader := s.AddUser("reader")
	s.Guild.AddMember(reader, 0)
	copied := s.Button(reader, public, public.Button("▶")).Final(patient)
	if copied.ID == public.ID || !copied.Ephemeral() || !strings.Contains(copied.Text(), "2/") {
		t.Errorf("a reader did not get a page of their own:\n%s", copied.Text())
	}
}

// TestContextAndShare shows the paragraphs around a statement, and makes a
// private answer public.
func TestContextAndShare(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	m := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?")).Final(patient)
	around := s.Button(s.User, m, m.Button("More context")).Final(patient)
	wants(t, around.Text(), "The bridge was opened on Monday", "the ropes were rotten")
	if !around.Ephemeral() {
		t.Error("the context is not private")
	}
	shared := s.Button(s.User, m, m.Button("Share")).Final(patient)
	wants(t, shared.Text(), "the ropes were rotten", s.User.Name)
	if shared.Ephemeral() {
		t.Error("what was shared is private")
	}
	if id := shared.Button("Share"); id != "" {
		t.Errorf("what was shared can be shared again: %s", id)
	}
}

// TestWrong reports an answer, and finds it noted for the admins.
func TestWrong(t *testing.T) {
	t.Parallel()
	var admins *discordtest.Channel
	var file string
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		admins = d.Guild.AddChannel("admins")
		o.Settings.ReportsChannel = admins.ID
		file = o.Settings.ReportsFile
	})
	m := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmoor say about ropes?")).Final(patient)
	press := s.Button(s.User, m, m.Button("Wrong?"))
	press.FirstResponse(patient)
	sent := s.ModalSubmit(press, map[string]string{"reason": "It was the warden's brother."})
	wants(t, sent.Final(patient).Text(), "admins")
	wants(t, s.WaitSent(admins, 1, patient)[0].Text(), "It was the warden", "the ropes were rotten", "what did Wexmoor say about ropes?")
	noted, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, string(noted), `"question":"what did Wexmoor say about ropes?"`, "brother", "tolls.md")
	wants(t, s.log.String(), "reported as wrong", "tolls.md:")
}

// TestWrongPage reports a page of several quotations: it is noted as it was shown,
// also where the admins' channel is closed to the bot.
func TestWrongPage(t *testing.T) {
	t.Parallel()
	var admins *discordtest.Channel
	s := start(t, discordtest.Options{}, func(o *Options, d *discordtest.Discord) {
		admins = d.Guild.AddChannel("admins")
		o.Settings.ReportsChannel = admins.ID
	})
	m := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Marrable say?")).Final(patient)
	report := func() {
		press := s.Button(s.User, m, m.Button("Wrong?"))
		press.FirstResponse(patient)
		wants(t, s.ModalSubmit(press, map[string]string{"reason": "Another lamp."}).Final(patient).Text(), "admins")
	}
	report()
	wants(t, s.WaitSent(admins, 1, patient)[0].Text(), "Another lamp", "Lamp number 1")
	s.Lock(admins)
	report()
	noted, err := os.ReadFile(s.bot.settings.ReportsFile)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(noted), "Lamp number 1 on"); n != 2 {
		t.Errorf("the page is noted %d times, want 2, in\n%s", n, noted)
	}
	wants(t, s.log.String(), "noted in one place only")
}

// TestSuggestions asks what an answer suggests, by its button.
func TestSuggestions(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	m := s.Ask(s.User, s.Channel, "ask", discordtest.Opt("question", "what did Wexmore Plim say?")).Final(patient)
	for _, c := range m.Parts() {
		if strings.HasPrefix(c.Label, "What did ") {
			after := s.Button(s.User, m, c.CustomID).Final(patient)
			wants(t, after.Text(), c.Label, "“")
			return
		}
	}
	t.Errorf("nothing is suggested in\n%s", m.Text())
}

// TestForgedButtons goes on after a button that nobody made.
func TestForgedButtons(t *testing.T) {
	t.Parallel()
	s := start(t, discordtest.Options{}, nil)
	s.Expect(discordtest.RuleToken) // the bot answers an interaction that this Discord never began
	s.Raw("INTERACTION_CREATE", strings.ReplaceAll(forged, "CHANNEL", s.Channel.ID))
	s.WaitViolation(discordtest.RuleToken, patient)
	wants(t, s.Ask(s.User, s.Channel, "help").Final(patient).Text(), "/ask")
}

const forged = `{"id":"1","application_id":"1","type":3,"token":"forged-token-1","version":1,"channel_id":"CHANNEL",
	"data":{"custom_id":"../../etc/passwd","component_type":2},"user":{"id":"5","username":"x"},"message":null}`
