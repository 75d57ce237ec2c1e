package llm

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"sync"
	"time"

	"docent/rag"
)

// UsageLog keeps what models were asked, a line a call, in a file that every
// process adds to. Neither questions nor answers are written there. Without a
// path nothing is kept.
type UsageLog struct {
	Path string
	// Log is for operators; it must be set.
	Log *slog.Logger
}

// UsageTotals are what was asked of a model.
type UsageTotals struct {
	Calls int
	Usage rag.Usage
}

// usageRecord is a line of the log.
type usageRecord struct {
	Time         time.Time `json:"time"`
	Model        string    `json:"model"`
	InputTokens  int       `json:"input_tokens"`
	CachedTokens int       `json:"cached_tokens,omitempty"`
	OutputTokens int       `json:"output_tokens"`
	// Documents are those that the model was shown something of; such a line is no
	// call's.
	Documents []rag.DocumentID `json:"documents,omitempty"`
}

// Recorder returns what writes down the calls of a model, as Config.Spent. That
// one could not be written down stops nobody.
func (l UsageLog) Recorder(model string) func(rag.Usage) {
	return func(u rag.Usage) {
		l.keep(usageRecord{Model: model, InputTokens: u.InputTokens, CachedTokens: u.CachedTokens, OutputTokens: u.OutputTokens})
	}
}

// Sent returns what writes down of which documents a model is shown something, before
// it is.
func (l UsageLog) Sent(model string) func([]rag.DocumentID) {
	return func(documents []rag.DocumentID) { l.keep(usageRecord{Model: model, Documents: documents}) }
}

func (l UsageLog) keep(r usageRecord) {
	r.Time = time.Now().UTC().Truncate(time.Second)
	if err := l.append(r); err != nil {
		l.Log.Warn("what a model used or was shown is not kept", "error", err)
	}
}

// append adds a line with one write, as others may do at the same time.
func (l UsageLog) append(r usageRecord) error {
	if l.Path == "" {
		return nil
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(l.Path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(l.Path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Close())
}

// Totals sums up by model. A line that a crash cut short is passed over.
func (l UsageLog) Totals() (map[string]UsageTotals, error) {
	totals := make(map[string]UsageTotals)
	_, err := l.add(totals, 0, time.Time{})
	return totals, err
}

// add sums up the lines behind an offset that were written since a time, and returns
// the offset behind the last of them.
func (l UsageLog) add(totals map[string]UsageTotals, from int64, since time.Time) (to int64, err error) {
	f, err := os.Open(l.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return from, nil
	}
	if err != nil {
		return from, fmt.Errorf("read what was spent: %w", err)
	}
	defer f.Close()
	lines := bufio.NewReader(io.NewSectionReader(f, from, math.MaxInt64-from))
	for {
		line, err := lines.ReadBytes('\n')
		switch {
		case errors.Is(err, io.EOF):
			return from, nil
		case err != nil:
			return from, fmt.Errorf("read what was spent in %s: %w", l.Path, err)
		}
		from += int64(len(line))
		var r usageRecord
		if json.Unmarshal(line, &r) != nil || r.Model == "" || r.Documents != nil || r.Time.Before(since) {
			continue
		}
		t := totals[r.Model]
		t.Calls++
		t.Usage.Add(rag.Usage{InputTokens: r.InputTokens, CachedTokens: r.CachedTokens, OutputTokens: r.OutputTokens})
		totals[r.Model] = t
	}
}

// Day follows what a UsageLog has of the day, as processes add to it. It may be used by
// several goroutines.
type Day struct {
	Log UsageLog

	mu     sync.Mutex
	began  time.Time
	read   int64
	totals map[string]UsageTotals
}

// Spent is what a model was asked since midnight, by the clock of the machine.
func (d *Day) Spent(model string) (rag.Usage, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	year, month, day := time.Now().Date()
	if began := time.Date(year, month, day, 0, 0, 0, 0, time.Local); !began.Equal(d.began) {
		d.began, d.totals = began, make(map[string]UsageTotals)
	}
	var err error
	d.read, err = d.Log.add(d.totals, d.read, d.began)
	return d.totals[model].Usage, err
}
