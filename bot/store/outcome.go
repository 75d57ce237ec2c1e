package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"docent/rag"
)

// Outcome is what came of a question. Its words are those of the message.
type Outcome struct {
	ID, Text, Language string
	Asker, Channel     string
	Asked              time.Time
	Status             rag.Status
	Took               time.Duration
	// Model is "" where none was asked.
	Model string
	Usage rag.Usage
	// Documents are those cited, each once.
	Documents []rag.DocumentID
	// Good and Bad count the ratings, Reasons are what was said with them.
	Good, Bad int
	Reasons   string
}

// SetOutcome records what came of a question; the last one counts.
func (s *Store) SetOutcome(ctx context.Context, question string, a rag.Answer, took time.Duration) error {
	cited := make([]rag.DocumentID, 0, len(a.Citations))
	seen := make(map[rag.DocumentID]bool)
	for _, c := range a.Citations {
		if !seen[c.Document] {
			seen[c.Document] = true
			cited = append(cited, c.Document)
		}
	}
	documents, err := json.Marshal(cited)
	if err != nil {
		return fmt.Errorf("note what was cited: %w", err)
	}
	return s.exec(ctx, "note what came of "+question, `INSERT OR REPLACE INTO outcomes (question, status, took, model, input, cached, output, documents) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		question, string(a.Status), took.Milliseconds(), a.ModelName, a.Usage.InputTokens, a.Usage.CachedTokens, a.Usage.OutputTokens, string(documents))
}

// Outcomes are those of questions asked since a time, oldest first.
func (s *Store) Outcomes(ctx context.Context, since time.Time) ([]Outcome, error) {
	type row struct {
		Outcome
		asked, took int64
		documents   []byte
	}
	rows, err := query(ctx, s, "read what came of questions", func(r *row) []any {
		return []any{&r.ID, &r.Text, &r.Language, &r.Asker, &r.Channel, &r.asked, &r.Status, &r.took, &r.Model,
			&r.Usage.InputTokens, &r.Usage.CachedTokens, &r.Usage.OutputTokens, &r.documents, &r.Good, &r.Bad, &r.Reasons}
	}, `SELECT q.id, q.text, q.language, q.asker, q.channel, q.asked, o.status, o.took, o.model, o.input, o.cached, o.output, o.documents,
		(SELECT count(*) FROM feedback WHERE question = q.id AND good), (SELECT count(*) FROM feedback WHERE question = q.id AND NOT good),
		(SELECT coalesce(group_concat(reason, '; '), '') FROM feedback WHERE question = q.id AND reason <> '')
		FROM questions q JOIN outcomes o ON o.question = q.id WHERE q.asked >= ? ORDER BY q.asked, q.id`, since.Unix())
	all := make([]Outcome, len(rows))
	for i, r := range rows {
		all[i] = r.Outcome
		all[i].Asked, all[i].Took = time.Unix(r.asked, 0), time.Duration(r.took)*time.Millisecond
		if err == nil {
			err = json.Unmarshal(r.documents, &all[i].Documents)
		}
	}
	return all, err
}
