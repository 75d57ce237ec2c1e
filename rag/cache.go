package rag

import (
	"container/list"
	"sync"
)

// Cache keeps what a model wrote, so that the same question over the same
// evidence costs nothing a second time. A key holds all that an answer depends
// on: question, audience, evidence, model and prompt version. What was not used
// for longest goes first. It may be used by several goroutines; a nil one keeps
// nothing.
type Cache struct {
	mu      sync.Mutex
	size    int
	entries map[string]*list.Element
	used    *list.List // most recently first
}

type cached struct {
	key   string
	value any
}

// defaultCacheSize is some megabytes of answers.
const defaultCacheSize = 1000

// NewCache returns a cache of so many answers and rewritten questions; 0 means
// 1,000.
func NewCache(size int) *Cache {
	if size <= 0 {
		size = defaultCacheSize
	}
	return &Cache{size: size, entries: make(map[string]*list.Element), used: list.New()}
}

// Get returns what was kept; what it shares memory with is not to be changed.
func (c *Cache) Get(key string) (any, bool) {
	if c == nil {
		return nil, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.entries[key]
	if !ok {
		return nil, false
	}
	c.used.MoveToFront(e)
	return e.Value.(cached).value, true
}

// Put keeps a value in place of what goes first when the cache is full.
func (c *Cache) Put(key string, value any) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[key]; ok {
		e.Value = cached{key, value}
		c.used.MoveToFront(e)
		return
	}
	c.entries[key] = c.used.PushFront(cached{key, value})
	if c.used.Len() > c.size {
		oldest := c.used.Back()
		delete(c.entries, oldest.Value.(cached).key)
		c.used.Remove(oldest)
	}
}
