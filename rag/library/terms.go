package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
)

// termCache remembers the numbers of terms. They are never changed or reused,
// so that what was committed once holds for good.
type termCache struct {
	ids map[string]int64
	// pending were numbered by the transaction under way.
	pending map[string]int64
}

// cachedTerms bounds the memory of a long ingest, at about 100 bytes a term.
const cachedTerms = 500_000

func newTermCache() termCache {
	return termCache{ids: make(map[string]int64), pending: make(map[string]int64)}
}

// termID returns the number of a term, giving it one when it is new.
func (w *writer) termID(ctx context.Context, text string) (int64, error) {
	c := &w.terms
	if id, ok := c.ids[text]; ok {
		return id, nil
	}
	if id, ok := c.pending[text]; ok {
		return id, nil
	}
	var id int64
	err := w.get(ctx, `SELECT id FROM terms WHERE text = ?`, []any{text}, &id)
	if errors.Is(err, sql.ErrNoRows) {
		id, err = w.insert(ctx, `INSERT INTO terms(text) VALUES (?)`, text)
	}
	if err != nil {
		return 0, fmt.Errorf("number the term %q: %w", text, err)
	}
	c.pending[text] = id
	return id, nil
}

func (c *termCache) keep() {
	if len(c.ids) > cachedTerms {
		c.ids = make(map[string]int64)
	}
	maps.Copy(c.ids, c.pending)
	clear(c.pending)
}

func (c *termCache) forget() { clear(c.pending) }
