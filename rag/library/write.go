package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"

	"docent/rag"
)

// Put replaces a document in one transaction.
func (l *Library) Put(ctx context.Context, doc rag.Document, passages []rag.Passage) error {
	if err := l.acceptable(doc, passages); err != nil {
		return fmt.Errorf("put document %s: %w", doc.ID, err)
	}
	err := l.change(ctx, func(tx *sql.Tx) error {
		s, err := readState(ctx, tx)
		if err != nil {
			return err
		}
		if s.fingerprint != l.opts.Fingerprint {
			return &rag.MismatchError{Library: s.fingerprint, Program: l.opts.Fingerprint}
		}
		sequence := s.sequence + 1
		if err := remove(ctx, tx, doc.ID, sequence); err != nil {
			return err
		}
		if err := l.insert(ctx, tx, doc, passages, s.generation, sequence); err != nil {
			return err
		}
		return writeSequence(ctx, tx, sequence)
	})
	if err != nil {
		return fmt.Errorf("put document %s: %w", doc.ID, err)
	}
	return nil
}

// acceptable refuses what could be stored but not searched or shown.
func (l *Library) acceptable(doc rag.Document, passages []rag.Passage) error {
	if doc.ID == "" || doc.Space == "" {
		return errors.New("a document needs an ID and a space")
	}
	for i, p := range passages {
		if p.Start < 0 || p.End > len(doc.Text) || p.Start > p.End || doc.Text[p.Start:p.End] != p.Text {
			return fmt.Errorf("passage %d is not bytes %d to %d of the text", i+1, p.Start, p.End)
		}
		if p.Vector != nil && len(p.Vector) != l.opts.Fingerprint.Dimension {
			return fmt.Errorf("passage %d has a vector of %d dimensions, not %d", i+1, len(p.Vector), l.opts.Fingerprint.Dimension)
		}
	}
	return nil
}

// Delete removes documents in one transaction.
func (l *Library) Delete(ctx context.Context, ids ...rag.DocumentID) error {
	if len(ids) == 0 {
		return nil
	}
	err := l.change(ctx, func(tx *sql.Tx) error {
		s, err := readState(ctx, tx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := remove(ctx, tx, id, s.sequence+1); err != nil {
				return err
			}
		}
		return writeSequence(ctx, tx, s.sequence+1)
	})
	if err != nil {
		return fmt.Errorf("delete %d documents: %w", len(ids), err)
	}
	return nil
}

// change runs f in a transaction, one at a time in this process; SQLite makes
// other processes wait their turn.
func (l *Library) change(ctx context.Context, f func(*sql.Tx) error) error {
	if l.write == nil {
		return ErrReadOnly
	}
	l.writer.Lock()
	defer l.writer.Unlock()
	tx, err := l.write.BeginTx(ctx, nil)
	if err != nil {
		return known(err)
	}
	if err := f(tx); err != nil {
		l.terms.forget()
		return errors.Join(known(err), rolledBack(tx))
	}
	if err := tx.Commit(); err != nil {
		l.terms.forget()
		return errors.Join(known(err), rolledBack(tx))
	}
	l.terms.keep()
	return nil
}

func rolledBack(tx *sql.Tx) error {
	// SQLite has rolled back by itself after a full disk and the like.
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) && code(err) == 0 {
		return err
	}
	return nil
}

func writeSequence(ctx context.Context, tx *sql.Tx, sequence int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE meta SET value = ? WHERE key = 'sequence'`, sequence)
	return err
}

func remove(ctx context.Context, tx *sql.Tx, id rag.DocumentID, sequence int64) error {
	var row int64
	err := tx.QueryRowContext(ctx, `SELECT row FROM documents WHERE id = ?`, string(id)).Scan(&row)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	for _, statement := range []string{
		`DELETE FROM passages WHERE document = ?`,
		`DELETE FROM entries WHERE document = ? AND generation IN (SELECT DISTINCT generation FROM entries)`,
		`DELETE FROM documents WHERE row = ?`,
	} {
		if _, err := tx.ExecContext(ctx, statement, row); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO removed VALUES (?, ?)`, row, sequence)
	return err
}

func (l *Library) insert(ctx context.Context, tx *sql.Tx, doc rag.Document, passages []rag.Passage, generation, sequence int64) error {
	result, err := tx.ExecContext(ctx, `INSERT INTO documents(id, uri, title, language, date, space, file, hash, passages, bytes, sequence, text)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, string(doc.ID), doc.URI, doc.Title, doc.Language, doc.Date, doc.Space, doc.File, doc.Hash,
		len(passages), len(doc.Text), sequence, doc.Text)
	if err != nil {
		return err
	}
	row, err := result.LastInsertId()
	if err != nil {
		return err
	}
	for i, p := range passages {
		heading, err := json.Marshal(p.Heading)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			row, i+1, p.Start, p.End, p.Page, string(heading), p.Language, p.Text); err != nil {
			return err
		}
	}
	return l.insertEntry(ctx, tx, row, generation, passages)
}

// insertEntry writes what the index in memory is built from.
func (l *Library) insertEntry(ctx context.Context, tx *sql.Tx, row, generation int64, passages []rag.Passage) error {
	if err := l.terms.number(ctx, tx, passages); err != nil {
		return err
	}
	var data []byte
	for _, p := range passages {
		ids := make([]termCount, len(p.Terms))
		for i, t := range p.Terms {
			id, ok := l.terms.id(t.Text)
			if !ok {
				return fmt.Errorf("the term %q cannot be stored", t.Text)
			}
			ids[i] = termCount{id: id, count: t.Count}
		}
		data = appendEntry(data, ids, p.Vector)
	}
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO entries VALUES (?, ?, ?)`, row, generation, data)
	return err
}

// termCache remembers the numbers of terms. They are never changed or reused,
// so that what was committed once holds for good.
type termCache struct {
	ids     map[string]int64
	pending map[string]int64
}

// cachedTerms bounds the memory of a long ingest, at about 100 bytes a term.
const cachedTerms = 500_000

func (c *termCache) id(text string) (int64, bool) {
	if id, ok := c.ids[text]; ok {
		return id, true
	}
	id, ok := c.pending[text]
	return id, ok
}

// number makes sure that all terms of the passages have a number, in two
// statements however many they are.
func (c *termCache) number(ctx context.Context, tx *sql.Tx, passages []rag.Passage) error {
	var missing []string
	for _, p := range passages {
		for _, t := range p.Terms {
			if _, ok := c.id(t.Text); !ok {
				missing = append(missing, t.Text)
			}
		}
	}
	if len(missing) == 0 {
		return nil
	}
	list, err := json.Marshal(missing)
	if err != nil {
		return fmt.Errorf("number %d terms: %w", len(missing), err)
	}
	if _, err := tx.ExecContext(ctx, `INSERT INTO terms(text) SELECT value FROM json_each(?) WHERE true ON CONFLICT DO NOTHING`, string(list)); err != nil {
		return fmt.Errorf("number %d terms: %w", len(missing), err)
	}
	rows, err := tx.QueryContext(ctx, `SELECT t.text, t.id FROM json_each(?) m JOIN terms t ON t.text = m.value`, string(list))
	if err != nil {
		return fmt.Errorf("number %d terms: %w", len(missing), err)
	}
	defer rows.Close()
	if c.pending == nil {
		c.pending = make(map[string]int64, len(missing))
	}
	for rows.Next() {
		var text string
		var id int64
		if err := rows.Scan(&text, &id); err != nil {
			return fmt.Errorf("number %d terms: %w", len(missing), err)
		}
		c.pending[text] = id
	}
	return rows.Err()
}

func (c *termCache) keep() {
	if len(c.ids) > cachedTerms {
		c.ids = make(map[string]int64)
	}
	maps.Copy(c.ids, c.pending)
	c.pending = nil
}

func (c *termCache) forget() { c.pending = nil }
