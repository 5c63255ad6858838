package gateway

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"
)

// This file holds the canaries: secrets that must be read nowhere.

type lazy struct{ secret string }

func (l lazy) LogValue() slog.Value {
	return slog.GroupValue(slog.String("inside", l.secret), slog.Any("error", errors.New(l.secret)))
}

func TestRedactor(t *testing.T) {
	t.Parallel()
	secrets := NewSecrets("Bot " + canaryToken)
	secrets.remember(canaryInteraction + "==")
	secrets.remember(canaryRandom)
	i := interaction("1").Interaction
	dialing := &url.Error{Op: "Post", URL: "http://127.0.0.1:9/api/v10/interactions/1/CANARY:never-seen/callback", Err: errors.New("connection refused")}
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"JSON": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		t.Run(name, func(t *testing.T) {
			var buf bytes.Buffer
			log := slog.New(secrets.Handler(handler(&buf)))
			log.Error("token " + canaryToken + " and " + canaryRandom)
			log.Error("kept in mind", canaryRandom, 1)
			log.Error("string", "a", "Authorization: Bot "+canaryToken+", X: "+canaryInteraction+"==")
			log.Error("error", "error", fmt.Errorf("answering: %w", dialing))
			log.Error("joined", "error", errors.Join(dialing, errors.New(canaryRandom)))
			log.Error("struct", "interaction", *i, "pointer", i, "settings", Settings{Token: canaryToken})
			log.Error("private field", "v", struct{ t Token }{canaryToken}, "w", struct{ s *string }{new(string)})
			log.Error("raw", "body", []byte(`{"token":"`+canaryRandom+`"}`), "list", []string{canaryToken}, "map", map[string]any{canaryRandom: canaryToken})
			log.Error("groups", slog.Group("a", slog.Group("b", "c", canaryToken, "d", dialing)))
			log.Error("lazy", "v", lazy{canaryToken})
			log.Error("escaped", "url", url.QueryEscape(dialing.URL), "header", http.Header{"Authorization": {"Bot " + canaryToken}})
			log.Error("looks like one", "text", "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MA_CANARY==")
			log.With("t", canaryToken, slog.Group("g", "x", dialing)).WithGroup(canaryRandom).Error("with", "y", canaryRandom)
			log.Error("harmless", "n", 7, "d", time.Second, "b", true, "t", time.Unix(0, 0).UTC(), "path", "/channels/9/messages/8")
			out := buf.String()
			if strings.Contains(out, "CANARY") {
				t.Error(out)
			}
			if strings.Count(out, "\n") != 14 || !strings.Contains(out, "connection refused") || !strings.Contains(out, "/channels/9/messages/8") {
				t.Errorf("too little is left:\n%s", out)
			}
		})
	}
}

// A bot with canaries for tokens is led through every error that there is; none
// of them sings, in the log or in an error.
func TestNoCanary(t *testing.T) {
	t.Parallel()
	echo := `{"code":1,"message":"no: Bot ` + canaryToken + ` /interactions/1/` + canaryRandom + `/callback","errors":{"token":"` + canaryRandom + `"}}`
	for name, fault := range map[string]http.HandlerFunc{
		"refused": status(400, echo), "unauthorised": status(401, echo), "forbidden": status(403, echo),
		"limited": status(429, echo, "Retry-After", "0.001"), "broken": status(502, echo), "dropped": drop,
		"redirected": status(302, echo, "Location", "/webhooks/1/"+canaryRandom), "not JSON": status(200, canaryToken),
		"not JSON, refused": status(500, "<p>"+canaryToken+" "+canaryRandom), "gone": nil,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			f.on("*", fault)
			if fault == nil {
				f.server.Close() // the address is in net/http's error
			}
			o := f.options(Handlers{})
			o.Tries, o.PatientTries = 2, 2
			g := f.newGateway(o)
			g.events.interaction(interaction("1"))
			said := ""
			for _, do := range calls {
				err := do(t.Context(), g.Client())
				said += fmt.Sprintf("%v | %+v | %#v\n", err, err, err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			said += fmt.Sprint(g.Run(ctx))
			if said += f.log.String(); strings.Contains(said, "CANARY") {
				t.Errorf("a canary sings: %s", said)
			}
			if g.State().Errors == 0 && name != "not JSON" {
				t.Error("nothing failed")
			}
		})
	}
}

// The same for the gateway, with a Discord that repeats what it was sent.
func TestNoCanaryOverTheGateway(t *testing.T) {
	t.Parallel()
	handled := make(chan struct{})
	f := newFake(t, func(p *peer) {
		m := p.ready(beat)
		p.send(`{"op":0,"s":2,"t":"INTERACTION_CREATE","d":{"id":"1","type":2,"token":"`+canaryRandom+`","user":{"id":"3"},"data":{"name":"ask"},"app_permissions":"%s"}}`, m.Data.Token)
		p.send(`{"op":0,"s":3,"t":"INTERACTION_CREATE","d":{"id":"1","type":2,"token":"` + canaryRandom + `","user":{"id":"3"},"data":{"name":"ask"}}}`)
		p.send(`{"op":0,"s":4,"t":"%s","d":{}}`, m.Data.Token)
		p.send(`{"op":10,"d":"%s"}`, m.Data.Token)
		p.stay()
	}, good)
	g := f.gateway(Handlers{Interaction: func(_ context.Context, i *discordgo.Interaction) {
		defer close(handled)
		panic(i.Token)
	}})
	running(t, g)
	receive(t, "an interaction", handled)
	eventually(t, "it came back", func() bool { s := g.State(); return s.Connected && s.Reconnects == 1 && s.Panics == 1 })
	if out := f.log.String(); strings.Contains(out, "CANARY") || !strings.Contains(out, "a handler panicked") {
		t.Error(out)
	}
}
