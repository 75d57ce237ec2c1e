package slacktest

import (
	"slices"
	"sync"
	"time"
)

// Clock tells the workspace the time: ages of triggers and streams, deadlines
// of acknowledgements, rate limits.
type Clock interface {
	Now() time.Time
	// AfterFunc calls f once when d has passed, unless stop is called before.
	AfterFunc(d time.Duration, f func()) (stop func())
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (systemClock) AfterFunc(d time.Duration, f func()) func() {
	t := time.AfterFunc(d, f)
	return func() { t.Stop() }
}

// FakeClock is a Clock that stands still until it is advanced.
type FakeClock struct {
	mu     sync.Mutex
	now    time.Time
	timers []*fakeTimer
}

type fakeTimer struct {
	at time.Time
	f  func()
}

// NewFakeClock returns a clock that shows t.
func NewFakeClock(t time.Time) *FakeClock { return &FakeClock{now: t} }

// Now returns the time that the clock shows.
func (c *FakeClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// AfterFunc has f called by the Advance that passes d.
func (c *FakeClock) AfterFunc(d time.Duration, f func()) func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &fakeTimer{at: c.now.Add(d), f: f}
	c.timers = append(c.timers, t)
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.timers = slices.DeleteFunc(c.timers, func(other *fakeTimer) bool { return other == t })
	}
}

// Advance moves the clock on and calls what falls due on the way, in the order
// of time, each at its own time.
func (c *FakeClock) Advance(d time.Duration) {
	c.mu.Lock()
	end := c.now.Add(d)
	c.mu.Unlock()
	for {
		f := c.due(end)
		if f == nil {
			return
		}
		f()
	}
}

// due takes the next timer up to end and moves the clock to it; without one it
// moves the clock to end.
func (c *FakeClock) due(end time.Time) func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	var next *fakeTimer
	for _, t := range c.timers {
		if !t.at.After(end) && (next == nil || t.at.Before(next.at)) {
			next = t
		}
	}
	if next == nil {
		c.now = end
		return nil
	}
	c.timers = slices.DeleteFunc(c.timers, func(t *fakeTimer) bool { return t == next })
	if next.at.After(c.now) {
		c.now = next.at
	}
	return next.f
}
