package bot

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"docent/rag"
)

// record is a question as the state keeps it.
type record struct {
	// id names the question in buttons and in the metadata of its answers.
	id      string
	channel string
	// ts is the message that asks, thread the root of its thread.
	ts, thread string
	asker      string
	// delivery is the one that claimed the question.
	delivery string
	text     string
	language string
	answer   string
	done     bool
}

// questionID names the question that a message asks. Nobody chooses it, so
// that it says nothing of the question where others read it.
func questionID(channel, ts string) string {
	sum := sha256.Sum256([]byte(channel + "\n" + ts))
	return "q" + hex.EncodeToString(sum[:8])
}

// claim takes a question for a delivery, or reports that another one has it or
// that it is done. again is true where the same delivery had it before: the
// program ended before the answer was known to be out.
func (s *state) claim(ctx context.Context, r record, at time.Time) (ours, again bool, err error) {
	q, err := s.db.ExecContext(ctx, `INSERT OR IGNORE INTO questions (id, channel, ts, thread, asker, delivery, asked, text, language) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.id, r.channel, r.ts, r.thread, r.asker, r.delivery, at.Unix(), r.text, r.language)
	if err != nil {
		return false, false, fmt.Errorf("claim question %s: %w", r.id, err)
	}
	if n, err := q.RowsAffected(); err != nil || n > 0 {
		return n > 0, false, err
	}
	have, err := s.question(ctx, r.channel, r.ts)
	if err != nil {
		return false, false, err
	}
	mine := have.delivery == r.delivery && !have.done
	return mine, mine, nil
}

const questionColumns = `SELECT id, channel, ts, thread, asker, delivery, text, language, answer, done FROM questions `

// question is that of a message, sql.ErrNoRows where it is none.
func (s *state) question(ctx context.Context, channel, ts string) (record, error) {
	return scanQuestion(s.db.QueryRowContext(ctx, questionColumns+`WHERE channel = ? AND ts = ?`, channel, ts))
}

func (s *state) questionByID(ctx context.Context, id string) (record, error) {
	return scanQuestion(s.db.QueryRowContext(ctx, questionColumns+`WHERE id = ?`, id))
}

func scanQuestion(row *sql.Row) (record, error) {
	var r record
	err := row.Scan(&r.id, &r.channel, &r.ts, &r.thread, &r.asker, &r.delivery, &r.text, &r.language, &r.answer, &r.done)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		err = fmt.Errorf("read a question: %w", err)
	}
	return r, err
}

// answered notes that the answer is out.
func (s *state) answered(ctx context.Context, id, language, answer string) error {
	_, err := s.db.ExecContext(ctx, `UPDATE questions SET done = 1, language = ?, answer = ? WHERE id = ?`, language, answer, id)
	if err != nil {
		return fmt.Errorf("note the answer to %s: %w", id, err)
	}
	return nil
}

// reworded is a question whose message was edited.
func (s *state) reworded(ctx context.Context, id, text string) error {
	if _, err := s.db.ExecContext(ctx, `UPDATE questions SET text = ?, done = 0 WHERE id = ?`, text, id); err != nil {
		return fmt.Errorf("note the new words of %s: %w", id, err)
	}
	return nil
}

// historyLength is the number of exchanges that a follow-up is asked with.
const historyLength = 6

// history is what was asked and answered in a thread, oldest first.
func (s *state) history(ctx context.Context, channel, thread, before string) ([]rag.Exchange, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT text, answer FROM (SELECT text, answer, ts FROM questions
		WHERE channel = ? AND thread = ? AND done = 1 AND answer <> '' AND ts < ? ORDER BY ts DESC LIMIT ?) ORDER BY ts`, channel, thread, before, historyLength)
	if err != nil {
		return nil, fmt.Errorf("read the history of a thread: %w", err)
	}
	defer rows.Close()
	var history []rag.Exchange
	for rows.Next() {
		var e rag.Exchange
		if err := rows.Scan(&e.Question, &e.Answer); err != nil {
			return nil, fmt.Errorf("read the history of a thread: %w", err)
		}
		history = append(history, e)
	}
	return history, rows.Err()
}

// posted notes a message of an answer.
func (s *state) posted(ctx context.Context, question string, part int, channel, ts string) error {
	_, err := s.db.ExecContext(ctx, `INSERT OR REPLACE INTO posts (question, part, channel, ts) VALUES (?, ?, ?, ?)`, question, part, channel, ts)
	if err != nil {
		return fmt.Errorf("note a message of %s: %w", question, err)
	}
	return nil
}

func (s *state) unposted(ctx context.Context, question string, part int) error {
	if _, err := s.db.ExecContext(ctx, `DELETE FROM posts WHERE question = ? AND part = ?`, question, part); err != nil {
		return fmt.Errorf("forget a message of %s: %w", question, err)
	}
	return nil
}

// posts are the messages of an answer by part.
func (s *state) posts(ctx context.Context, question string) (map[int]string, error) {
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
