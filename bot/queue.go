package bot

import (
	"context"
	"sync"
)

// lanes run tasks by a bounded number of workers, and those of one key one
// after the other in the order they came.
type lanes struct {
	limit int

	mu      sync.Mutex
	waiting map[string][]task // the first of each is running or ready
	count   int
	closed  bool
	ready   chan string
	idle    chan struct{} // closed when closed is set and count is 0
}

type task func(ctx context.Context)

func newLanes(limit int) *lanes {
	return &lanes{limit: limit, waiting: make(map[string][]task), ready: make(chan string, limit), idle: make(chan struct{})}
}

// put takes a task, or reports that too many wait or that no more are taken.
func (l *lanes) put(key string, t task) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.count >= l.limit {
		return false
	}
	l.count++
	l.waiting[key] = append(l.waiting[key], t)
	if len(l.waiting[key]) == 1 {
		l.ready <- key // there is room: no more keys than tasks
	}
	return true
}

// work does tasks until the context ends or, after close, none is left.
func (l *lanes) work(ctx context.Context) {
	for {
		select {
		case key := <-l.ready:
			l.first(key)(ctx)
			l.done(key)
		case <-l.idle:
			return
		case <-ctx.Done():
			return
		}
	}
}

func (l *lanes) first(key string) task {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waiting[key][0]
}

func (l *lanes) done(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count--
	if rest := l.waiting[key][1:]; len(rest) > 0 {
		l.waiting[key] = rest
		l.ready <- key
	} else {
		delete(l.waiting, key)
	}
	l.settle()
}

// close takes no more tasks; idle is closed once those that wait are done.
func (l *lanes) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.closed = true
		l.settle()
	}
}

func (l *lanes) settle() {
	if l.closed && l.count == 0 {
		close(l.idle)
	}
}

// busy reports whether tasks of the key run or wait.
func (l *lanes) busy(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.waiting[key]) > 0
}

func (l *lanes) depth() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.count
}
