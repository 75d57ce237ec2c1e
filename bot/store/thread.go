package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Follows reports whether a thread is followed. If that cannot be read it is
// not.
func (s *Store) Follows(ctx context.Context, channel, root string) bool {
	return s.exists(ctx, `SELECT 1 FROM threads WHERE channel = ? AND root = ? AND following AND asker <> ''`, channel, root)
}

// HasQuestion reports whether a message asks a known question.
func (s *Store) HasQuestion(ctx context.Context, channel, ts string) bool {
	return s.exists(ctx, `SELECT 1 FROM questions WHERE channel = ? AND ts = ?`, channel, ts)
}

// exists reports whether there are rows, over the connection of what comes in.
func (s *Store) exists(ctx context.Context, query, channel, ts string) bool {
	var one int
	return s.intake.QueryRowContext(ctx, query, channel, ts).Scan(&one) == nil
}

// Thread returns who began a thread and whether it is followed, or ErrNotFound.
func (s *Store) Thread(ctx context.Context, channel, root string) (asker string, following bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT asker, following FROM threads WHERE channel = ? AND root = ?`, channel, root).Scan(&asker, &following)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return "", false, ErrNotFound
	case err != nil:
		return "", false, fmt.Errorf("read a thread: %w", err)
	}
	return asker, following, nil
}

// Follow starts following a thread, unless it was followed or left before.
func (s *Store) Follow(ctx context.Context, channel, root, asker string, at time.Time) error {
	return s.exec(ctx, "follow a thread", `INSERT OR IGNORE INTO threads (channel, root, asker, following, at) VALUES (?, ?, ?, 1, ?)`, channel, root, asker, at.Unix())
}

// Unfollow stops following a thread for good.
func (s *Store) Unfollow(ctx context.Context, channel, root string, at time.Time) error {
	return s.exec(ctx, "stop following a thread", `INSERT INTO threads (channel, root, asker, following, at) VALUES (?, ?, '', 0, ?)
		ON CONFLICT (channel, root) DO UPDATE SET following = 0`, channel, root, at.Unix())
}
