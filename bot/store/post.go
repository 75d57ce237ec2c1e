package store

import (
	"context"
	"fmt"
)

// AddPost records a message of an answer. An answer may have several parts.
func (s *Store) AddPost(ctx context.Context, question string, part int, channel, ts string) error {
	_, err := s.db.ExecContext(ctx, `INSERT OR REPLACE INTO posts (question, part, channel, ts) VALUES (?, ?, ?, ?)`, question, part, channel, ts)
	if err != nil {
		return fmt.Errorf("note a message of %s: %w", question, err)
	}
	return nil
}

// RemovePost deletes the record of a message.
func (s *Store) RemovePost(ctx context.Context, question string, part int) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM posts WHERE question = ? AND part = ?`, question, part); err != nil {
		return fmt.Errorf("forget a message of %s: %w", question, err)
	}
	return nil
}

// Posts returns the timestamps of the messages of an answer by part.
func (s *Store) Posts(ctx context.Context, question string) (map[int]string, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT part, ts FROM posts WHERE question = ?`, question)
	if err != nil {
		return nil, fmt.Errorf("read the messages of %s: %w", question, err)
	}
	defer rows.Close()
	posts := make(map[int]string)
	for rows.Next() {
		var part int
		var ts string
		if err := rows.Scan(&part, &ts); err != nil {
			return nil, fmt.Errorf("read the messages of %s: %w", question, err)
		}
		posts[part] = ts
	}
	return posts, rows.Err()
}
