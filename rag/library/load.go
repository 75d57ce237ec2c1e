package library

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"runtime"

	"golang.org/x/sync/errgroup"

	"docent/rag"
)

// build reads the whole library, a part of the rows on each core. All parts
// must be of one state; when something was written before the last part began
// to read, one core reads all of it in one transaction.
func (l *Library) build(ctx context.Context) (*index, error) {
	var last int64
	if err := l.read.QueryRowContext(ctx, `SELECT coalesce(max(row), 0) FROM documents`).Scan(&last); err != nil {
		return nil, err
	}
	workers := 1
	if last > 1000 {
		workers = runtime.GOMAXPROCS(0)
	}
	x, err := l.buildParts(ctx, last, int64(workers))
	if err == nil && x == nil {
		x, err = l.buildParts(ctx, last, 1)
	}
	return x, err
}

// buildParts returns nil when the parts are not of one state.
func (l *Library) buildParts(ctx context.Context, last, workers int64) (*index, error) {
	states := make([]state, workers)
	segments := make([][]*segment, workers)
	g, ctx := errgroup.WithContext(ctx)
	for i := range workers {
		g.Go(func() (err error) {
			upTo := last * (i + 1) / workers
			if i == workers-1 {
				upTo = math.MaxInt64
			}
			states[i], segments[i], err = l.buildPart(ctx, last*i/workers, upTo)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	x := newIndex(states[0])
	for i := range workers {
		if states[i] != states[0] {
			return nil, nil
		}
		x.change(nil, segments[i])
	}
	return x, nil
}

func (l *Library) buildPart(ctx context.Context, after, upTo int64) (state, []*segment, error) {
	tx, err := l.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return state{}, nil, err
	}
	defer func() { _ = tx.Rollback() }()
	s, err := readState(ctx, tx)
	if err != nil {
		return state{}, nil, err
	}
	// CROSS JOIN keeps SQLite to this order, which needs no sorting.
	rows, err := tx.QueryContext(ctx, `SELECT d.row, d.id, d.space, e.data FROM entries e CROSS JOIN documents d ON d.row = e.document
		WHERE e.generation = ? AND e.document > ? AND e.document <= ?`, s.generation, after, upTo)
	if err != nil {
		return state{}, nil, err
	}
	segments, err := segmentsOf(rows, s.fingerprint.Dimension)
	return s, segments, err
}

// segmentsOf builds segments of rows of (row, id, space, entry), and closes
// the rows.
func segmentsOf(rows *sql.Rows, dimension int) ([]*segment, error) {
	defer rows.Close()
	var full []*segment
	builders := make(map[string]*builder)
	for rows.Next() {
		var row int64
		var id, space string
		var data sql.RawBytes
		if err := rows.Scan(&row, &id, &space, &data); err != nil {
			return nil, err
		}
		b := builders[space]
		if b == nil {
			b = newBuilder(space, dimension)
			builders[space] = b
		}
		if err := b.add(row, rag.DocumentID(id), data); err != nil {
			return nil, fmt.Errorf("%w: document %s: %w", rag.ErrNoLibrary, id, err)
		}
		if len(b.segment.passages) >= segmentPassages {
			full = append(full, b.done())
		}
	}
	for _, b := range builders {
		if len(b.segment.documents) > 0 {
			full = append(full, b.done())
		}
	}
	return full, rows.Err()
}
