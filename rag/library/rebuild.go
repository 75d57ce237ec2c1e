package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"docent/rag"
)

// Rebuild indexes every stored passage anew, as the indexer does it now. The
// new entries are written beside the old, a document at a time, so that
// searching and ingesting go on and an interrupted rebuild is taken up where
// it stopped; then one transaction switches. progress may be nil.
//
// The library must have been opened with Options.Fingerprint of the indexer's
// embedder, and AnyFingerprint.
func (l *Library) Rebuild(ctx context.Context, indexer rag.Indexer, progress func(done, total int)) error {
	next, err := l.nextGeneration(ctx)
	if err != nil {
		return fmt.Errorf("rebuild: %w", known(err))
	}
	for done := 0; ; done++ {
		row, left, err := l.pending(ctx, next)
		if err != nil {
			return fmt.Errorf("rebuild: %w", known(err))
		}
		if left == 0 {
			switched, err := l.switchTo(ctx, next)
			if err != nil {
				return fmt.Errorf("rebuild: switch: %w", err)
			}
			if switched {
				return nil
			}
			continue // a document came in meanwhile
		}
		if progress != nil {
			progress(done, done+left)
		}
		if err := l.reindex(ctx, indexer, row, next); err != nil {
			return fmt.Errorf("rebuild: %w", err)
		}
	}
}

// nextGeneration returns the generation that is being rebuilt, if its
// fingerprint is still the one wanted, or a new one.
func (l *Library) nextGeneration(ctx context.Context) (int64, error) {
	var next int64
	err := l.change(ctx, func(tx *sql.Tx) error {
		s, err := readState(ctx, tx)
		if err != nil {
			return err
		}
		next = s.generation + 1
		wanted := l.opts.Fingerprint.String()
		var begun string
		err = tx.QueryRowContext(ctx, `SELECT value FROM meta WHERE key = 'rebuilding'`).Scan(&begun)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if begun == wanted {
			return nil
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM entries WHERE generation > ?`, s.generation); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT OR REPLACE INTO meta VALUES ('rebuilding', ?)`, wanted)
		return err
	})
	return next, err
}

// pending returns a document without an entry of the generation, and how many
// there are.
func (l *Library) pending(ctx context.Context, generation int64) (row int64, left int, err error) {
	err = l.read.QueryRowContext(ctx, `SELECT coalesce(min(d.row), 0), count(*) FROM documents d
		WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.generation = ? AND e.document = d.row)`, generation).Scan(&row, &left)
	return row, left, err
}

func (l *Library) reindex(ctx context.Context, indexer rag.Indexer, row, generation int64) error {
	info, passages, err := l.stored(ctx, row)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // removed meanwhile
	}
	if err != nil {
		return known(err)
	}
	if err := indexer.Index(ctx, info, passages); err != nil {
		return err
	}
	return l.change(ctx, func(tx *sql.Tx) error {
		var exists bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM documents WHERE row = ?)`, row).Scan(&exists); err != nil || !exists {
			return err
		}
		return l.insertEntry(ctx, tx, row, generation, passages)
	})
}

// stored reads what a document's entries are made from.
func (l *Library) stored(ctx context.Context, row int64) (rag.DocumentInfo, []rag.Passage, error) {
	tx, err := l.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return rag.DocumentInfo{}, nil, err
	}
	defer func() { _ = tx.Rollback() }()
	var info rag.DocumentInfo
	if err := tx.QueryRowContext(ctx, `SELECT `+infoColumns+` FROM documents d WHERE d.row = ?`, row).Scan(infoFields(&info)...); err != nil {
		return info, nil, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT n, heading, language, text FROM passages WHERE document = ? ORDER BY n`, row)
	if err != nil {
		return info, nil, err
	}
	defer rows.Close()
	var passages []rag.Passage
	for rows.Next() {
		p := rag.Passage{ID: rag.PassageID{Document: info.ID}}
		var heading string
		if err := rows.Scan(&p.ID.N, &heading, &p.Language, &p.Text); err != nil {
			return info, nil, err
		}
		if err := json.Unmarshal([]byte(heading), &p.Heading); err != nil {
			return info, nil, err
		}
		passages = append(passages, p)
	}
	return info, passages, rows.Err()
}

// switchTo makes the generation the one that is searched, unless a document
// is still without an entry of it.
func (l *Library) switchTo(ctx context.Context, generation int64) (bool, error) {
	switched := false
	err := l.change(ctx, func(tx *sql.Tx) error {
		var missing bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM documents d
			WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.generation = ? AND e.document = d.row))`, generation).Scan(&missing); err != nil || missing {
			return err
		}
		if err := writeFingerprint(ctx, tx, l.opts.Fingerprint, generation); err != nil {
			return err
		}
		for _, statement := range []string{`DELETE FROM meta WHERE key = 'rebuilding'`, `DELETE FROM entries WHERE generation <> ` + fmt.Sprint(generation)} {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		switched = true
		return nil
	})
	return switched && err == nil, err
}
