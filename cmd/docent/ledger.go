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

// ledger keeps what models were asked, a line a call, in a file of the user's
// data folder: every process adds to it, and docent status sums it up. Without
// a path nothing is kept.
type ledger struct {
	path string
	log  *slog.Logger
}

// call is a line of the ledger.
type call struct {
	Time         time.Time `json:"time"`
	Model        string    `json:"model"`
	InputTokens  int       `json:"input_tokens"`
	CachedTokens int       `json:"cached_tokens,omitempty"`
	OutputTokens int       `json:"output_tokens"`
}

func (a *app) ledger() ledger {
	dir, err := dataDir(runtime.GOOS, a.getenv)
	if err != nil {
		return ledger{log: a.log}
	}
	return ledger{path: filepath.Join(dir, "docent", "usage.jsonl"), log: a.log}
}

// entry returns what adds the calls of a model. That one could not be written
// down stops nobody.
func (l ledger) entry(model string) func(rag.Usage) {
	return func(u rag.Usage) {
		c := call{
			Time: time.Now().UTC().Truncate(time.Second), Model: model,
			InputTokens: u.InputTokens, CachedTokens: u.CachedTokens, OutputTokens: u.OutputTokens,
		}
		if err := l.add(c); err != nil {
			l.log.Warn("what a model used is not kept", "error", err)
		}
	}
}

// add appends a line with one write, as others may do at the same time.
func (l ledger) add(c call) error {
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
func (l ledger) totals() (map[string]spentJSON, error) {
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
		var c call
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
