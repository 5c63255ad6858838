package discord

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"onrecord/bot"
	"onrecord/bot/discord/gateway"
)

// metrics are the figures for Prometheus, of one bot.
type metrics struct {
	registry  *prometheus.Registry
	questions *prometheus.CounterVec // by kind and outcome
	first     prometheus.Histogram   // seconds to the first reaction
	full      prometheus.Histogram   // seconds to the answer
	failures  prometheus.Counter
	refused   prometheus.Counter
	reports   prometheus.Counter
}

// seconds are the borders of the histograms: Discord's three seconds and what is
// pleasant below.
var seconds = []float64{.025, .05, .1, .15, .25, .5, 1, 2, 3, 5, 10, 30}

func newMetrics(b *Bot) *metrics {
	m := &metrics{
		registry:  prometheus.NewRegistry(),
		questions: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "onrecord_questions_total", Help: "Questions answered, by kind and outcome."}, []string{"kind", "outcome"}),
		first:     prometheus.NewHistogram(prometheus.HistogramOpts{Name: "onrecord_first_reaction_seconds", Help: "From an event to the first reaction.", Buckets: seconds}),
		full:      prometheus.NewHistogram(prometheus.HistogramOpts{Name: "onrecord_answer_seconds", Help: "From an event to the whole answer.", Buckets: seconds}),
		failures:  prometheus.NewCounter(prometheus.CounterOpts{Name: "onrecord_failures_total", Help: "Answers that failed or did not reach Discord."}),
		refused:   prometheus.NewCounter(prometheus.CounterOpts{Name: "onrecord_limited_total", Help: "Questions over the limits."}),
		reports:   prometheus.NewCounter(prometheus.CounterOpts{Name: "onrecord_reports_total", Help: "Answers that a reader called wrong."}),
	}
	m.registry.MustRegister(m.questions, m.first, m.full, m.failures, m.refused, m.reports,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.gauges(b)
	return m
}

// gauges and the gateway's own counts are read when they are asked for.
func (m *metrics) gauges(b *Bot) {
	count := func(name, help string, value func(gateway.State) int64) {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, func() float64 { return float64(value(b.gateway.State())) }))
	}
	count("onrecord_gateway_reconnects_total", "Attempts to connect again.", func(s gateway.State) int64 { return s.Reconnects })
	count("onrecord_gateway_busy_total", "Events answered with a word that all are busy.", func(s gateway.State) int64 { return s.Busy })
	count("onrecord_gateway_dropped_total", "Events dropped without an answer.", func(s gateway.State) int64 { return s.Dropped })
	count("onrecord_rest_errors_total", "Calls to Discord that failed in the end.", func(s gateway.State) int64 { return s.Errors })
	gauge := func(name, help string, value func() float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
	}
	gauge("onrecord_gateway_connected", "1 while every shard is connected.", func() float64 {
		if b.gateway.State().Connected {
			return 1
		}
		return 0
	})
	gauge("onrecord_gateway_heartbeat_seconds", "How long Discord took to answer the last heartbeat.", func() float64 { return b.gateway.State().Latency.Seconds() })
	gauge("onrecord_index_articles", "Articles in the index.", func() float64 { return float64(b.size().Articles) })
	gauge("onrecord_index_passages", "Passages in the index.", func() float64 { return float64(b.size().Passages) })
	gauge("onrecord_index_bytes", "The index on disk.", func() float64 { return float64(b.size().Bytes) })
	gauge("onrecord_index_age_seconds", "Since the index last changed.", func() float64 {
		if at := b.size().Written; !at.IsZero() {
			return time.Since(at).Seconds()
		}
		return 0
	})
}

// asked counts an answer.
func (m *metrics) asked(a *bot.Answer) {
	outcome := "found"
	switch {
	case a.Intent == bot.Clarify:
		outcome = "unclear"
	case !a.Found:
		outcome = "nothing"
	}
	m.questions.WithLabelValues(string(a.Intent), outcome).Inc()
}

func (m *metrics) reacted(began time.Time)  { m.first.Observe(time.Since(began).Seconds()) }
func (m *metrics) answered(began time.Time) { m.full.Observe(time.Since(began).Seconds()) }
func (m *metrics) failed()                  { m.failures.Inc() }
func (m *metrics) limited()                 { m.refused.Inc() }
func (m *metrics) reported()                { m.reports.Inc() }
