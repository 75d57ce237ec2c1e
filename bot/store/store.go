package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver
)

//go:embed schema.sql
var schema string

// Store holds what the bot remembers across restarts, in one SQLite file that
// only its owner may read. What is written is safe from a kill of the process
// once the call returns.
type Store struct {
	db *sql.DB
	// intake is a connection of its own for what comes in, which must not wait
	// for its turn behind all that is being answered.
	intake *sql.DB
}

// ErrNotFound is returned for a question or a thread that the store does not
// have.
var ErrNotFound = errors.New("not in the bot's state")

// Open opens the file at path, or creates it, for its owner alone.
func Open(ctx context.Context, path string) (*Store, error) {
	dsn := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() +
		"?_pragma=busy_timeout(30000)&_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=secure_delete(on)&_txlock=immediate"
	if err := keepPrivate(path); err != nil {
		return nil, fmt.Errorf("keep the bot's state from others: %w", err)
	}
	var s Store
	for _, db := range []**sql.DB{&s.db, &s.intake} {
		opened, err := sql.Open("sqlite", dsn)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", path, err)
		}
		opened.SetMaxOpenConns(1) // writers take turns anyway
		*db = opened
	}
	if _, err := s.db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("open the bot's state %s: %w", path, err), s.Close())
	}
	return &s, nil
}

// keepPrivate makes the file if there is none, and leaves it to its owner alone
// with what SQLite keeps beside it, whatever the umask. A file that is there is
// not opened: closing it again would take SQLite's locks from it.
func keepPrivate(path string) error {
	const ownerOnly = 0o600
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, ownerOnly)
		if err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	for _, p := range []string{path, path + "-wal", path + "-shm"} {
		// A file of somebody else's stays as that one wants it.
		if err := os.Chmod(p, ownerOnly); err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrPermission) {
			return err
		}
	}
	return nil
}

// exec runs a statement; what is said of it is for its error.
func (s *Store) exec(ctx context.Context, what, statement string, args ...any) error {
	if _, err := s.db.ExecContext(ctx, statement, args...); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// query scans each row into its fields.
func query[T any](ctx context.Context, s *Store, what string, fields func(*T) []any, statement string, args ...any) ([]T, error) {
	rows, err := s.db.QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	defer rows.Close()
	var found []T
	for rows.Next() {
		var row T
		if err := rows.Scan(fields(&row)...); err != nil {
			return nil, fmt.Errorf("%s: %w", what, err)
		}
		found = append(found, row)
	}
	return found, rows.Err()
}

// Purge deletes what is older than the retention. Unfinished deliveries stay.
// It leaves no byte of the rest, and the file is whole without its log.
func (s *Store) Purge(ctx context.Context, now time.Time, retention time.Duration) error {
	old := now.Add(-retention).Unix()
	for _, statement := range []string{
		`DELETE FROM inbox WHERE payload IS NULL AND received < ?`,
		`DELETE FROM posts WHERE question IN (SELECT id FROM questions WHERE asked < ?)`,
		`DELETE FROM feedback WHERE at < ?`,
		`DELETE FROM threads WHERE at < ?`,
		`DELETE FROM outcomes WHERE question IN (SELECT id FROM questions WHERE asked < ?)`,
		`DELETE FROM questions WHERE asked < ?`,
	} {
		if err := s.exec(ctx, "purge the bot's state", statement, old); err != nil {
			return err
		}
	}
	// What is gone from the file is gone from its log then.
	return s.exec(ctx, "checkpoint the bot's state", `PRAGMA wal_checkpoint(TRUNCATE)`)
}

// Close releases the file.
func (s *Store) Close() error { return errors.Join(s.intake.Close(), s.db.Close()) }
