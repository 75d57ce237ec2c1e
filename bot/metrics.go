package bot

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"docent/rag"
)

// metrics are the bot's, in a registry of its own.
type metrics struct {
	registry   *prometheus.Registry
	deliveries *prometheus.CounterVec
	questions  *prometheus.CounterVec
	seconds    *prometheus.HistogramVec
	denials    *prometheus.CounterVec
	problems   *prometheus.CounterVec
	refusals   *prometheus.CounterVec
	greetings  prometheus.Counter
	feedback   *prometheus.CounterVec
	dropped    prometheus.Counter
}

func newMetrics(b *Bot) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "docent", Name: name, Help: help}, labels)
	}
	m := &metrics{
		registry:   prometheus.NewRegistry(),
		deliveries: counter("deliveries_total", "What Slack delivered: new, again (seen before) or ignored.", "kind", "fate"),
		questions:  counter("questions_total", "Questions that were answered or refused.", "surface", "status"),
		denials:    counter("denials_total", "Questions that were not looked up, by why.", "reason"),
		problems:   counter("problems_total", "What went wrong and was dealt with.", "problem"),
		refusals:   counter("slack_refusals_total", "Calls of the Web API that Slack did not do.", "method", "code"),
		feedback:   counter("feedback_total", "Ratings of answers.", "rating"),
		dropped:    prometheus.NewCounter(prometheus.CounterOpts{Namespace: "docent", Name: "dropped_claims_total", Help: "Claims of a model that were left out or mended."}),
		greetings:  prometheus.NewCounter(prometheus.CounterOpts{Namespace: "docent", Name: "sockets_opened_total", Help: "Connections of Socket Mode that Slack greeted."}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "docent", Name: "answer_seconds",
			Help: "Time from the start of work on a question to its last message.", Buckets: []float64{.05, .1, .2, .4, .8, 1.5, 3, 6, 15, 60, 300}}, []string{"surface"}),
	}
	gauge := func(name, help string, value func() float64) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "docent", Name: name, Help: help}, value)
	}
	m.registry.MustRegister(m.deliveries, m.questions, m.seconds, m.denials, m.problems, m.refusals, m.greetings, m.feedback, m.dropped,
		gauge("sockets", "Connections of Socket Mode that are up.", func() float64 { return float64(b.sockets.live.Load()) }),
		gauge("queue", "Deliveries that are being done or wait in memory.", func() float64 { return float64(b.queue.depth()) }))
	if b.opts.Metrics != nil {
		m.registry.MustRegister(b.opts.Metrics)
	}
	return m
}

func (m *metrics) received(kind, fate string)      { m.deliveries.WithLabelValues(kind, fate).Inc() }
func (m *metrics) denied(why denial)               { m.denials.WithLabelValues(string(why)).Inc() }
func (m *metrics) problem(what string)             { m.problems.WithLabelValues(what).Inc() }
func (m *metrics) connected()                      { m.greetings.Inc() }
func (m *metrics) callRefused(method, code string) { m.refusals.WithLabelValues(method, code).Inc() }
func (m *metrics) rated(rating string)             { m.feedback.WithLabelValues(rating).Inc() }
func (m *metrics) answered(surface string, a rag.Answer, took time.Duration) {
	m.questions.WithLabelValues(surface, string(a.Status)).Inc()
	m.dropped.Add(float64(len(a.Dropped)))
	m.seconds.WithLabelValues(surface).Observe(took.Seconds())
}
