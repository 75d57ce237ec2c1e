package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// writer is the one connection of a process that changes the library. SQLite
// makes the writers of other processes wait their turn.
type writer struct {
	db   *sql.DB
	opts Options
	// turn is held by the one that changes something; it guards the rest.
	turn       turn
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	terms      map[string]int64 // their numbers
	// purges is how often terms had been dropped when these were looked up.
	purges int64
	// created is set where the library was made just now.
	created bool
}

// turn is a lock of one holder at a time, with room for that one. Waiting for it
// can be broken off.
type turn chan struct{}

func (t turn) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t turn) give() { <-t }

// Checkpoints are fewer, and the cache larger, than SQLite's defaults have it:
// terms are inserted all over their index. What is deleted is overwritten.
const writerPragmas = "&_pragma=journal_mode(wal)&_pragma=wal_autocheckpoint(4000)&_pragma=journal_size_limit(67108864)&_pragma=cache_size(-32000)&_pragma=secure_delete(on)"

// newWriter opens the file for writing, lays it out when it is new and brings
// it up to date when it is old.
func newWriter(ctx context.Context, path string, opts Options) (_ *writer, err error) {
	if err := ensureWritable(path, opts); err != nil {
		return nil, err
	}
	durable := "&_pragma=synchronous(normal)"
	if opts.Temporary {
		durable = "&_pragma=synchronous(off)"
	}
	w := &writer{
		db: database(path, writerPragmas+durable), opts: opts, turn: make(turn, 1),
		statements: make(map[string]*sql.Stmt), terms: make(map[string]int64),
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.close())
		}
	}()
	if w.conn, err = w.db.Conn(ctx); err != nil {
		return nil, err
	}
	err = checkSchema(ctx, w.conn, opts.layout())
	if errors.Is(err, errUnfilled) && opts.Create {
		err = w.change(ctx, func(ctx context.Context) error { return w.create(ctx, opts.Fingerprint) })
	}
	if err == nil || migratable(err) {
		err = w.migrate(ctx)
	}
	if err != nil {
		return nil, err
	}
	return w, nil
}

// change runs f in a transaction. Waiting for it can be broken off through
// ctx; once f runs it is not interrupted, since that costs SQLite more than
// the little that f does.
func (w *writer) change(ctx context.Context, f func(ctx context.Context) error) error {
	if err := w.turn.take(ctx); err != nil {
		return err
	}
	defer w.turn.give()
	_, err := w.conn.ExecContext(ctx, `BEGIN IMMEDIATE`)
	ctx = context.WithoutCancel(ctx)
	if err == nil {
		err = f(ctx)
	}
	if err == nil {
		err = w.exec(ctx, `COMMIT`)
	}
	if err != nil {
		clear(w.terms)
		// A cancelled BEGIN may have begun. Where there is nothing to roll
		// back, as after a full disk, SQLite says so; the first error tells
		// more.
		_, _ = w.conn.ExecContext(ctx, `ROLLBACK`)
		return translate(err)
	}
	return nil
}

func (w *writer) prepared(ctx context.Context, query string) (*sql.Stmt, error) {
	if s := w.statements[query]; s != nil {
		return s, nil
	}
	s, err := w.conn.PrepareContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", query, err)
	}
	w.statements[query] = s
	return s, nil
}

func (w *writer) exec(ctx context.Context, query string, args ...any) error {
	_, err := w.insert(ctx, query, args...)
	return err
}

// insert returns the row that was inserted last.
func (w *writer) insert(ctx context.Context, query string, args ...any) (row int64, err error) {
	s, err := w.prepared(ctx, query) //nolint:sqlclosecheck // kept until the writer is closed
	if err != nil {
		return 0, err
	}
	result, err := s.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// get scans the one row of a query, or returns sql.ErrNoRows.
func (w *writer) get(ctx context.Context, query string, args []any, to ...any) error {
	s, err := w.prepared(ctx, query) //nolint:sqlclosecheck // kept until the writer is closed
	if err != nil {
		return err
	}
	return s.QueryRowContext(ctx, args...).Scan(to...)
}

// checkpoint copies what the log holds into the file and empties it, and waits for
// no reader: what one still reads in the log, and what comes after, is left to
// the next.
func (w *writer) checkpoint(ctx context.Context) error {
	if err := w.turn.take(ctx); err != nil {
		return err
	}
	defer w.turn.give()
	if _, err := w.conn.ExecContext(ctx, `PRAGMA busy_timeout = 0`); err != nil {
		return err
	}
	_, err := w.truncateLog(ctx)
	_, restored := w.conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA busy_timeout = `+busyTimeout)
	return errors.Join(err, restored)
}

// truncateLog is busy where somebody reads an older state: then it has copied what it
// could.
func (w *writer) truncateLog(ctx context.Context) (busy bool, err error) {
	var logged, copied int
	err = w.get(ctx, `PRAGMA wal_checkpoint(TRUNCATE)`, nil, &busy, &logged, &copied)
	return busy, err
}

func (w *writer) close() error {
	w.turn <- struct{}{}
	defer w.turn.give()
	var errs []error
	for query, s := range w.statements {
		errs = append(errs, s.Close())
		delete(w.statements, query)
	}
	if w.conn != nil {
		if err := w.conn.Close(); !errors.Is(err, sql.ErrConnDone) {
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, w.db.Close())...)
}

// Checkpoint erases what was removed long enough ago, and brings all changes from
// the log that SQLite keeps beside the file into the file, as far as nobody reads
// an older state in it, and holds nobody up. Whoever copies the file alone then
// has them. Close does it too.
func (l *Library) Checkpoint(ctx context.Context) error {
	if l.writer == nil {
		return fmt.Errorf("checkpoint: %w", ErrReadOnly)
	}
	return annotate(errors.Join(l.expire(ctx), l.writer.checkpoint(ctx)), "checkpoint")
}

// change runs f in a transaction of the writer, provided that no newer program
// has changed the layout.
func (l *Library) change(ctx context.Context, f func(ctx context.Context, w *writer) error) error {
	if l.writer == nil {
		return ErrReadOnly
	}
	if err := l.checkReplaced(); err != nil {
		return err
	}
	return l.writer.change(ctx, func(ctx context.Context) error {
		if err := checkLayout(ctx, l.writer.conn, l.opts.layout()); err != nil {
			return err
		}
		return f(ctx, l.writer)
	})
}

// changeDocuments is change for what the index in memory follows: f is given
// the state with the sequence of the change.
func (l *Library) changeDocuments(ctx context.Context, f func(ctx context.Context, w *writer, s state) error) error {
	return l.change(ctx, func(ctx context.Context, w *writer) error {
		s, err := w.state(ctx)
		if err != nil {
			return err
		}
		s.sequence++
		if err := f(ctx, w, s); err != nil {
			return err
		}
		// Should the commit fail, searches wait for nothing but their turn.
		l.refresher.wrote.Store(s.sequence)
		return w.exec(ctx, `UPDATE meta SET value = ? WHERE key = 'sequence'`, s.sequence)
	})
}
