package bot_test

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"docent/bot/slacktest"
)

// fastClock is a fake clock as the bot waits by it.
type fastClock struct{ *slacktest.FakeClock }

func (c fastClock) Wait(ctx context.Context, d time.Duration) error {
	over := make(chan struct{})
	stop := c.AfterFunc(d, func() { close(over) })
	defer stop()
	select {
	case <-over:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// run moves the clock on, ten seconds a millisecond or as fast as the machine
// is, until ctx ends.
func (c fastClock) run(ctx context.Context) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			c.Advance(10 * time.Second)
		case <-ctx.Done():
			return
		}
	}
}

// start runs the clock until stop.
func (c fastClock) start(t *testing.T) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ran := make(chan struct{})
	go func() {
		defer close(ran)
		c.run(ctx)
	}()
	return func() { cancel(); <-ran }
}

// TestDay lives through as many hours as DOCENT_HOURS says (3 without) of
// reconnects and questions, and needs no more at the end than at the start.
func TestDay(t *testing.T) {
	hours := 3
	if n, err := strconv.Atoi(os.Getenv("DOCENT_HOURS")); err == nil {
		hours = n
	}
	clock := fastClock{slacktest.NewFakeClock(time.Now())}
	o := newOffice(t, slacktest.Options{Clock: clock.FakeClock, AckDeadline: time.Hour}, echo)
	o.options.Clock = clock
	defer clock.start(t)()
	o.start()
	live := func(hour int) {
		until := clock.Now().Add(time.Hour)
		for n := 0; clock.Now().Before(until); n++ {
			switch n % 4 {
			case 0:
				o.Sockets().Drop()
			case 1:
				o.Sockets().Disconnect("refresh_requested")
			case 2:
				o.Sockets().DropAll()
			}
			asked := o.mention(o.channel, o.member, fmt.Sprintf("question %d of hour %d?", n, hour))
			o.wait("an answer", func(s *slacktest.State) bool { return len(own(s, o.channel, asked.TS)) == 1 })
			if err := clock.Wait(t.Context(), 10*time.Minute); err != nil {
				t.Fatal(err)
			}
		}
		o.wait("both connections", func(s *slacktest.State) bool { return s.Sockets() == 2 })
		o.idle()
	}
	live(0)
	goroutines, heap := resourceUse()
	for hour := 1; hour < hours; hour++ {
		live(hour)
	}
	endGoroutines, endHeap := resourceUse()
	t.Logf("%d hours: goroutines %d to %d, heap %d to %d KiB, %d connections", hours, goroutines, endGoroutines, heap>>10, endHeap>>10, o.Sockets().Opened())
	if endGoroutines > goroutines+10 {
		t.Errorf("goroutines grew from %d to %d", goroutines, endGoroutines)
	}
	// The workspace keeps its messages and calls, in the same process.
	if endHeap > heap+8<<20 {
		t.Errorf("the heap grew from %d to %d bytes", heap, endHeap)
	}
}

func resourceUse() (goroutines int, heap uint64) {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return runtime.NumGoroutine(), m.HeapAlloc
}
