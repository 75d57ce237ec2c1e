package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Delivery is what Slack sent once: the payload of an envelope of Socket Mode,
// or the body of a request.
type Delivery struct {
	// ID is the same for each redelivery.
	ID      string
	Kind    string
	Payload json.RawMessage
}

// Receive stores a delivery and reports whether it is new.
func (s *Store) Receive(ctx context.Context, d Delivery, at time.Time) (bool, error) {
	r, err := s.intake.ExecContext(ctx, `INSERT OR IGNORE INTO inbox (id, kind, payload, received) VALUES (?, ?, ?, ?)`,
		d.ID, d.Kind, []byte(d.Payload), at.Unix())
	if err != nil {
		return false, fmt.Errorf("keep delivery %s: %w", d.ID, err)
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// Finish deletes the payload of a delivery and keeps its ID, by which it is
// known if it comes again.
func (s *Store) Finish(ctx context.Context, id string) error {
	return s.exec(ctx, "finish delivery "+id, `UPDATE inbox SET payload = NULL WHERE id = ?`, id)
}

// IsPending reports whether a delivery is unfinished.
func (s *Store) IsPending(ctx context.Context, id string) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM inbox WHERE id = ? AND payload IS NOT NULL`, id).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("read delivery %s: %w", id, err)
	}
	return n > 0, nil
}

// Pending returns up to limit unfinished deliveries in the order they came.
func (s *Store) Pending(ctx context.Context, limit int) ([]Delivery, error) {
	return query(ctx, s, "read pending deliveries", func(d *Delivery) []any { return []any{&d.ID, &d.Kind, &d.Payload} },
		`SELECT id, kind, payload FROM inbox WHERE payload IS NOT NULL ORDER BY received, rowid LIMIT ?`, limit)
}
