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
// new entries are written beside the old, some documents at a time, so that
// searching and ingesting go on and an interrupted rebuild is taken up where
// it stopped; then one transaction switches. Processes that search with the
// old embedder get a *rag.MismatchError from then on. progress may be nil.
//
// The library must have been opened with Options.Fingerprint of the indexer's
// embedder, and AnyFingerprint.
func (l *Library) Rebuild(ctx context.Context, indexer rag.Indexer, progress func(done, total int)) error {
	if err := l.rebuild(ctx, indexer, progress); err != nil {
		return fmt.Errorf("rebuild: %w", known(err))
	}
	return nil
}

func (l *Library) rebuild(ctx context.Context, indexer rag.Indexer, progress func(done, total int)) error {
	if got := rag.FingerprintOf(indexer.Embedder); got != l.opts.Fingerprint {
		return fmt.Errorf("the library was opened for %s, not for %s", l.opts.Fingerprint, got)
	}
	next, err := l.nextGeneration(ctx)
	if err != nil {
		return err
	}
	// Documents that come in meanwhile have no entry yet: go over them until
	// the switch finds none.
	for switched := false; !switched; {
		if err := l.reindexAll(ctx, indexer, next, progress); err != nil {
			return err
		}
		if switched, err = l.switchTo(ctx, next); err != nil {
			return err
		}
	}
	return l.dropOld(ctx)
}

// nextGeneration returns the generation that is being rebuilt, if its
// fingerprint is still the one wanted, or a new one.
func (l *Library) nextGeneration(ctx context.Context) (int64, error) {
	var next int64
	err := l.change(ctx, func(ctx context.Context, w *writer) error {
		var s state
		if err := w.get(ctx, stateQuery, nil, s.fields()...); err != nil {
			return err
		}
		next = s.generation + 1
		wanted := l.opts.Fingerprint.String()
		var begun string
		err := w.get(ctx, `SELECT value FROM meta WHERE key = 'rebuilding'`, nil, &begun)
		if err != nil && !errors.Is(err, sql.ErrNoRows) || begun == wanted {
			return err
		}
		if err := w.exec(ctx, `DELETE FROM entries WHERE generation > ?`, s.generation); err != nil {
			return err
		}
		return w.exec(ctx, `INSERT OR REPLACE INTO meta VALUES ('rebuilding', ?)`, wanted)
	})
	return next, err
}

// rebuildBatch is the number of passages that are indexed in one transaction.
const rebuildBatch = 200

// reindexAll writes an entry of the generation for each document without one.
func (l *Library) reindexAll(ctx context.Context, indexer rag.Indexer, generation int64, progress func(done, total int)) error {
	var total, left int
	if err := l.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM documents d WHERE `+pending+`)`,
		generation).Scan(&total, &left); err != nil {
		return err
	}
	after := int64(0)
	for left > 0 {
		batch, err := l.pendingAfter(ctx, after, generation)
		if err != nil || len(batch) == 0 {
			return err
		}
		if err := l.reindex(ctx, indexer, batch, generation); err != nil {
			return err
		}
		after = batch[len(batch)-1].row
		left -= len(batch)
		if progress != nil {
			progress(max(total-left, 0), total)
		}
	}
	return nil
}

// pending is the condition of a document d without an entry of a generation.
const pending = `NOT EXISTS (SELECT 1 FROM entries e WHERE e.generation = ? AND e.document = d.row)`

// stored is what the entry of a document is made from.
type stored struct {
	row      int64
	info     rag.DocumentInfo
	passages []rag.Passage
}

// pendingAfter reads the next documents that are to be indexed.
func (l *Library) pendingAfter(ctx context.Context, after, generation int64) ([]stored, error) {
	tx, err := l.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	rows, err := tx.QueryContext(ctx, `SELECT d.row, `+infoColumns+` FROM documents d WHERE d.row > ? AND `+pending+` ORDER BY d.row`, after, generation)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var batch []stored
	for n := 0; n < rebuildBatch && rows.Next(); {
		var s stored
		if err := rows.Scan(append([]any{&s.row}, infoFields(&s.info)...)...); err != nil {
			return nil, err
		}
		if s.passages, err = passagesOf(ctx, tx, s); err != nil {
			return nil, err
		}
		batch = append(batch, s)
		n += 1 + len(s.passages)
	}
	return batch, rows.Err()
}

func passagesOf(ctx context.Context, tx *sql.Tx, s stored) ([]rag.Passage, error) {
	rows, err := tx.QueryContext(ctx, `SELECT n, start, end, page, sheetrow, heading, language, text FROM passages WHERE document = ? ORDER BY n`, s.row)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	passages := make([]rag.Passage, 0, s.info.Passages)
	for rows.Next() {
		p := rag.Passage{ID: rag.PassageID{Document: s.info.ID}}
		var heading string
		if err := rows.Scan(&p.ID.N, &p.Start, &p.End, &p.Page, &p.Row, &heading, &p.Language, &p.Text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(heading), &p.Heading); err != nil {
			return nil, err
		}
		passages = append(passages, p)
	}
	return passages, rows.Err()
}

// reindex makes the entries of some documents, outside of any transaction, and
// writes those of the documents that are still there.
func (l *Library) reindex(ctx context.Context, indexer rag.Indexer, batch []stored, generation int64) error {
	for _, s := range batch {
		if err := indexer.Index(ctx, s.info, s.passages); err != nil {
			return err
		}
		for i, p := range s.passages {
			if err := acceptableVector(p.Vector, l.opts.Fingerprint.Dimension); err != nil {
				return fmt.Errorf("passage %d of %s: %w", i+1, s.info.ID, err)
			}
		}
	}
	return l.change(ctx, func(ctx context.Context, w *writer) error {
		for _, s := range batch {
			var exists bool
			if err := w.get(ctx, `SELECT EXISTS (SELECT 1 FROM documents WHERE row = ?)`, []any{s.row}, &exists); err != nil {
				return err
			}
			if !exists {
				continue
			}
			if err := w.addEntry(ctx, s.row, generation, s.passages); err != nil {
				return err
			}
		}
		return nil
	})
}

// switchTo makes the generation the one that is searched, unless a document
// is still without an entry of it.
func (l *Library) switchTo(ctx context.Context, generation int64) (switched bool, err error) {
	err = l.change(ctx, func(ctx context.Context, w *writer) error {
		var missing bool
		if err := w.get(ctx, `SELECT EXISTS (SELECT 1 FROM documents d WHERE `+pending+`)`, []any{generation}, &missing); err != nil || missing {
			return err
		}
		if err := w.putFingerprint(ctx, l.opts.Fingerprint, generation); err != nil {
			return err
		}
		switched = true
		return w.exec(ctx, `DELETE FROM meta WHERE key = 'rebuilding'`)
	})
	if err != nil || !switched {
		return false, err
	}
	// The index in memory is of the old generation; nobody may make do with it.
	l.follow.now.Store(nil)
	return true, nil
}
