package library

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"docent/rag"
)

// Put replaces a document in one transaction.
func (l *Library) Put(ctx context.Context, doc rag.Document, passages []rag.Passage) error {
	if err := validate(doc, passages, l.opts.Fingerprint.Dimension); err != nil {
		return fmt.Errorf("put document %s: %w", doc.ID, err)
	}
	return annotate(l.changeDocuments(ctx, func(ctx context.Context, w *writer, s state) error {
		switch {
		case s.fingerprint == l.opts.Fingerprint:
		case l.opts.AnyFingerprint:
			return &rag.MismatchError{Library: s.fingerprint, Program: l.opts.Fingerprint}
		default:
			return l.rebuilt(s)
		}
		if err := w.remove(ctx, doc.ID, s); err != nil {
			return err
		}
		if err := w.exec(ctx, `DELETE FROM kept WHERE id = ?`, string(doc.ID)); err != nil {
			return err
		}
		return w.add(ctx, doc, passages, s)
	}), "put document %s", doc.ID)
}

// validate refuses what could be stored but not searched or shown.
func validate(doc rag.Document, passages []rag.Passage, dimension int) error {
	if doc.ID == "" || doc.Space == "" {
		return errors.New("a document needs an ID and a space")
	}
	if len(passages) > maxSlots-segmentPassages {
		return fmt.Errorf("%d passages are too many", len(passages))
	}
	for i, p := range passages {
		if p.Start < 0 || p.End > len(doc.Text) || p.Start > p.End || doc.Text[p.Start:p.End] != p.Text {
			return fmt.Errorf("passage %d is not bytes %d to %d of the text", i+1, p.Start, p.End)
		}
		if err := validateVector(p.Vector, dimension); err != nil {
			return fmt.Errorf("passage %d: %w", i+1, err)
		}
		if err := checkUnits(p); err != nil {
			return fmt.Errorf("passage %d: %w", i+1, err)
		}
		for _, t := range p.Terms {
			if t.Count < 1 {
				return fmt.Errorf("passage %d has the term %q %d times", i+1, t.Text, t.Count)
			}
		}
	}
	return nil
}

// Delete removes documents in one transaction. They can be had back for a while.
func (l *Library) Delete(ctx context.Context, ids ...rag.DocumentID) error {
	if len(ids) == 0 {
		return nil
	}
	return annotate(l.changeDocuments(ctx, func(ctx context.Context, w *writer, s state) error {
		now, keep := time.Now(), l.opts.keepRemoved() > 0
		for _, id := range ids {
			if keep {
				if err := w.keep(ctx, id, now); err != nil {
					return err
				}
			}
			if err := w.remove(ctx, id, s); err != nil {
				return err
			}
		}
		return nil
	}), "delete %d documents", len(ids))
}

func (w *writer) remove(ctx context.Context, id rag.DocumentID, s state) error {
	var row int64
	err := w.get(ctx, `SELECT row FROM documents WHERE id = ?`, []any{string(id)}, &row)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return err
	}
	if err := w.exec(ctx, `DELETE FROM entries WHERE generation IN (?, ?, ?) AND document = ?`, s.generation-1, s.generation, s.generation+1, row); err != nil {
		return err
	}
	if err := w.exec(ctx, `DELETE FROM passages WHERE document = ?`, row); err != nil {
		return err
	}
	if err := w.exec(ctx, `DELETE FROM documents WHERE row = ?`, row); err != nil {
		return err
	}
	return w.exec(ctx, `INSERT INTO removed VALUES (?, ?)`, row, s.sequence)
}

func (w *writer) add(ctx context.Context, doc rag.Document, passages []rag.Passage, s state) error {
	aliases, err := json.Marshal(doc.Aliases)
	if err != nil {
		return err
	}
	row, err := w.insert(ctx, `INSERT INTO documents(id, uri, title, author, format, language, date, space, file, hash, structure, status, version, aliases, passages, bytes, sequence, text, textsum, checksum)
		SELECT *, `+documentSum+` FROM (SELECT ?1 id, ?2 uri, ?3 title, ?4 author, ?5 format, ?6 language, ?7 date, ?8 space, ?9 file, ?10 hash, ?11 structure, ?12 status, ?13 version,
			?14 aliases, ?15 passages, ?16 bytes, ?17 sequence, ?18 text, crc32c(?18) textsum)`, string(doc.ID), doc.URI, doc.Title, doc.Author, doc.Format, doc.Language, doc.Date, doc.Space, doc.File, doc.Hash,
		doc.Structure, string(doc.Status), doc.Version, string(aliases), len(passages), len(doc.Text), s.sequence, doc.Text)
	if err != nil {
		return err
	}
	for i, p := range passages {
		heading, err := json.Marshal(p.Heading)
		if err != nil {
			return err
		}
		if err := w.exec(ctx, `INSERT INTO passages VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, crc32c(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10))`,
			row, i+1, p.Start, p.End, p.Page, p.Row, string(heading), p.Language, p.Text, encodeUnits(p)); err != nil {
			return err
		}
	}
	return w.addEntry(ctx, row, s.generation, passages)
}

// addEntry writes what the index in memory is built from.
func (w *writer) addEntry(ctx context.Context, row, generation int64, passages []rag.Passage) error {
	var data []byte
	var counts []termCount
	for _, p := range passages {
		counts = counts[:0]
		for _, t := range p.Terms {
			id, err := w.termID(ctx, t.Text)
			if err != nil {
				return err
			}
			counts = append(counts, termCount{id: id, count: t.Count})
		}
		data = appendPassage(data, counts, p.Vector)
	}
	return w.exec(ctx, `INSERT OR REPLACE INTO entries VALUES (?, ?, ?)`, row, generation, appendChecksum(data))
}
