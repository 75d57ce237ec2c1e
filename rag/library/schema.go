package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"docent/rag"
)

// applicationID marks the file as docent's in its header ("dcnt").
const applicationID = 0x64636e74

// schema makes the oldest layout that is known; migrations lead on from there.
// Documents get a new row when they are replaced, and a row number is never
// used again, so that an index in memory can name them by row. passages holds
// its text a second time: reading ten passages must not read ten documents.
const schema = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE terms(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE documents(
	row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
	uri TEXT NOT NULL, title TEXT NOT NULL, author TEXT NOT NULL, format TEXT NOT NULL, language TEXT NOT NULL, date TEXT NOT NULL, space TEXT NOT NULL,
	file TEXT NOT NULL, hash TEXT NOT NULL, passages INTEGER NOT NULL, bytes INTEGER NOT NULL,
	sequence INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX documents_sequence ON documents(sequence);
CREATE TABLE passages(
	document INTEGER NOT NULL, n INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
	page INTEGER NOT NULL, sheetrow INTEGER NOT NULL, heading TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
	PRIMARY KEY(document, n)) WITHOUT ROWID;
CREATE TABLE entries(
	document INTEGER NOT NULL, generation INTEGER NOT NULL, data BLOB NOT NULL,
	PRIMARY KEY(generation, document));
CREATE TABLE removed(row INTEGER PRIMARY KEY, sequence INTEGER NOT NULL);
CREATE INDEX removed_sequence ON removed(sequence);
CREATE TABLE files(
	path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, hash TEXT NOT NULL,
	space TEXT NOT NULL, read INTEGER NOT NULL) WITHOUT ROWID;`

// state is what meta says of the library as a whole.
type state struct {
	fingerprint rag.Fingerprint
	// generation numbers the entries that are searched; a rebuild writes the
	// next one beside them.
	generation int64
	// sequence grows with every transaction that changes a document.
	sequence int64
	// horizon is the sequence up to which removals are forgotten.
	horizon int64
	// rebuilding is what an unfinished rebuild is for, "" where there is none.
	rebuilding string
	// purges grows whenever terms are dropped.
	purges int64
}

const stateQuery = `SELECT
	(SELECT value FROM meta WHERE key = 'embedder'), (SELECT value FROM meta WHERE key = 'version'),
	(SELECT value FROM meta WHERE key = 'dimension'), (SELECT value FROM meta WHERE key = 'analysis'),
	(SELECT value FROM meta WHERE key = 'generation'), (SELECT value FROM meta WHERE key = 'sequence'),
	(SELECT value FROM meta WHERE key = 'horizon'), coalesce((SELECT value FROM meta WHERE key = 'rebuilding'), ''),
	(SELECT value FROM meta WHERE key = 'purges')`

func (s *state) fields() []any {
	f := &s.fingerprint
	return []any{&f.Name, &f.Version, &f.Dimension, &f.Analysis, &s.generation, &s.sequence, &s.horizon, &s.rebuilding, &s.purges}
}

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readState(ctx context.Context, q querier) (state, error) {
	var s state
	err := q.QueryRowContext(ctx, stateQuery).Scan(s.fields()...)
	return s, err
}

// state is readState in the transaction that writes.
func (w *writer) state(ctx context.Context) (s state, err error) {
	err = w.get(ctx, stateQuery, nil, s.fields()...)
	if s.purges != w.purges {
		clear(w.terms)
		w.purges = s.purges
	}
	return s, err
}

// create lays out an empty database, unless another process was faster.
func (w *writer) create(ctx context.Context, f rag.Fingerprint) error {
	if err := checkSchema(ctx, w.conn, w.opts.layout()); !errors.Is(err, errUnfilled) {
		if errors.As(err, new(*LayoutError)) {
			return nil // migrate sees to it
		}
		return err
	}
	statements := fmt.Sprintf("%s; PRAGMA application_id = %d; PRAGMA user_version = %d; INSERT INTO meta VALUES ('sequence', 0), ('horizon', 0)",
		schema, applicationID, oldestLayout)
	if _, err := w.conn.ExecContext(ctx, statements); err != nil {
		return err
	}
	w.created = true
	return w.putFingerprint(ctx, f, 1)
}

func (w *writer) putFingerprint(ctx context.Context, f rag.Fingerprint, generation int64) error {
	return w.exec(ctx, `INSERT INTO meta VALUES ('embedder', ?), ('version', ?), ('dimension', ?), ('analysis', ?), ('generation', ?)
		ON CONFLICT(key) DO UPDATE SET value = excluded.value`, f.Name, f.Version, f.Dimension, f.Analysis, generation)
}

var errUnfilled = fmt.Errorf("%w: the file is an empty database", rag.ErrNoLibrary)

// checkSchema tells whether the opened file is a library of the layout.
func checkSchema(ctx context.Context, q querier, layout int) error {
	var id, version, tables int
	if err := q.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`).Scan(&id, &version, &tables); err != nil {
		return err
	}
	switch {
	case id == 0 && version == 0 && tables == 0:
		return errUnfilled
	case id != applicationID:
		return errForeign
	}
	return checkLayout(ctx, q, layout)
}
