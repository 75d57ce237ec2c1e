package main

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// libraryMetrics are read from the library and the usage log when they are asked for.
type libraryMetrics struct {
	app       *app
	documents *slackDocuments
	// serving ends with what is served.
	serving context.Context //nolint:containedctx // Collect takes none
	// failures counts documents that could not be read since the start.
	failures atomic.Int64
}

// Describe implements prometheus.Collector.
func (m *libraryMetrics) Describe(to chan<- *prometheus.Desc) { prometheus.DescribeByCollect(m, to) }

// mostScrape is how long reading them may take.
const mostScrape = 5 * time.Second

// Collect implements prometheus.Collector. What cannot be read is left out.
func (m *libraryMetrics) Collect(to chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(m.serving, mostScrape)
	defer cancel()
	metric := func(name, help string, kind prometheus.ValueType, value float64, labels ...string) {
		var names, values []string
		for i := 0; i < len(labels); i += 2 {
			names, values = append(names, labels[i]), append(values, labels[i+1])
		}
		to <- prometheus.MustNewConstMetric(prometheus.NewDesc("docent_"+name, help, names, nil), kind, value, values...)
	}
	metric("ingest_failures_total", "Documents that could not be read.", prometheus.CounterValue, float64(m.failures.Load()))
	if stats, err := m.documents.library.Stats(ctx); err == nil {
		metric("documents", "Documents in the library.", prometheus.GaugeValue, float64(stats.Documents))
		metric("passages", "Passages in the library.", prometheus.GaugeValue, float64(stats.Passages))
	}
	if held, err := m.documents.Held(ctx); err == nil {
		lost := 0
		for _, h := range held {
			lost += h.Lost
		}
		metric("held_documents", "Documents that are gone from their sources and kept until somebody says that they are to go.", prometheus.GaugeValue, float64(lost))
	}
	if at, err := m.documents.Indexed(ctx); err == nil && !at.IsZero() {
		metric("index_age_seconds", "Time since a document was last read.", prometheus.GaugeValue, time.Since(at).Seconds())
	}
	totals, err := m.app.usageLog().Totals()
	if err != nil {
		return
	}
	for _, s := range m.documents.library.config.spending(totals) {
		const help = "Tokens of a model, by direction."
		metric("model_tokens_total", help, prometheus.CounterValue, float64(s.InputTokens), "model", s.Model, "direction", "in")
		metric("model_tokens_total", help, prometheus.CounterValue, float64(s.OutputTokens), "model", s.Model, "direction", "out")
		if s.Cost != nil {
			metric("model_cost_total", "What a model cost, by the prices of docent.yaml.", prometheus.CounterValue, *s.Cost, "model", s.Model, "currency", s.Currency)
		}
	}
}
