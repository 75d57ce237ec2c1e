package main

import (
	"cmp"
	"reflect"
	"time"

	"docent/bot"
	"docent/ingest/read"
	"docent/ingest/read/sandbox"
	"docent/rag/answer"
	"docent/rag/embed"
	"docent/rag/library"
	"docent/rag/llm"
)

// defaults is what holds where docent.yaml says nothing, but for what depends on
// the provider of a model or on the user's folders.
func defaults() config {
	threshold, yes, keep := answer.DefaultThreshold, true, library.DefaultKeepRemoved
	return config{
		KeepRemoved: &keep,
		Read: readConfig{
			OCR: "auto", Memory: sandbox.DefaultMemory, Time: sandbox.DefaultTime, Text: read.DefaultDocument, File: read.DefaultFile,
			Pages: read.DefaultPages, Links: "below", Keep: &yes,
		},
		Answer: answerConfig{Threshold: &threshold, Rounds: answer.DefaultRounds, Time: answer.DefaultTime},
		Log:    logConfig{Format: "text", Level: "info"},
		Slack:  slackConfig{Adding: &yes, File: bot.DefaultMaxUpload, Keep: bot.DefaultRetention},
	}
}

// effective is the configuration with its defaults filled in. What flags and the
// environment say goes before it, and is noted.
func (a *app) effective(c config, from origins) (_ config, err error) {
	fill(reflect.ValueOf(&c).Elem(), reflect.ValueOf(defaults()))
	switch {
	case a.library != "":
		from["library"] = "--library"
	case a.getenv("DOCENT_LIBRARY") != "":
		from["library"] = "DOCENT_LIBRARY"
	}
	if c.Library, err = a.libraryPath(c); err != nil {
		return c, err
	}
	c.Slack.Folder = besideLibrary(c.Library, c.Slack.Folder, "-slack-files")
	c.Slack.State = besideLibrary(c.Library, c.Slack.State, "-slack.db")
	a.fillProvider("model", &c.Model.providerConfig, 0, 0, from)
	if c.Model.Provider != "" {
		c.Model.Judge = cmp.Or(c.Model.Judge, "auto")
	}
	a.fillProvider("embedder", &c.Embedder.providerConfig, 0, 0, from)
	a.fillProvider("rerank", &c.Rerank, llm.RerankTimeout, llm.RerankAttempts, from)
	if c.Embedder.URL != "" {
		c.Embedder.Batch = cmp.Or(c.Embedder.Batch, embed.DefaultBatch)
	}
	return c, nil
}

// fillProvider fills in the provider's defaults, but for a part that names none
// and a model in a folder.
func (a *app) fillProvider(part string, c *providerConfig, timeout time.Duration, attempts int, from origins) {
	preset, err := llm.FindPreset(c.Provider)
	if err != nil {
		return
	}
	usual := preset.Defaults()
	c.Timeout, c.Silence = cmp.Or(c.Timeout, timeout, usual.Timeout), cmp.Or(c.Silence, usual.Silence)
	c.Attempts, c.Concurrency = cmp.Or(c.Attempts, attempts, usual.Attempts), cmp.Or(c.Concurrency, usual.Concurrency)
	said, variable := a.address(*c, preset)
	if said != "" && variable != "" {
		from[part+".url"] = variable
	}
	if c.URL, err = preset.Address(said); err != nil {
		a.warn("%s: %v", part, err) // the error holds nothing of the address, which may hold a key
	}
}

// fill sets what is zero in a struct to what it is in another.
func fill(to, from reflect.Value) {
	for i := range to.NumField() {
		switch f := to.Field(i); {
		case f.Kind() == reflect.Struct:
			fill(f, from.Field(i))
		case f.CanSet() && f.IsZero():
			f.Set(from.Field(i))
		}
	}
}
