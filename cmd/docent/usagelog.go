package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"docent/rag"
)

// usageLog keeps what models were asked, a line a call, in a file of the user's
// data folder: every process adds to it, and docent status sums it up. Without
// a path nothing is kept.
type usageLog struct {
	path string
	log  *slog.Logger
}

// usageRecord is a line of the log.
type usageRecord struct {
	Time         time.Time `json:"time"`
	Model        string    `json:"model"`
	InputTokens  int       `json:"input_tokens"`
	CachedTokens int       `json:"cached_tokens,omitempty"`
	OutputTokens int       `json:"output_tokens"`
}

func (a *app) usageLog() usageLog {
	dir, err := dataDir(runtime.GOOS, a.getenv)
	if err != nil {
		return usageLog{log: a.log}
	}
	return usageLog{path: filepath.Join(dir, "docent", "usage.jsonl"), log: a.log}
}

// recorder returns what adds the calls of a model. That one could not be written
// down stops nobody.
func (l usageLog) recorder(model string) func(rag.Usage) {
	return func(u rag.Usage) {
		c := usageRecord{
			Time: time.Now().UTC().Truncate(time.Second), Model: model,
			InputTokens: u.InputTokens, CachedTokens: u.CachedTokens, OutputTokens: u.OutputTokens,
		}
		if err := l.append(c); err != nil {
			l.log.Warn("what a model used is not kept", "error", err)
		}
	}
}

// append adds a line with one write, as others may do at the same time.
func (l usageLog) append(c usageRecord) error {
	if l.path == "" {
		return nil
	}
	line, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(l.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(append(line, '\n'))
	return errors.Join(err, f.Close())
}

// totals sums up by model. A line that a crash cut short is passed over.
func (l usageLog) totals() (map[string]spentJSON, error) {
	totals := make(map[string]spentJSON)
	f, err := os.Open(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		return totals, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read what was spent: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		var c usageRecord
		if json.Unmarshal(lines.Bytes(), &c) != nil || c.Model == "" {
			continue
		}
		t := totals[c.Model]
		t.Calls++
		t.InputTokens += c.InputTokens
		t.CachedTokens += c.CachedTokens
		t.OutputTokens += c.OutputTokens
		totals[c.Model] = t
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read what was spent in %s: %w", l.path, err)
	}
	return totals, nil
}
