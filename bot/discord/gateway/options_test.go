package gateway

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	tests := []struct {
		in   Settings
		want string // of the error, or the API's address
	}{
		{Settings{Token: "a.b.c"}, DefaultAPIURL},
		{Settings{Token: " Bot a.b.c\n", APIURL: "http://127.0.0.1:8080/api/v10/"}, "http://127.0.0.1:8080/api/v10"},
		{Settings{}, "DISCORD_TOKEN is empty"},
		{Settings{Token: canaryToken + " x"}, "DISCORD_TOKEN holds a space"},
		{Settings{Token: canaryToken + "ё"}, "DISCORD_TOKEN holds a space"},
		{Settings{Token: "a", AppID: "On Record"}, `DISCORD_APP_ID is "On Record"`},
		{Settings{Token: "a", GuildID: "12x"}, `DISCORD_GUILD_ID is "12x"`},
		{Settings{Token: "a", APIURL: "discord.com"}, `DISCORD_API_URL is "discord.com"`},
		{Settings{Token: "a", APIURL: "ftp://discord.com"}, `DISCORD_API_URL is "ftp://discord.com"`},
		{Settings{Token: "a", APIURL: "https://"}, `DISCORD_API_URL is "https:"`},
	}
	for _, test := range tests {
		got, err := test.in.cleaned()
		if err != nil {
			if !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), "CANARY") {
				t.Errorf("%v: error %v, want %q", test.in, err, test.want)
			}
			continue
		}
		if got.APIURL != test.want || got.Token != "a.b.c" {
			t.Errorf("%v: API at %q", test.in, got.APIURL)
		}
	}
}

func TestTokenNeverPrints(t *testing.T) {
	t.Parallel()
	s := Settings{Token: canaryToken}
	encoded, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprint(s), fmt.Sprintf("%+v %#v %q %x %s", s, s, s.Token, s.Token, &s), string(encoded)} {
		if strings.Contains(text, "CANARY") || strings.Contains(text, fmt.Sprintf("%x", "CANARY")) {
			t.Error(text)
		}
	}
}

// The waits before connecting again: known to the nanosecond, for a known seed.
func TestBackoff(t *testing.T) {
	t.Parallel()
	a, b := newJitter(7), newJitter(7)
	ceiling := 2 * time.Minute
	for n := range 100 {
		got, again := a.backoff(n, time.Second, ceiling), b.backoff(n, time.Second, ceiling)
		if got != again {
			t.Fatalf("retry %d: %v, then %v", n, got, again)
		}
		whole := ceiling
		if n < 7 {
			whole = time.Second << n
		}
		if got < whole/2 || got > whole {
			t.Errorf("retry %d: %v, want %v to %v", n, got, whole/2, whole)
		}
	}
}

func TestSeenForgets(t *testing.T) {
	t.Parallel()
	s := newSeen[int](10)
	for n := range 1000 {
		if !s.add(n) {
			t.Fatalf("%d is new", n)
		}
		for back := range min(n, 10) {
			if s.add(n - back) {
				t.Fatalf("%d was seen %d ago", n-back, back)
			}
		}
		if s.size() > 20 {
			t.Fatalf("%d remembered", s.size())
		}
	}
	if s.has(900) {
		t.Error("nothing is forgotten")
	}
}

func TestGatewayAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"wss://gateway.discord.gg":          "wss://gateway.discord.gg/?encoding=json&v=10",
		"wss://gateway.discord.gg/":         "wss://gateway.discord.gg/?encoding=json&v=10",
		"ws://127.0.0.1:9/gateway?v=9&key=": "ws://127.0.0.1:9/gateway?encoding=json&key=&v=10",
	} {
		got, err := gatewayAddress(in, apiVersion(DefaultAPIURL))
		if err != nil || got != want {
			t.Errorf("%s: %s, %v", in, got, err)
		}
	}
	for in, want := range map[string]string{"http://127.0.0.1:9/api/v11": "11", "http://127.0.0.1:9": "10", "http://127.0.0.1/v": "10"} {
		if got := apiVersion(in); got != want {
			t.Errorf("%s: version %s, want %s", in, got, want)
		}
	}
}
