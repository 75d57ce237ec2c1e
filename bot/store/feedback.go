package store

import (
	"context"
	"time"
)

// Rate records what a person thinks of an answer; the last word counts.
func (s *Store) Rate(ctx context.Context, question, user string, good bool, at time.Time) error {
	return s.exec(ctx, "keep a rating", `INSERT INTO feedback (question, user, good, at) VALUES (?, ?, ?, ?)
		ON CONFLICT (question, user) DO UPDATE SET good = excluded.good, at = excluded.at`, question, user, good, at.Unix())
}

// SetReason records why a person rated an answer as they did.
func (s *Store) SetReason(ctx context.Context, question, user, reason string) error {
	return s.exec(ctx, "keep a rating's reason", `UPDATE feedback SET reason = ? WHERE question = ? AND user = ?`, reason, question, user)
}
