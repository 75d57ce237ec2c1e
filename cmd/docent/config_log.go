package main

import (
	"fmt"
	"log/slog"
)

// logConfig is log: in docent.yaml.
type logConfig struct {
	Format string `yaml:"format" enum:"text,json" doc:"text, or one JSON object a line."`
	Level  string `yaml:"level" enum:"debug,info,warn,error" doc:"The least that is written: debug, info, warn or error."`
}

func (c logConfig) check() error {
	if c.Format != "" && c.Format != "text" && c.Format != "json" {
		return fmt.Errorf("log: format is text or json, not %q", c.Format)
	}
	if err := new(slog.Level).UnmarshalText([]byte(c.Level)); c.Level != "" && err != nil {
		return fmt.Errorf("log: level is debug, info, warn or error, not %q", c.Level)
	}
	return nil
}

// logger writes what is configured, or else from a level on; --verbose goes before
// both.
func (a *app) logger(c logConfig, level slog.Level) *slog.Logger {
	if c.Level != "" {
		_ = level.UnmarshalText([]byte(c.Level)) // checked when it was read
	}
	if a.verbose {
		level = slog.LevelDebug
	}
	options := &slog.HandlerOptions{Level: level}
	if c.Format == "json" {
		return slog.New(slog.NewJSONHandler(a.stderr, options))
	}
	return slog.New(slog.NewTextHandler(a.stderr, options))
}
