package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"

	"docent/rag"
)

// refresher keeps the index at the state of the file. SQLite's data_version
// tells, for the price of a look at shared memory, whether any connection has
// written since the last refresh; what was written is found by its sequence.
type refresher struct {
	// turn is held by the one that refreshes; it guards conn and version.
	turn    turn
	conn    *sql.Conn
	version int64

	now atomic.Pointer[index]
	// wrote is the sequence of this process's last change, which its own
	// searches must not miss.
	wrote atomic.Int64
}

func (r *refresher) close() error {
	r.turn <- struct{}{}
	defer r.turn.give()
	return r.disconnect()
}

func (r *refresher) disconnect() error {
	if r.conn == nil {
		return nil
	}
	err := r.conn.Close()
	r.conn = nil
	if errors.Is(err, sql.ErrConnDone) {
		return nil
	}
	return err
}

// Load builds the index in memory. The first search does it too; a server
// calls it before it takes questions.
func (l *Library) Load(ctx context.Context) error {
	_, err := l.current(ctx)
	return annotate(err, "load library %s", l.path)
}

// current returns an index that has all that this process wrote, and what
// others had written at the last refresh. There is one at a time: whoever comes
// during one makes do with the index as it is.
func (l *Library) current(ctx context.Context) (*index, error) {
	r := &l.refresher
	select {
	case r.turn <- struct{}{}:
	default:
		if x := r.now.Load(); x != nil && x.sequence.Load() >= r.wrote.Load() {
			return x, nil
		}
		if err := r.turn.take(ctx); err != nil {
			return nil, err
		}
	}
	defer r.turn.give()
	x, err := l.refresh(ctx)
	if err != nil {
		return nil, errors.Join(err, r.disconnect())
	}
	return x, nil
}

func (l *Library) refresh(ctx context.Context) (*index, error) {
	if err := l.checkReplaced(); err != nil {
		return nil, err
	}
	r := &l.refresher
	if r.conn == nil {
		conn, err := l.read.Conn(ctx)
		if err != nil {
			return nil, err
		}
		r.conn, r.version = conn, -1
	}
	var version int64
	if err := r.conn.QueryRowContext(ctx, `PRAGMA data_version`).Scan(&version); err != nil {
		return nil, err
	}
	if x := r.now.Load(); x != nil && version == r.version {
		return x, nil
	}
	x, err := l.catchUp(ctx)
	if err != nil {
		return nil, err
	}
	r.version = version
	return x, nil
}

// rebuilt is the error of a library that has another fingerprint now than when
// it was opened.
func (l *Library) rebuilt(s state) error {
	return fmt.Errorf("%w: %w", ErrRebuilt, &rag.MismatchError{Library: s.fingerprint, Program: l.opts.Fingerprint})
}

// catchUp brings the index to the file's present state.
func (l *Library) catchUp(ctx context.Context) (*index, error) {
	r := &l.refresher
	tx, err := r.conn.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback() }()
	if err := checkLayout(ctx, tx, l.opts.layout()); err != nil {
		return nil, err
	}
	s, err := readState(ctx, tx)
	if err != nil {
		return nil, err
	}
	x := r.now.Load()
	switch {
	case !l.opts.AnyFingerprint && s.fingerprint != l.opts.Fingerprint:
		return nil, l.rebuilt(s)
	case x == nil || x.generation != s.generation || x.sequence.Load() < s.horizon:
		if x, err = l.build(ctx); err != nil {
			return nil, err
		}
		r.now.Store(x)
	case x.sequence.Load() < s.sequence:
		if err := x.apply(ctx, tx, s); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// apply adds what came and removes what went since the index's state. After an
// error the index is as it was.
func (x *index) apply(ctx context.Context, tx *sql.Tx, s state) error {
	since := x.sequence.Load()
	var gone []int64
	for row, err := range each(ctx, tx, "list removals", func(row *int64) []any { return []any{row} }, `SELECT row FROM removed WHERE sequence > ?`, since) {
		if err != nil {
			return err
		}
		gone = append(gone, row)
	}
	rows, err := tx.QueryContext(ctx, `SELECT d.row, d.id, d.space, e.data FROM documents d CROSS JOIN entries e ON e.generation = ? AND e.document = d.row
		WHERE d.sequence > ?`, s.generation, since)
	if err != nil {
		return err
	}
	fresh, err := segmentsOf(rows, s.fingerprint.Dimension)
	if err != nil {
		return err
	}
	x.change(gone, fresh)
	x.sequence.Store(s.sequence)
	x.mergeSegments()
	return nil
}
