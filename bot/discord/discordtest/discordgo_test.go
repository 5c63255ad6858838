// The real discordgo against the Discord of this package, over real sockets.

package discordtest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
	"go.uber.org/goleak"

	"onrecord/bot/discord/discordtest"
)

// patience is how long tests wait for what comes at once unless something is wrong.
const patience = 10 * time.Second

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// rewrite sends discordgo's requests to another Discord.
type rewrite struct {
	to   *url.URL
	base *http.Transport
}

func (r rewrite) RoundTrip(request *http.Request) (*http.Response, error) {
	request = request.Clone(request.Context())
	_, path, _ := strings.Cut(request.URL.Path, "/api/v9")
	request.URL.Scheme, request.URL.Host, request.URL.Path = r.to.Scheme, r.to.Host, r.to.Path+path
	return r.base.RoundTrip(request)
}

// newSession is a discordgo session for d, without a connection yet.
func newSession(t *testing.T, d *discordtest.Discord) *discordgo.Session {
	t.Helper()
	s, err := discordgo.New("Bot " + d.Token())
	if err != nil {
		t.Fatal(err)
	}
	to, err := url.Parse(d.URL())
	if err != nil {
		t.Fatal(err)
	}
	base := &http.Transport{}
	s.Client = &http.Client{Transport: rewrite{to, base}}
	s.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	t.Cleanup(base.CloseIdleConnections)
	return s
}

// connect opens a session that ends with the test. It waits for the first
// heartbeat: one that fails, because the connection has just ended, makes discordgo
// connect again, even after Close.
func connect(t *testing.T, d *discordtest.Discord, s *discordgo.Session) {
	t.Helper()
	if err := s.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d.WaitHeartbeats(1, patience)
}

// noPings is the allowed_mentions that every message should have.
func noPings() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// TestBot lets a bot live a whole life: it connects, registers a command, defers an
// answer, edits it, follows up, and replies to a message that mentions it.
func TestBot(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	s := newSession(t, d)
	s.AddHandler(answerInteraction(t))
	s.AddHandler(answerMessage(t))
	connect(t, d, s)
	d.WaitReady(patience)
	registerAsk(t, d, s)

	i := d.Ask(d.User, d.Channel, "ask", discordtest.Opt("question", "what did Corin Wexmoor say?"))
	if first := i.FirstResponse(patience); first.Type != discordtest.CallbackDeferred {
		t.Errorf("the first response is of type %d", first.Type)
	}
	final := i.Final(patience)
	if want := "what did Corin Wexmoor say?\nWexmoor\nnothing on record\nMore"; final.Text() != want {
		t.Errorf("the answer reads %q, want %q", final.Text(), want)
	}
	if more := i.WaitFollowups(1, patience); !more[0].Ephemeral() || more[0].Content != "one more thing" {
		t.Errorf("the followup is %+v", more[0])
	}

	pressed := d.Button(d.User, final, final.Button("More"))
	pressed.Until(patience, func(m discordtest.Message) bool { return m.Content == "pressed more:1" })

	said := d.Say(d.User, d.Channel, "and Wexmoor?", discordtest.MentionBot())
	if reply := d.WaitReply(said, patience); !strings.HasSuffix(reply.Content, "and Wexmoor?") {
		t.Errorf("the reply is %q", reply.Content)
	}
}

// TestDrop cuts discordgo's connection: it resumes, and gets what it missed.
func TestDrop(t *testing.T) {
	t.Parallel()
	d := discordtest.New(t, discordtest.Options{})
	s := newSession(t, d)
	s.AddHandler(answerInteraction(t))
	connect(t, d, s)
	d.Drop()
	d.WaitGone(patience)
	i := d.Ask(d.User, d.DM(d.User), "ask", discordtest.Opt("question", "are you there?"))
	d.WaitResumes(1, patience)
	if final := i.Final(patience); !strings.HasPrefix(final.Text(), "are you there?") {
		t.Errorf("the answer reads %q", final.Text())
	}
	d.WaitHeartbeats(2, patience)
	if d.Identifies() != 1 {
		t.Errorf("identified %d times", d.Identifies())
	}
}

func registerAsk(t *testing.T, d *discordtest.Discord, s *discordgo.Session) {
	t.Helper()
	manage := int64(discordgo.PermissionManageGuild)
	_, err := s.ApplicationCommandBulkOverwrite(d.AppID(), d.Guild.ID, []*discordgo.ApplicationCommand{
		{Name: "ask", Description: "Ask the archive", Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "What to ask", Required: true, Autocomplete: true},
		}},
		{Name: "reindex", Description: "Read the archive again", DefaultMemberPermissions: &manage},
		{Name: "Check quotes", Type: discordgo.MessageApplicationCommand},
	})
	if err != nil {
		t.Fatal(err)
	}
	d.WaitCommand(d.Guild, "Check quotes", patience)
}

// answerInteraction defers, edits and follows up; a button rewrites its message.
func answerInteraction(t *testing.T) func(*discordgo.Session, *discordgo.InteractionCreate) {
	return func(s *discordgo.Session, e *discordgo.InteractionCreate) {
		if e.Type == discordgo.InteractionMessageComponent {
			check(t, s.InteractionRespond(e.Interaction, &discordgo.InteractionResponse{
				Type: discordgo.InteractionResponseUpdateMessage,
				Data: &discordgo.InteractionResponseData{Content: "pressed " + e.MessageComponentData().CustomID, AllowedMentions: noPings()},
			}))
			return
		}
		check(t, s.InteractionRespond(e.Interaction, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}))
		content := e.ApplicationCommandData().Options[0].StringValue()
		embeds := []*discordgo.MessageEmbed{{Title: "Wexmoor", Description: "nothing on record"}}
		rows := []discordgo.MessageComponent{discordgo.ActionsRow{Components: []discordgo.MessageComponent{
			discordgo.Button{Label: "More", CustomID: "more:1", Style: discordgo.SecondaryButton},
		}}}
		_, err := s.InteractionResponseEdit(e.Interaction, &discordgo.WebhookEdit{
			Content: &content, Embeds: &embeds, Components: &rows, AllowedMentions: noPings(),
		})
		check(t, err)
		_, err = s.FollowupMessageCreate(e.Interaction, true, &discordgo.WebhookParams{
			Content: "one more thing", Flags: discordgo.MessageFlagsEphemeral, AllowedMentions: noPings(),
		})
		check(t, err)
	}
}

// answerMessage replies to who mentions the bot with what was said.
func answerMessage(t *testing.T) func(*discordgo.Session, *discordgo.MessageCreate) {
	return func(s *discordgo.Session, e *discordgo.MessageCreate) {
		if e.Author.Bot || len(e.Mentions) == 0 {
			return
		}
		check(t, s.ChannelTyping(e.ChannelID))
		_, err := s.ChannelMessageSendComplex(e.ChannelID, &discordgo.MessageSend{
			Content: "You asked: " + e.Content, Reference: e.Reference(), AllowedMentions: noPings(),
		})
		check(t, err)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}
