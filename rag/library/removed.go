package library

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"docent/rag"
)

// DefaultKeepRemoved is how long what was removed can be had back.
const DefaultKeepRemoved = 24 * time.Hour

// Removed is a document that was removed and can be had back.
type Removed struct {
	Document rag.Document
	// Passages have neither terms nor vectors.
	Passages []rag.Passage
	At       time.Time
}

// Removed iterates over what can be had back, by ID: until its time is over or a
// document of that ID is put, which is also how to have it back.
func (l *Library) Removed(ctx context.Context, ids ...rag.DocumentID) iter.Seq2[Removed, error] {
	asked, err := json.Marshal(ids)
	return func(yield func(Removed, error) bool) {
		if err != nil {
			yield(Removed{}, err)
			return
		}
		for r, err := range each(ctx, l.read, "list what was removed", func(r *Removed) []any { return []any{instant{&r.At}, packed{r}} },
			`SELECT removed, data FROM kept WHERE json_array_length(?1) = 0 OR id IN (SELECT value FROM json_each(?1)) ORDER BY id`, string(asked)) {
			if !yield(r, err) {
				return
			}
		}
	}
}

// keep puts a document aside that is about to be removed. What is damaged is not
// kept.
func (w *writer) keep(ctx context.Context, id rag.DocumentID, now time.Time) error {
	r, err := readWhole(ctx, w.conn, `d.id = ?`, string(id))
	switch {
	case errors.Is(err, sql.ErrNoRows), isDamage(err):
		return nil
	case err != nil:
		return err
	}
	data, err := pack(r)
	if err != nil {
		return err
	}
	return w.exec(ctx, `INSERT OR REPLACE INTO kept VALUES (?, ?, ?)`, string(id), now.UnixNano(), data)
}

// readWhole reads a document with its passages.
func readWhole(ctx context.Context, q querier, where string, arg any) (r Removed, err error) {
	var s stored
	err = q.QueryRowContext(ctx, `SELECT d.row, `+infoColumns+`, d.text, `+intactText+` FROM documents d WHERE `+where, arg).
		Scan(append(append([]any{&s.row}, infoFields(&s.info)...), &r.Document.Text, intact{&s.info.ID})...)
	if err == nil {
		r.Document.DocumentInfo = s.info
		r.Passages, err = passagesOf(ctx, q, s)
	}
	return r, translate(err)
}

func pack(r Removed) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := errors.Join(json.NewEncoder(z).Encode(r), z.Close()); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// packed reads what pack made.
type packed struct{ to *Removed }

// Scan implements sql.Scanner.
func (p packed) Scan(value any) error {
	data, _ := value.([]byte)
	at := p.to.At
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err == nil {
		err = json.NewDecoder(z).Decode(p.to)
	}
	p.to.At = at
	if err != nil {
		return fmt.Errorf("%w: a removed document is not what was stored", ErrDamaged)
	}
	return nil
}

// keepRemoved is how long, 0 for not at all.
func (o Options) keepRemoved() time.Duration {
	switch {
	case o.Temporary:
		return 0
	case o.KeepRemoved == 0:
		return DefaultKeepRemoved
	}
	return max(o.KeepRemoved, 0)
}

// expire erases what was removed longer ago.
func (l *Library) expire(ctx context.Context) error {
	old := time.Now().Add(-l.opts.keepRemoved()).UnixNano()
	var any bool
	if err := l.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM kept WHERE removed <= ?)`, old).Scan(&any); err != nil || !any {
		return err
	}
	return l.change(ctx, func(ctx context.Context, w *writer) error {
		return w.exec(ctx, `DELETE FROM kept WHERE removed <= ?`, old)
	})
}

// Purge deletes documents, and what is kept of those deleted before, and writes
// the file anew without them: no byte of their text is left in it or beside it.
// That waits for those who read an older state of it.
func (l *Library) Purge(ctx context.Context, ids ...rag.DocumentID) error {
	return annotate(l.purge(ctx, ids), "purge %d documents", len(ids))
}

func (l *Library) purge(ctx context.Context, ids []rag.DocumentID) error {
	err := l.changeDocuments(ctx, func(ctx context.Context, w *writer, s state) error {
		for _, id := range ids {
			if err := w.remove(ctx, id, s); err != nil {
				return err
			}
			if err := w.exec(ctx, `DELETE FROM kept WHERE id = ?`, string(id)); err != nil {
				return err
			}
		}
		// An unfinished rebuild begins anew: its entries may be of another form.
		if err := w.exec(ctx, `DELETE FROM entries WHERE generation > ?`, s.generation); err != nil {
			return err
		}
		if err := w.dropTerms(ctx, s); err != nil {
			return err
		}
		// Should this process be killed, the next one does the rest.
		return w.exec(ctx, `INSERT OR REPLACE INTO meta VALUES ('rewrite', 1)`)
	})
	if err != nil {
		return err
	}
	return l.writer.rewrite(ctx)
}

// dropTerms blots out the terms that no entry has. Their numbers stay taken, and
// all writers forget which they know.
func (w *writer) dropTerms(ctx context.Context, s state) error {
	used := make(map[int64]bool)
	for data, err := range each(ctx, w.conn, "read the index", func(data *[]byte) []any { return []any{data} }, `SELECT data FROM entries WHERE generation = ?`, s.generation) {
		if err == nil {
			_, err = readEntry(data, s.fingerprint.Dimension, func(id int64) { used[id] = true })
		}
		if err != nil {
			return err
		}
	}
	var unused []int64
	for id, err := range each(ctx, w.conn, "list the terms", func(id *int64) []any { return []any{id} }, `SELECT id FROM terms WHERE text NOT LIKE ' %'`) {
		if err != nil {
			return err
		}
		if !used[id] {
			unused = append(unused, id)
		}
	}
	for _, id := range unused {
		if err := w.exec(ctx, `UPDATE terms SET text = ' ' || id WHERE id = ?`, id); err != nil {
			return err
		}
	}
	return w.exec(ctx, `UPDATE meta SET value = value + 1 WHERE key = 'purges'`)
}

// rewrite writes the file anew, without what was deleted in it, and empties its
// log.
func (w *writer) rewrite(ctx context.Context) error {
	if err := w.turn.take(ctx); err != nil {
		return err
	}
	defer w.turn.give()
	if _, err := w.conn.ExecContext(ctx, `VACUUM; DELETE FROM meta WHERE key = 'rewrite'`); err != nil {
		return err
	}
	busy, err := w.truncateLog(ctx)
	if err == nil && busy {
		err = errors.New("somebody reads an older state of the library, which stays in its log until the next checkpoint")
	}
	return err
}
