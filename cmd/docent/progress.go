package main

import (
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows on a terminal how far an ingest is, and nothing anywhere
// else. It is gone when the work is done.
type progress struct {
	w   io.Writer
	bar *progressbar.ProgressBar
}

// progressTo returns nil where nobody would see it.
func (a *app) progressTo() *progress {
	if a.json || width(a.stderr) == 0 {
		return nil
	}
	return &progress{w: a.stderr}
}

// show is set for files that are read.
func (p *progress) show(done, total int) { p.set(done, total, "reading") }

func (p *progress) set(done, total int, what string) {
	if p == nil || total == 0 {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions(total,
			progressbar.OptionSetWriter(p.w),
			progressbar.OptionSetDescription(what),
			progressbar.OptionSetWidth(30),
			progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond),
			progressbar.OptionClearOnFinish(),
		)
	}
	if p.bar.GetMax() != total {
		p.bar.ChangeMax(total)
	}
	_ = p.bar.Set(done) // a bar that cannot be drawn stops no work
}

func (p *progress) done() {
	if p == nil || p.bar == nil {
		return
	}
	_ = p.bar.Clear()
	p.bar = nil
}
