package store

import (
	"context"
	"fmt"
	"time"
)

// Rate records what a person thinks of an answer; the last word counts.
func (s *Store) Rate(ctx context.Context, question, user string, good bool, at time.Time) error {
	_, err := s.db.ExecContext(ctx, `INSERT INTO feedback (question, user, good, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (question, user) DO UPDATE SET good = excluded.good, at = excluded.at`, question, user, good, at.Unix())
	if err != nil {
		return fmt.Errorf("keep a rating: %w", err)
	}
	return nil
}

// SetReason records why a person rated an answer as they did.
func (s *Store) SetReason(ctx context.Context, question, user, reason string) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE feedback SET reason = ? WHERE question = ? AND user = ?`, reason, question, user); err != nil {
		return fmt.Errorf("keep a rating's reason: %w", err)
	}
	return nil
}
