package gateway

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"
)

// This file counts what is left behind by 100,000 interactions.

// roundTrip is a transport without a network.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// After 100,000 interactions no more memory is held than after 50,000.
func TestMemoryStaysFlat(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 100,000 calls")
	}
	g, err := New(Options{Settings: Settings{Token: canaryToken, AppID: "77"}})
	if err != nil {
		t.Fatal(err)
	}
	header := http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset-After": {"0.02"}}
	g.client.http.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: 200, Header: header, Body: io.NopCloser(strings.NewReader(`{"id":"1"}`)), Request: r}, nil
	})
	answer(t, g, 0, 50_000)
	half := heap()
	answer(t, g, 50_000, 100_000)
	const slack = 4 << 20 // bytes; what 50,000 interactions leave behind elsewhere is more than twice that
	if whole := heap(); whole > half+slack {
		t.Errorf("%d bytes in use after the first half, %d after the second", half, whole)
	}
	if n := g.client.limits.size(); n > 20_000 {
		t.Errorf("%d rate limits remembered", n)
	}
	if n := g.secrets.recent.size(); n > 2*recentTokens {
		t.Errorf("%d tokens remembered", n)
	}
}

// answer answers interactions of these numbers.
func answer(t *testing.T, g *Gateway, from, to int) {
	t.Helper()
	for n := from; n < to; n++ {
		i := &discordgo.Interaction{ID: fmt.Sprint(n), Token: fmt.Sprintf("token-of-interaction-%d", n)}
		g.events.interaction(&discordgo.InteractionCreate{Interaction: i})
		if _, err := g.client.Edit(t.Context(), i, content("Yes.")); err != nil {
			t.Fatal(err)
		}
	}
}

func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
