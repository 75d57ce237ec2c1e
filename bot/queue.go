package bot

import (
	"context"
	"sync"
)

// keyedQueue is a bounded queue of tasks. Tasks of one key run one after the
// other, in the order they came; others run in parallel.
type keyedQueue struct {
	limit int

	mu      sync.Mutex
	waiting map[string][]task // the first of each is running or ready
	count   int
	closed  bool
	ready   chan string
	empty   chan struct{} // closed when closed is set and count is 0
}

type task func(ctx context.Context)

func newKeyedQueue(limit int) *keyedQueue {
	return &keyedQueue{limit: limit, waiting: make(map[string][]task), ready: make(chan string, limit), empty: make(chan struct{})}
}

// push adds a task, or returns false if the queue is full or closed.
func (l *keyedQueue) push(key string, t task) bool {
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

// run is one worker: it runs tasks until the context ends or the queue is
// closed and empty.
func (l *keyedQueue) run(ctx context.Context) {
	for {
		select {
		case key := <-l.ready:
			l.head(key)(ctx)
			l.pop(key)
		case <-l.empty:
			return
		case <-ctx.Done():
			return
		}
	}
}

func (l *keyedQueue) head(key string) task {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.waiting[key][0]
}

func (l *keyedQueue) pop(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count--
	if rest := l.waiting[key][1:]; len(rest) > 0 {
		l.waiting[key] = rest
		l.ready <- key
	} else {
		delete(l.waiting, key)
	}
	l.closeIfEmpty()
}

// close takes no more tasks; empty is closed once those that wait are done.
func (l *keyedQueue) close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.closed = true
		l.closeIfEmpty()
	}
}

func (l *keyedQueue) closeIfEmpty() {
	if l.closed && l.count == 0 {
		close(l.empty)
	}
}

// busy reports whether tasks of the key run or wait.
func (l *keyedQueue) busy(key string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.waiting[key]) > 0
}

func (l *keyedQueue) depth() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.count
}
