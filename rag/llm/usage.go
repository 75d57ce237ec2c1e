package llm

import (
	"sync"

	"docent/rag"
)

// Totals count the calls of a model since it was opened.
type Totals struct {
	Calls, Failed int
	Usage         rag.Usage
}

// meter keeps totals.
type meter struct {
	mu     sync.Mutex
	totals Totals
}

func (m *meter) count(u rag.Usage, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.totals.Calls++
	if err != nil {
		m.totals.Failed++
	}
	m.totals.Usage.Add(u)
}

func (m *meter) now() Totals {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.totals
}
