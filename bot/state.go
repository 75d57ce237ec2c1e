package bot

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver
)

//go:embed schema.sql
var schema string

// state is what the bot remembers across restarts, in one SQLite file that only
// its owner may read. What is written is safe from a kill of the process once
// the call returns.
type state struct {
	db *sql.DB
	// intake is a connection of its own for what comes in, which must not wait
	// for its turn behind all that is being answered.
	intake *sql.DB
}

func openState(ctx context.Context, path string) (*state, error) {
	dsn := "file:" + (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath() +
		"?_pragma=busy_timeout(30000)&_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_txlock=immediate"
	if err := createPrivate(path); err != nil {
		return nil, fmt.Errorf("open the bot's state: %w", err)
	}
	var s state
	for _, db := range []**sql.DB{&s.db, &s.intake} {
		opened, err := sql.Open("sqlite", dsn)
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", path, err)
		}
		opened.SetMaxOpenConns(1) // writers take turns anyway
		*db = opened
	}
	if _, err := s.db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("open the bot's state %s: %w", path, err), s.close())
	}
	if err := narrow(path); err != nil {
		return nil, errors.Join(fmt.Errorf("keep the bot's state from others: %w", err), s.close())
	}
	return &s, nil
}

// receive keeps a delivery and reports whether it is new.
func (s *state) receive(ctx context.Context, d delivery, at time.Time) (bool, error) {
	r, err := s.intake.ExecContext(ctx, `INSERT OR IGNORE INTO inbox (id, kind, payload, received) VALUES (?, ?, ?, ?)`,
		d.id, d.kind, []byte(d.payload), at.Unix())
	if err != nil {
		return false, fmt.Errorf("keep delivery %s: %w", d.id, err)
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// finish forgets a delivery but for its name.
func (s *state) finish(ctx context.Context, id string) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE inbox SET payload = NULL WHERE id = ?`, id); err != nil {
		return fmt.Errorf("finish delivery %s: %w", id, err)
	}
	return nil
}

// pending reports whether a delivery is still to do.
func (s *state) pending(ctx context.Context, id string) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM inbox WHERE id = ? AND payload IS NOT NULL`, id).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look at delivery %s: %w", id, err)
	}
	return n > 0, nil
}

// unfinished are the deliveries to do, in the order they came.
func (s *state) unfinished(ctx context.Context, most int) ([]delivery, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT id, kind, payload FROM inbox WHERE payload IS NOT NULL ORDER BY received, rowid LIMIT ?`, most)
	if err != nil {
		return nil, fmt.Errorf("read unfinished deliveries: %w", err)
	}
	defer rows.Close()
	var found []delivery
	for rows.Next() {
		var d delivery
		if err := rows.Scan(&d.id, &d.kind, &d.payload); err != nil {
			return nil, fmt.Errorf("read unfinished deliveries: %w", err)
		}
		found = append(found, d)
	}
	return found, rows.Err()
}

// forget removes what is older than its time.
func (s *state) forget(ctx context.Context, now time.Time, retention time.Duration) error {
	old := now.Add(-retention).Unix()
	for _, statement := range []string{
		`DELETE FROM inbox WHERE payload IS NULL AND received < ?`,
		`DELETE FROM posts WHERE question IN (SELECT id FROM questions WHERE asked < ?)`,
		`DELETE FROM feedback WHERE at < ?`,
		`DELETE FROM threads WHERE at < ?`,
		`DELETE FROM questions WHERE asked < ?`,
	} {
		if _, err := s.db.ExecContext(ctx, statement, old); err != nil {
			return fmt.Errorf("forget what is old: %w", err)
		}
	}
	return nil
}

func (s *state) close() error { return errors.Join(s.intake.Close(), s.db.Close()) }
