package slacktest

import (
	"math"
	"time"
)

// bucket holds tokens that come back with time.
type bucket struct {
	tokens float64
	at     time.Time
}

// channelBurst is how many messages a channel takes at once; after that it is
// one a second.
const channelBurst = 3

// limited counts a call against its method's tier, and a message against its
// channel. It returns the seconds to wait, 0 for none.
func (w *Workspace) limited(c Call, m method) int {
	if !w.options.RateLimits {
		return 0
	}
	if wait := w.take(c.Method, float64(m.perMin), float64(m.perMin)/60); wait > 0 {
		return wait
	}
	if c.Method == "chat.postMessage" {
		return w.take("channel "+c.Args["channel"], channelBurst, 1)
	}
	return 0
}

// take takes a token from a bucket of a size that fills at a rate per second.
func (w *Workspace) take(name string, size, rate float64) int {
	now := w.now()
	b := w.buckets[name]
	if b == nil {
		b = &bucket{tokens: size, at: now}
		w.buckets[name] = b
	}
	b.tokens = min(size, b.tokens+now.Sub(b.at).Seconds()*rate)
	b.at = now
	if b.tokens >= 1 {
		b.tokens--
		return 0
	}
	return max(1, int(math.Ceil((1-b.tokens)/rate)))
}
