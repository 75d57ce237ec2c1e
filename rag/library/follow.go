package library

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"docent/rag"
)

// follower keeps the index at the state of the file. SQLite's data_version
// tells, for the price of a look at shared memory, whether any connection has
// written since the last look; what was written is found by its sequence.
type follower struct {
	mu      sync.Mutex // one look at a time; guards conn and version
	conn    *sql.Conn
	version int64

	index sync.RWMutex // searches read, changes write
	now   *index
}

func (f *follower) close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn == nil {
		return nil
	}
	err := f.conn.Close()
	f.conn = nil
	return err
}

// Load builds the index in memory. The first search does it too; a server
// calls it before it takes questions.
func (l *Library) Load(ctx context.Context) error {
	if err := l.refresh(ctx); err != nil {
		return fmt.Errorf("load library %s: %w", l.path, known(err))
	}
	return nil
}

// refresh brings the index to the file's present state.
func (l *Library) refresh(ctx context.Context) error {
	f := &l.follow
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conn == nil {
		conn, err := l.read.Conn(ctx)
		if err != nil {
			return err
		}
		f.conn = conn
	}
	var version int64
	if err := f.conn.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&version); err != nil {
		return err
	}
	if f.now != nil && version == f.version {
		return nil
	}
	if err := l.catchUp(ctx); err != nil {
		return err
	}
	f.version = version
	return nil
}

func (l *Library) catchUp(ctx context.Context) error {
	f := &l.follow
	tx, err := f.conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	s, err := readState(ctx, tx)
	if err != nil {
		return err
	}
	switch {
	case !l.opts.AnyFingerprint && s.fingerprint != l.opts.Fingerprint:
		return &rag.MismatchError{Library: s.fingerprint, Program: l.opts.Fingerprint}
	case f.now == nil || f.now.state.generation != s.generation || f.now.wasteful():
		fresh, err := l.build(ctx)
		if err != nil {
			return err
		}
		f.index.Lock()
		f.now = fresh
		f.index.Unlock()
		return nil
	case f.now.state.sequence == s.sequence:
		return nil
	}
	return f.apply(ctx, tx, s)
}

// apply adds what came and removes what went since the index's state.
func (f *follower) apply(ctx context.Context, tx *sql.Tx, s state) error {
	f.index.Lock()
	defer f.index.Unlock()
	x := f.now
	gone, err := tx.QueryContext(ctx, `SELECT row FROM removed WHERE sequence > ?`, x.state.sequence)
	if err != nil {
		return err
	}
	defer gone.Close()
	for gone.Next() {
		var row int64
		if err := gone.Scan(&row); err != nil {
			return err
		}
		x.remove(row)
	}
	if err := gone.Err(); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, `SELECT d.row, d.id, d.space, e.data FROM documents d JOIN entries e ON e.document = d.row
		WHERE e.generation = ? AND d.sequence > ? ORDER BY d.row`, s.generation, x.state.sequence)
	if err != nil {
		return err
	}
	if err := x.addRows(rows); err != nil {
		// Part of the change is in: only a fresh index is right again.
		f.now = nil
		return err
	}
	x.state = s
	return nil
}

func (x *index) addRows(rows *sql.Rows) error {
	defer rows.Close()
	for rows.Next() {
		var row int64
		var id, space string
		var data sql.RawBytes
		if err := rows.Scan(&row, &id, &space, &data); err != nil {
			return err
		}
		if err := x.add(row, rag.DocumentID(id), space, data); err != nil {
			return fmt.Errorf("document %s: %w: %w", id, rag.ErrNoLibrary, err)
		}
	}
	return rows.Err()
}

// build reads the whole library, a part of the rows on each core. All parts
// must be of one state; when something was written before the last part began
// to read, one core reads all of it in one transaction.
func (l *Library) build(ctx context.Context) (*index, error) {
	var last int64
	if err := l.read.QueryRowContext(ctx, `SELECT coalesce(max(row), 0) FROM documents`).Scan(&last); err != nil {
		return nil, err
	}
	if workers := runtime.GOMAXPROCS(0); workers > 1 && last > 1000 {
		x, err := l.buildParts(ctx, last, int64(workers))
		if err != nil || x != nil {
			return x, err
		}
	}
	return l.buildPart(ctx, 0, math.MaxInt64)
}

// buildParts returns nil when the parts are not of one state.
func (l *Library) buildParts(ctx context.Context, last, workers int64) (*index, error) {
	parts := make([]*index, workers)
	g, ctx := errgroup.WithContext(ctx)
	for i := range workers {
		g.Go(func() (err error) {
			upTo := last * (i + 1) / workers
			if i == workers-1 {
				upTo = math.MaxInt64
			}
			parts[i], err = l.buildPart(ctx, last*i/workers, upTo)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for _, p := range parts[1:] {
		if p.state != parts[0].state {
			return nil, nil
		}
		parts[0].merge(p)
	}
	return parts[0], nil
}

func (l *Library) buildPart(ctx context.Context, after, upTo int64) (*index, error) {
	tx, err := l.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	s, err := readState(ctx, tx)
	if err != nil {
		return nil, err
	}
	rows, err := tx.QueryContext(ctx, `SELECT d.row, d.id, d.space, e.data FROM documents d JOIN entries e ON e.document = d.row AND e.generation = ?
		WHERE d.row > ? AND d.row <= ? ORDER BY d.row`, s.generation, after, upTo)
	if err != nil {
		return nil, err
	}
	x := newIndex(s)
	return x, x.addRows(rows)
}
