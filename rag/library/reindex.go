package library

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"docent/rag"
)

// What is indexed is written, in one transaction, after so many passages or so
// much time: an interruption costs no more than that and a document.
const (
	rebuildPassages = 200
	rebuildTime     = time.Second
)

// reindexAll writes an entry of the generation for each document without one.
func (l *Library) reindexAll(ctx context.Context, indexer Indexer, generation int64, progress func(done, total int)) error {
	var total, left int
	if err := l.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM documents d WHERE `+pending+`)`,
		generation).Scan(&total, &left); err != nil {
		return err
	}
	report := func() {
		if progress != nil {
			progress(max(total-left, 0), total)
		}
	}
	report()
	after := int64(0)
	for left > 0 {
		batch, err := l.pendingAfter(ctx, after, generation)
		if err != nil || len(batch) == 0 {
			return err
		}
		for len(batch) > 0 {
			n, err := l.reindex(ctx, indexer, batch, generation)
			if err != nil {
				return err
			}
			after = batch[n-1].row
			batch, left = batch[n:], left-n
			report()
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
	fields := func(s *stored) []any { return append([]any{&s.row}, infoFields(&s.info)...) }
	var batch []stored
	n := 0
	for s, err := range each(ctx, tx, "read what is to be indexed", fields,
		`SELECT d.row, `+infoColumns+` FROM documents d WHERE d.row > ? AND `+pending+` ORDER BY d.row`, after, generation) {
		if err == nil {
			s.passages, err = passagesOf(ctx, tx, s)
		}
		if err != nil {
			return nil, err
		}
		batch = append(batch, s)
		if n += 1 + len(s.passages); n >= rebuildPassages {
			break
		}
	}
	return batch, nil
}

func passagesOf(ctx context.Context, q querier, s stored) ([]rag.Passage, error) {
	passages := make([]rag.Passage, 0, s.info.Passages)
	fields := func(p *rag.Passage) []any { return passageFields(&s.info.ID, p) }
	for p, err := range each(ctx, q, "read passages", fields, `SELECT `+passageColumns+` FROM passages p WHERE p.document = ? ORDER BY p.n`, s.row) {
		if err != nil {
			return nil, err
		}
		p.ID.Document = s.info.ID
		passages = append(passages, p)
	}
	return passages, nil
}

// reindex makes the entries of the first of some documents, outside of any
// transaction, and writes those of the documents that are still there. It
// returns how many it has done.
func (l *Library) reindex(ctx context.Context, indexer Indexer, batch []stored, generation int64) (int, error) {
	n := 0
	for began := time.Now(); n < len(batch) && time.Since(began) < rebuildTime; n++ {
		s := batch[n]
		if err := indexer.Index(ctx, s.info, s.passages); err != nil {
			return 0, err
		}
		for i, p := range s.passages {
			if err := validateVector(p.Vector, l.opts.Fingerprint.Dimension); err != nil {
				return 0, fmt.Errorf("passage %d of %s: %w", i+1, s.info.ID, err)
			}
		}
	}
	return n, l.change(ctx, func(ctx context.Context, w *writer) error {
		if done, err := l.rebuilding(ctx, w, generation); err != nil || done {
			return err
		}
		for _, s := range batch[:n] {
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
