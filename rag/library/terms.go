package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// cachedTerms bounds the memory of a long ingest, at about 100 bytes a term.
const cachedTerms = 500_000

// termID returns the number of a term, giving it one when it is new. Numbers are
// never changed or reused, so that they are remembered until a transaction that
// may have given some fails.
func (w *writer) termID(ctx context.Context, text string) (int64, error) {
	if id, ok := w.terms[text]; ok {
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
	if len(w.terms) > cachedTerms {
		clear(w.terms)
	}
	w.terms[text] = id
	return id, nil
}
