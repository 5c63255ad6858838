package discord

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"onrecord/bot/discord/discordtest"
	"onrecord/bot/discord/gateway"
)

// TestClosedChannel tries a channel once in which the bot may not write, and then
// leaves it alone: refusals without end would have Discord ban it.
func TestClosedChannel(t *testing.T) {
	t.Parallel()
	var closed *discordtest.Channel
	s := start(t, discordtest.Options{}, func(_ *Options, d *discordtest.Discord) { closed = d.Guild.AddChannel("closed") })
	s.Lock(closed)
	for range 4 {
		s.Say(s.User, closed, "what did Wexmoor say about ropes?", discordtest.MentionBot())
		m := s.Say(s.User, s.Channel, "what did Wexmoor say about ropes?", discordtest.MentionBot())
		wants(t, s.WaitReply(m, patient).Text(), "the ropes were rotten")
		s.waitIdle(t)
	}
	if n := s.Invalid(); n != 1 {
		t.Errorf("%d requests were refused, want 1", n)
	}
	wants(t, s.log.String(), "Send Messages", closed.ID)
}

// restOnly is a bot that is not connected, with a REST API that answers as told:
// "POST /channels/5/messages" with a JSON text, a status before it where it is
// not 200. What was called is kept.
type restOnly struct {
	*stage
	mu      sync.Mutex
	answers map[string][]string
	calls   []string
}

func newRESTOnly(t *testing.T, answers map[string][]string, change func(*Settings)) *restOnly {
	t.Helper()
	r := &restOnly{answers: answers}
	api := httptest.NewServer(r)
	t.Cleanup(api.Close)
	r.stage = prepare(t, discordtest.Options{}, func(o *Options, _ *discordtest.Discord) {
		o.Settings.APIURL = api.URL
		o.Timing.Patience = time.Minute // however slow the machine, nothing is said before the answer
		change(&o.Settings)
	})
	r.bot.me.Store(&discordgo.User{ID: "1"})
	return r
}

func (r *restOnly) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, _ := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	call := req.Method + " " + req.URL.Path
	r.calls = append(r.calls, call+" "+string(body))
	w.Header().Set("Content-Type", "application/json")
	left := r.answers[call]
	if len(left) == 0 {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	r.answers[call] = left[1:]
	text, isBad := strings.CutPrefix(left[0], "400 ")
	if isBad {
		w.WriteHeader(http.StatusBadRequest)
	}
	_, _ = io.WriteString(w, text)
}

// TestThreads answers in the threads of the channels that the settings list, asks
// once what a channel is, and answers in no other thread.
func TestThreads(t *testing.T) {
	t.Parallel()
	r := newRESTOnly(t, map[string][]string{
		"GET /channels/11": {`{"id":"11","type":11,"parent_id":"5"}`},
		"GET /channels/12": {`{"id":"12","type":11,"parent_id":"6"}`},
		"GET /channels/13": {`{"id":"13","type":0,"parent_id":"5"}`}, // a channel of a category
	}, func(s *Settings) { s.Channels = []string{"5"} })
	for range 2 {
		for channel, want := range map[string]bool{"5": true, "11": true, "12": false, "13": false, "14": false} {
			if got := r.bot.answersIn(t.Context(), channel); got != want {
				t.Errorf("answers in %s: %v, want %v", channel, got, want)
			}
		}
	}
	if len(r.calls) != 4 {
		t.Errorf("asked %d times, want 4: %q", len(r.calls), r.calls)
	}
}

// TestNoHistory answers without a reply where the bot may not read what was
// written before.
func TestNoHistory(t *testing.T) {
	t.Parallel()
	r := newRESTOnly(t, map[string][]string{
		"POST /channels/5/messages": {`400 {"code":160002,"message":"Cannot reply without permission to read message history"}`, `{"id":"9"}`},
	}, func(*Settings) {})
	r.bot.mention(t.Context(), &discordgo.Message{ID: "7", ChannelID: "5", GuildID: "2", Content: "<@1> what did Wexmoor say about ropes?",
		Author: &discordgo.User{ID: "3"}, Mentions: []*discordgo.User{{ID: "1"}}})
	if len(r.calls) != 2 || !strings.Contains(r.calls[0], "message_reference") || strings.Contains(r.calls[1], "message_reference") {
		t.Errorf("called %q", r.calls)
	}
}

// TestBetweenPeople leaves a message to all who see it where people use the bot
// among themselves, and turns pages for the one who pressed.
func TestBetweenPeople(t *testing.T) {
	t.Parallel()
	between := &discordgo.Interaction{Context: discordgo.InteractionContextPrivateChannel, User: &discordgo.User{ID: "3"}}
	with := &discordgo.Interaction{Context: discordgo.InteractionContextBotDM, User: &discordgo.User{ID: "3"}}
	if isDirect(between) || !staysPrivate(between) {
		t.Error("a chat between people is taken for one with the bot")
	}
	if !isDirect(with) || staysPrivate(with) {
		t.Error("a chat with the bot is not")
	}
	with.Message = &discordgo.Message{Flags: discordgo.MessageFlagsEphemeral}
	if !staysPrivate(with) {
		t.Error("a private answer in a chat with the bot can't be shared once its page is turned")
	}
}

// TestUnclearPromise answers where nobody knows whether Discord heard that an
// answer is on its way, and not where Discord refused.
func TestUnclearPromise(t *testing.T) {
	t.Parallel()
	if isRefused(&gateway.TransportError{Err: io.ErrUnexpectedEOF}) || isRefused(&gateway.APIError{Status: 503}) || isRefused(&gateway.APIError{Status: 429}) || isRefused(nil) {
		t.Error("what may have arrived is taken for refused")
	}
	if !isRefused(&gateway.APIError{Status: 404}) {
		t.Error("an interaction that is over is not")
	}
}
