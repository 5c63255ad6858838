package discord

import (
	"context"
	"net/http"
	"strings"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"onrecord/index"
)

// Handler is the HTTP side: /healthz tells that the program is alive, /readyz
// that it is connected and has an index, /metrics its figures.
func (b *Bot) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { say(w, http.StatusOK, "alive") })
	mux.HandleFunc("GET /readyz", b.ready)
	mux.Handle("GET /metrics", promhttp.HandlerFor(b.metrics.registry, promhttp.HandlerOpts{}))
	return mux
}

func (b *Bot) ready(w http.ResponseWriter, _ *http.Request) {
	var lacks []string
	if !b.gateway.State().Connected {
		lacks = append(lacks, "not connected to Discord")
	}
	if !b.archive.Ready() {
		lacks = append(lacks, "no index yet")
	}
	if lacks != nil {
		say(w, http.StatusServiceUnavailable, strings.Join(lacks, ", "))
		return
	}
	say(w, http.StatusOK, "ready")
}

func say(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text + "\n")) // who asked is gone, if that fails
}

// size is what the index holds, nothing where there is none.
func (b *Bot) size() index.Size {
	size, err := b.archive.Size(context.Background())
	if err != nil {
		return index.Size{}
	}
	return size
}
