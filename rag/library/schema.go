package library

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"docent/rag"
)

const (
	// applicationID marks the file as docent's in its header ("dcnt").
	applicationID = 0x64636e74
	// schemaVersion grows when a library can no longer be read by an older
	// program or needs a change before it is read by this one.
	schemaVersion = 1
)

// Documents get a new row when they are replaced, and a row number is never
// used again, so that an index in memory can name them by row. passages holds
// its text a second time: reading ten passages must not read ten documents.
const schema = `
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE terms(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE documents(
	row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
	uri TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, date TEXT NOT NULL, space TEXT NOT NULL,
	file TEXT NOT NULL, hash TEXT NOT NULL, passages INTEGER NOT NULL, bytes INTEGER NOT NULL,
	sequence INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX documents_sequence ON documents(sequence);
CREATE TABLE passages(
	document INTEGER NOT NULL, n INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
	page INTEGER NOT NULL, heading TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
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
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func readState(ctx context.Context, q querier) (state, error) {
	var s state
	err := q.QueryRowContext(ctx, `SELECT
		(SELECT value FROM meta WHERE key = 'embedder'), (SELECT value FROM meta WHERE key = 'version'),
		(SELECT value FROM meta WHERE key = 'dimension'), (SELECT value FROM meta WHERE key = 'analysis'),
		(SELECT value FROM meta WHERE key = 'generation'), (SELECT value FROM meta WHERE key = 'sequence')`).
		Scan(&s.fingerprint.Name, &s.fingerprint.Version, &s.fingerprint.Dimension, &s.fingerprint.Analysis, &s.generation, &s.sequence)
	return s, err
}

// create lays out an empty database, in one transaction.
func create(ctx context.Context, db *sql.DB, f rag.Fingerprint) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	var version int
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if version != 0 {
		return nil // another process was faster
	}
	statements := fmt.Sprintf("%s; PRAGMA application_id = %d; PRAGMA user_version = %d", schema, applicationID, schemaVersion)
	if _, err := tx.ExecContext(ctx, statements); err != nil {
		return err
	}
	if err := writeFingerprint(ctx, tx, f, 1); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO meta VALUES ('sequence', 0)`); err != nil {
		return err
	}
	return tx.Commit()
}

func writeFingerprint(ctx context.Context, tx *sql.Tx, f rag.Fingerprint, generation int64) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO meta VALUES ('embedder', ?), ('version', ?), ('dimension', ?), ('analysis', ?), ('generation', ?)
		ON CONFLICT(key) DO UPDATE SET value = excluded.value`, f.Name, f.Version, f.Dimension, f.Analysis, generation)
	return err
}

// check tells whether the opened file is a library of this version.
func check(ctx context.Context, db *sql.DB) error {
	var id, version int
	if err := db.QueryRowContext(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	switch {
	case id != applicationID:
		return errors.New("the file is a database of another program")
	case version != schemaVersion:
		return fmt.Errorf("the file has layout %d, this program reads layout %d", version, schemaVersion)
	}
	return nil
}
