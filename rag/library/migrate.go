package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"docent/rag"
)

// migration changes a library of one layout to the next one. It runs in a
// transaction, which it neither begins nor ends.
type migration func(ctx context.Context, conn *sql.Conn) error

// migrations lead from oldestLayout to the program's, a layout each. A library
// goes through those it lacks when it is opened, and a new one through all, so
// that both are laid out by the same statements. To change the layout, keep a
// library of the present one (testdata/README.md) and append a step; what was
// released is never edited.
func migrations() []migration {
	return []migration{addUnits, addChecksums}
}

// addUnits makes room for the units of passages, and for what documents say of
// themselves. What is there has none of it until its file is read again.
func addUnits(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `
		ALTER TABLE passages ADD COLUMN units BLOB;
		ALTER TABLE documents ADD COLUMN structure INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE documents ADD COLUMN status TEXT NOT NULL DEFAULT '';
		ALTER TABLE documents ADD COLUMN version TEXT NOT NULL DEFAULT '';
		ALTER TABLE documents ADD COLUMN aliases TEXT NOT NULL DEFAULT 'null'`)
	return err
}

// addChecksums makes checksums of what is there, and room for what was removed
// and may be wanted again, for removals that are held, and for what tells a file
// from another one of its size and time.
func addChecksums(ctx context.Context, conn *sql.Conn) error {
	_, err := conn.ExecContext(ctx, `
		ALTER TABLE documents ADD COLUMN textsum INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE documents ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
		UPDATE documents SET textsum = `+textSum+`;
		UPDATE documents SET checksum = `+documentSum+`;
		ALTER TABLE passages ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
		UPDATE passages SET checksum = `+passageSum+`;
		ALTER TABLE files ADD COLUMN inode INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE files ADD COLUMN device INTEGER NOT NULL DEFAULT 0;
		ALTER TABLE files ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
		CREATE TABLE kept(id TEXT PRIMARY KEY, removed INTEGER NOT NULL, data BLOB NOT NULL) WITHOUT ROWID;
		CREATE TABLE held(path TEXT PRIMARY KEY, uri TEXT NOT NULL, lost INTEGER NOT NULL, documents INTEGER NOT NULL, away INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
		INSERT INTO meta VALUES ('purges', 0)`)
	return err
}

// oldestLayout is the one that schema makes. Older libraries are not read.
const oldestLayout = 2

// LayoutError says that the library is laid out for another version of the
// program: a newer one, or one so old, or in a place so closed, that it cannot
// be brought up to date. It is a rag.ErrNoLibrary.
type LayoutError struct {
	// Library and Program are the layouts of the file and of the program.
	Library, Program int
}

func (e *LayoutError) Error() string {
	of := "a newer"
	if e.Older() {
		of = "an older"
	}
	return fmt.Sprintf("%v: the file has layout %d, of %s docent; this one has layout %d", rag.ErrNoLibrary, e.Library, of, e.Program)
}

// Unwrap returns rag.ErrNoLibrary.
func (e *LayoutError) Unwrap() error { return rag.ErrNoLibrary }

// Older reports whether the library is older than the program.
func (e *LayoutError) Older() bool { return e.Library < e.Program }

// migratable reports whether an error is of a library that a writer brings up
// to date.
func migratable(err error) bool {
	var e *LayoutError
	return errors.As(err, &e) && e.Older() && e.Library >= oldestLayout
}

// layout is that of the program.
func (o Options) layout() int { return oldestLayout + len(o.migrations) }

// checkLayout tells whether the file has the layout still, or already.
func checkLayout(ctx context.Context, q querier, want int) error {
	var layout int
	if err := q.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&layout); err != nil {
		return err
	}
	if layout != want {
		return &LayoutError{Library: layout, Program: want}
	}
	return nil
}

// migrate takes the steps that the library lacks, each in a transaction of its
// own: what was interrupted goes on with the step that was not done, and of
// several processes each step is one's.
func (w *writer) migrate(ctx context.Context) error {
	for {
		err := checkLayout(ctx, w.conn, w.opts.layout())
		if !migratable(err) {
			return err
		}
		if err := w.change(ctx, w.step); err != nil {
			return fmt.Errorf("bring the library up to date: %w", err)
		}
	}
}

func (w *writer) step(ctx context.Context) error {
	// Another process may have been faster.
	var at int
	if err := w.conn.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&at); err != nil || at >= w.opts.layout() {
		return err
	}
	if err := w.opts.migrations[at-oldestLayout](ctx, w.conn); err != nil {
		return fmt.Errorf("from layout %d to %d: %w", at, at+1, err)
	}
	if !w.created {
		w.opts.Log.Info("library brought up to date", "layout", at+1)
	}
	_, err := w.conn.ExecContext(ctx, fmt.Sprintf(`PRAGMA user_version = %d`, at+1))
	return err
}

// migrateToRead brings up to date what is then only read.
func (l *Library) migrateToRead(ctx context.Context, outdated error) error {
	if err := l.read.Close(); err != nil {
		return err
	}
	opts := l.opts
	opts.Create = false
	w, err := newWriter(ctx, l.path, opts)
	if errors.Is(err, ErrReadOnly) {
		return fmt.Errorf("%w, and cannot be brought up to date: %w", outdated, err)
	}
	if err == nil {
		err = w.close()
	}
	if err != nil {
		return err
	}
	return l.connectReader(ctx)
}
