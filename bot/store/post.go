package store

import "context"

// AddPost records a message of an answer. An answer may have several parts.
func (s *Store) AddPost(ctx context.Context, question string, part int, channel, ts string) error {
	return s.exec(ctx, "note a message of "+question, `INSERT OR REPLACE INTO posts (question, part, channel, ts) VALUES (?, ?, ?, ?)`, question, part, channel, ts)
}

// RemovePost deletes the record of a message.
func (s *Store) RemovePost(ctx context.Context, question string, part int) error {
	return s.exec(ctx, "forget a message of "+question, `DELETE FROM posts WHERE question = ? AND part = ?`, question, part)
}

// Posts returns the timestamps of the messages of an answer by part.
func (s *Store) Posts(ctx context.Context, question string) (map[int]string, error) {
	type post struct {
		part int
		ts   string
	}
	found, err := query(ctx, s, "read the messages of "+question, func(p *post) []any { return []any{&p.part, &p.ts} },
		`SELECT part, ts FROM posts WHERE question = ?`, question)
	posts := make(map[int]string)
	for _, p := range found {
		posts[p.part] = p.ts
	}
	return posts, err
}
