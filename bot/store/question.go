package store

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

// Question is a question that somebody asked, with its answer.
type Question struct {
	// ID names the question in buttons and in the metadata of its answers.
	ID      string
	Channel string
	// TS is the message that asks, Thread the root of its thread.
	TS, Thread string
	Asker      string
	// Delivery is the ID of the delivery that claimed the question.
	Delivery string
	Text     string
	Language string
	Answer   string
	// Done is set once the answer is out.
	Done bool
}

// QuestionID derives the ID of the question that a message asks. It reveals
// nothing about the question where others can read it.
func QuestionID(channel, ts string) string {
	sum := sha256.Sum256([]byte(channel + "\n" + ts))
	return "q" + hex.EncodeToString(sum[:8])
}

// Claim takes a question for its delivery. ours is false if another delivery has
// it or it is done. again is true if the same delivery claimed it before: the
// program ended before the answer was known to be out.
func (s *Store) Claim(ctx context.Context, r Question, at time.Time) (ours, again bool, err error) {
	q, err := s.db.ExecContext(ctx, `INSERT OR IGNORE INTO questions (id, channel, ts, thread, asker, delivery, asked, text, language) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		r.ID, r.Channel, r.TS, r.Thread, r.Asker, r.Delivery, at.Unix(), r.Text, r.Language)
	if err != nil {
		return false, false, fmt.Errorf("claim question %s: %w", r.ID, err)
	}
	if n, err := q.RowsAffected(); err != nil || n > 0 {
		return n > 0, false, err
	}
	have, err := s.Question(ctx, r.Channel, r.TS)
	if err != nil {
		return false, false, err
	}
	mine := have.Delivery == r.Delivery && !have.Done
	return mine, mine, nil
}

const questionColumns = `SELECT id, channel, ts, thread, asker, delivery, text, language, answer, done FROM questions `

// Question returns the question that a message asks, or ErrNotFound.
func (s *Store) Question(ctx context.Context, channel, ts string) (Question, error) {
	return scanQuestion(s.db.QueryRowContext(ctx, questionColumns+`WHERE channel = ? AND ts = ?`, channel, ts))
}

// QuestionByID returns the question of an ID, or ErrNotFound.
func (s *Store) QuestionByID(ctx context.Context, id string) (Question, error) {
	return scanQuestion(s.db.QueryRowContext(ctx, questionColumns+`WHERE id = ?`, id))
}

func scanQuestion(row *sql.Row) (Question, error) {
	var r Question
	err := row.Scan(&r.ID, &r.Channel, &r.TS, &r.Thread, &r.Asker, &r.Delivery, &r.Text, &r.Language, &r.Answer, &r.Done)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return r, ErrNotFound
	case err != nil:
		return r, fmt.Errorf("read a question: %w", err)
	}
	return r, nil
}

// SetAnswer records that the answer is out.
func (s *Store) SetAnswer(ctx context.Context, id, language, answer string) error {
	return s.exec(ctx, "note the answer to "+id, `UPDATE questions SET done = 1, language = ?, answer = ? WHERE id = ?`, language, answer, id)
}

// SetText replaces the text of a question whose message was edited.
func (s *Store) SetText(ctx context.Context, id, text string) error {
	return s.exec(ctx, "note the new words of "+id, `UPDATE questions SET text = ?, done = 0 WHERE id = ?`, text, id)
}

// maxHistory is the number of exchanges that a follow-up is asked with.
const maxHistory = 6

// History returns what was asked and answered in a thread before a message,
// oldest first and at most maxHistory exchanges.
func (s *Store) History(ctx context.Context, channel, thread, before string) ([]rag.Exchange, error) {
	return query(ctx, s, "read the history of a thread", func(e *rag.Exchange) []any { return []any{&e.Question, &e.Answer} },
		`SELECT text, answer FROM (SELECT text, answer, ts FROM questions
		WHERE channel = ? AND thread = ? AND done = 1 AND answer <> '' AND ts < ? ORDER BY ts DESC LIMIT ?) ORDER BY ts`, channel, thread, before, maxHistory)
}
