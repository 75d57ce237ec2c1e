package bot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// follows reports whether a thread is followed. It fails closed: what cannot
// be known is none of ours.
func (s *state) follows(ctx context.Context, channel, root string) bool {
	return s.some(ctx, `SELECT 1 FROM threads WHERE channel = ? AND root = ? AND following AND asker <> ''`, channel, root)
}

// has reports whether a message asks a question that the bot knows.
func (s *state) has(ctx context.Context, channel, ts string) bool {
	return s.some(ctx, `SELECT 1 FROM questions WHERE channel = ? AND ts = ?`, channel, ts)
}

// some reports whether there are rows, to what comes in.
func (s *state) some(ctx context.Context, query, channel, ts string) bool {
	var one int
	return s.intake.QueryRowContext(ctx, query, channel, ts).Scan(&one) == nil
}

func (s *state) thread(ctx context.Context, channel, root string) (asker string, following bool, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT asker, following FROM threads WHERE channel = ? AND root = ?`, channel, root).Scan(&asker, &following)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("read a thread: %w", err)
	}
	return asker, following, err
}

// follow has a thread followed unless that is decided already.
func (s *state) follow(ctx context.Context, channel, root, asker string, at time.Time) error {
	_, err := s.db.ExecContext(ctx, `INSERT OR IGNORE INTO threads (channel, root, asker, following, at) VALUES (?, ?, ?, 1, ?)`, channel, root, asker, at.Unix())
	if err != nil {
		return fmt.Errorf("follow a thread: %w", err)
	}
	return nil
}

// unfollow is for good.
func (s *state) unfollow(ctx context.Context, channel, root string, at time.Time) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO threads (channel, root, asker, following, at) VALUES (?, ?, '', 0, ?)
		ON CONFLICT (channel, root) DO UPDATE SET following = 0`, channel, root, at.Unix())
	if err != nil {
		return fmt.Errorf("stop following a thread: %w", err)
	}
	return nil
}
